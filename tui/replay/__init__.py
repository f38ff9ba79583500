"""The replay screen: the desk on a saved chat, with a playback bar."""
