"""Sharing a post that was found elsewhere with the chat: as a post of ours, as a quote or a boost; else copied."""

from collections.abc import Sequence

from textual.content import Content

from sessions.core.commands import BeginPosting
from sessions.core.events import Sharing
from sessions.core.plan import Plan
from sessions.core.plan.words import PRACTICE
from sessions.core.posts import Post
from sessions.networks.account import Account
from sessions.networks.registry import NETWORKS
from sessions.publishing.sender import new_key
from sessions.publishing.shares import quote_draft, share_draft
from sessions.publishing.texts import Draft
from sessions.words import _
from tui.desk.actions.publishing.posting import PublishingActions
from tui.desk.model.posting import REHEARSAL, Postable
from tui.desk.port import DeskPort
from tui.desk.sending.commands import command_id
from tui.dialogs.choose import Choice, ChooseDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.text.outside import cell_len, clean_line, cut, outside

NAME_CELLS = 40

WAYS: dict[Sharing, tuple[str, str]] = {
    "new": (_("New post"), _("with a link, their handle and our hashtag")),
    "quote": (_("Quote"), _("a post of ours that shows theirs, with our hashtag")),
    "boost": (_("Boost"), _("theirs as it stands; not under our hashtag")),
}


class FindSharing:
    """Shares what was found, by what posts everything else: `publishing`."""

    def __init__(self, port: DeskPort, publishing: PublishingActions) -> None:
        self._port = port
        self._publishing = publishing

    async def share(self, found: Post) -> str:
        """Choose how, see it, and share it; a sentence about what was done instead, empty where it was said."""
        accounts = await self._publishing.accounts_now()
        here = next((one for one in accounts if one.network == found.author.network), None)
        how = await self._how(self._ways(found, here))
        if how is None:
            return ""
        if how == "boost":
            await self._boost(found, here)
            return ""
        only = found.author.network if how == "quote" and not self._publishing.rehearses else None
        language = (self._port.model.state.plan or Plan()).spoken
        draft = quote_draft(found, language) if how == "quote" else share_draft(found, language)
        return await self._publishing.publish(_postable(found, how, draft, only))

    def _ways(self, found: Post, here: Account | None) -> Sequence[Sharing]:
        """How it can be shared: in a rehearsal in every way, else as its network has it and this desk is signed in."""
        row = NETWORKS.get(found.author.network)
        posting = row.posting if row is not None else None
        more = posting.shares if posting is not None and (here is not None or self._publishing.rehearses) else ()
        return ("new", *more)

    async def _how(self, ways: Sequence[Sharing]) -> Sharing | None:
        if len(ways) == 1:
            return ways[0]
        mark = f"  ({REHEARSAL})" if self._publishing.rehearses else ""
        room = max(cell_len(WAYS[way][0]) for way in ways) + 2
        choices = [Choice(way, _line_of(way, room), WAYS[way][0]) for way in ways]
        chosen = await self._port.ask(ChooseDialog(_("Share it how?{mark}").format(mark=mark), choices, chosen="new"))
        return next((way for way in ways if way == chosen), None)

    async def _boost(self, found: Post, account: Account | None) -> None:
        """Boost it once it was seen with whose account, and that it does not stand under the hashtag."""
        name = cut(clean_line(found.author.shown), NAME_CELLS)
        by = f"@{clean_line(account.handle)}" if account is not None else REHEARSAL
        row = NETWORKS.get(found.author.network)
        price = row.posting.boost_price if row is not None and row.posting is not None else ""
        costs = f" {price}" if price else ""
        words = Content.assemble(
            _(
                "By {by}.{costs} A boost has no hashtag of ours: who reads the chat by its hashtag does not see it.\n\n"
            ).format(by=by, costs=costs),
            outside(clean_line(found.text)),
        )
        title = Content.assemble(_("Boost the post of "), outside(name), "?")
        if not await self._port.ask(ConfirmDialog(title, words, _("Boost it"), _("No"))):
            return
        postable = _postable(found, "boost", Draft("share", found.id, found.url or found.id))
        if account is not None:
            await self._publishing.publish_at(postable, account)
            return
        noted = BeginPosting(
            id=command_id(), key=new_key(), source=PRACTICE, account=self._port.model.me, purpose="share",
            subject=found.id, text=postable.draft.text, how="boost", found=found,
        )  # fmt: skip
        if await self._port.sent(noted):
            self._port.report(postable.name, _("{name}: rehearsed, nothing was sent.").format(name=postable.name))


def _line_of(way: Sharing, room: int) -> Content:
    name, words = WAYS[way]
    return Content.assemble((name + " " * (room - cell_len(name)), "bold"), words)


def _postable(found: Post, how: Sharing, draft: Draft, only: str | None = None) -> Postable:
    name = _("Find by {cut}").format(cut=cut(clean_line(found.author.shown), NAME_CELLS))
    return Postable(name, draft, only, found=found, how=how)
