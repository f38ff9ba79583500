"""What a post on Mastodon may have. Pure."""

from sessions.networks.poster import PostingRules

RULES = PostingRules(unit="characters", most=500, url=23)
"""What a server allows that does not say so."""
