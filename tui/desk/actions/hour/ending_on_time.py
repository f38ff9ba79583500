"""The action "End on time": what is left of the hour is shared among the questions that wait."""

from collections.abc import Mapping

from sessions.core import clock
from sessions.core.commands import Refused, ShareMinutes, shared_minutes
from sessions.words import _
from tui.desk.port import DeskPort
from tui.desk.sending.commands import command_id
from tui.shell.actions import Handler
from tui.text.wording import clock_time, length, zone_of
from tui.widgets.hour.saying import ON_TIME


class EndingOnTime:
    """Shares what is left, and says in the palette until when and how late it is."""

    def __init__(self, port: DeskPort) -> None:
        self._port = port

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"end_on_time": self.end_on_time}

    @property
    def title(self) -> str:
        """The action's title with the time at which the chat is meant to end."""
        return _("End at {end} sharp").format(end=self._end())

    @property
    def late(self) -> str:
        """How far the hour is behind, as a sentence; empty where it is not, or where this moderator cannot help it."""
        model = self._port.model
        state = model.state
        waits = state.closed_at is None and state.next_question() is not None and not clock.is_slow(state)
        behind = clock.over_under(state, model.now()) if waits and model.holds("driver") else 0
        return _("The chat is {length} behind.").format(length=length(behind)) if behind >= ON_TIME else ""

    def end_on_time(self) -> None:
        """Share what is left until the planned end, or say why that does not fit and what would."""
        model = self._port.model
        if self._port.not_driver():
            return
        try:
            shared_minutes(model.state, model.now())
        except Refused as refused:
            helps = model.state.next_question() is not None
            key = self._port.key_of("skip" if helps else "add_question")
            self._port.say(
                (_("{refused} {key} skips the next one.") if helps else _("{refused} {key} adds one.")).format(
                    refused=refused, key=key
                ),
                warn=helps,
            )
            return
        self._port.send(ShareMinutes(id=command_id()))

    def _end(self) -> str:
        state = self._port.model.state
        return clock_time(clock.planned_end(state), zone_of(state.plan))
