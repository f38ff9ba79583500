"""Posts that moderators found elsewhere: fit to be kept, and what became of them once they were shared. Pure."""

import msgspec

from sessions.core.cleaning import clean_handle, clean_name, clean_text
from sessions.core.posts import Author, Post

_ID, _URL, _TAGS, _WARNING = 2_000, 2_000, 50, 300


def cleaned_find(post: Post) -> Post | None:
    """A found post as it may be kept, whatever a desk sent; None where it has no id or no author that could be one."""
    who = post.author
    author = Author(clean_handle(who.id, _ID), clean_handle(who.handle, 300), clean_name(who.name))
    id_ = clean_handle(post.id, _ID)
    if any(":" not in one.strip(":") for one in (id_, author.id)):
        return None
    return msgspec.structs.replace(
        post,
        id=id_,
        author=author,
        text=clean_text(post.text),
        posted_at=min(max(post.posted_at, 0), _END_OF_TIME),
        url=_address(post.url),
        reply_to=_other(post.reply_to),
        repost_of=_other(post.repost_of),
        quote_of=_other(post.quote_of),
        tags=tuple(filter(None, (clean_handle(tag) for tag in post.tags[:_TAGS]))),
        warning=clean_name(post.warning or "", _WARNING) or None,
    )


_END_OF_TIME = 253_370_764_800_000
"""The year 9999 in UTC milliseconds."""


def _address(url: str | None) -> str | None:
    fit = url is not None and url.startswith(("https://", "http://")) and clean_handle(url, _URL) == url
    return url if fit else None


def _other(post: str | None) -> str | None:
    return clean_handle(post, _ID) or None if post is not None else None
