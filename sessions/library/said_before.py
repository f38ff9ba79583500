"""What somebody wrote in earlier saved chats, as far as it is known without looking through all of them."""

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from sessions.core.decoding import Unreadable
from sessions.core.errors import LunchroomError
from sessions.core.evolve import fold
from sessions.core.identity import is_pseudonym
from sessions.core.people import PersonRecord
from sessions.core.posts import Author
from sessions.core.state import SessionState
from sessions.files.errors import StorageError
from sessions.library.forgotten import read_forgotten
from sessions.library.people import read_people
from sessions.library.storage.reading import read_events

CHATS = 3
"""How many chats are read, the latest in which the person was."""

LARGEST = 8_000_000
"""Bytes of a chat that is read beside a live one: those of an hour have a tenth of it."""


class SaidBefore(msgspec.Struct, frozen=True):
    """A post of an earlier chat: its day, the chat's title, the question's name (empty: none), the words.

    Title, name and words are from outside.
    """

    day: date
    title: str
    question: str
    text: str


def said_before(folder: Path, author: Author, *, but: str, until: date) -> list[SaidBefore]:
    """What the person of this account wrote in the latest chats of the library up to a day, but the one with the id
    `but`; latest first, by whichever of their accounts.

    Nothing of whoever was forgotten, and nothing that is blanked, removed, hidden or muted. Blocks; what cannot be read
    is passed over.
    """
    found: list[SaidBefore] = []
    with contextlib.suppress(StorageError):
        record = None if read_forgotten(folder).is_forgotten(author) else read_people(folder).of(author)
        if record is None or is_pseudonym(author.id):
            return []
        chats = sorted((day, chat) for chat, day in record.chats().items() if chat != but and day <= until.isoformat())
        for _, chat in chats[: -CHATS - 1 : -1]:
            found += _said_in(folder, chat, record)
    return found


def _said_in(folder: Path, chat: str, record: PersonRecord) -> Iterator[SaidBefore]:
    for path in folder.glob(f"*-{chat}.json"):
        with contextlib.suppress(OSError, LunchroomError, Unreadable):
            if path.stat().st_size <= LARGEST:
                yield from _told(fold(read_events(path)), record)
                return


def _told(state: SessionState, record: PersonRecord) -> Iterator[SaidBefore]:
    if state.plan is None:
        return
    who = record.identity
    for post, seen in reversed(state.posts.items()):
        if seen.kind == "repost" or state.folded(post) or state.warning(post) or state.muted_word(post) is not None:
            continue
        if seen.post.author.id in record.ids or who.is_author(seen.post.author):
            filed = state.filed(post)
            name = "" if filed is None else state.questions[filed.question].name
            yield SaidBefore(state.plan.starts.date(), state.plan.title, name, state.text(post))
