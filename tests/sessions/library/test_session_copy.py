"""A desk's own copy of a chat has, byte for byte, the events of the hub's file, however they came."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core import commands as c
from sessions.core.events import (
    AnyEvent,
    PostEdited,
    PostRedacted,
    PostRemoved,
    PostSeen,
    SessionClosed,
    UnknownEvent,
    encode_event,
)
from sessions.core.evolve import fold
from sessions.core.posts import Author, Post
from sessions.core.redaction.blanking import blanked_events
from sessions.files.errors import LibraryError, SaveFailed, SessionLocked
from sessions.library.copies.session_copy import CopyDiffers, SessionCopy
from sessions.library.erasure import blank_post, forget
from sessions.library.index import summaries
from sessions.library.library import Library
from sessions.library.people import read_people
from sessions.library.storage import layout
from sessions.library.storage.closing import close_chat
from sessions.library.storage.reading import read_events
from sessions.library.storage.session_file import SessionFile
from sessions.replay import Replay
from tests.sessions.core.building import START, Chat
from tests.sessions.library.building import FaultyDisk, note, stock_events
from tests.sessions.library.test_library import a_chat

ID = "k3f7qa"
NAMED = "A1: Jonas Berg needs help with reading"


def a_whole_chat() -> list[AnyEvent]:
    """Questions, posts, an edit, a removal, a blanked post, an event of an event of a later version."""
    chat = Chat()
    chat.do(c.Ask, question="q1", seen=None)
    posts = [chat.post(f"A1: station {n}", handle=handle) for n, handle in enumerate(("mlopez", "tk", "mlopez"))]
    named = chat.post(NAMED, handle="tk")
    chat.do(c.Greet, person="mastodon:@mlopez")
    chat.hear(PostEdited, post=posts[0], text="A1: two stations", kind="answer", filed=None)
    chat.do(c.Redact, post=named)
    chat.hear(PostRemoved, post=posts[1])
    chat.do(c.Note, text="who greets Tom?")
    chat.do(c.Highlight, post=posts[2], person=None)
    raw = b'{"seq": %d, "at": %d, "type": "from_later", "words": "\\u00e9"}' % (chat.state.seq + 1, START)
    events: list[AnyEvent] = [*chat.events, UnknownEvent(chat.state.seq + 1, START, "from_later", raw)]
    return [*events, SessionClosed(seq=len(events) + 1, at=START + 9, by="Ana", command="end")]


CHAT = a_whole_chat()


def told(length: int) -> list[AnyEvent]:
    """What a desk hears that comes when the hub has so many events: without the words that were blanked by then."""
    log = CHAT[:length]
    gone = {event.post for event in log if isinstance(event, PostRedacted)}
    blank = blanked_events(log, gone)
    return [blank.get(event.seq, event) for event in log]


def hub_file(folder: Path) -> Path:
    """The hub's own file of the same chat."""
    plan = fold(CHAT).plan
    assert plan is not None
    with SessionFile.create(Library(folder).folder, plan, started=CHAT[0].at, session_id=ID) as file:
        for event in CHAT:
            file.commit([event])
            if isinstance(event, PostRedacted):
                blank = blanked_events(file.read_events(), {event.post})
                file.redact({seq: encode_event(bare) for seq, bare in blank.items()})
        assert close_chat(file, file.read_events())
    return file.path


def the_copy(folder: Path, disk: FaultyDisk | None = None) -> SessionCopy:
    return SessionCopy(folder, ID, holder="Ben's desk", disk=disk)


def copied(folder: Path, *batches: Sequence[AnyEvent]) -> Path:
    """The copy that one sitting makes of these batches."""
    copy = the_copy(folder)
    for batch in batches:
        copy.take(batch)
    copy.close()
    assert copy.path is not None
    return copy.path


def tear(path: Path) -> None:
    """What a SIGKILL in the middle of an append leaves."""
    path.write_bytes(path.read_bytes().removesuffix(layout.TAIL) + b',\n"77": {"seq": 77, "a')


# The same events


def test_the_whole_file_is_that_of_the_hub_byte_for_byte(tmp_path: Path) -> None:
    theirs = hub_file(tmp_path / "hub")
    mine = copied(tmp_path / "mine", told(len(CHAT)))
    assert mine.name == theirs.name
    assert mine.read_bytes() == theirs.read_bytes()


@st.composite
def sittings(draw: st.DrawFn) -> list[tuple[list[list[AnyEvent]], bool]]:
    """Times at the desk, the last one until the end: the batches of each, and whether the desk was killed in it."""
    lengths = sorted(draw(st.lists(st.integers(1, len(CHAT) - 1), max_size=4)))
    found = []
    for arrived, left in zip([1, *lengths], [*lengths, len(CHAT)], strict=True):
        arrived = draw(st.integers(1, max(arrived, 1)))
        heard = [*told(arrived), *CHAT[arrived:left]]
        cuts = sorted(draw(st.lists(st.integers(0, len(heard)), max_size=5)))
        batches = [heard[first:last] for first, last in zip([0, *cuts], [*cuts, len(heard)], strict=True)]
        found.append((batches, draw(st.booleans())))
    return found


@given(sittings())
def test_however_it_is_heard_in_parts_with_kills_between_the_file_is_that_of_the_hub(
    times: list[tuple[list[list[AnyEvent]], bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for batches, killed in times:
            path = copied(Path(folder, "mine"), *batches)
            if killed and batches is not times[-1][0]:
                tear(path)
        assert path.read_bytes() == hub_file(Path(folder, "hub")).read_bytes()


def test_a_batch_that_comes_again_doubles_nothing_and_one_that_is_missing_is_told(tmp_path: Path) -> None:
    copy = the_copy(tmp_path)
    copy.take(CHAT[:5])
    copy.take(CHAT[2:7])
    with pytest.raises(CopyDiffers, match="event 8 of it never came"):
        copy.take(CHAT[9:])
    copy.close()
    assert copy.path is not None
    assert read_events(copy.path) == CHAT[:7]


def test_a_desk_that_left_early_has_an_unfinished_chat_which_the_next_sitting_completes(tmp_path: Path) -> None:
    path = copied(tmp_path, CHAT[:6])
    (early,) = Library(tmp_path).saved_chats()
    assert (early.id, early.ended, early.events) == (ID, None, 6)
    assert copied(tmp_path, CHAT[:4], CHAT[4:]) == path
    (whole,) = Library(tmp_path).saved_chats()
    assert (whole.ended, whole.events) == (CHAT[-1].at, len(CHAT))
    assert [event["seq"] for event in stock_events(path)] == list(range(1, len(CHAT) + 1))


def test_the_library_the_replay_and_people_json_know_it_like_a_chat_of_ones_own(tmp_path: Path) -> None:
    path = copied(tmp_path, told(len(CHAT)))
    found = Library(tmp_path).find("latest")
    assert (found.id, found.path, found.title) == (ID, path, "Stations that work")
    replay = Replay(read_events(found.path))
    assert replay.seek(replay.length).digest() == fold(read_events(hub_file(tmp_path / "hub"))).digest()
    assert {one.name for one in read_people(tmp_path)} == {"Mlopez", "Tk"}
    tables = json.loads(path.read_bytes())
    assert {"questions", "answers", "participants"} <= set(tables)


# What may not be read any more


def test_a_live_x_takes_the_words_out_of_the_copy_at_once(tmp_path: Path) -> None:
    copy = the_copy(tmp_path)
    blanking = next(place for place, event in enumerate(CHAT) if isinstance(event, PostRedacted))
    copy.take(CHAT[:blanking])
    assert copy.path is not None
    assert NAMED.encode() in copy.path.read_bytes()
    copy.take(CHAT[blanking : blanking + 1])
    assert NAMED.encode() not in copy.path.read_bytes()
    copy.close()


def test_an_x_that_the_disk_refuses_is_tried_again(tmp_path: Path) -> None:
    disk = FaultyDisk()
    copy = the_copy(tmp_path, disk)
    blanking = next(place for place, event in enumerate(CHAT) if isinstance(event, PostRedacted))
    copy.take(CHAT[:blanking])
    disk.refusals = 10**6
    with pytest.raises(SaveFailed):
        copy.take(CHAT[blanking : blanking + 1])
    disk.refusals = 0
    copy.take([])
    assert copy.path is not None
    assert NAMED.encode() not in copy.path.read_bytes()
    assert read_events(copy.path) == told(blanking + 1)
    copy.close()


def test_a_kill_between_an_x_and_its_rewriting_is_made_up_for_at_the_next_sitting(tmp_path: Path) -> None:
    blanking = next(place for place, event in enumerate(CHAT) if isinstance(event, PostRedacted))
    path = copied(tmp_path, CHAT[:blanking])
    with SessionFile.open(path) as file:
        file.commit(CHAT[blanking : blanking + 1])
    assert NAMED.encode() in path.read_bytes()
    copied(tmp_path, CHAT[:1])
    assert read_events(path) == told(blanking + 1)


def test_whoever_was_forgotten_here_stays_forgotten(tmp_path: Path) -> None:
    chat = Chat()
    first = chat.post("A1: I am Maria", handle="mlopez")
    chat.post("A1: as @mlopez says", handle="tk", reply_to=first)
    chat.do(c.Greet, person="mastodon:@mlopez")
    library = Library(tmp_path)
    a_chat(library, -7, Author("mastodon:@mlopez", "mlopez", "Maria Lopez"))
    forget([tmp_path], "mlopez")
    path = copied(tmp_path, chat.events[:6], chat.events[6:])
    assert b"mlopez" not in path.read_bytes()
    assert b"Maria" not in path.read_bytes()
    copied(tmp_path, chat.events[:3], [*chat.events[3:], SessionClosed(seq=9, at=chat.at, by="Ana", command="end")])
    assert b"mlopez" not in path.read_bytes()
    state = fold(read_events(path))
    assert (len(state.posts), len(state.people), state.closed_at) == (2, 2, chat.at)
    (person,) = {seen.post.author.id for seen in state.posts.values()} - {"mastodon:@tk"}
    assert state.people[person].greeted is not None, "counts stay as they were"


def test_a_forgotten_author_who_is_known_only_later_and_an_x_in_one_batch_leave_nothing(tmp_path: Path) -> None:
    chat = Chat()
    mention = chat.post("A1: Maria Lopez said it first", handle="tk")
    library = Library(tmp_path)
    a_chat(library, -7, Author("mastodon:@mlopez", "mlopez", "Maria Lopez"))
    forget([tmp_path], "mlopez")
    early = len(chat.events)
    chat.hear(
        PostSeen,
        post=Post("mastodon:m1", Author("mastodon:@mlopez", "mlopez", "Maria Lopez"), "A1: I am Maria", START),
        kind="answer",
        filed=None,
        newcomer=False,
    )
    chat.do(c.Redact, post=mention)
    path = copied(tmp_path, chat.events[:early], chat.events[early:])
    assert b"Maria" not in path.read_bytes()
    assert b"mlopez" not in path.read_bytes()


def test_the_beginning_of_a_chat_is_enough_to_blank_what_was_blanked_meanwhile(tmp_path: Path) -> None:
    blanking = next(place for place, event in enumerate(CHAT) if isinstance(event, PostRedacted))
    copied(tmp_path, CHAT[:blanking])
    path = copied(tmp_path, told(len(CHAT))[: blanking - 1])
    assert read_events(path) == told(len(CHAT))[:blanking]


@pytest.mark.parametrize("somebody_forgotten", [False, True])
def test_what_was_blanked_here_between_two_sittings_is_not_brought_back(
    tmp_path: Path, somebody_forgotten: bool
) -> None:
    chat = Chat()
    named = chat.post(NAMED, handle="tk")
    chat.post("A1: I am Maria", handle="mlopez")
    path = copied(tmp_path, chat.events)
    blank_post([tmp_path], named)
    if somebody_forgotten:
        forget([tmp_path], "mlopez")
    chat.post("A1: another", handle="mlopez")
    assert copied(tmp_path, chat.events) == path
    assert NAMED.encode() not in path.read_bytes()
    assert (b"mlopez" in path.read_bytes()) is not somebody_forgotten
    assert len(read_events(path)) == len(chat.events)


# Where no copy can be


def test_the_hub_and_another_desk_of_the_same_library_leave_nothing_to_keep(tmp_path: Path) -> None:
    first, second = the_copy(tmp_path), the_copy(tmp_path)
    first.take(CHAT[:4])
    with pytest.raises(SessionLocked, match="Ben's desk"):
        second.take(CHAT[:4])
    second.close()
    first.take(CHAT[4:])
    assert first.whole
    assert second.path is None


def test_another_chat_under_its_name_is_left_as_it_is(tmp_path: Path) -> None:
    plan = fold(CHAT).plan
    assert plan is not None
    with SessionFile.create(tmp_path, plan, started=START, session_id=ID) as file:
        file.commit([CHAT[0], note(2)])
    before = file.path.read_bytes()
    copy = the_copy(tmp_path)
    with pytest.raises(CopyDiffers, match="left as it is"):
        copy.take(CHAT)
    copy.close()
    assert file.path.read_bytes() == before


@pytest.mark.parametrize("session_id", ["../../x", "k3f7qa/..", "", "K3F7QA"])
def test_an_id_from_a_strange_hub_is_no_path(tmp_path: Path, session_id: str) -> None:
    with pytest.raises(CopyDiffers, match="another version"):
        SessionCopy(tmp_path / "chats", session_id).take(CHAT)
    assert list((tmp_path / "chats").iterdir()) == []


def test_a_full_disk_costs_nothing_once_there_is_room_again(tmp_path: Path) -> None:
    disk = FaultyDisk()
    copy = the_copy(tmp_path, disk)
    copy.take(CHAT[:3])
    disk.room = 40
    with pytest.raises(SaveFailed, match="disk is full"):
        copy.take(CHAT[3:8])
    disk.room = None
    copy.take(CHAT[8:])
    assert copy.path is not None
    assert copy.path.read_bytes() == hub_file(tmp_path / "hub").read_bytes()


def test_a_folder_that_cannot_be_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError, match="--library"):
        the_copy(tmp_path / "file" / "chats").take(CHAT)


# Several copies in one folder


def test_copies_of_one_session_are_listed_once_the_longer_one(tmp_path: Path) -> None:
    long = copied(tmp_path, CHAT[:9])
    short = tmp_path / long.name.replace("navasotaisd", "brought-back")
    short.write_bytes(copied(tmp_path / "other", CHAT[:5]).read_bytes())
    (listed,) = Library(tmp_path).saved_chats()
    assert (listed.path, listed.events) == (long, 9)
    short.write_bytes(copied(tmp_path / "other", CHAT).read_bytes())
    (listed,) = Library(tmp_path).saved_chats()
    assert (listed.path, listed.events) == (short, len(CHAT))
    (summary,) = summaries(Library(tmp_path))
    assert summary.path == short


def test_a_file_that_a_kill_left_without_any_event_is_filled(tmp_path: Path) -> None:
    plan = fold(CHAT).plan
    assert plan is not None
    SessionFile.create(tmp_path, plan, started=CHAT[0].at, session_id=ID).close()
    path = copied(tmp_path, told(len(CHAT)))
    assert path.read_bytes() == hub_file(tmp_path / "hub").read_bytes()
