"""One shape for a post of any network, and for what a session makes of it.

None of it can lead back to itself, so the garbage collector leaves it out (`gc=False`): there may be very many.
"""

from typing import Any, Literal

import msgspec

Kind = Literal["answer", "question", "announcement", "introduction", "aside", "repost", "spam"]
"""What a post is. On screen an aside is "chatter"."""

Why = Literal["label", "thread", "moderator", "guess"]
"""The evidence a filing rests on, strongest is a moderator, weakest a guess."""


NO_WORDS = "[no words]"
"""What stands for a text in which there is nothing: a name never stands alone."""


class Author(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Who wrote a post. `id` is stable and carries its network (`mastodon:42`); handle and name may change.

    `handle` has no `@` in front and one form on each network, in whatever case, so that it can be compared: on Mastodon
    always `user@host`, also where the server that was asked leaves its own host out; on Bluesky the domain
    (`ana.example.org`, empty for `handle.invalid`); on X the user name.
    """

    id: str
    handle: str = ""
    name: str = ""

    @property
    def network(self) -> str:
        """The part of the id before the first colon, such as `mastodon` or `hand`."""
        return self.id.partition(":")[0]

    @property
    def shown(self) -> str:
        """The name to show where there is room for one: the name, else `@handle`, else the bare id.

        Who goes by the number of an account alone, as in some archives, is shown as that.
        """
        bare = self.id.partition(":")[2]
        if self.handle == bare and bare.isdecimal():
            return self.name or f"account {bare}"
        return self.name or (f"@{self.handle}" if self.handle else bare)


class Post(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A post as it travels and is stored (docs/develop/events.md); keys that hold nothing are absent.

    `id` carries its network (`mastodon:1134`), `posted_at` is the network's own time in UTC milliseconds,
    `reply_to`, `repost_of` and `quote_of` are ids of posts, `tags` are hashtags without `#`. `warning` is what the
    author or the network put before it (a content warning): the text is folded behind it. `signed_in_only` says that
    its author asks networks to show it to nobody who is not signed in: it is not for the public. `quoted_tags` are the
    hashtags of the post that it quotes, where the network gave that one along.
    """

    id: str
    author: Author
    text: str
    posted_at: int
    url: str | None = None
    reply_to: str | None = None
    repost_of: str | None = None
    quote_of: str | None = None
    tags: tuple[str, ...] = ()
    warning: str | None = None
    signed_in_only: bool = False
    quoted_tags: tuple[str, ...] = ()


class Filed(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The question (its id) that a post belongs to, and why; `also` are others that its labels name: it is shown under
    those too, and counted under the first.

    A guess also says how sure it is (`confidence`, 0 to 1, two decimals) and on which evidence it rests most
    (`because`): `conversation`, `author`, `words`, `quote` or `time`. Neither is known of guesses made before either
    was kept.
    """

    question: str
    why: Why
    also: tuple[str, ...] = ()
    confidence: float | None = None
    because: str | None = None

    def under(self, question: str | None) -> bool:
        """Whether the post is shown under this question."""
        return question == self.question or question in self.also


class Judgement(msgspec.Struct, frozen=True):
    """What is decided about a post when it arrives; it is stored with the post and never computed again.

    `repost_of` is the id of the post that this one repeats where the network did not say so, `newcomer` that the
    author is in no earlier saved chat of the series, `says_new` that they call themselves new, `addressed` the id of
    the person they reply to, `posting` the key of the posting of ours that comes back with it, `corrects` the id of the
    author's earlier answer that belongs where this post is filed, `from_channel` that the author is known from the
    channel of the series alone.
    """

    kind: Kind
    filed: Filed | None = None
    repost_of: str | None = None
    newcomer: bool = False
    says_new: bool = False
    addressed: str | None = None
    posting: str | None = None
    corrects: str | None = None
    from_channel: bool = False


def worded(text: str) -> str:
    """The text, or what stands for one in which there is nothing."""
    return text if text.strip() else NO_WORDS


def seen_fields(post: Post, judgement: Judgement) -> dict[str, Any]:
    """What `post_seen` carries of a judged post."""
    if worded(post.text) != post.text:
        post = msgspec.structs.replace(post, text=worded(post.text))
    if judgement.repost_of is not None and post.repost_of is None:
        post = msgspec.structs.replace(post, repost_of=judgement.repost_of)
    return {
        "post": post,
        "kind": judgement.kind,
        "filed": judgement.filed,
        "newcomer": judgement.newcomer,
        "says_new": judgement.says_new,
        "addressed": judgement.addressed,
        "posting": judgement.posting,
        "corrects": judgement.corrects,
        "from_channel": judgement.from_channel,
    }
