"""The growth screen: who comes to a series of chats, who comes back, who is greeted.

It shows what `sessions.reports` counts, and counts nothing itself. It may use the shell, the widgets and the dialogs;
the command line prints the same charts and tables without the screen.

* `screen`: the screen, which has all of the others
* `page`: heading, notes, charts and tables in the width there is
* `reading`: reads the chats in a thread, and stops when nobody waits
* `charts`, `tables`: the numbers as text, for a page and for a terminal
* `actions`: what the keys do; `port`: what that asks of the screen; `keys`: the table of the keys
* `save_growth`: the dialog for what is saved and where
"""
