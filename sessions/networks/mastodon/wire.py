"""What is read of Mastodon's answers (docs.joinmastodon.org/entities); every id is an opaque string."""

import re
from collections.abc import Iterable
from typing import Annotated, Any

import msgspec

from sessions.core.cleaning import clean_name
from sessions.networks.web.forgiving import VITAL, Lost, read_each


class WireAccount(msgspec.Struct, frozen=True):
    """An account; `acct` is bare on its own server and `user@host` elsewhere."""

    acct: str
    display_name: str | None = ""
    id: str = ""
    emojis: "tuple[WireEmoji, ...]" = ()


class WireEmoji(msgspec.Struct, frozen=True):
    """A small picture of the server's own that stands for `:shortcode:`."""

    shortcode: str


class WireMention(msgspec.Struct, frozen=True):
    """Somebody whom a post names; its HTML shows only the first half of `acct`."""

    acct: str
    url: str | None = ""


class WireTag(msgspec.Struct, frozen=True):
    """A hashtag, without `#`, in lower case."""

    name: str


class WireMedia(msgspec.Struct, frozen=True):
    """A picture, a film or a sound; the description is what its author wrote for those who cannot see it."""

    type: str = "unknown"
    description: str | None = None


class WireOption(msgspec.Struct, frozen=True):
    """One answer of a poll."""

    title: str


class WirePoll(msgspec.Struct, frozen=True):
    """A poll."""

    options: tuple[WireOption, ...] = ()


class WireQuoted(msgspec.Struct, frozen=True):
    """As much of a quoted post as names it, and its hashtags."""

    uri: str
    tags: tuple[WireTag, ...] = ()


class WireQuote(msgspec.Struct, frozen=True):
    """A quote (4.4 and later); a post that may not be shown any more is absent. Akkoma's is the quoted post itself.
    One that is quoted by what is quoted itself comes by the server's id alone."""

    quoted_status: WireQuoted | None = None
    quoted_status_id: str | None = None
    uri: str | None = None


class WirePleroma(msgspec.Struct, frozen=True):
    """What Pleroma and Akkoma add to a post."""

    quote_url: str | None = None


class WireStatus(msgspec.Struct, frozen=True):
    """A post. `id` counts on the server that was asked only, `uri` everywhere."""

    id: str
    uri: str
    created_at: str
    account: WireAccount
    content: Annotated[str | None, VITAL] = ""
    visibility: Annotated[str, VITAL] = "public"
    url: str | None = None
    edited_at: str | None = None
    in_reply_to_id: str | None = None
    spoiler_text: str | None = None
    reblog: Any = None
    quote: WireQuote | None = None
    tags: tuple[WireTag, ...] = ()
    mentions: tuple[WireMention, ...] = ()
    media_attachments: tuple[WireMedia, ...] = ()
    poll: WirePoll | None = None
    pleroma: WirePleroma | None = None


class WireContext(msgspec.Struct, frozen=True):
    """The thread around a post; the posts are read one by one by `read_statuses`."""

    descendants: tuple[msgspec.Raw, ...] = ()


def read_statuses(raws: Iterable[msgspec.Raw], lost: Lost[WireStatus] | None = None) -> list[WireStatus]:
    """The posts that can be read, as `read_each` has it; the others are in `lost`."""
    return read_each(raws, WireStatus, lost or Lost(WireStatus))


class WireUrls(msgspec.Struct, frozen=True):
    """Where else a server can be asked."""

    streaming: str = ""


class WireStatusRules(msgspec.Struct, frozen=True):
    """How long a post may be."""

    max_characters: int = 500
    characters_reserved_per_url: int = 23


class WireFeedAccess(msgspec.Struct, frozen=True):
    """Who may read a kind of timeline (4.5 and later): `public`, `authenticated` or `disabled`."""

    local: str = "public"
    remote: str = "public"


class WireTimelinesAccess(msgspec.Struct, frozen=True):
    """Who may read which timeline; a server may answer the others with an empty list."""

    hashtag_feeds: WireFeedAccess = WireFeedAccess()


class WireConfiguration(msgspec.Struct, frozen=True):
    """What a server can do."""

    urls: WireUrls = WireUrls()
    statuses: WireStatusRules = WireStatusRules()
    timelines_access: WireTimelinesAccess = WireTimelinesAccess()


def bare_host(address: str) -> str:
    """The host of what a server says that it is called: some write a whole address (`https://m.example/`)."""
    return address.strip().rpartition("://")[2].partition("/")[0]


_COMPATIBLE = re.compile(r"\(compatible; ([^ ;/)]+)([^)]*)\)", re.IGNORECASE)
"""How they write it: `2.7.2 (compatible; Pleroma 2.9.1)`, `4.2.1 (compatible; Iceshrimp.NET/2025.1)`."""

_MASTODON = "Mastodon"

_VERSION, _NAME = 200, 20
"""Characters of a version that are read, and of a server's name that are shown."""


class WireInstance(msgspec.Struct, frozen=True):
    """A server: `/api/v2/instance`. `domain` is that of its accounts, which may be another than that of its address;
    on GoToSocial `account_domain` is.
    """

    domain: str
    version: str = ""
    account_domain: str | None = None
    configuration: WireConfiguration = WireConfiguration()
    source_url: str = ""

    @property
    def home(self) -> str:
        """What stands behind the `@` in the handles of its own accounts."""
        return bare_host(self.account_domain or self.domain)

    @property
    def gotosocial(self) -> bool:
        """Whether it is a GoToSocial: its hashtag streams stay silent, answers stand only in the thread."""
        return "gotosocial" in f"{self.source_url} {self.version}".lower()

    @property
    def software(self) -> tuple[str, str]:
        """The server's own name and version: others write them behind that of the Mastodon whose API they have."""
        own = _COMPATIBLE.search(self.version[:_VERSION])
        if own is not None:
            return own[1], own[2].strip(" /")
        return "GoToSocial" if self.gotosocial else _MASTODON, self.version

    @property
    def quotes(self) -> bool:
        """Whether it takes a post that quotes another one: Mastodon does from 4.5 on, and others ignore the wish."""
        numbers = [int(one) for one in re.findall(r"\d{1,4}", self.version[:_VERSION])[:2]]
        return self.software[0] == _MASTODON and numbers >= [4, 5]

    @property
    def called(self) -> str:
        """The server's own name as a word to be shown, empty for a Mastodon."""
        name = clean_name(self.software[0], _NAME)
        return "" if name.casefold() == _MASTODON.casefold() or not name[:1].isalnum() else name


class WireInstance1(msgspec.Struct, frozen=True):
    """A server that is older than 4.0: `/api/v1/instance`. `max_toot_chars` is Pleroma's."""

    uri: str
    version: str = ""
    configuration: WireConfiguration | None = None
    max_toot_chars: int | None = None
    urls: dict[str, str] = {}


class WireError(msgspec.Struct, frozen=True):
    """Why not; in the language of the account."""

    error: str = ""
