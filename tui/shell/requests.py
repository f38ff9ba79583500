"""What a screen asks of the app: to leave it, or to go to another one."""

from typing import Any, ClassVar

from textual.message import Message
from textual.screen import Screen

Result = str | None
"""What an app's `run()` gives: a sentence to say, or the id of a chat to go to."""


class LeaveRequested(Message):
    """Somebody wants to leave this screen; `result` is what the app ends with where it is the first one."""

    def __init__(self, screen: Screen[Any], result: Result = None) -> None:
        super().__init__()
        self.screen = screen
        self.result = result


class ScreenRequested(Message):
    """Somebody wants to go to another screen; each kind of request is a subclass with what that screen needs.

    With `instead` that screen takes the place of the first one.
    """

    instead: ClassVar[bool] = False
