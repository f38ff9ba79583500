"""What a post on X may have. Pure."""

from sessions.networks.poster import PostingRules

RULES = PostingRules(unit="characters", most=280, url=23)
