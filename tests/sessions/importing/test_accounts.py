"""Accounts that an archive knows by a number: named by what else stands in it, else shown as what they are."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sessions.core.people import PersonRecord
from sessions.core.posts import Author
from sessions.importing import Archive, ColumnsUnclear, Wanted, read_archive
from sessions.importing.formats.accounts import accounts_in_values
from tests.sessions.importing.archives import read, table


def first_version(number: int, user: object, text: str, **more: Any) -> dict[str, Any]:
    """A post as X's first version of the API had it."""
    return {"created_at": f"Fri Mar 10 02:{number:02}:01 +0000 2023", "id_str": f"163401119078495027{number}",
            "full_text": text, "user": user, "entities": {"user_mentions": []}, **more}  # fmt: skip


def second_version(number: int, author: str, text: str, **more: Any) -> dict[str, Any]:
    """A post as X's second version of the API has it."""
    return {"id": f"163401119078495027{number}", "author_id": author, "text": text,
            "created_at": f"2023-03-10T02:{number:02}:01.000Z", **more}  # fmt: skip


def handles(found: Archive) -> list[str]:
    """Who wrote the posts, by handle."""
    return [post.author.handle for post in found.understood.posts]


def of_json(path: Path, values: Sequence[object] | dict[str, Any]) -> Archive:
    """What is understood of JSON."""
    (path / "posts.json").write_bytes(msgspec.json.encode(values))
    found = read_archive(path / "posts.json", Wanted(zone="UTC"))
    assert isinstance(found, Archive)
    return found


TOM = {"id_str": "12", "screen_name": "tomk", "name": "Tom Keller"}


@pytest.mark.parametrize(
    "more",
    [
        {"in_reply_to_user_id_str": "11", "in_reply_to_screen_name": "ana_host"},
        {"in_reply_to_user_id": 11, "in_reply_to_screen_name": "ana_host"},
        {"entities": {"user_mentions": [{"id_str": "11", "id": 11, "screen_name": "ana_host", "name": "Ana"}]}},
        {"in_reply_to_status_id_str": "1634011190784950271"},
        {"retweeted_status": first_version(1, {"id_str": "11", "screen_name": "ana_host"}, "Q1 What?")},
        {"quoted_status": {"user": {"id": 11, "screen_name": "ana_host"}}},
    ],
)
def test_who_is_answered_mentioned_or_shared_has_a_name(tmp_path: Path, more: dict[str, Any]) -> None:
    posts = [first_version(1, {"id_str": "11"}, "Q1 What?"), first_version(2, TOM, "@ana_host A1 So", **more)]
    found = of_json(tmp_path, posts)
    assert handles(found) == ["ana_host", "tomk"]
    assert found.understood.posts[0].author.id == "x:11"
    assert found.understood.posts[0].url == "https://x.com/ana_host/status/1634011190784950271"


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("@ana_host A1 So", {"referenced_tweets": [{"type": "replied_to", "id": "1634011190784950271"}]}),
        ("RT @ana_host: Q1 What?", {"referenced_tweets": [{"type": "retweeted", "id": "1634011190784950271"}]}),
        ("A1 So", {"entities": {"mentions": [{"id": "11", "username": "ana_host"}]}}),
        ("A1 https://x.com/ana_host/status/1634011190784950271", {}),
    ],
)
def test_the_second_version_names_whom_posts_answer_and_share(tmp_path: Path, text: str, more: dict[str, Any]) -> None:
    posts = [second_version(1, "11", "Q1 What?"), second_version(2, "12", text, **more)]
    assert handles(of_json(tmp_path, {"data": posts, "meta": {}})) == ["ana_host", "12"]


def test_tables_name_accounts_in_columns_beside_one_another(tmp_path: Path) -> None:
    columns = ("id", "created_at", "author_id", "text", "in_reply_to_user_id", "in_reply_to_screen_name",
               "mentions_user_id", "mentions_screen_name", "entities.mentions")  # fmt: skip
    mention = '[{"start": 0, "username": "jim", "id": "14"}]'
    rows = [
        ("1", "2016-01-20 20:00", "11", "Q1 What?", "", "", "", "", ""),
        ("2", "2016-01-20 20:01", "12", "A1 So", "11", "ana_host", "x13 x12", "kim tomk", mention),
        ("3", "2016-01-20 20:02", "13", "A1 No", "NA", "NA", "", "", ""),
        ("4", "2016-01-20 20:03", "14", "A1 Yes", "", "", "", "", ""),
    ]
    assert handles(read(tmp_path / "table.csv", table(rows, columns))) == ["ana_host", "tomk", "kim", "jim"]


def test_a_table_whose_addresses_name_the_authors(tmp_path: Path) -> None:
    rows = [
        ("1", "2016-01-20 20:00", "11", "Q1 What?", "https://twitter.com/ana_host/status/1"),
        ("2", "2016-01-20 20:01", "12", "A1", ""),
    ]
    found = read(tmp_path / "table.csv", table(rows, ("id", "created_at", "author_id", "text", "url")))
    assert handles(found) == ["ana_host", "12"]


def test_nobody_gets_a_name_that_is_doubtful_or_somebody_elses(tmp_path: Path) -> None:
    assert accounts_in_values([{"id": "11", "username": "ana"}, {"id": "11", "username": "tom"}]) == {}
    posts = [first_version(1, {"id_str": "11"}, "Q1 What?"), first_version(2, TOM, "A1 So", in_reply_to_user_id=11,
             in_reply_to_screen_name="tomk")]  # fmt: skip
    assert handles(of_json(tmp_path, posts)) == ["11", "tomk"]


def test_a_number_that_nothing_names_is_shown_as_an_account() -> None:
    author = Author(id="x:1100", handle="1100")
    assert author.shown == "account 1100"
    assert Author(id="x:1100", handle="1100", name="Ana").shown == "Ana"
    assert Author(id="x:@1100", handle="1100").shown == "@1100"
    assert PersonRecord(ids=("x:1100",), handles=("x:1100",)).shown == "account 1100"


def test_mentions_by_number_in_a_chat_of_discord_have_names(tmp_path: Path) -> None:
    author = {"id": "7", "name": "ana", "nickname": "Ana"}
    mentions = [{"id": "8", "name": "tomk", "nickname": "Tom"}]
    message = {"id": "1", "type": "Default", "timestamp": "2023-03-10T02:00:00+00:00", "author": author,
               "content": "<@!8> and <@9> <:smile:55>", "mentions": mentions}  # fmt: skip
    found = of_json(tmp_path, {"channel": {"type": "GuildTextChat"}, "messages": [message]})
    assert found.understood.posts[0].text == "@tomk and @9 :smile:"


@pytest.mark.parametrize(
    ("who", "handle"),
    [
        ({"author": {"profile": {"handle": "ana", "displayName": "Ana Ruiz"}}}, "ana"),
        ({"author": {"data": {"attributes": {"username": "ana"}}, "name": "Ana Ruiz"}}, "ana"),
        ({"user": {"legacy": {"screen_name": "ana", "name": "Ana Ruiz"}}}, "ana"),
        ({"from": {"user": {"login": "ana", "full_name": "Ana Ruiz"}}}, "ana"),
        ({"authors": [{"handle": "ana", "name": "Ana Ruiz"}, {"handle": "tom"}]}, "ana"),
        ({"creator": {"account": {"identity": {"public": {"acct": "ana@school.example"}}}}}, "ana@school.example"),
        ({"posted_by": {"profile": {"nickname": "ana"}}, "retweeted_status": {"user": {"screen_name": "tom"}}}, "ana"),
        ({"author": {"handle": "ana"}, "mentions": {"user": {"handle": "tom"}}}, "ana"),
    ],
)
def test_who_wrote_a_post_is_found_at_any_depth(tmp_path: Path, who: dict[str, Any], handle: str) -> None:
    post = {"id": 1, "created": "2023-03-10T02:00:00Z", "text": "Q1 What?", **who}
    found = of_json(tmp_path, [post, {**post, "id": 2, "text": "Q2 Who?"}])
    assert handles(found) == [handle, handle]
    assert {one.author.name for one in found.understood.posts} <= {"Ana Ruiz", ""}
    assert [one.text for one in found.understood.posts] == ["Q1 What?", "Q2 Who?"]


@pytest.mark.parametrize(
    "post", [{"record": {"text": "Q1 What?", "createdAt": "2023-03-10T02:00:00Z"}},
             {"content": {"body": "Q1 What?"}, "meta": {"timestamp": "2023-03-10T02:00:00Z"}}]
)  # fmt: skip
def test_words_and_time_may_stand_deeper_too(tmp_path: Path, post: dict[str, Any]) -> None:
    found = of_json(tmp_path, [{"author": {"profile": {"handle": "ana"}}, **post}])
    assert [(one.author.handle, one.text) for one in found.understood.posts] == [("ana", "Q1 What?")]


def test_somebody_elses_post_says_not_who_wrote_this_one(tmp_path: Path) -> None:
    post = {
        "id": 1,
        "created": "2023-03-10T02:00:00Z",
        "text": "So",
        "retweeted_status": {"user": {"screen_name": "tom"}},
    }
    with pytest.raises(ColumnsUnclear, match="handle"):
        of_json(tmp_path, [post])
