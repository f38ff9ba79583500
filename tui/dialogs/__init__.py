"""Dialogs that several screens share. Each is opened with what it shows and ends with a value.

They may use the widgets, text, and of `sessions` what makes a recap; no screen and no app of ours.

* `dialog`: what all share: a frame, a title, Escape
* `ask`, `confirm`, `overwrite`, `two_buttons`: questions
* `choose`: one of a few things
* `line`: one line to type; `show_text`: a text that one wants to have elsewhere
* `recap_chat`, `making_recap`, `recap_file`: which recap, making it in a thread, and writing it
* `file_field`: the part of a dialog for the path of a file; `documents`: writing what goes to other programs and people
"""
