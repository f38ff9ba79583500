"""A small session to start from: six questions, two moderators, a few posts."""

import datetime
from typing import Any

from sessions.core.commands import Command, Refusal, decide
from sessions.core.events import SCHEMA, Event, ModeratorJoined, PostSeen, RoleTaken, SessionOpened
from sessions.core.evolve import evolve
from sessions.core.plan import Host, Plan, Question
from sessions.core.posts import Author, Filed, Judgement, Kind, Post
from sessions.core.state import SessionState
from sessions.networks.registry import NETWORKS

START = 1_764_637_200_000
"""2025-12-02T01:00:00Z: seven in the evening in Chicago, in UTC milliseconds."""


def a_plan(questions: int = 6, **changed: Any) -> Plan:
    """An hour with hosts Ana and Ben."""
    fields: dict[str, Any] = {
        "title": "Stations that work",
        "hashtags": ("navasotaisd",),
        "series": "navasotaisd",
        "starts": datetime.datetime(2025, 12, 1, 19, 0),  # noqa: DTZ001 - a wall time has no offset
        "starts_at": START,
        "timezone": "America/Chicago",
        "minutes": 60.0,
        "introductions": 8.0,
        "close": 2.0,
        "sources": ("practice",),
        "hosts": (Host("Ana", ("mastodon:ana@mastodon.social",)), Host("Ben", ("ben",))),
        "questions": tuple(
            Question(f"q{n}", str(n), f"What about station {n}?", 50 / questions, f"notes {n}")
            for n in range(1, questions + 1)
        ),
        "script": {},
    }
    return Plan(**(fields | changed))


def judged_as(kind: Kind = "answer", question: str | None = None) -> Any:
    """A judge that says the same of every post."""
    return lambda _post: Judgement(kind, None if question is None else Filed(question, "label"))


class Chat:
    """A session in memory: decides commands and folds what comes of them, as the hub does, without file or clock."""

    def __init__(self, plan: Plan | None = None, *, first: bool = False, at: int = START) -> None:
        self.state = SessionState()
        self.events: list[Event] = []
        self.at = at
        self._ids = 0
        self.hear(SessionOpened, plan=plan or a_plan(), schema=SCHEMA, rehearsal=False, first=first)
        for name in ("Ana", "Ben"):
            self.hear(ModeratorJoined, name=name, scope="moderator")
        self.hear(RoleTaken, role="driver", moderator="Ana")
        self.hear(RoleTaken, role="greeter", moderator="Ben")

    def hear(self, event_type: Any, /, **fields: Any) -> Event:
        """An event by the hub itself, or of `by`."""
        event: Event = event_type(seq=self.state.seq + 1, at=self.at, by=fields.pop("by", None), command=None, **fields)
        self._take(event)
        return event

    def post(self, text: str = "A1: stations", *, handle: str = "mlopez", **fields: Any) -> str:
        """A post of the network arrives; its id."""
        self._ids += 1
        seen = {"kind": "answer", "filed": Filed("q1", "label"), "newcomer": False}
        seen |= {
            name: fields.pop(name)
            for name in ("kind", "filed", "newcomer", "says_new", "addressed", "posting", "from_channel")
            if name in fields
        }
        name = f"mastodon:{self._ids}"
        author = Author(f"mastodon:@{handle}", handle, handle.title())
        self.hear(PostSeen, post=Post(name, author, text, self.at, **fields), **seen)
        return name

    def do(self, command: Any, by: str = "Ana", /, **fields: Any) -> tuple[Event, ...]:
        """The moderator's command is accepted; its events."""
        answer = self.try_(command, by, **fields)
        assert not isinstance(answer, Refusal), answer.refusal
        return answer

    def try_(self, command: Any, by: str = "Ana", /, **fields: Any) -> tuple[Event, ...] | Refusal:
        """The moderator's command, accepted or refused."""
        self._ids += 1
        asked: Command = command(id=fields.pop("id", f"c{self._ids}"), **fields)
        answer = decide(self.state, asked, by=by, at=self.at, judge=judged_as("answer", "q1"), networks=NETWORKS)
        if not isinstance(answer, Refusal):
            for event in answer:
                self._take(event)
        return answer

    def refused(self, command: Any, by: str = "Ana", /, **fields: Any) -> str:
        """The moderator's command is refused; the words, and behind an arrow the action that helps, if there is one."""
        answer = self.try_(command, by, **fields)
        assert isinstance(answer, Refusal)
        return answer.refusal if answer.action is None else f"{answer.refusal} -> {answer.action}"

    def _take(self, event: Event) -> None:
        evolve(self.state, event)
        self.events.append(event)
