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
    """An element of a Storify page as browsers saved it in 2017; `words` is HTML, `kind` its `data-type`."""
    where = f"//twitter.com/{handle}/status/{number}"
    home = f'href="https://twitter.com/{handle}" target="_blank"'
    attribution = (
        '<div class="s-source s-twitter"><a href="https://twitter.com/" target="_blank" rel="nofollow"><div '
        'class="s-source-icon storifycon-source-twitter"></div></a></div>{author}'
        f'<a href="https:{where}" target="_blank" rel="nofollow" class="s-posted"><span data-timestamp="{at}" '
        'class="timestamp">2 years ago</span></a><div class="s-element-actions"><a href="http://twitter.com/intent/'
        f'tweet?in_reply_to={number}&amp;related=storify" target="_blank" title="Reply" class="twitter-newwindow '
        'twitter-reply">Reply</a></div><div class="s-clear"></div>'
    )
    below = (
        f'<div class="s-author"><a {home} rel="nofollow" class="s-author-twitter-name">{name}</a><a {home} '
        f'rel="nofollow" class="s-author-twitter-handle">@{handle}</a></div><div class="dot">·</div>'
    )
    content = {
        "quote": (
            '<div class="s-quote s-element-content"><div class="s-quote-content"><div class="s-quote-avatar-author '
            f's-quote-avatar-twitter"><a {home} class="s-quote-avatar"><img src="./x_files/profile_image(1)" '
            f'alt="{handle}"></a><div class="s-quote-author"><a {home} class="s-quote-author-name">{name}</a><a {home} '
            f'class="s-quote-author-username">@{handle}</a></div></div><div class="s-quote-text emojify">{words}</div>'
            f'</div><div class="s-attribution">{attribution.format(author="")}</div></div>'
        ),
        "image": (
            '<div class="s-element-content s-image"><div class="s-image-content"><img src="./x_files/x.jpg_large" '
            f'alt="not the words"><div class="s-image-info"><div class="s-image-caption emojify">{words}</div>'
            f'<div class="s-attribution">{attribution.format(author=below)}</div></div></div></div>'
        ),
        "video": (
            '<div class="s-video s-element-content"><div style="background-image:url(//example.org/x.jpg)" '
            'class="s-video-shim"><video src="https://example.org/x.mp4" controls="controls" class="s-video-content">'
            f'</video></div><div class="s-video-info"><div class="s-video-title emojify">{words}</div>'
            f'<div class="s-attribution">{attribution.format(author=below)}</div></div></div>'
        ),
    }[kind]
    return (
        f'<li data-eid="e5bc" data-type="{kind}" data-source="twitter" data-permalink="{where}" '
        f'class="s-element s-element-{kind}"><div class="s-share-dropdown"></div><div class="s-element-container">'
        f'{content}<div class="s-clear"></div></div></li>'
    )


def story(*elements: str, title: str = "Stations that work") -> str:
    """A Storify page with these elements, and with what else stands in one."""
    return (
        "<!DOCTYPE html>\n<!-- saved from url=(0046)https://storify.com/ana/stations.html -->\n"
        '<html xmlns="http://www.w3.org/1999/xhtml" class="gr__storify_com"><link rel="stylesheet" href="x.css"><head>'
        f'<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><title>{title}</title><script>s.story'
        '["title"] = "x";</script><style>body#embed ul li{display:block;}</style></head><body id="embed" '
        'storify-loaded="true"><div id="story"><div did="stations" class="s-story false"><div class="s-header">'
        '<div class="s-published"><a href="#" data-timestamp="2014-07-16T20:32:05.166Z" class="s-published-date '
        f'timestamp">3 years ago</a></div><h1 class="s-title emojify">{title}</h1><p class="s-description emojify">A '
        f'chat.</p></div><ol class="s-elements">{"".join(elements)}</ol></div></div><ul><li>Help</li></ul>'
        "</body></html>"
    )
