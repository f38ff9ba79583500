"""What both moderators share: taking back, the log, roles, notes, the invite."""

from collections.abc import Mapping
from functools import partial

from textual.content import Content

from sessions.core.commands import Note, ReleaseRole, TakeRole, Undo, done_as_one, latest_own, why_not_undoable
from sessions.core.events import QuestionAsked, Role
from sessions.words import _
from tui.desk.dialogs.log import LogDialog
from tui.desk.dialogs.write_note import NoteDialog
from tui.desk.keys import DESK
from tui.desk.model.log_words import ROLES, STAYS, named
from tui.desk.model.several_words import several_words
from tui.desk.port import DeskPort
from tui.desk.sending.commands import command_id
from tui.dialogs.choose import Choice, ChooseDialog
from tui.dialogs.show_text import ShowTextDialog
from tui.shell.actions import Handler
from tui.text.outside import clean_line


class TogetherActions:
    """The actions under the heading "Together" that need nothing but the hub."""

    def __init__(self, port: DeskPort, invitation: str = "") -> None:
        self._port = port
        self._invitation = invitation
        self._told: set[int] = set()
        """The seqs of shares of which was told that they stay public."""

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {
            "log": self.show_log,
            "take_driver": lambda: self.take("driver"),
            "take_greeter": lambda: self.take("greeter"),
            "note": self.write_note,
            "invite": self.show_invite,
        }

    def undo_latest(self) -> None:
        """Take one's own latest action back."""
        model = self._port.model
        seq = latest_own(model.state, model.me)
        if (public := self._public_since(seq or 0)) is not None:
            self._told.add(public)
            again = (
                ""
                if seq is None
                else _("{undo_key} again takes back what was before it.").format(undo_key=self._port.key_of("undo"))
            )
            self._port.start(partial(self._tell_public, public, again))
        elif seq is None:
            log = self._port.key_of("log")
            self._port.say(
                _("There is nothing of yours to take back. {log} shows what the moderators did.").format(log=log)
            )
        else:
            self._undo(seq)

    async def _tell_public(self, seq: int, again: str) -> None:
        """Tell how a share that is public is removed, with the address to go to."""
        state = self._port.model.state
        posting = state.postings[state.shares[seq].key]
        words = clean_line(why_not_undoable(state, seq).removesuffix(f": {posting.url}"))
        dialog = ShowTextDialog(_("It is public"), clean_line(posting.url or ""), f"{words}. {again}".strip())
        await self._port.ask(dialog)

    def _public_since(self, seq: int) -> int | None:
        """The seq of one's own share behind this one that is public for good, if that was not told yet."""
        model = self._port.model
        shares = [one for one in model.state.shares.values() if one.by == model.me and one.seq > seq]
        latest = shares[-1].seq if shares else None
        return latest if latest is not None and latest not in self._told else None

    def _undo(self, seq: int) -> None:
        if self._port.send(Undo(id=command_id(), seq=seq)) is None:
            return
        state, me = self._port.model.state, self._port.model.me
        action = state.actions[seq].event
        whole = [state.actions[one].event for one in done_as_one(state, seq)]
        words = _("Taking back: {named} {several}.").format(
            named=named(action.by, me), several=several_words(state, whole, me)
        )
        self._port.say(f"{words} {STAYS}" if isinstance(action, QuestionAsked) else words)

    def show_log(self) -> None:
        """Show what the moderators did."""
        self._port.start(self._show_log)

    async def _show_log(self) -> None:
        model = self._port.model
        seq = await self._port.ask(LogDialog(model, undo_key=self._port.key_of("undo")))
        if seq is not None and seq in model.state.actions:
            self._undo(seq)

    def write_note(self) -> None:
        """Write to the other moderator."""
        self._port.start(self._write_note)

    async def _write_note(self) -> None:
        model = self._port.model
        others = [m.name for m in model.state.moderators.values() if m.name != model.me and m.scope == "moderator"]
        to = clean_line(_(" and ").join(others)) or _("the other moderator")
        example = _("Can you greet who is new today?") if model.state.channel else _("One more minute for this one?")
        text = await self._port.ask(NoteDialog(Content(_("A note to {to}").format(to=to)), model.drafts, example))
        if text and await self._port.sent(Note(id=command_id(), text=text)):
            model.drafts.note = ""

    def show_invite(self) -> None:
        """Show what the other moderator types to sit down too."""
        if self._invitation and not self._port.model.observes:
            self._port.start(self._show_invite)
        else:
            away = self._port.key_of("invite_away")
            there = _("This desk is in another home: press {away} to invite somebody elsewhere.").format(away=away)
            self._port.say(_("Only a moderator has the invite.") if self._port.model.observes else there)

    async def _show_invite(self) -> None:
        words = _(
            "Under this account of this computer `lunchroom join` is enough. Under another account: `lunchroom join`, "
            "then paste this line. Whoever has it can moderate."
        )
        await self._port.ask(ShowTextDialog(_("Invite the other moderator"), self._invitation, words))

    def choose_role(self) -> None:
        """Choose which role to take over, or to hand over."""
        self._port.start(self._choose_role)

    async def _choose_role(self) -> None:
        roles: dict[str, Role] = {"take_driver": "driver", "take_greeter": "greeter"}
        choices = [Choice(name, Content(DESK.by_name[name].title)) for name in roles]
        chosen = await self._port.ask(ChooseDialog(_("Who does what?"), choices))
        if chosen is not None:
            self.take(roles[chosen])

    def take(self, role: Role) -> None:
        """Take a role over, or hand it over."""
        if self._port.model.holds(role):
            self._port.send_later(
                _("Handing over {roles}").format(roles=ROLES[role]), ReleaseRole(id=command_id(), role=role)
            )
        else:
            self._port.send_later(
                _("Taking over {roles}").format(roles=ROLES[role]), TakeRole(id=command_id(), role=role)
            )
