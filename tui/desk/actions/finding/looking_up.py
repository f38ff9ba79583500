"""Looking up posts elsewhere with this desk's sign-ins, page by page. What it may cost is asked before."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial

from msgspec import UNSET
from textual.content import Content

from sessions.core.commands import Command, LookUp, ReserveSpending
from sessions.core.posts import Post
from sessions.core.tasks.standing import closed
from sessions.files.errors import StorageError
from sessions.networks.finder import Query, query_of
from sessions.networks.spending import Spending, dollars, spending
from sessions.networks.web.errors import NetworkError
from sessions.words import _
from tui.desk.accounts import DeskAccounts
from tui.desk.actions.finding.sharing import FindSharing
from tui.desk.actions.post_texts import show_address
from tui.desk.model.elsewhere.finds import Finds, Place
from tui.desk.port import DeskPort
from tui.desk.sending.commands import AWAY, command_id
from tui.dialogs.confirm import ConfirmDialog
from tui.shell.actions import Handler
from tui.text.outside import clean_line, outside
from tui.text.sources import long_name

NOTHING = _("Type a #hashtag, a @name or words first.")
NOWHERE = _("Choose at least one network.")


class LookUpActions:
    """The action "Look up elsewhere", and what the dialog for it asks for. `sharing` shares what was found.

    Only who is signed in here, or a network that is open to all, is asked: the hub has no part in it but to note it.
    """

    def __init__(self, port: DeskPort, accounts: DeskAccounts, sharing: FindSharing) -> None:
        self._port = port
        self._accounts = accounts
        self._sharing = sharing
        self._typed = ""
        self._paid: set[asyncio.Future[None]] = set()
        self._unsent: list[Command] = []
        self.places: Sequence[Place] = ()
        self.finds: Finds | None = None

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"look_up": self.open}

    def open(self) -> None:
        """Show where one can look, and look."""
        if self._port.model.observes:
            self._port.say(_("You are looking on: only moderators can do that."))
        else:
            self._port.start(self._open)

    def tick(self) -> None:
        """Tell the hub, once it is back, what came of what was put aside: else it stays so for good."""
        if self._unsent and not self._is_away:
            unsent, self._unsent = self._unsent, []
            for command in unsent:
                self._port.start(
                    partial(self._told, command), group="told", description=_("telling what a look-up cost")
                )

    @property
    def _is_away(self) -> bool:
        return self._port.model.offline is not None or self._port.model.ended is not None

    async def _told(self, command: Command) -> None:
        """Say it again; what is refused is not said once more."""
        if not await self._port.sent(command) and self._is_away:
            self._unsent.append(command)

    async def _tell(self, command: Command) -> None:
        """Let the hub know, and keep what it did not hear; heard twice it is done once."""
        if not await self._port.sent(command):
            self._unsent.append(command)

    def open_for(self, tag: str) -> None:
        """Show it with this hashtag to look up."""
        self._typed = f"#{tag}"
        self.open()

    async def _open(self) -> None:
        from tui.desk.dialogs.look_up import LookUpDialog

        try:
            await self._accounts.look()
        except (StorageError, OSError) as error:
            self._port.say(_("The accounts of this computer cannot be read: {error}").format(error=error), warn=True)
        self.places = [Place(*one) for one in self._accounts.places(self._port.model.state.plan)]
        if not self.places:
            self._port.say(_("No network to look in: `lunchroom login` signs in, or the plan names one."))
            return
        await self._port.ask(LookUpDialog(self, self._port.model))

    # What the dialog asks for

    @property
    def typed(self) -> str:
        """What was looked up last, and before that the hashtag of the first task that is open."""
        model = self._port.model
        tasks = model.state.plan.lookups if model.state.plan is not None else ()
        return self._typed or next((f"#{task.tag}" for task in tasks if not closed(task, model.now())), "")

    def key_of(self, name: str) -> str:
        """What is printed on the key of this action of the desk."""
        return self._port.key_of(name)

    async def look_up(self, typed: str, sources: Sequence[str]) -> str:
        """Look it up at these places; why nothing was, in a sentence, else what came of it."""
        query = query_of(clean_line(typed))
        if query is None:
            return NOTHING
        if not sources:
            return NOWHERE
        self._typed = typed
        self.finds = Finds(query)
        chosen = [place for place in self.places if place.source in sources]
        return await self._pages(self.finds, dict.fromkeys(chosen))

    async def more(self) -> str:
        """The next page of each place that has one."""
        finds = self.finds
        if finds is None or not finds.next:
            return _("There is no more.")
        return await self._pages(finds, {place: finds.next[place.source] for place in self.places
                                         if place.source in finds.next})  # fmt: skip

    async def share(self, post: Post) -> str:
        """Share a found post with the chat; a sentence about it, empty where it was said already."""
        return await self._sharing.share(post)

    async def copy(self, post: Post) -> str:
        """Put its text on the clipboard; the sentence that says so."""
        return await self._port.copy(post.text, _("the post"))

    async def show_address(self, post: Post) -> str:
        """Show where it stands; a sentence where it has no address."""
        if post.url is None:
            return _("This post has no address.")
        await show_address(self._port, post.url)
        return ""

    # Asking the networks

    async def _pages(self, finds: Finds, places: Mapping[Place, str | None]) -> str:
        """Ask all of them side by side; what one does not give does not keep the others."""
        allowed = {place: page for place, page in places.items() if await self._allowed(finds, place)}
        await asyncio.gather(*(self._asked(finds, place, page) for place, page in allowed.items()))
        return finds.words(self._port.model.state)

    async def _asked(self, finds: Finds, place: Place, page: str | None) -> None:
        """A page of one place. What is paid for is counted even where nobody waits for it any more."""
        if not place.costs:
            await self._page(finds, place, page)
            return
        asking = asyncio.ensure_future(self._paid_page(finds, place, page))
        self._paid.add(asking)
        asking.add_done_callback(self._paid.discard)
        await asyncio.shield(asking)

    async def _allowed(self, finds: Finds, place: Place) -> bool:
        """Whether it can be looked up there, and may cost what it costs, which is asked each time."""
        if why := place.why_not(finds.query):
            finds.fail(place.source, why)
            return False
        most, state = place.most(finds.query), self._port.model.state
        if not most:
            return True
        found = spending(state, place.source)
        if found.taken + most > found.ceiling:
            finds.fail(place.source, self._too_much(place, most))
            return False
        name = clean_line(long_name(state, place.source))
        words = Content.assemble(
            _("It costs up to {dollars}, by your sign-in. {words} is spent in this chat.\n\n").format(
                dollars=dollars(most), words=found.words
            ),
            outside(finds.query.words),
        )
        if await self._port.ask(
            ConfirmDialog(
                _("Look up on {name}?").format(name=name),
                words,
                _("Pay up to {dollars}").format(dollars=dollars(most)),
                _("No"),
            )
        ):
            return True
        finds.fail(place.source, _("left out"))
        return False

    def _too_much(self, place: Place, most: int) -> str:
        found, key = spending(self._port.model.state, place.source), self._port.key_of("sources")
        return _("{words} is spent, a page costs up to {dollars}; {key} allows more").format(
            words=Spending(found.taken, found.ceiling).words, dollars=dollars(most), key=key
        )

    async def _paid_page(self, finds: Finds, place: Place, page: str | None) -> None:
        """A page that costs something, once the hub has put that aside: other desks may look something up, too."""
        key, most = command_id(), place.most(finds.query)
        if await self._port.sent(ReserveSpending(id=command_id(), source=place.source, key=key, most=most)):
            await self._page(finds, place, page, key)
        elif self._is_away:
            self._unsent.append(ReserveSpending(id=command_id(), source=place.source, key=key, most=0))  # if it heard
            finds.fail(place.source, AWAY)
        else:
            finds.fail(place.source, self._too_much(place, most))

    async def _page(self, finds: Finds, place: Place, page: str | None, key: str = "") -> None:
        try:
            found = await self._accounts.finder(place.source).find(finds.query, page)
        except NetworkError as error:
            finds.fail(place.source, error.status.removesuffix(", trying again"))
            if key:
                await self._tell(ReserveSpending(id=command_id(), source=place.source, key=key, most=0))
            return
        fresh = finds.take(place.source, found)
        if page is None or key:
            await self._note(finds.query, place, fresh, found.spent, key)

    async def _note(self, query: Query, place: Place, posts: int, spent: int, key: str) -> None:
        """Let the other desk know, and count what it cost."""
        noted = LookUp(
            id=command_id(), source=place.source, looks_for=query.looks_for, text=query.text[:300], posts=posts,
            spent=spent, key=key or UNSET,
        )  # fmt: skip
        await self._tell(noted)
