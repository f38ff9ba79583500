"""A hand at the keys and the mouse of a desk, moved by dice."""

import random
from collections.abc import Awaitable, Callable

from textual import events
from textual.command import CommandPalette
from textual.screen import Screen

from tests.random_keys.chat import Chat
from tests.random_keys.painted import Painted
from tests.random_keys.words import PASTES
from tests.tui.desks import SETTLED, DeskInHand
from tests.waiting import turns, until
from tui.desk.keys import DESK
from tui.shell.app import LunchroomApp
from tui.shell.palette import NOT_OFFERED

KEYS = tuple(key for action in DESK.actions for key in action.key.split(",") if key)
MOVING = (
    "up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab", "enter", "escape", "escape",
    "shift+up", "shift+down", "backspace", "delete", "space", "ctrl+home", "ctrl+end",
)  # fmt: skip
ODD = (
    "ctrl+a", "ctrl+c", "ctrl+d", "ctrl+e", "ctrl+k", "ctrl+q", "ctrl+s", "ctrl+u", "ctrl+v", "ctrl+w", "ctrl+x",
    "ctrl+z", "ctrl+p", "ctrl+up", "ctrl+left", "ctrl+right", "shift+left", "shift+right", "shift+enter", "alt+enter",
    "f1", "f5", "f10", "insert", "ctrl+underscore", "ctrl+at", "alt+a", "ctrl+shift+k",
)  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 äßñ日é€!?#@[]{}()<>/\\'\"$%&*+-=_.,:;|~^`"
OFFERED = tuple(action for action in DESK.actions if action.name not in NOT_OFFERED)
SIZES = ((20, 5), (40, 12), (60, 16), (80, 24), (99, 30), (100, 30), (120, 36), (149, 40), (160, 48), (240, 80))

Move = Callable[[], Awaitable[str]]


class Hand:
    """Moves by dice; each move returns what it was, in a few words."""

    def __init__(self, desk: DeskInHand, chat: Chat, dice: random.Random, *, resizes: float = 3) -> None:
        self._desk = desk
        self._chat = chat
        self._dice = dice
        self._moves: dict[Move, float] = {
            self._own_key: 26, self._moving_key: 18, self._letter: 7, self._odd_key: 4, self._burst: 3, self._click: 13,
            self._drag: 3, self._wheel: 5, self._paste: 3, self._resize: resizes, self._palette: 3, self._wait: 9,
            self._arrival: 7, self._other: 3, self._focus: 0.7, self._theme: 0.3,
        }  # fmt: skip

    async def move(self) -> str:
        """Do one thing."""
        (chosen,) = self._dice.choices([*self._moves], [*self._moves.values()])
        return await chosen()

    async def press(self, *keys: str) -> None:
        """Press keys one by one, as somebody does who gives commands."""
        for key in keys:
            if not has_left(self._desk.app):
                self.pass_by(SETTLED)
                await self._desk.app._press_keys([key])
                self.pass_by(SETTLED)
                await turns()

    # Keys

    async def _own_key(self) -> str:
        key = self._dice.choice(KEYS)
        await self.press(key)
        return key

    async def _moving_key(self) -> str:
        key = self._dice.choice(MOVING)
        await self.press(*[key] * self._dice.choice((1, 1, 1, 2, 5)))
        return key

    async def _odd_key(self) -> str:
        key = self._dice.choice(ODD)
        await self.press(key)
        return key

    async def _letter(self) -> str:
        letter = self._dice.choice(LETTERS)
        await self.press("space" if letter == " " else letter)
        return letter

    async def _burst(self) -> str:
        letters = self._dice.choices(LETTERS + "\n", k=self._dice.randrange(2, 9))
        keys = [{" ": "space", "\n": "enter"}.get(letter, letter) for letter in letters]
        for key in keys:
            await self._desk.app._press_keys([key])
            self.pass_by(0.03)
        return "burst " + " ".join(keys)

    async def _palette(self) -> str:
        action = self._dice.choice(OFFERED)
        await self.press("ctrl+p")
        app = self._desk.app
        if isinstance(app.screen, CommandPalette):
            palette = app.screen
            await app._press_keys("space" if letter == " " else letter for letter in action.title.lower()[:14])
            await until(lambda: not _searches(app, palette))
            await self.press("enter")
        return f"palette {action.name}"

    async def _paste(self) -> str:
        text = self._dice.choice(PASTES)
        self._desk.app.post_message(events.Paste(text))
        return f"paste {text[:30]!r}"

    # Mouse

    def _anywhere(self) -> tuple[int, int]:
        size = self._desk.app.size
        return self._dice.randrange(size.width), self._dice.randrange(size.height)

    def _mouse(self, kind: type[events.MouseEvent], x: int, y: int, *, button: int = 0, held: str = "") -> None:
        event = kind(
            None, x, y, 0, 0, button, held == "shift", False, held == "ctrl", screen_x=x, screen_y=y, style=None
        )
        driver = self._desk.app._driver
        if driver is not None:
            driver.process_message(event)

    async def _click(self) -> str:
        (x, y), held = self._anywhere(), self._dice.choice(("", "", "", "", "shift", "ctrl"))
        times, button = self._dice.choice((1, 1, 1, 2, 3)), self._dice.choice((1, 1, 1, 1, 1, 2, 3))
        for _ in range(times):
            self._mouse(events.MouseMove, x, y, held=held)
            self._mouse(events.MouseDown, x, y, button=button, held=held)
            self._mouse(events.MouseUp, x, y, button=button, held=held)
        self.pass_by(SETTLED)
        return f"{held} click {x},{y} times {times} button {button}".strip()

    async def _drag(self) -> str:
        (x, y), (to_x, to_y) = self._anywhere(), self._anywhere()
        if self._dice.random() < 0.5:
            x = self._on_a_border() or x
        self._mouse(events.MouseMove, x, y)
        self._mouse(events.MouseDown, x, y, button=1)
        for part in (1, 2, 3):
            self._mouse(events.MouseMove, x + (to_x - x) * part // 3, y + (to_y - y) * part // 3, button=1)
            await turns()
        if self._dice.random() < 0.9:
            self._mouse(events.MouseUp, to_x, to_y, button=1)
        return f"drag {x},{y} to {to_x},{to_y}"

    def _on_a_border(self) -> int:
        return self._dice.choice((self._desk.screen.panes.queue, self._desk.screen.panes.answers)).region.right - 1

    async def _wheel(self) -> str:
        (x, y), held = self._anywhere(), self._dice.choice(("", "", "", "shift", "ctrl"))
        kind = self._dice.choice((events.MouseScrollUp, events.MouseScrollDown))
        for _ in range(self._dice.choice((1, 3, 9))):
            self._mouse(kind, x, y, held=held)
        return f"{kind.__name__} {x},{y}"

    # The window and what happens beside it

    async def _resize(self) -> str:
        dice = self._dice
        width, height = dice.choice(SIZES) if dice.random() < 0.6 else (dice.randint(20, 240), dice.randint(5, 80))
        driver = self._desk.app._driver
        if isinstance(driver, Painted):
            driver.blank(width, height)
        await self._desk.pilot.resize_terminal(width, height)
        return f"resize {width}x{height}"

    async def _theme(self) -> str:
        app = self._desk.app
        app.theme = self._dice.choice(sorted(app.available_themes))
        return f"theme {app.theme}"

    async def _focus(self) -> str:
        kind = self._dice.choice((events.AppBlur, events.AppFocus))
        self._desk.app.post_message(kind())
        return kind.__name__

    async def _wait(self) -> str:
        seconds = self._dice.choice((0.05, 0.2, 1.0, 2.1, 5.0, 20.0))
        self.pass_by(seconds)
        return f"wait {seconds}"

    async def _arrival(self) -> str:
        return self._chat.arrive()

    async def _other(self) -> str:
        return await self._chat.second_moderator()

    def pass_by(self, seconds: float) -> None:
        self._chat.time.pass_by(seconds)
        self._desk.pace.advance(seconds)


def _searches(app: LunchroomApp, palette: Screen[object]) -> bool:
    return (
        has_left(app) is False
        and app.screen is palette
        and any(not worker.is_finished for worker in app.workers if worker.node is palette)
    )


def has_left(app: LunchroomApp) -> bool:
    """Whether the desk was left, or failed."""
    return app._exit or app._exception is not None or not app.is_running
