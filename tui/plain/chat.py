"""What a live chat and a saved one have in common in plain lines: what actions ask of a screen, in words."""

import asyncio
import logging
import re
from collections.abc import Callable, Coroutine, Set
from typing import Any, TypeVar

from textual.screen import ModalScreen, Screen

from sessions.words import _
from tui.desk.aim import Aim
from tui.desk.model.desk import DeskModel
from tui.plain.asked.forms import ask_in_words
from tui.plain.asked.talk import Talk
from tui.plain.targets import PostNumbers
from tui.plain.terminal import Lines
from tui.plain.told import looking
from tui.plain.vocabulary.words import Vocabulary
from tui.shell.clipboard import find_tool, run_tool
from tui.shell.requests import Result, ScreenRequested
from tui.widgets.answers.pane_filter import PaneFilter
from tui.widgets.pace import LoopPace, Pace

logger = logging.getLogger(__name__)

Answered = TypeVar("Answered")

AWAITED = frozenset({"dialog", "sources"})
"""The groups of work after which the next line is read: so a script's lines do what they say, in their order."""


BY_WORDS = (
    "help", "dismiss", "find", "filter", "newest", "not_answered", "next_pane", "previous_pane", "open_post", "mark",
    "keep_filter", "layout", "wider", "narrower", "usual_widths",
)  # fmt: skip
"""What the desk does in its panes; here words of their own do it, or nothing is to be done."""


class Begun:
    """Work that was begun and goes on beside all else."""

    def __init__(self, task: "asyncio.Task[None]") -> None:
        self.task = task

    async def wait(self) -> None:
        """Return once it is over."""
        await asyncio.wait({self.task})


class PlainOffers:
    """What is offered, each told once: a question that a host posted, something that may be posted now."""

    def __init__(self, put: Callable[[str], None]) -> None:
        self._put = put
        self._offer = self._refused = ""
        self._prompt = ("", "")
        self._refused_prompts: set[str] = set()

    @property
    def offers(self) -> bool:
        """Whether a question is offered."""
        return bool(self._offer)

    @property
    def refused_prompts(self) -> Set[str]:
        """The keys of what is not to be told again."""
        return self._refused_prompts

    def show_offer(self, words: str) -> None:
        """Tell of an offered question."""
        if words not in (self._refused, self._offer):
            self._offer = words
            self._put(words)

    def drop_offer(self) -> None:
        """Nothing is offered any more."""
        self._offer = ""

    def show_prompt(self, key: str, words: str) -> None:
        """Tell what may be posted now."""
        if (key, words) != self._prompt and key not in self._refused_prompts:
            self._prompt = (key, words)
            self._put(words)

    def drop_prompt(self) -> None:
        """Nothing is to be posted."""
        self._prompt = ("", "")

    def refuse_prompt(self, key: str) -> None:
        """Never tell of it again."""
        self._refused_prompts.add(key)
        if self._prompt[0] == key:
            self.drop_prompt()

    def dismiss_one(self) -> bool:
        """Refuse what is offered; whether anything was."""
        if self._offer:
            self._refused, self._offer = self._offer, ""
        elif self._prompt[0]:
            self.refuse_prompt(self._prompt[0])
        else:
            return False
        return True


class NoPanes:
    """What actions ask of the panes, where there are none."""

    def __init__(self, put: Callable[[str], None], show: Callable[[PaneFilter], None]) -> None:
        self.notice = PlainOffers(put)
        self._show = show

    def offer_joining(self, words: str) -> None:
        """It is said in a line anyway."""

    def draw_line_at(self, seq: int, moment: int) -> None:
        """Show what came behind this event, which was at this moment (UTC milliseconds), as new."""

    def show_answers(self, which: PaneFilter) -> None:
        """Read these posts."""
        self._show(which)

    @property
    def shown_filter(self) -> PaneFilter:
        """All posts are read."""
        return PaneFilter()

    @property
    def question(self) -> str | None:
        """No pane shows one alone."""
        return None

    def open_filter(self) -> None:
        """There is no line to choose posts by but the one there is."""

    def open_find(self) -> None:
        """There is no line to type in but the one there is."""

    def go_to_newest(self) -> None:
        """What is newest is read anyway."""

    def cycle(self, way: int) -> None:
        """There is nowhere to go."""


class PlainPort:
    """A screen as groups of actions see it: a `ChatPort`. What is shown there is a line here."""

    def __init__(self, model: DeskModel, lines: Lines, vocabulary: Vocabulary, pace: Pace | None) -> None:
        self.model = model
        self.vocabulary = vocabulary
        words = "|".join(re.escape(word.word) for word in vocabulary.words)
        self._press = re.compile(rf"\b{_('Press')} (?=(?:{words})\b)")
        self.lines = lines
        self.pace = pace or LoopPace()
        self.talk = Talk(self.put, lambda line: not isinstance(vocabulary.read(line), str))
        self.panes = NoPanes(self.say, self._read_filtered)
        self.aim = Aim()
        self.numbers = PostNumbers()
        self.left: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._asked: list[Screen[Any]] = []
        self._reported: dict[str, str] = {}
        self._work: dict[asyncio.Task[None], str] = {}

    @property
    def is_active(self) -> bool:
        """Whether nothing is asked: nothing comes by itself between a question and its answer."""
        return not self.talk.is_open

    @property
    def is_running(self) -> bool:
        """Whether it has not been left."""
        return not self.left.done()

    def put(self, words: str) -> None:
        """Write a line; where nobody reads any more one has left."""
        try:
            self.lines.put(words)
        except (OSError, ValueError):
            self.leave("")

    def say(self, words: str, *, warn: bool = False, stays: bool = False) -> None:  # noqa: ARG002 - all lines are alike
        """Answer in a line, which names words where a screen names keys."""
        if words:
            self.put(self._press.sub(f"{_('Type')} ", words))

    def report(self, about: str, words: str, *, warn: bool = False, stays: bool = False) -> None:  # noqa: ARG002
        """Say what became of something, as often as that changes."""
        if self._reported.get(about) != words:
            self._reported[about] = words
            self.say(words)

    def tell(self, words: str) -> None:
        """Say what happened without this moderator."""
        self.say(words)

    def key_of(self, name: str) -> str:
        """What one types for an action."""
        return self.vocabulary.word_of(name)

    def start(
        self,
        work: Callable[[], Coroutine[Any, Any, None]],
        *,
        group: str = "dialog",
        name: str = "",  # noqa: ARG002 - as `ScreenPort` has it
        description: str = _("a dialog"),
    ) -> Begun:
        """Begin something that waits."""
        task = asyncio.create_task(self._guarded(work, description))
        self._work[task] = group
        task.add_done_callback(lambda done: self._work.pop(done, None))
        return Begun(task)

    async def _guarded(self, work: Callable[[], Coroutine[Any, Any, None]], description: str) -> None:
        try:
            await work()
        except Exception:
            logger.exception("A defect in %s", description)
            self.put(_("This did not work, which is a defect of Lunchroom: {work}.").format(work=description))

    async def ask(self, dialog: ModalScreen[Answered], /) -> Answered | None:
        """Ask in words what a dialog asks."""
        self._asked.append(dialog)
        try:
            answer: Answered | None = await ask_in_words(self.talk, dialog)
        finally:
            self._asked.remove(dialog)
        return answer

    def screens(self) -> list[Screen[Any]]:
        """As if there were one, and above it each dialog that is asked in words now."""
        return [*self._asked[:1], *self._asked]

    def pane(self) -> str:
        """There are no panes to be at."""
        return ""

    async def copy(self, text: str, what: str) -> str:
        """Put a text on the clipboard of this computer, or print it."""
        tool = find_tool() if self.lines.is_typed else None
        if tool is not None and await run_tool(tool, text):
            return _("Copied {what}.").format(what=what)
        for line in text.splitlines():
            self.put(line)
        return ""

    def request(self, screen: ScreenRequested) -> None:  # noqa: ARG002 - as above
        """There are no other screens."""
        self.say(_("That needs a screen."))

    def leave(self, result: Result = None) -> None:
        """Leave with these words."""
        if not self.left.done():
            self.left.set_result(result)

    async def settled(self, groups: Set[str] = AWAITED) -> None:
        """Return once the work of these groups is over, or waits for an answer."""
        while not self.left.done():
            before = self.talk.count
            work = {task for task, group in self._work.items() if group in groups} - self.talk.waiting
            if not work:
                return
            asked = asyncio.ensure_future(self.talk.asked(before))
            waiting: list[asyncio.Future[Any]] = [*work, asked, self.left]
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            asked.cancel()

    def _read_filtered(self, which: PaneFilter) -> None:
        state = self.model.state
        for line in looking.posts(state, looking.admitted(state, which), self.numbers) or [_("No such post yet.")]:
            self.put(line)

    async def stop(self) -> None:
        """End all work."""
        for task in tuple(self._work):
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)
