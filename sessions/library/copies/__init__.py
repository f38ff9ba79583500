"""Copies of sessions: kept beside a desk, received from elsewhere, judged before they are taken in."""
