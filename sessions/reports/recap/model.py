"""The recap as a value; its JSON form is the documented one (docs/use/recap.md), so fields are only ever added.

Times are UTC milliseconds. Who is to be left out is in none of it, and where names are replaced no true one is.
"""

from typing import Literal

import msgspec

from sessions.core.events import Sharing
from sessions.core.posts import Kind, Why

VERSION = 1
"""The version of the JSON and CSV forms: it grows when a field changes its meaning or goes."""


class _Part(msgspec.Struct, frozen=True):
    """What all parts of a recap have in common: they never change, and all their keys are always written."""


class RecapPerson(_Part, frozen=True):
    """Somebody who took part. `name` is for people to read, `handle` is without `@` and empty where there is none.
    `tasks` are the hashtags of the tasks that they did."""

    id: str
    name: str
    handle: str
    host: bool
    first_time: bool
    posts: int
    answers: int
    tasks: tuple[str, ...]


class RecapHost(_Part, frozen=True):
    """A host as the plan names them; a handle is without network and `@`."""

    name: str
    handles: tuple[str, ...]


class RecapPost(_Part, frozen=True):
    """An answer or another highlighted post; parts ("1/2", "2/2") are one, of `parts` posts, with `reposts` of all.

    `text` is what was posted, last text of an edited one; `said` the same without label, parts and the chat's hashtags.
    `why` tells how it was filed (a guess may be wrong) and is null where it belongs to no question.
    `warning` is the content warning behind which it was posted, null where there was none. `day` is that of `at` in the
    chat's timezone, `2026-12-08`. `replies` are the posts of others that answer it.
    """

    id: str
    kind: Kind
    person: str
    name: str
    handle: str
    at: int
    text: str
    said: str
    url: str | None
    highlighted: bool
    reposts: int
    parts: int
    why: Why | None
    warning: str | None
    day: str
    replies: int


class RecapQuestion(_Part, frozen=True):
    """A question that was asked or answered: highlighted answers first, then in order. `people` wrote the answers.
    `name` is what it is called in the chat: `Q1`, `P1` in Spanish; `translations` are its texts in other languages."""

    id: str
    label: str
    text: str
    asked_at: int | None
    reposts: int
    people: int
    answers: tuple[RecapPost, ...]
    name: str
    translations: tuple[str, ...]


class RecapDay(_Part, frozen=True):
    """A day of a slow chat in its timezone, `2026-12-08`: the ids of the questions that were asked on it, and what came
    on it. `first_time` are those who posted for the first time ever and did so on this day."""

    day: str
    asked: tuple[str, ...]
    people: int
    first_time: int
    posts: int
    answers: int


class RecapTask(_Part, frozen=True):
    """A task to look a hashtag up (`tag`, without `#`), until `until` if it had an end: how many did it, their names in
    the order in which they came, and what they posted for it."""

    tag: str
    text: str
    until: int | None
    people: int
    names: tuple[str, ...]
    posts: tuple[RecapPost, ...]


class RecapTag(_Part, frozen=True):
    """A hashtag of a chat that has several, without `#`: in how many posts it stands, and of how many people."""

    tag: str
    posts: int
    people: int


class RecapLink(_Part, frozen=True):
    """A link that was shared in `posts` posts; `names` are of those who shared it, first to last."""

    url: str
    names: tuple[str, ...]
    posts: int


class RecapFind(_Part, frozen=True):
    """A post that a moderator, `by`, found elsewhere and shared with the chat at `at`; its author took no part by it.

    `how` is `boost`, `quote` or `new` (a post with a link to it), `stands` is `shared`, `copied` or `rehearsed`.
    `network` is where it was found at `url`, and `shared_url` where it was shared; both null where that is not known.
    """

    name: str
    handle: str
    text: str
    url: str | None
    network: str
    by: str
    at: int
    how: Sharing
    stands: Literal["shared", "copied", "rehearsed"]
    shared_url: str | None
    warning: str | None


class RecapNumbers(_Part, frozen=True):
    """Counts of what the recap may show. Neither hosts nor `first_time` are among `returning`; `guessed` are the
    answers whose question is a guess that nobody decided about."""

    people: int
    hosts: int
    first_time: int
    returning: int
    posts: int
    answers: int
    reposts: int
    highlights: int
    links: int
    guessed: int


class RecapActivity(_Part, frozen=True):
    """Posts per `minutes` minutes, one number each, since `since`."""

    since: int
    minutes: int
    posts: tuple[int, ...]


class NextChat(_Part, frozen=True):
    """When the next chat is, by a plan of it; `planned` is always true, for readers of older recaps."""

    starts_at: int
    timezone: str
    title: str
    planned: bool


class Recap(_Part, frozen=True):
    """The whole. `first_chat` says that the series had no chat before, so that everybody is new.

    `talk` is all that was said in a chat without any question or answer, and empty in any other. `pace` is `hour`, or
    `days` in a slow chat; `days` are those on which something was posted or asked, and empty in a chat of an hour.
    `language` is the code of the language in which the chat was held. `finds` are what moderators found elsewhere.
    `kind` is `channel` in the digest of what was posted between chats, from `starts_at` up to but not with `until`:
    `with_links` are the posts with a link, `most_answered` those that others answered. In a chat they are empty, and
    `until` is null.
    """

    version: int
    session: str
    title: str
    hashtags: tuple[str, ...]
    series: str
    starts_at: int
    timezone: str
    minutes: float
    rehearsal: bool
    anonymous: bool
    first_chat: bool
    hosts: tuple[RecapHost, ...]
    numbers: RecapNumbers
    activity: RecapActivity
    questions: tuple[RecapQuestion, ...]
    more_answers: tuple[RecapPost, ...]
    more_highlights: tuple[RecapPost, ...]
    links: tuple[RecapLink, ...]
    people: tuple[RecapPerson, ...]
    next_chat: NextChat | None
    talk: tuple[RecapPost, ...]
    pace: Literal["hour", "days"]
    days: tuple[RecapDay, ...]
    language: str
    finds: tuple[RecapFind, ...]
    kind: Literal["chat", "channel"]
    until: int | None
    with_links: tuple[RecapPost, ...]
    most_answered: tuple[RecapPost, ...]
    tasks: tuple[RecapTask, ...]
    tags: tuple[RecapTag, ...]
