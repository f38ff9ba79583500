"""Archives to import: an invented chat, written in the forms and with the dirt that exports really have."""

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from sessions.importing import Archive, Wanted, read_archive

CHAT = (
    # minute, handle, words
    (0, "AnaHost", "Welcome to #stationchat! Tonight: stations that work."),
    (3, "tomk", "Hi all, Tom, 4th grade, first time here #stationchat"),
    (5, "AnaHost", "Q1 What does the first station in your room look like? #stationchat"),
    (6, "mlopez", "A1 We rotate every 12 minutes and keep a timer on the board #stationchat"),
    (7, "tomk", "A1: It’s the teacher table & a quiet corner #stationchat"),
    (9, "jimr", "RT @mlopez: A1 We rotate every 12 minutes and keep a timer on the board #stationchat"),
    (15, "AnaHost", "Q2 How do you change stations? #stationchat"),
    (17, "mlopez", "A2 A song tells us, two minutes long #stationchat"),
    (19, "jimr", "A2 I ring a bell and they walk #stationchat"),
    (25, "AnaHost", "Q3 What would you do again? #stationchat"),
    (27, "tomk", "A3 The café corner, with real cups #stationchat"),
    (29, "AnaHost", "Thank you all for coming! #stationchat"),
)
"""Half an hour of an invented chat: 12 posts by 4 people, 3 questions, 5 answers, 1 repost."""

START = datetime.datetime(2016, 1, 20, 20, 0, tzinfo=datetime.UTC)

Entry = tuple[datetime.datetime, str, str, str]
"""When, who, what and the id of an entry."""


def entries(start: datetime.datetime = START, chat: Sequence[tuple[int, str, str]] = CHAT) -> list[Entry]:
    """The chat as held at `start`; ids grow with the time, as those of X do."""
    found = []
    for minute, handle, words in chat:
        at = start + datetime.timedelta(minutes=minute, seconds=minute % 7)
        found.append((at, handle, words, str(689_000_000_000_000_000 + int(at.timestamp()) * 10)))
    return found


def table(rows: Iterable[Sequence[str]], columns: Sequence[str], *, delimiter: str = ",", end: str = "\r\n") -> str:
    """The rows as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end)
    writer.writerow(columns)
    writer.writerows(rows)
    return stream.getvalue()


def plain(found: Iterable[Entry]) -> list[tuple[str, ...]]:
    """The entries as id, time, handle, text."""
    return [(number, f"{at:%Y-%m-%d %H:%M:%S}", handle, words) for at, handle, words, number in found]


COLUMNS = ("id_str", "created_at", "from_user", "text")


def read(path: Path, content: str | bytes, **wanted: object) -> Archive:
    """What the importer understands of a file with this content."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = read_archive(path, Wanted(**{"zone": "UTC", **wanted}))  # type: ignore[arg-type]
    assert isinstance(found, Archive)
    return found


def element(handle: str, name: str, words: str, number: str, at: str, kind: str = "quote") -> str:
    """An element of a Storify page, in the markup of pages saved in 2017; `words` is HTML."""
    where = f"//twitter.com/{handle}/status/{number}"
    who = (
        f'<div class="s-quote-author"><a href="https://twitter.com/{handle}" class="s-quote-author-name">{name}</a>'
        f'<a href="https://twitter.com/{handle}" class="s-quote-author-username">@{handle}</a></div>'
    )
    inner = f'{who}<div class="s-quote-text emojify">{words}</div>'
    if kind == "image":
        inner = (
            f'<img src="./x.jpg" alt="not the words"><div class="s-image-info"><div class="s-image-caption emojify">'
            f'{words}</div><div class="s-author"><a class="s-author-twitter-name">{name}</a>'
            f'<a class="s-author-twitter-handle">@{handle}</a></div></div>'
        )
    return (
        f'<li data-eid="e5bc" data-type="{kind}" data-source="twitter" data-permalink="{where}" '
        f'class="s-element s-element-{kind}"><div class="s-element-container"><div class="s-element-content">{inner}'
        f'<div class="s-attribution"><a href="https:{where}" class="s-posted"><span data-timestamp="{at}" '
        'class="timestamp">2 years ago</span></a><a title="Reply" class="twitter-reply">Reply</a></div></div></div>'
        "</li>"
    )


def story(*elements: str, title: str = "Stations that work") -> str:
    """A Storify page with these elements, and with what else stands in one."""
    return (
        "<!DOCTYPE html>\n<!-- saved from url=(0046)https://storify.com/ana/stations.html -->\n"
        f'<html class="gr__storify_com"><head><title>{title}</title><script>s.story["title"] = "x";</script></head>'
        f'<body><h1>{title}</h1><ul class="s-elements">{"".join(elements)}</ul><li>Help</li></body></html>'
    )
