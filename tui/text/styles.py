"""Styles that several kinds of text share."""

MUTED = "$foreground 78%"
"""The style of what matters less; Textual does not resolve `$text-muted` inside `Content`."""
