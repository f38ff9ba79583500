"""Answers of other makes and old servers (`inputs/`): a malformed member costs itself, and what it says stays said."""

import time
from typing import Any

import httpx
import msgspec
import pytest

from sessions.core.decoding import WrongShape
from sessions.core.posts import Author, Post
from sessions.networks.bluesky.posts import to_post as sky_post
from sessions.networks.bluesky.wire import WirePost
from sessions.networks.mastodon.api import MastodonApi
from sessions.networks.mastodon.posts import to_post
from sessions.networks.mastodon.wire import WireInstance, WireStatus
from sessions.networks.web.fetching import open_client
from sessions.networks.web.forgiving import read_forgiving
from sessions.networks.web.html_text import html_to_text
from tests.paths import TESTS

INPUTS = TESTS / "sessions" / "networks" / "inputs"
NOW = 1_900_000_000_000
MARIA = Author("mastodon:mlopez@m.example", "mlopez@m.example", "Maria Lopez")


def load(name: str) -> Any:
    [path] = INPUTS.glob(f"{name}*.json")
    return msgspec.json.decode(path.read_bytes())


def toot(made: dict[str, Any]) -> Post:
    """The status as a `Post`; the server knows one other, whose id is 9 there."""
    status = read_forgiving(msgspec.json.encode(made), WireStatus)
    return to_post(status, "m.example", now=NOW, uri_of={"9": "https://m.example/tom/9"}.get)


def skeet(made: dict[str, Any]) -> Post | None:
    return sky_post(read_forgiving(msgspec.json.encode(made), WirePost), now=NOW)


@pytest.mark.parametrize("name", ["84", "85", "86"])
def test_a_malformed_member_costs_itself(name: str) -> None:
    post = toot(load(name))
    assert (post.text, post.author, post.url) == ("A1 We rotate", MARIA, "https://m.example/@mlopez/113")
    assert post.posted_at == 1_796_151_900_000


@pytest.mark.parametrize("wrong", [None, 5, "x", [], {}, [None], [5], ["x"], [{}], {"a": 1}, True, 1e300])
@pytest.mark.parametrize(
    "member",
    ["url", "edited_at", "in_reply_to_id", "spoiler_text", "quote", "tags", "mentions", "media_attachments", "poll",
     "emojis", "pleroma", "language", "application", "card"],
)  # fmt: skip
def test_whatever_stands_in_a_member_that_is_not_vital(member: str, wrong: Any) -> None:
    post = toot({**load("84"), member: wrong})
    assert (post.text.partition("\n")[0], post.author) == ("A1 We rotate", MARIA)


@pytest.mark.parametrize("wrong", [5, [], {"a": 1}, True])
@pytest.mark.parametrize("member", ["content", "visibility", "account", "uri", "created_at"])
def test_a_vital_member_costs_its_post(member: str, wrong: Any) -> None:
    with pytest.raises(WrongShape):
        toot({**load("84"), member: wrong})


def test_objects_with_numbers_for_names_are_lists() -> None:
    assert toot({**load("84"), "tags": {"0": {"name": "a"}, "2": {"name": "b"}}}).tags == ("a", "b")


def test_a_post_that_quotes_says_so_once_whatever_the_server_is() -> None:
    akkoma = toot(load("80"))
    assert akkoma.text == "A1 We rotate, as Tom says #stationchat"
    assert akkoma.quote_of == "mastodon:https://ak.example/objects/9f"
    shallow = toot(load("82"))
    assert (shallow.text, shallow.quote_of) == ("A1 As Tom says", "mastodon:https://m.example/tom/9")
    only_url = toot({**load("80"), "quote": None})
    assert (only_url.text, only_url.quote_of) == (akkoma.text, akkoma.quote_of)


def test_a_server_s_own_emoji_are_no_part_of_a_name() -> None:
    made = load("88")
    assert toot(made).author.name == "Maria Lopez"
    assert toot(made).text == "A1 We rotate :apple_red: #s"
    made["account"]["display_name"] = ":verified:"
    assert toot(made).author.shown == "@mlopez@m.example"
    made["account"]["emojis"] = None
    assert toot(made).author.name == ":verified:"


def test_small_markup() -> None:
    assert toot(load("91")).text == "A1 I ~~never~~ always use timers"
    assert toot(load("107")).text == "A1 x=2"
    assert toot(load("109")).text == "A1 rotate\nbell timer"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>I <s>never</s> <strike>ever</strike> do</p>", "I ~~never~~ ~~ever~~ do"),
        ("<p>x<sup>2</sup> and H<sub>2</sub>O and 10<sup>-3</sup></p>", "x² and H₂O and 10⁻³"),
        ("<p>x<sup>ab</sup>, the 4<sup>th</sup>, a<sub>max</sub></p>", "x^ab, the 4^th, amax"),
        ("<p><ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby></p>", "漢字 かんじ"),
        ("<p>She said <q>yes</q></p>", 'She said "yes"'),
        ("<p>hi <img src='x' alt=':blobcat:'> there</p>", "hi :blobcat: there"),
        ("<table><tr><th>who</th><th>what</th></tr><tr><td>A</td><td>B</td></tr></table>", "who what\nA B"),
        ("<p>A1 <math><mi>x</mi><mo>=</mo><mn>2</mn></math></p>", "A1 x=2"),
        ("<math><semantics><mfrac><mi>a</mi><mi>b</mi></mfrac><annotation>a/b</annotation></semantics></math>", "a/b"),
        ("<math><mi>x</mi><annotation-xml><ci>x</ci></annotation-xml></math> ok", "x ok"),
        ("<math><mi>x</mi><annotation>x</annotation><annotation>\\mathit x</annotation></math> ok", "x ok"),
        ("<annotation>x</annotation> and <math><mi>y</mi></math>", "x and y"),
        ("<sup>2<sup>3</sup></sup>", "²³"),
        ("<dl><dt>bell</dt><dd>loud</dd></dl>", "bell\nloud"),
        ("one<hr>two", "one\n\ntwo"),
        ("<sup>2", "²"),
        ("<math><annotation>x", "x"),
        ("</sup></math></del>a", "a"),
    ],
)
def test_markup_without_which_words_say_something_else(html: str, text: str) -> None:
    assert html_to_text(html) == text


@pytest.mark.parametrize("element", ["p", "span", "div", "blockquote"])
def test_what_repeats_the_address_of_a_quote_is_left_out_whatever_its_element(element: str) -> None:
    html = f'<{element} class="quote-inline">RE: https://a.example/1</{element}><p>yes</p>'
    assert html_to_text(html, quoted=True) == "yes"
    assert "RE:" in html_to_text(html)


@pytest.mark.parametrize("piece", ["<sup>", "<math>", "<annotation>", "<math><annotation>", "<del>", "<td>", "<sub>2"])
def test_much_markup_takes_no_time(piece: str) -> None:
    began = time.process_time()
    html_to_text("x" + piece * 20_000)
    assert time.process_time() - began < 2.0


# Servers


async def server_of(answers: dict[str, Any]) -> WireInstance:
    """The server as it says itself what it is; what it has no answer to it does not know."""

    def answer(request: httpx.Request) -> httpx.Response:
        found = answers.get("v1" if "/v1/" in request.url.path else "v2")
        return httpx.Response(404 if found is None else 200, json=found)

    return await MastodonApi(open_client(transport=httpx.MockTransport(answer)), "p.example").instance()


@pytest.mark.parametrize(
    ("name", "most", "streaming"),
    [("113", 500, ""), ("114", 2000, ""), ("116", 5000, "wss://p.example"), ("117", 5000, "wss://p.example")],
)
async def test_an_old_server_or_one_of_another_make_is_read(name: str, most: int, streaming: str) -> None:
    server = await server_of(load(name))
    assert server.home == "p.example"
    assert server.configuration.statuses.max_characters == most
    assert server.configuration.urls.streaming == streaming


async def test_a_server_whose_streaming_address_is_null_has_no_stream() -> None:
    server = await server_of({"v2": load("pixelfed")})
    assert (server.home, server.configuration.urls.streaming) == ("pixelfed.example", "")


@pytest.mark.parametrize("uri", ["https://p.example", "https://p.example/", "http://p.example/about", " p.example "])
async def test_an_address_for_a_name_gives_its_host(uri: str) -> None:
    server = await server_of({"v1": {"uri": uri, "version": "2.7.2"}})
    post = to_post(read_forgiving(msgspec.json.encode(load("84")), WireStatus), server.home, now=NOW, uri_of={}.get)
    assert post.author.handle == "mlopez@p.example"


async def test_a_version_2_that_is_null_falls_back_to_version_1() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=load("117")["v1"] if "/v1/" in request.url.path else None)

    api = MastodonApi(open_client(transport=httpx.MockTransport(answer)), "p.example")
    assert (await api.instance()).home == "p.example"


# Bluesky


def test_pictures_of_a_gallery_are_told_one_by_one() -> None:
    post = skeet(load("120"))
    assert post is not None
    assert post.text == "\n".join(["A1", *["[image: a teacher table]"] * 5])


@pytest.mark.parametrize("name", ["122", "123"])
def test_what_is_not_known_is_an_attachment(name: str) -> None:
    post = skeet(load(name))
    assert post is not None
    assert post.text == "A1 We rotate #stationchat\n[attachment]"


@pytest.mark.parametrize(
    "embed",
    [{}, {"$type": 5}, {"$type": "x", "media": 5}, {"$type": "app.bsky.embed.images", "images": None}, [], 5, "x"],
)
def test_whatever_hangs_on_a_post_its_words_stay(embed: Any) -> None:
    made = load("122")
    made["record"]["embed"] = embed
    post = skeet(made)
    assert post is not None
    assert post.text.partition("\n")[0] == "A1 We rotate #stationchat"


def test_offsets_that_were_counted_in_other_units_leave_the_words_as_they_are() -> None:
    made = load("126")
    post = skeet(made)
    assert post is not None
    assert post.text == "🍎🍎 A1 see example.org/x #stationchat"
    made["record"]["facets"][0]["features"][0]["uri"] = "https://other.example/y"
    post = skeet(made)
    assert post is not None
    assert post.text == "🍎🍎 A1 see example.org/x #stationchat https://other.example/y"


@pytest.mark.parametrize(
    "facets",
    [None, 5, [None], [{}], [{"index": None}], [{"index": {"byteStart": "a", "byteEnd": 5}}],
     [{"index": {"byteStart": 0, "byteEnd": 2}, "features": None}],
     [{"index": {"byteStart": 0, "byteEnd": 2}, "features": [{"$type": "com.example#glow", "tag": 5}]}]],
)  # fmt: skip
def test_whatever_facets_say_the_words_stay(facets: Any) -> None:
    made = load("122")
    made["record"] |= {"facets": facets, "embed": None}
    post = skeet(made)
    assert post is not None
    assert (post.text, post.tags) == ("A1 We rotate #stationchat", ("stationchat",))


def test_who_asks_for_it_is_shown_to_the_signed_in_only() -> None:
    made = load("142")
    assert skeet(made).signed_in_only  # type: ignore[union-attr]
    made["record"]["labels"] = None
    assert skeet(made).signed_in_only, "as the account says"  # type: ignore[union-attr]
    made["author"]["labels"].append({"val": "!no-unauthenticated", "neg": True})
    assert not skeet(made).signed_in_only, "taken back"  # type: ignore[union-attr]
    made["author"]["labels"] = [None, {"val": None}, 5, {"val": "!no-unauthenticated"}]
    assert skeet(made).signed_in_only  # type: ignore[union-attr]
    assert not skeet(load("120")).signed_in_only  # type: ignore[union-attr]
