"""Posts as real servers send them: one shape whatever the server."""

from typing import Any

import msgspec
import pytest

from sessions.core.decoding import Unreadable
from sessions.core.posts import Author
from sessions.networks.mastodon.posts import SEEN_BY_ALL, full_handle, to_post
from sessions.networks.mastodon.wire import WireMedia, WireStatus, read_statuses
from tests.sessions.networks.mastodon.recorded import load, names, status, statuses

NOW = 1_900_000_000_000

WITH_POSTS = [
    name
    for name in names()
    if load(name)["status"] == 200
    and not any(word in name for word in ("instance", "credentials", "sse", "scheduled", "deleted", "empty"))
]


def made(found: WireStatus, **uris: str) -> Any:
    return to_post(found, "m.example", now=NOW, uri_of=uris.get)


def changed(name: str, **fields: Any) -> WireStatus:
    return msgspec.structs.replace(status(name), **fields)


@pytest.mark.parametrize("name", WITH_POSTS)
def test_every_recorded_post_becomes_one_that_can_be_stored(name: str) -> None:
    found = statuses(name)
    assert found
    for one in found:
        post = made(one)
        assert post.id == f"mastodon:{one.uri}"
        assert post.author.id == f"mastodon:{post.author.handle}"
        assert post.author.handle.endswith("@m.example")
        assert "<" not in post.text.replace("<b>not html</b>", "")
        assert 1_785_000_000_000 < post.posted_at < NOW
        assert msgspec.json.decode(msgspec.json.encode(post), type=type(post)) == post


def test_all_kinds_of_servers_are_among_them() -> None:
    assert {name.partition("_")[0] for name in WITH_POSTS} == {"m464", "gotosocial", "mastodonmock"}


def test_a_post_with_a_hashtag() -> None:
    post = made(status("m464_tag_timeline"))
    assert (post.text, post.tags) == ("#hoot (hashtag toot)", ("hoot",))
    assert post.author == Author("mastodon:mastodonpy_test_2@m.example", "mastodonpy_test_2@m.example")
    assert post.url == "http://localhost:3000/@mastodonpy_test_2/117020593741189701"
    assert post.posted_at == 1_785_592_555_867


def test_a_content_warning_is_kept_beside_the_text_and_not_in_it() -> None:
    post = made(status("m464_content_warning"))
    assert (post.warning, post.text) == ("Content warning", "Toot!")


def test_a_quote_names_the_quoted_post_and_does_not_repeat_its_address() -> None:
    post = made(status("m464_quote"))
    assert post.text == "yoooooooo"
    assert post.quote_of == ("mastodon:http://localhost:3000/ap/users/117020565966271181/statuses/117020582917124092")


def test_the_hashtags_of_a_quoted_post_are_kept_and_nothing_else_of_it() -> None:
    assert made(status("m464_quote")).quoted_tags == ()
    body = load("m464_quote")["body"]
    quoted = {**body["quote"]["quoted_status"], "tags": [{"name": "pbl"}, {"name": 5}]}
    raw = msgspec.Raw(msgspec.json.encode({**body, "quote": {"state": "accepted", "quoted_status": quoted}}))
    (found,) = read_statuses([raw])
    assert (made(found).quoted_tags, made(found).tags) == (("pbl",), ())
    gone = msgspec.Raw(msgspec.json.encode({**body, "quote": {"state": "revoked", "quoted_status": None}}))
    assert made(read_statuses([gone])[0]).quoted_tags == ()


def test_a_reply_names_its_parent_by_its_uri_and_the_mentioned_by_the_handle() -> None:
    found = status("m464_reply_with_mention")
    post = made(found, **{"117020583245459824": "https://other.example/posts/1"})
    assert (post.reply_to, post.text) == ("mastodon:https://other.example/posts/1", "@mastodonpy_test_2 same!")


def test_a_reply_to_a_post_that_nobody_knows_stands_by_itself() -> None:
    assert made(status("m464_reply_with_mention")).reply_to is None


def test_pictures_and_polls_are_told_in_words() -> None:
    assert made(status("m464_status_with_media")).text == "LOL check this out\n[video: me when a cat]"
    assert made(status("m464_status_with_poll")).text == "nice\n( ) four twenty\n( ) sixty-nine"
    odd = changed("m464_status_with_media", content="", media_attachments=(WireMedia("[b]x", None),))
    assert made(odd).text == "[attachment]"


def test_gotosocial_writes_paragraphs_with_breaks_and_leaves_signs_as_they_are() -> None:
    second, first, _ = statuses("gotosocial_context")
    assert made(second).text == "Q2: Tabs or spaces?\n\nSecond paragraph\nline break #devchat"
    assert made(first).text == (
        "A1 A guessing game in BASIC <b>not html</b> & proud. @host #devchat #Retro "
        "https://example.com/a/very/long/path/that/will/be/shortened?x=1&y=2"
    )


def test_mastodon_mock_means_the_same_with_other_html() -> None:
    assert made(statuses("mastodonmock_context")[0]).text == made(statuses("gotosocial_context")[1]).text


def test_private_posts_are_not_seen_by_all() -> None:
    assert {"public", "unlisted"} == SEEN_BY_ALL


@pytest.mark.parametrize(
    ("acct", "handle"),
    [("Ana", "ana@m.example"), ("ana@Other.example", "ana@other.example"), ("@ana ", "ana@m.example")],
)
def test_a_handle_always_has_its_server(acct: str, handle: str) -> None:
    assert full_handle(acct, "M.example") == handle


@pytest.mark.parametrize("time", ["2999-01-01T00:00:00Z", "never", "", "99999-01-01T00:00:00Z"])
def test_a_time_that_cannot_be_is_now(time: str) -> None:
    assert made(changed("m464_tag_timeline", created_at=time)).posted_at == NOW


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "https://x.example/\u202egnp", "https://x.example/a b", None]
)
def test_an_address_that_cannot_be_shown_and_opened_is_none(url: str | None) -> None:
    assert made(changed("m464_tag_timeline", url=url, uri="tag:x.example,2026:1")).url is None


def test_a_post_of_100_000_characters_is_cut() -> None:
    assert len(made(changed("m464_tag_timeline", content=f"<p>{'word ' * 20_000}</p>")).text) == 5_000


def test_one_post_that_cannot_be_read_does_not_hide_the_others() -> None:
    good, bad = msgspec.json.encode(status("m464_tag_timeline")), b'{"id": 7, "content": null}'
    raws = [msgspec.Raw(bad), msgspec.Raw(good), msgspec.Raw(bad)]
    assert [one.id for one in read_statuses(raws)] == ["117020593741189701"]
    with pytest.raises(Unreadable):
        read_statuses([msgspec.Raw(bad)])


def test_what_a_server_leaves_out_is_not_missed() -> None:
    bare = {"id": "1", "uri": "u", "created_at": "2026-08-01T13:55:55Z", "account": {"acct": "a", "display_name": None}}
    [found] = read_statuses([msgspec.Raw(msgspec.json.encode({**bare, "content": None, "url": None}))])
    assert (made(found).text, made(found).author.name) == ("", "")
