"""What is asked, and answered by typing.

* `talk`: questions, and the lines that answer them
* `forms`: the desk's dialogs as such questions; `posts`: those before something is posted; `looking_up`: what is found
"""
