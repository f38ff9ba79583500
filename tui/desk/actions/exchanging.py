"""Exchanging saved chats with the chat's computer: asked once after joining where something lacks, or when wished."""

from sessions.files.errors import StorageError
from sessions.hub.client.client import HubRefused, HubUnreachable
from sessions.hub.client.exchange import ExchangeOffer, LibraryExchange
from tui.desk.core import DeskCore
from tui.desk.dialogs.exchange_chats import ExchangeDialog
from tui.desk.model.exchange_words import exchanged, nothing_lacks


class Exchanging(DeskCore):
    """The action "Exchange saved chats". It runs beside the live chat, one exchange at a time."""

    swap: LibraryExchange | None = None
    """What exchanges; None where this desk has no saved chats of its own, or only looks on."""

    _swapping = False

    def on_mount(self) -> None:
        """Look what lacks, beside all else."""
        self.run_worker(self.look_for_exchange(), name="exchange")

    async def look_for_exchange(self) -> None:
        """Look what lacks and ask, unless nothing does: then nothing is said."""
        if self.swap is not None:
            await self._exchange(self.swap, sudden=True)

    def do_exchange(self) -> None:
        """Look what lacks, ask, and bring it over."""
        if self.model.observes:
            self.say("You are looking on: only moderators can do that.")
        elif self.swap is None:
            self.say("Nothing to exchange: this desk has no saved chats but those of the chat's computer.")
        elif self._swapping:
            self.say("Saved chats are being exchanged already.")
        else:
            self.run_worker(self._exchange(self.swap, sudden=False), name="exchange")

    async def _exchange(self, swap: LibraryExchange, *, sudden: bool) -> None:
        self._swapping = True
        try:
            offer = await swap.look()
            if not offer:
                if not sudden:
                    self.say(nothing_lacks(offer))
            elif await self._agreed(offer, sudden=sudden):
                await self._bring_over(swap, offer)
        except (HubUnreachable, HubRefused, StorageError) as error:
            self.say(f"Saved chats are not exchanged: {error}", warn=True, stays=not sudden)
        finally:
            self._swapping = False

    async def _agreed(self, offer: ExchangeOffer, *, sudden: bool) -> bool:
        if sudden and self.app.screen is not self:  # nothing comes between a dialog and whoever writes in it
            self.say("Saved chats differ from the other computer's: ctrl+p, Exchange saved chats.", stays=True)
            return False
        dialog = ExchangeDialog(offer, self.model.me, self.pace, sudden=sudden)
        return await self.app.push_screen_wait(dialog) is True

    async def _bring_over(self, swap: LibraryExchange, offer: ExchangeOffer) -> None:
        done = (0, len(offer.fetch) + len(offer.send))

        def progress(chats: int, of: int) -> None:
            nonlocal done
            done = (chats, of)
            self.say(f"Exchanging saved chats: {chats} of {of}.")

        self.say("Exchanging saved chats …", stays=True)
        try:
            swapped = await swap.run(offer, progress)
        except (HubUnreachable, HubRefused, StorageError) as error:
            self.say(f"{done[0]} of {done[1]} exchanged; ctrl+p goes on later. {error}", warn=True, stays=True)
            return
        self.say(exchanged(swapped), warn=bool(swapped.refused), stays=True)
