"""Opening a post, at a live desk and in a replay: all of it, with the screen's own actions and keys."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from textual import events

from sessions.core.state import SessionState
from tui.desk.actions.pointed import post_pointed
from tui.desk.aim import Aim
from tui.desk.keys import FILING, ON_OPEN_POST
from tui.desk.port import ChatPort
from tui.shell.actions import Handler
from tui.widgets.answers.answer_pane import AnswerPane

if TYPE_CHECKING:
    from sessions.library.said_before import SaidBefore
    from tui.desk.dialogs.opened_post import OpenedPost


class OpeningPort(ChatPort, Protocol):
    """A screen with posts in sight, and with actions and keys for them."""

    @property
    def session_id(self) -> str:
        """The chat's id, empty while nobody knows it."""

    def offered(self) -> Sequence[str]:
        """The names of the actions that this moderator has."""

    def printed_key(self, name: str) -> str:
        """What is printed on the key of this action."""

    def run(self, name: str) -> None:
        """Do the action of this name."""

    async def key_on_post(self, event: events.Key) -> None:
        """Do what is on this key, about the post that is open."""


class OpeningActions:
    """Shows one post at a time, and is its way to the screen and to the pane in which one goes from post to post.

    `library` is the folder of saved chats, if there is one here.
    """

    def __init__(self, port: OpeningPort, answers: AnswerPane, library: Path | None) -> None:
        self._port = port
        self._answers = answers
        self._library = library
        self._dialog: OpenedPost | None = None

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"open_post": self.open_pointed}

    def open_pointed(self) -> None:
        """Open the post under the cursor."""
        post = post_pointed(self._port)
        if post is not None:
            self.open(post)

    def open(self, post: str) -> None:
        """Open this post, in the place of one that is open."""
        if self._dialog is not None:
            self._dialog.open_other(post)
            return
        from tui.desk.dialogs.opened_post import OpenedPost  # no first frame needs it

        self._dialog = OpenedPost(self, post)
        self._port.start(partial(self._show, self._dialog))

    async def _show(self, dialog: "OpenedPost") -> None:
        try:
            await self._port.ask(dialog)
        finally:
            self._dialog = None

    @property
    def aim(self) -> Aim | None:
        """What actions are about while a post is open; None while none is."""
        if self._dialog is None:
            return None
        seen = self.state.posts.get(self._dialog.post)
        return None if seen is None else Aim(self._dialog.post, seen.post.author.id, opened=True)

    def allows(self, name: str) -> bool:
        """Whether the action can be done now: while a post is open only what is about it, and all keys are shown."""
        return self._dialog is None or name in ON_OPEN_POST or name in FILING or name == "help"

    def show(self) -> None:
        """Something happened in the chat."""
        if self._dialog is not None:
            self._dialog.show()

    def say(self, words: str, warn: bool) -> None:
        """Show also in the dialog what is said."""
        if self._dialog is not None:
            self._dialog.say(words, warn)

    def show_waiting(self, words: str) -> None:
        """Show also in the dialog what is waited for."""
        if self._dialog is not None:
            self._dialog.show_waiting(words)

    # What the dialog asks for

    @property
    def state(self) -> SessionState:
        """The chat as it is now."""
        return self._port.model.state

    def offered(self) -> Sequence[str]:
        """The names of the actions that there are."""
        return self._port.offered()

    def printed_key(self, name: str) -> str:
        """What is printed on the key of this action."""
        return self._port.printed_key(name)

    def run(self, name: str) -> None:
        """Do the action of this name, about the open post."""
        self._port.run(name)

    async def pressed(self, event: events.Key) -> None:
        """Do what is on this key, about the open post."""
        await self._port.key_on_post(event)

    async def said_before(self, post: str) -> Sequence["SaidBefore"]:
        """What the writer of this post said in earlier chats; looked up anew, for somebody may be forgotten by now."""
        plan, author = self.state.plan, self.state.posts[post].post.author
        if self._library is None or plan is None:
            return ()
        from sessions.library.said_before import said_before  # with it comes the library

        day = plan.starts.date()
        return await asyncio.to_thread(said_before, self._library, author, but=self._port.session_id, until=day)

    def beside(self, post: str, way: int) -> str | None:
        """The post shown behind (1) or before (-1) this one."""
        return self._answers.beside(post, way)

    def go_to(self, post: str) -> None:
        """Put the cursor on this post, where it is shown."""
        self._answers.go_to(post)
