"""What the words of a post tell in the chat's own language, beside what `kinds` knows of English: lists of phrases."""

import functools
import re

from sessions.core.filing.label_forms import label_forms, phrases
from sessions.core.filing.labels import plain
from sessions.core.filing.words import bare, words
from sessions.core.languages import ENGLISH, Language

_NOTHING = re.compile(r"(?!)")
_WORDS_BETWEEN = r"\b[^.!?\n]{0,30}?\b"
_ASIDE_OF_HEADS_UP = 4
"""Words at most of what is asked beside a heads-up."""

_LONGEST_HELLO = 30
"""Words of a hello that is no answer."""


class OwnWords:
    """The phrases of one language, compiled."""

    def __init__(self, language: Language) -> None:
        reading = language.reading
        forms = label_forms(language)
        words_for_question = "|".join(re.escape(word) for word in language.question) or "Question"
        named = rf"(?:(?:{'|'.join(forms.questions)})[ ]?[0-9]{{1,2}}[a-h]?|(?:{words_for_question})[ ]?[0-9]{{1,2}})"
        coming, announced = (_pattern(one) for one in (reading.coming, reading.announced))
        self._coming = re.compile(rf"\b{named}\b\W{{0,12}}{coming}", re.IGNORECASE) if coming else _NOTHING
        self._announced = re.compile(rf"{announced}{_WORDS_BETWEEN}{named}", re.IGNORECASE) if announced else _NOTHING
        self._greets = phrases(reading.greets) if reading.greets else _NOTHING
        self._new_here = phrases(reading.new_here) if reading.new_here else _NOTHING
        self._housekeeping = phrases(reading.housekeeping) if reading.housekeeping else _NOTHING

    def heads_up(self, text: str) -> bool:
        """Whether this says that a question is about to come: `P2 en 2 minutos`, `Gleich kommt F1`."""
        text = plain(text)
        found = self._coming.search(text) or self._announced.search(text)
        return found is not None and not _asks(text[found.end() :])

    def greets(self, text: str) -> bool:
        """Whether it begins with a hello, or tells who its author is, in few words."""
        said = bare(text)
        found = self._greets.search(said)
        return found is not None and "?" not in said and len(words(text)) <= _LONGEST_HELLO

    def says_new(self, text: str) -> bool:
        """Whether the author calls themselves new to such chats."""
        return self._new_here.search(" ".join(plain(text).split())) is not None

    def housekeeping(self, text: str) -> bool:
        """Whether a host's words are about the chat itself."""
        return self._housekeeping.search(plain(text)) is not None


@functools.lru_cache(maxsize=32)
def own_words(language: Language) -> OwnWords | None:
    """The words of a chat in this language; None in English."""
    return None if language is ENGLISH else OwnWords(language)


def _pattern(listed: tuple[str, ...]) -> str:
    return phrases(listed, behind="").pattern if listed else ""


def _asks(rest: str) -> bool:
    """Whether what stands behind is a question already, and no `are you ready?`."""
    asked, mark, _ = rest.rpartition("?")
    return mark == "?" and len(words(re.split(r"[.!?]\s", asked)[-1])) > _ASIDE_OF_HEADS_UP
