"""An answer pane on a screen, and hands on its keys and its mouse: what the tests of the pane share."""

from textual.events import MouseEvent
from textual.pilot import Pilot

from sessions.core.events import QuestionAsked
from tests.sessions.core.building import Chat
from tests.tui.pane_apps import PaneApp
from tests.tui.screen_text import widget_lines
from tui.widgets.answers.answer_pane import AnswerPane

SIZE = (60, 14)


class Desk:
    """A pane on a screen, and the chat that it shows."""

    def __init__(self, chat: Chat, pilot: Pilot[None], pane: AnswerPane, app: PaneApp) -> None:
        self.chat, self.pilot, self.pane, self.app = chat, pilot, pane, app

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def wheel(self, turned: type[MouseEvent]) -> None:
        foot = self.pane.content_region
        at = {"x": 5, "y": 5, "screen_x": foot.x + 5, "screen_y": foot.y + 5}
        none = {"delta_x": 0, "delta_y": 0, "button": 0, "shift": False, "meta": False, "ctrl": False}
        self.pane.post_message(turned(self.pane, **at, **none))  # type: ignore[arg-type]
        await self.pilot.pause()

    async def shows(self, *changed: str) -> list[str]:
        self.pane.show(self.chat.state, changed)
        await self.pilot.pause()
        return widget_lines(self.pane)

    async def posts(self, number: int) -> list[str]:
        for count in range(number):
            self.chat.at += 1000
            self.chat.post(f"A1 more {count}", handle="late")
        return await self.shows()

    @property
    def lines(self) -> list[str]:
        return widget_lines(self.pane)

    def cursor_line(self) -> int:
        return next(number for number, line in enumerate(self.lines) if line.startswith("▌"))


def a_long_chat(posts: int = 40) -> Chat:
    chat = Chat()
    chat.hear(QuestionAsked, question="q1", seconds=480)
    for number in range(posts):
        chat.post(f"A1 number {number} " + "word " * (number % 9 * 4), handle=f"p{number}")
    return chat


def at_desk(chat: Chat, size: tuple[int, int] = SIZE) -> "OnDesk":
    return OnDesk(chat, size)


class OnDesk:
    """`async with at_desk(chat) as desk`: the pane is mounted, focused and shows the chat."""

    def __init__(self, chat: Chat, size: tuple[int, int]) -> None:
        self.chat = chat
        self.app = PaneApp(AnswerPane())
        self.running = self.app.run_test(size=size)

    async def __aenter__(self) -> Desk:
        pilot = await self.running.__aenter__()
        pane = self.app.query_one(AnswerPane)
        pane.show(self.chat.state, None)
        await pilot.pause()
        return Desk(self.chat, pilot, pane, self.app)

    async def __aexit__(self, *error: object) -> None:
        await self.running.__aexit__(*error)  # type: ignore[arg-type]
