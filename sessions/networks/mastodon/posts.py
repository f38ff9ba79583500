"""A status of Mastodon as a `Post`. Pure."""

from collections.abc import Callable

from sessions.core.cleaning import clean_handle, clean_name, clean_text
from sessions.core.posts import Author, Post
from sessions.networks.mastodon.wire import WireAccount, WireStatus
from sessions.networks.web.html_text import html_to_text
from sessions.networks.web.times import claimed

SEEN_BY_ALL = frozenset({"public", "unlisted"})
"""The visibilities of what may be shown to somebody whom the author does not know."""

_URL_LIMIT = 2_000
_TAGS = 50
_DESCRIPTION_LIMIT = 300


def post_id(uri: str) -> str:
    """The id of the post with this `uri`, the same on whichever server it was read."""
    return f"mastodon:{uri[:_URL_LIMIT]}"


def full_handle(acct: str, host: str) -> str:
    """`user@host`, in lower case, for the `acct` that a server gives whose own accounts are those of `host`."""
    handle = clean_handle(acct).lower()
    return handle if "@" in handle else f"{handle}@{host.lower()}"


def author_of(account: WireAccount, host: str) -> Author:
    """Who wrote it; the whole handle is the id, because each server numbers accounts in its own way.

    The server's own emoji are left out of the name: here they would be words in colons.
    """
    handle = full_handle(account.acct, host)
    name = account.display_name or ""
    for emoji in account.emojis:
        name = name.replace(f":{emoji.shortcode}:", " ") if emoji.shortcode else name
    return Author(id=f"mastodon:{handle}", handle=handle, name=clean_name(name))


def to_post(status: WireStatus, host: str, *, now: int, uri_of: Callable[[str], str | None]) -> Post:
    """The status as a server gave it at `now` (UTC milliseconds) whose own accounts are those of `host`.

    `uri_of` gives the uri for the server's own id of the post that it answers or quotes, None where that is not known.
    """
    mentions = mentioned(status)
    quoted = _quoted(status, uri_of)
    parent = uri_of(status.in_reply_to_id) if status.in_reply_to_id else None
    return Post(
        id=post_id(status.uri),
        author=author_of(status.account, host),
        text=clean_text(
            "\n".join([html_to_text(status.content or "", mentions, quoted=quoted is not None), *_beside(status)])
        ),
        posted_at=claimed(status.created_at, now),
        url=web_address(status.url) or web_address(status.uri),
        reply_to=post_id(parent) if parent else None,
        quote_of=post_id(quoted) if quoted is not None else None,
        tags=tuple(clean_handle(tag.name) for tag in status.tags[:_TAGS]),
        warning=clean_name(status.spoiler_text or "", _DESCRIPTION_LIMIT) or None,
        quoted_tags=_quoted_tags(status),
    )


def _quoted(status: WireStatus, uri_of: Callable[[str], str | None]) -> str | None:
    """The uri of the post that this one quotes; Akkoma gives that post itself, or only where it stands."""
    quote = status.quote
    if quote is not None and quote.quoted_status is not None:
        return quote.quoted_status.uri
    if quote is not None and (found := quote.uri or (quote.quoted_status_id and uri_of(quote.quoted_status_id))):
        return found
    return status.pleroma.quote_url or None if status.pleroma is not None else None


def _quoted_tags(status: WireStatus) -> tuple[str, ...]:
    """The hashtags of the post that it quotes, where the server gave that one along."""
    quoted = status.quote.quoted_status if status.quote is not None else None
    return tuple(clean_handle(tag.name) for tag in quoted.tags[:_TAGS]) if quoted is not None else ()


def mentioned(status: WireStatus) -> dict[str, str]:
    """The handles of those whom a post names, by the addresses of their profiles."""
    return {mention.url: clean_handle(mention.acct) for mention in status.mentions if mention.url}


def _beside(status: WireStatus) -> list[str]:
    """What stands beside the text: the answers of a poll, and that there are pictures, with their descriptions."""
    found = [f"( ) {clean_name(option.title)}" for option in status.poll.options[:20]] if status.poll else []
    for media in status.media_attachments[:20]:
        kind = clean_name(media.type) if media.type in ("image", "video", "gifv", "audio") else "attachment"
        described = clean_name(media.description or "", _DESCRIPTION_LIMIT)
        found.append(f"[{kind}: {described}]" if described else f"[{kind}]")
    return found


def web_address(url: str | None) -> str | None:
    """The address where it is one that can be shown and opened as it stands."""
    fit = url is not None and url.startswith(("https://", "http://")) and clean_handle(url, _URL_LIMIT) == url
    return url if fit else None
