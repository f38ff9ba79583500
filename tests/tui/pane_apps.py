"""Small apps with one pane each, and the chat that the panes show in tests."""

from typing import Any

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from sessions.core.commands import Ask, Greet, Hide, Highlight, SkipQuestion
from sessions.core.posts import Filed
from tests.sessions.core.building import Chat, a_plan
from tests.waiting import EVERY, patience

MINUTE = 60_000

HOSTILE = "[@click=app.exit]press me[/] [Q1] [/b] $text \x1b[31mred\x1b[0m \x07 {x} \u202eevil \ud83d"
"""What a post may hold to break out of its place: markup, variables, escape codes, a bidirectional override."""


class PaneApp(App[None]):
    """One pane on the screen, with the focus where it can have it; keeps the messages it gets."""

    def __init__(self, pane: Widget) -> None:
        super().__init__()
        self.pane = pane
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.pane.focus()

    async def _on_message(self, message: Message) -> None:
        self.heard.append(message)
        await super()._on_message(message)

    def told(self, kind: type[Message], what: str) -> list[object]:
        """What the messages of this kind carried, oldest first."""
        return [getattr(message, what) for message in self.heard if type(message) is kind]


async def resize(pilot: Pilot[Any], width: int, height: int) -> None:
    """Give the terminal this size; return once the pane has the width."""
    assert isinstance(pilot.app, PaneApp)
    await pilot.resize_terminal(width, height)
    async with patience():
        while pilot.app.pane.region.width != width:
            await pilot.pause(EVERY)
    await pilot.pause()


def a_chat(*, first: bool = False) -> Chat:
    """Twenty-six minutes of an hour: three questions asked, one skipped, newcomers, guesses, shares, side talk."""
    chat = Chat(a_plan(), first=first)
    chat.post("Welcome to #navasotaisd!", handle="ben", kind="announcement", filed=None)
    tom = "Tom, 4th grade maths, first time here"
    chat.post(tom, handle="tomk", kind="introduction", filed=None, newcomer=True, says_new=True)
    chat.post("Maria, glad to be back", handle="mlopez", kind="introduction", filed=None)
    chat.at += 8 * MINUTE
    chat.do(Ask, question="q1", seen=None)
    chat.post("A1 a former gym", handle="jimr", newcomer=True)
    chat.post("Tables in fours", handle="priya", filed=Filed("q1", "guess"))
    chat.at += 8 * MINUTE
    chat.do(Ask, question="q2", seen="q1")
    chat.post("A2 日本語の文章もここで折り返す 👨‍👩‍👧 at the door", handle="samo", filed=Filed("q2", "label"))
    chat.do(SkipQuestion, question="q4")
    chat.at += 8 * MINUTE
    chat.do(Ask, question="q3", seen="q2")
    rotate = "A3 We rotate every 12 minutes and keep the same order all year, so nobody has to ask where to go next."
    starred = chat.post(rotate, handle="mlopez", filed=Filed("q3", "label"))
    chat.do(Highlight, "Ben", post=starred)
    teacher = "We start with the teacher table"
    shared = chat.post(teacher, handle="jimr", filed=Filed("q3", "guess"), newcomer=True)
    for number in range(3):
        chat.post(teacher, handle=f"fan{number}", kind="repost", filed=None, repost_of=shared)
    spam = chat.post("Buy followers", handle="spambot", kind="aside", filed=None)
    chat.do(Hide, "Ben", post=spam)
    chat.at += 2 * MINUTE
    chat.post("A2 by the window", handle="larry", filed=Filed("q2", "label"))
    chat.post("@samo lovely, will steal it", handle="cathy", kind="aside", filed=None)
    chat.post("A3 the sink", handle="tomk", filed=Filed("q3", "label"), newcomer=True)
    chat.do(Greet, "Ben", person="mastodon:@jimr")
    return chat
