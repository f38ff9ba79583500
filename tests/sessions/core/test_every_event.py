"""Every event and command is known to every table that has to know it; a forgotten one is named with the table."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest

from sessions.core.commands import Command, Refusal, decide, vocabulary
from sessions.core.commands.deciding import DECIDERS
from sessions.core.commands.vocabulary import CommandBase
from sessions.core.events import (
    EVENT_TYPES,
    Event,
    EventBase,
    PostSeen,
    PostShared,
    SpendingAllowed,
    Undone,
    decode_event,
    encode_event,
    type_name,
)
from sessions.core.evolve import ROWS, evolve, fold
from sessions.core.identity import Identity
from sessions.core.redaction.blanking import removals
from sessions.core.redaction.forgetting import without
from sessions.core.reunion.deciding import asked_for
from sessions.hub.server.log import EventLog
from sessions.hub.server.observer_view import ObserverView
from sessions.networks.registry import NETWORKS
from tests.paths import ROOT
from tests.sessions.core.building import judged_as
from tests.sessions.core.every_kind import (
    HANDLE,
    MODERATORS_ONLY,
    PERSON,
    WORDS,
    Recorded,
    a_plan_with_notes,
    play,
)
from tui.desk.model.changes import TOUCHED
from tui.desk.model.log_words import WORDS as SAID
from tui.desk.model.log_words import action_words
from tui.desk.model.roster_changes import people_touched


def leaves(base: type[Any]) -> Iterator[type[Any]]:
    """The classes below `base` that have none below them."""
    for below in base.__subclasses__():
        yield from leaves(below) if below.__subclasses__() else (below,)


@cache
def played() -> Recorded:
    """A chat in which everything happens."""
    return play(Recorded(a_plan_with_notes()))


def events_of(kind: type[Any]) -> list[Event]:
    """The events of a type in it."""
    return [event for event in played().events if type(event) is kind]


DOCUMENTED = {
    cell.strip("` ").partition(" ")[0].strip("`")
    for line in (ROOT / "docs" / "develop" / "events.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| `")
    for cell in line.strip("|").split("|")
}

WHO = {
    row[0].strip("` "): row[3].strip()
    for line in (ROOT / "docs" / "develop" / "events.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| `") and (row := line.strip("|").split("|"))
}
"""Who may cause each event, as documented."""

EVENT_TABLES: Mapping[str, Callable[[type[Any]], bool]] = {
    "the union Event (sessions/core/events.py)": lambda kind: kind in get_args(Event),
    "`undone_by` of its class (sessions/core/events.py)": lambda kind: "undone_by" in vars(kind),
    "`observers` of its class (sessions/core/events.py)": lambda kind: "observers" in vars(kind),
    "ROWS (sessions/core/evolve)": lambda kind: kind in ROWS,
    "the restorer in ROWS (sessions/core/evolve)": lambda kind: (
        (ROWS[kind].restore is None) == (kind.undone_by == "nobody") if kind in ROWS else False
    ),
    "TOUCHED (tui/desk/model/changes.py)": lambda kind: kind in TOUCHED,
    "WORDS (tui/desk/model/log_words.py)": lambda kind: kind in SAID,
    "the table in docs/develop/events.md": lambda kind: type_name(kind) in DOCUMENTED,
}

COMMAND_TABLES: Mapping[str, Callable[[type[Any]], bool]] = {
    "the union Command (sessions/core/commands/vocabulary.py)": lambda kind: kind in get_args(Command),
    "`asked_by` of its class (sessions/core/commands/vocabulary.py)": lambda kind: "asked_by" in vars(kind),
    "DECIDERS (sessions/core/commands/deciding.py)": lambda kind: kind in DECIDERS,
    "the table in docs/develop/events.md": lambda kind: type_name(kind) in DOCUMENTED,
}


def named(kind: type[Any]) -> str:
    return type_name(kind)


every_event = pytest.mark.parametrize("kind", list(leaves(EventBase)), ids=named)
every_command = pytest.mark.parametrize("kind", list(leaves(CommandBase)), ids=named)


def forgotten(kind: type[Any], tables: Mapping[str, Callable[[type[Any]], bool]]) -> str:
    """What to say of a type that a table does not know, empty where all do."""
    without_it = [table for table, knows in tables.items() if not knows(kind)]
    return f"{kind.__name__} is missing from {', '.join(without_it)}" if without_it else ""


@every_event
def test_every_table_knows_the_event(kind: type[Any]) -> None:
    words = forgotten(kind, EVENT_TABLES)
    assert not words, words


@every_command
def test_every_table_knows_the_command(kind: type[Any]) -> None:
    words = forgotten(kind, COMMAND_TABLES)
    assert not words, words


def test_everything_happens_in_the_chat_with_which_the_tables_are_tried() -> None:
    kinds = {type(event) for event in played().events} | {type(command) for command in played().commands}
    missing = {kind.__name__ for kind in (*leaves(EventBase), *leaves(CommandBase)) if kind not in kinds}
    assert not missing, f"{missing} missing from tests/sessions/core/every_kind.py"


def test_no_table_knows_what_is_no_event_or_command_any_more() -> None:
    kinds = set(leaves(EventBase))
    assert [set(table) - kinds for table in (ROWS, TOUCHED, SAID)] == [set(), set(), set()]
    assert set(DECIDERS) == set(leaves(CommandBase))
    assert set(EVENT_TYPES.values()) == kinds


@every_event
def test_what_only_the_driver_causes_only_the_driver_undoes(kind: type[Any]) -> None:
    drivers = WHO[type_name(kind)] == "driver" and kind.undone_by != "nobody"
    assert (kind.undone_by == "driver") == drivers, f"{kind.__name__}: `undone_by` and docs/develop/events.md differ"


# What the tables say is so in a chat in which everything happens


@every_event
def test_the_event_is_the_same_after_it_travelled(kind: type[Any]) -> None:
    for event in events_of(kind):
        assert decode_event(encode_event(event)) == event


@every_event
def test_an_event_is_noted_as_an_action_where_it_can_be_undone_and_undone_without_a_trace(kind: type[Any]) -> None:
    event = next(iter(sorted(events_of(kind), key=lambda event: event.by is None)))
    state = fold(played().events[: event.seq])
    can_be = event.by is not None and kind.undone_by != "nobody"
    assert (event.seq in state.actions) == can_be, f"{kind.__name__} says undone_by = {kind.undone_by!r}"
    if can_be:
        evolve(state, Undone(seq=state.seq + 1, at=state.at, by=event.by, command="undo", undoes=event.seq))
        assert event.seq not in state.actions
        assert event.seq in state.undone
        assert not any(event.seq in seqs for seqs in state.stacks.values())


@every_event
def test_what_a_moderator_does_is_told_in_words_and_what_nobody_does_in_none(kind: type[Any]) -> None:
    state = fold(played().events)
    by_somebody = [event for event in events_of(kind) if event.by is not None]
    for event in by_somebody:
        assert action_words(state, event), f"{kind.__name__} has no words in WORDS (tui/desk/model/log_words.py)"
    if SAID[kind] is None:
        assert not by_somebody


@every_event
def test_the_roster_looks_again_at_everybody_whom_the_event_changes(kind: type[Any]) -> None:
    for event in events_of(kind):
        state = fold(played().events[: event.seq - 1])
        told = people_touched(state, event)
        before = {one: msgspec.json.encode(person) for one, person in state.people.items()}
        evolve(state, event)
        changed = {one for one, person in state.people.items() if before.get(one) != msgspec.json.encode(person)}
        assert told is None or changed <= told, f"{kind.__name__}: people_touched (tui/desk/model/roster_changes.py)"


def given_to_an_observer(upto: int) -> list[bytes]:
    """The lines of the events that an observer gets who comes after the event `upto`."""
    events = played().events[:upto]
    log = EventLog(events)
    return [entry.line for entry in ObserverView(log, fold(events), 0).entries(log.between(0, log.seq))]


def test_no_observer_reads_what_is_between_the_moderators_whenever_they_come() -> None:
    for upto in range(1, len(played().events) + 1):
        told = [line for line in given_to_an_observer(upto) if MODERATORS_ONLY.encode() in line]
        assert told == []


@every_event
def test_an_observer_gets_what_is_for_all_and_nothing_that_is_for_none(kind: type[Any]) -> None:
    wanted = len(events_of(kind))
    mark = f'"type":"{type_name(kind)}"'.encode()
    got = sum(mark in line.replace(b'": "', b'":"') for line in given_to_an_observer(len(played().events)))
    if kind.observers == "all":
        assert got == wanted
    if kind.observers == "none":
        assert got == 0


WITH_RULES_OF_THEIR_OWN = (PostSeen, PostShared, SpendingAllowed)


@every_event
def test_what_a_moderator_decides_is_known_where_two_files_of_a_chat_become_one(kind: type[Any]) -> None:
    if kind.undone_by == "nobody" or kind in WITH_RULES_OF_THEIR_OWN:
        return
    for event in events_of(kind):
        before = fold(played().events[: event.seq - 1])
        known = event.by is None or asked_for(before, event) is not None
        assert known, f"{kind.__name__} is missing from sessions/core/reunion/deciding.py"


@every_event
def test_no_word_of_a_blanked_or_removed_post_is_left_in_the_event(kind: type[Any]) -> None:
    state = fold(played().events)
    bare = removals(state, played().events)
    gone = {post for post, layer in state.layers.items() if layer.redacted or layer.removed}
    for event in events_of(kind):
        about = getattr(event, "post", None)
        if getattr(about, "id", about) in gone:
            assert WORDS.encode() not in encode_event(bare.get(event.seq, event)), f"`blanked` forgot {kind.__name__}"


@every_event
def test_nobody_who_is_forgotten_is_named_in_the_event(kind: type[Any]) -> None:
    who = Identity(ids=frozenset({PERSON}))
    after = without(played().events, who, lambda one: hashlib.sha256(one.encode()).hexdigest()[:10])
    for event in after:
        if isinstance(event, kind):
            assert HANDLE.encode() not in encode_event(event)


@every_command
def test_what_only_the_driver_may_ask_for_is_refused_to_anybody_else(kind: type[Any]) -> None:
    command = next(command for command in played().commands if type(command) is kind)
    causes = {WHO[type_name(event)] for event in played().events if event.command == command.id}
    assert (kind.asked_by == "driver") == (causes == {"driver"}), f"{kind.__name__}: `asked_by` and the docs differ"
    if kind.asked_by == "driver":
        state = fold(played().events[:5])
        answer = decide(state, command, by="Ben", at=state.at, judge=judged_as(), networks=NETWORKS)
        assert answer == Refusal("Ana asks the questions.", "take_driver")


IDENTIFIERS = (vocabulary.Id, vocabulary.Label, vocabulary.Key, vocabulary.PostId)


def is_written(hint: Any) -> bool:
    """Whether a field of this type holds words that somebody wrote, and no id, number or one of a few words."""
    if hint in IDENTIFIERS or get_origin(hint) is Literal:
        return False
    if get_origin(hint) in (Union, UnionType):
        return any(map(is_written, get_args(hint)))
    if get_origin(hint) is Annotated:
        return is_written(get_args(hint)[0])
    return hint is str


@every_command
def test_every_word_that_somebody_wrote_is_cleaned(kind: type[Any]) -> None:
    hints = get_type_hints(kind, include_extras=True)
    names = {field.name for field in msgspec.structs.fields(kind)} - {"id"}
    written = {name for name in names if is_written(hints[name])}
    cleaned = {*vocabulary.ON_LINES.get(kind, ()), *vocabulary.ON_ONE_LINE.get(kind, ())}
    assert written == cleaned, f"{kind.__name__}: in ON_LINES or ON_ONE_LINE (sessions/core/commands/vocabulary.py)"
