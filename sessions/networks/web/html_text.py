"""HTML of a post as the text that its author wrote. Pure.

libxml2 reads it: Python's own parser needs 9 s for 60,000 characters of `<a <a <a` and raises at `<![`.
"""

import re
from collections.abc import Mapping

from lxml import etree

from sessions.core.cleaning import TEXT_LIMIT, clean_text

_HTML_LIMIT = TEXT_LIMIT * 12
"""Characters of HTML that are read: links and mentions take ten times the room of their text."""

_PARAGRAPHS = frozenset(
    {"p", "pre", "ul", "ol", "blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "table", "dl", "hr", "details"}
)
_LINES = frozenset({"br", "tr", "dt", "dd", "summary", "caption"})
_CELLS = frozenset({"td", "th"})
_AROUND = {"del": "~~", "s": "~~", "strike": "~~", "q": '"', "rt": " "}
"""What stands before and behind the words of an element, without which they would say something else."""
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SHIFTED = {"sup": _RAISED, "sub": _LOWERED}
_UNSEEN = frozenset({"script", "style", "rp", "annotation-xml"})
_SPACES = re.compile(r"[ \t\r\n\f]+")


def html_to_text(html: str, mentions: Mapping[str, str] | None = None, *, quoted: bool = False) -> str:
    """The text of `html`, cleaned.

    Links become their addresses, because what is shown of them is cut; `mentions` gives the whole handle for the
    address of a profile, of which the HTML shows the first half. `quoted` says that the post quotes another: then the
    element that repeats its address (`quote-inline`) is left out. A formula is shown as its author typed it, where the
    HTML has that beside its drawing.
    """
    reader = _Reader(mentions or {}, quoted=quoted)
    parser = etree.HTMLParser(target=reader, huge_tree=True)
    parser.feed(html[:_HTML_LIMIT].encode(errors="replace").decode())  # half a surrogate pair is no text to it
    parser.close()
    return clean_text("".join(reader.parts))


class _Reader:
    """Goes through the elements once, without a tree. The parser closes every element that it opens, in order."""

    def __init__(self, mentions: Mapping[str, str], *, quoted: bool) -> None:
        self.parts: list[str] = []
        self._mentions = mentions
        self._quoted = quoted
        self._unseen = 0
        self._as_typed = 0
        self._replaced = False
        self._numbers: list[int | None] = []
        self._shifted = 0
        self._shifted_from = 0
        self._formula: int | None = None
        self._notation: list[str] = []
        self._in_notation = False

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """An element begins."""
        classes = given.get("class", "").split()
        another = tag == "annotation" and bool(self._notation)
        if self._unseen or tag in _UNSEEN or another or (self._quoted and "quote-inline" in classes):
            self._unseen += 1
        elif tag == "annotation":
            self._in_notation = self._formula is not None
        elif tag == "math":
            self._formula, self._notation = len(self.parts), []
        elif tag in _LINES or tag in _CELLS:
            self.parts.append("\n" if tag in _LINES else " ")
        elif tag in _AROUND:
            self.parts.append(_AROUND[tag])
        elif tag in _SHIFTED:
            self._shifted_from = self._shifted_from if self._shifted else len(self.parts)
            self._shifted += 1
        elif tag == "img":
            self.parts.append(given.get("alt", ""))
        elif tag == "li":
            self.parts.append(f"\n{self._bullet()} ")
        elif tag in _PARAGRAPHS:
            self._replaced = False  # a link that was never closed hides nothing behind it
            self._as_typed += tag == "pre"
            if tag in ("ul", "ol"):
                self._numbers.append(0 if tag == "ol" else None)
            self.parts.append("\n\n")
        elif tag == "a":
            self._start_link(given.get("href", ""), classes)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._unseen:
            self._unseen -= 1
        elif tag == "annotation":
            self._in_notation = False
        elif tag == "math":
            self._end_formula()
        elif tag in _AROUND:
            self.parts.append(_AROUND[tag])
        elif tag in _SHIFTED:
            self._end_shifted(tag)
        elif tag == "a":
            self._replaced = False
        elif tag in _PARAGRAPHS:
            self._as_typed -= tag == "pre"
            if tag in ("ul", "ol"):
                self._numbers.pop()
            self.parts.append("\n\n")

    def data(self, text: str) -> None:
        """Text between two elements."""
        if self._in_notation and not self._unseen:
            self._notation.append(text)
        elif not self._unseen and not self._replaced:
            self.parts.append(text if self._as_typed else _SPACES.sub(" ", text))

    def close(self) -> None:
        """The end."""

    def _end_formula(self) -> None:
        """Take what the author typed in the place of the signs that were drawn of it, where it is there."""
        typed = " ".join("".join(self._notation).split())
        if self._formula is not None and typed:
            self.parts[self._formula :] = [typed]
        self._formula, self._notation, self._in_notation = None, [], False

    def _end_shifted(self, tag: str) -> None:
        """Raise or lower what can be; what is to be raised and cannot stands behind `^`. One in another counts as one:
        without that, many would take long."""
        self._shifted -= 1
        if self._shifted:
            return
        words = "".join(self.parts[self._shifted_from :])
        if all(ord(sign) in _SHIFTED[tag] for sign in words):
            words = words.translate(_SHIFTED[tag])
        elif tag == "sup" and words.strip():
            words = f"^{words}"
        self.parts[self._shifted_from :] = [words]

    def _bullet(self) -> str:
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            return "-"
        self._numbers[-1] = number + 1
        return f"{number + 1}."

    def _start_link(self, href: str, classes: list[str]) -> None:
        instead = ""
        if href and href in self._mentions:
            instead = f"@{self._mentions[href]}"
        elif not {"hashtag", "mention"} & set(classes) and href.startswith(("https://", "http://")):
            instead = href
        self.parts.append(instead)
        self._replaced = instead != ""
