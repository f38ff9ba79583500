"""Asking whether to exchange saved chats with the chat's computer."""

from collections.abc import Iterator

from textual.content import Content

from sessions.hub.client.exchange import ExchangeOffer
from tui.desk.model.exchange_words import offered
from tui.dialogs.ask import YesNoDialog
from tui.text.outside import outside
from tui.widgets.pace import Pace

_GOES_ALONG = (
    "Exchange them, and what is noted about people? Notes, schools, joined accounts, and who is muted or left out of "
    "recaps go along both ways. Then the same people count as new, whoever hosts."
)


class ExchangeDialog(YesNoDialog):
    """Enter says yes, Escape not now. `later` is how one comes to it again; `sudden` says that it came by itself."""

    def __init__(self, offer: ExchangeOffer, me: str, pace: Pace, *, later: str, sudden: bool) -> None:
        hint = f"Enter yes · Esc not now. Later: {later}."
        super().__init__("Exchange saved chats?", hint, pace, yes="Exchange", no="Not now", sudden=sudden)
        self._offer = offer
        self._me = me

    def words(self) -> Iterator[Content]:
        """What is offered, and what goes along."""
        yield outside(offered(self._offer, self._me))
        yield Content(_GOES_ALONG)
