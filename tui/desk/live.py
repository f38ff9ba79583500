"""The desk of a running chat, with all that it needs."""

from pathlib import Path

from sessions.core.events import Role
from sessions.hub.client.client import DeskClock, HubClient, HubRefused, HubUnreachable, Seat
from sessions.hub.client.exchange import LibraryExchange
from sessions.library.copies.copy_keeper import CopyKeeper
from sessions.library.library import default_library
from tui.desk.accounts import DeskAccounts
from tui.desk.kept_link import KeptLink
from tui.desk.model.desk import DeskModel
from tui.desk.screen import DeskScreen
from tui.desk.sign_in_lender import SignInLender
from tui.widgets.pace import LoopPace, Pace


class LiveDesk(DeskScreen):
    """One desk on the hub of `client`, which has joined as `joined`."""

    def __init__(
        self,
        client: HubClient,
        joined: Seat,
        *,
        greeting: str = "",
        invitation: str = "",
        role: Role | None = None,
        keeper: CopyKeeper | None = None,
        swap: LibraryExchange | None = None,
        posting_accounts: DeskAccounts | None = None,
        lender: SignInLender | None = None,
        library: Path | None = None,
        clock: DeskClock | None = None,
        pace: Pace | None = None,
    ) -> None:
        super().__init__(
            client if keeper is None else KeptLink(client, keeper),
            DeskModel(joined, clock or DeskClock()),
            pace or LoopPace(),
            greeting=greeting,
            invitation=invitation if joined.scope == "moderator" else "",
            role=role,
        )
        self.hub = client
        self.swap = swap
        self.posting_accounts = posting_accounts or DeskAccounts()
        self.lender = lender
        self.library = library or default_library()
        if keeper is not None:
            keeper.notify_with(lambda words, trouble: self.say(words, warn=trouble) if self.is_running else None)

    def on_mount(self) -> None:
        """Ask which session it is."""
        self.run_worker(self._learn_session(), description="asking which session it is")

    async def on_unmount(self) -> None:
        """Let the connections to the networks go."""
        await self.posting_accounts.aclose()

    async def _learn_session(self) -> None:
        try:
            self.session_id = (await self.hub.session()).id
        except (HubUnreachable, HubRefused):
            return  # only a recap for programs has it
