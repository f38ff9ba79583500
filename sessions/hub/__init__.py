"""The live session: the one process that owns it, its HTTP face, and the client of that face."""
