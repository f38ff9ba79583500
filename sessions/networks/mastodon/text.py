"""Mastodon's HTML as the text that its author wrote. Pure.

libxml2 reads it: Python's own parser needs 9 s for 60,000 characters of `<a <a <a` and raises at `<![`.
"""

import re
from collections.abc import Mapping

from lxml import etree

from sessions.core.cleaning import TEXT_LIMIT, clean_text

_HTML_LIMIT = TEXT_LIMIT * 12
"""Characters of HTML that are read: links and mentions take ten times the room of their text."""

_PARAGRAPHS = frozenset({"p", "pre", "ul", "ol", "blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"script", "style"})
_SPACES = re.compile(r"[ \t\r\n\f]+")


def html_to_text(html: str, mentions: Mapping[str, str] | None = None, *, quoted: bool = False) -> str:
    """The text of `html`, cleaned.

    Links become their addresses, because what is shown of them is cut; `mentions` gives the whole handle for the
    address of a profile, of which the HTML shows the first half. `quoted` says that the post quotes another: then the
    paragraph that repeats its address (`quote-inline`) is left out.
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

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """An element begins."""
        classes = given.get("class", "").split()
        if self._unseen or tag in _UNSEEN or (tag == "p" and self._quoted and "quote-inline" in classes):
            self._unseen += 1
        elif tag == "br":
            self.parts.append("\n")
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
        elif tag == "a":
            self._replaced = False
        elif tag in _PARAGRAPHS:
            self._as_typed -= tag == "pre"
            if tag in ("ul", "ol"):
                self._numbers.pop()
            self.parts.append("\n\n")

    def data(self, text: str) -> None:
        """Text between two elements."""
        if not self._unseen and not self._replaced:
            self.parts.append(text if self._as_typed else _SPACES.sub(" ", text))

    def close(self) -> None:
        """The end."""

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
