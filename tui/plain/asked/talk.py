"""Questions that one answers by typing. None of them blocks the words: whoever types another one goes on with that.

Only where a text is asked for every line is one. Behind another word an answer is asked for once more, with all that
was told before: what was asked a while ago and is forgotten must not take a `yes` that is meant for something else.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sessions.words import _

Put = Callable[[str], None]
"""Writes a line, from outside or not: the terminal makes it harmless."""

LEAVES = ("cancel", "no")
"""What leaves a question open."""


@dataclass
class Given:
    """What stands behind the word that began something, as far as no question has taken it yet."""

    rest: str = ""

    def take(self) -> str:
        """All of it; from then on there is nothing."""
        rest, self.rest = self.rest, ""
        return rest


GIVEN: ContextVar[Given] = ContextVar("given")
"""What was typed with the word whose work this task is; work that nobody typed a word for has none."""


class Way(NamedTuple):
    """One way to go on, of several: the result, what is said of it, and what one may type for it beside its number."""

    value: str
    words: str
    start: str = ""


_OTHER: Any = object()
"""A line that answers nothing."""

_MORE: Any = object()
"""A line that is a part of the answer."""

_AGAIN: Any = object()
"""A line that may be meant for something else: it is asked once more."""

_SHORT = ("yes", "y", "no", "n")


@dataclass
class _Question:
    """`accept` gives the answer that a line is, or `_OTHER`; `told` is what was read out, none where any line answers.

    `passed` says that a word was typed since that was read out.
    """

    accept: Callable[[str], Any]
    told: Sequence[str] = ()
    passed: bool = False
    asks: "asyncio.Task[Any] | None" = field(default_factory=asyncio.current_task)
    answer: "asyncio.Future[Any]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Talk:
    """Asks by `put`; `is_word` says whether a line is something that one types without having been asked."""

    def __init__(self, put: Put, is_word: Callable[[str], bool]) -> None:
        self.put = put
        self._is_word = is_word
        self._open: list[_Question] = []
        self.count = 0
        """How often something was asked."""
        self._asked = asyncio.Event()

    @property
    def is_open(self) -> bool:
        """Whether something is asked."""
        return bool(self._open)

    @property
    def waiting(self) -> set["asyncio.Task[Any] | None"]:
        """The work that waits for an answer."""
        return {question.asks for question in self._open if not question.answer.done()}

    async def asked(self, before: int) -> None:
        """Return once more has been asked than `before`."""
        while self.count <= before:
            self._asked.clear()
            await self._asked.wait()

    def answers(self, line: str) -> bool:
        """Take the line as the answer to what was asked last; whether it was one."""
        for question in reversed(self._open):
            answer = question.accept(line)
            if answer is _OTHER:
                continue
            if answer is _AGAIN or (question.passed and line.casefold() not in LEAVES):
                self._tell_again(question)
            elif answer is not _MORE:
                self._close(question, answer)
            return True
        return False

    def pass_by(self) -> None:
        """A word is typed beside what is asked."""
        for question in self._open:
            question.passed = bool(question.told)

    def _tell_again(self, question: _Question) -> None:
        question.passed = False
        self.put(_("This is still asked:"))
        for line in question.told:
            self.put(line)

    def leave(self) -> None:
        """Leave everything open."""
        for question in tuple(self._open):
            self._close(question, None)

    def _close(self, question: _Question, answer: Any) -> None:
        if not question.answer.done():
            question.answer.set_result(answer)
        if question in self._open:
            self._open.remove(question)

    async def _ask(self, accept: Callable[[str], Any], told: Sequence[str] = ()) -> Any:
        for line in told:
            self.put(line)
        question = _Question(accept, told)
        self._open.append(question)
        self.count += 1
        self._asked.set()
        try:
            return await question.answer
        finally:
            if question in self._open:
                self._open.remove(question)

    @staticmethod
    def given() -> str:
        """What was typed with the word and not used yet."""
        given = GIVEN.get(None)
        return "" if given is None else given.take()

    async def yes_or_no(self, words: str, yes: str, no: str) -> bool | None:
        """Whether the answer is yes; None where it is neither. `yes` and `no` say what these do."""

        def accept(line: str) -> Any:
            typed = line.casefold()
            return True if typed in ("yes", "y") else False if typed in ("no", "n", "cancel") else _OTHER

        answer: bool | None = await self._ask(
            accept, [_("{words} Type yes ({yes}) or no ({no}).").format(words=words, yes=_low(yes), no=_low(no))]
        )
        return answer

    async def one_of_two(self, words: str, yes: str, no: str) -> bool | None:
        """The same for what nobody called for: answered by the whole of `yes` or `no`, or left by `cancel`.

        A `yes` that comes just then is meant for what was asked before.
        """
        meant = {yes.casefold(): True, no.casefold(): False, "cancel": None}

        def accept(line: str) -> Any:
            return meant.get(" ".join(line.casefold().split()), _AGAIN if line.casefold() in _SHORT else _OTHER)

        answer: bool | None = await self._ask(
            accept, [_("{words} Type: {yes}, or: {no}, or cancel.").format(words=words, yes=_low(yes), no=_low(no))]
        )
        return answer

    async def choose(self, title: str, options: Sequence[Way], about: str = "") -> str | None:
        """The value of what is chosen; what was given with the word goes before asking. `about` is told before."""
        given = self.given()
        if given:
            first, __, rest = given.partition(" ")
            found = _chosen(given, options)
            if found is None and (found := _chosen(first, options)) is not None:
                GIVEN.get().rest = rest.strip()
            if found is not None:
                return found
            self.put(_("There is no {given} here.").format(given=given))
        told = [about] if about else []
        title = title if title[-1:] in ".?!:" else f"{title}."
        told.append(_("{title} Type a number, or cancel.").format(title=title))
        told += [f"{place}. {option.words}" for place, option in enumerate(options, start=1)]

        def accept(line: str) -> Any:
            if line.casefold() in LEAVES:
                return None
            found = _chosen(line, options)
            return _OTHER if found is None or (not line.isdecimal() and self._is_word(line)) else found

        answer: str | None = await self._ask(accept, told)
        return answer

    async def text(self, prompt: str) -> str | None:
        """The line that is typed, whatever it is; None for `cancel`."""
        self.put(_("{prompt}, or cancel:").format(prompt=prompt))
        answer: str | None = await self._ask(lambda line: None if line.casefold() == "cancel" else line)
        return answer

    async def lines(self, prompt: str) -> str | None:
        """Many lines, up to one with a full stop alone; None for `cancel`."""
        self.put(_("{prompt}. A line with a full stop alone ends it, cancel leaves:").format(prompt=prompt))
        typed: list[str] = []

        def accept(line: str) -> Any:
            if line.casefold() == "cancel":
                return None
            if line == ".":
                return "\n".join(typed)
            typed.append(line)
            return _MORE

        answer: str | None = await self._ask(accept)
        return answer


def _low(words: str) -> str:
    return words[:1].lower() + words[1:]


def _chosen(typed: str, options: Sequence[Way]) -> str | None:
    """The value of the option that is meant, None where none or several are."""
    wanted = typed.casefold()
    exact = [option for option in options if wanted in (option.start.casefold(), option.value.casefold())]
    if not exact and wanted.isdecimal() and 0 < int(wanted) <= len(options):
        return options[int(wanted) - 1].value
    found = exact or [
        option
        for option in options
        if any(name.casefold().startswith(wanted) for name in (option.start, option.value, option.words) if name)
    ]
    return found[0].value if len(found) == 1 else None
