"""What saved sessions tell afterwards: recaps and growth."""
