"""What `GET /v1/session` says: the session in one small object, for scripts and for those who just joined."""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from sessions.core.events import Scope
from sessions.core.state import QuestionState, Timer


class QuestionView(msgspec.Struct, frozen=True):
    """A question without its speaker notes; `minutes` is how long it is meant to stay open."""

    id: str
    label: str
    text: str
    minutes: float
    state: QuestionState


class ModeratorView(msgspec.Struct, frozen=True):
    """Somebody at a desk; `present` is known from their streams and requests."""

    name: str
    scope: Scope
    present: bool


class Counts(msgspec.Struct, frozen=True):
    """How many there are; removed posts are not counted, hidden ones are no answers."""

    posts: int
    answers: int
    people: int
    newcomers: int
    to_greet: int


class SourceView(msgspec.Struct, frozen=True):
    """A source's health in words, and when its network last brought a post (the hub's UTC milliseconds).

    `spent` is what reading it has cost so far in thousandths of a dollar, absent where it costs nothing; `details` are
    lines that tell more of its health, absent where there are none; `next_try` is when what failed is tried again (the
    hub's UTC milliseconds), absent where nothing fails.
    """

    name: str
    status: str
    last_post: int | None
    spent: int | UnsetType = UNSET
    details: tuple[str, ...] | UnsetType = UNSET
    next_try: int | UnsetType = UNSET


class SessionView(msgspec.Struct, frozen=True):
    """The whole; `now` is the hub's clock in UTC milliseconds, `open` a question's id."""

    id: str
    title: str
    hashtags: tuple[str, ...]
    series: str
    rehearsal: bool
    now: int
    seq: int
    closed: bool
    open: str | None
    questions: tuple[QuestionView, ...]
    timer: Timer | None
    roles: dict[Literal["driver", "greeter"], str | None]
    moderators: tuple[ModeratorView, ...]
    counts: Counts
    sources: tuple[SourceView, ...]
