"""Lengths as the networks count them; the examples for X follow twitter-text's conformance suite (validate.yml)."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.networks.bluesky.rules import RULES as BLUESKY_RULES
from sessions.networks.mastodon.rules import RULES as MASTODON_RULES
from sessions.networks.poster import Length, PostingRules
from sessions.networks.registry import NETWORKS
from sessions.networks.x.counting import has_link
from sessions.networks.x.rules import RULES as X_RULES


def length(text: str, network: str, rules: PostingRules) -> Length:
    """How long the text is on the network of this name."""
    return NETWORKS[network].posting.length(text, rules)


def on_x(text: str) -> int:
    return length(text, "x", X_RULES).used


ON_X = [
    ("", 0),
    ("This is a test.", 15),
    ("A lié géts halfway arøünd thé wørld", 35),
    ("e\u0301", 1),
    ("two\nlines", 9),
    ("“quoted” — with dots…", 22),
    ("教室の駅", 8),
    ("저찀쯿쿿", 8),
    ("\U00010000\U0010ffff", 4),
    ("H\U0001f431☺", 5),
    ("❤️", 2),
    ("👨‍👩‍👧‍👦", 2),
    ("👍🏽👩‍🏫", 4),
    ("🇺🇸🇩🇪", 4),
    ("1️⃣#️⃣", 4),
    ("🐦‍🔥", 2),
    ("☎", 2),
    ("© 2026", 6),
    ("http://test.com", 23),
    ("https://test.com", 23),
    ("test.com", 23),
    ("Test https://test.com test https://test.com test.com test", 86),
    ("https://example.org/path/to/resource?search=foo&lang=en#top", 23),
    ("foo.co.jp, then t.co.", 23 + 7 + 23 + 1),
    ("(see school.example.org/a_(b))", 5 + 23 + 2),
    ("http://例え.jp/", 23),
    ("teacher@school.org", 18),
    ("@ana.com #navasotaisd.com", 25),
    ("Mr.Smith says e.g. this. That", 29),
    ("http://localhost:8080/x", 23),
    ("http://otters", 13),
]


@pytest.mark.parametrize(("text", "weight"), ON_X, ids=[text[:20] or "nothing" for text, _ in ON_X])
def test_x_weighs_characters_emoji_and_addresses(text: str, weight: int) -> None:
    assert on_x(text) == weight


def test_mastodon_counts_what_readers_take_for_characters_and_leaves_out_servers_and_long_addresses() -> None:
    def on_mastodon(text: str, rules: PostingRules = MASTODON_RULES) -> int:
        return length(text, "mastodon", rules).used

    assert on_mastodon("👨‍👩‍👧‍👦 ana") == 5
    assert on_mastodon("@ana@mastodon.social hello") == len("@ana hello")
    assert on_mastodon("@ana@mastodon.social, @ben@school.example") == len("@ana, @ben")
    assert on_mastodon(f"see https://example.org/{'a' * 300}") == 4 + 23
    assert on_mastodon("https://a.example", PostingRules("characters", 5000, url=25)) == 25
    assert on_mastodon("example.org") == len("example.org")
    assert on_mastodon("https://mastodon.social/@ana@school.example/1") == 23


def test_bluesky_counts_what_readers_take_for_characters_and_the_bytes() -> None:
    assert length("👨‍👩‍👧‍👦" * 100, "bluesky", BLUESKY_RULES).remaining == 200
    too_big = length("👨‍👩‍👧‍👦" * 130, "bluesky", BLUESKY_RULES)
    assert (too_big.used, too_big.remaining, too_big.unit) == (130 * 25, -250, "bytes")
    link = "https://example.org/a/long/path"
    assert length(link, "bluesky", BLUESKY_RULES).used == len(link)
    assert length("a" * 301, "bluesky", BLUESKY_RULES).remaining == -1


def test_what_is_left_is_told_in_words() -> None:
    assert length("a" * 268, "x", X_RULES).words == "12 characters left"
    assert length("a" * 303, "bluesky", BLUESKY_RULES).words == "3 characters too long"


def test_what_becomes_a_link_on_x() -> None:
    assert has_link("Read https://example.org/x")
    assert has_link("Read example.org.")
    assert not has_link("Q3: What about Mr.Smith? a.b 3.5 teacher@school.org #tag.Next")


HOSTILE = [
    "a." * 2500, "a-" * 2500 + ".com", "http://" * 700, "あ." * 2500, "@a" * 2500, "👨\u200d" * 1600,
    "x.com/" + "(" * 4990, "@" + "a." * 2500, "https://" + "a" * 4990, "a@b." * 1250, "1\ufe0f\u20e3" * 1600,
]  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_takes_long(hostile: str) -> None:
    """Generous: each takes a few milliseconds, and twitter-text-parser half a minute for the first."""
    began = time.process_time()
    for network, rules in (("x", X_RULES), ("mastodon", MASTODON_RULES), ("bluesky", BLUESKY_RULES)):
        length(hostile, network, rules)  # type: ignore[arg-type]
    assert time.process_time() - began < 2


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_a_word_more_is_never_shorter_and_no_text_raises(text: str, more: str) -> None:
    for network, rules in (("x", X_RULES), ("mastodon", MASTODON_RULES), ("bluesky", BLUESKY_RULES)):
        alone = length(text, network, rules)  # type: ignore[arg-type]
        both = length(f"{text}\n\n{more}", network, rules)  # type: ignore[arg-type]
        assert alone.used >= 0
        assert both.remaining <= alone.remaining


@given(st.text(st.sampled_from("abc äöü éñ ÀЖ 0123456789 !?-")))
def test_plain_letters_count_one_each_everywhere(text: str) -> None:
    counts = {length(text, "x", X_RULES).used, length(text, "mastodon", MASTODON_RULES).used}
    assert counts == {len(text)} == {length(text, "bluesky", BLUESKY_RULES).used}


@given(st.lists(st.sampled_from(["word", "教室", "👍🏽", "https://example.org/a/b?c=d", "school.org", "é"])))
def test_on_x_a_text_is_as_long_as_its_words(words: list[str]) -> None:
    weights = {"word": 4, "教室": 4, "👍🏽": 2, "https://example.org/a/b?c=d": 23, "school.org": 23, "é": 1}
    assert on_x(" ".join(words)) == sum(weights[word] for word in words) + max(0, len(words) - 1)
