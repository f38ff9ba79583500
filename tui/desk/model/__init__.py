"""What the desk knows, apart from how it looks."""
