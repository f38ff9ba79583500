"""Each answer that a real server gave is understood, and each error told in words."""

import httpx
import msgspec
import pytest

from sessions.networks.bluesky.api import BlueskyApi, profiles
from sessions.networks.bluesky.facets import tags_of, written
from sessions.networks.bluesky.posts import to_post
from sessions.networks.bluesky.session import ENTRYWAY, Session, call, refreshed, sign_in, sign_out
from sessions.networks.bluesky.wire import WireEvent, WirePost, WireRecord
from sessions.networks.web.errors import Limited, Missing, NetworkError, Rejected, SignedOut, Unavailable
from tests.sessions.networks.bluesky.network import PDS, RECORDED, START, account, recorded, response

ERRORS = {
    "createRecord_bad_createdAt": (
        Rejected,
        'refused: Invalid app.bsky.feed.post record: Invalid datetime (got "yesterday") at $.record.createdAt',
    ),
    "createRecord_no_auth": (SignedOut, "signed out: lunchroom login bluesky"),
    "createRecord_over_3000_bytes": (
        Rejected,
        "refused: Invalid app.bsky.feed.post record: string too big (maximum 3000, got 3250) at $.record.text",
    ),
    "createRecord_same_rkey_again": (Unavailable, "the server has a problem (500), trying again"),
    "createRecord_too_long_301": (
        Rejected,
        "refused: Invalid app.bsky.feed.post record: grapheme too big (maximum 300, got 301) at $.record.text",
    ),
    "createSession_429": (Limited, "waiting 5 min: rate limit"),
    "createSession_missing_field": (Rejected, 'refused: Missing required key "password" at $'),
    "createSession_unknown_user": (SignedOut, "signed out: lunchroom login bluesky"),
    "createSession_wrong_password": (SignedOut, "signed out: lunchroom login bluesky"),
    "getPostThread_not_found": (
        Missing,
        "refused: Post not found: at://did:plc:5mv5seijss2hrjgsq7ezkxs2/app.bsky.feed.post/3n2uhkvgm7222",
    ),
    "getProfile_not_found": (Rejected, "refused: Profile not found"),
    "getRecord": (
        Missing,
        "refused: Could not locate record: at://did:plc:pswslc4wyhrvooog6bea6h2u/app.bsky.feed.post/3aaaaaaaaaa2z",
    ),
    "getSession_garbage_token": (SignedOut, "signed out: lunchroom login bluesky"),
    "getSession_no_auth": (SignedOut, "signed out: lunchroom login bluesky"),
    "refreshSession_with_access_token": (SignedOut, "signed out: lunchroom login bluesky"),
    "searchPosts_bad_limit": (
        Rejected,
        "refused: Invalid app.bsky.feed.searchPosts params: integer too big (maximum 100, got 1000)",
    ),
    "searchPosts_missing_q": (
        Rejected,
        'refused: Invalid app.bsky.feed.searchPosts params: Missing required key "q"',
    ),
    "searchPosts_pds_no_auth": (SignedOut, "signed out: lunchroom login bluesky"),
    "unknown_method": (Unavailable, "the server has a problem (501), trying again"),
}


def client(name: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.MockTransport(lambda _: response(name)))


def api(name: str) -> BlueskyApi:
    return BlueskyApi(Session(client(name), account, lambda _: None, now=lambda: START))


def test_the_recorded_errors_are_all_told() -> None:
    errors = {path.stem for path in RECORDED.glob("*.json") if recorded(path.stem)["status"] >= 400}
    assert set(ERRORS) == errors


@pytest.mark.parametrize("name", sorted(ERRORS))
async def test_an_error_in_words(name: str) -> None:
    kind, words = ERRORS[name]
    with pytest.raises(NetworkError) as raised:
        await call(client(name), PDS, "GET", "some.method", now=lambda: START)
    assert (isinstance(raised.value, kind), raised.value.status) == (True, words)


@pytest.mark.parametrize("name", ["createSession_wrong_password", "createSession_unknown_user"])
async def test_a_wrong_password_and_an_unknown_handle_are_told_alike(name: str) -> None:
    with pytest.raises(Rejected, match="does not know this handle with this app password; check both"):
        await sign_in(client(name), "alice.test", "secret")


async def test_signing_in_learns_the_account_and_the_server_that_it_lives_on() -> None:
    made = await sign_in(client("createSession_ok"), "@alice.test", "secret")
    assert (made.host, made.id, made.handle) == (
        "localhost:2583",
        "bluesky:did:plc:pswslc4wyhrvooog6bea6h2u",
        "alice.test",
    )
    assert made.secret.expires_at == 1795318055_000  # two hours after it was made
    assert made.secret.token
    assert made.secret.refresh
    assert not made.secret.password
    assert not made.posts
    assert "secret" not in repr(made).replace("secret=Secret(...)", "")


async def test_a_session_without_a_did_document_stays_where_it_was_made() -> None:
    made = await sign_in(client("createSession_ok_ratelimit_headers"), "alice.test", "secret")
    assert made.host == ENTRYWAY


async def test_a_refreshed_session_has_both_tokens_anew() -> None:
    before = account()
    fresh = await refreshed(client("refreshSession_ok"), before)
    assert fresh.secret.token.startswith("eyJ")
    assert fresh.secret.refresh not in ("", before.secret.refresh)
    assert fresh.posts is before.posts is True


async def test_signing_out_is_done_with_an_empty_answer() -> None:
    await sign_out(client("deleteRecord_missing_is_ok"), account())


async def test_pages_of_a_search_and_their_end() -> None:
    first = await api("searchPosts_page1").search("devchat", since="2026")
    last = await api("searchPosts_page2").search("devchat", since="2026")
    assert [len(page.posts) for page in (first, last)] == [3, 1]
    assert first.cursor is last.cursor is None  # the end is told by there being none


async def test_how_much_of_the_limit_is_left_is_remembered() -> None:
    asked = api("createRecord_ok_ratelimit_headers")
    assert await asked.put("did:plc:ana", "3n2", {})
    assert asked.session.headroom is not None
    assert (asked.session.headroom.remaining, asked.session.headroom.limit) == (2967, 3000)


async def test_a_thread_has_the_answers_below_the_answers() -> None:
    thread = await api("getPostThread").thread("at://a/app.bsky.feed.post/b")
    assert thread.post is not None
    assert [len(reply.replies or ()) for reply in thread.replies or ()] == [0, 1]


async def test_posts_and_profiles_and_handles() -> None:
    assert [post.author.handle for post in await api("getPosts").posts(["at://a"])] == ["modhost.test"]
    assert [one.handle for one in await profiles(client("getProfiles"), ["did:a"])] == ["alice.test", "bob.test"]
    assert await api("resolveHandle").did("alice.test") == "did:plc:pswslc4wyhrvooog6bea6h2u"
    assert await api("getProfile_not_found").did("nobody.test") is None


@pytest.mark.parametrize("name", ["createRecord_ok", "putRecord_same_rkey"])
async def test_a_record_that_was_written(name: str) -> None:
    stored = await api(name).put("did:plc:a", "3n2zzzzzzzz22", {})
    assert stored.uri == "at://did:plc:pswslc4wyhrvooog6bea6h2u/app.bsky.feed.post/3n2zzzzzzzz22"


async def test_a_record_that_is_not_there() -> None:
    assert await api("getRecord").stored("did:plc:a", "3aaaaaaaaaa2z") is None


@pytest.mark.parametrize("name", ["describeServer", "deleteRecord_ok", "getProfile"])
async def test_other_answers_are_taken(name: str) -> None:
    assert (await call(client(name), PDS, "GET", "some.method")).ok


def test_posts_of_a_feed_and_records_of_a_repository() -> None:
    feed = recorded("getAuthorFeed_with_repost")["body"]["feed"]
    views = [msgspec.json.decode(msgspec.json.encode(item["post"]), type=WirePost) for item in feed]
    posts = [to_post(view, now=START) for view in views]
    assert all(post is not None and post.author.id.startswith("bluesky:did:plc:") for post in posts)


def test_our_facets_of_a_text_are_those_that_a_real_program_wrote() -> None:
    (value,) = (one["value"] for one in recorded("listRecords")["body"]["records"])
    assert tags_of(msgspec.convert(value, WireRecord)) == ("devchat", "Retro")
    ours = written(value["text"], {"modhost.test": "did:plc:5mv5seijss2hrjgsq7ezkxs2"})
    assert ours == sorted(value["facets"], key=lambda one: one["index"]["byteStart"])


def test_what_jetstream_tells() -> None:
    lines = (RECORDED / "jetstream_bridge_local.jsonl").read_text(encoding="utf-8").splitlines()
    events = [msgspec.json.decode(line, type=WireEvent) for line in lines]
    assert {event.kind for event in events} == {"commit", "identity", "account"}
    assert [event.commit.operation for event in events if event.commit][-3:] == ["create", "update", "delete"]


def _raw(view: dict[str, object]) -> dict[str, object]:
    return {**view, "record": msgspec.Raw(msgspec.json.encode(view["record"]))}
