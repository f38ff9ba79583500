"""How a name is spelled where no blanks stand: in links, servers' names, mail addresses and hashtags. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

LONG_SPELLING = 8
"""Letters from which on a name of several words is looked for inside of longer words."""

LONG_SURNAME = 5
"""Letters of a surname from which on one letter of the first name is enough beside it: `sexampleton`."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "å": "aa"})
_ENDS = re.compile(r"^\d+|\d+$")


class Spellings:
    """A person's names and handles as one word. `handles` are without network and server, in lower case."""

    def __init__(self, names: Iterable[str], handles: Iterable[str]) -> None:
        whole: set[str] = set()
        short: set[str] = set()
        for name in names:
            for words in _words(name):
                if len(words) < 2:
                    continue
                first, last = words[0], words[-1]
                whole |= {"".join(words), first + last, last + first}
                if len(last) >= LONG_SURNAME:
                    short |= {first[0] + last, last + first[0]}
        known = {squeezed for handle in handles for squeezed in _squeezed(handle)}
        self._whole = tuple(sorted(one for one in whole if len(one) >= LONG_SPELLING))
        self._exact = frozenset(whole | short | {handle for handle in known if len(handle) >= LONG_SURNAME})

    def __bool__(self) -> bool:
        return bool(self._exact)

    def inside(self, word: str) -> bool:
        """Whether the whole name stands in a word, be it with dots and lines in it."""
        return any(whole in squeezed for squeezed in _squeezed(word) for whole in self._whole)

    def spelled(self, word: str) -> bool:
        """Whether a word is the name or a handle, or has the whole name in it."""
        return any(_ENDS.sub("", one) in self._exact or one in self._exact for one in _squeezed(word)) or self.inside(
            word
        )

    def leads(self, link: str) -> bool:
        """Whether one of the names of a link's server or a part of its path is the person's."""
        server, _, path = (link.partition("://")[2] or link).partition("/")
        labels = server.partition(":")[0].split(".")
        return any(map(self.spelled, labels)) or self.inside(server) or self._in_path(path)

    def addressed(self, mail: str) -> bool:
        """Whether a mail address is the person's: `sue.exampleton@`, `sue@exampleton.example`."""
        local, _, server = mail.partition("@")
        labels = server.split(".")
        return self.spelled(local) or any(map(self.inside, labels)) or self.spelled(local + labels[0])

    def _in_path(self, path: str) -> bool:
        parts = re.split(r"[/?#&=;,]+", unquote(path))
        return any(self.spelled(part) or self.spelled(part.rpartition(".")[0]) for part in parts if part)


def _words(name: str) -> Iterator[list[str]]:
    """The words of a name in plain letters, in each way of writing umlauts."""
    for plain in dict.fromkeys((_without_marks(name.casefold()), _without_marks(name.casefold().translate(_UMLAUTS)))):
        yield re.findall(r"[^\W\d_]+", re.sub(r"['’.-]", "", plain))


def _squeezed(word: str) -> set[str]:
    """A word without whatever is no letter and no digit, in each way of writing umlauts."""
    folded = unicodedata.normalize("NFC", word.casefold())
    plain = {_without_marks(folded), _without_marks(folded.translate(_UMLAUTS))}
    return {"".join(char for char in one if char.isalnum()) for one in plain} - {""}


def _without_marks(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
