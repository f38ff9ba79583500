"""Every fact that can happen in a session: a tagged union of frozen structs (docs/develop/events.md).

An event is stored, streamed and replayed as one flat JSON object whose `type` names its class in snake case.
`seq` counts from 1 without gaps, `at` is the hub's clock in UTC milliseconds and never decreases, `by` is the
moderator who caused it and `command` the id of their command; both are null where the hub itself speaks.
"""

import re
from typing import Any, ClassVar, Literal, Union, final, get_args

import msgspec

from sessions.core.decoding import JsonReader, WrongShape
from sessions.core.plan import Plan, Question
from sessions.core.posts import Author, Filed, Kind, Post

SCHEMA = 1
"""The version of this table; a session file carries it in `session_opened`."""

Role = Literal["driver", "greeter"]
"""The driver asks the questions and keeps the clock; the greeter looks after newcomers."""

Scope = Literal["moderator", "observer"]
"""A moderator commands, an observer only looks."""

Purpose = Literal["question", "again", "script", "greeting", "share"]
"""What a moderator's desk posts to a network: a question, something once more, a line of the script, a welcome to one
person, a post that somebody found elsewhere."""

LooksFor = Literal["tag", "words", "person"]
"""What is looked up on a network: the posts with a hashtag, with words in them, or by one person."""

Sharing = Literal["boost", "quote", "new"]
"""How a found post is shared: as it stands, quoted in a post of ours, or as a post of ours with a link to it."""

Standing = Literal["posting", "copied", "rehearsed"]
"""Where a shared post stood when it was noted: on its way to a network, on somebody's clipboard, or only rehearsed."""


Undoer = Literal["nobody", "moderator", "driver"]
"""Who may take an event back that a moderator caused: nobody, any moderator, or only who asks the questions."""

Audience = Literal["all", "none", "with_post", "had_post", "with_person", "had_posts_of_person", "as_undone"]
"""Which of those who only look are given an event.

All, none, whoever has its post, whoever had its post before it was hidden, all unless its person is muted, whoever had
a post of its person before they were muted, or whoever was given the event that it undoes.
"""


def snake(name: str) -> str:
    """The `type` of an event or a command by the name of its class."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class EventBase(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag_field="type", tag=snake):
    """What all events carry. The keys of the table in docs/develop/events.md are always there, an
    extra one only where it says more.

    Each class says of itself who may undo it and which observers are given it; a test holds that none forgets to.
    Nothing in an event can lead back to it, so the garbage collector need not walk a hundred thousand of them (`gc`).
    """

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "none"

    seq: int
    at: int
    by: str | None
    command: str | None


class SessionOpened(EventBase, frozen=True):
    """The first event of a session. `first` says that the library held no earlier chat of the series.

    `kind` is `channel` where it holds what is posted between the chats of a series, a month of it.
    """

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "all"

    plan: Plan
    schema: int
    rehearsal: bool
    first: bool = False
    kind: str = "chat"


class ModeratorJoined(EventBase, frozen=True):
    """Somebody sat down at a desk, or came back to it."""

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "all"

    name: str
    scope: Scope


class ModeratorLeft(EventBase, frozen=True):
    """A desk has been gone for longer than a dropped connection explains."""

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "all"

    name: str
    scope: Scope


class RoleTaken(EventBase, frozen=True):
    """`moderator` holds `role` from now on, whoever held it before."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "all"

    role: Role
    moderator: str


class RoleReleased(EventBase, frozen=True):
    """Nobody holds `role` any more; `moderator` did."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "all"

    role: Role
    moderator: str


class QuestionAsked(EventBase, frozen=True):
    """The question is open from now on for `seconds`, and the one that was open is closed."""

    undone_by: ClassVar[Undoer] = "driver"
    observers: ClassVar[Audience] = "all"

    question: str
    seconds: int


class TimerHeld(EventBase, frozen=True):
    """The countdown of the open question stands still."""

    undone_by: ClassVar[Undoer] = "driver"
    observers: ClassVar[Audience] = "all"


class TimerResumed(EventBase, frozen=True):
    """The countdown goes on where it stood."""

    undone_by: ClassVar[Undoer] = "driver"
    observers: ClassVar[Audience] = "all"


class TimeAdded(EventBase, frozen=True):
    """The open question has `seconds` more, or fewer when negative."""

    undone_by: ClassVar[Undoer] = "driver"
    observers: ClassVar[Audience] = "all"

    seconds: int


class QuestionAdded(EventBase, frozen=True):
    """A question that the plan did not have, placed behind the question `after` (null: first)."""

    undone_by: ClassVar[Undoer] = "driver"
    observers: ClassVar[Audience] = "all"

    question: Question
    after: str | None


class QuestionEdited(EventBase, frozen=True):
    """The question reads so from now on; its id stays."""

    undone_by: ClassVar[Undoer] = "driver"
    observers: ClassVar[Audience] = "all"

    question: str
    label: str
    text: str
    minutes: float
    notes: str


class QuestionMoved(EventBase, frozen=True):
    """The question stands behind the question `after` in the queue (null: first)."""

    undone_by: ClassVar[Undoer] = "driver"
    observers: ClassVar[Audience] = "all"

    question: str
    after: str | None


class QuestionSkipped(EventBase, frozen=True):
    """The question will not be asked."""

    undone_by: ClassVar[Undoer] = "driver"
    observers: ClassVar[Audience] = "all"

    question: str


class QuestionRestored(EventBase, frozen=True):
    """A skipped question waits again."""

    undone_by: ClassVar[Undoer] = "driver"
    observers: ClassVar[Audience] = "all"

    question: str


class TurnGiven(EventBase, frozen=True):
    """The question is `moderator`'s to ask, by name; nobody's where that is null."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "all"

    question: str
    moderator: str | None


class MinutesShared(EventBase, frozen=True):
    """What was left of the hour was shared among the questions that waited: their ids with the minutes of each."""

    undone_by: ClassVar[Undoer] = "driver"
    observers: ClassVar[Audience] = "all"

    minutes: dict[str, float]


class PostSeen(EventBase, frozen=True):
    """A post arrived and was judged: its kind, its filing, and whether its author is in no earlier chat of the series.

    `says_new` tells that the author calls themselves new: in the first chat of a series only those want greeting.
    `addressed` is the id of the person to whom the post is a reply, by its reply id or the mention it begins with.
    `posting` is the key of the posting that comes back with it. `corrects` is the id of the author's earlier answer
    whose label this post takes back: it belongs where this one is filed, unless a moderator decided. `from_channel`
    says that the author is known from the channel of the series alone, and was in no chat yet.
    """

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "with_post"

    post: Post
    kind: Kind
    filed: Filed | None
    newcomer: bool
    says_new: bool = False
    addressed: str | None = None
    posting: str | None = None
    corrects: str | None = None
    from_channel: bool = False


class PostEdited(EventBase, frozen=True):
    """The author changed the text on the network; it was judged again. `post` is an id, `warning` as in a post."""

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "with_post"

    post: str
    text: str
    kind: Kind
    filed: Filed | None
    warning: str | None = None


class PostRemoved(EventBase, frozen=True):
    """The author took the post off the network."""

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "with_post"

    post: str


class PostFiled(EventBase, frozen=True):
    """A moderator decided which question the post belongs to, or that it belongs to none."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "with_post"

    post: str
    question: str | None


class PostHighlighted(EventBase, frozen=True):
    """A moderator starred the post."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "with_post"

    post: str


class PostUnhighlighted(EventBase, frozen=True):
    """A moderator took the post's star away."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "with_post"

    post: str


class PersonHighlighted(EventBase, frozen=True):
    """A moderator starred the person."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "with_person"

    person: str


class PersonUnhighlighted(EventBase, frozen=True):
    """A moderator took the person's star away."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "with_person"

    person: str


class PersonGreeted(EventBase, frozen=True):
    """A moderator says that this person has been greeted."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "with_person"

    person: str


class PersonTagged(EventBase, frozen=True):
    """What moderators know of the person; the whole of it, each time.

    `left_out`, of which only the hub tells, says that they are muted for good or in no recap: nobody waits for their
    answers.
    """

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "none"

    person: str
    school: str
    level: str
    groups: tuple[str, ...]
    left_out: bool = False


class TaskMarked(EventBase, frozen=True):
    """A moderator says whether the person did the task to look up `tag`, whatever posts show; null takes that back."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "with_person"

    person: str
    tag: str
    done: bool | None


class CreditAsked(EventBase, frozen=True):
    """A moderator says whether the person asked for credit hours, whatever they posted; null takes that back."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "none"

    person: str
    asked: bool | None


class AccountsJoined(EventBase, frozen=True):
    """Moderators were asked who of the new ones only seems new, once: each pair is the id of a person of this chat and
    that of an account of theirs in an earlier chat of the series. No pairs where it is nobody.
    """

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "none"

    accounts: tuple[tuple[str, str], ...]


class PostHidden(EventBase, frozen=True):
    """A moderator folded the post away."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "had_post"

    post: str


class PostShown(EventBase, frozen=True):
    """A post is shown again that was hidden, or folded because of a word in it."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "had_post"

    post: str


class PostRedacted(EventBase, frozen=True):
    """The post's text is blanked in the file and in every copy, for good (a student was named)."""

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "with_post"

    post: str


class PersonMuted(EventBase, frozen=True):
    """A moderator folded all posts of the person away."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "had_posts_of_person"

    person: str


class PersonUnmuted(EventBase, frozen=True):
    """The person's posts are shown again."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "had_posts_of_person"

    person: str


class WordMuted(EventBase, frozen=True):
    """Posts in which the word stands, however it is spelt (`sessions.core.plan.muted`), are folded away from now on."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "none"

    word: str


class WordUnmuted(EventBase, frozen=True):
    """The word folds no post any more."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "none"

    word: str


class NoteAdded(EventBase, frozen=True):
    """One moderator wrote to the other; observers never see it."""

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "none"

    text: str


class Undone(EventBase, frozen=True):
    """The action whose seq is `undoes` has no effect any more."""

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "as_undone"

    undoes: int


class SourceChanged(EventBase, frozen=True):
    """How a source fares, in words, and from where it goes on after a restart.

    `spent` is what reading has cost in this session so far, in thousandths of a dollar; `details` are lines that tell
    more than there is room for in `status`, None where they are as before. `called` is the server's own name for what
    it is, empty where it has none but its network's, None where it is as before.
    """

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "all"

    source: str
    status: str
    cursor: str | None
    spent: int | None = None
    details: tuple[str, ...] | None = None
    called: str | None = None


class KnownPerson(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Somebody whom a channel knows: when they posted first and last (UTC milliseconds), whether they are `new` since
    the last chat, who greeted them and when, and who folded their posts away; a `by` is a moderator or a host's handle.
    """

    author: Author
    first_at: int
    last_at: int
    new: bool = False
    greeted_by: str | None = None
    greeted_at: int = 0
    muted_by: str | None = None


class PeopleCarried(EventBase, frozen=True):
    """What a month of a channel takes over of those who are known, at its beginning and when a chat was held since.

    `last_chat` is when the series' last chat began (UTC milliseconds). What it says of somebody comes on top of what
    is known.
    """

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "none"

    people: tuple[KnownPerson, ...]
    last_chat: int | None


class SpendingAllowed(EventBase, frozen=True):
    """Reading this source may cost up to `ceiling` dollars in this session, whatever the plan says."""

    undone_by: ClassVar[Undoer] = "driver"
    observers: ClassVar[Audience] = "none"

    source: str
    ceiling: float


class PostingBegun(EventBase, frozen=True):
    """A moderator's desk is about to post; this is durable before anything is sent, so that nothing goes out twice.

    `key` is the idempotency key, `source` where it goes (`mastodon:mastodon.social`), `account` the handle it is posted
    with, as posts of that network show it. `subject` is a question's id, a script line's key (the heads-up's with its
    question, `heads_up:q3`), a person's id or that of a found post, of which `how` says as what it goes out.
    `reply_to` is the id of the post that it answers.
    """

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "none"

    key: str
    source: str
    account: str
    purpose: Purpose
    subject: str
    text: str
    reply_to: str | None = None
    how: Sharing | None = None


class PostingDone(EventBase, frozen=True):
    """The posting `key` is public: the post's id as its source gives it, and its address."""

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "none"

    key: str
    post: str
    url: str | None


class PostingFailed(EventBase, frozen=True):
    """The posting `key` is not public, for sure; `reason` says why in words."""

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "none"

    key: str
    reason: str


class AnnouncingBegun(EventBase, frozen=True):
    """A moderator's desk is about to tell people elsewhere; this is durable before anything is sent, as with postings.

    `to` is the name of an address of the plan, whose address stands in no session. `subject` is `reminder`, `recap` or
    the id of a question that was asked.
    """

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "none"

    key: str
    to: str
    subject: str
    text: str


class AnnouncingDone(EventBase, frozen=True):
    """What `key` began was told."""

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "none"

    key: str


class AnnouncingFailed(EventBase, frozen=True):
    """What `key` began was not told as far as its desk knows; `reason` says why in words."""

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "none"

    key: str
    reason: str


class LookedUp(EventBase, frozen=True):
    """A moderator looked up posts on a network with their desk: those with a hashtag, with words, or by a person.

    `text` is what was looked for, without `#` or `@`, `posts` how many came, `spent` what they cost, in
    thousandths of a dollar; `key` that of the `spending_reserved` for it, empty where it costs nothing.
    """

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "none"

    source: str
    looks_for: LooksFor
    text: str
    posts: int
    spent: int = 0
    key: str = ""


class SpendingReserved(EventBase, frozen=True):
    """A moderator's desk is about to look something up, which may cost `most` thousandths of a dollar on this source.

    They count as spent until `looked_up` with the same `key` tells what it did cost, or this comes again with 0.
    """

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "none"

    source: str
    key: str
    most: int


class PostShared(EventBase, frozen=True):
    """A moderator shares a post that was `found` elsewhere, and need not be in the chat, with the chat.

    `source` is where it goes, and `key` that of the posting that tells what became of it; both are empty where it was
    copied. `how` and `stands` say how it is shared and where it stood at this moment.
    """

    undone_by: ClassVar[Undoer] = "moderator"
    observers: ClassVar[Audience] = "none"

    found: Post
    how: Sharing
    stands: Standing
    source: str = ""
    key: str = ""


class HubTakenOver(EventBase, frozen=True):
    """From here on the chat runs on another computer, that of the moderator `by`, because its hub could not go on.

    It is the first event of the hub in this term, of which the first hub's is 1; `key` is that hub's, by which one of
    two of the same term is chosen.
    """

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "all"

    term: int
    key: str = ""


class SessionClosed(EventBase, frozen=True):
    """The chat is over; nothing follows but what is merged from another file, and then this once more."""

    undone_by: ClassVar[Undoer] = "nobody"
    observers: ClassVar[Audience] = "all"


def type_name(message: msgspec.Struct | type[msgspec.Struct]) -> str:
    """The `type` of an event or a command: `post_seen`."""
    return str(message.__struct_config__.tag)


Event = Union[
    SessionOpened, ModeratorJoined, ModeratorLeft, RoleTaken, RoleReleased, QuestionAsked, TimerHeld, TimerResumed,
    TimeAdded, QuestionAdded, QuestionEdited, QuestionMoved, QuestionSkipped, QuestionRestored, TurnGiven,
    MinutesShared, PostSeen, PostEdited, PostRemoved, PostFiled, PostHighlighted, PostUnhighlighted, PersonHighlighted,
    PersonUnhighlighted, PersonGreeted, PersonTagged, TaskMarked, CreditAsked, AccountsJoined, PostHidden,
    PostShown, PostRedacted, PersonMuted, PersonUnmuted,
    WordMuted, WordUnmuted, NoteAdded, Undone, SourceChanged, PeopleCarried, SpendingAllowed, PostingBegun, PostingDone,
    PostingFailed, SpendingReserved, LookedUp, AnnouncingBegun, AnnouncingDone, AnnouncingFailed, PostShared,
    HubTakenOver, SessionClosed,
]  # fmt: skip
"""Any event this version knows."""

EVENT_TYPES: dict[str, type[EventBase]] = {type_name(kind): kind for kind in get_args(Event)}
"""The events of this version by the `type` they carry."""


@final
class UnknownEvent(msgspec.Struct, frozen=True):
    """An event of a later version: kept byte for byte (`raw`), skipped by the fold."""

    seq: int
    at: int
    type: str
    raw: bytes


AnyEvent = Union[Event, UnknownEvent]

_encoder = msgspec.json.Encoder()
_reader: JsonReader[Event] = JsonReader(Event)


class _Head(msgspec.Struct):
    seq: int
    at: int
    type: str


_head_reader = JsonReader(_Head)


def encode_event(event: AnyEvent) -> bytes:
    """The event as one JSON object in UTF-8, without line ends."""
    return event.raw if isinstance(event, UnknownEvent) else _encoder.encode(event)


def decode_event(raw: bytes) -> AnyEvent:
    """The event that `raw` (one JSON object) holds; an unknown type gives an `UnknownEvent`.

    Raises `Unreadable` where `raw` is no event.
    """
    try:
        return _reader.read(raw)
    except WrongShape:
        head = _head_reader.read(raw)
        if head.type in EVENT_TYPES:
            raise
        return UnknownEvent(seq=head.seq, at=head.at, type=head.type, raw=bytes(raw))


def event_from_builtins(document: Any) -> AnyEvent:
    """The event in a document of the TinyDB table `events` (a dict), else as `decode_event`."""
    return decode_event(_encoder.encode(document))
