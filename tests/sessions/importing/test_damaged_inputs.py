"""Files that were cut, flipped or written by a hostile hand: each is understood or told in a line."""

import random
import re
from pathlib import Path

import pytest

from sessions.importing import CannotImport, Wanted, read_archive
from sessions.importing.meetings.pasted import parse_pasted
from sessions.networks.archived import ArchiveOwner
from tests.sessions.importing.test_handed_in import INPUTS, said, written

FILES = sorted(path.name for path in INPUTS.iterdir() if path.suffix != ".md")
VALUES = (b"null", b"[]", b"{}", b'""', b"-1", b"1e999", b"true", rb'"\ud800"', b"[[[", b"9" * 400, b'{"$type": 3}')


def damaged(raw: bytes, dice: random.Random) -> bytes:
    """The bytes with up to four faults."""
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(raw) or 1)
        fault = dice.choice(("flip", "cut", "end", "twice", "value", "value"))
        members = list(re.finditer(rb':\s*("[^"]*"|\d+|null|\[|\{)', raw))
        if fault == "value" and members:
            member = dice.choice(members)
            raw = raw[: member.start(1)] + dice.choice(VALUES) + raw[member.end(1) :]
        elif fault == "cut":
            raw = raw[:place] + raw[place + dice.randint(1, 50) :]
        elif fault == "end":
            raw = raw[:place]
        elif fault == "twice":
            raw = raw[:place] + raw[place : place + 200] + raw[place:]
        else:
            raw = raw[:place] + bytes([dice.randrange(256)]) + raw[place + 1 :]
    return raw


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_understood_or_told(name: str, tmp_path: Path) -> None:
    dice = random.Random(name)
    whole = (INPUTS / name).read_bytes()
    path = tmp_path / "file"
    told: list[str] = []
    for _ in range(12):
        raw = damaged(whole, dice)
        path.write_bytes(raw)
        try:
            read_archive(path, Wanted(zone="UTC", owner=ArchiveOwner(handle="ana")))
        except CannotImport as error:
            told.append(str(error))
        assert all(item.text for item in parse_pasted(raw.decode(errors="replace")).items)
    assert not any("\n" in words for words in told)


def test_half_a_character_costs_itself_only(tmp_path: Path) -> None:
    line = (
        rb'{"created_at": "2023-03-10T02:00:00Z", "username": "ana", "text": "A1 \ud83d\ude00 and \ud83d and \ude00"}'
    )
    assert said(written(tmp_path, line)) == [("ana", "A1 \U0001f600 and \ufffd and \ufffd")]
