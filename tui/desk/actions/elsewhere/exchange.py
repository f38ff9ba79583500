"""Exchanging saved chats with the chat's computer: asked once after joining where something lacks, or when wished."""

from collections.abc import Mapping
from functools import partial

from sessions.files.errors import StorageError
from sessions.hub.client.client import HubRefused, HubUnreachable
from sessions.hub.client.exchange import ExchangeOffer, LibraryExchange
from sessions.words import _
from tui.desk.dialogs.exchange_chats import exchange_dialog
from tui.desk.model.exchange_words import exchanged, nothing_lacks
from tui.desk.port import ChatPort
from tui.shell.actions import PALETTE_KEY, Handler


class ExchangeActions:
    """The action "Exchange saved chats". It runs beside the live chat, one exchange at a time.

    `exchange` does it; None where this desk has no saved chats of its own, or only looks on.
    """

    def __init__(self, port: ChatPort, exchange: LibraryExchange | None) -> None:
        self._port = port
        self._library_exchange = exchange
        self._exchanging = False

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"exchange": self.exchange}

    async def offer(self) -> None:
        """Look what lacks and ask, unless nothing does: then nothing is said."""
        if self._library_exchange is not None:
            await self._exchange(self._library_exchange, unasked=True)

    def exchange(self) -> None:
        """Look what lacks, ask, and bring it over."""
        exchange = self._library_exchange
        if self._port.model.observes:
            self._port.say(_("You are looking on: only moderators can do that."))
        elif exchange is None:
            self._port.say(_("Nothing to exchange: the chat's computer has all chats that are saved here."))
        elif self._exchanging:
            self._port.say(_("Saved chats are being exchanged already."))
        else:
            work = partial(self._exchange, exchange, unasked=False)
            self._port.start(work, group="exchange", name="exchange", description=_("exchanging saved chats"))

    async def _exchange(self, exchange: LibraryExchange, *, unasked: bool) -> None:
        self._exchanging = True
        try:
            offer = await exchange.look()
            if not offer:
                if not unasked:
                    self._port.say(nothing_lacks(offer))
            elif await self._agreed(offer, unasked=unasked):
                await self._bring_over(exchange, offer)
        except (HubUnreachable, HubRefused, StorageError) as error:
            self._report(_("Saved chats are not exchanged: {error}").format(error=error), warn=True, stays=not unasked)
        finally:
            self._exchanging = False

    async def _agreed(self, offer: ExchangeOffer, *, unasked: bool) -> bool:
        if unasked and not self._port.is_active:  # nothing comes between a dialog and whoever writes in it
            self._port.say(
                _("Saved chats differ from the other computer's: {way_here}.").format(way_here=self._way_here()),
                stays=True,
            )
            return False
        dialog = exchange_dialog(offer, self._port.model.me, self._port.pace, later=self._way_here(), unasked=unasked)
        return await self._port.ask(dialog) is True

    async def _bring_over(self, exchange: LibraryExchange, offer: ExchangeOffer) -> None:
        done = (0, len(offer.fetch) + len(offer.send))

        def progress(chats: int, of: int) -> None:
            nonlocal done
            done = (chats, of)
            self._report(_("Exchanging saved chats: {chats} of {of}.").format(chats=chats, of=of), stays=False)

        self._report(_("Exchanging saved chats …"))
        try:
            result = await exchange.run(offer, progress)
        except (HubUnreachable, HubRefused, StorageError) as error:
            palette = self._port.key_of(PALETTE_KEY)
            self._report(
                _("{done} of {done_2} exchanged; {palette} goes on later. {error}").format(
                    done=done[0], done_2=done[1], palette=palette, error=error
                ),
                warn=True,
            )
            return
        self._report(exchanged(result), warn=bool(result.refused))

    def _report(self, words: str, *, warn: bool = False, stays: bool = True) -> None:
        self._port.report("exchange", words, warn=warn, stays=stays)

    def _way_here(self) -> str:
        """How one comes to this action, which has no key of its own."""
        return _("{palette_key}, Exchange saved chats").format(palette_key=self._port.key_of(PALETTE_KEY))
