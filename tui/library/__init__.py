"""The library screen: all saved chats in one list, and what can be done with each.

It shows what lies in a folder and what becomes of it, whoever changes it; it knows no hub but for whether a chat runs.
It may use the shell, the widgets and the dialogs, and of `sessions` the library and the recap; it asks the app for
other screens by the messages in `requests`.

* `screen`: the screen, which has all of the others
* `panes`: the list with its headings, its filter and the lines around it; `chat_list`: the list itself
* `model`: which chats are shown, in which order; `saved_chats`: what a chat in the list is, and its columns
* `folder_follower`: reads the folder when it differs, and changes files in threads
* `chat_store`: the files behind it, with the trash; everything there blocks
* `actions`: what the keys do; `port`: what that asks of the screen; `keys`: the table of the keys
* `rename_chat`: the dialog for another title; `requests`: where one can go from here
"""
