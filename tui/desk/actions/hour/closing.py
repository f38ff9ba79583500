"""The end of the chat: what is left to do is told before it, and what comes next after it."""

from collections.abc import Awaitable, Callable, Mapping

from textual.content import Content

from sessions.core.commands import RECAP, Close
from sessions.words import _
from tui.desk.actions.hour.ending import LINES, Ending, ending, untold
from tui.desk.port import DeskPort
from tui.desk.sending.commands import command_id
from tui.dialogs.choose import Choice, ChooseDialog
from tui.shell.actions import Handler
from tui.text.styles import MUTED
from tui.text.wording import counted
from tui.widgets.answers.pane_filter import PaneFilter

RECAP_TOLD = "recap told"  # words: a key

_NEXT = _("what comes next")
"""The key under which the line after the end is dismissed."""


class ClosingActions:
    """The action "End the chat".

    `post_line` posts a line of the script by its key, `announce` tells people elsewhere a subject, `recap` makes the
    recap; `show_people` goes to who is to be greeted, None where there is no such place.
    """

    def __init__(
        self,
        port: DeskPort,
        post_line: Callable[[str], Awaitable[None]],
        announce: Callable[[str], Awaitable[None]],
        recap: Callable[[], None],
        show_people: Callable[[], None] | None,
    ) -> None:
        self._port = port
        self._post_line = post_line
        self._announce = announce
        self._recap = recap
        self._show_people = show_people

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"close": self.close}

    def close(self) -> None:
        """Tell how the chat stands, and end it for everybody where that is wanted."""
        if not self._port.not_driver():
            self._port.start(self._close)

    async def _close(self) -> None:
        found = ending(self._port.model.state)
        wanted = await self._port.ask(ChooseDialog(_title(found), self._choices(found), chosen="go on"))  # words: a key
        if wanted in ("end", "recap"):
            if await self._port.sent(Close(id=command_id())) and wanted == "recap":
                self._recap()
        elif wanted == "greet" and self._show_people is not None:
            self._show_people()
        elif wanted == "guesses":
            self._port.panes.show_answers(PaneFilter("guesses"))
        elif wanted == RECAP_TOLD:
            await self._announce(RECAP)
        elif wanted in LINES:
            await self._post_line(wanted)

    def _choices(self, found: Ending) -> list[Choice]:
        """What can be done, the harmless first."""
        script = self._port.key_of("script")
        offered = [("go on", _("Go on"), "")]  # words: the first of them is a key
        if found.to_greet and self._show_people is not None:
            offered.append(
                (
                    "greet",
                    _("Show the {newcomers} to greet").format(
                        newcomers=counted(found.to_greet, "{n} newcomer", "{n} newcomers")
                    ),
                    "",
                )
            )
        if found.guesses:
            offered.append(
                (
                    "guesses",
                    _("Show the {guesses}").format(guesses=counted(found.guesses, "{n} guess", "{n} guesses")),
                    "",
                )
            )
        offered += [(key, _("Post {lines}").format(lines=LINES[key]), f"  {script}") for key in found.unposted]
        if found.untold:
            key = f"  {self._port.key_of('announce')}"
            offered.append(
                (RECAP_TOLD, _("Tell {names} where the recap is").format(names=_(" and ").join(found.untold)), key)
            )
        offered += [
            ("recap", _("End it and make the recap"), f"  {self._port.key_of('recap')}"),
            ("end", _("End it"), ""),
        ]
        return [
            Choice(value, Content.assemble(words, (key, MUTED)), key.strip() or words) for value, words, key in offered
        ]

    def tick(self) -> None:
        """After the end, show what comes next."""
        model = self._port.model
        if model.state.closed_at is not None and not model.observes:
            self._port.panes.notice.show_prompt(_NEXT, self._next())

    def _next(self) -> str:
        if self._port.model.state.rehearsal:
            return _("That was a rehearsal. `lunchroom new` writes a plan, `lunchroom host PLAN` runs the chat.")
        recap = self._port.key_of("recap")
        if self._port.model.state.channel:
            return _("This month is over. {recap} makes its digest, `lunchroom channel` goes on with the next.").format(
                recap=recap
            )
        told = _(", `lunchroom announce` tells where it is") if untold(self._port.model.state) else ""
        return _(
            "Next: {recap} makes the recap{told}, `lunchroom new --like latest` writes the plan of the next chat."
        ).format(recap=recap, told=told)


def _title(found: Ending) -> Content:
    lines = (*found.words, _("It ends for both moderators, and that cannot be undone."))
    return Content.assemble(_("End the chat?\n"), *((f"\n{line}", "$foreground not bold") for line in lines))
