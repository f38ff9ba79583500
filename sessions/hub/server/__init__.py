"""The hub's own side: the live session, and HTTP."""
