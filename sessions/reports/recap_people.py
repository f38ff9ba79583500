"""What the library's people.json says of the people of a chat whose recap is made."""

from pathlib import Path

import msgspec

from sessions.core import clock
from sessions.core.state import SessionState
from sessions.library.index import Summary, summaries
from sessions.library.library import Library
from sessions.library.people import read_people


class RecapPeople(msgspec.Struct, frozen=True):
    """`left_out` are the ids of those who are to be in no recap.

    `same` has the accounts that moderators joined: by the id of each further one that of the first one in the chat.
    `known` are the ids of those who were in an earlier chat of the series, with whatever account, by all that is known
    now: to the chat itself they may have been new.
    """

    left_out: frozenset[str] = frozenset()
    same: dict[str, str] = {}
    known: frozenset[str] = frozenset()
    not_public: frozenset[str] = frozenset()


def recap_people(library: Path, state: SessionState, session: str) -> RecapPeople:
    """Who in this session has `recap = no`, is muted for good, or does not write for the public, and who is who.

    Blocks. Raises `StorageError` where people.json cannot be read: a recap made without it might name who asked not to
    be named.
    """
    people = read_people(library)
    earlier = _earlier_chats(library, state, session) if len(people) else frozenset()
    left_out: set[str] = set()
    not_public = {seen.post.author.id for seen in state.posts.values() if seen.post.signed_in_only}
    same: dict[str, str] = {}
    known: set[str] = set()
    first: dict[int, str] = {}
    for one, person in state.people.items():
        record = people.of(person.author)
        if record is None:
            continue
        if record.recap == "no" or record.muted:
            left_out.add(one)
        if "recap" in record.written:
            not_public.discard(one)
        if earlier.intersection(record.chats()):
            known.add(one)
        account = first.setdefault(id(record), one)
        if account != one:
            same[one] = account
    return RecapPeople(frozenset(left_out | not_public), same, frozenset(known), frozenset(not_public))


def _earlier_chats(library: Path, state: SessionState, session: str) -> frozenset[str]:
    """The ids of the saved chats of the series that began before this one."""
    if state.plan is None:
        return frozenset()
    saved = [one for one in summaries(Library(library, make=False)) if one.series == state.plan.series]
    began = next((one.started for one in saved if one.id == session), clock.anchor(state))
    return frozenset(one.id for one in saved if not (one.damaged or one.rehearsal) and _over_before(one, began))


def _over_before(chat: Summary, began: int) -> bool:
    """Whether who was in it was there before this moment: of a channel only where its month was over."""
    return chat.started < began if chat.kind == "chat" else chat.ended is not None and chat.ended <= began
