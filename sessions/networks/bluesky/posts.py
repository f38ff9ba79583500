"""A post of Bluesky as a `Post`. Pure."""

from collections.abc import Container, Iterable, Sequence
from urllib.parse import quote

import msgspec

from sessions.core.cleaning import clean_handle, clean_name, clean_text
from sessions.core.posts import Author, Post
from sessions.networks.bluesky.facets import shown, tag_key, tags_of, typed_tags
from sessions.networks.bluesky.wire import WireAuthor, WireEmbed, WireItem, WireLabel, WirePost, WireRecord, read_record
from sessions.networks.web.times import claimed

COLLECTION = "app.bsky.feed.post"
REPOSTS = "app.bsky.feed.repost"
PREFIX = "bluesky:"

_DESCRIPTION_LIMIT = 300
_URL_LIMIT = 2_000
_NO_HANDLE = "handle.invalid"

_WARNINGS = {
    "!hide": "hidden by Bluesky's moderators",
    "!warn": "warning by Bluesky's moderators",
    "porn": "adult content",
    "sexual": "sexual content",
    "nudity": "nudity",
    "graphic-media": "graphic media",
    "gore": "graphic media",
    "self-harm": "self-harm",
    "spam": "spam",
    "scam": "scam",
    "impersonation": "impersonation",
    "intolerant": "intolerance",
    "threat": "threats",
    "rude": "rudeness",
    "sexual-figurative": "sexual content",
    "sensitive": "sensitive",
    "unsafe-link": "unsafe link",
}
"""Labels that fold a post, in words: the global ones and those of Bluesky's own moderation service
(docs.bsky.app/docs/advanced-guides/moderation). Labels of other services say all kinds of things and fold nothing."""


_SIGNED_IN_ONLY = "!no-unauthenticated"
"""The label by which people ask that nobody who is not signed in be shown what they write
(docs.bsky.app/docs/advanced-guides/moderation)."""

_EMBEDS = frozenset(
    f"app.bsky.embed.{kind}" for kind in ("images", "external", "record", "recordWithMedia", "video", "gallery")
)
"""What may hang on a post and is known here; of anything else only that it is there is told."""


def post_id(uri: str) -> str:
    """The id of the post with this AT-URI."""
    return f"{PREFIX}{uri[:_URL_LIMIT]}"


def uri_of(post: str) -> str:
    """The AT-URI of the post with this id."""
    return post.removeprefix(PREFIX)


def did_of(uri: str) -> str:
    """Whose record an AT-URI names, '' where it is none."""
    return uri.removeprefix("at://").partition("/")[0] if uri.startswith("at://") else ""


def author_of(author: WireAuthor) -> Author:
    """Who wrote it; the DID is the id, because handles change."""
    handle = clean_handle(author.handle, 253).lower()
    return Author(
        id=f"{PREFIX}{clean_handle(author.did, 200)}",
        handle="" if handle == _NO_HANDLE else handle,
        name=clean_name(author.display_name or ""),
    )


def web_address(uri: str, author: Author | None = None) -> str | None:
    """Where people read the post."""
    rkey = uri.rpartition("/")[2]
    who = did_of(uri) if author is None else author.handle or author.id.removeprefix(PREFIX)
    return f"https://bsky.app/profile/{quote(who, safe=':')}/post/{quote(rkey, safe='')}" if rkey else None


def carries(tags: Iterable[str], keys: Container[str]) -> bool:
    """Whether one of these hashtags is one of `keys` (`tag_key`s)."""
    return any(tag_key(tag) in keys for tag in tags)


def to_post(view: WirePost, *, now: int) -> Post | None:
    """The post as the AppView showed it at `now` (UTC milliseconds); None where its record is malformed."""
    record = read_record(view.record)
    if record is None:
        return None
    labels = [*(view.labels or ()), *(view.author.labels or ())]
    post = record_to_post(view.uri, record, view.author, labels, heard=claimed(view.indexed_at, now))
    return msgspec.structs.replace(post, quoted_tags=_quoted_tags(view)) if post.quote_of is not None else post


def _quoted_tags(view: WirePost) -> tuple[str, ...]:
    """The hashtags of the post that it quotes, where the AppView shows that one."""
    quoted = view.embed.record if view.embed is not None else None
    inner = quoted.record if quoted is not None else None
    for one in (quoted, inner):
        record = read_record(one.value) if one is not None and one.value else None
        if record is not None:
            return _tags(record)
    return ()


def record_to_post(
    uri: str, record: WireRecord, author: WireAuthor, labels: Iterable[WireLabel] = (), *, heard: int
) -> Post:
    """The post of a record; `heard` is when the network first saw it (UTC milliseconds).

    The author's program may claim any time, so the post is at the earlier of both, as the network sorts it.
    """
    who = author_of(author)
    said = record.text or ""
    text = shown(said, record.facets or ())
    own = record.labels.values if record.labels is not None else ()
    said_of_it = [*labels, *own]
    return Post(
        id=post_id(uri),
        author=who,
        text=clean_text("\n".join([text, *_beside(record.embed, text)])),
        posted_at=claimed(record.created_at, heard),
        url=web_address(uri, who),
        reply_to=_post(record.reply.parent.uri) if record.reply is not None else None,
        quote_of=_post(_quoted(record.embed)),
        tags=_tags(record),
        warning=_warning(said_of_it),
        signed_in_only=_SIGNED_IN_ONLY in _standing(said_of_it),
    )


def _tags(record: WireRecord) -> tuple[str, ...]:
    found = {tag_key(tag): tag for tag in reversed((*tags_of(record), *typed_tags(record.text or "")))}
    return tuple(reversed(found.values()))


def _post(uri: str) -> str | None:
    return post_id(uri) if f"/{COLLECTION}/" in uri else None


def _quoted(embed: WireEmbed | None) -> str:
    if embed is None or embed.record is None:
        return ""
    return embed.record.record.uri if embed.record.record is not None else embed.record.uri


def _standing(labels: Sequence[WireLabel]) -> list[str]:
    """What the labels say that nobody took back."""
    gone = {label.val for label in labels if label.neg}
    return [one.val for one in labels if one.val not in gone]


def _warning(labels: Sequence[WireLabel]) -> str | None:
    words = dict.fromkeys(_WARNINGS[val] for val in _standing(labels) if val in _WARNINGS)
    return ", ".join(words) or None


def _beside(embed: WireEmbed | None, text: str) -> list[str]:
    """What hangs on the post: pictures with their descriptions, and the link of a card where the text lacks it."""
    if embed is None:
        return []
    kinds = [embed.kind, embed.media.kind] if embed.media is not None else [embed.kind]
    embed = embed.media or embed
    found = [_attached("image", image.alt) for image in embed.images[:20]]
    found += [_attached(_kind(item), item.alt) for item in embed.items[:20]]
    if embed.kind.startswith("app.bsky.embed.video"):
        found.append(_attached("video", embed.alt or ""))
    card = embed.external
    if card is not None and card.uri.startswith(("https://", "http://")) and card.uri not in text:
        found.append(" ".join([_attached("link", card.title), card.uri[:_URL_LIMIT]]))
    strange = any(kind and kind not in _EMBEDS for kind in kinds) or (any(kinds) and not text.strip())
    return found or ([_attached("attachment", embed.alt or "")] if strange else [])


def _kind(item: WireItem) -> str:
    """What an item of a gallery is, as far as is known here."""
    kind = item.kind.rpartition("#")[2].removeprefix("view").lower()
    return kind if kind in ("image", "video") else "attachment"


def _attached(kind: str, described: str) -> str:
    words = clean_name(described, _DESCRIPTION_LIMIT)
    return f"[{kind}: {words}]" if words else f"[{kind}]"
