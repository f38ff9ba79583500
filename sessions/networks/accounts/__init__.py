"""The accounts of this computer's user, whatever their network: kept, checked, and handed to another computer to read.

It stands above the table of networks, which it asks for what differs from one to the other, and rests on
`sessions.files` for what it writes.

* `store`: which accounts there are and where the token of each is
* `keyring`: the system's keyring, never waited for long
* `checking`: what `doctor` learns of an account from its network
* `lending`: what of an account leaves this computer, and whether one that comes may be read with
"""
