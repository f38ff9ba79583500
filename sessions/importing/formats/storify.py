"""Pages that Storify exported or that a browser saved of it (the service ended in 2018).

Each element of a story is a `li.s-element` of `ol.s-elements`; those whose `data-source` is `twitter` are posts, with
the author and the id in `data-permalink` (in 2014 without `https:`), the time in `data-timestamp` and the words in
`.s-quote-text`, under a picture in `.s-image-caption`, under a video in `.s-video-title`. All words, the story's title
too, have the class `emojify`; nothing else in an element has. What the curator wrote is `data-type="text"`.
Seen in the pages of https://github.com/cpjobling/stories (branch gh-pages), which browsers saved of Storify's export to
HTML: lthechat-on.html, byod4lchat-curating.html, #SocMedHE17.html.

libxml2 reads them, piece by piece and without a tree: what is crafted to keep a parser busy costs no more than its
length.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from sessions.importing.formats.errors import CannotImport
from sessions.importing.formats.sheets import Row, Sheet, Skipped

PAGE_LIMIT = 16 * 1024 * 1024
"""Characters that a page may have; a story of 440 elements has 1.1 million."""

_PIECE = 64 * 1024
"""Characters that the parser is given at once."""

_DEPTH = 1_000
"""How deep elements may lie in one another; a story's are ten deep. What comes then is not read: finding out what an
end tag closes would cost the whole depth each time."""

_COLUMNS = ("created_at", "handle", "name", "text", "id", "url")
_PERMALINK = re.compile(r"(?:https?:)?//(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w{1,30})/status(?:es)?/(\d{1,20})")
_WORDS = frozenset({"s-quote-text", "s-image-caption", "s-video-title"})
_OTHER_WORDS = "emojify"
"""Where words stand in kinds of elements that have no name here."""

_NAMES = frozenset({"s-quote-author-name", "s-author-twitter-name"})
_UNSEEN = frozenset({"script", "style"})
_SPACES = " \t\n\f\r"


def is_html(text: str) -> bool:
    """Whether the file is a page."""
    start = text[:2000].lstrip("\ufeff \t\r\n").casefold()
    return start.startswith(("<!doctype html", "<html", "<!-- saved from")) or "<html" in start


def read_storify(text: str, where: str) -> Sheet:
    """The sheet of the page. Raises `CannotImport` where it is no story."""
    if len(text) > PAGE_LIMIT:
        raise CannotImport(f"{where}: longer than {PAGE_LIMIT // 1024 // 1024} million characters; not a story's page")
    story = _Story()
    parser = etree.HTMLParser(target=story, huge_tree=True)
    for story.line, piece in _pieces(text.encode(errors="replace").decode()):  # half a surrogate pair is no text to it
        parser.feed(piece)
        if story.is_nested or story.depth > _DEPTH:
            break
    parser.close()
    if story.is_nested:
        raise CannotImport(f"{where}: its elements lie in one another; of web pages, those of Storify can be read")
    if not story.elements:
        raise CannotImport(f"{where}: no posts in this page; of web pages, those that Storify exported can be read")
    rows: list[Row] = []
    skipped: list[Skipped] = []
    for element in story.elements:
        cells = _cells(element)
        if isinstance(cells, str):
            skipped.append(Skipped(element.line, cells))
        else:
            rows.append(Row(element.line, cells))
    title = " ".join(story.title.text.split()) if story.title is not None else ""
    return Sheet(_COLUMNS, tuple(rows), tuple(skipped), title=title)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The lines of the text with their numbers, a long one in pieces."""
    for number, line in enumerate(text.split("\n"), start=1):
        for start in range(0, len(line) + 1, _PIECE):
            piece = line[start : start + _PIECE]
            yield number, piece if start + _PIECE <= len(line) else f"{piece}\n"


class _Text:
    """The text inside of an element; with `addresses`, links in it are their addresses, as they were typed, and not
    the piece of them that was shown. Where only spaces stand between two tags, they are one."""

    def __init__(self, depth: int, *, addresses: bool) -> None:
        self.depth = depth
        """How deep the element lies."""
        self._addresses = addresses
        self._parts: list[str] = []
        self._run: list[str] = []
        """What came since the last tag."""
        self._unseen = 0
        self._link: tuple[str, int, int] | None = None
        """Of the link that is being read its address, depth and where its words begin."""

    @property
    def text(self) -> str:
        """All of it."""
        self._end_run()
        return "".join(self._parts)

    def start(self, tag: str, given: Mapping[str, str], depth: int) -> None:
        """An element begins in it."""
        self._end_run()
        if self._unseen or tag in _UNSEEN:
            self._unseen += 1
        elif tag == "br":
            self._parts.append("\n")
        elif tag == "a" and self._addresses and self._link is None:
            self._link = (given.get("title", ""), depth, len(self._parts))

    def end(self, depth: int) -> None:
        """An element in it ends."""
        self._end_run()
        if self._unseen:
            self._unseen -= 1
        elif self._link is not None and self._link[1] == depth:
            address, _, place = self._link
            self._link = None
            is_picture = "".join(self._parts[place:]).startswith("pic.twitter.com")
            if address.startswith(("http://", "https://")) and not is_picture:
                self._parts[place:] = [address]

    def data(self, text: str) -> None:
        """Words."""
        if not self._unseen:
            self._run.append(text)

    def _end_run(self) -> None:
        run = "".join(self._run)
        self._run.clear()
        only_spaces = run and not run.strip(_SPACES)
        self._parts.append(("\n" if "\n" in run else " ") if only_spaces else run)


@dataclass
class _Element:
    """An element of a story: where it begins, its attributes, and what was found first in it of each kind."""

    line: int
    depth: int
    given: Mapping[str, str]
    stamp: str | None = None
    name: _Text | None = None
    words: _Text | None = None
    other_words: _Text | None = None


class _Story:
    """Goes through a page once and keeps its title and its elements."""

    def __init__(self) -> None:
        self.line = 0
        """The line that is being read."""
        self.depth = 0
        """How many elements of the page are open."""
        self.is_nested = False
        """Whether an element of the story lies in another, as in no story."""
        self.title: _Text | None = None
        self.elements: list[_Element] = []
        self._element: _Element | None = None
        self._reading: list[_Text] = []

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        for text in self._reading:
            text.start(tag, given, self.depth)
        classes = set(given.get("class", "").split())
        if tag == "title" and self.title is None:
            self.title = self._read(addresses=False)
        elif tag == "li" and "s-element" in classes:
            self.is_nested = self.is_nested or self._element is not None
            self._element = _Element(self.line, self.depth, given)
            self.elements.append(self._element)
        elif self._element is not None:
            self._look(self._element, given, classes)

    def end(self, _tag: str) -> None:
        """An element ends."""
        self._reading = [text for text in self._reading if text.depth < self.depth]
        for text in self._reading:
            text.end(self.depth)
        if self._element is not None and self._element.depth == self.depth:
            self._element = None
        self.depth -= 1

    def data(self, text: str) -> None:
        """Words between two tags."""
        for reading in self._reading:
            reading.data(text)

    def close(self) -> None:
        """The page ends."""

    def _look(self, element: _Element, given: Mapping[str, str], classes: set[str]) -> None:
        if element.stamp is None:
            element.stamp = given.get("data-timestamp")
        if element.words is None and _WORDS & classes:
            element.words = self._read(addresses=True)
        if element.other_words is None and _OTHER_WORDS in classes:
            element.other_words = self._read(addresses=True)
        if element.name is None and _NAMES & classes:
            element.name = self._read(addresses=False)

    def _read(self, *, addresses: bool) -> _Text:
        text = _Text(self.depth, addresses=addresses)
        self._reading.append(text)
        return text


def _cells(element: _Element) -> tuple[str, ...] | str:
    """The cells of a post, or why the element is none."""
    source = element.given.get("data-source", "")
    if element.given.get("data-type") == "text" or source in ("storify", ""):
        return "the curator's words, not a post"
    permalink = _PERMALINK.match(element.given.get("data-permalink", ""))
    if permalink is None:
        return f"not a post of a network that is known here ({source[:40]})"
    words = element.words or element.other_words
    if element.stamp is None or words is None:
        return "no time beside it" if element.stamp is None else "no words in it"
    name = element.name.text if element.name is not None else ""
    handle, number = permalink.groups()
    url = f"https://twitter.com/{handle}/status/{number}"
    return element.stamp, handle, name, words.text, number, url
