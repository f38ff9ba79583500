"""What the form of a post tells of whether it answers anything: length, thanks, questions back, jokes, mentions."""

import re
from math import exp

from sessions.core.filing import kinds
from sessions.core.filing.labels import lexicon, plain
from sessions.core.filing.words import FURNITURE, mentioned, words

_SECOND_PERSON = lexicon("you your you're u ur yours you've you'll")
_THANKS = lexicon("thanks thank thx ty cheers congratulations congrats")
_ARGUES = lexicon(
    "because think feel need needs use used using can could should would must often sometimes always never if when"
    " also more than rather depends important helps help make makes try"
)
_OF_THE_CHAT = lexicon(
    "tonight tonight's tweet tweets tweeting twitter hashtag chat chats storify join joined joining evening welcome"
    " late hi hello night bye goodnight week"
)
_JOKES = re.compile(r"[:;]-?[)DPp(]|\b(?:ha(?:ha){1,9}|lol|lmao)\b|[\U0001f600-\U0001f64f\U0001f923]", re.IGNORECASE)
_TRAILS_OFF = re.compile(r"(?<=\w)\s?(?:\.{2,9}|\u2026)")
_LONG = 6
"""Letters of the longest word that is not a long one: the words for what a chat is about are mostly longer."""


def form(text: str, *, quotes: bool) -> dict[str, float]:
    """The evidence of the form, by name; mostly against its being an answer, as the weights tell."""
    said = words(text)
    flat = plain(text)
    bare = FURNITURE.sub(" ", flat)
    here = set(said)
    named = len(set(mentioned(text)))
    own = kinds.own_words(text)
    found = {
        "any post": 1.0,
        "short": exp(-len(said) / 6),
        "long": min(len(said), 24) / 24,
        "says little of its own": exp(-own / 4),
        "names somebody": float(named > 0),
        "names several": float(named > 1),
        "agreement only": float(not own),
        "thanks": float(not here.isdisjoint(_THANKS)),
        "takes leave": float(kinds.farewell(text)),
        "asks back": float(kinds.asks_back(text)),
        "asks": float("?" in bare),
        "exclaims": float("!" in flat),
        "jokes": float(_JOKES.search(bare) is not None),
        "speaks to somebody": float(not here.isdisjoint(_SECOND_PERSON)),
        "speaks of the chat": float(not here.isdisjoint(_OF_THE_CHAT)),
        "argues": min(len(here & _ARGUES), 3) / 3,
        "long words": len([word for word in said if len(word) > _LONG]) / (len(said) + 2),
        "trails off": float((".." in bare or "\u2026" in bare) and _TRAILS_OFF.search(bare) is not None),
        "quotes": float(quotes),
    }
    return {name: value for name, value in found.items() if value}
