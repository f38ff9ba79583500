"""Bluesky: a hashtag by search with a sign-in, or by Jetstream without one."""
