"""The campaign of `python -m tests.faults` in short, and that its judgement tells what is wrong."""

import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from sessions.core import commands as c
from sessions.core.events import AnyEvent
from tests.faults.desk import Asked
from tests.faults.one_copy import objections
from tests.sessions.core.building import Chat

SHORT = ("both_killed", "requests_repeated", "sync_fails")
"""The faults of the short form, a round of each."""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not sent like this on Windows")
@pytest.mark.timeout(300)
async def test_nothing_acknowledged_is_lost_doubled_or_reordered_whatever_fails(tmp_path: Path) -> None:
    from tests.faults.__main__ import one_round
    from tests.faults.processes import pool

    errors = tmp_path / "errors"
    errors.touch()
    async with pool(errors) as processes:
        for name in SHORT:
            folder = tmp_path / name
            folder.mkdir()
            found, answers = await one_round(name, 1, processes, folder, errors)
            assert found == [], name
            assert answers["accepted"] > 0


# The judgement


class History:
    """A chat, and what two desks asked for and were answered, one after the other."""

    def __init__(self) -> None:
        self.chat = Chat()
        self.asked: list[Asked] = []

    def ask(self, desk: str, command: c.Command) -> Asked:
        """It is asked for and answered as the hub does."""
        shown, moment = self.chat.state.seq, 10 * len(self.asked)
        answer = self.chat.try_(lambda id: command, desk, id=command.id)
        if isinstance(answer, c.Refusal):
            asked = Asked(desk, command, shown, moment, moment + 5, "refused", words=answer.refusal)
        else:
            asked = Asked(desk, command, shown, moment, moment + 5, "accepted", self.chat.state.seq)
        self.asked.append(asked)
        return asked

    @property
    def events(self) -> list[AnyEvent]:
        return list(self.chat.events)


@pytest.fixture
def history() -> History:
    """Some questions, roles and undoing, all of which was answered rightly."""
    history = History()
    for desk, command in (
        ("Ana", c.Ask(id="a1", question="q1", seen=None)),
        ("Ben", c.Ask(id="b1", question="q2", seen="q1")),
        ("Ben", c.TakeRole(id="b2", role="driver")),
        ("Ben", c.Ask(id="b3", question="q2", seen=None)),
        ("Ben", c.Ask(id="b4", question="q2", seen="q1")),
        ("Ana", c.Undo(id="a2", seq=6)),
        ("Ben", c.Undo(id="b5", seq=8)),
        ("Ana", c.TakeRole(id="a3", role="greeter")),
        ("Ana", c.ReleaseRole(id="a4", role="driver")),
        ("Ana", c.Note(id="a5", text="hello")),
        ("Ana", c.Undo(id="a6", seq=8)),
        ("Ben", c.Undo(id="b6", seq=10)),
    ):
        history.ask(desk, command)
    outcomes = [one.outcome for one in history.asked]
    assert outcomes.count("refused") == 4
    return history


def renumbered(events: list[AnyEvent]) -> list[AnyEvent]:
    return [replace(event, seq=seq) for seq, event in enumerate(events, start=1)]


def test_a_right_history_is_objected_to_nowhere(history: History) -> None:
    assert objections(history.events, history.asked) == []


def test_what_was_acknowledged_and_lost_doubled_or_exchanged_is_told(history: History) -> None:
    events = history.events
    for place in range(5, len(events)):
        assert objections(renumbered([*events[:place], *events[place + 1 :]]), history.asked), f"{place} was lost"
        assert objections(renumbered([*events, events[place]]), history.asked), f"{place} was doubled"
        if place + 1 < len(events):
            exchanged = [*events[:place], events[place + 1], events[place], *events[place + 2 :]]
            assert objections(renumbered(exchanged), history.asked), f"{place} was exchanged"


def test_answers_that_one_copy_would_not_give_are_told(history: History) -> None:
    for place, one in enumerate(history.asked):
        if isinstance(one.command, c.Note):
            continue
        other = replace(one, outcome="accepted" if one.outcome == "refused" else "refused", seq=one.shown)
        asked = [*history.asked[:place], other, *history.asked[place + 1 :]]
        assert objections(history.events, asked), one


def test_an_answer_from_before_what_was_known_is_told(history: History) -> None:
    """Ben had seen that Ana asked, and is told that the question is still free: his answer is of an older copy."""
    stale = Asked("Ben", c.TakeRole(id="x", role="driver"), len(history.events), 1000, 1001, "accepted", 5)
    assert objections(history.events, [*history.asked, stale])


def test_what_was_never_answered_may_have_been_done_once_or_not(history: History) -> None:
    asked = [replace(one, outcome="unknown", answered=None, seq=0) for one in history.asked]
    assert objections(history.events, asked) == []
    assert objections(renumbered([*history.events, history.events[-1]]), asked)
