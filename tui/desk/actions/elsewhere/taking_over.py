"""Going on with the chat when the hub's computer dies, and going over to where somebody else went on."""

from collections.abc import Callable, Mapping

from sessions.hub.client.going_on import GoingOn, Reach, Successor
from sessions.words import _, ngettext
from tui.desk.actions.elsewhere.reach import lacking, with_sources
from tui.desk.port import ChatPort
from tui.shell.actions import Handler
from tui.text.outside import clean_line

Later = Callable[[str, Callable[[], None]], None]
"""Does something after a moment in which it can be taken back; the words say what."""


class TakingOverActions:
    """The action "Take the chat over", and telling when there is something to take over."""

    def __init__(self, port: ChatPort, successor: Successor | None, later: Later) -> None:
        self._port = port
        self._successor = successor
        self._later = later
        self._told = GoingOn("none")
        self._acting = False
        if successor is not None:
            successor.notify_with(self._tell)

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"take_over": self.take_over}

    def take_over(self) -> None:
        """Go on from here, or go over, after a moment."""
        if self._port.model.observes:
            self._port.say(_("You are looking on: only moderators can do that."))
            return
        now = GoingOn("none") if self._successor is None else self._successor.now()
        if now.can == "none":
            self._port.say(_ready(now))
        elif now.can == "go_over":
            self._later(_("Going over to {whose}").format(whose=_whose(now)), self._act)
        else:
            self._later(_("Taking the chat over"), self._act)

    def tick(self) -> None:
        """Tell once what can be done, when that changes."""
        now = GoingOn("none") if self._successor is None else self._successor.now()
        self._port.model.can_go_on = now.can != "none"
        if (now.can, now.by) != (self._told.can, self._told.by) and not self._acting:
            self._told = now
            key = self._port.key_of("take_over")
            if now.can == "take_over":
                words = _("{key} goes on from here{lacking}: {gone}").format(
                    key=key, lacking=lacking(now.own), gone=_gone(now)
                )
                self._port.say(clean_line(words), warn=True, stays=True)
            elif now.can == "go_over":
                self._port.say(
                    clean_line(
                        _("{key} goes to {whose}, {elsewhere}").format(
                            key=key, whose=_whose(now), elsewhere=_elsewhere(now)
                        )
                    ),
                    warn=True,
                    stays=True,
                )

    def _act(self) -> None:
        if not self._acting:
            self._port.start(self._run)

    async def _run(self) -> None:
        successor = self._successor
        if successor is None:
            return
        self._acting, took_over = True, successor.now().can == "take_over"
        try:
            self._port.say(_("Taking over …"), stays=True)
            words = await successor.act()
        finally:
            self._acting = False
        if words and took_over and successor.now().can == "none":
            words = f"{words}{self._roles_to_take()}"
        if words:
            self._port.say(clean_line(words), stays=True)

    def _roles_to_take(self) -> str:
        """How to take the roles that somebody else has, who may be gone with the computer."""
        model = self._port.model
        ways = {
            "driver": _("{take_driver_key} asking").format(take_driver_key=self._port.key_of("take_driver")),
            "greeter": _("{take_greeter_key} greeting").format(take_greeter_key=self._port.key_of("take_greeter")),
        }
        held = [way for role, way in ways.items() if model.state.roles[role] not in (None, model.me)]
        return _(" If who had them is gone: {and_}.").format(and_=_and(held)) if held else ""

    def _tell(self, words: str) -> None:
        if self._port.is_running:
            self._port.say(clean_line(words), stays=True)


def _gone(now: GoingOn) -> str:
    how = _("could not save anything for") if now.answers else _("has been silent for")
    who = [f"{name}{with_sources(_reach(now, name))}" for name in now.others]
    others = _(" {and_} could, too.").format(and_=_and(who)) if who else ""
    return _("the chat's computer {how} {seconds:.0f} s.{others}").format(how=how, seconds=now.seconds, others=others)


def _ready(now: GoingOn) -> str:
    who = [_("this one{with_sources}").format(with_sources=with_sources(now.own))] if now.ready else []
    who += [
        _("{name}'s{with_sources}").format(name=name, with_sources=with_sources(_reach(now, name)))
        for name in now.others
    ]
    if not who:
        return _("The chat's computer answers. Nobody else has a copy to go on with yet.")
    if any(map(with_sources, (now.own, *now.reach))):
        return clean_line(
            _("If it died, {and_} could go on.").format(and_=_and(who))
        )  # short: at the end lines are cut
    return clean_line(_("The chat's computer answers. If it died, {and_} could go on.").format(and_=_and(who)))


def _reach(now: GoingOn, name: str) -> Reach | None:
    return next((one for one in now.reach if one.name == name), None)


def _elsewhere(now: GoingOn) -> str:
    return ngettext(
        "where the chat is now; {n} thing done here meanwhile stays only here.",
        "where the chat is now; {n} things done here meanwhile stay only here.",
        now.only_here,
    ).format(n=now.only_here)


def _whose(now: GoingOn) -> str:
    return _("{by}'s computer").format(by=now.by) if now.by else _("another computer")


def _and(names: "list[str] | tuple[str, ...]") -> str:
    *most, last = names
    return _("{most} and {last}").format(most=", ".join(most), last=last) if most else last
