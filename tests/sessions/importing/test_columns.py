"""Columns are found by the names that exports use, else as the user says."""

import datetime
from pathlib import Path

import pytest

from sessions.importing import CannotImport, ColumnsUnclear
from sessions.importing.formats.columns import match_columns, missing_fields, parse_map
from tests.sessions.importing.archives import entries, read, table

EXPORTS = {
    "TAGS": "id_str,from_user,text,created_at,time,geo_coordinates,user_lang,in_reply_to_user_id_str,"
    "in_reply_to_screen_name,from_user_id_str,in_reply_to_status_id_str,source,status_url",
    "rtweet": "user_id,status_id,created_at,screen_name,text,source,reply_to_status_id,reply_to_user_id,is_retweet",
    "twint": "id,conversation_id,created_at,date,time,timezone,user_id,username,name,place,tweet,language,link",
    "snscrape": "url,date,content,id,username",
    "API v2": "id,author_id,created_at,text,conversation_id,author.username,author.name",
    "GetOldTweets": "username,date,retweets,favorites,text,geo,mentions,hashtags,id,permalink",
    "by hand": "Date,Time,Name,Handle,Tweet Text",
}


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        ("TAGS", {"time": "created_at", "handle": "from_user", "author_id": "from_user_id_str", "id": "id_str",
                  "reply_to": "in_reply_to_status_id_str", "url": "status_url"}),
        ("rtweet", {"author_id": "user_id", "id": "status_id", "handle": "screen_name", "time": "created_at",
                    "reply_to": "reply_to_status_id"}),
        ("twint", {"text": "tweet", "handle": "username", "name": "name", "thread": "conversation_id", "url": "link",
                   "time": "created_at", "author_id": "user_id", "zone": "timezone"}),
        ("snscrape", {"time": "date", "text": "content", "url": "url", "handle": "username"}),
        ("API v2", {"handle": "author.username", "author_id": "author_id", "name": "author.name"}),
        ("GetOldTweets", {"time": "date", "url": "permalink", "handle": "username"}),
        ("by hand", {"time": "Time", "date": "Date", "text": "Tweet Text", "handle": "Handle", "name": "Name"}),
    ],
)  # fmt: skip
def test_usual_exports_need_no_help(export: str, expected: dict[str, str]) -> None:
    columns = EXPORTS[export].split(",")
    found = match_columns(columns, {})
    assert not missing_fields(found)
    assert {field: columns[found[field]] for field in expected} == expected  # type: ignore[index]


def test_a_date_and_a_time_of_day_belong_together(tmp_path: Path) -> None:
    rows = [(f"{at:%d/%m/%Y}", f"{at:%I:%M %p}", handle, words) for at, handle, words, _ in entries()]
    found = read(tmp_path / "two.csv", table(rows, ("Date", "Time", "Handle", "Tweet Text")))
    at = entries()[6][0].replace(second=0)
    assert found.understood.posts[6].posted_at == int(at.timestamp() * 1000)


def test_unknown_columns_are_told_with_what_is_missing(tmp_path: Path) -> None:
    rows = [(f"{at:%Y-%m-%d %H:%M}", handle, words) for at, handle, words, _ in entries()]
    with pytest.raises(ColumnsUnclear) as error:
        read(tmp_path / "odd.csv", table(rows, ("moment of it", "username", "text")))
    assert error.value.missing == ("time",)
    assert error.value.columns == ("moment of it", "username", "text")
    found = read(
        tmp_path / "odd.csv", table(rows, ("moment of it", "username", "text")), columns={"moment of it": "time"}
    )
    assert len(found.understood.posts) == len(entries())


def test_a_file_without_a_header_is_mapped_by_numbers(tmp_path: Path) -> None:
    rows = [(handle, words, f"{at:%Y-%m-%d %H:%M}") for at, handle, words, _ in entries()]
    content = table(rows[1:], rows[0])
    with pytest.raises(ColumnsUnclear):
        read(tmp_path / "bare.csv", content)
    found = read(tmp_path / "bare.csv", content, columns={"1": "handle", "2": "text", "3": "time"})
    assert len(found.understood.posts) == len(entries())
    assert not found.understood.skipped


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
def test_a_short_file_is_mapped_by_numbers_whatever_columns_are_called(tmp_path: Path, end: str) -> None:
    """The lines that it lacks are no headers with a first column."""
    content = f"a;b;c\n2024-05-01 20:00;ana;Welcome\n2024-05-01 20:01;ben;Q1 What?{end}"
    found = read(tmp_path / "short.csv", content, columns={"1": "time", "2": "handle", "3": "text"})
    assert [post.text for post in found.understood.posts] == ["Welcome", "Q1 What?"]


def test_a_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotImport, match="'nowhere'"):
        read(tmp_path / "file.csv", "time,user,text\r\n2016-01-20 20:00,ana,hi\r\n", columns={"nowhere": "id"})


def test_map_says_column_and_field() -> None:
    assert parse_map("Tweet = Text=text") == ("Tweet = Text", "text")
    assert parse_map("who=Author-ID") == ("who", "author_id")
    for wrong in ("text", "=text", "who=nobody"):
        with pytest.raises(ValueError, match="--map must be"):
            parse_map(wrong)


def test_the_network_is_told_by_ids_and_handles(tmp_path: Path) -> None:
    at = datetime.datetime(2026, 1, 20, 20, tzinfo=datetime.UTC).isoformat()
    mastodon = read(tmp_path / "m.csv", f"created_at,acct,content\r\n{at},ana@example.org,Hello\r\n")
    bluesky = read(tmp_path / "b.csv", f"created_at,did,handle,text\r\n{at},did:plc:abc,ana.example.org,Hello\r\n")
    said = read(tmp_path / "s.csv", f"created_at,handle,text\r\n{at},ana.example.org,Hello\r\n", network="bluesky")
    people = [one.understood.posts[0].author.id for one in (mastodon, bluesky, said)]
    assert people == ["mastodon:@ana@example.org", "bluesky:did:plc:abc", "bluesky:@ana.example.org"]
