"""Finding somebody's own words in what others wrote, however many posts they wrote themselves. Pure."""

from collections.abc import Iterable

GONE = "…"
"""What stands in a text of others where the person was named."""

_KEYS = (20, 8)
"""Letters of the beginning of each text by which it is looked up; texts shorter than all are nobody's own words."""


class OwnWords:
    """Texts to be found in others, in whatever case and with whatever white space.

    The cost of a look is that of the text looked at and does not grow with the number of texts.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_key: dict[int, dict[str, list[str]]] = {}
        for text in {_folded(text) for text in texts}:
            length = next((length for length in _KEYS if len(text) >= length), 0)
            if length:
                self._by_key.setdefault(length, {}).setdefault(text[:length], []).append(text)
        for by_key in self._by_key.values():
            for found in by_key.values():
                found.sort(key=len, reverse=True)

    def __contains__(self, text: str) -> bool:
        """Whether any of the texts stands in this one."""
        if not self._by_key:
            return False
        folded = _folded(text)
        for length, by_key in self._by_key.items():  # nearly all texts hold none: this is what the time goes into
            if any(folded[place : place + length] in by_key for place in range(len(folded) - length + 1)):
                return self._next(folded, 0) is not None
        return False

    def blanked(self, text: str) -> str:
        """The text without them."""
        if text not in self:
            return text
        letters = [
            (letter, place) for place, char in enumerate(text) if not char.isspace() for letter in char.casefold()
        ]
        folded = "".join(letter for letter, _ in letters)
        kept: list[str] = []
        done = start = 0
        while (found := self._next(folded, start)) is not None:
            first, start = found
            kept += [text[done : letters[first][1]], GONE]
            done = letters[start - 1][1] + 1
        return "".join([*kept, text[done:]])

    def _next(self, folded: str, start: int) -> tuple[int, int] | None:
        """Where the first of the texts from `start` on begins and ends, the longest of those that begin there."""
        ways = sorted(self._by_key.items(), reverse=True)
        for place in range(start, len(folded) - min(_KEYS) + 1):
            for length, by_key in ways:
                for text in by_key.get(folded[place : place + length], ()):
                    if folded.startswith(text, place):
                        return place, place + len(text)
        return None


def _folded(text: str) -> str:
    return "".join(text.casefold().split())
