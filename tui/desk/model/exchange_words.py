"""An exchange of saved chats in words: what is offered, and what came of it. Names in them are from outside."""

from sessions.hub.client.exchange import ExchangeOffer, ExchangeResult
from tui.text.outside import clean_line
from tui.text.wording import count


def offered(offer: ExchangeOffer, me: str) -> str:
    """What the two computers lack of each other, as one sentence to somebody named `me`."""
    host = clean_line(offer.host)
    computer = f"{host}'s computer" if host and offer.host != me else "The chat's computer"
    new = len(offer.fetch) - offer.longer
    parts: list[str] = []
    if new:
        parts.append(f"has {count(new, 'chat')} of {of_series(offer)} that {'is' if new == 1 else 'are'} not here")
    if offer.longer:
        parts.append(f"has {count(offer.longer, 'chat')} longer than here")
    if offer.send:
        what = "of yours" if parts else f"of your chats of {of_series(offer)}"
        parts.append(f"lacks {len(offer.send):,} {what}")
    if not parts:
        return f"{computer} and this one have the same chats, but not the same notes about people."
    if len(parts) > 2:
        parts = [", ".join(parts[:-1]), parts[-1]]
    return f"{computer} {', and '.join(parts)}."


def exchanged(done: ExchangeResult) -> str:
    """What came of it, in one line."""
    parts = []
    if done.fetched:
        parts.append(f"{count(done.fetched, 'chat')} came here")
    if done.sent:
        parts.append(f"{done.sent if parts else count(done.sent, 'chat')} went there")
    if done.people:
        parts.append("and notes about people" if parts else "notes about people")
    words = f"Exchanged: {', '.join(parts)}." if parts else "Nothing was exchanged."
    return f"Not all were taken: {done.refused[0]} {words}" if done.refused else words


def nothing_lacks(offer: ExchangeOffer) -> str:
    """Why nothing is asked."""
    if offer.rehearsal:
        return "This is a rehearsal: nothing is exchanged."
    return f"Both computers have the same chats of {of_series(offer)} and the same notes."


def of_series(offer: ExchangeOffer) -> str:
    """The series, with the sign of a hashtag where it is one."""
    series = clean_line(offer.series)
    return f"#{series}" if offer.series in offer.hashtags else series
