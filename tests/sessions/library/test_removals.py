"""Notes of that something was removed: dated, and without a word of what."""

from pathlib import Path

from sessions.library.erasure import blank_post, forget
from sessions.library.library import Library
from sessions.library.removals import REMOVALS_FILE, RemovalNote, note_removals, read_removals, take_back
from sessions.library.trash import Trash
from tests.sessions.library.maria import MARIA, SECRETS, a_chat, post, written


def test_forgetting_and_blanking_leave_a_note_in_each_series_that_they_change(tmp_path: Path) -> None:
    a_chat(tmp_path)
    a_chat(tmp_path, series="exits")
    with written(tmp_path, [post(9, MARIA, "other words")], series="third"):
        pass
    blank_post([tmp_path], "mastodon:p9")
    forget([tmp_path], "qmlopez")
    notes = read_removals(tmp_path)
    assert [(note.series, note.act) for note in notes] == [
        ("third", "blank"), ("exits", "forget"), ("navasotaisd", "forget"), ("third", "forget"),
    ]  # fmt: skip
    told = (tmp_path / REMOVALS_FILE).read_text(encoding="utf-8")
    assert not [secret for secret in SECRETS if secret in told]


def test_a_note_that_is_taken_back_leaves_the_older_ones(tmp_path: Path) -> None:
    first, again = (note_removals(tmp_path, ["exits"], "delete")[0] for _ in range(2))
    other = note_removals(tmp_path, ["exits"], "forget")[0]
    take_back(tmp_path, again)
    assert read_removals(tmp_path) == [first, other]
    take_back(tmp_path, RemovalNote("1999-01-01", "exits", "delete"))
    assert len(read_removals(tmp_path)) == 2


def test_a_damaged_list_is_moved_aside_and_keeps_nobody_from_being_forgotten(tmp_path: Path) -> None:
    a_chat(tmp_path)
    (tmp_path / REMOVALS_FILE).write_bytes(b"{")
    forget([tmp_path], "qmlopez")
    assert [note.act for note in read_removals(tmp_path)] == ["forget"]
    assert (tmp_path / f"{REMOVALS_FILE}.damaged-1").is_file()


def test_a_chat_comes_back_also_where_the_list_is_damaged_meanwhile(tmp_path: Path) -> None:
    path = a_chat(tmp_path)
    with Trash(Library(tmp_path)) as trash:
        deleted = trash.delete(path)
        (tmp_path / REMOVALS_FILE).write_bytes(b"{")
        assert trash.restore(deleted) == path
    assert path.is_file()
