"""An archive once more after somebody in it was forgotten: it is recognised, and nothing is added."""

from pathlib import Path

import pytest

from sessions.importing import Wanted, read_archive, save
from sessions.library.erasure import forget
from sessions.library.library import Library

JUDGED = Path(__file__).parent / "judged"


@pytest.mark.parametrize("gone", [("hana",), ("ana",), ("ana", "ben"), ("hana", "ana", "ben")], ids="-".join)
def test_whoever_was_forgotten_in_it(gone: tuple[str, ...], tmp_path: Path) -> None:
    library = Library(tmp_path / "chats")
    save([read_archive(JUDGED / "small-chat.csv", Wanted(zone="UTC"))], library)
    for one in gone:
        forget([library.folder], one)
    before = {path: path.read_bytes() for path in library.paths()}
    (outcome,) = save([read_archive(JUDGED / "small-chat.csv", Wanted(zone="UTC"))], library)
    assert outcome.why.startswith("the same posts are saved already")
    assert {path: path.read_bytes() for path in library.paths()} == before


def test_another_chat_of_theirs_is_taken_without_them(tmp_path: Path) -> None:
    library = Library(tmp_path / "chats")
    save([read_archive(JUDGED / "series-00.csv", Wanted(zone="UTC"))], library)
    forget([library.folder], "ana")
    (outcome,) = save([read_archive(JUDGED / "series-07.csv", Wanted(zone="UTC"))], library)
    assert outcome.file is not None
    assert b"of ana" not in outcome.file.read_bytes()
