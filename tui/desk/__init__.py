"""The desk: the screen that a moderator works at."""
