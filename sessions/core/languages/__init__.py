"""The languages in which chats are held: label letters, the words by which posts are judged, and all that is said.

A table a language, and nothing else in it but words; what is missing in one is said in English. Pure.

* here: finds a language by its code, and tells what a table may have
* `language`: a language, and how a sentence is said in it
* `tables`: what a table is made of
* `english`, `spanish`, `german`, `french`: the tables
* `formats`: numbers, days and times as people write them there
"""

import functools
import re
from collections.abc import Mapping

from sessions.core.languages.english import SENTENCES as _ENGLISH_SENTENCES
from sessions.core.languages.language import ENGLISH, Language
from sessions.core.languages.tables import Reading, Sentences

__all__ = [
    "BUILT_IN",
    "ENGLISH",
    "Language",
    "Reading",
    "Sentences",
    "built_in",
    "missing",
    "placeholders",
    "sentence_keys",
]

BUILT_IN = ("en", "es", "de", "fr")
"""The codes of the languages whose tables are here."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@functools.cache
def built_in(code: str) -> Language | None:
    """The language with this code (`es`, also as `es-MX` or `es_US`), or None where no table of it is here."""
    match re.split("[-_]", code, maxsplit=1)[0].casefold():  # a table is read only for a chat in its language
        case "en":
            return ENGLISH
        case "es":
            from sessions.core.languages.spanish import SPANISH

            return SPANISH
        case "de":
            from sessions.core.languages.german import GERMAN

            return GERMAN
        case "fr":
            from sessions.core.languages.french import FRENCH

            return FRENCH
    return None


def missing(language: Language) -> list[str]:
    """The keys of the sentences that the language has not, which are said in English."""
    return [key for key in _ENGLISH_SENTENCES if key not in language.sentences]


def placeholders(key: str) -> frozenset[str]:
    """What is filled into the sentence with this key. Raises KeyError where none has it."""
    found = _ENGLISH_SENTENCES[key]
    forms = [found] if isinstance(found, str) else found.values()
    return frozenset(word for form in forms for word in _PLACEHOLDER.findall(form))


def sentence_keys() -> Mapping[str, str | Mapping[str, str]]:
    """Every sentence that a language may have, in English."""
    return _ENGLISH_SENTENCES
