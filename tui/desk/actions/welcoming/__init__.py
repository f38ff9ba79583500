"""Looking after who came: greeting people, and finding out who only seems new.

As all groups of actions they know the screen by a port alone.

* `hello`: writing a hello to one person
* `joining`: asking once who only seems new
"""
