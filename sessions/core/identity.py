"""By what a person can be told over many chats and accounts. Pure."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sessions.core.events import AccountsJoined, AnyEvent, PeopleCarried, PostSeen, PostShared, SessionOpened, Undone
from sessions.core.plan import Host
from sessions.core.posts import Author, Post

PSEUDONYM = "forgotten-"
"""What the part of an id behind its network begins with where it stands for somebody who was forgotten."""

UNNAMED_NETWORKS = frozenset({"", "practice", "import", "archive", "hand"})
"""Networks of ours that stand for any: a recording, an archive or a directory does not say which one it came from."""


class Identity(msgspec.Struct, frozen=True):
    """All that tells who somebody is: ids of accounts, handles (`network:handle` in lower case), names."""

    ids: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def is_author(self, author: Author) -> bool:
        """Whether the person wrote this, be it in a rehearsal that re-enacted them or by a moderator's hand."""
        if canonical(author.id) in self.ids or (bool(author.handle) and handle_key(author) in self.handles):
            return True
        return author.network == "hand" and self._is_meant(canonical(author.id).partition(":")[2])

    def _is_meant(self, written: str) -> bool:
        """Whether a moderator who wrote down an answer meant this person, by a handle or a name of several words."""
        handles = {handle.partition(":")[2] for handle in self.handles}
        names = {" ".join(name.split()).casefold() for name in self.names if len(name.split()) > 1}
        return (
            written in handles or written in {handle.partition("@")[0] for handle in handles} - {""} or written in names
        )

    def is_host(self, host: Host) -> bool:
        """Whether a plan's host is this person: by one of their handles, or by the id that answers by hand get."""
        bare = {handle.partition(":")[2] for handle in self.handles}
        known = (handle.casefold().lstrip("@") for handle in host.handles)
        return f"hand:{host.name.casefold()}" in self.ids or any(
            handle in self.handles or handle in self.ids or (":" not in handle and handle in bare) for handle in known
        )

    def widened(self, events: Iterable[AnyEvent]) -> "Identity":
        """The same with all that these events tell of the person: other ids of a handle, names, handles as a host, and
        accounts that moderators told to be one person's."""
        ids, handles, names = set(self.ids), set(self.handles), set(self.names)
        events = tuple(events)
        ids |= {other for pair in _joined(events) if not ids.isdisjoint(pair) for other in pair}
        for author in filter(self.is_author, authors_in(events)):
            ids.add(canonical(author.id))
            handles |= {handle_key(author)} if author.handle else set()
            names |= {author.name} if author.name else set()
        for event in events:
            if isinstance(event, SessionOpened):
                for host in filter(self.is_host, event.plan.hosts):
                    handles |= {handle.casefold() for handle in host.handles if ":" in handle}
                    names |= {host.name} if host.name else set()
        return Identity(frozenset(ids), frozenset(handles), frozenset(names))


def authors_in(events: Sequence[AnyEvent]) -> Iterator[Author]:
    """Whose names and handles events hold as their own: who wrote what was posted or shared, whom a channel knows."""
    for post in posts_in(events):
        yield post.author
    for event in events:
        if isinstance(event, PeopleCarried):
            yield from (one.author for one in event.people)


def _joined(events: Iterable[AnyEvent]) -> list[frozenset[str]]:
    """The pairs of accounts that moderators told to be one person's, as far as that was neither taken back nor told
    otherwise later."""
    told: dict[int, AccountsJoined] = {}
    for event in events:
        if isinstance(event, AccountsJoined):
            told[event.seq] = event
        elif isinstance(event, Undone):
            told.pop(event.undoes, None)
    known = {here: before for event in told.values() for here, before in event.accounts}
    return [frozenset(map(canonical, pair)) for pair in known.items()]


def posts_in(events: Iterable[AnyEvent]) -> Iterator[Post]:
    """The posts of a chat as they came, and those that were found elsewhere and shared with it."""
    for event in events:
        if isinstance(event, PostSeen):
            yield event.post
        elif isinstance(event, PostShared):
            yield event.found


def is_pseudonym(author: str) -> bool:
    """Whether the id is that of somebody who was forgotten: no name to show, thank or export."""
    return author.partition(":")[2].startswith(PSEUDONYM)


def canonical(identifier: str) -> str:
    """The id without the mark of a rehearsal that re-enacted a saved chat (`practice:mastodon:42`)."""
    while identifier.startswith("practice:") and ":" in identifier.removeprefix("practice:"):
        identifier = identifier.removeprefix("practice:")
    return identifier


def handle_key(author: Author) -> str:
    """`network:handle` in lower case; the handle may stand with or without `@`."""
    return f"{author.network}:{author.handle.lstrip('@').casefold()}"


def bare_handle(handle: str) -> str:
    """A handle without the network in front of it; a colon further back belongs to it: a server's port, a DID."""
    return handle.partition(":")[2] or handle


def plain_handle(written: str) -> str:
    """A handle as somebody writes it (`mastodon:ana@example.org`, `@ana`) without its network and `@`, casefolded."""
    network, colon, rest = written.partition(":")
    return (rest if colon and "@" not in network else written).strip().lstrip("@").casefold()


def goes_by(handle: str, wanted: str) -> bool:
    """Whether `wanted` is one of `names_of` this handle."""
    return wanted in names_of(handle)


def names_of(handle: str) -> tuple[str, str, str]:
    """What stands for a `network:handle`: itself, the handle alone, and the part of it before its server."""
    bare = bare_handle(handle)
    return handle, bare, bare.partition("@")[0]


def called(events: Sequence[AnyEvent], wanted: str) -> list[Identity]:
    """The accounts in one session that go by an id, a `network:handle` or a handle (in lower case, without `@`)."""
    found: dict[str, Identity] = {}
    for author in authors_in(events):
        key = handle_key(author) if author.handle else ""
        if canonical(author.id).casefold() == wanted or (key and goes_by(key, wanted)):
            found[author.id + key] = Identity(frozenset({canonical(author.id)}), frozenset({key} - {""}))
    for event in events:
        if isinstance(event, SessionOpened):
            for host in event.plan.hosts:
                handles = frozenset(handle.casefold() for handle in host.handles if ":" in handle)
                if any(goes_by(handle, wanted) for handle in handles):
                    found[f"host {host.name}"] = Identity(handles=handles)
    return list(found.values())


def merged(accounts: Iterable[Identity]) -> list[Identity]:
    """The same accounts as persons: what shares an id or a handle is one."""
    persons: list[Identity] = []
    for account in accounts:
        same = [one for one in persons if one.ids & account.ids or one.handles & account.handles]
        persons = [one for one in persons if one not in same]
        persons.append(united([*same, account]))
    return persons


def united(accounts: Iterable[Identity]) -> Identity:
    """One person of several accounts."""
    ids: set[str] = set()
    handles: set[str] = set()
    names: set[str] = set()
    for account in accounts:
        ids |= account.ids
        handles |= account.handles
        names |= account.names
    return Identity(frozenset(ids), frozenset(handles), frozenset(names))
