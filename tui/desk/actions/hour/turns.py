"""Whose turn a question is: giving it, and telling whose is the next. A turn keeps nobody from asking."""

from collections.abc import Mapping
from dataclasses import replace

from sessions.core.commands import GiveTurn
from sessions.core.plan.turns import same_name
from sessions.core.state import SessionState
from sessions.words import _
from tui.desk.model.desk import Change
from tui.desk.port import DeskPort
from tui.desk.sending.commands import command_id
from tui.shell.actions import Handler

NOBODY = "nobody"  # words: what is typed
"""What is typed to take a turn away."""


class TurnActions:
    """The action "Give a question to the other moderator"; also says whose turn is next when a question opens."""

    def __init__(self, port: DeskPort) -> None:
        self._port = port
        self._open: str | None = None

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"give_turn": self.give}

    def give(self) -> None:
        """Give the question under the cursor of the queue, else the next one, to the next of the others, at last to
        nobody."""
        state = self._port.model.state
        pointed = self._port.aim.question
        question = pointed if pointed in state.questions else state.next_question()
        if question is None:
            self._port.say(_("No question is waiting."))
            return
        others = others_to_ask(state, self._port.model.me)
        turn = state.questions[question].turn
        if not others and not turn:
            self._port.say(_("There is nobody else to ask it, neither here nor in the plan."))
            return
        place = next((n for n, name in enumerate(others) if same_name(name, turn)), -1)
        to = others[place + 1] if place + 1 < len(others) else None
        self._port.send(GiveTurn(id=command_id(), question=question, moderator=to))

    def called(self, name: str) -> list[str]:
        """Those who can ask a question and are called so, this moderator among them; `nobody` is one of them."""
        model = self._port.model
        every = [model.me, *others_to_ask(model.state, model.me), NOBODY]
        whole = [one for one in every if same_name(one, name)]
        return whole or [one for one in every if one.casefold().startswith(name.casefold())]

    def give_to(self, question: str | None, moderator: str | None) -> None:
        """Give this question, else the next one, to this moderator, or to nobody."""
        question = question or self._port.model.state.next_question()
        if question is None:
            self._port.say(_("No question is waiting."))
        else:
            self._port.send(GiveTurn(id=command_id(), question=question, moderator=moderator))

    def with_turn(self, change: Change) -> Change:
        """The same change, that a question was opened told together with whose turn is next."""
        model = self._port.model
        before, self._open = self._open, model.state.open
        if before == self._open or self._open is None or not (change.said or change.told):
            return change
        words = next_turn(model.state, model.me, self._port.key_of("take_driver"))
        if not words:
            return change
        if change.said:
            return replace(change, said=(*change.said[:-1], f"{change.said[-1]}. {words}"))
        return replace(change, told=(*change.told[:-1], f"{change.told[-1]}. {words}"))


def others_to_ask(state: SessionState, me: str) -> list[str]:
    """The names of others who could ask: the moderators who are here, then the hosts of the plan."""
    here = [one.name for one in state.moderators.values() if one.here and one.scope == "moderator"]
    hosts = [] if state.plan is None else [host.name for host in state.plan.hosts]
    names = {name.casefold(): name for name in reversed((*here, *hosts)) if not same_name(name, me)}
    return list(reversed(names.values()))


def next_turn(state: SessionState, me: str, key: str) -> str:
    """Whose turn the next question is, as a sentence, with the `key` that takes over asking for whom it helps; empty
    where it is nobody's."""
    upcoming = state.next_question()
    turn = state.questions[upcoming].turn if upcoming is not None else ""
    if upcoming is None or not turn:
        return ""
    name = state.questions[upcoming].name
    if not same_name(turn, me):
        return _("{name} is {turn}'s turn.").format(name=name, turn=turn)
    return (
        _("{name} is your turn.").format(name=name)
        if state.roles["driver"] == me
        else _("{name} is your turn: {key} takes over.").format(name=name, key=key)
    )
