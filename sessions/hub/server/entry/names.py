"""Names of people at desks: what one is, and which two look the same.

Letters that look alike, and scripts, are Unicode's own tables (UTS 39) as the library `confusable-homoglyphs` has them;
it is read at the first name, since that takes a tenth of a second.
"""

import unicodedata
from functools import cache, lru_cache

from sessions.core.errors import LunchroomError
from sessions.core.plan import clean_line

LONGEST_NAME = 60

_BLANK = "\u2800"
"""Braille without a dot: a symbol that shows nothing."""

_TOGETHER = (
    frozenset({"LATIN", "HAN", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "HAN", "BOPOMOFO"}),
    frozenset({"LATIN", "HAN", "HANGUL"}),
)
"""Scripts that are written within one word."""

_ANY = frozenset({"COMMON", "INHERITED"})
"""What belongs to no script: digits, marks, emoji."""


class BadName(LunchroomError):
    """The name is none; the message says what a name is."""


def moderator_name(written: str) -> str:
    """The name of somebody at a desk, on one line. Raises `BadName` where it is none, or made to look like another."""
    name = unicodedata.normalize("NFC", clean_line(written))
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadName(f"A name has 1 to {LONGEST_NAME} characters.")
    if not any(_shows_something(letter) for letter in name):
        raise BadName("A name needs a letter or a digit.")
    for word in name.split():
        if not _of_one_script(word):
            raise BadName("A word of a name is written in the letters of one alphabet.")
    return name


def same_name(one: str, other: str) -> bool:
    """Whether two names are one person's: upper and lower case are the same."""
    return one.casefold() == other.casefold()


def look_alike(one: str, other: str) -> bool:
    """Whether two names can hardly be told apart on a screen; the same names can not."""
    return skeleton(one) == skeleton(other) or skeleton(one.casefold()) == skeleton(other.casefold())


@lru_cache(maxsize=4096)
def skeleton(name: str) -> str:
    """What all names that look like this one have in common; shown nowhere."""
    classes = _classes()
    letters = unicodedata.normalize("NFKD", name)
    return "".join(classes.get(letter, letter) for letter in letters if not letter.isspace() and letter != _BLANK)


def _shows_something(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LN" or (unicodedata.category(letter) == "So" and letter != _BLANK)


def _of_one_script(word: str) -> bool:
    if word.isascii():
        return True
    from confusable_homoglyphs.categories import unique_aliases

    scripts = unique_aliases(word) - _ANY
    return len(scripts) <= 1 or any(scripts <= together for together in _TOGETHER)


@cache
def _classes() -> dict[str, str]:
    """What stands for each letter that looks like another: the first of all that do, or the letters it looks like."""
    from confusable_homoglyphs.confusables import confusables_data

    parents: dict[str, str] = {}

    def root(letter: str) -> str:
        while (above := parents.setdefault(letter, letter)) != letter:
            letter = above
        return letter

    longer: dict[str, str] = {}
    for letter, likes in confusables_data.items():
        for like in (entry["c"] for entry in likes):
            if len(letter) == len(like) == 1:
                one, other = sorted((root(letter), root(like)))
                parents[other] = one
            elif len(letter) == 1 and like.isalpha():
                longer.setdefault(letter, like)
    classes = {letter: root(letter) for letter in parents}
    spelled = {letter: "".join(classes.get(each, each) for each in likes) for letter, likes in longer.items()}
    return classes | spelled
