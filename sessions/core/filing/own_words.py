"""What the words of a post tell in the chat's own language, beside what `kinds` knows of English: lists of phrases."""

import functools
import re
from collections.abc import Sequence

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
    """The phrases of the languages of a chat, compiled."""

    def __init__(self, languages: Sequence[Language]) -> None:
        own = [language for language in languages if language is not ENGLISH]
        words_for_question = "|".join(re.escape(word) for one in own for word in one.question) or "Question"
        letters = "|".join(label_forms(*languages).questions)
        named = rf"(?:(?:{letters})[ ]?[0-9]{{1,2}}[a-h]?|(?:{words_for_question})[ ]?[0-9]{{1,2}})"

        def listed(field: str) -> list[str]:
            return [words for one in own for words in getattr(one.reading, field)]

        coming, announced = (_pattern(listed(field)) for field in ("coming", "announced"))
        self._coming = re.compile(rf"\b{named}\b\W{{0,12}}{coming}", re.IGNORECASE) if coming else _NOTHING
        self._announced = re.compile(rf"{announced}{_WORDS_BETWEEN}{named}", re.IGNORECASE) if announced else _NOTHING
        self._greets, self._new_here, self._housekeeping = (
            phrases(found) if (found := listed(field)) else _NOTHING for field in ("greets", "new_here", "housekeeping")
        )

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
def own_words(*languages: Language) -> OwnWords | None:
    """The words of a chat in these languages; None in English alone."""
    return None if all(language is ENGLISH for language in languages) else OwnWords(languages)


def _pattern(listed: Sequence[str]) -> str:
    return phrases(listed, behind="").pattern if listed else ""


def _asks(rest: str) -> bool:
    """Whether what stands behind is a question already, and no `are you ready?`."""
    asked, mark, _ = rest.rpartition("?")
    return mark == "?" and len(words(re.split(r"[.!?]\s", asked)[-1])) > _ASIDE_OF_HEADS_UP
