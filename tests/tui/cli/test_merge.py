"""`lunchroom merge`: what is shown is what is added, once, and what cannot be is refused in one line."""

import asyncio
import io
import os
from pathlib import Path

import pytest

from sessions.core import commands as c
from sessions.core.events import AnyEvent, NoteAdded, SessionClosed
from sessions.core.evolve import fold
from sessions.hub.process.runtime import Runtime, save_runtime
from sessions.library.library import Library
from sessions.library.people import read_people
from sessions.library.storage.reading import read_events, read_head
from sessions.library.storage.session_file import SessionFile
from tests.sessions.core.building import START, Chat, a_plan
from tests.sessions.core.test_reunion import MINUTE, begin, forked
from tests.sessions.hub.live import live_hub
from tests.sessions.library.building import stock_events
from tui.cli import run

Captured = pytest.CaptureFixture[str]
ID = "k3f9qa"


def saved(folder: Path, chat: Chat, session_id: str = ID) -> Path:
    """The file of a chat in a folder, closed if the chat is."""
    folder.mkdir(exist_ok=True)
    with SessionFile.create(folder, chat.state.plan or a_plan(), started=START, session_id=session_id) as file:
        file.commit(chat.events)
        if chat.state.closed_at is not None:
            file.close_session(chat.state.closed_at, {"answers": []})
    return file.path


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The library that the commands use."""
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(tmp_path / "chats"))
    return tmp_path / "chats"


def two_chats() -> tuple[Chat, Chat]:
    """A chat, and its other side."""
    ours = Chat()
    ours.post("A1: both have it")
    theirs = forked(ours)
    ours.do(c.Highlight, post="mastodon:1")
    theirs.at += MINUTE
    post = theirs.post("A1: only there\nmore", handle="kim", newcomer=True)
    theirs.do(c.Highlight, "Ben", post=post)
    theirs.do(c.Note, "Ben", text="Kim is new")
    theirs.do(c.AddQuestion, text="Why?")
    begin(theirs, "key-00000001", "q2")
    return ours, theirs


def test_what_is_shown_is_added_once_and_stock_tinydb_reads_it(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    ours, theirs = two_chats()
    path, other = saved(folder, ours), saved(tmp_path / "usb", theirs)
    before = other.read_bytes()
    assert run(["merge", str(other), "--yes"]) == 0
    told = capsys.readouterr()
    assert [line for line in told.out.splitlines() if not line.startswith(" ")] == [
        "1 post:", "1 mark:", "1 note:", "1 change of the questions:", "1 step of posting to a network:"
    ]  # fmt: skip
    assert "Kim: A1: only there more" in told.out
    assert "Ben starred Kim's post" in told.out
    assert "Ben: Kim is new" in told.out
    assert "Ana added Q7: Why?" in told.out
    assert "Ana began to post Q2 to mastodon:m.example: Q: q2" in told.out
    assert f"Added 5 events. The chat is saved in {path}." in told.err
    events = stock_events(path)
    assert [event["type"] for event in events[len(ours.events) :]] == [
        "post_seen", "post_highlighted", "note_added", "question_added", "posting_begun"
    ]  # fmt: skip
    assert fold(read_events(path)).postings["key-00000001"].unfinished
    assert other.read_bytes() == before
    after = path.read_bytes()
    assert run(["merge", str(other), ID, "--yes"]) == 0
    assert "Nothing is missing in this library's file." in capsys.readouterr().err
    assert path.read_bytes() == after


def test_a_closed_chat_stays_closed_and_its_tables_and_people_are_anew(
    folder: Path, tmp_path: Path, capsys: Captured
) -> None:
    ours, theirs = two_chats()
    ours.do(c.Close)
    path, other = saved(folder, ours), saved(tmp_path / "usb", theirs)
    assert run(["merge", str(other), "latest", "--yes"]) == 0
    events = read_events(path)
    assert isinstance(events[-1], SessionClosed)
    head = read_head(path)
    assert head.ended == head.session.ended == ours.at
    assert b'"A1: only there\\nmore"' in path.read_bytes().partition(b'"events"')[0]
    assert {"Kim", "Mlopez"} == {person.name for person in read_people(folder)}


def test_it_asks_and_without_a_yes_nothing_is_added(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    ours, theirs = two_chats()
    path, other = saved(folder, ours), saved(tmp_path / "usb", theirs)
    before = path.read_bytes()
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert run(["merge", str(other)]) == 1
    told = capsys.readouterr().err
    assert "Add 5 events to " in told
    assert "Nothing was added." in told
    assert path.read_bytes() == before
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert run(["merge", str(other)]) == 0
    assert len(stock_events(path)) == len(ours.events) + 5


def test_words_blanked_there_are_gone_here(folder: Path, tmp_path: Path) -> None:
    ours = Chat()
    ours.post("A1: Tom fails")
    theirs = forked(ours)
    theirs.do(c.Redact, post="mastodon:1")
    path, other = saved(folder, ours), saved(tmp_path / "usb", theirs)
    assert run(["merge", str(other), "--yes"]) == 0
    assert b"Tom" not in path.read_bytes()


def test_whoever_was_forgotten_here_does_not_come_back(folder: Path, tmp_path: Path) -> None:
    ours, theirs = two_chats()
    path, other = saved(folder, ours), saved(tmp_path / "usb", theirs)
    saved(folder, theirs, "zzzzzz")
    assert run(["forget", "kim", "--yes"]) == 0
    assert run(["merge", str(other), "--yes"]) == 0
    assert b"Kim" not in path.read_bytes().replace(b"Kim is new", b"")
    assert len(stock_events(path)) == len(ours.events) + 5


def test_a_file_that_was_put_aside_beside_the_chat_is_merged_into_it(folder: Path, tmp_path: Path) -> None:
    ours, theirs = two_chats()
    path, other = saved(folder, ours), saved(tmp_path / "usb", theirs)
    aside = other.rename(path.with_name(f"{path.name}.stopped-1"))
    assert run(["merge", str(aside), "--yes"]) == 0
    assert len(stock_events(path)) == len(ours.events) + 5


def test_what_was_decided_here_is_shown_with_the_reason(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    ours, theirs = two_chats()
    ours.do(c.File, post="mastodon:1", question="q2")
    theirs.do(c.File, "Ben", post="mastodon:1", question="q3")
    saved(folder, ours)
    assert run(["merge", str(saved(tmp_path / "usb", theirs)), "--yes"]) == 0
    told = capsys.readouterr().out.splitlines()
    place = told.index("Only there, and not added:")
    assert told[place + 1].endswith("Ben filed Mlopez's post under Q3 (decided otherwise here since)")


def test_many_lines_are_counted(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    ours = Chat()
    theirs = forked(ours)
    for number in range(25):
        theirs.post(f"A1: {number}")
    saved(folder, ours)
    assert run(["merge", str(saved(tmp_path / "usb", theirs)), "--yes"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("25 posts, edits and removals:\n")
    assert told.endswith("and 5 more\n")


def test_what_cannot_be_merged_is_refused_in_one_line(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    ours, theirs = two_chats()
    path, other = saved(folder, ours), saved(tmp_path / "usb", theirs)
    later = saved(folder, Chat(at=START + 7 * 86_400_000), "bbbbbb")
    no_chat = tmp_path / "notes.json"
    no_chat.write_text("{}")
    elsewhere = saved(tmp_path / "usb", Chat(at=START + MINUTE), "cccccc")
    renamed = tmp_path / other.name.replace(ID, "dddddd")
    renamed.write_bytes(later.read_bytes().replace(b"bbbbbb", ID.encode()))
    for argv, words in (
        ([str(other), "bbbbbb"], f"is of another chat: its id is {ID}"),
        ([str(elsewhere)], "`lunchroom import"),
        ([str(path)], "is the library's own file of that chat"),
        ([str(renamed)], "is another chat under the same id"),
        ([str(tmp_path / "nothing.json")], "There is no file"),
        ([str(no_chat)], "cannot be read as a saved chat"),
        ([str(other), "nonsense"], "There is no saved chat 'nonsense'"),
    ):
        before = path.read_bytes()
        assert run(["merge", *argv, "--yes"]) in (1, 2)
        told = capsys.readouterr().err
        assert words in told
        assert len(told.splitlines()) == 1
        assert path.read_bytes() == before


def test_a_chat_that_is_open_elsewhere_is_refused_with_what_to_do(
    folder: Path, tmp_path: Path, capsys: Captured
) -> None:
    ours, theirs = two_chats()
    path, other = saved(folder, ours), saved(tmp_path / "usb", theirs)
    with SessionFile.open(path, holder="Stations at http://127.0.0.1:1"):
        assert run(["merge", str(other), "--yes"]) == 1
    told = capsys.readouterr().err
    assert "Stations at http://127.0.0.1:1 has the chat open" in told
    assert "lunchroom end" in told
    assert len(stock_events(path)) == len(ours.events)


def test_a_file_with_a_torn_last_event_is_merged_up_to_there(folder: Path, tmp_path: Path) -> None:
    ours, theirs = two_chats()
    path, other = saved(folder, ours), saved(tmp_path / "usb", theirs)
    other.write_bytes(other.read_bytes()[:-30])
    assert run(["merge", str(other), "--yes"]) == 0
    added: list[AnyEvent] = read_events(path)[len(ours.events) :]
    assert len(added) == 4
    assert any(isinstance(event, NoteAdded) for event in added)
    assert Library(folder).find(ID).events == len(ours.events) + 4


async def test_of_a_chat_that_runs_the_hub_is_asked_for_what_a_desk_could_do(
    folder: Path, tmp_path: Path, capsys: Captured
) -> None:
    ours, theirs = two_chats()
    theirs.do(c.File, "Ben", post="mastodon:1", question="q3")
    theirs.do(c.AddPost, "Ben", text="A1: said aloud", author="Kim")
    path, other = saved(folder, ours), saved(tmp_path / "usb", theirs)
    async with live_hub(folder, path=path) as live:
        save_runtime(Runtime(ID, "Stations", live.url, os.getpid(), str(path), START, live.keys))
        assert await asyncio.to_thread(run, ["merge", str(other), "--yes", "--name", "Ana"]) == 0
        told = capsys.readouterr()
        lines = told.out.splitlines()
        assert [line for line in lines if not line.startswith(" ")] == [
            "1 mark:", "1 note:", "1 change of the questions:", "Not added while the chat runs:"
        ]  # fmt: skip
        assert "Added 3 events to the chat that runs." in told.err
        assert "4 events can be added only then" in told.err
        await live.until(lambda session: len(session.durable.notes) == 1)
        state = live.session.durable
        assert [note.text for note in state.notes.values()] == ["Ben: Kim is new"]
        assert state.questions["q7"].text == "Why?"
    assert run(["merge", str(other), "--yes"]) == 0
    assert "Added 4 events." in capsys.readouterr().err
    assert run(["merge", str(other), "--yes"]) == 0
    assert "Nothing is missing" in capsys.readouterr().err


async def test_what_the_hub_of_a_chat_refuses_is_told(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    ours = Chat()
    theirs = forked(ours)
    theirs.do(c.AddQuestion, text="Why?")
    path, other = saved(folder, ours), saved(tmp_path / "usb", theirs)
    async with live_hub(folder, path=path) as live:
        save_runtime(Runtime(ID, "Stations", live.url, os.getpid(), str(path), START, live.keys))
        assert await asyncio.to_thread(run, ["merge", str(other), "--yes", "--name", "Ben"]) == 0
        told = capsys.readouterr().err
        assert "Not added: add question of Ana. Ana asks the questions." in told
        assert "Added 0 events" in told
        theirs = forked(ours)
        theirs.post()
        other = saved(tmp_path / "stick", theirs)
        assert await asyncio.to_thread(run, ["merge", str(other), "--yes"]) == 1
        assert "only once it has ended" in capsys.readouterr().err
