"""What somebody said in earlier chats: the latest ones, by any account, never what is blanked or forgotten."""

import datetime
from pathlib import Path

from sessions.core import commands as c
from sessions.core import events as e
from sessions.core.identity import Identity
from sessions.core.posts import Author
from sessions.library.forgotten import ForgottenFile
from sessions.library.library import Library
from sessions.library.people_rebuild import rebuild_people
from sessions.library.said_before import CHATS, said_before
from sessions.library.storage.session_file import SessionFile
from tests.sessions.core.building import START, Chat, a_plan

MERLE = Author("mastodon:@merle", "merle", "Merle")
LATER = datetime.date(2027, 1, 1)


def save(folder: Path, week: int, *texts: str, blank: int | None = None) -> str:
    """A chat in which Merle wrote these; its id."""
    starts = datetime.datetime(2025, 12, 1, 19, 0) + datetime.timedelta(weeks=week)  # noqa: DTZ001 - a wall time
    at = START + week * 7 * 86_400_000
    chat = Chat(a_plan(starts=starts, starts_at=at, title=f"Week {week}"), at=at)
    posts = [chat.post(text, handle="merle") for text in texts]
    chat.post("A1 somebody else", handle="tomk")
    if blank is not None:
        chat.do(c.Hide, post=posts[blank])
    chat.hear(e.SessionClosed)
    with SessionFile.create(folder, chat.state.plan or a_plan(), started=at, holder="a test") as file:
        file.commit(chat.events)
        file.close_session(chat.at, {})
    return file.path.stem.rpartition("-")[2]


def test_the_latest_chats_are_told_without_what_is_hidden_and_without_this_one(tmp_path: Path) -> None:
    ids = [save(tmp_path, week, f"A1 in week {week}", "A2 hidden words", blank=1) for week in range(CHATS + 2)]
    rebuild_people(Library(tmp_path))
    told = said_before(tmp_path, MERLE, but=ids[-1], until=LATER)
    assert [one.text for one in told] == ["A1 in week 3", "A1 in week 2", "A1 in week 1"]
    assert (told[0].title, told[0].day) == ("Week 3", datetime.date(2025, 12, 22))
    earliest = said_before(tmp_path, MERLE, but="", until=datetime.date(2025, 12, 7))
    assert [one.text for one in earliest] == ["A1 in week 0"]
    assert said_before(tmp_path, Author("mastodon:@new", "new"), but="", until=LATER) == []


def test_nothing_is_told_of_who_was_forgotten_or_where_nothing_can_be_read(tmp_path: Path) -> None:
    save(tmp_path, 1, "A1 yes")
    assert said_before(tmp_path, MERLE, but="", until=LATER) == []
    rebuild_people(Library(tmp_path))
    assert len(said_before(tmp_path, MERLE, but="", until=LATER)) == 1
    ForgottenFile(tmp_path).add(Identity(ids=frozenset({MERLE.id})))
    assert said_before(tmp_path, MERLE, but="", until=LATER) == []
    (tmp_path / "people.json").write_text("{", encoding="utf-8")
    assert said_before(tmp_path, Author("mastodon:@tomk", "tomk"), but="", until=LATER) == []
    assert said_before(tmp_path / "none", MERLE, but="", until=LATER) == []
