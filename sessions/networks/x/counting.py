"""How X counts: the weights of twitter-text's configuration v3. Pure.

github.com/twitter/twitter-text, config/v3.json, and docs.x.com/fundamentals/counting-characters. twitter-text-parser
3.0.0 counts emoji of Unicode 15.1 wrongly.
"""

import unicodedata

import regex

from sessions.networks.addresses import URL
from sessions.networks.counting import graphemes, measured
from sessions.networks.poster import Length, PostingRules

_EMOJI = regex.compile(
    r"\p{Emoji_Presentation}|\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}\u200d]|[0-9#*]\ufe0f?\u20e3"
)
_LIGHT = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
"""Code points that count one on X; all others count two, as an emoji does whatever it is made of."""


def length(text: str, rules: PostingRules) -> Length:
    """How long the text is on X."""
    bare, urls = URL.subn(" ", unicodedata.normalize("NFC", text))
    return measured(text, urls * (rules.url - 1) + sum(map(_weight, graphemes(bare))), rules)


def has_link(text: str) -> bool:
    """Whether X makes a link of something in the text, which costs more there."""
    return URL.search(unicodedata.normalize("NFC", text)) is not None


def _weight(cluster: str) -> int:
    if len(cluster) > 1 and _EMOJI.search(cluster) is not None:
        return 2
    return sum(1 if any(first <= ord(one) <= last for first, last in _LIGHT) else 2 for one in cluster)
