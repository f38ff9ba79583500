"""What travels between a hub and its desks."""
