"""Forgetting who is only named, whoever wrote most of an archive, and how far it is."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.identity import Identity
from sessions.core.redaction.mentions import Mentions
from sessions.core.redaction.unfolding import unfolded
from sessions.files.errors import LibraryError
from sessions.importing import Wanted, read_archive, save
from sessions.library.erasure import forget, look
from sessions.library.library import Library
from tests.sessions.importing.archives import table
from tests.sessions.library.maria import every_byte

START = datetime.datetime(2024, 1, 1, 20)  # noqa: DTZ001 - the wall time of a file

LINK = """created_at,username,name,text
2024-01-01 20:00:00,hana,Hana Hosts,Welcome to #lunchchat! We use the Q1/A1 format.
2024-01-01 20:05:00,hana,Hana Hosts,Q1 What makes a good lab day? #lunchchat
2024-01-01 20:06:00,sueex,Sue Exampleton,A1 courage #lunchchat
2024-01-01 20:07:00,ben,Ben Birke,A1 see http://slides.example/sueexampleton each one #lunchchat
2024-01-01 20:08:00,ben,Ben Birke,A1 thanks #SueExampleton and Sue Exampleton and @sueex and http://x.com/sueex/status/1 #lunchchat
2024-01-01 20:09:00,ben,Ben Birke,A1 mail sue.exampleton@school.example or http://sueexampleton.wordpress.example/ #lunchchat
2024-01-01 20:15:00,hana,Hana Hosts,Q2 Who helps? #lunchchat
"""  # noqa: E501 - a line of the file


def taken(tmp_path: Path, content: str) -> Library:
    """A library with the chats of this file."""
    file = tmp_path / "archive.csv"
    file.write_text(content, encoding="utf-8")
    library = Library(tmp_path / "chats")
    save([read_archive(file, Wanted(zone="UTC"))], library)
    return library


def test_no_name_is_left_in_links_servers_and_mail_addresses(tmp_path: Path) -> None:
    library = taken(tmp_path, LINK)
    forget([library.folder], "sueex")
    left = every_byte(library.folder).casefold()
    assert "sue" not in left
    assert "exampleton" not in left
    assert "a good lab day" in left


@pytest.mark.parametrize("handle", ["zoe", "@Zoe", "x:zoe"])
def test_whoever_is_only_mentioned(handle: str, tmp_path: Path) -> None:
    content = LINK.replace("A1 courage", "A1 ask @Zoe. or https://x.com/zoe/status/5; not @zoey")
    library = taken(tmp_path, content)
    assert look([library.folder], handle).touched
    forget([library.folder], handle)
    left = every_byte(library.folder).casefold()
    assert "@zoe." not in left
    assert "com/zoe" not in left
    assert "@zoey" in left
    (outcome,) = save([read_archive(tmp_path / "archive.csv", Wanted(zone="UTC"))], library)
    assert outcome.why.startswith("the same posts are saved already")
    other = tmp_path / "other.csv"
    other.write_text(content.replace("2024-01-01", "2024-02-05").replace("courage", "more"), encoding="utf-8")
    save([read_archive(other, Wanted(zone="UTC"))], library)
    assert "@zoe." not in every_byte(library.folder).casefold()


WRITTEN = (
    "%40{0}", "%2540{0}", "&#64;{0}", "&#064;{0}", "&#x40;{0}", "&commat;{0}", "＠{0}", "@&#8203;{0}", "@\u200b{0}",
    "https://pics.example/%40{0}/1.jpg", "https://pics.example/s?q=%40{0}&n=1", "https://x.com/search?q=from%3A{0}",
    "https://twitter.com/intent/user?screen_name={0}", "x.com/%40{0}", "[image: drawn by &#64;{0}]",
    "“RT %40{0}: courage every day”", "&quot;@{0}: courage every day&quot;", "\\u0040{0}", "=40{0}", "@{1}", "%40{2}",
)  # fmt: skip
"""A handle as it may stand in texts: as it is, in full-width letters, and with its first letter as a byte."""


def wide(text: str) -> str:
    """The text in full-width letters."""
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text)


@pytest.mark.parametrize("handle", ["sueex", "sue"])
@pytest.mark.parametrize("written", WRITTEN)
def test_a_handle_is_found_however_its_signs_are_written(written: str, handle: str) -> None:
    said = written.format(handle, wide(handle), f"%{ord(handle[0]):02x}{handle[1:]}")
    mentions = Mentions(Identity(handles=frozenset({f"x:{handle}"})))
    assert mentions.named(f"before {said} behind")
    left = mentions.blanked(f"before {said} behind")
    assert left.startswith("before ")
    assert not mentions.named(left)
    assert handle not in left
    assert "courage" not in left
    assert left.endswith("behind") or "courage" in said


@pytest.mark.parametrize(
    "text",
    ["100%40suede", "%40suede, ＠ｓｕｅｄｅ", "&#64;suede & 50% of", "https://x.example/%40suede?q=a%20b", "\\@suede"],
)  # fmt: skip
def test_other_handles_stay_as_they_are_written(text: str) -> None:
    assert Mentions(Identity(handles=frozenset({"x:sue"}))).blanked(text) == text


@given(st.text(st.sampled_from("%40&#6;x@su ＠\\u=é\u200b2eｓ."), max_size=40))
def test_any_text_can_be_looked_through(text: str) -> None:
    mentions = Mentions(Identity(handles=frozenset({"x:sue"})))
    left = mentions.blanked(text)
    assert mentions.blanked(left) == left
    said = unfolded(text)
    assert said is None or (len(said[0]) == len(said[1]) and said[0] != text)


def test_a_handle_written_otherwise_is_gone_from_every_byte(tmp_path: Path) -> None:
    content = LINK.replace("A1 courage", "A1 ask %40zoe or https://pics.example/%40zoe/1 or ＠zoe")
    library = taken(tmp_path, content)
    assert look([library.folder], "zoe").touched
    forget([library.folder], "zoe")
    assert "zoe" not in every_byte(library.folder)
    later = tmp_path / "later.csv"
    later.write_text(content.replace("2024-01-01", "2024-02-05").replace("or", "and"), encoding="utf-8")
    save([read_archive(later, Wanted(zone="UTC"))], library)
    assert "zoe" not in every_byte(library.folder)


def test_nobody_is_called_so(tmp_path: Path) -> None:
    library = taken(tmp_path, LINK)
    with pytest.raises(LibraryError, match="Nobody in the saved chats goes by 'zoe'"):
        look([library.folder], "zoe")


def test_the_main_host_of_a_long_archive(tmp_path: Path) -> None:
    rows = []
    for week in range(12):
        for number in range(120):
            at = START + datetime.timedelta(weeks=week, seconds=number * 30)
            words = f"thought {number} of week {week} on labs and helpers and how they grow"
            mine = number % 2 == 0
            text = f"Q{number // 20 + 1} What about {words}?" if number % 20 == 0 else words
            rows.append(
                (f"{at}", "hana" if mine else f"t{number}", text if mine else f"A1 @hana {number} {week} is it")
            )
    library = taken(tmp_path, table(rows, ("created_at", "username", "text")))
    told: list[tuple[int, int]] = []
    done = forget([library.folder], "hana", progress=lambda *step: told.append(step))
    assert len(done.touched) == 12
    assert b"hana" not in every_byte(library.folder).encode()
    assert [step for step, _ in told] == list(range(1, len(told) + 1))
    assert told[-1][0] == told[-1][1]
    assert all(step <= of for step, of in told)
