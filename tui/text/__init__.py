"""Text on the screen: the one door for outside text, wrapping, and formats."""
