"""What is read of Bluesky's answers (atproto.com, lexicons com.atproto and app.bsky).

What an author's own program wrote (a record) stays raw in a view, so that one malformed record costs its post and not
the whole page.
"""

import msgspec

from sessions.core.decoding import JsonReader, Unreadable
from sessions.networks.web.forgiving import read_forgiving


class WireFeature(msgspec.Struct, frozen=True):
    """What a piece of text is: a hashtag, a link or a mention, by `$type`."""

    kind: str = msgspec.field(name="$type", default="")
    tag: str = ""
    uri: str = ""
    did: str = ""


class WireIndex(msgspec.Struct, frozen=True, rename="camel"):
    """A piece of text, by offsets into its UTF-8 bytes; nobody checks them."""

    byte_start: int
    byte_end: int


class WireFacet(msgspec.Struct, frozen=True):
    """A piece of text with what it is."""

    index: WireIndex
    features: tuple[WireFeature, ...] = ()


class WireRef(msgspec.Struct, frozen=True):
    """A record of somebody, in this one version."""

    uri: str
    cid: str = ""


class WireReply(msgspec.Struct, frozen=True):
    """The post that is answered, and the first of its thread."""

    root: WireRef
    parent: WireRef


class WireImage(msgspec.Struct, frozen=True):
    """A picture with what its author wrote for those who cannot see it."""

    alt: str = ""


class WireExternal(msgspec.Struct, frozen=True):
    """The card of a link."""

    uri: str = ""
    title: str = ""


class WireEmbedded(msgspec.Struct, frozen=True):
    """A record in a post: a quoted post by its `uri`, one level deeper beside pictures."""

    uri: str = ""
    record: WireRef | None = None


class WireItem(msgspec.Struct, frozen=True):
    """A picture, or what else there may be, of a gallery, by `$type`."""

    kind: str = msgspec.field(name="$type", default="")
    alt: str = ""


class WireEmbed(msgspec.Struct, frozen=True):
    """What hangs on a post, by `$type`."""

    kind: str = msgspec.field(name="$type", default="")
    images: tuple[WireImage, ...] = ()
    items: tuple[WireItem, ...] = ()
    external: WireExternal | None = None
    record: WireEmbedded | None = None
    media: "WireEmbed | None" = None
    alt: str | None = None


class WireLabel(msgspec.Struct, frozen=True):
    """What a moderation service, or the author, says of a post or an account; `neg` takes it back."""

    val: str = ""
    neg: bool = False


class WireSelfLabels(msgspec.Struct, frozen=True):
    """The author's own labels."""

    values: tuple[WireLabel, ...] = ()


class WireRecord(msgspec.Struct, frozen=True, rename="camel"):
    """A post as its author's program wrote it: `app.bsky.feed.post`."""

    text: str | None
    created_at: str = ""
    facets: tuple[WireFacet, ...] | None = None
    reply: WireReply | None = None
    embed: WireEmbed | None = None
    tags: tuple[str, ...] | None = None
    labels: WireSelfLabels | None = None


class WireAuthor(msgspec.Struct, frozen=True, rename="camel"):
    """An account; the handle may change and be `handle.invalid`, the DID stays."""

    did: str
    handle: str = ""
    display_name: str | None = None
    labels: tuple[WireLabel, ...] | None = None


class WireQuoted(msgspec.Struct, frozen=True):
    """A quoted post as the AppView shows it, its record in `value`; beside pictures it is one level deeper."""

    value: msgspec.Raw = msgspec.Raw(b"")
    record: "WireQuoted | None" = None


class WireEmbedView(msgspec.Struct, frozen=True):
    """What hangs on a post, as the AppView shows it: as much of it as a quoted post needs."""

    record: WireQuoted | None = None


class WireViewer(msgspec.Struct, frozen=True, rename="camel"):
    """What a post is to the account that asks."""

    reply_disabled: bool = False
    embedding_disabled: bool = False


class WirePost(msgspec.Struct, frozen=True, rename="camel"):
    """A post as the AppView shows it: `app.bsky.feed.defs#postView`."""

    uri: str
    cid: str
    author: WireAuthor
    record: msgspec.Raw
    indexed_at: str = ""
    embed: WireEmbedView | None = None
    labels: tuple[WireLabel, ...] | None = None
    viewer: WireViewer | None = None


class WirePosts(msgspec.Struct, frozen=True):
    """Some posts; a page of a search ends without `cursor` where there are no more."""

    posts: tuple[WirePost, ...]
    cursor: str | None = None


class WireReason(msgspec.Struct, frozen=True):
    """Why a post stands in a feed, by `$type`: somebody reposted or pinned it."""

    kind: str = msgspec.field(name="$type", default="")


class WireFeedItem(msgspec.Struct, frozen=True):
    """A post in somebody's feed; one of their own has no reason."""

    post: WirePost
    reason: WireReason | None = None

    @property
    def kind(self) -> str:
        """The reason by its `$type`, empty for an own post."""
        return "" if self.reason is None else self.reason.kind


class WireFeed(msgspec.Struct, frozen=True):
    """A page of somebody's posts."""

    feed: tuple[WireFeedItem, ...]
    cursor: str | None = None


class WireThread(msgspec.Struct, frozen=True):
    """A post of a thread and what answers it; `post` is absent where it is gone or blocked (by `$type`)."""

    kind: str = msgspec.field(name="$type", default="")
    post: WirePost | None = None
    replies: "tuple[WireThread, ...] | None" = None


class WireThreadAnswer(msgspec.Struct, frozen=True):
    """The thread of a post."""

    thread: WireThread


class WireProfiles(msgspec.Struct, frozen=True):
    """Accounts; those that are gone are left out."""

    profiles: tuple[WireAuthor, ...]


class WireDid(msgspec.Struct, frozen=True):
    """Whose a handle is."""

    did: str


class WireStored(msgspec.Struct, frozen=True):
    """A record in its author's repository."""

    uri: str
    cid: str | None = None


class WireService(msgspec.Struct, frozen=True, rename="camel"):
    """A service of a DID document; some have an endpoint that is no text."""

    id: str = ""
    service_endpoint: msgspec.Raw = msgspec.Raw(b'""')


class WireDidDoc(msgspec.Struct, frozen=True):
    """What belongs to a DID, its personal data server (PDS) among it."""

    service: tuple[WireService, ...] = ()


class WireSession(msgspec.Struct, frozen=True, rename="camel"):
    """A session that was made or renewed."""

    access_jwt: str
    refresh_jwt: str
    did: str
    handle: str = ""
    did_doc: WireDidDoc | None = None
    active: bool = True
    status: str | None = None

    def __repr__(self) -> str:
        return "WireSession(...)"


class WireError(msgspec.Struct, frozen=True):
    """Why not: `error` is a name to decide by, `message` is for people."""

    error: str = ""
    message: str = ""


class WireCommit(msgspec.Struct, frozen=True):
    """What happened to a record; a deletion carries none."""

    operation: str = ""
    collection: str = ""
    rkey: str = ""
    rev: str = ""
    cid: str = ""
    record: msgspec.Raw = msgspec.Raw(b"{}")


class WireIdentity(msgspec.Struct, frozen=True):
    """An account has a handle now."""

    did: str = ""
    handle: str = ""


class WireStanding(msgspec.Struct, frozen=True):
    """Whether an account is there; `status` says why not."""

    active: bool = True
    status: str = ""


class WireEvent(msgspec.Struct, frozen=True):
    """What Jetstream tells, of versions 1 and 2; `time_us` is when it heard it, in microseconds."""

    did: str = ""
    time_us: int = 0
    kind: str = ""
    commit: WireCommit | None = None
    identity: WireIdentity | None = None
    account: WireStanding | None = None


_text = JsonReader(str)


def read_record(raw: msgspec.Raw) -> WireRecord | None:
    """The record, None where it is malformed: it was written by a stranger's program."""
    try:
        return read_forgiving(raw, WireRecord)
    except Unreadable:
        return None


def endpoint(doc: WireDidDoc | None) -> str:
    """The address of the personal data server that a DID document names, or ''."""
    for service in doc.service if doc is not None else ():
        if service.id.endswith("#atproto_pds"):
            try:
                return _text.read(service.service_endpoint)
            except Unreadable:
                return ""
    return ""
