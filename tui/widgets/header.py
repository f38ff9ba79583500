"""The first line of the desk: which chat this is, who does what, and whether posts come in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from textual.content import Content

from sessions.core.state import SessionState
from sessions.words import _
from tui.text.outside import cell_len, clean_line, outside_line
from tui.text.sources import health, in_brief
from tui.widgets.lines.given_size import GivenSize

NAMED_ONLOOKERS = 2
"""People looking on up to which each is named."""

LEAST_TITLE = 8
"""Cells below which the title is left out."""

LEAST_PEOPLE = 12
"""Cells below which nobody is named."""


@dataclass(frozen=True)
class LinkState:
    """How this desk stands with the hub.

    `away` says how it fares while it does not answer, longest first, and is empty else; `me` is who sits here, and
    `trouble` is what goes wrong at the hub itself ("the disk is full"), in words to act on; empty if nothing does.
    `onlookers` are the names of those who look on now, `absent` of moderators who are not heard of. `catching_up` says
    how far this desk is with what it lacks. `replayed` says that this is a saved chat, `now` what time it is there (UTC
    milliseconds, None where it stands). `sources_key` shows all that is known of the sources. `where` tells of other
    moderators by their names at which pane they are and what they write (`at people, writing to Tom`), `writing` the
    latter alone.
    """

    away: tuple[str, ...] = ()
    me: str = ""
    trouble: str = ""
    replayed: bool = False
    now: int | None = None
    sources_key: str = ""
    onlookers: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    catching_up: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    writing: Mapping[str, str] = field(default_factory=dict)


class DeskHeader(GivenSize):
    """One line: `#navasotaisd  Stations that work      Ana asks · Ben greets     mastodon ok · bluesky 3 s`.

    What does not fit is cut from the title first, then from the sources; trouble comes before everything. At which pane
    the others are is told where the title leaves room for it, what they write also in place of the title.
    """

    DEFAULT_CSS = """
    DeskHeader {
        height: 1;
        padding: 0 1;
        background: $primary-background;
        color: $text;
        &.-offline { background: $warning-muted; color: $text-warning; }
        &.-trouble { background: $error-muted; color: $text-error; }
    }
    """

    ALLOW_SELECT = False

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._session = SessionState()
        self._link = LinkState()
        self._drawn: Content | None = None
        self._sources_cells = 0

    def show(self, state: SessionState, link: LinkState) -> None:
        """Show the state and how the connection stands."""
        self._session = state
        self._link = link
        self.set_class(bool(link.away), "-offline")
        self.set_class(bool(link.trouble), "-trouble")
        if self._line() != self._drawn:
            self.refresh(layout=False)

    def render(self) -> Content:
        """The line in the width there is."""
        self._drawn = self._line()
        return self._drawn

    def _line(self) -> Content:
        width = self.content_size.width
        plan = self._session.plan
        tag = outside_line(" ".join(f"#{tag}" for tag in plan.hashtags[:1]) if plan else "", max(8, width // 4), "bold")
        if self._session.rehearsal:
            tag = Content.assemble(tag, (_("  rehearsal"), "italic"))
        if self._link.replayed:
            tag = Content.assemble((_("replay"), "reverse"), " ", tag)
        title = plan.title if plan else ""
        beside = width - tag.cell_length - 4
        right = self._right(beside if self._link.away else width)
        least = beside if self._link.away else width // 2 if self._link.trouble else width // 3
        room = width - tag.cell_length - 6
        whole = room - right.cell_length - cell_len(clean_line(title))
        people = outside_line(self._people_within(whole, room - min(right.cell_length, least)), width)
        if tag.cell_length + cell_len(clean_line(title)) + people.cell_length + right.cell_length + 6 > width:
            right = self._right(least)
        self._sources_cells = right.cell_length
        room = width - tag.cell_length - right.cell_length - 4
        if people.cell_length > room:
            people = outside_line(self._people({}, short=True) if room >= LEAST_PEOPLE else "", max(0, room))
        room -= people.cell_length + 2
        left = Content.assemble(tag, "  ", outside_line(title, room)) if title and room >= LEAST_TITLE else tag
        free = max(0, width - left.cell_length - people.cell_length - right.cell_length)
        before = free * 2 // 3 if right.cell_length else free
        return Content.assemble(left, " " * before, people, " " * (free - before), right)

    def _people_within(self, room: int, most: int) -> str:
        """Who is here and where, within `room` cells, or what they write alone, within `most`; else only who."""
        for where, cells in ((self._link.where, room), (self._link.writing, max(room, most))):
            words = self._people(where, short=False) if where else ""
            if words and cell_len(words) <= cells:
                return words
        return self._people({}, short=False)

    def _people(self, where: Mapping[str, str], *, short: bool) -> str:
        """Who holds the roles, and who else is here; behind each what `where` tells of them."""
        state = self._session
        driver, greeter = state.roles["driver"], state.roles["greeter"]
        words = []
        if state.channel:
            words.append(
                _at(_("{known_as} greets").format(known_as=self._known_as(greeter)), where.get(greeter))
                if greeter
                else _("nobody greets")
            )
            return " · ".join(words if short else [*words, *self._looking_on(), *self._others((greeter,), where)])
        if driver is None and greeter is None and (self._link.replayed or not state.seq):
            pass  # an imported chat never had roles, and of a chat that was not heard yet nothing is known
        elif driver is not None and driver == greeter:
            words.append(
                _at(_("{known_as} asks and greets").format(known_as=self._known_as(driver)), where.get(driver))
            )
        else:
            words.append(
                _at(_("{known_as} asks").format(known_as=self._known_as(driver)), where.get(driver))
                if driver
                else _("nobody asks")
            )
            words.append(
                _at(_("{known_as} greets").format(known_as=self._known_as(greeter)), where.get(greeter))
                if greeter
                else _("nobody greets")
            )
        if short:
            return " · ".join(words)
        return " · ".join((*words, *self._looking_on(), *self._others((driver, greeter), where)))

    def _others(self, besides: Collection[str | None], where: Mapping[str, str]) -> list[str]:
        """The moderators who are here without any of the roles that are told."""
        here = [
            one.name
            for one in self._session.moderators.values()
            if one.here and one.name not in self._link.absent and one.scope == "moderator" and one.name not in besides
        ]
        word = "" if self._session.channel else _(": no role")
        return [_at(f"{self._with_me(name)}{word}", where.get(name)) for name in here]

    def _looking_on(self) -> list[str]:
        """Who only looks: the chats of earlier versions have them among the moderators."""
        before = (one.name for one in self._session.moderators.values() if one.here and one.scope == "observer")
        names = dict.fromkeys((*before, *self._link.onlookers))
        if len(names) > NAMED_ONLOOKERS:
            return [_("{names} view only").format(names=len(names))]
        return [_("{with_me}: view only").format(with_me=self._with_me(name)) for name in names]

    def _with_me(self, name: str) -> str:
        return _("{name} (you)").format(name=clean_line(name)) if name == self._link.me else clean_line(name)

    def _known_as(self, name: str) -> str:
        moderator = self._session.moderators.get(name)
        away = name in self._link.absent or (moderator is not None and not moderator.here)
        return _("{name} (away)").format(name=clean_line(name)) if away else clean_line(name)

    def _right(self, width: int) -> Content:
        if self._link.trouble:
            return outside_line(f"! {self._link.trouble}", width, "bold")
        if self._link.away:
            fitting = [words for words in self._link.away if cell_len(words) + 2 <= width]
            return outside_line(f"! {(*fitting, self._link.away[-1])[0]}", width, "bold")
        if self._link.catching_up:
            return outside_line(self._link.catching_up, width, "bold")
        sources = self._session.sources
        key = self._link.sources_key
        words = " · ".join(health(self._session, name, self._link.now, key) for name in sources)
        if cell_len(words) > width:
            words = " · ".join(health(self._session, name, None) for name in sources)
        if cell_len(words) > width:
            words = in_brief(self._session)
        return outside_line(words, width)

    def sources_at(self, x: int) -> bool:
        """Whether the sources stand in this cell of the line."""
        return x >= self.size.width - 1 - self._sources_cells


def _at(words: str, where: str | None) -> str:
    return f"{words}, {where}" if where else words
