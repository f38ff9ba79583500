"""What one types: tables beside those of the keys, whose actions they name.

* `words`: what a word is, and how a line is read
* `live_table`, `saved_table`: the words of a live and of a saved chat
"""
