"""The people of the chat: what the greeter has to do."""

from collections.abc import Collection
from functools import partial
from typing import ClassVar

from textual import events
from textual.message import Message

from sessions.core.state import SessionState
from sessions.words import _
from tui.text.wording import counted
from tui.widgets.lines.line_list import LineList
from tui.widgets.roster_rows import section_of
from tui.widgets.roster_sections import Pin, RosterSections

SCHOOLS_FROM = 36
"""Cells from which on there is room to say where people teach."""


class Roster(LineList):
    """Newcomers to greet, longest waiting first, then who was greeted and by whom, who is back, and the hosts.

    A person under the cursor stays under their heading until the cursor goes on, even when somebody greets them.
    Until somebody moves the cursor it waits at the first line, so that who comes here finds who is to be greeted next.
    """

    ROLES_OF = "roster"
    HINTED_BELOW = True

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"roster--{role}"
        for role in (
            "cursor", "cursor-focused", "bar", "bar-focused", "text", "heading", "count", "name", "handle",
            "waiting", "greeted", "quiet", "unnoticed", "star", "school", "beside", "handled", "handled-sign", "hint",
        )
    }  # fmt: skip

    DEFAULT_CSS = """
    Roster {
        width: 1fr;
        height: 1fr;
        & > .roster--cursor { background: $foreground 6%; }
        & > .roster--cursor-focused { background: $primary 22%; }
        & > .roster--bar { color: $text-muted; }
        & > .roster--bar-focused { color: $primary; text-style: bold; }
        & > .roster--heading { color: $text-primary; text-style: bold; }
        & > .roster--count { color: $text-muted; }
        & > .roster--handle { color: $text-muted; }
        & > .roster--school { color: $text-secondary; }
        & > .roster--waiting { color: $text-warning; text-style: bold; }
        & > .roster--greeted { color: $text-success; }
        & > .roster--quiet { color: $text-muted; text-style: italic; }
        & > .roster--hint { color: $text-muted; text-style: italic; }
        & > .roster--unnoticed { color: $text-warning; }
        & > .roster--star { color: $text-warning; text-style: bold; }
        & > .roster--beside { color: $text-accent; text-style: italic; }
        & > .roster--handled { text-style: bold; }
        & > .roster--handled-sign { background: $accent; color: $background; text-style: bold; }
    }
    """

    class Opened(Message):
        """Somebody wants to see all about a person, by their id (Enter, double click)."""

        def __init__(self, roster: "Roster", person: str) -> None:
            super().__init__()
            self.roster = roster
            self.person = person

        @property
        def control(self) -> "Roster":
            return self.roster

    class OfferTaken(Message):
        """Somebody clicked at what is offered above the people."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(partial(self.Opened, self), name=name, id=id, classes=classes)
        self._session = SessionState()
        self._now = 0
        self._people = RosterSections()
        self._pinned: Pin | None = None
        self._moved = False
        self._offer = ""

    def hide_credit(self) -> None:
        """Mark nobody who asks for credit: those who look on do not hear what moderators noted of it."""
        self._people.tells_credit = False

    def offer(self, words: str) -> None:
        """Say this before how many people there are; a click on it is told by `OfferTaken`."""
        self._offer = words
        self._show_count()

    def show(self, state: SessionState, now: int, changed: Collection[str] | None = None) -> None:
        """Show who is here at this moment (UTC milliseconds).

        `changed` are the ids of those to whom something happened since the last time, None is everybody.
        """
        self._session = state
        self._now = now
        waits = not self._moved and not self.has_focus
        if not waits:
            self._pin()
        people = self._people
        people.update(state, now, changed, None if waits else self._pinned)
        self.show_rows(people, people.key(1) if waits and len(people) else None)
        self._pin()
        self._show_count()

    def _show_count(self) -> None:
        people = self._people
        new = counted(people.new, " · {n} new", " · {n} new") if people.new and not self._session.first else ""
        offer = f"{self._offer} · " if self._offer else ""
        done = "" if not people.schools else "".join(f" · #{tag} {number:,}" for tag, number in people.done.items())
        self.show_title(
            _("{offer}People {people:,}{new}{done}").format(offer=offer, people=people.people, new=new, done=done)
        )

    def on_click(self, event: events.Click) -> None:
        if self._offer and event.y == 0:
            event.stop()
            self.post_message(self.OfferTaken())

    @property
    def to_greet(self) -> int:
        """How many wait to be greeted."""
        return self._people.to_greet

    def lay_out(self) -> None:
        self._people.schools = self.content_size.width >= SCHOOLS_FROM
        super().lay_out()

    def moved_by_hand(self) -> None:
        self._moved = True
        self.call_later(lambda: self.show(self._session, self._now, ()))

    def _pin(self) -> None:
        """Remember under which heading the person under the cursor stands, as long as it is the same person."""
        person = self._session.people.get(self.cursor or "")
        if person is None:
            self._pinned = None
        elif self._pinned is None or self._pinned[0] != person.author.id:
            self._pinned = (person.author.id, section_of(self._session, person))
