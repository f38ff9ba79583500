"""Taking one person out of the events of a session, so that its numbers stay and its words about them do not.

Seqs, types, times, kinds and filings stay. The person's accounts and posts get pseudonyms, the same ones in every
session; their name, handle, texts, addresses and tags are blanked, in what others wrote and shared too. Pure.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from sessions.core.decoding import read_any_json
from sessions.core.events import (
    AnyEvent,
    LookedUp,
    PeopleCarried,
    PostEdited,
    PostingBegun,
    PostingDone,
    PostSeen,
    PostShared,
    SessionOpened,
    UnknownEvent,
    decode_event,
    encode_event,
)
from sessions.core.identity import PSEUDONYM, Identity, bare_handle, canonical, posts_in
from sessions.core.plan.turns import same_name
from sessions.core.posts import Post
from sessions.core.redaction.blanking import posting_keys
from sessions.core.redaction.mentions import Mentions
from sessions.core.state import SessionState

LONG_TEXT = 20
"""Characters from which on a person's text is looked for in the posts of others; shorter ones are anybody's words."""

_REMEMBERED = 100_000
"""Texts of which is kept how they read without the person: each is looked at once more when its file is written."""

Pseudonym = Callable[[str], str]
"""Gives an id or a name the same letters each time, from which it cannot be read back."""

_NOT_WORDS = frozenset({
    "type", "kind", "why", "role", "scope", "question", "after", "command", "status", "cursor", "source", "sources",
    "timezone", "starts", "series", "label", "hashtags", "optional_hashtags", "tag", "key", "purpose", "posting",
})  # fmt: skip
"""Keys of events whose values are the session's own words and not people's."""

_OWN_TEXTS = frozenset({"text", "name", "handle", "url", "school", "level", "notes"})
"""Keys of a document about a person whose values are theirs."""

_MODERATORS = frozenset({"by", "moderator", "name"})
"""Keys of events whose values name whoever sits at a desk."""


class Words(msgspec.Struct, frozen=True):
    """The person's own posts (ids), those of others that lose their text too, and longer texts to look for.

    Of however many sessions. Only own posts get pseudonyms for their ids.
    """

    posts: frozenset[str] = frozenset()
    repeats: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()

    def with_those_of(self, events: Sequence[AnyEvent], who: Identity) -> "Words":
        """The same with the posts and texts of one more session."""
        seen = [*posts_in(events)]
        own = [post for post in seen if who.is_author(post.author)]
        posts = {post.id for post in own}
        ours = {event.key: event for event in events if isinstance(event, PostingBegun) and is_account(who, event)}
        posts |= {event.post for event in events if isinstance(event, PostingDone) and event.key in ours}
        texts = {event.text for event in ours.values()} | {post.text for post in own}
        edits = [event for event in events if isinstance(event, PostEdited)]
        texts |= {event.text for event in edits if event.post in posts or event.post in self.posts}
        repeats: set[str] = set()
        for post in seen:
            of = post.repost_of
            if of is None or post.id in posts or post.id in self.posts:
                continue
            if of in posts or of in self.posts or of in repeats or of in self.repeats:
                repeats.add(post.id)
        return Words(
            _with(self.posts, posts),
            _with(self.repeats, repeats),
            _with(self.texts, {text for text in texts if len(text) >= LONG_TEXT}),
        )


def _with(known: frozenset[str], more: set[str]) -> frozenset[str]:
    """All of both; what is known already costs no copy of it."""
    return known if more <= known else known | more


class Blanker:
    """Takes one person out of whatever it is given. `pseudonym` makes letters of an id; see `Pseudonym`."""

    def __init__(self, who: Identity, words: Words, pseudonym: Pseudonym) -> None:
        self._who = who
        self._words = words
        self._pseudonym = pseudonym
        self._own_name = PSEUDONYM + pseudonym(min(who.ids | who.handles, default=""))
        self._names = {name.casefold() for name in who.names}
        self._mentions = Mentions(who, words.texts, words.posts)
        self._keys: frozenset[str] = frozenset()
        self._texts: dict[str, str] = {}

    def blanked(self, events: Sequence[AnyEvent]) -> dict[int, bytes]:
        """Those of the events of one session that tell of the person, by seq, as they must read instead (JSON)."""
        plan = next((event.plan for event in events if isinstance(event, SessionOpened)), None)
        hosts = SessionState()
        if plan is not None:
            hosts.set_plan(plan)
        self._keys = posting_keys(events, self._words.posts | self._words.repeats)
        found: dict[int, bytes] = {}
        for event in events:
            if isinstance(event, PostSeen) and self._tells_nothing(event):
                continue
            raw = encode_event(event)
            document = read_any_json(raw)
            self._own(event, document, hosts)
            new = msgspec.json.encode(self._walk(document, "", isinstance(event, UnknownEvent)))
            if read_any_json(new) != read_any_json(raw):
                found[event.seq] = new
        return found

    def anything(self, value: Any) -> Any:
        """A JSON value of unknown meaning without the person: a script's own table, a file that was moved aside."""
        return self._walk(value, "", True)

    def text(self, text: str) -> str:
        """A text without the person's name, handle and words in it."""
        known = self._texts.get(text)
        if known is None:
            known = self._mentions.blanked(text)
            if len(self._texts) < _REMEMBERED:
                self._texts[text] = known
        return known

    def raw(self, text: str) -> str:
        """A piece of JSON that is damaged, without the person's name, handle, words and the ids of accounts in it."""
        for one in sorted(self._who.ids, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", self._renamed(one), text)
        return self.text(text)

    def names(self, text: str) -> bool:
        """Whether a text has the person's name, handle, words or the id of an account in it."""
        return self._mentions.named(text) or any(one in text for one in self._who.ids)

    def person(self, author: str) -> str:
        """The id under which an account goes from now on; another's stays."""
        return self._renamed(author) if canonical(author) in self._who.ids else author

    def _tells_nothing(self, event: PostSeen) -> bool:
        """Whether a post can be left as it is without a closer look, as nearly all can."""
        post = event.post
        if self._who.is_author(post.author) or post.id in self._words.repeats:
            return False
        ids = (post.id, post.reply_to, post.repost_of, post.quote_of, event.addressed)
        if any(one is not None and (one in self._words.posts or canonical(one) in self._who.ids) for one in ids):
            return False
        if event.by is not None and event.by.casefold() in self._names:
            return False
        words = (post.text, post.warning or "", post.url or "", event.by or "", *ids, *post.tags)
        if self._mentions.blanked_name(post.author.name) != post.author.name:
            return False
        return not any(word and self._mentions.named(word) for word in words)

    def _own(self, event: AnyEvent, document: dict[str, Any], hosts: SessionState) -> None:
        """Blank what is the person's own, in place."""
        if isinstance(event, PostSeen):
            self._own_post(event.post, document["post"], hosts)
        elif isinstance(event, PostShared):
            self._own_post(event.found, document["found"], hosts)
        elif isinstance(event, PostEdited) and (event.post in self._words.posts or event.post in self._words.repeats):
            _blank_words(document)
        elif isinstance(event, SessionOpened):
            hellos = document["plan"].get("greetings", {})
            document["plan"] |= (
                {"greetings": {self.text(name): hello for name, hello in hellos.items()}} if hellos else {}
            )
            for host, written in zip(event.plan.hosts, document["plan"].get("hosts", ()), strict=True):
                if self._who.is_host(host):
                    for asked in document["plan"].get("questions", ()):
                        if same_name(asked.get("turn", ""), host.name):
                            asked["turn"] = self._own_name
                    written["name"] = self._own_name
                    written["handles"] = sorted({self._host_handle(handle) for handle in host.handles})
        elif isinstance(event, PeopleCarried):
            for one, written in zip(event.people, document["people"], strict=True):
                if self._who.is_author(one.author):
                    name = {"handle": self._own_name} if hosts.is_host(one.author) else {}
                    written["author"] = {"id": self._renamed(one.author.id)} | name
                elif one.author.name:
                    written["author"]["name"] = self._mentions.blanked_name(one.author.name)
        elif document.get("type") == "person_tagged" and canonical(document["person"]) in self._who.ids:
            document |= {"school": "", "level": "", "groups": []}
        elif isinstance(event, PostingBegun) and is_account(self._who, event):
            document |= {"text": "", "account": self._own_name}
        elif isinstance(event, PostingBegun) and event.key in self._keys:
            document["text"] = ""
        elif isinstance(event, PostingDone) and event.key in self._keys:
            document["url"] = None
        elif isinstance(event, LookedUp) and event.looks_for == "person" and self._is_called(event):
            document["text"] = self._own_name

    def _own_post(self, known: Post, post: dict[str, Any], hosts: SessionState) -> None:
        """Blank in a post what is the person's own."""
        if self._who.is_author(known.author):
            is_host = hosts.is_host(known.author)
            post["author"] = {"id": self._renamed(known.author.id)} | ({"handle": self._own_name} if is_host else {})
            _blank_words(post)
        elif known.id in self._words.repeats:
            _blank_words(post)
        elif known.url is not None and self._mentions.named(known.url):
            post.pop("url")  # what is left of an address could still lead to them
        if not self._who.is_author(known.author) and known.author.name:
            post["author"]["name"] = self._mentions.blanked_name(known.author.name)

    def _is_called(self, event: LookedUp) -> bool:
        """Whether it was the person who was looked up, by a handle that is too short to be looked for in texts."""
        network = event.source.partition(":")[0]
        return f"{network}:{event.text.lstrip('@').casefold()}" in self._who.handles

    def _host_handle(self, handle: str) -> str:
        return f"{handle.removesuffix(bare_handle(handle))}{self._own_name}"

    def _walk(self, value: Any, key: str, everything: bool) -> Any:
        if key == "author" and not everything:
            return value  # the person's own is blanked already; somebody else of the same name keeps theirs
        if isinstance(value, dict):
            value = self._without_own(value) if everything else value
            names = {name: self._scrubbed(name, "") if everything else name for name in value}
            return {names[name]: self._walk(inner, name, everything) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._walk(inner, key, everything) for inner in value]
        return self._scrubbed(value, key) if isinstance(value, str) else value

    def _without_own(self, document: dict[str, Any]) -> dict[str, Any]:
        """A document of unknown meaning, its texts blanked where the person's id stands in it as whose it is."""
        author = document.get("author")
        ids = document.get("ids")
        owners = [document.get("id"), document.get("person"), author.get("id") if isinstance(author, dict) else author]
        owners += ids if isinstance(ids, list) else []
        told = (document.get("id"), document.get("post"))
        if any(isinstance(post, str) and (post in self._words.posts or post in self._words.repeats) for post in told):
            document = {name: "" if name in ("text", "url") else value for name, value in document.items()}
        if not any(isinstance(owner, str) and canonical(owner) in self._who.ids for owner in owners):
            return document
        return {
            name: "" if name in _OWN_TEXTS and isinstance(value, str) else value for name, value in document.items()
        }

    def _scrubbed(self, value: str, key: str) -> str:
        if value in self._words.posts or canonical(value) in self._who.ids:
            return self._renamed(value)
        if key in _NOT_WORDS:
            return value
        if key in _MODERATORS and value.casefold() in self._names:
            return self._own_name
        return self.text(value)

    def _renamed(self, identifier: str) -> str:
        return renamed(identifier, self._pseudonym)


def _blank_words(document: dict[str, Any]) -> None:
    """Blank the words of a post in the post or in an edit of it, in place."""
    document["text"] = ""
    for key in ("url", "tags", "warning"):
        document.pop(key, None)


def renamed(identifier: str, pseudonym: Pseudonym) -> str:
    """The id under which an account or a post of somebody who was forgotten goes; a pseudonym stays."""
    network, _, rest = identifier.partition(":")
    if rest.startswith(PSEUDONYM) or network.startswith(PSEUDONYM):
        return identifier
    return f"{network}:{PSEUDONYM}{pseudonym(canonical(identifier))}"


def is_account(who: Identity, begun: PostingBegun) -> bool:
    """Whether the person posted this from a desk, with an account of theirs."""
    network = begun.source.partition(":")[0]
    return f"{network}:{begun.account.lstrip('@').casefold()}" in who.handles


def without(events: Sequence[AnyEvent], who: Identity, pseudonym: Pseudonym) -> list[AnyEvent]:
    """The events of one session without the person; the same number of them with the same seqs."""
    who = who.widened(events).widened(events)
    blanked = Blanker(who, Words().with_those_of(events, who), pseudonym).blanked(events)
    return [decode_event(blanked[event.seq]) if event.seq in blanked else event for event in events]
