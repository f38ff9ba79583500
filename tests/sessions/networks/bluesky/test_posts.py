"""A post of Bluesky in the one shape of all networks."""

from typing import Any

import msgspec
import pytest

from sessions.core.posts import Author, Post
from sessions.networks.bluesky.posts import to_post
from sessions.networks.bluesky.wire import WirePost
from sessions.networks.web.forgiving import read_forgiving
from tests.sessions.networks.bluesky.network import recorded

NOW = 1_795_320_000_000
URI = "at://did:plc:ana/app.bsky.feed.post/3n2u"


def view(
    *, labels: tuple[str, ...] = (), self_labels: tuple[str, ...] = (), handle: str = "Ana.Example.org", **record: Any
) -> Post:
    own = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": label} for label in self_labels]}
    raw = msgspec.json.encode({"text": "hello", "createdAt": "2026-11-22T01:00:00Z", "labels": own, **record})
    made = {
        "uri": URI,
        "cid": "c",
        "author": {"did": "did:plc:ana", "handle": handle, "displayName": "Ana\u202e"},
        "record": msgspec.Raw(raw),
        "indexedAt": "2026-11-22T01:00:05.000Z",
        "labels": [{"val": label} for label in labels],
    }
    post = to_post(msgspec.convert(made, WirePost), now=NOW)
    assert post is not None
    return post


def test_a_recorded_answer() -> None:
    data = recorded("getPostThread")["body"]["thread"]["replies"][1]["post"]
    raw = {**data, "record": msgspec.Raw(msgspec.json.encode(data["record"]))}
    question = "bluesky:at://did:plc:5mv5seijss2hrjgsq7ezkxs2/app.bsky.feed.post/3n2uhkvgm7k2o"
    assert to_post(msgspec.convert(raw, WirePost), now=NOW) == Post(
        id="bluesky:at://did:plc:pswslc4wyhrvooog6bea6h2u/app.bsky.feed.post/3n2uhkvgyvs2o",
        author=Author("bluesky:did:plc:pswslc4wyhrvooog6bea6h2u", "alice.test", "Alice 🌍"),
        text="A1 née «Salut» 👩‍👩‍👧‍👦 @modhost.test #devchat #Retro https://example.com/a/long/path",
        posted_at=1795310853977,
        url="https://bsky.app/profile/alice.test/post/3n2uhkvgyvs2o",
        reply_to=question,
        tags=("devchat", "Retro"),
    )


@pytest.mark.parametrize("beside_pictures", [False, True])
def test_the_hashtags_of_a_quoted_post_are_kept_where_the_appview_shows_it(beside_pictures: bool) -> None:
    data = next(one["post"] for one in recorded("getAuthorFeed_with_repost")["body"]["feed"] if "embed" in one["post"])
    embed = data["embed"]
    shown = {"record": embed, "media": {}} if beside_pictures else embed
    post = to_post(read_forgiving(msgspec.json.encode({**data, "embed": shown}), WirePost), now=NOW)
    assert post is not None
    assert (post.tags, post.quoted_tags) == (("DEVCHAT",), ("devchat", "Retro"))
    for strange in ({"record": {"value": 5}}, {"record": {"value": {"text": 5}}}, {"record": 5}, 5, None):
        post = to_post(read_forgiving(msgspec.json.encode({**data, "embed": strange}), WirePost), now=NOW)
        assert post is not None
        assert post.quoted_tags == ()


def test_who_wrote_it_is_known_by_the_did_because_handles_change() -> None:
    post = view(handle="handle.invalid")
    assert post.author == Author("bluesky:did:plc:ana", "", "Ana")
    assert post.url == "https://bsky.app/profile/did:plc:ana/post/3n2u"
    assert view().author.handle == "ana.example.org"


@pytest.mark.parametrize(
    ("created", "at"),
    [
        ("2026-11-22T01:00:00Z", 1795309200_000),
        ("2026-11-22T01:00:05.001Z", 1795309205_000),
        ("2999-01-01T00:00:00Z", 1795309205_000),
        ("yesterday", 1795309205_000),
        ("", 1795309205_000),
        ("1900-01-01T00:00:00Z", 0),
    ],
)
def test_it_is_at_the_earlier_of_what_its_author_and_the_network_say(created: str, at: int) -> None:
    assert view(createdAt=created).posted_at == at


@pytest.mark.parametrize(
    ("labels", "own", "warning"),
    [
        ((), (), None),
        (("!hide",), (), "hidden by Bluesky's moderators"),
        (("porn", "spam"), (), "adult content, spam"),
        ((), ("nudity",), "nudity"),
        (("!no-unauthenticated", "somebody's-badge"), (), None),
    ],
)
def test_labels_fold_it(labels: tuple[str, ...], own: tuple[str, ...], warning: str | None) -> None:
    assert view(labels=labels, self_labels=own).warning == warning


QUOTED = "at://did:plc:ben/app.bsky.feed.post/1"


@pytest.mark.parametrize(
    ("embed", "quoted", "text"),
    [
        ({"$type": "app.bsky.embed.record", "record": {"uri": QUOTED, "cid": "c"}}, True, "hello"),
        (
            {
                "$type": "app.bsky.embed.recordWithMedia",
                "record": {"$type": "app.bsky.embed.record", "record": {"uri": QUOTED, "cid": "c"}},
                "media": {"$type": "app.bsky.embed.images", "images": [{"alt": "A lamp\non a desk"}, {"alt": ""}]},
            },
            True,
            "hello\n[image: A lamp on a desk]\n[image]",
        ),
        ({"$type": "app.bsky.embed.record", "record": {"uri": "at://did:x:y/app.bsky.graph.list/1"}}, False, "hello"),
        ({"$type": "app.bsky.embed.video", "alt": "A room"}, False, "hello\n[video: A room]"),
        (
            {"$type": "app.bsky.embed.external", "external": {"uri": "https://example.org/a", "title": "A page"}},
            False,
            "hello\n[link: A page] https://example.org/a",
        ),
        ({"$type": "app.bsky.embed.external", "external": {"uri": "javascript:alert(1)"}}, False, "hello"),
    ],
)
def test_what_hangs_on_it(embed: dict[str, Any], quoted: bool, text: str) -> None:
    post = view(embed=embed)
    assert (post.quote_of, post.text) == (f"bluesky:{QUOTED}" if quoted else None, text)


def test_a_malformed_record_is_no_post() -> None:
    for bad in (b"[]", b'{"text": 5}', b'{"facets": 1}', b"[" * 5_000 + b"]" * 5_000):
        made = {"uri": URI, "cid": "c", "author": {"did": "did:plc:ana"}, "record": msgspec.Raw(bad)}
        assert to_post(msgspec.convert(made, WirePost), now=NOW) is None
