"""Pages that Storify exported or that a browser saved of it (the service ended in 2018).

Each element of a story is a `li.s-element` of `ol.s-elements`; those whose `data-source` is `twitter` are posts, with
the author and the id in `data-permalink` (in 2014 without `https:`), the time in `data-timestamp` and the words in
`.s-quote-text`, under a picture in `.s-image-caption`, under a video in `.s-video-title`. All words, the story's title
too, have the class `emojify`; nothing else in an element has. What the curator wrote is `data-type="text"`.
Seen in the pages of https://github.com/cpjobling/stories (branch gh-pages), which browsers saved of Storify's export to
HTML: lthechat-on.html, byod4lchat-curating.html, #SocMedHE17.html.
"""

import re
from collections.abc import Iterator
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import Tag
from bs4.filter import SoupStrainer

from sessions.importing.formats.errors import CannotImport
from sessions.importing.formats.sheets import Row, Sheet, Skipped

PAGE_LIMIT = 16 * 1024 * 1024
"""Characters that a page may have; a story of 440 elements has 1.1 million."""

_DEPTH = 50
"""How deep an element may lie in others; in a story they lie side by side."""

_COLUMNS = ("created_at", "handle", "name", "text", "id", "url")
_PERMALINK = re.compile(r"(?:https?:)?//(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w{1,30})/status(?:es)?/(\d{1,20})")
_WORDS = ".s-quote-text, .s-image-caption, .s-video-title"
_OTHER_WORDS = ".emojify"
"""Where words stand in kinds of elements that have no name here."""

_NAMES = ".s-quote-author-name, .s-author-twitter-name"


def is_html(text: str) -> bool:
    """Whether the file is a page."""
    start = text[:2000].lstrip("\ufeff \t\r\n").casefold()
    return start.startswith(("<!doctype html", "<html", "<!-- saved from")) or "<html" in start


def read_storify(text: str, where: str) -> Sheet:
    """The sheet of the page. Raises `CannotImport` where it is no story."""
    if len(text) > PAGE_LIMIT:
        raise CannotImport(f"{where}: longer than {PAGE_LIMIT // 1024 // 1024} million characters; not a story's page")
    wanted = SoupStrainer(["title", "li"])
    page = BeautifulSoup(text, "html.parser", parse_only=wanted)
    elements = page.find_all("li", class_="s-element")
    if not elements:
        raise CannotImport(f"{where}: no posts in this page; of web pages, those that Storify exported can be read")
    if any(any(True for _ in islice(element.parents, _DEPTH, None)) for element in elements):
        # Each look into one of them would cost the whole depth.
        raise CannotImport(f"{where}: its elements lie in one another; of web pages, those of Storify can be read")
    rows: list[Row] = []
    skipped: list[Skipped] = []
    for element in elements:
        line = element.sourceline or 0
        cells = _cells(element)
        if isinstance(cells, str):
            skipped.append(Skipped(line, cells))
        else:
            rows.append(Row(line, cells))
    title = page.select_one("title")
    return Sheet(_COLUMNS, tuple(rows), tuple(skipped), title=" ".join(title.get_text().split()) if title else "")


def _cells(element: Tag) -> tuple[str, ...] | str:
    """The cells of a post, or why the element is none."""
    kind = str(element.get("data-type", ""))
    if kind == "text" or element.get("data-source") in ("storify", None, ""):
        return "the curator's words, not a post"
    permalink = _PERMALINK.match(str(element.get("data-permalink", "")))
    if permalink is None:
        return f"not a post of a network that is known here ({str(element.get('data-source'))[:40]})"
    stamp = element.select_one("[data-timestamp]")
    words = element.select_one(_WORDS) or element.select_one(_OTHER_WORDS)
    if stamp is None or words is None:
        return "no time beside it" if stamp is None else "no words in it"
    name = element.select_one(_NAMES)
    handle, number = permalink.groups()
    url = f"https://twitter.com/{handle}/status/{number}"
    shown = name.get_text() if name is not None else ""
    return str(stamp["data-timestamp"]), handle, shown, "".join(_said(words)), number, url


def _said(words: Tag) -> Iterator[str]:
    """The words as they were typed: a link is its address, not the piece of it that was shown."""
    for part in words.children:
        if not isinstance(part, Tag):
            yield str(part)
        elif part.name == "br":
            yield "\n"
        elif part.name == "a":
            shown, full = part.get_text(), str(part.get("title", ""))
            is_link = full.startswith(("http://", "https://")) and not shown.startswith("pic.twitter.com")
            yield full if is_link else shown
        elif part.name not in ("script", "style"):
            yield from _said(part)
