"""What old archives really look like: each kind of dirt gives the same chat as the clean file."""

import json
import os
from pathlib import Path

import pytest

from sessions.importing import CannotImport, Wanted, read_archive
from sessions.importing.formats.json_lines import sheet_of
from sessions.importing.formats.json_values import read_values
from sessions.importing.formats.sheets import Sheet
from tests.sessions.importing.archives import COLUMNS, START, entries, plain, read, table

CLEAN = table(plain(entries()), COLUMNS)


def read_wrongly(text: str, encoding: str) -> str:
    """The text as it reads where its UTF-8 was taken for another encoding."""
    return text.encode().decode(encoding)


DIRTY = {
    "CR-only line ends": CLEAN.replace("\r\n", "\r").encode(),
    "LF line ends": CLEAN.replace("\r\n", "\n").encode(),
    "a byte order mark": b"\xef\xbb\xbf" + CLEAN.encode(),
    "UTF-16": CLEAN.encode("utf-16"),
    "UTF-16 without a mark": CLEAN.encode("utf-16-le"),
    "an old Windows encoding": CLEAN.encode("cp1252"),
    "an old Mac encoding and its line ends": CLEAN.replace("\r\n", "\r").encode("mac_roman"),
    "UTF-8 read as another encoding": read_wrongly(CLEAN, "latin-1").encode(),
    "UTF-8 read as another encoding twice": read_wrongly(read_wrongly(CLEAN, "latin-1"), "latin-1").encode(),
    "HTML entities": CLEAN.replace("&", "&amp;").replace("é", "&eacute;").encode(),
    "HTML entities twice": CLEAN.replace("&", "&amp;amp;").encode(),
    "a title above the header": b"Archive of #stationchat,,,\r\n" + CLEAN.encode(),
    "a line that names the delimiter": b"sep=,\r\n" + CLEAN.encode(),
    "an empty line above the header": b"\r\n" + CLEAN.encode(),
    "tabs": table(plain(entries()), COLUMNS, delimiter="\t").encode(),
    "semicolons": table(plain(entries()), COLUMNS, delimiter=";").encode(),
    "newest first": table(reversed(plain(entries())), COLUMNS).encode(),
    "all of it twice": (CLEAN + CLEAN.partition("\r\n")[2]).encode(),
    "columns nobody needs": table(
        [("NA", *row, '=HYPERLINK("http://evil.example")') for row in plain(entries())], ("lang", *COLUMNS, "geo")
    ).encode(),
    "empty lines between": CLEAN.replace("\r\n", "\r\n\r\n").encode(),
}


@pytest.mark.parametrize("dirt", DIRTY)
def test_dirt_changes_nothing(dirt: str, tmp_path: Path) -> None:
    clean = read(tmp_path / "clean.csv", CLEAN)
    found = read(tmp_path / "dirty.csv", DIRTY[dirt])
    assert found.understood.posts == clean.understood.posts
    assert found.chats == clean.chats
    assert not found.understood.skipped or "above" in dirt


def test_the_clean_chat_is_what_was_held(tmp_path: Path) -> None:
    found = read(tmp_path / "clean.csv", CLEAN)
    post = found.understood.posts[4]
    assert (post.text, post.author.id, post.author.handle, post.tags) == (
        "A1: It’s the teacher table & a quiet corner #stationchat", "x:@tomk", "tomk", ("stationchat",),
    )  # fmt: skip
    assert post.posted_at == int(entries()[4][0].timestamp() * 1000)
    assert post.id == f"x:{entries()[4][3]}"


def test_times_to_the_minute_keep_the_order_of_the_file(tmp_path: Path) -> None:
    rows = [(number, "2016-01-20 20:00", handle, words) for _, handle, words, number in entries()]
    found = read(tmp_path / "minutes.csv", table(rows, COLUMNS))
    assert [post.text for post in found.understood.posts] == [words for _, _, words, _ in entries()]
    assert found.understood.to_the_minute


def test_newest_first_keeps_the_order_within_a_minute_too(tmp_path: Path) -> None:
    rows = [(number, f"{at:%m/%d/%Y %H:%M}", handle, words) for at, handle, words, number in entries()]
    rows += [("9", "01/20/2016 20:40", "mlopez", "one"), ("10", "01/20/2016 20:40", "mlopez", "two")]
    found = read(tmp_path / "newest.csv", table(reversed(rows), COLUMNS))
    assert found.understood.newest_first
    assert [post.text for post in found.understood.posts][-2:] == ["one", "two"]


def test_na_is_nothing_and_a_line_without_words_is_told(tmp_path: Path) -> None:
    rows = plain(entries())
    rows[3] = ("NA", rows[3][1], rows[3][2], rows[3][3])
    rows[5] = (rows[5][0], rows[5][1], rows[5][2], "NA")
    rows[7] = (rows[7][0], "NA", rows[7][2], rows[7][3])
    rows[8] = (rows[8][0], rows[8][1], "NA", rows[8][3])
    found = read(tmp_path / "na.csv", table(rows, COLUMNS))
    assert found.understood.posts[3].id.startswith("x:archive-")
    assert [(one.line, one.why) for one in found.understood.skipped] == [
        (7, "no words in it"), (9, "no time that can be read"), (10, "no author"),
    ]  # fmt: skip


def test_numeric_author_ids_are_the_person(tmp_path: Path) -> None:
    numbers = {"AnaHost": "11", "tomk": "12", "mlopez": "13", "jimr": "14"}
    rows = [(number, at.isoformat(), numbers[handle], words) for at, handle, words, number in entries()]
    found = read(tmp_path / "ids.csv", table(rows, ("id", "created_at", "author_id", "text")))
    assert {post.author.id for post in found.understood.posts} == {"x:11", "x:12", "x:13", "x:14"}
    assert [host.handles for host in found.chats[0].plan.hosts] == [("x:11",)]


def test_a_handle_with_an_id_on_one_line_has_it_on_all(tmp_path: Path) -> None:
    rows = [(*row, "42" if place == 3 else "") for place, row in enumerate(plain(entries()))]
    found = read(tmp_path / "some.csv", table(rows, (*COLUMNS, "from_user_id_str")))
    assert {post.author.id for post in found.understood.posts if post.author.handle == "mlopez"} == {"x:42"}


def test_ids_that_a_spreadsheet_rounded_are_not_used(tmp_path: Path) -> None:
    rows = [("6.89000E+17", *row[1:]) for row in plain(entries())]
    found = read(tmp_path / "excel.csv", table(rows, COLUMNS))
    assert len({post.id for post in found.understood.posts}) == len(entries())
    assert found.understood.inexact == len(entries())
    rows = [("689000000000000000", *row[1:]) for row in plain(entries())]
    found = read(tmp_path / "rounded.csv", table(rows, COLUMNS))
    assert len({post.id for post in found.understood.posts}) == len(entries())


def test_ids_made_up_are_the_same_in_another_export(tmp_path: Path) -> None:
    """Without ids a post is known by author, minute and words, in whatever form it comes."""
    one = [(f"{at:%Y-%m-%d %H:%M:%S}", handle, words) for at, handle, words, _ in entries()]
    other = [
        (f"{at:%d/%m/%Y %H:%M}", handle.upper(), words.replace("&", "&amp;")) for at, handle, words, _ in entries()
    ]
    first = read(tmp_path / "one.csv", table(one, ("time", "user", "text")))
    second = read(tmp_path / "two.csv", table(reversed(other), ("time", "user", "text")))
    assert [post.id for post in first.understood.posts] == [post.id for post in second.understood.posts]


def test_a_quotation_mark_that_is_never_closed_costs_one_line(tmp_path: Path) -> None:
    lines = CLEAN.split("\r\n")
    lines[4] = f'1,{START:%Y-%m-%d %H:%M},mlopez,"A1 never closed'
    found = read(tmp_path / "quote.csv", "\r\n".join(lines))
    assert len(found.understood.posts) == len(entries()) - 1
    assert [(one.line, one.why) for one in found.understood.skipped] == [(5, "a quotation mark that is never closed")]


def test_a_post_over_several_lines_is_one_post(tmp_path: Path) -> None:
    rows = plain(entries())
    rows[3] = (*rows[3][:3], 'A1 first,\n"second"\nthird #stationchat')
    found = read(tmp_path / "lines.csv", table(rows, COLUMNS))
    assert found.understood.posts[3].text == 'A1 first,\n"second"\nthird #stationchat'
    assert len(found.understood.posts) == len(entries())


def test_replies_and_conversations_are_kept(tmp_path: Path) -> None:
    rows = [
        ("1", "2016-01-20 20:00", "ana", "Q1 What works? #stationchat", "", "1"),
        ("2", "2016-01-20 20:01", "tom", "A song", "NA", "1"),
        ("3", "2016-01-20 20:02", "jim", "Which one?", "2.0", "1"),
    ]
    columns = ("id", "created_at", "username", "text", "in_reply_to_status_id", "conversation_id")
    found = read(tmp_path / "threads.csv", table(rows, columns))
    assert [post.reply_to for post in found.understood.posts] == [None, "x:1", "x:2"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (bytes(range(256)) * 40, "not text"),
        (b"id,created_at,from_user,text\r\n", "not one line is a post"),
        (b"id,created_at,from_user,text\r\n1,never,ana,hello\r\n", "line 2: no time"),
        (b"<html><body>Hello</body></html>", "Storify"),
        (b"[1, 2]", "from 2 columns"),
        (b'{"a": 1}\n', "no posts in this JSON (a"),
        (b"text\r\nhello\r\n", "text without columns"),
        (b"time,text\r\n2016-01-20 20:00,hello\r\n", "from 2 columns"),
        (b"2016-01-20 20:00,ana,hello\r\n", "which column"),
        (b"[" * 100_000 + b"]" * 100_000, "not JSON"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "no posts in it"),
        (b'[{"a":' + b"9" * 5_000 + b"}]", "not JSON"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_no_archive_is_told_in_one_line(content: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(CannotImport) as error:
        read(tmp_path / "file", content)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are Unix only")
def test_a_pipe_that_nobody_fills_is_told_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CannotImport, match="not a file"):
        read_archive(tmp_path / "pipe", Wanted(zone="UTC"))


def test_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotImport, match="give the path of an archive"):
        read_archive(tmp_path, Wanted(zone="UTC"))


def test_a_file_larger_than_any_export_is_told_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(CannotImport, match="larger than 64 MB"):
        read_archive(tmp_path / "huge.csv", Wanted(zone="UTC"))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("long.csv", f"1,2016-01-20 20:00,ana,{'x' * 2_000_000}\r\n"),
        ("long.jsonl", json.dumps({"id_str": "1", "text": "x" * 2_000_000}) + "\n"),
        ("deep.jsonl", '{"text":' * 50_000 + "1" + "}" * 50_000 + "\n"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_hostile_line_costs_nothing_but_itself(name: str, line: str, tmp_path: Path) -> None:
    if name.endswith("csv"):
        header, _, rest = CLEAN.partition("\r\n")
        content = f"{header}\r\n{line}{rest}"
    else:
        content = line + "".join(json.dumps(dict(zip(COLUMNS, row, strict=True))) + "\n" for row in plain(entries()))
    found = read(tmp_path / name, content)
    assert len(found.understood.posts) == len(entries())
    assert [one.line for one in found.understood.skipped] == [2 if name.endswith("csv") else 1]


def test_nuls_in_a_file_are_taken_out(tmp_path: Path) -> None:
    found = read(tmp_path / "nul.csv", CLEAN.replace("mlopez", "mlo\0pez"))
    assert "mlopez" in {post.author.handle for post in found.understood.posts}


def test_formulas_are_text(tmp_path: Path) -> None:
    rows = [(number, at, handle, f"=HYPERLINK(A1) {words}") for number, at, handle, words in plain(entries())]
    found = read(tmp_path / "formula.csv", table(rows, COLUMNS))
    assert {post.text.split()[0] for post in found.understood.posts} == {"=HYPERLINK(A1)"}


def test_lines_with_keys_of_their_own_do_not_fill_the_memory() -> None:
    """Each line is as long as its last key needs: the sum of all counts."""

    def sheet_of_lines(text: str) -> Sheet:
        return sheet_of(read_values(text, "keys.jsonl", lambda _value: False).found, (), "keys.jsonl")

    keys = "".join(json.dumps({f"k{n}": n}) + "\n" for n in range(290))
    sheet = sheet_of_lines(keys)
    assert sum(len(row.cells) for row in sheet.rows) == 290 * 291 // 2
    with pytest.raises(CannotImport, match="too many different keys"):
        sheet_of_lines(keys + '{"k289":1}\n' * 80_000)
