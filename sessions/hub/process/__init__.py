"""The hub as a process: opening or resuming a session, serving it, starting it in the background."""
