"""What kind of chat a stretch of posts was: its hashtags, hosts and questions, as the plan that it might have had."""

import datetime
import math
import zoneinfo
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from sessions.core.identity import plain_handle
from sessions.core.plan import Host, Plan, Question, clean_line, default_series, instant
from sessions.core.posts import Author, Post
from sessions.importing.question_askers import asked_in, question_labels
from sessions.importing.splitting import MINUTE, Piece

MOST_OF = 0.6
"""The share of the posts that a second hashtag must stand in to be one of the chat's."""

_HALF_HOUR = 30 * MINUTE
_EARLY_QUESTION = 3 * MINUTE
"""How much before the full or half hour the first question may come of a chat that is meant to start then."""


class Detected(msgspec.Struct, frozen=True):
    """A chat of an archive. `asks` tells by the id of a post which question (its id) it put for the first time.

    `maybe_hosts` are the handles of those who put one labelled question each, where nobody put more and nobody is host.
    """

    plan: Plan
    posts: tuple[Post, ...]
    asks: dict[str, str]
    maybe_hosts: tuple[str, ...] = ()


def hashtags_of(posts: Sequence[Post]) -> tuple[str, ...]:
    """The chat's hashtags: the one in most of the posts, then others in most of them; as they are mostly written."""
    spelled: dict[str, Counter[str]] = {}
    for post in posts:
        for tag in {tag.casefold(): tag for tag in post.tags}.values():
            spelled.setdefault(tag.casefold(), Counter())[tag] += 1
    numbers = {tag: sum(spellings.values()) for tag, spellings in spelled.items()}
    ranked = sorted(numbers, key=lambda tag: -numbers[tag])
    found = [tag for place, tag in enumerate(ranked) if numbers[tag] >= (0.2 if place == 0 else MOST_OF) * len(posts)]
    return tuple(spelled[tag].most_common(1)[0][0] for tag in found[:3])


def hosts_of(posts: Sequence[Post], named: Sequence[str]) -> tuple[Author, ...]:
    """Who hosts: those of the handles `named` who post here, else who put two or more labelled questions."""
    authors = {post.author.id: post.author for post in posts}
    if named:
        wanted = {plain_handle(handle) for handle in named}
        found = [author for author in authors.values() if author.handle.casefold() in wanted]
        if found:
            return tuple(found)
    return tuple(authors[person] for person, labels in question_labels(posts).items() if len(labels) >= 2)


def detect(
    piece: Piece, *, zone: str, title: str, hashtags: tuple[str, ...], series: str, named_hosts: Sequence[str]
) -> Detected:
    """The chat in `piece`, planned in `zone`. `hashtags`, `series` and `title` where the caller knows them."""
    posts = piece.posts
    tags = hashtags or hashtags_of(posts)
    hosts = hosts_of(posts, named_hosts)
    ids = {author.id for author in hosts}
    asked: dict[str, tuple[Post, str, str]] = {}
    for post in posts:
        question = asked_in(post) if post.author.id in ids else None
        if question is not None:
            text = _question_text(question.words, tags) or f"Question {question.label}"
            asked.setdefault(question.label.casefold(), (post, question.label, text))
    found = list(asked.values())
    starts = piece.starts or _wall(_likely_start(posts, [post.posted_at for post, _, _ in found]), zone)
    starts_at = instant(starts, zone)
    minutes = float(piece.minutes or _likely_minutes(posts, starts_at, [post.posted_at for post, _, _ in found]))
    questions = _questions(found, starts_at + round(minutes * MINUTE))
    introductions = max((found[0][0].posted_at - starts_at) / MINUTE, 0.0) if found else 0.0
    last = found[-1][0].posted_at + questions[-1].seconds * 1000 if found else starts_at
    plan = Plan(
        title=title or f"{'#' + tags[0] if tags else 'Chat'} on {starts:%Y-%m-%d}",
        hashtags=tags,
        series=series or default_series(title, tags),
        starts=starts,
        starts_at=starts_at,
        timezone=zone,
        minutes=minutes,
        introductions=round(introductions, 2),
        close=round(max((starts_at + minutes * MINUTE - last) / MINUTE, 0.0), 2) if found else 0.0,
        hosts=tuple(_host(author) for author in hosts),
        questions=questions,
    )
    asks = {post.id: q.id for (post, _, _), q in zip(found, questions, strict=True)}
    return Detected(plan, posts, asks, () if hosts else _maybe_hosts(posts))


def _maybe_hosts(posts: Sequence[Post]) -> tuple[str, ...]:
    handles = {post.author.id: plain_handle(post.author.handle or post.author.name) for post in posts}
    return tuple(handles[person] for person in question_labels(posts))


def _host(author: Author) -> Host:
    return Host(name=author.shown, handles=(f"{author.network}:{author.handle}",))


def _question_text(words: str, tags: Sequence[str]) -> str:
    known = {f"#{tag.casefold()}" for tag in tags}
    return clean_line(" ".join(word for word in words.split() if word.casefold().rstrip(".,:;!?") not in known))


def _questions(found: Sequence[tuple[Post, str, str]], end: int) -> tuple[Question, ...]:
    """The questions, each as long as the next one let it be; the last at most as long as those before, to the end."""
    times = [post.posted_at for post, _, _ in found]
    lengths = [(after - before) / MINUTE for before, after in pairwise(times)]
    if times:
        usual = sum(lengths) / len(lengths) if lengths else 10.0
        rest = (end - times[-1]) / MINUTE
        lengths.append(max(min(usual, rest), 1.0))
    return tuple(
        Question(id=f"q{number}", label=label, text=text, minutes=round(max(minutes, 0.1), 2))
        for number, ((_, label, text), minutes) in enumerate(zip(found, lengths, strict=True), start=1)
    )


def _likely_start(posts: Sequence[Post], asked: Sequence[int]) -> int:
    """The full or half hour before the first question or just behind it, else the one nearest to the first post."""
    if asked:
        return min((asked[0] + _EARLY_QUESTION) // _HALF_HOUR * _HALF_HOUR, asked[0])
    return (posts[0].posted_at + _HALF_HOUR // 2) // _HALF_HOUR * _HALF_HOUR


def _likely_minutes(posts: Sequence[Post], starts_at: int, asked: Sequence[int]) -> int:
    """Half hours up to the end: 3 minutes behind the last question, or where nine in ten posts have come."""
    if asked:
        needed = asked[-1] + 3 * MINUTE - starts_at
    else:
        needed = posts[math.ceil(len(posts) * 0.9) - 1].posted_at - starts_at
    return max(math.ceil(needed / _HALF_HOUR), 1) * 30


def _wall(at: int, zone: str) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(at / 1000, zoneinfo.ZoneInfo(zone)).replace(tzinfo=None, microsecond=0)
