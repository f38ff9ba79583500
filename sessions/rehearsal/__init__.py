"""The practice source: an invented cast, recordings and saved sessions, re-enacted without a network."""
