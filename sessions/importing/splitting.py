"""A long archive cut into chats: by the hours that the user names, or by the silences between them."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from sessions.core.plan import instant
from sessions.core.posts import Post
from sessions.importing.question_askers import puts_questions

MINUTE = 60_000
SILENCE = 30 * MINUTE
"""Milliseconds without a post after which a new chat may begin."""

LONGEST_CHAT = 3 * 60 * MINUTE
"""A stretch without such a silence that is longer than this is cut at shorter ones: the tag is busy all day."""

SHORTEST_SILENCE = 3 * MINUTE
EARLY, LATE = 15 * MINUTE, 30 * MINUTE
"""Milliseconds before and behind a named hour whose posts belong to it."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = r"(\d{1,2})(?::(\d\d))?\s*([ap]m)?"
_HOUR = re.compile(rf"(?P<days>[a-z ,\-]*?)\s*{_CLOCK}\s*(?:-|–|to)\s*{_CLOCK}", re.IGNORECASE)


class Hour(msgspec.Struct, frozen=True):
    """When a chat is held: days of the week (Monday is 0), minute of the day it starts, how many minutes it has."""

    days: frozenset[int]
    start: int
    minutes: int


class Piece(msgspec.Struct, frozen=True):
    """The posts of one chat in the order of time; `starts` (wall time in the zone) and `minutes` where an hour was
    named, `room` where the archive has several."""

    posts: tuple[Post, ...]
    starts: datetime.datetime | None = None
    minutes: int | None = None
    room: str = ""


class Split(msgspec.Struct, frozen=True):
    """The chats of an archive, and the posts that belong to none."""

    pieces: tuple[Piece, ...]
    left_out: tuple[Post, ...]


def parse_hour(option: str) -> Hour:
    """What `--hour` says: `Thu 20:00-21:00`, `Mon,Wed 7pm-8pm`, `Mon-Fri 12:00-12:30`, `19:00-20:00` (any day).

    Raises `ValueError` in words.
    """
    wrong = ValueError(f'--hour must be such as "Thu 20:00-21:00" or "Mon,Wed 7pm-8pm", got {option!r}')
    found = _HOUR.fullmatch(option.strip())
    if found is None:
        raise wrong
    clock = found.groups()[1:]
    start, end = _minute_of_day(clock[:3]), _minute_of_day(clock[3:])
    days = _days(found["days"].casefold())
    if start is None or end is None or start == end or not days:
        raise wrong
    return Hour(days, start, (end - start) % (24 * 60))


def _minute_of_day(clock: Sequence[str | None]) -> int | None:
    hour, minute, half = int(clock[0] or 0), int(clock[1] or 0), (clock[2] or "").casefold()
    if minute > 59 or hour > (12 if half else 24) or (half and hour == 0):
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return (hour * 60 + minute) % (24 * 60)


def _days(said: str) -> frozenset[int]:
    said = said.strip()
    if said in ("", "daily", "any day"):
        return frozenset(range(7))
    days: set[int] = set()
    for part in said.replace(" ", ",").split(","):
        if not part:
            continue
        ends = [next((n for n, day in enumerate(_DAYS) if end.startswith(day)), None) for end in part.split("-")]
        if len(ends) > 2 or None in ends:
            return frozenset()
        first, last = ends[0] or 0, ends[-1] or 0
        days |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    return frozenset(days)


def split(posts: Sequence[Post], hours: Sequence[Hour], zone: str, rooms: Mapping[str, str] = {}) -> Split:
    """The chats in `posts` (in the order of time): the named hours, in `zone`, else stretches between silences.

    `rooms` tells by a post's id without its network in which room of several it was said; a chat is of one room.
    A stretch is a chat if one person asks two labelled questions in it, or it has a tenth of the posts of the
    largest (at least 3, at most 25 are needed) by two people. The largest of all is one anyway.
    """
    by_room: dict[str, list[Post]] = {}
    for post in posts:
        by_room.setdefault(rooms.get(post.id.partition(":")[2], ""), []).append(post)
    cut = {
        room: _by_hours(said, hours, zone) if hours else [Piece(tuple(one)) for one in _by_silence(said, SILENCE)]
        for room, said in by_room.items()
    }
    largest = max((len(piece.posts) for pieces in cut.values() for piece in pieces), default=0)
    found: list[Piece] = []
    for room, pieces in cut.items():
        chats = [piece for piece in pieces if len(piece.posts) == largest or _is_chat(piece.posts, largest)]
        chats = chats if hours else _with_edges(by_room[room], chats)
        found += [msgspec.structs.replace(piece, room=room) for piece in chats]
    found.sort(key=lambda piece: piece.posts[0].posted_at)
    kept = {post.id for piece in found for post in piece.posts}
    return Split(tuple(found), tuple(post for post in posts if post.id not in kept))


def _is_chat(posts: Sequence[Post], largest: int) -> bool:
    if puts_questions(posts):
        return True
    people = len({post.author.id for post in posts})
    return people >= 2 and len(posts) >= max(3, min(25, largest // 10))


def _by_silence(posts: Sequence[Post], silence: int) -> Iterable[Sequence[Post]]:
    start = 0
    for place in range(1, len(posts) + 1):
        ends = place == len(posts) or posts[place].posted_at - posts[place - 1].posted_at > silence
        if not ends:
            continue
        stretch = posts[start:place]
        start = place
        length = stretch[-1].posted_at - stretch[0].posted_at
        if length > LONGEST_CHAT and silence > SHORTEST_SILENCE:
            yield from _by_silence(stretch, max(silence // 2, SHORTEST_SILENCE))
        elif stretch:
            yield stretch


def _with_edges(posts: Sequence[Post], chats: Sequence[Piece]) -> list[Piece]:
    """The chats with those posts beside them that a cut at a short silence took away, up to half a silence off."""
    taken = {post.id for piece in chats for post in piece.posts}
    bounds = [(piece.posts[0].posted_at, piece.posts[-1].posted_at) for piece in chats]
    more: dict[int, list[Post]] = {}
    place = 0
    for post in posts:
        while place + 1 < len(bounds) and post.posted_at > bounds[place][1] + SILENCE // 2:
            place += 1
        if post.id in taken or not bounds:
            continue
        if bounds[place][0] - SILENCE // 2 <= post.posted_at <= bounds[place][1] + SILENCE // 2:
            more.setdefault(place, []).append(post)
    return [
        Piece(tuple(sorted((*piece.posts, *more.get(number, ())), key=lambda post: post.posted_at)))
        for number, piece in enumerate(chats)
    ]


def _by_hours(posts: Sequence[Post], hours: Sequence[Hour], zone: str) -> list[Piece]:
    from zoneinfo import ZoneInfo

    here = ZoneInfo(zone)
    held: dict[tuple[datetime.datetime, int], list[Post]] = {}
    for post in posts:
        day = datetime.datetime.fromtimestamp(post.posted_at / 1000, here).date()
        near: Counter[tuple[datetime.datetime, int]] = Counter()
        for hour in hours:
            for date in (day - datetime.timedelta(days=1), day, day + datetime.timedelta(days=1)):
                if date.weekday() not in hour.days:
                    continue
                starts = datetime.datetime.combine(date, datetime.time(hour.start // 60, hour.start % 60))
                begin = instant(starts, zone)
                end = begin + hour.minutes * MINUTE
                if begin - EARLY <= post.posted_at <= end + LATE:
                    near[starts, hour.minutes] = max(begin - post.posted_at, post.posted_at - end, 0)
        if near:
            held.setdefault(min(near, key=lambda one: near[one]), []).append(post)
    return [Piece(tuple(found), starts, minutes) for (starts, minutes), found in sorted(held.items())]
