"""A sheet's rows as posts: understood cell by cell, in the order of time, each post once.

A person is `<network>:<numeric id>` where the archive has one, else `<network>:@<handle in small letters>`; a post is
`<network>:<id>`, else `<network>:archive-<digest of author, time and words>`, so that another export of the same
chat gives the same ids.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from sessions.core.cleaning import clean_handle, clean_name, clean_text
from sessions.core.hashtags import tags_of
from sessions.core.posts import Author, Post
from sessions.core.zones import time_zone
from sessions.importing.formats.columns import Field, long_texts, plain_name
from sessions.importing.formats.dates.times import days_come_first, has_ambiguous_dates, read_time
from sessions.importing.formats.dates.zones_said import zone_of_column, zone_said
from sessions.importing.formats.handles import handle_said
from sessions.importing.formats.sheets import Row, Sheet, Skipped
from sessions.importing.formats.texts import repaired
from sessions.networks.registry import NETWORKS

_STATUS_LINK = re.compile(r"https?://\S{1,200}/(?:status|statuses)/(\d{1,20})")
_NUMBER = re.compile(r"x?(\d+)(?:\.0)?")
_WORD = re.compile(r"[\w:/.@%+#?=&~-]{1,300}")
_MIDNIGHT = re.compile(r"[T ]\s?0?0:00(?::00)?(?:\.0+)?$")
_INEXACT = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_STEP = 1000
_US = ("America/", "US/")
_QUARTER = 15 * 60_000
_HOUR = 4
"""Quarters of an hour, by which a zone's time changes in spring and autumn."""

_NEAR = 61_000
"""Milliseconds that a time to the minute may be off what its post's id says."""

Dates = Literal["day", "month"]
"""What dates such as 01/02/2016 and 01.02.2016 begin with."""


class Understood(msgspec.Struct, frozen=True):
    """The posts of an archive in the order of time, and what was made of the rest.

    `to_the_minute` says that no time has seconds, `zoneless` how many times said no zone, `zones_said` whether a
    column of zones did, `day_first` how dates such as 01/02/2016 were read (None where there was no doubt), `inexact`
    how many ids a spreadsheet had rounded, `joined` of how many lines the text had been cut at commas, `off_by` by how
    many minutes the times had been off what the ids say.
    """

    posts: tuple[Post, ...]
    skipped: tuple[Skipped, ...]
    duplicates: int = 0
    newest_first: bool = False
    to_the_minute: bool = False
    zoneless: int = 0
    zones_said: bool = False
    day_first: bool | None = None
    inexact: int = 0
    joined: int = 0
    off_by: int = 0


class _Line(msgspec.Struct, frozen=True):
    """A row that was understood; `id` and the references are without their network, empty where there is none."""

    at: int
    handle: str
    name: str
    author_id: str
    text: str
    id: str
    reply_to: str
    repost_of: str
    quote_of: str
    url: str


def posts_of(
    sheet: Sheet,
    columns: Mapping[Field, int],
    zone: str,
    network: str | None,
    progress: Callable[[int, int], None],
    *,
    dates: Dates | None = None,
    text_is_given: bool = False,
    owner: str = "",
) -> Understood:
    """The posts of the sheet. `zone` is the IANA name for times that say none, `network` the name of one or None,
    `dates` how dates in figures begin, None where that is to be told by the others, `text_is_given` that the user said
    which column is the text, `owner` the handle of who wrote what no column says of.

    `progress` is told now and then how many rows of how many are done.
    """
    reader = _Reader(sheet, columns, zone, dates, text_is_given=text_is_given, owner=owner)
    lines: list[_Line] = []
    skipped = list(sheet.skipped)
    for done, row in enumerate(sheet.rows):
        if done % _STEP == 0:
            progress(done, len(sheet.rows))
        try:
            lines.append(reader.line(row))
        except (ValueError, OverflowError, OSError) as error:  # OSError: a time that the system's clock cannot hold
            skipped.append(Skipped(row.line, " ".join(str(error).split())))
    progress(len(sheet.rows), len(sheet.rows))
    newest_first = _falls(lines)
    if newest_first:
        lines.reverse()
    from_network = network or _network_of(lines)
    known = NETWORKS.get(from_network)
    lines, off_by = _by_their_ids(lines, known.given_at) if known is not None else (lines, 0)
    lines.sort(key=lambda line: line.at)
    inexact = _doubtful_ids(lines)
    posts = _posts(lines, from_network, inexact)
    return Understood(
        posts=tuple(posts.values()),
        skipped=tuple(sorted(skipped, key=lambda one: one.line)),
        duplicates=len(lines) - len(posts),
        newest_first=newest_first,
        to_the_minute=bool(lines) and not reader.seconds,
        zoneless=reader.zoneless,
        zones_said=reader.zones_said,
        day_first=reader.day_first if reader.ambiguous else None,
        inexact=reader.inexact + len(inexact),
        joined=reader.joined,
        off_by=off_by,
    )


def understood_of(found: Sequence[tuple[int, Post]], skipped: Sequence[Skipped]) -> Understood:
    """Posts that their network itself has told, with their places, in the order of time and each once."""
    steps = Counter(
        (after.posted_at > before.posted_at) - (after.posted_at < before.posted_at)
        for (_, before), (_, after) in pairwise(found)
    )
    newest_first = steps[-1] > steps[1]
    posts: dict[str, Post] = {}
    for _, post in sorted(reversed(found) if newest_first else found, key=lambda one: one[1].posted_at):
        posts.setdefault(post.id, post)
    return Understood(
        posts=tuple(posts.values()),
        skipped=tuple(sorted(skipped, key=lambda one: one.line)),
        duplicates=len(found) - len(posts),
        newest_first=newest_first,
    )


class _Reader:
    """Reads rows one by one, and remembers what their times and ids were like."""

    def __init__(
        self,
        sheet: Sheet,
        columns: Mapping[Field, int],
        zone: str,
        dates: Dates | None,
        *,
        text_is_given: bool,
        owner: str,
    ) -> None:
        self._columns = columns
        self._zone = time_zone(zone)
        self._width = len(sheet.columns)
        self._delimiter = sheet.delimiter
        self._long_texts = () if text_is_given else long_texts(sheet.columns)
        self._owner = owner if not {"handle", "author_id", "name"} & set(columns) else ""
        self.joined = 0
        self.seconds = False
        self.zoneless = 0
        self.zones_said = False
        self.inexact = 0
        timed = columns.get("time", 0)
        place = columns.get("date", timed)
        places = sorted({place, timed})
        times = [" ".join(row.cells[place] for place in places if place < len(row.cells)) for row in sheet.rows]
        said = dates == "day" if dates is not None else days_come_first(times)
        self.ambiguous = said is None and has_ambiguous_dates(times)
        self._column_zone, _ = zone_of_column(sheet.columns[timed]) if timed < len(sheet.columns) else (None, "")
        place_said = str(self._column_zone) if "/" in str(self._column_zone) else zone
        self.day_first = said if said is not None else not (place_said.startswith(_US) or place_said == "UTC")
        self._points_day_first = said if said is not None else True
        zones = columns.get("zone", len(sheet.columns))
        self._zones_meant = zones < len(sheet.columns) and plain_name(sheet.columns[zones]) != "precision"
        """Whether nothing else stands in the column of zones, as in the one of Storify's lists."""

    def line(self, row: Row) -> _Line:
        """The row; raises `ValueError` in words where it is no post."""
        row = self._as_wide(row)
        text = clean_text(self._longest(row) or self._cell(row, "text"))
        if not text:
            raise ValueError("no words in it")
        author_id = self._id(row, "author_id")
        name = clean_name(self._cell(row, "name"))
        said, before = handle_said(self._cell(row, "handle"))
        name = name or clean_name(before)
        handle = clean_handle(said) or author_id or clean_handle(name) or self._owner
        if not handle:
            raise ValueError("no author")
        own = self._id(row, "id")
        thread = self._id(row, "thread")
        return _Line(
            at=self._time(row),
            handle=handle,
            name=name,
            author_id=author_id,
            text=text,
            id=own,
            reply_to=self._id(row, "reply_to") or (thread if thread != own else ""),
            repost_of=self._id(row, "repost_of"),
            quote_of=self._id(row, "quote_of"),
            url=_web_address(self._cell(row, "url")),
        )

    def _as_wide(self, row: Row) -> Row:
        """The row with as many cells as there are columns: those that are too many are of a text without quotes."""
        more = len(row.cells) - self._width
        place = self._columns.get("text", 0)
        if more <= 0 or place >= self._width:
            return row
        self.joined += 1
        text = self._delimiter.join(row.cells[place : place + more + 1])
        return Row(row.line, (*row.cells[:place], text, *row.cells[place + more + 1 :]))

    def _longest(self, row: Row) -> str:
        """The words of a column of whole texts, empty where there is none or nothing stands in it."""
        cells = (repaired(row.cells[place]) for place in self._long_texts if place < len(row.cells))
        return next((cell for cell in cells if cell), "")

    def _cell(self, row: Row, field: Field) -> str:
        place = self._columns.get(field)
        return repaired(row.cells[place]) if place is not None and place < len(row.cells) else ""

    def _time(self, row: Row) -> int:
        said = self._cell(row, "time")
        day = self._cell(row, "date")
        zone = self._cell(row, "zone")
        own = zone_said(zone) or self._column_zone
        if day:
            said = f"{_MIDNIGHT.sub('', day)} {said}"
        moment = read_time(said, own or self._zone, day_first=self.day_first, points_day_first=self._points_day_first)
        if zone and own is None and not moment.zoned and self._zones_meant:
            raise ValueError(f"its time zone {zone[:40]!r} is not understood")
        self.seconds = self.seconds or moment.seconds
        self.zoneless += not (moment.zoned or own)
        self.zones_said = self.zones_said or own is not None
        return moment.at

    def _id(self, row: Row, field: Field) -> str:
        cell = self._cell(row, field).lstrip("'")
        if _INEXACT.fullmatch(cell):
            self.inexact += field == "id"
            return ""
        number = _NUMBER.fullmatch(cell)
        if number is not None:
            return number[1]
        return clean_handle(cell, limit=300) if _WORD.fullmatch(cell) else ""


def _falls(lines: list[_Line]) -> bool:
    """Whether the archive has the newest post first."""
    steps = Counter((after.at > before.at) - (after.at < before.at) for before, after in pairwise(lines))
    return steps[-1] > steps[1]


def _by_their_ids(lines: list[_Line], given_at: Callable[[str], int | None]) -> tuple[list[_Line], int]:
    """The lines with their times as their ids say them, where nearly all are off by the same quarters of an hour (of
    summer and winter), and by how many minutes most were."""
    quarters: list[int | None] = []
    for line in lines:
        given = given_at(line.id)
        nearest = round((given - line.at) / _QUARTER) if given is not None else 0
        off = given - line.at - nearest * _QUARTER if given is not None else _NEAR
        quarters.append(nearest if abs(off) < _NEAR else None)
    told = Counter(quarter for quarter in quarters if quarter is not None)
    with_ids = sum(given_at(line.id) is not None for line in lines)
    shifts = [quarter for quarter, _ in told.most_common(2)]
    usual = sum(told[quarter] for quarter in shifts)
    apart = len(told) > 1 and abs(shifts[0] - shifts[1]) != _HOUR and told[shifts[1]] * 20 > with_ids
    if not any(shifts) or usual * 10 < with_ids * 9 or with_ids < 3 or apart:
        return lines, 0
    shifted: list[_Line] = []
    last = shifts[0]
    for line, quarter in zip(lines, quarters, strict=True):
        last = quarter if quarter in shifts else last
        shifted.append(msgspec.structs.replace(line, at=line.at + last * _QUARTER))
    return shifted, abs(shifts[0] or shifts[-1]) * 15


def _doubtful_ids(lines: list[_Line]) -> set[str]:
    """Ids that stand at posts of different authors or words and times: a spreadsheet rounded them."""
    first: dict[str, _Line] = {}
    doubtful: set[str] = set()
    for line in lines:
        known = first.setdefault(line.id, line)
        same_author = known.handle.casefold() == line.handle.casefold()
        if line.id and not (same_author and (known.text == line.text or known.at == line.at)):
            doubtful.add(line.id)
    return doubtful


def _network_of(lines: list[_Line]) -> str:
    """The network of most of the lines by their handles and ids; the one of most archives where nothing tells."""
    telling = {
        name: sum(network.in_archive(line.handle, line.author_id, line.id) for line in lines)
        for name, network in NETWORKS.items()
    }
    most = max(reversed(telling), key=lambda name: telling[name])
    if telling[most] * 2 > len(lines):
        return most
    return next(name for name, network in NETWORKS.items() if network.usual_archive)


def _posts(lines: list[_Line], network: str, doubtful: set[str]) -> dict[str, Post]:
    ids = {line.id for line in lines if line.id and line.id not in doubtful}
    numbers = {line.handle.casefold(): line.author_id for line in lines if line.author_id}
    posts: dict[str, Post] = {}
    for line in lines:
        author_id = line.author_id or numbers.get(line.handle.casefold(), "")
        author = Author(id=f"{network}:{author_id or '@' + line.handle.casefold()}", handle=line.handle, name=line.name)
        own = line.id if line.id in ids else _digest(author.id, line)
        linked = (number for number in _STATUS_LINK.findall(line.text) if number in ids and number != own)
        quoted = line.quote_of or next(linked, "")
        post = Post(
            id=f"{network}:{own}",
            author=author,
            text=line.text,
            posted_at=line.at,
            url=line.url or None,
            reply_to=f"{network}:{line.reply_to}" if line.reply_to else None,
            repost_of=f"{network}:{line.repost_of}" if line.repost_of else None,
            quote_of=f"{network}:{quoted}" if quoted else None,
            tags=tags_of(line.text),
        )
        posts.setdefault(post.id, post)
    return posts


def _digest(author: str, line: _Line) -> str:
    said = f"{author}\n{line.at // 60_000}\n{line.text}".encode()
    return f"archive-{hashlib.blake2b(said, digest_size=8).hexdigest()}"


def _web_address(cell: str) -> str:
    """The address where it is one of the web, else nothing."""
    cell = clean_handle(cell, limit=2_000)
    cell = f"https:{cell}" if cell.startswith("//") else cell
    return cell if cell.casefold().startswith(("https://", "http://")) else ""
