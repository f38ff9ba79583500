"""What is read of X's answers (docs.x.com, openapi.json).

In August 2026 its description renamed fields (`referenced_tweets` to `referenced_posts` and so on) for all endpoints
but the stream, and did not say what the server does: both names are read everywhere.
"""

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec

from sessions.networks.web.forgiving import VITAL, Lost, read_each


class WireTag(msgspec.Struct, frozen=True):
    """A hashtag, without `#`."""

    tag: str = ""


class WireUrl(msgspec.Struct, frozen=True):
    """A link: `url` (t.co) is what stands in the text, `expanded_url` where it leads, `unwound_url` where that leads in
    the end. One of a picture or a film of the post's own has a `media_key`.
    """

    url: str = ""
    expanded_url: str | None = None
    unwound_url: str | None = None
    media_key: str | None = None


class WireEntities(msgspec.Struct, frozen=True):
    """What X found in a text."""

    hashtags: tuple[WireTag, ...] = ()
    urls: tuple[WireUrl, ...] = ()


class WireNote(msgspec.Struct, frozen=True):
    """The whole text of a post over 280 characters, with its own entities."""

    text: str = ""
    entities: WireEntities | None = None


class WireReference(msgspec.Struct, frozen=True):
    """Another post that this one answers (`replied_to`), quotes (`quoted`) or repeats (`retweeted`)."""

    type: str
    id: str


class WireUser(msgspec.Struct, frozen=True):
    """An account."""

    id: str
    username: str = ""
    name: str = ""


class WirePost(msgspec.Struct, frozen=True):
    """A post, as one version of it: each edit has an id of its own and the whole history, oldest first."""

    id: Annotated[str, VITAL]
    text: Annotated[str, VITAL] = ""
    author_id: str | None = None
    created_at: str | None = None
    conversation_id: str | None = None
    possibly_sensitive: bool | None = None
    entities: WireEntities | None = None
    referenced_tweets: tuple[WireReference, ...] | None = None
    referenced_posts: tuple[WireReference, ...] | None = None
    edit_history_tweet_ids: tuple[str, ...] | None = None
    edit_history_post_ids: tuple[str, ...] | None = None
    note_tweet: WireNote | None = None
    note_post: WireNote | None = None

    @property
    def first_id(self) -> str:
        """The id of its first version, by which it stays the same post."""
        history = self.edit_history_tweet_ids or self.edit_history_post_ids
        return history[0] if history else self.id

    @property
    def note(self) -> WireNote | None:
        """Its whole text where that is long."""
        return self.note_tweet or self.note_post

    @property
    def found(self) -> WireEntities:
        """What stands in its text; of a long one in all of it."""
        own = self.note.entities if self.note is not None else None
        return own or self.entities or WireEntities()

    def referenced(self, kind: str) -> str | None:
        """The id of the post to which it stands in this relation."""
        references = self.referenced_tweets or self.referenced_posts or ()
        return next((one.id for one in references if one.type == kind), None)


class WireIncludes(msgspec.Struct, frozen=True):
    """What the posts refer to; X bills each of these, too."""

    users: tuple[WireUser, ...] = ()
    tweets: tuple[WirePost, ...] = ()
    posts: tuple[WirePost, ...] = ()


class WireProblem(msgspec.Struct, frozen=True):
    """Why not, or why not all. The shapes vary, so what is not text everywhere is read as it comes."""

    title: Any = None
    detail: Any = None
    message: Any = None
    type: Any = None
    code: Any = None
    reason: Any = None
    connection_issue: Any = None
    disconnect_type: Any = None
    parameter: Any = None
    parameters: Any = None
    resource_id: Any = None
    id: Any = None
    value: Any = None
    error: Any = None
    error_description: Any = None
    errors: "tuple[WireProblem, ...] | None" = None

    @property
    def all(self) -> "tuple[WireProblem, ...]":
        """Itself and what it is made of."""
        return (self, *(self.errors or ()))


class WireMeta(msgspec.Struct, frozen=True):
    """Where a page of a search stands."""

    newest_id: str | None = None
    next_token: str | None = None


class WirePage(msgspec.Struct, frozen=True):
    """A page of posts; the posts are read one by one by `read_posts`. `errors` are of what is left out."""

    data: tuple[msgspec.Raw, ...] | None = None
    includes: WireIncludes = WireIncludes()
    meta: WireMeta | None = None
    errors: tuple[WireProblem, ...] | None = None


class WireLine(msgspec.Struct, frozen=True):
    """A line of the stream: a post, or why the stream ends."""

    data: WirePost | None = None
    includes: WireIncludes = WireIncludes()
    errors: tuple[WireProblem, ...] | None = None


class WireRule(msgspec.Struct, frozen=True):
    """A rule of the stream; `tag` says whose it is."""

    id: str
    value: str
    tag: str | None = None


class WireRules(msgspec.Struct, frozen=True):
    """The rules of the app, or what became of some."""

    data: tuple[WireRule, ...] | None = None
    errors: tuple[WireProblem, ...] | None = None


class WireCreated(msgspec.Struct, frozen=True):
    """A post that was made."""

    id: str


class WireCreation(msgspec.Struct, frozen=True):
    """The answer to making a post."""

    data: WireCreated


class WireToken(msgspec.Struct, frozen=True):
    """A person's token, good for `expires_in` seconds; `refresh_token` is good once."""

    access_token: str
    expires_in: int = 7200
    refresh_token: str | None = None


def read_posts(raws: Iterable[msgspec.Raw], lost: Lost[WirePost] | None = None) -> list[WirePost]:
    """The posts that can be read, as `read_each` has it; the others are in `lost`."""
    return read_each(raws, WirePost, lost or Lost(WirePost))
