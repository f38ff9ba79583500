"""What is fixed at Bluesky: where one signs in, and what a post may have. Pure."""

from sessions.networks.poster import PostingRules

ENTRYWAY = "bsky.social"
"""Where one signs in whose personal data server (PDS) is not known; it asks the right one of Bluesky's own."""

RULES = PostingRules(unit="characters", most=300, bytes=3000)
