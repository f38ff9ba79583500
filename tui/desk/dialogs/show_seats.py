"""Who sits where: each seat with its computer, the way to it, and since when."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from sessions.core.clock.face import clock_time, zone_of
from sessions.core.events import Scope
from sessions.hub.protocol.seats import SeatPath, SeatView
from sessions.words import _
from tui.desk.model.desk import DeskModel
from tui.desk.model.whereabouts import where_words
from tui.dialogs.dialog import Dialog
from tui.shell.workers import begin_work
from tui.text.outside import clean_line, outside
from tui.text.styles import MUTED
from tui.text.wrapping import wrap

CELLS = 62
"""Of a line below a name, in a window of 80 columns."""

LEARN_EVERY = 2.0
"""Seconds between two looks at who is there."""

Learn = Callable[[], Awaitable[Sequence[SeatView] | None]]
"""Gives the seats as they are now, None where nobody knows."""

_WHAT: dict[Scope, str] = {"moderator": _("moderates"), "observer": _("looks on")}
_WAYS: dict[str, str] = {
    "computer": _("same computer"),
    "network": _("same network"),
    "direct": _("direct"),
    "relay": _("through a relay"),
}


class SeatsDialog(Dialog[tuple[Literal["point", "take back"], SeatView]]):
    """Kept up to date while it is open. The result is what is to be done with which seat.

    `learn` is asked all the time; the cursor begins at the seat with the id `at`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("x,delete", "take_back", _("Take back"))]

    DEFAULT_CSS = """
    SeatsDialog OptionList { height: auto; max-height: 45vh; }
    """

    def __init__(self, model: DeskModel, seats: Sequence[SeatView], learn: Learn, *, at: str = "") -> None:
        super().__init__(_("Who sits where"), _("↑ ↓ choose · Esc closes"))
        self._model = model
        self.seats = seats
        self._learn = learn
        self._at = at

    def compose_inside(self) -> ComposeResult:
        yield OptionList(*(Option(self.words(seat), id=seat.id) for seat in self.seats), markup=False)
        yield Static(classes="words", id="why-not")
        with Horizontal(classes="buttons"):
            yield Button(Content(_("Close")), id="close")
            yield Button(Content(_("Take back (x)")), id="take-back")
            yield Button(Content(_("Show it there (Enter)")), id="point", variant="primary")

    def on_mount(self) -> None:
        """Show them, and go on asking."""
        options = self.query_one(OptionList)
        options.highlighted = next((i for i, seat in enumerate(self.seats) if seat.id == self._at), 0)
        options.focus()
        self.query_one("#why-not").display = False
        begin_work(self, self._keep_learning, description=_("asking who sits where"))

    async def _keep_learning(self) -> None:
        while True:
            await asyncio.sleep(LEARN_EVERY)
            seats = await self._learn()
            if seats is not None:
                self._show(seats)

    def _show(self, seats: Sequence[SeatView]) -> None:
        options = self.query_one(OptionList)
        same = [seat.id for seat in seats] == [seat.id for seat in self.seats]
        chosen = self._chosen()
        self.seats = seats
        if same:
            for seat in seats:
                options.replace_option_prompt(seat.id, self.words(seat))
            return
        options.clear_options()
        options.add_options([Option(self.words(seat), id=seat.id) for seat in seats])
        at = "" if chosen is None else chosen.id
        options.highlighted = next((i for i, seat in enumerate(seats) if seat.id == at), 0)

    def _chosen(self) -> SeatView | None:
        place = self.query_one(OptionList).highlighted
        return self.seats[place] if place is not None and place < len(self.seats) else None

    def words(self, seat: SeatView) -> Content:
        """Lines: who and what for, with what they do now, then where, by which way, since when."""
        you = _(" (you)") if seat.mine else ""
        gone = "" if seat.here else _(" · not at the desk now")
        told = [one for one in self._model.others if (one.name, "moderator") == (seat.name, seat.scope)]
        now = where_words(self._model.state, told[0]) if told else ""
        does = outside(f" · {now}" if now else "", MUTED)
        where = [clean_line(seat.computer)] if seat.computer else []
        where += [way_words(seat.path)] if seat.path is not None else []
        where += [_("in another home")] if seat.elsewhere and seat.path is None else []
        if seat.since is not None:
            where.append(
                _("since {clock_time}").format(clock_time=clock_time(seat.since, zone_of(self._model.state.plan)))
            )
        told_where = " · ".join(where) or _("where is not known")
        lines = (told_where[begin:end] for begin, end in wrap(told_where, CELLS))
        return Content.assemble(
            outside(clean_line(seat.name), "bold"), f"{you} {_WHAT[seat.scope]}{gone}", does,
            *(outside(f"\n  {line}", MUTED) for line in lines),
        )  # fmt: skip

    def action_take_back(self) -> None:
        """Leave with that, where it can be done."""
        seat = self._chosen()
        if seat is None or not self.is_current:
            return
        why = why_kept(seat)
        if not why:
            self.dismiss(("take back", seat))  # words: what is chosen
            return
        line = self.query_one("#why-not", Static)
        line.update(outside(why))
        line.display = True

    @on(OptionList.OptionSelected)
    def _point(self) -> None:
        seat = self._chosen()
        if seat is not None and self.is_current:
            self.dismiss(("point", seat))

    @on(Button.Pressed)
    def _choose(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "point":
                self._point()
            case "take-back":
                self.action_take_back()
            case _:
                self.dismiss(None)


def way_words(path: SeatPath) -> str:
    """By which way a desk is reached, and how long a word takes there and back."""
    return _WAYS[path.kind] + (_(", {max} ms").format(max=max(1, path.ms)) if path.ms is not None else "")


def why_kept(seat: SeatView) -> str:
    """Why a seat cannot be taken back; empty where it can."""
    if seat.mine:
        return _("That is your own seat. Leave the desk instead.")
    if not seat.elsewhere:
        return _("{name} sits at the chat's own computer, and could come back at once.").format(
            name=clean_line(seat.name)
        )
    return ""
