"""How a session looks: the `lunchroom` command and the desk. Imports sessions, never the other way round."""
