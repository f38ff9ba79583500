"""What kind of chat a stretch of posts was: its hashtags, hosts and questions, as the plan that it might have had."""

import datetime
import math
import zoneinfo
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

import msgspec

from sessions.core.filing.labels import as_written
from sessions.core.hashtags import tag_key
from sessions.core.identity import plain_handle
from sessions.core.plan import Host, Plan, Question, clean_line, default_series, instant, label_number
from sessions.core.posts import Author, Post
from sessions.importing.question_askers import SEVERAL, Asking, Unasked, asking, label_key
from sessions.importing.splitting import MINUTE, Piece

MOST_OF = 0.6
"""The share of the posts that a second hashtag must stand in to be one of the chat's."""

_HALF_HOUR = 30 * MINUTE
_EARLY_QUESTION = 3 * MINUTE
"""How much before the full or half hour the first question may come of a chat that is meant to start then."""

_ON_TIME = 5 * MINUTE
"""How far from the full or half hour what a host says shows that the chat began then."""


class Detected(msgspec.Struct, frozen=True):
    """A chat of an archive. `asks` tells by the id of a post which question (its id) it put for the first time, and
    `asked_before` which one that nobody is seen to put was put by then, for the post is its first answer.

    `unasked` are labels that several people answer and no question has. `maybe_hosts` are the handles of those who put
    one labelled question each, where nobody put more and nobody is host. `kind` is `channel` where it is a month of
    what was posted between chats.
    """

    plan: Plan
    posts: tuple[Post, ...]
    asks: dict[str, str]
    asked_before: dict[str, str] = {}
    unasked: tuple[Unasked, ...] = ()
    maybe_hosts: tuple[str, ...] = ()
    kind: str = "chat"


class _Found(msgspec.Struct, frozen=True):
    """A question of the chat: its label and text, when it was put, and by which post or before which one."""

    label: str
    text: str
    at: int
    post: str
    before: bool = False


def hashtags_of(posts: Sequence[Post]) -> tuple[str, ...]:
    """The chat's hashtags: the one in most of the posts, then others in most of them; as they are mostly written."""
    spelled: dict[str, Counter[str]] = {}
    for post in posts:
        for key, tag in {tag_key(tag): tag for tag in post.tags}.items():
            spelled.setdefault(key, Counter())[tag] += 1
    numbers = {tag: sum(spellings.values()) for tag, spellings in spelled.items()}
    ranked = sorted(numbers, key=lambda tag: -numbers[tag])
    found = [tag for place, tag in enumerate(ranked) if numbers[tag] >= (0.2 if place == 0 else MOST_OF) * len(posts)]
    return tuple(spelled[tag].most_common(1)[0][0] for tag in found[:3])


def detect(
    piece: Piece,
    *,
    zone: str,
    title: str,
    hashtags: tuple[str, ...],
    series: str,
    named_hosts: Sequence[str] = (),
    texts: Mapping[str, str] = {},
) -> Detected:
    """The chat in `piece`, planned in `zone`. `hashtags`, `series` and `title` where the caller knows them.

    `named_hosts` are handles in plain form, of whom those count who post here; `texts` are texts of questions by label.
    """
    posts = piece.posts
    tags = hashtags or hashtags_of(posts)
    authors = {post.author.id: post.author for post in posts}
    named = [who for who, author in authors.items() if plain_handle(author.handle) in named_hosts]
    put = asking(posts, named)
    hosts = tuple(authors[who] for who in put.hosts)
    found = _found(put, tags, texts)
    unasked = tuple(one for one in put.unasked if one.people >= SEVERAL)
    known_since = min((*(one.at for one in found), *(one.first.posted_at for one in unasked)), default=None)
    starts = piece.starts or _wall(_likely_start(posts, known_since, {*put.hosts}), zone)
    starts_at = instant(starts, zone)
    minutes = float(piece.minutes or _likely_minutes(posts, starts_at, [one.at for one in found]))
    questions = _questions(found, starts_at + round(minutes * MINUTE))
    introductions = max((found[0].at - starts_at) / MINUTE, 0.0) if found else 0.0
    last = found[-1].at + questions[-1].seconds * 1000 if found else starts_at
    plan = Plan(
        title=title or f"{'#' + tags[0] if tags else piece.room or 'Chat'} on {starts:%Y-%m-%d}",
        hashtags=tags,
        series=series or default_series(title or piece.room, tags),
        starts=starts,
        starts_at=starts_at,
        timezone=zone,
        minutes=minutes,
        introductions=round(introductions, 2),
        close=round(max((starts_at + minutes * MINUTE - last) / MINUTE, 0.0), 2) if found else 0.0,
        hosts=tuple(_host(author) for author in hosts),
        questions=questions,
    )
    ids = dict(zip(found, (question.id for question in questions), strict=True))
    known = {label_number(one.label) for one in found}
    return Detected(
        plan,
        posts,
        asks={one.post: question for one, question in ids.items() if not one.before},
        asked_before={one.post: question for one, question in ids.items() if one.before},
        unasked=tuple(one for one in unasked if label_number(one.label) not in known),
        maybe_hosts=tuple(plain_handle(authors[who].handle or authors[who].name) for who in put.maybe),
    )


def _found(put: Asking, tags: Sequence[str], texts: Mapping[str, str]) -> list[_Found]:
    """The questions in the order in which they were put; one that nobody is seen to put by its first answer."""
    given = {label_key(label): text for label, text in texts.items()}
    found = []
    for asked in put.questions:
        text = (
            given.get(label_key(asked.label))
            or _question_text(as_written(asked.post.text, asked.words), tags)
            or f"Question {asked.label}"
        )
        found.append(_Found(asked.label, text, asked.post.posted_at, asked.post.id))
    for one in put.unasked:
        if label_key(one.label) in given:
            text = given[label_key(one.label)]
            found.append(_Found(one.label, text, one.first.posted_at, one.first.id, before=True))
    return sorted(found, key=lambda one: one.at)


def _host(author: Author) -> Host:
    return Host(name=author.shown, handles=(f"{author.network}:{author.handle}",))


def _question_text(words: str, tags: Sequence[str]) -> str:
    known = {f"#{tag_key(tag)}" for tag in tags}
    return clean_line(" ".join(word for word in words.split() if tag_key(word.rstrip(".,:;!?")) not in known))


def _questions(found: Sequence[_Found], end: int) -> tuple[Question, ...]:
    """The questions, each as long as the next one let it be; the last at most as long as those before, to the end."""
    times = [one.at for one in found]
    lengths = [(after - before) / MINUTE for before, after in pairwise(times)]
    if times:
        usual = sum(lengths) / len(lengths) if lengths else 10.0
        rest = (end - times[-1]) / MINUTE
        lengths.append(max(min(usual, rest), 1.0))
    return tuple(
        Question(id=f"q{number}", label=one.label, text=one.text, minutes=round(max(minutes, 0.1), 2))
        for number, (one, minutes) in enumerate(zip(found, lengths, strict=True), start=1)
    )


def _likely_start(posts: Sequence[Post], first: int | None, hosts: Container[str]) -> int:
    """The full or half hour before the `first` question, else the one nearest to the first post.

    Just before such an hour a question is an early one of a chat that starts then, unless the chat was under way.
    """
    if first is None:
        return (posts[0].posted_at + _HALF_HOUR // 2) // _HALF_HOUR * _HALF_HOUR
    before, behind = (at // _HALF_HOUR * _HALF_HOUR for at in (first, first + _EARLY_QUESTION))
    earlier = [post for post in posts if before - _ON_TIME <= post.posted_at < first - _EARLY_QUESTION]
    opened = any(post.author.id in hosts and abs(post.posted_at - before) <= _ON_TIME for post in earlier)
    under_way = opened or len({post.author.id for post in earlier}) >= SEVERAL
    return before if under_way else behind


def _likely_minutes(posts: Sequence[Post], starts_at: int, asked: Sequence[int]) -> int:
    """Half hours up to the end: 3 minutes behind the last question, or where nine in ten posts have come."""
    if asked:
        needed = asked[-1] + 3 * MINUTE - starts_at
    else:
        needed = posts[math.ceil(len(posts) * 0.9) - 1].posted_at - starts_at
    return max(math.ceil(needed / _HALF_HOUR), 1) * 30


def _wall(at: int, zone: str) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(at / 1000, zoneinfo.ZoneInfo(zone)).replace(tzinfo=None, microsecond=0)
