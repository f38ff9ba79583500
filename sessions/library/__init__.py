"""Where sessions lie: the TinyDB session file, its lock, and the library."""
