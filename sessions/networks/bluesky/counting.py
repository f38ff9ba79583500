"""How Bluesky counts: by `maxGraphemes` and `maxLength` of app.bsky.feed.post. Pure."""

from sessions.networks.counting import graphemes, measured
from sessions.networks.poster import Length, PostingRules


def length(text: str, rules: PostingRules) -> Length:
    """How long the text is there."""
    return measured(text, sum(1 for _ in graphemes(text)), rules)
