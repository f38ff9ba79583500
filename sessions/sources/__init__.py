"""What brings posts into a session: the practice source now, the networks later."""
