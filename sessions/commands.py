"""What a moderator may ask for, and what comes of it: `decide(state, command)` is pure.

A command names what the moderator saw, so that two who press Next at once advance the chat once.
"""

from collections.abc import Callable
from typing import Annotated, Any, Union, cast

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sessions import events as e
from sessions.events import Event, Role
from sessions.plan import Question
from sessions.posts import Author, Judgement, Post
from sessions.state import SessionState, Subject

Id = Annotated[str, Meta(min_length=1, max_length=400)]
Label = Annotated[str, Meta(pattern=r"^\d{1,3}([a-z]|\.\d{1,2})?$")]
Line = Annotated[str, Meta(max_length=5000)]
Short = Annotated[str, Meta(max_length=200)]
Minutes = Annotated[float, Meta(gt=0, le=600)]


class CommandBase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag=e.snake):
    """What all commands carry. Repeating an accepted `id` does nothing and gives the first answer again."""

    id: Annotated[str, Meta(min_length=1, max_length=128)]


class TakeRole(CommandBase, frozen=True):
    """Hold the role from now on, whoever held it."""

    role: Role


class ReleaseRole(CommandBase, frozen=True):
    """Hold the role no longer."""

    role: Role


class Ask(CommandBase, frozen=True):
    """Open the question. `seen` is the question that the moderator saw open, null for none."""

    question: Id
    seen: Id | None


class Hold(CommandBase, frozen=True):
    """Stop the countdown."""


class Resume(CommandBase, frozen=True):
    """Let the countdown go on."""


class AddTime(CommandBase, frozen=True):
    """Give the open question more seconds, or fewer."""

    seconds: Annotated[int, Meta(ge=-7200, le=7200)]


class AddQuestion(CommandBase, frozen=True):
    """Put a question into the queue, behind `after` (null: first; absent: last).

    Without a label it gets the next free number, without minutes the length of the plan's last question.
    """

    text: Annotated[str, Meta(min_length=1, max_length=1000)]
    label: Label | None = None
    minutes: Minutes | None = None
    notes: Line = ""
    after: Id | UnsetType | None = UNSET


class EditQuestion(CommandBase, frozen=True):
    """Change what is given of the question."""

    question: Id
    label: Label | UnsetType = UNSET
    text: Annotated[str, Meta(min_length=1, max_length=1000)] | UnsetType = UNSET
    minutes: Minutes | UnsetType = UNSET
    notes: Line | UnsetType = UNSET


class MoveQuestion(CommandBase, frozen=True):
    """Put the question behind `after` in the queue (null: first)."""

    question: Id
    after: Id | None


class SkipQuestion(CommandBase, frozen=True):
    """Leave out a question that still waits."""

    question: Id


class RestoreQuestion(CommandBase, frozen=True):
    """Let a skipped question wait again."""

    question: Id


class AddPost(CommandBase, frozen=True):
    """Bring in what no network brought: something said in the room or in a meeting's chat."""

    text: Annotated[str, Meta(min_length=1, max_length=5000)]
    author: Annotated[str, Meta(min_length=1, max_length=200)]
    url: Annotated[str, Meta(max_length=2000)] | None = None


class File(CommandBase, frozen=True):
    """Decide which question the post belongs to; null for none."""

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


class Unhighlight(_OnPostOrPerson, frozen=True):
    """Take the star away."""


class Greet(CommandBase, frozen=True):
    """Say that this person has been greeted."""

    person: Id


class Tag(CommandBase, frozen=True):
    """Note what is known of the person; what is absent stays."""

    person: Id
    school: Short | UnsetType = UNSET
    level: Short | UnsetType = UNSET
    groups: Annotated[tuple[Short, ...], Meta(max_length=50)] | UnsetType = UNSET


class Hide(CommandBase, frozen=True):
    """Fold the post away."""

    post: Id


class Show(CommandBase, frozen=True):
    """Show a hidden post again."""

    post: Id


class Redact(CommandBase, frozen=True):
    """Blank the post's text in the file and every copy, for good."""

    post: Id


class Mute(CommandBase, frozen=True):
    """Fold all posts of the person away."""

    person: Id


class Unmute(CommandBase, frozen=True):
    """Show the person's posts again."""

    person: Id


class Note(CommandBase, frozen=True):
    """Write to the other moderator."""

    text: Annotated[str, Meta(min_length=1, max_length=5000)]


class Undo(CommandBase, frozen=True):
    """Take back the action with this seq."""

    seq: int


class Close(CommandBase, frozen=True):
    """End the chat."""


Command = Union[
    TakeRole, ReleaseRole, Ask, Hold, Resume, AddTime, AddQuestion, EditQuestion, MoveQuestion, SkipQuestion,
    RestoreQuestion, AddPost, File, Highlight, Unhighlight, Greet, Tag, Hide, Show, Redact, Mute, Unmute, Note, Undo,
    Close,
]  # fmt: skip
"""Anything a moderator may ask for."""

_DRIVERS = (
    Ask, Hold, Resume, AddTime, AddQuestion, EditQuestion, MoveQuestion, SkipQuestion, RestoreQuestion, Close,
)  # fmt: skip
_DRIVEN = (
    e.QuestionAsked, e.TimerHeld, e.TimerResumed, e.TimeAdded, e.QuestionAdded, e.QuestionEdited, e.QuestionMoved,
    e.QuestionSkipped, e.QuestionRestored, e.SessionClosed,
)  # fmt: skip
_FINAL = (e.ModeratorJoined, e.ModeratorLeft, e.SessionClosed, e.Undone, e.PostRedacted)

ROLE_WORDS: dict[str, str] = {"driver": "asks the questions", "greeter": "greets"}
ROLE_KEYS: dict[str, str] = {"driver": "d", "greeter": "t"}


class Malformed(ValueError):
    """A command that is none; `field` is the key that is wrong (empty: the whole), the text says how."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class Refusal(msgspec.Struct, frozen=True):
    """Why a command has no effect, in words for the moderator."""

    refusal: str


_decoder: msgspec.json.Decoder[Command] = msgspec.json.Decoder(Command)


def decode_command(raw: bytes) -> Command:
    """The command in a JSON body. Raises `Malformed`, which names the field."""
    try:
        return _decoder.decode(raw)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$")
        named = path.strip("`").lstrip(".").partition(".")[0].partition("[")[0]
        if not named and message.startswith("Object "):
            named = message.split("`")[1]
        if not named and message.startswith("Invalid value"):
            named = "type"
        raise Malformed(message, named) from None
    except msgspec.DecodeError as error:
        raise Malformed(f"Not JSON: {error}", "") from None


def encode_command(command: Command) -> bytes:
    """The command as a JSON body."""
    return msgspec.json.encode(command)


def undoable(state: SessionState, seq: int) -> bool:
    """Whether the action has effect and is of a kind that can be taken back."""
    action = state.actions.get(seq)
    return action is not None and not isinstance(action.event, _FINAL)


def latest_own(state: SessionState, moderator: str) -> int | None:
    """The seq of the moderator's latest action that still has effect and can be undone: what `u` takes back."""
    return next((act.seq for act in reversed(state.acts) if act.by == moderator and undoable(state, act.seq)), None)


class _Refused(Exception):
    pass


def decide(
    state: SessionState,
    command: Command,
    *,
    by: str,
    at: int,
    judge: Callable[[Post], Judgement],
) -> tuple[Event, ...] | Refusal:
    """The events that the command causes, in order and with their seqs; none where it changes nothing.

    `by` is the moderator, `at` the hub's clock (UTC milliseconds), `judge` decides about a post added by hand.
    The caller answers repeated command ids before it asks here.
    """
    try:
        _allow(state, command, by)
        bodies = _DECIDERS[type(command)](state, command, by, at, judge)
    except _Refused as refused:
        return Refusal(str(refused))
    return tuple(
        kind(seq=state.seq + place, at=at, by=by, command=command.id, **fields)
        for place, (kind, fields) in enumerate(bodies, start=1)
    )


_Body = tuple[Callable[..., Event], dict[str, Any]]
_Bodies = tuple[_Body, ...]


def _allow(state: SessionState, command: Command, by: str) -> None:
    if state.closed_at is not None:
        raise _Refused("This chat is closed.")
    if isinstance(command, _DRIVERS):
        _need_driver(state, by)


def _need_driver(state: SessionState, by: str) -> None:
    holder = state.roles["driver"]
    if holder != by:
        who = "Nobody" if holder is None else holder
        raise _Refused(f"{who} asks the questions. Press d to take over.")


def _name(state: SessionState, question: str) -> str:
    return f"Q{state.questions[question].label}"


def _known_question(state: SessionState, question: str) -> Question:
    found = state.questions.get(question)
    if found is None:
        raise _Refused("There is no such question in this chat.")
    return found


def _known_post(state: SessionState, post: str) -> None:
    layer = state.layers.get(post)
    if post not in state.posts:
        raise _Refused("There is no such post in this chat.")
    if layer is not None and layer.removed:
        raise _Refused("That post was removed.")


def _known_person(state: SessionState, person: str) -> None:
    if person not in state.people:
        raise _Refused("There is no such person in this chat.")


def _take_role(state: SessionState, command: TakeRole, by: str, *_: Any) -> _Bodies:
    if state.roles[command.role] == by:
        return ()
    return ((e.RoleTaken, {"role": command.role, "moderator": by}),)


def _release_role(state: SessionState, command: ReleaseRole, by: str, *_: Any) -> _Bodies:
    holder = state.roles[command.role]
    if holder is None:
        return ()
    if holder != by:
        raise _Refused(f"{holder} {ROLE_WORDS[command.role]}. Press {ROLE_KEYS[command.role]} to take over.")
    return ((e.RoleReleased, {"role": command.role, "moderator": by}),)


def _ask(state: SessionState, command: Ask, *_: Any) -> _Bodies:
    question = _known_question(state, command.question)
    if command.seen != state.open:
        now_open = (
            "No question is open any more" if state.open is None else f"{_name(state, state.open)} is open by now"
        )
        raise _Refused(f"{now_open}. Look, then press n again.")
    if command.question == state.open:
        return ()
    if command.question in state.skipped:
        raise _Refused(f"Q{question.label} is skipped. Press s on it to bring it back first.")
    return ((e.QuestionAsked, {"question": question.id, "seconds": question.seconds}),)


def _need_open(state: SessionState) -> None:
    if state.timer is None:
        raise _Refused("No question is open yet. Press n to ask the first.")


def _hold(state: SessionState, _command: Hold, *_: Any) -> _Bodies:
    _need_open(state)
    return () if cast(Any, state.timer).held is not None else ((e.TimerHeld, {}),)


def _resume(state: SessionState, _command: Resume, *_: Any) -> _Bodies:
    _need_open(state)
    return () if cast(Any, state.timer).held is None else ((e.TimerResumed, {}),)


def _add_time(state: SessionState, command: AddTime, *_: Any) -> _Bodies:
    _need_open(state)
    return ((e.TimeAdded, {"seconds": command.seconds}),) if command.seconds else ()


def _free_label(state: SessionState) -> str:
    numbers = [int(question.label) for question in state.questions.values() if question.label.isdigit()]
    return str(max(numbers, default=0) + 1)


def _need_free_label(state: SessionState, label: str, question: str | None = None) -> None:
    holder = state.question_with_label(label)
    if holder not in (None, question):
        raise _Refused(f"There is already a Q{label}. Give another label.")


def _add_question(state: SessionState, command: AddQuestion, *_: Any) -> _Bodies:
    label = command.label or _free_label(state)
    _need_free_label(state, label)
    last = state.order[-1] if state.order else None
    after = last if command.after is UNSET else command.after
    if after is not None:
        _known_question(state, after)
    minutes = command.minutes or (state.questions[last].minutes if last else 8.0)
    question = Question(f"q{state.question_serial + 1}", label, command.text, minutes, command.notes)
    return ((e.QuestionAdded, {"question": question, "after": after}),)


def _edit_question(state: SessionState, command: EditQuestion, *_: Any) -> _Bodies:
    old = _known_question(state, command.question)
    given = {"label": command.label, "text": command.text, "minutes": command.minutes, "notes": command.notes}
    changed = {name: value for name, value in given.items() if value is not UNSET and value != getattr(old, name)}
    if not changed:
        return ()
    new = msgspec.structs.replace(old, **changed)
    _need_free_label(state, new.label, old.id)
    fields = {"label": new.label, "text": new.text, "minutes": new.minutes, "notes": new.notes}
    return ((e.QuestionEdited, {"question": old.id, **fields}),)


def _move_question(state: SessionState, command: MoveQuestion, *_: Any) -> _Bodies:
    question = _known_question(state, command.question)
    if command.after is not None:
        _known_question(state, command.after)
    if command.after == command.question:
        raise _Refused(f"Q{question.label} cannot stand behind itself.")
    place = state.order.index(command.question)
    before = state.order[place - 1] if place else None
    if before == command.after:
        return ()
    return ((e.QuestionMoved, {"question": command.question, "after": command.after}),)


def _skip_question(state: SessionState, command: SkipQuestion, *_: Any) -> _Bodies:
    question = _known_question(state, command.question)
    now = state.question_state(command.question)
    if now == "skipped":
        return ()
    if now == "asked":
        raise _Refused(f"Q{question.label} is open. Press n to go on to the next one.")
    if now == "closed":
        raise _Refused(f"Q{question.label} was asked already.")
    return ((e.QuestionSkipped, {"question": command.question}),)


def _restore_question(state: SessionState, command: RestoreQuestion, *_: Any) -> _Bodies:
    _known_question(state, command.question)
    return ((e.QuestionRestored, {"question": command.question}),) if command.question in state.skipped else ()


def _hand_author(state: SessionState, written: str) -> Author:
    """The participant whom a moderator means by a name or an @handle, else a person known by that name alone."""
    name = " ".join(written.split())
    handle = name.removeprefix("@").casefold()
    by_handle = [p.author for p in state.people.values() if p.author.handle and p.author.handle.casefold() == handle]
    by_name = [p.author for p in state.people.values() if p.author.name.casefold() == name.casefold()]
    for found in (by_handle, by_name):
        if len(found) == 1:
            return found[0]
    return Author(f"hand:{handle}", name=name)


def _add_post(state: SessionState, command: AddPost, _by: str, at: int, judge: Callable[[Post], Judgement]) -> _Bodies:
    post = Post(f"hand:{command.id}", _hand_author(state, command.author), command.text, at, url=command.url)
    return ((e.PostSeen, seen_fields(post, judge(post))),)


def seen_fields(post: Post, judgement: Judgement) -> dict[str, Any]:
    """What `post_seen` carries of a judged post."""
    if judgement.repost_of is not None and post.repost_of is None:
        post = msgspec.structs.replace(post, repost_of=judgement.repost_of)
    return {
        "post": post,
        "kind": judgement.kind,
        "filed": judgement.filed,
        "newcomer": judgement.newcomer,
        "says_new": judgement.says_new,
        "addressed": judgement.addressed,
    }


def _file(state: SessionState, command: File, *_: Any) -> _Bodies:
    _known_post(state, command.post)
    if command.question is not None:
        _known_question(state, command.question)
    layer = state.layers.get(command.post)
    decided = layer.decision if layer is not None else None
    if decided is not None and decided.question == command.question:
        return ()
    if decided is None and command.question is None and state.filed(command.post) is None:
        return ()
    return ((e.PostFiled, {"post": command.post, "question": command.question}),)


def _star(state: SessionState, command: Highlight | Unhighlight, *_: Any) -> _Bodies:
    on = isinstance(command, Highlight)
    if command.post is not None:
        _known_post(state, command.post)
        layer = state.layers.get(command.post)
        starred = layer is not None and layer.starred is not None
        kind: Callable[..., Event] = e.PostHighlighted if on else e.PostUnhighlighted
        return () if starred == on else ((kind, {"post": command.post}),)
    person = cast(str, command.person)
    _known_person(state, person)
    kind = e.PersonHighlighted if on else e.PersonUnhighlighted
    return () if (state.people[person].starred is not None) == on else ((kind, {"person": person}),)


def _greet(state: SessionState, command: Greet, *_: Any) -> _Bodies:
    _known_person(state, command.person)
    person = state.people[command.person]
    if person.host:
        raise _Refused(f"{person.author.shown} is a host.")
    return () if person.greeted is not None else ((e.PersonGreeted, {"person": command.person}),)


def _tag(state: SessionState, command: Tag, *_: Any) -> _Bodies:
    _known_person(state, command.person)
    person = state.people[command.person]
    fields = {
        "school": person.school if command.school is UNSET else command.school,
        "level": person.level if command.level is UNSET else command.level,
        "groups": person.groups if command.groups is UNSET else command.groups,
    }
    if fields == {"school": person.school, "level": person.level, "groups": person.groups}:
        return ()
    return ((e.PersonTagged, {"person": command.person, **fields}),)


def _hide(state: SessionState, command: Hide | Show, *_: Any) -> _Bodies:
    _known_post(state, command.post)
    on = isinstance(command, Hide)
    layer = state.layers.get(command.post)
    hidden = layer is not None and layer.hidden is not None
    kind: Callable[..., Event] = e.PostHidden if on else e.PostShown
    return () if hidden == on else ((kind, {"post": command.post}),)


def _redact(state: SessionState, command: Redact, *_: Any) -> _Bodies:
    if command.post not in state.posts:
        raise _Refused("There is no such post in this chat.")
    layer = state.layers.get(command.post)
    if layer is not None and layer.redacted:
        return ()
    copies = [post for post, seen in state.posts.items() if seen.post.repost_of == command.post]
    return tuple((e.PostRedacted, {"post": post}) for post in (command.post, *copies))


def _mute(state: SessionState, command: Mute | Unmute, *_: Any) -> _Bodies:
    _known_person(state, command.person)
    on = isinstance(command, Mute)
    kind: Callable[..., Event] = e.PersonMuted if on else e.PersonUnmuted
    return () if (state.people[command.person].muted is not None) == on else ((kind, {"person": command.person}),)


def _note(_state: SessionState, command: Note, *_: Any) -> _Bodies:
    return ((e.NoteAdded, {"text": command.text}),)


def _undo(state: SessionState, command: Undo, by: str, *_: Any) -> _Bodies:
    if command.seq in state.undone:
        return ()
    action = state.actions.get(command.seq)
    if action is None or not undoable(state, command.seq):
        raise _Refused("That cannot be undone.")
    if isinstance(action.event, _DRIVEN):
        _need_driver(state, by)
    later = later_action(state, command.seq)
    if later is not None:
        what = str(later.__struct_config__.tag).replace("_", " ")
        raise _Refused(f"{later.by} did something later to it ({what}, number {later.seq}). Undo that first.")
    return ((e.Undone, {"undoes": command.seq}),)


def later_action(state: SessionState, seq: int) -> Event | None:
    """The latest effective action on the same subject as the action `seq`, when it is a later one."""
    own: Subject = state.actions[seq].subjects[0]
    latest = state.stacks[own][-1]
    return None if latest == seq else state.actions[latest].event


def _close(_state: SessionState, _command: Close, *_: Any) -> _Bodies:
    return ((e.SessionClosed, {}),)


_DECIDERS: dict[type[Any], Callable[..., _Bodies]] = {
    TakeRole: _take_role,
    ReleaseRole: _release_role,
    Ask: _ask,
    Hold: _hold,
    Resume: _resume,
    AddTime: _add_time,
    AddQuestion: _add_question,
    EditQuestion: _edit_question,
    MoveQuestion: _move_question,
    SkipQuestion: _skip_question,
    RestoreQuestion: _restore_question,
    AddPost: _add_post,
    File: _file,
    Highlight: _star,
    Unhighlight: _star,
    Greet: _greet,
    Tag: _tag,
    Hide: _hide,
    Show: _hide,
    Redact: _redact,
    Mute: _mute,
    Unmute: _mute,
    Note: _note,
    Undo: _undo,
    Close: _close,
}
