"""Postings that were begun and that nobody finished: what became of them, and what is to be done."""

import asyncio
import contextlib
from collections.abc import Iterator

from textual.content import Content

from sessions.core.commands import FailPosting
from sessions.core.state import Posting
from sessions.networks.poster import Poster
from sessions.publishing.sender import Absent, PostingOutcome, PostSender, Sent, Unknown
from sessions.words import _
from tui.desk.accounts import DeskAccounts
from tui.desk.model.posting import outcome_words, what, where_to
from tui.desk.port import DeskPort
from tui.desk.sending.commands import command_id
from tui.dialogs.confirm import ConfirmDialog
from tui.text.outside import clean_line, outside
from tui.text.wording import clock_time, zone_of
from tui.widgets.pace import Later

LOOK_AGAIN = 60.0
"""Seconds after which what became of a posting is asked anew where nobody could say."""


class UnfinishedPostings:
    """Looks up at the networks what became of them, by `sender` with `accounts`, and asks about those that are not out.

    `working` has the keys of those on which somebody works at this desk, in which nobody else looks then.
    """

    def __init__(self, port: DeskPort, accounts: DeskAccounts, sender: PostSender) -> None:
        self._port = port
        self._accounts = accounts
        self._sender = sender
        self.working: set[str] = set()
        self._looks_again: Later | None = None
        self._deciding = asyncio.Lock()

    @contextlib.contextmanager
    def working_on(self, key: str) -> Iterator[None]:
        """This desk works on the posting of this key."""
        self.working.add(key)
        try:
            yield
        finally:
            self.working.discard(key)

    def look_later(self) -> None:
        """Look after a while what became of those of which nobody could say it."""
        if self._looks_again is None:
            self._looks_again = self._port.pace.later(LOOK_AGAIN, self.look)

    def look(self) -> None:
        """Look what became of those that this moderator began."""
        self._looks_again = None
        if self._port.is_running:
            self._port.start(self._look_up_all, group="posting", description=_("looking up what was posted"))

    async def _look_up_all(self) -> None:
        """Learn what became of one's own postings that nobody finished, and ask about those that did not go out."""
        mine = [
            posting
            for key, posting in self._port.model.state.postings.items()
            if posting.unfinished and posting.begun.by == self._port.model.me and key not in self.working
        ]
        for posting in mine:
            await self._look_up(posting)

    async def _look_up(self, posting: Posting) -> None:
        begun = posting.begun
        where = where_to(self._port.model.state, posting)
        account = self._accounts.account_for(begun.source, begun.account)
        if account is None:
            name = clean_line(begun.account)
            words = _(
                "{where} was begun by @{name}, which may not post from here: look there whether it is out."
            ).format(where=where, name=name)
            self._port.report(where, words, warn=True)
            return
        with self.working_on(begun.key):
            poster = self._accounts.poster(account)
            outcome: PostingOutcome | None = await self._sender.look_up(posting, poster)
            if isinstance(outcome, Absent) and self._port.is_active:  # nothing comes between a dialog and its keys
                async with self._deciding:
                    outcome = await self._decide(posting, poster)
        if outcome is None:
            return
        self._port.report(where, f"{where}: {outcome_words(outcome)}.", warn=not isinstance(outcome, Sent))
        if isinstance(outcome, Unknown | Absent):
            self.look_later()

    def stuck(self, posting: Posting) -> bool:
        """Whether nobody who is here can look it up but by going there: it was begun by who left, or may not post."""
        begun = posting.begun
        by = self._port.model.state.moderators.get(begun.by or "")
        mine = begun.by == self._port.model.me and self._accounts.account_for(begun.source, begun.account) is None
        return mine or by is None or not by.here

    async def free(self, posting: Posting) -> None:
        """Let a network be posted to again where somebody left in the middle of it."""
        begun, state = posting.begun, self._port.model.state
        if self._accounts.account_for(begun.source, begun.account) is not None:
            await self._look_up(posting)
            return
        begun_at = clock_time(begun.at, zone_of(state.plan))
        words = Content.assemble(
            outside(clean_line(begun.by or _("Somebody"))),
            _(" began at {begun_at} to post this, and nobody here knows if it went out. Look at ").format(
                begun_at=begun_at
            ),
            outside(f"@{clean_line(begun.account)}"), _(" there first:\n\n"), outside(begun.text),
        )  # fmt: skip
        title = _("{where_to}: is it out?").format(where_to=where_to(state, posting))
        if not await self._port.ask(ConfirmDialog(title, words, _("It is not there"), _("Leave it so"))):
            return
        failing = FailPosting(id=command_id(), key=begun.key, reason="it was not there")  # words: stored
        if await self._port.sent(failing):
            self._port.say(_("Noted. Now it can be posted."))

    async def _decide(self, posting: Posting, poster: Poster) -> PostingOutcome | None:
        """Ask what to do with a posting that was begun and is not out; None where that is left open."""
        state = self._port.model.state
        name = what(state, posting)
        words = Content.assemble(
            _("It was begun at {at} and did not go out to ").format(
                at=clock_time(posting.begun.at, zone_of(state.plan))
            ),
            outside(clean_line(state.called(posting.begun.source))), ":\n\n", outside(posting.begun.text),
        )  # fmt: skip
        dialog = ConfirmDialog(
            _("Post {name} now?").format(name=name), words, _("Post it now"), _("Do not post it"), unasked=True
        )
        wanted = await self._port.ask(dialog)
        if wanted is None:
            return None
        if wanted:
            return await self._sender.send_again(posting, poster)
        return await self._sender.give_up(posting, poster)
