"""A session of our own is re-enacted as it read at its end."""

from pathlib import Path

import msgspec
import pytest

from sessions.core.events import AnyEvent, PostEdited, PostRedacted, PostRemoved, PostSeen, SessionOpened, Undone
from sessions.core.plan import Host
from sessions.core.posts import Author, Post
from sessions.library.storage.session_file import SessionFile
from sessions.rehearsal.practice import read_recording
from sessions.rehearsal.recording import ChatFileError
from tests.sessions.networks.fakes import START, make_plan

ANA = Author("mastodon:1", "ana@example.org", "Ana")
JIM = Author("mastodon:2", "jim", "Jim")


def saved(folder: Path, *events: AnyEvent) -> Path:
    """A session file as the hub writes it."""
    with_plan = make_plan(hosts=(Host("Ana", ("mastodon:ana@example.org",)),))
    file = SessionFile.create(folder, with_plan, started=START)
    opened = SessionOpened(seq=1, at=START, by=None, command=None, plan=with_plan, schema=1, rehearsal=False)
    for event in (opened, *events):
        file.append([event])
    file.close()
    return file.path


def seen(seq: int, post: Post) -> PostSeen:
    return PostSeen(seq=seq, at=START + seq, by=None, command=None, post=post, kind="aside", filed=None, newcomer=False)


def edited(seq: int, post: str, text: str) -> PostEdited:
    return PostEdited(seq=seq, at=START + seq, by=None, command=None, post=post, text=text, kind="answer", filed=None)


def test_posts_come_under_practice_ids_as_they_last_read(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        seen(2, Post("mastodon:10", ANA, "Q1: what?", START)),
        seen(3, Post("mastodon:11", JIM, "A1: ths", START + 5_000, reply_to="mastodon:10")),
        seen(4, Post("mastodon:12", JIM, "a student's name", START + 6_000)),
        edited(5, "mastodon:11", "A1: this"),
        PostRemoved(seq=6, at=START + 8, by=None, command=None, post="mastodon:12"),
        msgspec.structs.replace(seen(7, Post("hand:1", JIM, "A1: not his", START + 9_000)), by="Ana", command="c1"),
        Undone(seq=8, at=START + 10, by="Ana", command="c2", undoes=7),
        seen(9, Post("mastodon:13", JIM, "", START + 10_000)),
        PostRedacted(seq=10, at=START + 11, by="Ana", command="c3", post="mastodon:13"),
    )
    recording = read_recording(path)
    assert [(post.id, post.author.id, post.text, post.reply_to) for post in recording.posts] == [
        ("practice:mastodon:10", "practice:mastodon:1", "Q1: what?", None),
        ("practice:mastodon:11", "practice:mastodon:2", "A1: this", "practice:mastodon:10"),
    ]
    assert recording.hosts == (Host("Ana", ("practice:ana@example.org",)),)


def test_a_content_warning_stays_before_its_post_as_it_last_read(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        seen(2, Post("mastodon:10", ANA, "Q1: what?", START, warning="food")),
        seen(3, Post("mastodon:11", JIM, "A1: soup", START)),
        msgspec.structs.replace(edited(4, "mastodon:11", "A1: soup"), warning="food, too"),
    )
    assert [post.warning for post in read_recording(path).posts] == ["food", "food, too"]


def test_a_session_without_posts_says_so(tmp_path: Path) -> None:
    with pytest.raises(ChatFileError, match="no posts"):
        read_recording(saved(tmp_path))


def test_a_file_that_only_looks_like_a_session_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{\n"events": [1, 2]\n}', encoding="utf-8")
    with pytest.raises(ChatFileError) as caught:
        read_recording(path)
    assert "\n" not in str(caught.value)
