"""A workspace's export of Slack as it comes, zipped: channels, names, mentions, threads, and nothing private."""

import datetime
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sessions.importing import Archive, CannotImport, Wanted, read_archive
from sessions.importing.formats.slack import Person, said
from tests.sessions.importing.archives import CHAT, START

USERS = [
    {"id": "U01", "name": "ana.ruiz", "profile": {"display_name": "AnaHost", "real_name": "Ana Ruiz"}},
    {"id": "U02", "name": "tomk", "profile": {"display_name": "", "real_name": "Tom Keller"}},
    {"id": "U03", "name": "mlopez", "deleted": True, "profile": {"real_name": "María López"}},
    {"id": "U04", "name": "jimr", "profile": {}},
]  # fmt: skip
IDS = {"AnaHost": "U01", "tomk": "U02", "mlopez": "U03", "jimr": "U04"}


def message(minute: float, user: str, text: str, **more: Any) -> dict[str, Any]:
    """A message as an export has it."""
    stamp = (START + datetime.timedelta(minutes=minute)).timestamp()
    return {"type": "message", "user": user, "ts": f"{stamp:.6f}", "text": text, "team": "T1", **more}


def day(minutes: float = 0) -> list[dict[str, Any]]:
    """The invented chat as a day of a channel."""
    return [message(minutes + minute, IDS[who], words) for minute, who, words in CHAT if not words.startswith("RT ")]


def export(path: Path, days: Mapping[str, object], root: str = "", **lists: object) -> Archive:
    """What is understood of a zip with these days (`channel/2016-01-20`) and lists."""
    kept = {"users": USERS, "channels": [{"id": "C1", "name": "stations"}], "integration_logs": [], **lists}
    with zipfile.ZipFile(path / "export.zip", "w") as archive:
        for name, value in {**kept, **days}.items():
            archive.writestr(f"{root}{name}.json", msgspec.json.encode(value))
    found = read_archive(path / "export.zip", Wanted(zone="UTC"))
    assert isinstance(found, Archive)
    return found


@pytest.mark.parametrize("root", ["", "School Slack export Jan 1 2016 - Feb 1 2016/"])
def test_an_export_is_read_with_its_names(tmp_path: Path, root: str) -> None:
    found = export(tmp_path, {"stations/2016-01-20": day()}, root)
    assert found.form == "a chat of Slack"
    assert {post.author.handle: post.author.name for post in found.understood.posts} == {
        "AnaHost": "Ana Ruiz", "tomk": "Tom Keller", "mlopez": "María López", "jimr": "",
    }  # fmt: skip
    assert [len(chat.plan.questions) for chat in found.chats] == [3]
    assert [host.name for host in found.chats[0].plan.hosts] == ["Ana Ruiz"]


def test_a_chat_over_midnight_is_one_and_a_channel_without_hashtags_is_a_series(tmp_path: Path) -> None:
    plain = [{**one, "text": one["text"].replace("#stationchat", "")} for one in day(3 * 60 + 50)]
    days = {"stations/2016-01-20": plain[:5], "stations/2016-01-21": plain[5:]}
    found = export(tmp_path, days)
    assert [len(chat.posts) for chat in found.chats] == [11]
    assert [(chat.plan.title, chat.plan.series) for chat in found.chats] == [("stations on 2016-01-20", "stations")]


def test_channels_are_not_mixed(tmp_path: Path) -> None:
    other = [message(minute + 0.5, "U04", f"A1 something else {minute}") for minute in range(20)]
    talk = [message(5.25, "U02", "lunch?"), message(6.25, "U03", "yes")]
    found = export(tmp_path, {"stations/2016-01-20": day(), "other/2016-01-20": other, "random/2016-01-20": talk})
    chats = {chat.posts[0].author.handle: len(chat.posts) for chat in found.chats}
    assert chats == {"AnaHost": 11, "jimr": 20}
    assert [post.text for post in found.left_out] == ["lunch?", "yes"]


def test_what_not_all_could_read_is_left_out(tmp_path: Path) -> None:
    secret = [message(3, "U02", "secret")]
    days = {"stations/2016-01-20": day(), "D0ABCDEF1/2016-01-20": secret, "heads/2016-01-20": secret,
            "mpdm-ana--tom-1/2016-01-20": secret}  # fmt: skip
    found = export(tmp_path, days, groups=[{"id": "G1", "name": "heads"}], dms=[{"id": "D0ABCDEF1"}], mpims=[])
    assert [one.why for one in found.understood.skipped] == ["a private post"] * 3
    assert "secret" not in str([post.text for post in found.understood.posts])
    with pytest.raises(CannotImport, match="a private post"):
        export(tmp_path, {"D0ABCDEF1/2016-01-20": secret})


def test_threads_edits_attachments_and_notices(tmp_path: Path) -> None:
    first = message(0, "U01", "Q1 What?", edited={"user": "U01", "ts": "1.0"}, reply_count=1)
    days = [
        first,
        message(1, "U02", "two\nlines", thread_ts=first["ts"], parent_user_id="U01"),
        message(2, "U02", "", files=[{"id": "F1", "name": "x.png"}]),
        message(3, "U03", "<@U03> has joined the channel", subtype="channel_join"),
        message(4, "USLACKBOT", "This message was deleted.", subtype="tombstone"),
        {"type": "message", "subtype": "bot_message", "bot_id": "B1", "ts": "1453320000.000100", "text": "beep"},
        message(5, "U99", "from elsewhere", user_profile={"name": "kim", "real_name": "Kim Park", "display_name": ""}),
    ]
    found = export(tmp_path, {"stations/2016-01-20": days})
    posts = found.understood.posts
    assert [(post.author.handle, post.text) for post in posts] == [
        ("AnaHost", "Q1 What?"), ("tomk", "two\nlines"), ("tomk", "[attachment]"), ("kim", "from elsewhere"),
    ]  # fmt: skip
    assert posts[1].reply_to == posts[0].id
    assert {one.why for one in found.understood.skipped} == {"a notice, not a message"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<@U01> and <@U01|ana> and <@U99|kim> and <@U98>", "@AnaHost and @AnaHost and @kim and @U98"),
        ("<https://x.org/a|our page> <https://x.org|x.org>", "our page https://x.org/a https://x.org"),
        ("<mailto:a@x.org|a@x.org> <#C1|stations> <#C2>", "a@x.org #stations #C2"),
        ("<!here> <!channel> <!subteam^S1|@teachers> <!date^1^{date}|Jan 1>", "@here @channel @teachers Jan 1"),
        ("a &lt; b, x < y > z", "a &lt; b, x < y > z"),
    ],
)  # fmt: skip
def test_markup_of_messages(text: str, words: str) -> None:
    assert said(text, {"U01": Person("AnaHost", "Ana Ruiz")}) == words


def test_damaged_lists_and_days_cost_themselves(tmp_path: Path) -> None:
    days: dict[str, object] = {"stations/2016-01-20": day(), "stations/2016-01-21": "no list", "x/2016-01-20": []}
    found = export(tmp_path, days, users={"a": [1, None, {"id": 3, "profile": "x"}]}, groups=None, dms=["x"])
    assert len(found.understood.posts) == 11
    assert {post.author.handle for post in found.understood.posts} == {"U01", "U02", "U03", "U04"}


@pytest.mark.parametrize("kind", ["windows", "organisation", "first day damaged"])
def test_exports_of_other_programs_and_plans(tmp_path: Path, kind: str) -> None:
    users = "org_users.json" if kind == "organisation" else "users.json"
    slash = "\\" if kind == "windows" else "/"
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr(users, msgspec.json.encode(USERS))
        archive.writestr("channels.json", b"[]")
        archive.writestr(f"stations{slash}2016-01-20.json", msgspec.json.encode(day()))
        if kind == "first day damaged":
            archive.writestr("stations/2016-01-19.json", b"not JSON")
    found = read_archive(tmp_path / "export.zip", Wanted(zone="UTC"))
    assert isinstance(found, Archive)
    assert {post.author.handle for post in found.understood.posts} == {"AnaHost", "tomk", "mlopez", "jimr"}
