"""The real desk under load, end to end: real hub, real `lunchroom join` in pseudo-terminals, beside a stock RichLog.

    python -m tests.benchmarks.desk

`chat_file` writes what the hub re-enacts, `terminal` runs a program in a pseudo-terminal and keeps what it wrote and
when, `load` drives the desks, `screen` is what their terminals show, `reading` finds there when a key or a post showed,
`peer` is the RichLog app, `rounds` takes them in turn. `start_up` (`--start-up`) measures first frames beside that of
`empty_app`, `replaying` (`--replay`) a replay, `hub_work` (`--hub`) a hub alone; `table` (`--table quick`) all of it,
beside the targets. Unix only: Windows has no pseudo-terminals of this kind.
"""
