"""Files that are packed, and files that are something else: opened within bounds, or told what they are."""

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from sessions.core.plan.reading import PlanError
from sessions.files.kinds import file_kind
from sessions.importing import Archive, CannotImport, OwnerUnknown, Wanted, read_archive
from sessions.importing.formats.texts import SIZE_LIMIT, encoding_named
from sessions.library.plans.texts import read_text
from sessions.networks.archived import ArchiveOwner
from tests.sessions.importing.archives import COLUMNS, entries, plain, table
from tests.sessions.importing.test_handed_in import INPUTS, handed_in, said

TABLE = table(plain(entries()), COLUMNS).encode()


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    """A zip with these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return path


def posts(path: Path, **wanted: object) -> Archive:
    """What is understood of a file."""
    found = read_archive(path, Wanted(**{"zone": "UTC", **wanted}))  # type: ignore[arg-type]
    assert isinstance(found, Archive)
    return found


def test_an_archive_of_x_says_whose_it_is_and_may_have_parts(tmp_path: Path) -> None:
    tweets = (INPUTS / "01-tweets.js").read_bytes()
    more = (INPUTS / "x-archive-tweets.js").read_bytes().replace(b"part0", b"part1")
    account = (
        b'window.YTD.account.part0 = [{"account": '
        b'{"username": "ana_host", "accountId": "11", "accountDisplayName": "Ana"}}]'
    )
    files = {"data/tweets.js": tweets, "data/tweets-part1.js": more, "data/account.js": account,
             "data/direct-messages.js": b'window.YTD.direct_messages.part0 = []', "Your archive.html": b"<html></html>",
             "data/tweets_media/1.jpg": b"\xff\xd8\xff"}  # fmt: skip
    found = posts(zipped(tmp_path / "twitter.zip", files))
    assert {(post.author.id, post.author.handle, post.author.name) for post in found.understood.posts} == {
        ("x:11", "ana_host", "Ana")
    }
    assert len(found.understood.posts) == 8
    del files["data/account.js"]
    with pytest.raises(OwnerUnknown):
        posts(zipped(tmp_path / "nobody.zip", files))


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_an_archive_of_mastodon(tmp_path: Path, kind: str) -> None:
    files = {
        "outbox.json": (INPUTS / "09-mastodon-outbox.json").read_bytes(),
        "likes.json": b"{}",
        "actor.json": b'{"id": "https://mastodon.example/users/ana", "preferredUsername": "ana_host", "name": "Ana R"}',
    }
    path = tmp_path / f"archive.{kind}"
    if kind == "zip":
        zipped(path, files)
    else:
        with tarfile.open(path, "w:gz") as archive:
            for name, raw in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(raw)
                archive.addfile(info, io.BytesIO(raw))
    found = posts(path)
    assert {(post.author.handle, post.author.name) for post in found.understood.posts} == {
        ("ana_host@mastodon.example", "Ana R")
    }


def test_a_zip_and_a_gzip_with_one_table(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "one.zip", {"export/tweets.csv": TABLE, "__MACOSX/export/._tweets.csv": b"x", "README.txt": b"x"}
    )
    assert len(posts(path).understood.posts) == len(entries())
    packed = tmp_path / "tweets.csv.gz"
    packed.write_bytes(gzip.compress(TABLE))
    assert len(posts(packed).understood.posts) == len(entries())


def test_paths_in_a_zip_lead_nowhere(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    found = posts(zipped(inside / "evil.zip", {"../../evil.csv": TABLE}))
    assert len(found.understood.posts) == len(entries())
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["evil.zip", "in"]


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.gz"])
def test_bombs_cost_no_more_than_a_file_may_have(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith("zip"):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.csv", "w") as stream:
            for _ in range(SIZE_LIMIT // 1024 // 1024 + 1):
                stream.write(bytes(1024 * 1024))
    else:
        with gzip.open(path, "wb") as stream:
            for _ in range(SIZE_LIMIT // 1024 // 1024 + 1):
                stream.write(bytes(1024 * 1024))
    with pytest.raises(CannotImport, match="larger than 64 MB unpacked"):
        posts(path)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a.csv": b"x", "b.csv": b"y"}, "2 files in it may hold posts: a.csv, b.csv"),
        ({"a.jpg": b"x"}, "none of the 1 files"),
        ({}, "none of the 0 files"),
        (
            {"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"},
            "an Excel workbook; open it, save the sheet with the posts as CSV",
        ),
        ({"[Content_Types].xml": b"x", "word/document.xml": b"x"}, "a Word document"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"x"}, "LibreOffice"),
        ({"_chat.txt": (INPUTS / "25-whatsapp-ios.txt").read_bytes()}, "a chat of WhatsApp"),
        ({"a\x1b[31m.csv": b"x", "b.csv": b"y"}, "a[31m.csv, b.csv"),
    ],
)
def test_other_zips_are_told(tmp_path: Path, files: dict[str, bytes], words: str) -> None:
    with pytest.raises(CannotImport) as error:
        posts(zipped(tmp_path / "x.zip", files))
    assert words in str(error.value)


def test_broken_and_locked_archives_are_told(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "whole.zip", {"a.csv": TABLE}).read_bytes()
    for number, raw in enumerate((whole[:-30], whole[:40] + b"\xff" * 60 + whole[100:], gzip.compress(TABLE)[:50])):
        path = tmp_path / f"broken{number}"
        path.write_bytes(raw)
        with pytest.raises(CannotImport, match="cannot be unpacked"):
            posts(path)
    locked = bytearray(whole)
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        locked[locked.find(mark) + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    path = tmp_path / "locked.zip"
    path.write_bytes(bytes(locked))
    with pytest.raises(CannotImport, match="password"):
        posts(path)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PDF-1.4", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"SQLite format 3\0", "a database"),
        (b"\xd0\xcf\x11\xe0\xa1", "an old Excel"),
        (b"\x3a\xa2eroots\x81\xd8*gversion\x01", "a repository of Bluesky"),
        (b"\0\0\0\x20ftypisom", "a recording"),
        (b"PAR1", "Parquet"),
        (b"BEGIN:VCALENDAR\r\n", "a calendar"),
        (b"Rar!\x1a", "RAR"),
    ],
)
def test_what_is_no_archive_is_told_what_it_is_and_what_to_do(tmp_path: Path, raw: bytes, words: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(raw * 3)
    with pytest.raises(CannotImport, match=words) as error:
        posts(path)
    assert ";" in str(error.value)


def test_rich_text_is_refused_in_words() -> None:
    with pytest.raises(CannotImport, match=r"rich text \(RTF\); open it and save it as plain text"):
        handed_in("193-questions.rtf")
    assert file_kind(b"Q1: What?") is None


@pytest.mark.parametrize(
    "raw", [(INPUTS / "193-questions.rtf").read_bytes(), b"PK\x03\x04word/document.xml", b"%PDF-1.7"]
)
def test_questions_in_another_kind_of_file_are_refused_in_words(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "questions.txt"
    path.write_bytes(raw)
    with pytest.raises(PlanError) as error:
        read_text(path)
    assert "this is" in str(error.value)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("macroman-twice.csv", "mac_roman"), ("macroman-plain.csv", "mac_roman"), ("cp1252-plain.csv", "cp1252")],
)
def test_encodings_in_one_step_and_in_two(name: str, encoding: str) -> None:
    found = handed_in(name)
    assert found.encoding == encoding
    assert [text for _, text in said(found)][:4] == [
        "Welcome to #lunchchat! Q1 in five minutes.",
        "Q1 What’s one thing you’d change about “lab day”? #lunchchat",
        "A1 I’d start with a question… http://example.org/phenomena … #lunchchat",
        "A1 “Less telling, more doing” – that’s it #lunchchat",
    ]
    assert said(found)[-1] == ("carla", "A1 we’re using café talks #lunchchat")


def test_the_user_says_which_encoding(tmp_path: Path) -> None:
    path = tmp_path / "cyrillic.csv"
    path.write_bytes("time,username,text\n2023-03-09 20:00,ana,Q1 Что?\n".encode("koi8-r"))
    assert said(posts(path, encoding=encoding_named("KOI8-R"))) == [("ana", "Q1 Что?")]
    with pytest.raises(ValueError, match="--encoding must be"):
        encoding_named("hex")


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("¿Cómo enseñas en la mañana? Los niños ¡sí!", "cp1252"),
        ("¿Cómo enseñas en la mañana? Los niños ¡sí!", "mac_roman"),
        ("élèves, où ça? très bientôt – c’est l’été", "cp1252"),
        ("élèves, où ça? très bientôt – c’est l’été", "mac_roman"),
        ("Zażółć gęślą jaźń, Łódź i Kraków", "cp1250"), ("Příliš žluťoučký kůň úpěl ďábelské ódy", "cp1250"),
        ("Какая первая станция в классе?", "cp1251"), ("yes—no, it’s OK", "cp1252"), ("yes—no, it’s OK", "mac_roman"),
    ],
)  # fmt: skip
def test_few_words_tell_their_encoding(tmp_path: Path, words: str, encoding: str) -> None:
    path = tmp_path / "few.csv"
    path.write_bytes(f"time,username,text\n2023-03-09 20:00,ana,{words}\n".encode(encoding))
    assert said(posts(path)) == [("ana", words)]


def test_what_a_repository_of_bluesky_tells_to_do_works(tmp_path: Path) -> None:
    (tmp_path / "repo.car").write_bytes(b"\x3a\xa2eroots\x81\xd8*gversion\x01")
    with pytest.raises(CannotImport, match=r"listRecords\?collection=app\.bsky\.feed\.post.*--author HANDLE"):
        read_archive(tmp_path / "repo.car", Wanted(zone="UTC"))
    value = {"$type": "app.bsky.feed.post", "text": "Q1 What?", "createdAt": "2023-03-10T02:00:00Z"}
    record = {"uri": "at://did:plc:abc/app.bsky.feed.post/3k", "cid": "bafy", "value": value}
    (tmp_path / "records.json").write_text(json.dumps({"records": [record], "cursor": "3k"}))
    wanted = Wanted(zone="UTC", owner=ArchiveOwner(handle="ana.example"))
    found = read_archive(tmp_path / "records.json", wanted)
    assert isinstance(found, Archive)
    assert [(post.author.handle, post.text) for post in found.understood.posts] == [("ana.example", "Q1 What?")]
