"""Saved chats that tell of Maria in every way there is, and what is looked for in them once she is forgotten."""

from pathlib import Path
from typing import Any

from sessions.core.derived import derived_tables
from sessions.core.events import AnyEvent, PersonTagged, PostEdited, PostSeen, SessionClosed
from sessions.core.evolve import fold
from sessions.core.posts import Author, Filed, Post
from sessions.core.state import SessionState
from sessions.library.storage.session_file import SessionFile
from tests.sessions.core.building import START, a_plan
from tests.sessions.library.building import opened

MARIA = Author("mastodon:q47w", "qmlopez@school.example", "Maria Qopez-Ünal")
TOM = Author("bluesky:did:2", "tom.example.org", "Tom K")
ANA = Author("mastodon:1", "ana@mastodon.social", "Ana Quiroga")
OWN_TEXT = "A1: we rotate every twelve minutes, said the zebra"
SECRETS = ("qmlopez", "qopez", "zebra", "q47w")


def post(number: int, author: Author, text: str, **more: Any) -> Post:
    return Post(id=f"mastodon:p{number}", author=author, text=text, posted_at=START + number, **more)


def written(folder: Path, posts: list[Post], *others: dict[str, Any], close: bool = True, **plan: Any) -> SessionFile:
    """A session file with these posts, then these events (type and fields), then its end."""
    file = SessionFile.create(folder, a_plan(**plan), started=START)
    events: list[AnyEvent] = [opened(**plan)]
    base: dict[str, Any] = {"by": None, "command": None}
    for one in posts:
        seq = len(events) + 1
        filed = Filed("q1", "label")
        events.append(
            PostSeen(seq=seq, at=START + seq, **base, post=one, kind="answer", filed=filed, newcomer=seq % 2 == 0)
        )
    for fields in others:
        seq = len(events) + 1
        kind = fields["type"]
        events.append(kind(seq=seq, at=START + seq, **{**base, **{k: v for k, v in fields.items() if k != "type"}}))
    if close:
        seq = len(events) + 1
        events.append(SessionClosed(seq=seq, at=START + seq, **base))
    file.commit(events)
    if close:
        file.close_session(START + len(events), derived_tables(fold(events)))
    return file


def a_chat(folder: Path, **more: Any) -> Path:
    """A closed chat in which Maria answers, is mentioned, repeated, quoted, edited and tagged."""
    posts = [
        post(1, MARIA, OWN_TEXT, url="https://school.example/@qmlopez/1", tags=("navasotaisd",)),
        post(2, TOM, "@qmlopez@school.example that is great, Maria Qopez-Ünal! And @QMLopez too."),
        post(3, TOM, OWN_TEXT, repost_of="mastodon:p1"),
        post(4, TOM, f"RT @qmlopez: {OWN_TEXT[:20]}"),
        post(5, TOM, f"So true: {OWN_TEXT}"),
        post(6, ANA, "Welcome maria  qopez-ünal", reply_to="mastodon:p1"),
        post(7, TOM, "Nothing about anybody"),
    ]
    edit = {"type": PostEdited, "post": "mastodon:p1", "text": "A1: the zebra, again", "kind": "answer", "filed": None}
    tag = {"type": PersonTagged, "by": "Ana", "person": MARIA.id, "school": "Qopez High", "level": "k5", "groups": ()}
    with written(folder, posts, edit, tag, **more) as file:
        return file.path


def every_byte(folder: Path) -> str:
    """All that the files of a folder hold, with JSON's escapes read, in lower case."""
    text = ""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            raw = path.read_bytes()
            text += raw.decode("utf-8", "replace") + raw.decode("unicode_escape", "replace")
    return text.casefold()


def numbers(state: SessionState) -> Any:
    """What must not change: how many there are of everything, and what is filed where."""
    people = sorted((one.posts, one.answers, one.host, one.newcomer, one.first_at) for one in state.people.values())
    filings = [(state.kind(one), state.filed(one)) for one in state.posts]
    return state.seq, people, filings, state.tally, state.answers, state.newcomers(), sorted(state.reposts.values())
