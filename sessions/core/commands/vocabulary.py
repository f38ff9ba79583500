"""What a moderator may ask for: the commands as they travel.

A command names what the moderator saw, so that two who press Next at once advance the chat once.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Union

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sessions.core import events as e
from sessions.core.commands.finds import cleaned_find
from sessions.core.decoding import JsonReader, Unreadable, WrongShape
from sessions.core.errors import LunchroomError
from sessions.core.events import LooksFor, Purpose, Role, Sharing
from sessions.core.plan import clean_line, clean_text
from sessions.core.plan.labels import NUMBER, WORD
from sessions.core.plan.muted import LONGEST
from sessions.core.posts import Post

Id = Annotated[str, Meta(min_length=1, max_length=400)]
Label = Annotated[str, Meta(pattern=rf"^(?:{NUMBER}\Z|{WORD}\Z)")]
Line = Annotated[str, Meta(max_length=5000)]
Short = Annotated[str, Meta(max_length=200)]
Name = Annotated[str, Meta(min_length=1, max_length=300)]
Key = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{8,64}\Z")]
PostId = Annotated[str, Meta(min_length=3, max_length=2000)]
Word = Annotated[str, Meta(min_length=1, max_length=LONGEST)]
Minutes = Annotated[float, Meta(gt=0, le=600)]


MOST_ACTS = 100
"""How much can be done at once."""

Asker = Literal["moderator", "driver"]
"""Who may ask for something: any moderator, or only who asks the questions."""


class CommandBase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag=e.snake):
    """What all commands carry. A command that arrives again with its `id` does nothing and gets the first answer again.

    Each class says of itself who may ask for it; a test holds that none forgets to.
    """

    asked_by: ClassVar[Asker] = "driver"

    id: Annotated[str, Meta(min_length=1, max_length=128)]


class TakeRole(CommandBase, frozen=True):
    """Hold the role from now on, whoever held it."""

    asked_by: ClassVar[Asker] = "moderator"

    role: Role


class ReleaseRole(CommandBase, frozen=True):
    """Hold the role no longer."""

    asked_by: ClassVar[Asker] = "moderator"

    role: Role


class Ask(CommandBase, frozen=True):
    """Open the question. `seen` is the question that the moderator saw open, null for none."""

    asked_by: ClassVar[Asker] = "driver"

    question: Id
    seen: Id | None


class Hold(CommandBase, frozen=True):
    """Stop the countdown."""

    asked_by: ClassVar[Asker] = "driver"


class Resume(CommandBase, frozen=True):
    """Let the countdown go on."""

    asked_by: ClassVar[Asker] = "driver"


class AddTime(CommandBase, frozen=True):
    """Give the open question more seconds, or fewer."""

    asked_by: ClassVar[Asker] = "driver"

    seconds: Annotated[int, Meta(ge=-7200, le=7200)]


class AddQuestion(CommandBase, frozen=True):
    """Put a question into the queue, behind `after` (null: first; absent: last).

    Without a label it gets the next free number, without minutes the length of the plan's last question.
    """

    asked_by: ClassVar[Asker] = "driver"

    text: Annotated[str, Meta(min_length=1, max_length=1000)]
    label: Label | None = None
    minutes: Minutes | None = None
    notes: Line = ""
    after: Id | UnsetType | None = UNSET


class EditQuestion(CommandBase, frozen=True):
    """Change what is given of the question."""

    asked_by: ClassVar[Asker] = "driver"

    question: Id
    label: Label | UnsetType = UNSET
    text: Annotated[str, Meta(min_length=1, max_length=1000)] | UnsetType = UNSET
    minutes: Minutes | UnsetType = UNSET
    notes: Line | UnsetType = UNSET


class MoveQuestion(CommandBase, frozen=True):
    """Put the question behind `after` in the queue (null: first)."""

    asked_by: ClassVar[Asker] = "driver"

    question: Id
    after: Id | None


class SkipQuestion(CommandBase, frozen=True):
    """Leave out a question that still waits."""

    asked_by: ClassVar[Asker] = "driver"

    question: Id


class RestoreQuestion(CommandBase, frozen=True):
    """Let a skipped question wait again."""

    asked_by: ClassVar[Asker] = "driver"

    question: Id


class GiveTurn(CommandBase, frozen=True):
    """Let the question be a moderator's to ask, by name; null for nobody's."""

    asked_by: ClassVar[Asker] = "moderator"

    question: Id
    moderator: Name | None


class ShareMinutes(CommandBase, frozen=True):
    """Share what is left until the planned end among the questions that wait."""

    asked_by: ClassVar[Asker] = "driver"


class AddPost(CommandBase, frozen=True):
    """Bring in what no network brought: something said in the room or in a meeting's chat."""

    asked_by: ClassVar[Asker] = "moderator"

    text: Annotated[str, Meta(min_length=1, max_length=5000)]
    author: Annotated[str, Meta(min_length=1, max_length=200)]
    url: Annotated[str, Meta(max_length=2000)] | None = None


class File(CommandBase, frozen=True):
    """Decide which question the post belongs to; null for none."""

    asked_by: ClassVar[Asker] = "moderator"

    post: Id
    question: Id | None


class _OnPostOrPerson(CommandBase, frozen=True):
    post: Id | None = None
    person: Id | None = None

    def __post_init__(self) -> None:
        if (self.post is None) == (self.person is None):
            raise ValueError("Expected either `post` or `person` - at `$.post`")


class Highlight(_OnPostOrPerson, frozen=True):
    """Star a post or a person."""

    asked_by: ClassVar[Asker] = "moderator"


class Unhighlight(_OnPostOrPerson, frozen=True):
    """Take the star away."""

    asked_by: ClassVar[Asker] = "moderator"


class Greet(CommandBase, frozen=True):
    """Say that this person has been greeted."""

    asked_by: ClassVar[Asker] = "moderator"

    person: Id


class Tag(CommandBase, frozen=True):
    """Note what is known of the person; what is absent stays."""

    asked_by: ClassVar[Asker] = "moderator"

    person: Id
    school: Short | UnsetType = UNSET
    level: Short | UnsetType = UNSET
    groups: Annotated[tuple[Short, ...], Meta(max_length=50)] | UnsetType = UNSET


class JoinAccounts(CommandBase, frozen=True):
    """Say who of the new ones was in an earlier chat of the series with another account: pairs of a person of this chat
    and that account. None are pairs where it is nobody, so that nobody is asked again.
    """

    asked_by: ClassVar[Asker] = "moderator"

    accounts: Annotated[tuple[tuple[Id, Id], ...], Meta(max_length=200)]


class MarkTask(CommandBase, frozen=True):
    """Say whether the person did the task to look up `tag`, whatever their posts show; null takes that back."""

    asked_by: ClassVar[Asker] = "moderator"

    person: Id
    tag: Name
    done: bool | None


class MarkCredit(CommandBase, frozen=True):
    """Say whether the person asked for credit hours, whatever they posted; null takes that back."""

    asked_by: ClassVar[Asker] = "moderator"

    person: Id
    asked: bool | None


class Hide(CommandBase, frozen=True):
    """Fold the post away."""

    asked_by: ClassVar[Asker] = "moderator"

    post: Id


class Show(CommandBase, frozen=True):
    """Show a hidden post again."""

    asked_by: ClassVar[Asker] = "moderator"

    post: Id


class Redact(CommandBase, frozen=True):
    """Blank the post's text in the file and every copy, for good."""

    asked_by: ClassVar[Asker] = "moderator"

    post: Id


class Mute(CommandBase, frozen=True):
    """Fold all posts of the person away."""

    asked_by: ClassVar[Asker] = "moderator"

    person: Id


class Unmute(CommandBase, frozen=True):
    """Show the person's posts again."""

    asked_by: ClassVar[Asker] = "moderator"

    person: Id


class MuteWord(CommandBase, frozen=True):
    """Fold the posts in which this word stands."""

    asked_by: ClassVar[Asker] = "moderator"

    word: Word


class UnmuteWord(CommandBase, frozen=True):
    """Let this word fold no post any more."""

    asked_by: ClassVar[Asker] = "moderator"

    word: Word


class Note(CommandBase, frozen=True):
    """Write to the other moderator."""

    asked_by: ClassVar[Asker] = "moderator"

    text: Annotated[str, Meta(min_length=1, max_length=5000)]


class AllowSpending(CommandBase, frozen=True):
    """Let reading this source cost up to `ceiling` dollars in this session."""

    asked_by: ClassVar[Asker] = "driver"

    source: Name
    ceiling: Annotated[float, Meta(ge=0, le=1000)]


class BeginPosting(CommandBase, frozen=True):
    """Note that a desk is about to post, as `posting_begun` has it; in a rehearsal, to `practice`, that it would have.

    The same question, line or greeting goes to a network once; again only with the purpose `again`. A post that was
    `found` elsewhere goes out with the purpose `share` and its id as the subject, `how` says as what, and never twice.
    """

    asked_by: ClassVar[Asker] = "moderator"

    key: Key
    source: Name
    account: Name
    purpose: Purpose
    subject: Id
    text: Annotated[str, Meta(min_length=1, max_length=5000)]
    reply_to: PostId | None = None
    how: Sharing | UnsetType = UNSET
    found: Post | UnsetType = UNSET


class FinishPosting(CommandBase, frozen=True):
    """Note that a posting is public, as `posting_done` has it; for a greeting also that the person was greeted."""

    asked_by: ClassVar[Asker] = "moderator"

    key: Key
    post: PostId
    url: Annotated[str, Meta(max_length=2000)] | None = None


class FailPosting(CommandBase, frozen=True):
    """Note that a posting is not public, for sure, and why."""

    asked_by: ClassVar[Asker] = "moderator"

    key: Key
    reason: Annotated[str, Meta(min_length=1, max_length=500)]


class BeginAnnouncing(CommandBase, frozen=True):
    """Note that a desk is about to tell people elsewhere, as `announcing_begun` has it; in a rehearsal that it would.

    The same is told at an address once.
    """

    asked_by: ClassVar[Asker] = "moderator"

    key: Key
    to: Name
    subject: Id
    text: Annotated[str, Meta(min_length=1, max_length=5000)]


class FinishAnnouncing(CommandBase, frozen=True):
    """Note that it is told."""

    asked_by: ClassVar[Asker] = "moderator"

    key: Key


class FailAnnouncing(CommandBase, frozen=True):
    """Note that it is not told, as far as anybody knows, and why."""

    asked_by: ClassVar[Asker] = "moderator"

    key: Key
    reason: Annotated[str, Meta(min_length=1, max_length=500)]


class LookUp(CommandBase, frozen=True):
    """Note what was looked up on a network and what that cost, as `looked_up` has it."""

    asked_by: ClassVar[Asker] = "moderator"

    source: Name
    looks_for: LooksFor
    text: Annotated[str, Meta(min_length=1, max_length=300)]
    posts: Annotated[int, Meta(ge=0, le=100_000)]
    spent: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    key: Key | UnsetType = UNSET


class ReserveSpending(CommandBase, frozen=True):
    """Say what the next look-up may cost at most, in thousandths of a dollar, so that all desks together stay below
    the ceiling; 0 where nothing came of it."""

    asked_by: ClassVar[Asker] = "moderator"

    source: Name
    key: Key
    most: Annotated[int, Meta(ge=0, le=1_000_000)]


class Share(CommandBase, frozen=True):
    """Note that a post that was found elsewhere was copied, to be shared with the chat by hand."""

    asked_by: ClassVar[Asker] = "moderator"

    found: Post


Act = Union[File, Highlight, Unhighlight, Hide, Show, Greet]
"""What can be done to several at once."""


class Several(CommandBase, frozen=True):
    """Do all of these or none, so that one undo takes all of it back. Each is about another post or person, and its own
    `id` says nothing."""

    asked_by: ClassVar[Asker] = "moderator"

    acts: Annotated[tuple[Act, ...], Meta(min_length=1, max_length=MOST_ACTS)]

    def __post_init__(self) -> None:
        about = {(getattr(act, "post", None), getattr(act, "person", None)) for act in self.acts}
        if len(about) < len(self.acts):
            raise ValueError("Expected each post or person once - at `$.acts`")


class Undo(CommandBase, frozen=True):
    """Take back the action with this seq, and what was done with it as one."""

    asked_by: ClassVar[Asker] = "moderator"

    seq: int


class Close(CommandBase, frozen=True):
    """End the chat."""

    asked_by: ClassVar[Asker] = "driver"


Command = Union[
    TakeRole, ReleaseRole, Ask, Hold, Resume, AddTime, AddQuestion, EditQuestion, MoveQuestion, SkipQuestion,
    RestoreQuestion, GiveTurn, ShareMinutes, AddPost, File, Highlight, Unhighlight, Greet, Tag, MarkTask, MarkCredit,
    JoinAccounts, Hide, Show, Redact, Mute, Unmute, MuteWord, UnmuteWord, Note, AllowSpending, BeginPosting,
    FinishPosting, FailPosting, BeginAnnouncing, FinishAnnouncing, FailAnnouncing, ReserveSpending, LookUp, Share,
    Several, Undo, Close,
]  # fmt: skip
"""Anything a moderator may ask for."""


class Malformed(LunchroomError):
    """A command that is none; `field` is the key that is wrong (empty: the whole), the text says how."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


_reader: JsonReader[Command] = JsonReader(Command)

ON_LINES: Mapping[type[Any], tuple[str, ...]] = {
    AddPost: ("text",),
    Note: ("text",),
    BeginPosting: ("text",),
    BeginAnnouncing: ("text",),
    AddQuestion: ("notes",),
    EditQuestion: ("notes",),
}
ON_ONE_LINE: Mapping[type[Any], tuple[str, ...]] = {
    AddPost: ("author", "url"),
    AddQuestion: ("text",),
    EditQuestion: ("text",),
    GiveTurn: ("moderator",),
    Tag: ("school", "level"),
    MarkTask: ("tag",),
    MuteWord: ("word",),
    UnmuteWord: ("word",),
    AllowSpending: ("source",),
    ReserveSpending: ("source",),
    BeginPosting: ("source", "account"),
    LookUp: ("source", "text"),
    FinishPosting: ("url",),
    FailPosting: ("reason",),
    BeginAnnouncing: ("to",),
    FailAnnouncing: ("reason",),
}
_NEEDED = ("text", "author", "source", "account", "to", "reason", "moderator", "word", "tag")
_IN_WORDS = {
    "label": "Expected a label such as 3, 3a, 2.1 or QWrap",
    "key": "Expected a key of 8 to 64 letters, digits, - and _",
}
"""What is said instead of the pattern that a field does not match."""

_TOO_LONG = re.compile(r"Expected `str` of length <= (\d+)")


def _cleaned(command: Command) -> Command:
    """The command with its words as the session keeps them: no control characters, nothing that turns text round."""
    words: dict[str, Any] = {}
    for fields, clean in ((ON_LINES, clean_text), (ON_ONE_LINE, clean_line)):
        for field in fields.get(type(command), ()):
            value = getattr(command, field)
            if isinstance(value, str):
                words[field] = clean(value)
                if not words[field] and field in _NEEDED:
                    raise Malformed("Expected something to read", field)
    if isinstance(command, (BeginPosting, Share)) and command.found is not UNSET:
        words["found"] = cleaned_find(command.found)
        if words["found"] is None:
            raise Malformed("Expected a post with an id and an author", "found")
    if isinstance(command, Tag) and command.groups is not UNSET:
        words["groups"] = tuple(filter(None, map(clean_line, command.groups)))
    return msgspec.structs.replace(command, **words)


def decode_command(raw: bytes) -> Command:
    """The command in a JSON body, its words cleaned. Raises `Malformed`, which names the field."""
    try:
        return _cleaned(_reader.read(raw))
    except WrongShape as error:
        message, _, path = str(error).partition(" - at `$")
        named = path.strip("`").lstrip(".").partition(".")[0].partition("[")[0]
        if not named and message.startswith("Object "):
            named = message.split("`")[1]
        if not named and message.startswith("Invalid value"):
            named = "type"
        message = _IN_WORDS.get(named, message) if "regex" in message else message
        raise Malformed(_TOO_LONG.sub(r"Expected at most \1 characters", message), named) from None
    except Unreadable as error:
        raise Malformed(f"Not JSON: {error}", "") from None


def encode_command(command: Command) -> bytes:
    """The command as a JSON body."""
    return msgspec.json.encode(command)
