"""The panes of the desk. They are given the session's state, keep none of its truth, and post messages."""
