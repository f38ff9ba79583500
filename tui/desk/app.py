"""LunchroomApp: one desk on one session, with its themes, keys and clipboard."""

from pathlib import Path

from sessions.core.events import Role
from sessions.hub.client.client import DeskClock, HubClient, HubRefused, HubUnreachable, Seat
from sessions.hub.client.exchange import LibraryExchange
from sessions.library.copies.copy_keeper import CopyKeeper
from tui.desk.accounts import DeskAccounts
from tui.desk.kept_link import KeptLink
from tui.desk.model.desk import DeskModel
from tui.desk.screen import DeskScreen
from tui.desk.sign_in_lender import SignInLender
from tui.shell.base_app import BaseApp
from tui.shell.pace import LoopPace, Pace

LEFT = "You left; the chat goes on. `lunchroom join` comes back."
CLOSED = "The chat is closed and saved. `lunchroom sessions` lists it."


class LunchroomApp(BaseApp):
    """Runs one desk. `run()` returns the sentence to say when it is over.

    `client` has joined as `joined`; `greeting` is said first; `invitation` is shown to a moderator who asks for it;
    `role` is taken over at once where it is not held; `keeper` keeps a copy of what is heard; `swap` exchanges saved
    chats with the hub once that is agreed to; `posting_accounts` has the accounts to post with, `lender`
    lends the hub one of them for reading.
    `library` is the folder of saved chats, from which a recap learns who is left out.
    `pace`, `clock` and `config` are for tests.
    """

    STAYS = "the chat goes on"
    FAILING = ("The desk", "The chat goes on: `lunchroom join` comes back.")

    def __init__(
        self,
        client: HubClient,
        joined: Seat,
        *,
        greeting: str | None = None,
        invitation: str | None = None,
        role: Role | None = None,
        keeper: CopyKeeper | None = None,
        swap: LibraryExchange | None = None,
        posting_accounts: DeskAccounts | None = None,
        lender: SignInLender | None = None,
        pace: Pace | None = None,
        clock: DeskClock | None = None,
        config: Path | None = None,
        library: Path | None = None,
    ) -> None:
        super().__init__(config=config, library=library)
        self.client = client
        self._joined = joined
        self._invitation = invitation or ""
        self._greeting = greeting or ""
        self._role = role
        self._keeper = keeper
        self._swap = swap
        self._posting_accounts = posting_accounts or DeskAccounts()
        self._lender = lender
        self._pace = pace or LoopPace()
        self._clock = clock or DeskClock()

    def on_mount(self) -> None:
        """Open the desk."""
        keeper = self._keeper
        desk = DeskScreen(
            self.client if keeper is None else KeptLink(self.client, keeper),
            DeskModel(self._joined, self._clock),
            self._pace,
            greeting=self.config.problem or self._greeting,
            invitation=self._invitation if self._joined.scope == "moderator" else "",
            role=self._role,
        )
        desk.swap = self._swap
        desk.posting_accounts = self._posting_accounts
        desk.lender = self._lender
        if keeper is not None:
            keeper.notify_with(lambda words, trouble: desk.say(words, warn=trouble) if desk.is_running else None)
        self.push_screen(desk)
        self.run_worker(self._learn_session(desk), description="asking which session it is")

    async def on_unmount(self) -> None:
        """Let the connections to the networks go."""
        await self._posting_accounts.aclose()

    async def _learn_session(self, desk: DeskScreen) -> None:
        try:
            desk.session_id = (await self.client.session()).id
        except (HubUnreachable, HubRefused):
            return  # only a recap for programs has it

    def leave(self, *, closed: bool = False) -> None:
        """End the desk, not the chat."""
        self.exit(CLOSED if closed else LEFT)
