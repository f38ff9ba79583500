"""What every file of ours rests on: what was said to be saved is on the disk, and a file is old or new, never half.

Bytes and paths only: what is in a file is the affair of the room that it belongs to. It may use `core.errors` alone.

* `disk`: writing durably, whole files at one instant; where tests make disks fail
* `lock`: one writer of a file, and who that is
* `small_file`: a file that is read whole and changed under its lock
* `encodings`: the text of a file that another program rewrote in an encoding of its own
* `reading`: a whole file, if it is one and of a size that ours have
* `homes`: where this user's own files lie
* `kinds`: what a file is that is not what was asked for, and what to do with it
* `errors`: what can go wrong with saved chats, in a line that says what to do next
* `backoff`: how long to wait before something that keeps failing is tried again
"""
