"""What a shell offers when Tab is pressed behind `lunchroom`: commands, options, chats, plans and networks.

The script of a shell sets `LUNCHROOM_COMPLETE` and runs the program with the words before the cursor; what it prints is
offered as it is, so that no letter of it may mean anything to a shell.

* `asking`: how a shell asks
* `scripts`: the script of each shell, and where it belongs
* `words`: what fits behind the words before the cursor
* `candidates`: chats, plans and networks by name
"""
