"""The desk: the screen that a moderator works at, and what a replay shares with it.

It may use the shell, the dialogs, the widgets and the text, and of `sessions` the hub's client, the networks to post to
and the library. It knows no other screen: it asks the app for a replay by a message.

* `screen`: the desk of a live chat, which has all of the others; `chat_screen`: what a replay has in common with it
* `joining`: the desk until its hub has answered
* `panes`: what is seen, and going from one pane to another; `drawing`: when it is drawn
* `empty_panes`: what a pane says that has nothing to show
* `layout`: how wide the panes are
* `model`: what is known of the chat; `dialogs`: what opens above the panes
* `actions`: what the keys do; `port`: what that asks of the screen; `keys`: the table of the keys
* `foot`: the keys at the foot, for the pane and the role
* `key_handling`, `aim`: a command told from typing, and what it is about
* `presence`: where the other moderators are, and what they write
* `sending`: commands on their way to the hub, and what comes back
* `alerts`: what rings or flashes because its moderator wants it to
* `accounts`, `sign_in_lender`: the accounts to post with, and lending the hub one of them for reading
* `requests`, `farewells`: where one can go from here, and what is said to whoever left
"""
