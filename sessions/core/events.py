"""Every fact that can happen in a session: a tagged union of frozen structs (docs/develop/events.md).

An event is stored, streamed and replayed as one flat JSON object whose `type` names its class in snake case.
`seq` counts from 1 without gaps, `at` is the hub's clock in UTC milliseconds and never decreases, `by` is the
moderator who caused it and `command` the id of their command; both are null where the hub itself speaks.
"""

import re
from typing import Any, Literal, Union, get_args

import msgspec

from sessions.core.plan import Plan, Question
from sessions.core.posts import Filed, Kind, Post

SCHEMA = 1
"""The version of this table; a session file carries it in `session_opened`."""

Role = Literal["driver", "greeter"]
"""The driver asks the questions and keeps the clock; the greeter looks after newcomers."""

Scope = Literal["moderator", "observer"]
"""A moderator commands, an observer only looks."""

Purpose = Literal["question", "again", "script", "greeting"]
"""What a moderator's desk posts to a network: a question, something once more, a line of the script, a welcome to one
person."""


def snake(name: str) -> str:
    """The `type` of an event or a command by the name of its class."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class EventBase(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag_field="type", tag=snake):
    """What all events carry. The keys of the table in docs/develop/events.md are always there, an
    extra one only where it says more.

    Nothing in an event can lead back to it, so the garbage collector need not walk a hundred thousand of them (`gc`).
    """

    seq: int
    at: int
    by: str | None
    command: str | None


class SessionOpened(EventBase, frozen=True):
    """The first event of a session. `first` says that the library held no earlier chat of the series."""

    plan: Plan
    schema: int
    rehearsal: bool
    first: bool = False


class ModeratorJoined(EventBase, frozen=True):
    """Somebody sat down at a desk, or came back to it."""

    name: str
    scope: Scope


class ModeratorLeft(EventBase, frozen=True):
    """A desk has been gone for longer than a dropped connection explains."""

    name: str
    scope: Scope


class RoleTaken(EventBase, frozen=True):
    """`moderator` holds `role` from now on, whoever held it before."""

    role: Role
    moderator: str


class RoleReleased(EventBase, frozen=True):
    """Nobody holds `role` any more; `moderator` did."""

    role: Role
    moderator: str


class QuestionAsked(EventBase, frozen=True):
    """The question is open from now on for `seconds`, and the one that was open is closed."""

    question: str
    seconds: int


class TimerHeld(EventBase, frozen=True):
    """The countdown of the open question stands still."""


class TimerResumed(EventBase, frozen=True):
    """The countdown goes on where it stood."""


class TimeAdded(EventBase, frozen=True):
    """The open question has `seconds` more, or fewer when negative."""

    seconds: int


class QuestionAdded(EventBase, frozen=True):
    """A question that the plan did not have, placed behind the question `after` (null: first)."""

    question: Question
    after: str | None


class QuestionEdited(EventBase, frozen=True):
    """The question reads so from now on; its id stays."""

    question: str
    label: str
    text: str
    minutes: float
    notes: str


class QuestionMoved(EventBase, frozen=True):
    """The question stands behind the question `after` in the queue (null: first)."""

    question: str
    after: str | None


class QuestionSkipped(EventBase, frozen=True):
    """The question will not be asked."""

    question: str


class QuestionRestored(EventBase, frozen=True):
    """A skipped question waits again."""

    question: str


class PostSeen(EventBase, frozen=True):
    """A post arrived and was judged: its kind, its filing, and whether its author is in no earlier chat of the series.

    `says_new` tells that the author calls themselves new: in the first chat of a series only those want greeting.
    `addressed` is the id of the person to whom the post is a reply, by its reply id or the mention it begins with.
    `posting` is the key of the posting that comes back with it.
    """

    post: Post
    kind: Kind
    filed: Filed | None
    newcomer: bool
    says_new: bool = False
    addressed: str | None = None
    posting: str | None = None


class PostEdited(EventBase, frozen=True):
    """The author changed the text on the network; it was judged again. `post` is an id, `warning` as in a post."""

    post: str
    text: str
    kind: Kind
    filed: Filed | None
    warning: str | None = None


class PostRemoved(EventBase, frozen=True):
    """The author took the post off the network."""

    post: str


class PostFiled(EventBase, frozen=True):
    """A moderator decided which question the post belongs to, or that it belongs to none."""

    post: str
    question: str | None


class PostHighlighted(EventBase, frozen=True):
    """A moderator starred the post."""

    post: str


class PostUnhighlighted(EventBase, frozen=True):
    """A moderator took the post's star away."""

    post: str


class PersonHighlighted(EventBase, frozen=True):
    """A moderator starred the person."""

    person: str


class PersonUnhighlighted(EventBase, frozen=True):
    """A moderator took the person's star away."""

    person: str


class PersonGreeted(EventBase, frozen=True):
    """A moderator says that this person has been greeted."""

    person: str


class PersonTagged(EventBase, frozen=True):
    """What moderators know of the person; the whole of it, each time."""

    person: str
    school: str
    level: str
    groups: tuple[str, ...]


class PostHidden(EventBase, frozen=True):
    """A moderator folded the post away."""

    post: str


class PostShown(EventBase, frozen=True):
    """A hidden post is shown again."""

    post: str


class PostRedacted(EventBase, frozen=True):
    """The post's text is blanked in the file and in every copy, for good (a student was named)."""

    post: str


class PersonMuted(EventBase, frozen=True):
    """A moderator folded all posts of the person away."""

    person: str


class PersonUnmuted(EventBase, frozen=True):
    """The person's posts are shown again."""

    person: str


class NoteAdded(EventBase, frozen=True):
    """One moderator wrote to the other; observers never see it."""

    text: str


class Undone(EventBase, frozen=True):
    """The action whose seq is `undoes` has no effect any more."""

    undoes: int


class SourceChanged(EventBase, frozen=True):
    """How a source fares, in words, and from where it goes on after a restart.

    `spent` is what reading has cost in this session so far, in thousandths of a dollar.
    """

    source: str
    status: str
    cursor: str | None
    spent: int | None = None


class SpendingAllowed(EventBase, frozen=True):
    """Reading this source may cost up to `ceiling` dollars in this session, whatever the plan says."""

    source: str
    ceiling: float


class PostingBegun(EventBase, frozen=True):
    """A moderator's desk is about to post; this is durable before anything is sent, so that nothing goes out twice.

    `key` is the idempotency key, `source` where it goes (`mastodon:mastodon.social`), `account` the handle it is posted
    with, as posts of that network show it. `subject` is a question's id, a script line's key (the heads-up's with its
    question, `heads_up:q3`) or a person's id. `reply_to` is the id of the post that it answers.
    """

    key: str
    source: str
    account: str
    purpose: Purpose
    subject: str
    text: str
    reply_to: str | None = None


class PostingDone(EventBase, frozen=True):
    """The posting `key` is public: the post's id as its source gives it, and its address."""

    key: str
    post: str
    url: str | None


class PostingFailed(EventBase, frozen=True):
    """The posting `key` is not public, for sure; `reason` says why in words."""

    key: str
    reason: str


class SessionClosed(EventBase, frozen=True):
    """The chat is over; nothing follows."""


def type_name(message: msgspec.Struct | type[msgspec.Struct]) -> str:
    """The `type` of an event or a command: `post_seen`."""
    return str(message.__struct_config__.tag)


Event = Union[
    SessionOpened, ModeratorJoined, ModeratorLeft, RoleTaken, RoleReleased, QuestionAsked, TimerHeld, TimerResumed,
    TimeAdded, QuestionAdded, QuestionEdited, QuestionMoved, QuestionSkipped, QuestionRestored, PostSeen, PostEdited,
    PostRemoved, PostFiled, PostHighlighted, PostUnhighlighted, PersonHighlighted, PersonUnhighlighted, PersonGreeted,
    PersonTagged, PostHidden, PostShown, PostRedacted, PersonMuted, PersonUnmuted, NoteAdded, Undone, SourceChanged,
    SpendingAllowed, PostingBegun, PostingDone, PostingFailed, SessionClosed,
]  # fmt: skip
"""Any event this version knows."""

EVENT_TYPES: dict[str, type[EventBase]] = {type_name(kind): kind for kind in get_args(Event)}
"""The events of this version by the `type` they carry."""


class UnknownEvent(msgspec.Struct, frozen=True):
    """An event of a later version: kept byte for byte (`raw`), skipped by the fold."""

    seq: int
    at: int
    type: str
    raw: bytes


AnyEvent = Union[Event, UnknownEvent]

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


class _Head(msgspec.Struct):
    seq: int
    at: int
    type: str


_head_decoder = msgspec.json.Decoder(_Head)


def encode_event(event: AnyEvent) -> bytes:
    """The event as one JSON object in UTF-8, without line ends."""
    return event.raw if isinstance(event, UnknownEvent) else _encoder.encode(event)


def decode_event(raw: bytes) -> AnyEvent:
    """The event that `raw` (one JSON object) holds; an unknown type gives an `UnknownEvent`.

    Raises `msgspec.DecodeError` (or its `ValidationError`) where `raw` is no event.
    """
    try:
        return _decoder.decode(raw)
    except msgspec.ValidationError:
        head = _head_decoder.decode(raw)
        if head.type in EVENT_TYPES:
            raise
        return UnknownEvent(seq=head.seq, at=head.at, type=head.type, raw=bytes(raw))


def event_from_builtins(document: Any) -> AnyEvent:
    """The event in a document of the TinyDB table `events` (a dict), else as `decode_event`."""
    return decode_event(_encoder.encode(document))
