"""What one types to act at a live desk, beyond what an action of the desk does by itself."""

import re
from collections.abc import Callable, Mapping

from sessions.core.commands import RECAP, REMINDER
from sessions.core.state import SessionState
from sessions.words import _
from tui.desk.actions.hour.turns import NOBODY
from tui.desk.actions.live import LiveActions
from tui.desk.aim import Aim
from tui.desk.sending.commands import Commands
from tui.plain.chat import PlainPort
from tui.plain.targets import Unclear, find_person, find_question, listed
from tui.plain.told.telling import named
from tui.plain.typed.interpreting import Does, Interpreter

FIELDS = re.compile(r"^(.*?)\s+((?:school|level|groups)\b.*)$", re.IGNORECASE)


class Acting:
    """The words of a live desk that take more than the desk's keys do."""

    def __init__(
        self, port: PlainPort, words: Interpreter, live: LiveActions, commands: Commands, send_now: Callable[[], object]
    ) -> None:
        self._port = port
        self._words = words
        self._live = live
        self._commands = commands
        self._send_now = send_now

    def handlers(self) -> Mapping[str, Does]:
        """What does each of these words."""
        return {
            "ask": self._ask,
            "move": self._move,
            "post": self._post,
            "announce": self._announce,
            "turn": self._turn,
            "tag": self._tag,
            "send": lambda _rest: self._send(),
            "dismiss": lambda _rest: self._dismiss(),
        }

    @property
    def _state(self) -> SessionState:
        return self._port.model.state

    def _ask(self, rest: str) -> None:
        question = find_question(self._state, rest)
        stands = self._state.question_state(question)
        if stands == "asked":
            raise Unclear(_("{question} is open already.").format(question=named(self._state, question)))
        if stands == "skipped":
            raise Unclear(
                _("{question} is skipped. skip {typed} brings it back.").format(
                    question=named(self._state, question), typed=rest
                )
            )
        self._on_card(question, "ask")

    def _move(self, rest: str) -> None:
        label, __, way = rest.rpartition(" ")
        ways = {"up": "earlier", "down": "after"}
        if way not in ways:
            raise Unclear(_("Up or down? Such as: move 3 up"))
        self._on_card(find_question(self._state, label), ways[way])

    def _on_card(self, question: str, choice: str) -> None:
        self._words.begin(lambda: self._live.questions.open_card(question), choice)

    def _turn(self, rest: str) -> None:
        """`turn 3 ben`, `turn ben`, `turn 3 nobody`; without a name the next of those who can ask it."""
        label, __, name = rest.partition(" ")
        question = None
        try:
            question = find_question(self._state, label) if label else None
        except Unclear:
            if name or not self._live.turns.called(rest):
                raise
            name = rest
        if not name:
            self._words.run(self._port.vocabulary.word("turn"), "give_turn", Aim(question=question))
            return
        to = self._live.turns.called(name)
        if len(to) != 1:
            raise Unclear(
                _("Which of them: {names}?").format(names=listed(to))
                if to
                else _("Nobody called {name} can ask it.").format(name=name)
            )
        self._live.turns.give_to(question, None if to[0] == NOBODY else to[0])

    def _post(self, rest: str) -> None:
        open_ = self._state.open
        if rest and "question".startswith(rest.casefold()) and open_ is not None:
            rest = named(self._state, open_)
        self._words.run(self._port.vocabulary.word("post"), "script", given=rest)

    def _announce(self, rest: str) -> None:
        """`announce 2`, `announce recap https://...`: what it is, and behind it the words or the address."""
        what, __, words = rest.partition(" ")
        if what and not any(name.startswith(what.casefold()) for name in (REMINDER, RECAP)):
            what = named(self._state, find_question(self._state, what))
        self._words.run(self._port.vocabulary.word("announce"), "announce", given=f"{what} {words}".strip())

    def _send(self) -> None:
        if self._commands.waiting:
            self._send_now()
        else:
            self._port.say(_("Nothing waits to be sent."))

    def _dismiss(self) -> None:
        if self._commands.drop():
            self._port.say(_("Taken back; nothing was sent."))
        elif self._port.panes.notice.dismiss_one():
            self._port.say(_("It is not offered again."))
        else:
            self._port.say(_("Nothing is offered."))

    # People

    def _tag(self, rest: str) -> None:
        parts = FIELDS.match(rest)
        if parts is None:
            raise Unclear(_("What is noted? Such as: tag merle school Lincoln"))
        person = find_person(self._state, parts[1], self._port.numbers)
        self._words.run(self._port.vocabulary.word("tag"), "person", Aim(person=person, people=True), given=parts[2])
