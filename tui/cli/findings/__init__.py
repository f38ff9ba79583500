"""What `doctor` finds out about this computer; about accounts and saved chats it asks `sessions`.

* `away`: whether it can be reached from other homes
* `terminal`: size, letters, colours and clipboard of the terminal
* `installed`: the versions, what can be added, and where files lie
"""
