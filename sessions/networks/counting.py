"""How much of what a network allows a text takes: what the networks' own ways of counting share. Pure."""

from collections.abc import Iterator

import regex

from sessions.networks.poster import Length, PostingRules

_GRAPHEME = regex.compile(r"\X")


def measured(text: str, used: int, rules: PostingRules) -> Length:
    """A text of which `used` count, by what its network allows; where that limits bytes, too, what runs out first."""
    by_count = Length(used, rules.most, rules.unit)
    if rules.bytes:
        by_bytes = Length(len(text.encode("utf-8", "surrogatepass")), rules.bytes, "bytes")
        return min(by_count, by_bytes, key=lambda one: one.remaining)
    return by_count


def graphemes(text: str) -> Iterator[str]:
    """What a reader takes for one character each (grapheme clusters, Unicode UAX 29)."""
    return (found[0] for found in _GRAPHEME.finditer(text))
