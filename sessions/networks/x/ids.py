"""X's ids, which hold the time at which they were given. Pure."""

_EPOCH = 1_288_834_974_657
"""The UTC milliseconds from which the ids count (docs.x.com/fundamentals/x-ids)."""

_DIGITS = 19


def number_of(post_id: str) -> int:
    """The id as a number, by which versions of a post are in order; 0 for what is none."""
    return int(post_id) if post_id.isascii() and post_id.isdigit() and len(post_id) <= _DIGITS else 0


def given_at(post_id: str) -> int | None:
    """When the id was given, in UTC milliseconds; None for what is no id of this kind."""
    number = number_of(post_id)
    return (number >> 22) + _EPOCH if number else None
