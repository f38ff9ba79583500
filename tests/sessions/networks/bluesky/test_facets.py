"""Facets count UTF-8 bytes, and strangers wrote them: whatever they say, the text stays whole."""

import itertools
import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.networks.bluesky.facets import (
    LINK,
    MENTION,
    TAG,
    mentioned,
    pieces,
    shown,
    tag_key,
    tags_of,
    typed_tags,
    written,
)
from sessions.networks.bluesky.wire import WireFacet, WireFeature, WireIndex, WireRecord

FAMILY = "👩‍👩‍👧‍👦"
TEXTS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("#＃@. éß한👩🏽‍\u200d")))


def facet(start: int, end: int, kind: str = TAG, **what: str) -> WireFacet:
    return WireFacet(WireIndex(start, end), (WireFeature(kind=kind, **what),))


def read(data: list[dict[str, object]]) -> list[WireFacet]:
    return msgspec.convert(data, list[WireFacet])


facets = st.lists(
    st.builds(
        facet,
        st.integers(-5, 80),
        st.integers(-5, 999),
        st.sampled_from([TAG, LINK, MENTION, "com.example.other"]),
        tag=st.text(max_size=5),
        uri=st.sampled_from(["", "https://example.org/a", "javascript:alert(1)"]),
    ),
    max_size=8,
)


@given(TEXTS, facets)
def test_the_pieces_of_a_text_are_the_text_whatever_the_facets_say(text: str, given_facets: list[WireFacet]) -> None:
    assert "".join(piece.text for piece in pieces(text, given_facets)) == text


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["#devchat", "#Été", "https://example.org/a?b=c", "@ana.example.org", FAMILY, "\n", " "]),
            TEXTS,
        ),
        max_size=12,
    ).map(" ".join)
)
def test_what_is_written_is_read_back(text: str) -> None:
    found = written(text, {handle: f"did:plc:{handle}" for handle in mentioned(text)})
    data = text.encode()
    ends = [(one["index"]["byteStart"], one["index"]["byteEnd"]) for one in found]
    assert ends == sorted(ends)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(ends))
    assert all(0 <= start < end <= len(data) for start, end in ends)
    for one in found:
        covered = data[one["index"]["byteStart"] : one["index"]["byteEnd"]].decode()
        feature = one["features"][0]
        if feature["$type"] == TAG:
            assert covered[1:] == feature["tag"]
        elif feature["$type"] == LINK:
            assert feature["uri"].endswith(covered)
        else:
            assert feature["did"] == f"did:plc:{covered[1:].lower()}"
    again = read(found)
    assert "".join(piece.text for piece in pieces(text, again)) == text
    tags = {tag_key(one["features"][0]["tag"]) for one in found if one["features"][0]["$type"] == TAG}
    assert tags <= {tag_key(tag) for tag in typed_tags(text)}


def test_offsets_count_bytes_behind_emoji() -> None:
    text = f"née {FAMILY} #devchat"
    (found,) = written(text, {})
    assert found["index"] == {"byteStart": 31, "byteEnd": 39}
    assert [piece.text for piece in pieces(text, read([found]))] == [f"née {FAMILY} ", "#devchat"]


@pytest.mark.parametrize(
    ("start", "end", "cut"),
    [
        (6, 999, ["short ", "#a"]),  # recorded: a real server takes it
        (-4, 5, ["short", " #a"]),
        (6, 6, ["short #a"]),
        (8, 2, ["short #a"]),
        (50, 60, ["short #a"]),
    ],
)
def test_offsets_outside_the_text_are_clipped(start: int, end: int, cut: list[str]) -> None:
    assert [piece.text for piece in pieces("short #a", [facet(start, end)])] == cut


def test_offsets_inside_a_character_are_moved_to_its_edges() -> None:
    assert [piece.text for piece in pieces("a👩b", [facet(2, 3)])] == ["a", "👩", "b"]


def test_facets_come_in_any_order_and_of_those_over_one_another_the_first_stays() -> None:
    found = pieces("#one #two", [facet(5, 9, tag="two"), facet(2, 7, tag="across"), facet(0, 4, tag="one")])
    assert [(piece.text, piece.feature.tag if piece.feature else "") for piece in found] == [
        ("#one", "one"),
        (" ", ""),
        ("#two", "two"),
    ]


@pytest.mark.parametrize(
    ("text", "uri", "read_as"),
    [
        ("see example.com/a/lo...", "https://example.com/a/long/path", "see https://example.com/a/long/path"),
        ("see https://example.com/a", "https://example.com/a", "see https://example.com/a"),
        ("see this page", "https://example.com/a", "see this page (https://example.com/a)"),
        ("see mybank.com", "https://evil.example/x", "see mybank.com (https://evil.example/x)"),
        ("see this page", "javascript:alert(1)", "see this page"),
        ("see this page", "https://example.com/a b", "see this page"),
    ],
)
def test_links_are_shown_as_what_they_lead_to(text: str, uri: str, read_as: str) -> None:
    assert shown(text, [facet(4, 999, LINK, uri=uri)]) == read_as


def test_hashtags_are_those_of_facets_and_those_beside_the_text_each_once() -> None:
    record = WireRecord(
        text="#DevChat", facets=(facet(0, 8, tag="DevChat"), facet(0, 8, tag="#other")), tags=("devchat", "hidden", "")
    )
    assert tags_of(record) == ("DevChat", "other", "hidden")


def test_a_hashtag_is_the_same_in_any_case_and_form() -> None:
    assert tag_key("ÉTÉ") == tag_key(unicodedata.normalize("NFD", "été")) != tag_key("ete")
    assert tag_key("Straße") == tag_key("STRASSE")


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#a1 and ＃b, (#c) #d.", ("a1", "b", "c", "d")),
        ("Question #3 and &#39; and x#y and /#z and ##", ()),
        (f"#{'x' * 65}", ()),
    ],
)
def test_hashtags_that_are_typed(text: str, tags: tuple[str, ...]) -> None:
    assert typed_tags(text) == tags


def test_mentions_are_handles_and_nothing_that_looks_like_one() -> None:
    assert mentioned("@Ana.Example.org, @ana.example.org me@mail.org @ben @user@mastodon.social") == (
        "ana.example.org",
    )


def test_addresses_are_links_also_without_a_scheme_and_hashtags_inside_them_are_none() -> None:
    found = written("See example.org/chat, https://example.org/#devchat #devchat", {})
    assert [one["features"][0] for one in found] == [
        {"$type": LINK, "uri": "https://example.org/chat"},
        {"$type": LINK, "uri": "https://example.org/#devchat"},
        {"$type": TAG, "tag": "devchat"},
    ]
