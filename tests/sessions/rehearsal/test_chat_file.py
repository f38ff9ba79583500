"""Recorded chats become posts: in the recorded order, with ids of their own, or one line says why not."""

import json
from pathlib import Path

import pytest

from sessions.core.hashtags import tags_of
from sessions.core.identity import plain_handle
from sessions.core.plan import Host
from sessions.networks.source import SourceError
from sessions.rehearsal.chat_file import read_chat_file
from sessions.rehearsal.practice import read_recording
from sessions.rehearsal.recording import ChatFileError, Recording, hosts_of
from tests.paths import TESTS

CHATS = TESTS / "chats"
LINE = {"seq": 0, "id": "1", "handle": "Ana", "name": None, "created_at": "2026-01-01T19:00:00Z", "text": "hello"}


def recorded(path: Path, *changes: dict[str, object], zone: str | None = None) -> Recording:
    lines = [json.dumps(LINE | {"seq": number} | change) for number, change in enumerate(changes)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_recording(path, zone)


@pytest.mark.parametrize("path", sorted(CHATS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_recorded_chat_is_read_whole_and_in_order(path: Path) -> None:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    recording = read_recording(path)
    assert [post.id for post in recording.posts] == [f"practice:{line['id']}" for line in lines]
    assert all(post.text and post.author.handle for post in recording.posts)


def test_names_tags_and_quoted_posts_come_along() -> None:
    recording = read_recording(CHATS / "guildchat-readdress-the-lms.jsonl")
    assert recording.posts[0].author.name == "Benno Rowandale"
    assert recording.posts[0].author.id == "practice:rowandaleb"
    assert recording.posts[1].author.name == ""
    assert recording.posts[0].tags == ("GuildChat",)
    ids = {post.id for post in recording.posts}
    quoting = [post for post in recording.posts if post.quote_of]
    assert quoting
    assert all(post.quote_of in ids and post.quote_of != post.id for post in quoting)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#a #B2, (#c)", ("a", "B2", "c")),
        ("#1 is a number", ()),
        ("x#y https://e.org/#z &#39;", ()),
        ("#été #a #a", ("été", "a")),
    ],
)
def test_hashtags(text: str, tags: tuple[str, ...]) -> None:
    assert tags_of(text) == tags


def test_posts_without_an_id_get_one_of_the_file_and_their_seq(tmp_path: Path) -> None:
    recording = recorded(tmp_path / "chat.jsonl", {"id": None}, {"id": None, "text": "more"})
    first, second = (post.id for post in recording.posts)
    assert first.startswith("practice:")
    assert (first.rpartition(":")[2], second.rpartition(":")[2]) == ("0", "1")
    other = recorded(tmp_path / "other.jsonl", {"id": None, "text": "another chat"})
    assert other.posts[0].id != first


def test_replies_reposts_and_addresses_are_mapped_where_the_recording_has_them(tmp_path: Path) -> None:
    recording = recorded(
        tmp_path / "chat.jsonl",
        {"id": "1"},
        {"id": "2", "in_reply_to": 1, "url": "https://example.org/2"},
        {"id": "3", "reply_to": "2", "repost_of": "1"},
        {"id": "4", "text": "@Ana no reply id is made up"},
    )
    assert [post.reply_to for post in recording.posts] == [None, "practice:1", "practice:2", None]
    assert recording.posts[1].url == "https://example.org/2"
    assert recording.posts[2].repost_of == "practice:1"


def test_the_same_post_twice_is_one_post(tmp_path: Path) -> None:
    assert [post.text for post in recorded(tmp_path / "c.jsonl", {}, {"text": "again"}).posts] == ["hello"]


def test_a_time_without_a_zone_takes_the_lines_own_word_or_the_one_given(tmp_path: Path) -> None:
    naive = {"created_at": "2026-07-01T13:00:00"}
    eastern = recorded(tmp_path / "a.jsonl", naive | {"precision": "second (US Eastern local)"}).posts[0].posted_at
    utc = recorded(tmp_path / "b.jsonl", naive).posts[0].posted_at
    berlin = recorded(tmp_path / "c.jsonl", naive, zone="Europe/Berlin").posts[0].posted_at
    assert (eastern - utc, berlin - utc) == (4 * 3_600_000, -2 * 3_600_000)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("not json", "line 2"),
        ('{"handle": "a"}', "line 2"),
        ('{"handle": "a", "text": "t", "created_at": "yesterday"}', "line 2"),
        ('{"handle": "", "text": "t", "created_at": "2026-01-01T19:00:00Z"}', "neither handle nor name"),
        ('{"handle": "a", "text": 3, "created_at": "2026-01-01T19:00:00Z"}', "line 2"),
        ("[1, 2]", "line 2"),
    ],
)
def test_a_bad_line_is_named_in_one_line(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "chat.jsonl"
    path.write_text(f"{json.dumps(LINE)}\n{content}\n", encoding="utf-8")
    with pytest.raises(ChatFileError) as caught:
        read_recording(path)
    assert str(path) in str(caught.value)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_are_an_error_of_that_line(tmp_path: Path) -> None:
    with pytest.raises(ChatFileError, match="line 1"):
        read_chat_file(tmp_path / "x", b'{"text": "\xff\xfe"}')


def test_no_posts_no_file_a_folder(tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("\n\n", encoding="utf-8")
    for path in (empty, tmp_path / "missing.jsonl", tmp_path):
        with pytest.raises(ChatFileError, match=path.name):
            read_recording(path)


# Hosts


@pytest.mark.parametrize(
    ("chat", "hosts"),
    [
        ("lthechat-on", {"LanternHEchat"}),
        ("lthechat-45", {"LanternHEchat"}),
        ("guildchat-readdress-the-lms", {"HarbourGuild"}),
        ("byod4lchat-curating", {"tansyworth69"}),
        ("pstweetchat-2021-09-03", set()),
    ],
)
def test_who_writes_two_question_labels_is_taken_for_a_host(chat: str, hosts: set[str]) -> None:
    recording = read_recording(CHATS / f"{chat}.jsonl")
    found = {host.handles[0].partition(":")[2] for host in hosts_of(recording, (), (), chat)}
    assert found == hosts


def test_a_host_of_the_plan_who_posts_goes_before_a_guess() -> None:
    recording = read_recording(CHATS / "lthechat-on.jsonl")
    planned = (Host("Lantern", ("twitter:lanternhechat",)), Host("Nobody", ("mastodon:nobody@example.org",)))
    assert hosts_of(recording, planned, (), "it") == (Host("Lantern", ("practice:LanternHEchat",)),)


def test_a_handle_named_on_the_command_line_hosts_and_a_wrong_one_is_said() -> None:
    recording = read_recording(CHATS / "pstweetchat-2021-09-03.jsonl")
    (host,) = hosts_of(recording, (), ("@JuttaFennelCrof",), "it")
    assert host == Host("Jutta Fennelcroft", ("practice:juttafennelcrof",))
    with pytest.raises(SourceError, match="--host nobody: never posts in it"):
        hosts_of(recording, (), ("nobody",), "it")


@pytest.mark.parametrize(
    ("written", "bare"),
    [("mastodon:Ana@example.org", "ana@example.org"), ("@ana", "ana"), ("bluesky:ana.example.org", "ana.example.org")],
)
def test_plain_handles(written: str, bare: str) -> None:
    assert plain_handle(written) == bare


@pytest.mark.parametrize("path", sorted(CHATS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_hosts_are_found_the_same_before_the_posts_are_made(path: Path) -> None:
    recording = read_recording(path)
    assert hosts_of(recording, (), (), "it") == hosts_of(Recording(tuple(recording.posts)), (), (), "it")


def test_a_label_between_letters_that_show_nothing_tells_a_host_too(tmp_path: Path) -> None:
    asked = ({"id": "1", "text": "\u200bQ\u200b1 Why?"}, {"id": "2", "text": " #tag  q2: How?"})
    recording = recorded(tmp_path / "chat.jsonl", *asked)
    assert hosts_of(recording, (), (), "it") == (Host("@Ana", ("practice:Ana",)),)
