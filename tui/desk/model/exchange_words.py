"""An exchange of saved chats in words: what is offered, and what came of it. Names in them are from outside."""

from sessions.hub.client.exchange import ExchangeOffer, ExchangeResult
from sessions.words import _, ngettext
from tui.desk.model.log_words import who_did
from tui.text.outside import clean_line
from tui.text.wording import counted


def offered(offer: ExchangeOffer, me: str) -> str:
    """What the two computers lack of each other, as one sentence to somebody named `me`."""
    host = clean_line(offer.host)
    computer = _("{host}'s computer").format(host=host) if host and offer.host != me else _("The chat's computer")
    new = len(offer.fetch) - offer.longer
    parts: list[str] = []
    if new:
        parts.append(
            ngettext(
                "has {n} chat of {series} that is not here", "has {n} chats of {series} that are not here", new
            ).format(n=f"{new:,}", series=of_series(offer))
        )
    if offer.longer:
        parts.append(_("has {chats} longer than here").format(chats=counted(offer.longer, "{n} chat", "{n} chats")))
    if offer.send:
        sent = len(offer.send)
        lacks = (
            ngettext("lacks {n} of yours", "lacks {n} of yours", sent)
            if parts
            else ngettext("lacks {n} of your chats of {series}", "lacks {n} of your chats of {series}", sent)
        )
        parts.append(lacks.format(n=f"{sent:,}", series=of_series(offer)))
    if not parts:
        return _("{computer} and this one have the same chats, but not the same notes about people.").format(
            computer=computer
        )
    if len(parts) > 2:
        parts = [", ".join(parts[:-1]), parts[-1]]
    return who_did(computer, _(", and ").join(parts)) + "."


def exchanged(done: ExchangeResult) -> str:
    """What came of it, in one line."""
    parts = []
    if done.fetched:
        parts.append(counted(done.fetched, "{n} chat came here", "{n} chats came here"))
    if done.sent:
        parts.append(
            ngettext("{n} went there", "{n} went there", done.sent).format(n=done.sent)
            if parts
            else counted(done.sent, "{n} chat went there", "{n} chats went there")
        )
    if done.people:
        parts.append(_("and notes about people") if parts else _("notes about people"))
    words = _("Exchanged: {parts}.").format(parts=", ".join(parts)) if parts else _("Nothing was exchanged.")
    return (
        _("Not all were taken: {refused} {words}").format(refused=done.refused[0], words=words)
        if done.refused
        else words
    )


def nothing_lacks(offer: ExchangeOffer) -> str:
    """Why nothing is asked."""
    if offer.rehearsal:
        return _("This is a rehearsal: nothing is exchanged.")
    return _("Both computers have the same chats of {of_series} and the same notes.").format(of_series=of_series(offer))


def of_series(offer: ExchangeOffer) -> str:
    """The series, with the sign of a hashtag where it is one."""
    series = clean_line(offer.series)
    return f"#{series}" if offer.series in offer.hashtags else series
