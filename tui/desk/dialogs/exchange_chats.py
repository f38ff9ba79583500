"""Asking whether to exchange saved chats with the chat's computer."""

from textual.content import Content

from sessions.hub.client.exchange import ExchangeOffer
from sessions.words import _
from tui.desk.model.exchange_words import offered
from tui.dialogs.ask import AskDialog
from tui.text.outside import outside
from tui.widgets.pace import Pace

_GOES_ALONG = _(
    "Exchange them, and what is noted about people? Notes, schools, joined accounts, and who is muted or left out of "
    "recaps go along both ways. Then the same people count as new, whoever hosts."
)


def exchange_dialog(offer: ExchangeOffer, me: str, pace: Pace, *, later: str, unasked: bool) -> AskDialog:
    """Says what is offered, and what goes along. Enter says yes, Escape not now.

    `later` is how one comes to it again; `unasked` says that it came by itself.
    """
    return AskDialog(
        _("Exchange saved chats?"),
        (outside(offered(offer, me)), Content(_GOES_ALONG)),
        pace,
        yes=_("Exchange"),
        no=_("Not now"),
        hint=_("Enter yes · Esc not now. Later: {later}.").format(later=later),
        unasked=unasked,
    )
