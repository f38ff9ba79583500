"""Words that fold a post: whether one stands in a text, however it is spelt.

A word is found whatever its case and accents, with letters that show nothing in it, with signs between its letters
(`s.p.a.m`) and spaced out (`s p a m`), but only as a whole word: `ass` is not in `class`, nor in `pass it`. Words are
plain; several in a row are found in a row.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MOST_WORDS = 100
"""Words that a chat may have at once; each costs a look at each post."""

LONGEST = 60
"""Characters of a word."""

REMEMBERED = 512
"""Texts of which is remembered what stands in them: a desk asks for those in sight with each batch of posts."""

SHORTEST_SPACED = 3
"""Letters of a word from which on it is looked for spaced out: `a m` is talk."""

_SHOW_NOTHING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
_STAY = (0, 7, 8, 9)
"""Combining classes of marks without which a word is another one: vowel signs, nuktas, kana voicing, viramas."""


class _Letters(dict[int, str]):
    """By the number of a character what is compared: letters and digits alike, ` ` for white space, `.` for signs."""

    def __missing__(self, number: int) -> str:
        self[number] = folded = _folded(chr(number))
        return folded


def _folded(char: str) -> str:
    if char.isspace():
        return " "
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(filter(None, map(_compared, plain)))


def _compared(char: str) -> str:
    kind = unicodedata.category(char)
    if char in _SHOW_NOTHING or kind in ("Cf", "Cc", "Me") or "\ufe00" <= char <= "\ufe0f":
        return ""
    if kind.startswith("M"):
        return char if unicodedata.combining(char) in _STAY and char < "\U000e0100" else ""
    return char if kind[0] in "LN" else " " if kind.startswith("Z") else "."


_LETTERS = _Letters()


def _skeleton(text: str) -> str:
    return text.translate(_LETTERS)


def word_key(word: str) -> str:
    """What is alike in all spellings of a word, by which two are told to be one; empty where it has no letters."""
    parts = _skeleton(word).replace(".", " ").split()
    spaced_out = len(parts) >= SHORTEST_SPACED and all(len(part) == 1 for part in parts)
    return ("" if spaced_out else " ").join(parts)


def word_problem(word: str) -> str:
    """Why no post can be folded by this word, in words that follow it; empty where it can."""
    if len(word) > LONGEST:
        return f"is longer than {LONGEST} characters"
    return "" if len(word_key(word).replace(" ", "")) > 1 else "needs two letters or digits"


class MutedWords:
    """Some words, ready to be looked for in posts. Without any nothing is ever found."""

    def __init__(self, words: Iterable[str]) -> None:
        keys = {word_key(word): word for word in words}
        self._words = [(key.replace(" ", ""), _pattern(key), word) for key, word in keys.items() if key]

    def find(self, text: str) -> str | None:
        """The first of the words that stands in the text, as it was written down; None where none does."""
        return _found(self, text) if self._words and text else None

    def look(self, text: str) -> str | None:
        """The same, looked for anew."""
        skeleton = _skeleton(text)
        squeezed = skeleton.replace(" ", "").replace(".", "")
        for letters, pattern, word in self._words:
            if letters in squeezed and pattern.search(skeleton):
                return word
        return None


@lru_cache(REMEMBERED)
def _found(words: MutedWords, text: str) -> str | None:
    return words.look(text)


@lru_cache(32)
def muted_words(words: tuple[str, ...]) -> MutedWords:
    """The words ready to be looked for, made ready once."""
    return MutedWords(words)


def _pattern(key: str) -> re.Pattern[str]:
    words = r"[ .]+".join(map(_spelt, key.split()))
    return re.compile(rf"(?<![^ .]){words}(?![^ .])")


def _spelt(word: str) -> str:
    """A word of letters alone: its letters side by side or with signs between, or all of them spaced out."""
    together = r"\.*".join(map(re.escape, word))
    if len(word) < SHORTEST_SPACED:
        return together
    spaced = r"\.* [ .]*".join(map(re.escape, word))
    return rf"(?:{together}|{spaced})"
