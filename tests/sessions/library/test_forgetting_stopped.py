"""Forgetting that is stopped midway: each file is old or new, and doing it again finishes it."""

import contextlib
import errno
import subprocess
import sys
from pathlib import Path

import pytest

from sessions.files.disk import Disk
from sessions.files.errors import LibraryError, SaveFailed
from sessions.library.erasure import forget
from sessions.library.library import Library
from sessions.library.people_rebuild import rebuild_people
from sessions.library.storage.layout import FILE_NAME
from tests.sessions.library.building import stock_events
from tests.sessions.library.maria import MARIA, SECRETS, TOM, a_chat, every_byte, post, written


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "chats")


class FullAfter(Disk):
    """A disk that is full once it has replaced so many session files."""

    def __init__(self, chats: int) -> None:
        self.left = chats

    def write_whole(self, path: Path, data: bytes) -> None:
        if FILE_NAME.fullmatch(path.name):
            if not self.left:
                raise OSError(errno.ENOSPC, "full")
            self.left -= 1
        super().write_whole(path, data)


@pytest.mark.parametrize("chats", range(4))
def test_what_was_begun_and_stopped_is_finished_by_the_same_command(library: Library, chats: int) -> None:
    """Also reposts in one chat of what was written in another, which is blanked and renamed by then."""
    reposts = [post(n, TOM, "zebra", repost_of="mastodon:p1") for n in (3, 4)]
    for posts in ([post(1, MARIA, "zebra")], [*reposts, post(8, MARIA, "hi")], [post(5, TOM, "@qmlopez hello")]):
        with written(library.folder, posts):
            pass
    rebuild_people(library)
    expected = pytest.raises(SaveFailed) if chats < 3 else contextlib.nullcontext()
    with expected:
        forget([library.folder], "qmlopez", FullAfter(chats))
    with contextlib.nullcontext() if chats < 3 else pytest.raises(LibraryError, match="Nobody"):
        forget([library.folder], "qmlopez")
    assert not [secret for secret in SECRETS if secret in every_byte(library.folder)]


def test_a_kill_in_the_middle_leaves_each_file_old_or_new(library: Library, tmp_path: Path) -> None:
    paths = [a_chat(library.folder) for _ in range(12)]
    old = {path: path.read_bytes() for path in paths}
    seen_both = False
    for wanted in range(1, len(paths)):
        for path, data in old.items():
            path.write_bytes(data)
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.sessions.library.forget_child", str(library.folder), "qmlopez", str(wanted)],
            stdout=subprocess.PIPE,
        )
        assert child.stdout is not None
        child.stdout.readline()
        child.kill()
        child.wait()
        child.stdout.close()
        new = [path for path in paths if path.read_bytes() != old[path]]
        for path in paths:
            assert len(stock_events(path)) == 11
        for path in new:
            assert not [secret for secret in SECRETS if secret in path.read_text().casefold()]
        seen_both = seen_both or 0 < len(new) < len(paths)
    assert seen_both
    forget([library.folder], "qmlopez")
    assert not [secret for secret in SECRETS if secret in every_byte(library.folder)]
