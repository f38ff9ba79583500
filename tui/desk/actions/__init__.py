"""What a moderator can do at the desk, by topic."""
