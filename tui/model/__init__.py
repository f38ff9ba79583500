"""What a desk knows and decides, apart from how it looks."""
