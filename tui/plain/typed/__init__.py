"""What a typed line does.

* `interpreting`: answers to what is asked, and actions about what was named
* `listening`: what only tells; `acting`: what takes more than a key of the desk
"""
