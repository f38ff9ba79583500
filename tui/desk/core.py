"""The desk's middle: following the hub and showing what came.

What the desk is built on is in `desk_base`, sending in `sending`, keys in `keying`; what the keys do is in the modules
beside them, by topic.
"""

import asyncio
import time

from sessions.core.commands import TakeRole
from sessions.core.events import Role
from sessions.hub.client.client import Ended, Online
from tui.desk.command_queue import Link
from tui.desk.keying import Keying
from tui.desk.model.desk import Change, DeskModel
from tui.desk.sending import AWAY, command_id
from tui.widgets.pace import Pace

BACK = "The chat's hub is back. What you tried while it was away was not sent."

QUICK = 0.02
"""Seconds of the processor: where showing a batch took no longer, the next one is shown at once."""

DRAWING_REST = 4
"""After a slower one, this many times as long goes to keys and to catching up."""


class DeskCore(Keying):
    """Follows one session. `role` is taken over at once where it is not held; `greeting` is said first."""

    def __init__(
        self,
        client: Link,
        model: DeskModel,
        pace: Pace,
        *,
        greeting: str = "",
        invitation: str = "",
        role: Role | None = None,
    ) -> None:
        super().__init__(client, model, pace, greeting=greeting)
        self.invitation = invitation
        self._role = role
        self._undrawn: frozenset[str] | None = frozenset()
        self._draws_later = False
        self._draw_from = 0.0

    def on_mount(self) -> None:
        """Begin to follow the hub."""
        self.run_worker(self._follow(), name="follow", description="reading the hub's events")
        self.set_interval(0.25, self.tick)

    async def _follow(self) -> None:
        async for news in self.client.follow():
            change = self.model.take(news)
            if isinstance(news, Online) and self.remarks.words == AWAY:
                self.say(BACK)
            self._show(change)
            self._take_wanted_role()
            if isinstance(news, Ended):
                self._show_end(news)
            await asyncio.sleep(0)  # a frame and the keys come between two batches, however fast they arrive

    def _take_wanted_role(self) -> None:
        if self._role is not None and self.model.live_after is not None and not self.model.observes:
            role, self._role = self._role, None
            if not self.model.holds(role):
                self.send(TakeRole(id=command_id(), role=role))

    def _show(self, change: Change) -> None:
        if change.events:
            self._draw(change.posts)
        for words in change.said[-1:]:
            self.remarks.done(words)
        for words in change.told[-1:]:
            self.remarks.tell(words)
        if change.note is not None:
            self.panes.notice.show_note(change.note)
        if change.events:
            self.show_offer()
            self.drop_overtaken()
        else:
            self.tick()

    @property
    def drawn(self) -> bool:
        """Whether the panes show all that was heard."""
        return not self._draws_later

    def _draw(self, posts: frozenset[str] | None) -> None:
        """Show the state anew; where that took long the last time, a little later and together with what comes."""
        self._undrawn = None if posts is None or self._undrawn is None else self._undrawn | posts
        wait = self._draw_from - time.monotonic()
        if self._draws_later:
            return
        if wait > 0:
            self._draws_later = True
            self.set_timer(wait, self._draw_now)
        else:
            self._draw_now()

    def _draw_now(self) -> None:
        posts, self._undrawn, self._draws_later = self._undrawn, frozenset(), False
        begun = time.thread_time()
        self.panes.show(self.model, posts)
        took = time.thread_time() - begun
        self._draw_from = time.monotonic() + (DRAWING_REST * took if took > QUICK else 0)

    def _show_end(self, ended: Ended) -> None:
        closed = self.model.state.closed_at is not None
        words = (
            f"The chat is closed and saved. {self.key_of('recap')} makes the recap; q leaves."
            if closed
            else f"{ended.why} q leaves."
        )
        self.say(words, stays=True)

    def show_offer(self) -> None:
        """Show what a host was seen to post, to the one who asks the questions."""
        offer = self.model.offer if self.model.holds("driver") else None
        if offer is None:
            self.panes.notice.drop_offer()
        else:
            label = self.model.state.questions[offer.question].label
            key = self.key_of("accept")
            self.panes.notice.show_offer(f"{offer.host} posted Q{label}. Press {key} to take it as asked, Esc if not.")

    def not_driver(self) -> bool:
        """Say who asks where it is not this moderator; the hub would refuse it after the wait."""
        holder = self.model.state.roles["driver"]
        if self.model.observes or holder == self.model.me:
            return False
        self.say(
            f"{holder or 'Nobody'} asks the questions. Press {self.key_of('take_driver')} to take over.", warn=True
        )
        return True

    async def may_leave(self) -> bool:
        """Whether nothing is under way that leaving would cut off, or this moderator wants to leave all the same."""
        return True

    def tick(self) -> None:
        """Bring up to date what changes with time alone."""
        self.panes.tick(self.model)
        if self.pending is not None:
            self._show_pending(self.pending)
