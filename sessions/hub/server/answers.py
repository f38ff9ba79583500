"""Answers to commands of which no event tells: what came to nothing is answered as the first time too."""

from collections import OrderedDict

from sessions.core.commands import Command, Refusal

REMEMBERED = 1000
"""Refusals that are kept: many times what the desks of a chat can ask for while a request of theirs is on its way."""


class Answers:
    """What commands were answered that changed nothing or were refused, for requests that arrive twice.

    A request may arrive a second time after its desk was answered, and whatever it asks for may be possible by then:
    what was refused must not be done behind the back of whoever was told so.
    """

    def __init__(self) -> None:
        self._unchanged: dict[str, int] = {}
        self._refused: OrderedDict[str, tuple[str, Command, Refusal]] = OrderedDict()

    def seq(self, command: str) -> int | None:
        """The seq that the command with this id was answered with which changed nothing."""
        return self._unchanged.get(command)

    def refusal(self, command: Command, by: str) -> Refusal | None:
        """With what this very command of this moderator was refused."""
        known = self._refused.get(command.id)
        return known[2] if known is not None and known[:2] == (by, command) else None

    def note_unchanged(self, command: str, seq: int) -> None:
        """A command changed nothing and is answered with this seq."""
        self._unchanged[command] = seq

    def note_refused(self, command: Command, by: str, refusal: Refusal) -> None:
        """A command was refused."""
        self._refused[command.id] = by, command, refusal
        if len(self._refused) > REMEMBERED:
            self._refused.popitem(last=False)

    def forget(self, command: str) -> None:
        """The command with this id was not refused after all: what spoke against it was never saved."""
        self._refused.pop(command, None)

    def forget_behind(self, seq: int) -> None:
        """What came behind this seq was never saved, and nothing was answered that rests upon it."""
        self._unchanged = {command: at for command, at in self._unchanged.items() if at <= seq}
