"""The session file: one TinyDB file a session, appended to in place, read, mended and rescued."""
