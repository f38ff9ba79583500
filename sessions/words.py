"""How a sentence for people is said in the language of the program that says it; English until a program chooses.

A sentence stands in the code in English, as `_("{name} left").format(name=name)`: never as an f-string within `_()`,
which no catalogue could have. docs/develop/words.md tells more. Pure: a program hands in a
catalogue that it has read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations

_spoken = NullTranslations()


def speak(translations: NullTranslations) -> None:
    """Say everything by this catalogue from now on; constants of modules that are loaded stay as they are."""
    global _spoken
    _spoken = translations


@contextmanager
def spoken(translations: NullTranslations) -> Iterator[NullTranslations]:
    """Say everything by this catalogue within, and gives what was spoken before: what a hub decides is English."""
    before = _spoken
    speak(translations)
    try:
        yield before
    finally:
        speak(before)


def _(message: str) -> str:
    """The sentence in the chosen language, as it is where that has none."""
    return _spoken.gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The sentence for this number of things; `{n}` in it is left to be filled in."""
    return _spoken.ngettext(one, many, number)


def pgettext(context: str, message: str) -> str:
    """The sentence where one English word is several in other languages; `context` tells which one is meant."""
    return _spoken.pgettext(context, message)
