"""What the sources of the three networks share: requests, limits, troubles in words, and side by side reading."""
