"""Mastodon's HTML as the text that its author wrote. Pure."""

from collections.abc import Mapping
from html.parser import HTMLParser

from sessions.cleaning import TEXT_LIMIT, clean_text

_HTML_LIMIT = TEXT_LIMIT * 12
"""Characters of HTML that are read: links and mentions take ten times the room of their text."""

_PARAGRAPHS = frozenset({"p", "pre", "ul", "ol", "blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"script", "style"})


def html_to_text(html: str, mentions: Mapping[str, str] | None = None, *, quoted: bool = False) -> str:
    """The text of `html`, cleaned.

    Links become their addresses, because what is shown of them is cut; `mentions` gives the whole handle for the
    address of a profile, of which the HTML shows the first half. `quoted` says that the post quotes another: then the
    paragraph that repeats its address (`quote-inline`) is left out.
    """
    reader = _Reader(mentions or {}, quoted=quoted)
    reader.feed(html[:_HTML_LIMIT])
    reader.close()
    return clean_text("".join(reader.parts))


class _Reader(HTMLParser):
    """Goes through the elements once, without a tree: a thousand nested ones cost no more than flat ones."""

    def __init__(self, mentions: Mapping[str, str], *, quoted: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._mentions = mentions
        self._quoted = quoted
        self._skipping: str | None = None
        self._in_link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipping is not None:
            return
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if tag in _UNSEEN or (tag == "p" and self._quoted and "quote-inline" in classes):
            self._skipping = tag
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in _PARAGRAPHS:
            self.parts.append("\n\n")
        elif tag == "a":
            self._link(given.get("href", ""), classes)

    def handle_endtag(self, tag: str) -> None:
        if self._skipping is not None:
            self._skipping = None if tag == self._skipping else self._skipping
        elif tag == "a":
            self._in_link = False
        elif tag in _PARAGRAPHS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self._skipping is None and not self._in_link:
            self.parts.append(data)

    def _link(self, href: str, classes: list[str]) -> None:
        if href in self._mentions:
            self._replace(f"@{self._mentions[href]}")
        elif not {"hashtag", "mention"} & set(classes) and href.startswith(("https://", "http://")):
            self._replace(href)

    def _replace(self, text: str) -> None:
        self.parts.append(text)
        self._in_link = True
