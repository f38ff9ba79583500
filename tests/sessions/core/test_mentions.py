"""A person is found in what others wrote, however they are written there; nobody else is."""

import pytest

from sessions.core.identity import Identity
from sessions.core.redaction.mentions import Mentions

MARIA = Mentions(
    Identity(
        ids=frozenset({"bluesky:did:plc:maria123", "mastodon:109876543210"}),
        handles=frozenset({"mastodon:mlopez@school.example", "x:ml"}),
        names=frozenset({"Dr. Maria Lopez-Ruiz 🍎 (she/her), M.Ed."}),
    ),
    texts=["We rotate every twelve minutes"],
    posts=["mastodon:113456789012", "bluesky:at://did:plc:maria123/app.bsky.feed.post/3kabcdefgh2"],
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("thanks @mlopez!", "thanks …!"),
        ("thanks @MLopez@school.example and mlopez", "thanks … and …"),
        ("(@ml) said", "(…) said"),
        ("Dr. Maria Lopez-Ruiz is right", "… is right"),
        ("maria  lopez-ruiz's idea", "…'s idea"),
        ("great #MariaLopez-Ruiz", "great #…"),
        ("MariaLopez-Ruiz", "…"),
        ("She said: we rotate  every twelve\nminutes.", "She said: …."),
        ("RT @ml: whatever it was", "…"),
        ('"@mlopez: whatever it was', "…"),
        ("see https://x.com/ml/status/17", "see …"),
        ("see x.com/ML?s=20 there", "see … there"),
        ("see https://school.example/@mlopez/1", "see …"),
        ("https://other.example/@mlopez@school.example/1", "…"),
        ("https://other.example/users/ml/statuses/1 too", "… too"),
        ("https://x.com/i/status/113456789012 is the one", "… is the one"),
        ("https://bsky.app/profile/did:plc:maria123/post/3kzzz", "…"),
        ("https://bsky.app/profile/somebody/post/3kabcdefgh2", "…"),
    ],
)
def test_a_text_without_the_person(text: str, left: str) -> None:
    assert MARIA.named(text)
    assert MARIA.blanked(text) == left
    assert not MARIA.named(left)


@pytest.mark.parametrize(
    "text",
    [
        "Maria was great",  # there are many of that name
        "the ml course, 12 ml",
        "https://school.example/lessons/ml",
        "https://school.example/2025/11/3",
        "@mlopez2 @xmlopez @ml_lopez",
        "and/or 3/4 a/b",
        "…",
    ],
)
def test_words_of_everyday_and_other_people_stay(text: str) -> None:
    assert not MARIA.named(text)
    assert MARIA.blanked(text) == text


def test_a_namesake_keeps_their_name_but_not_the_handle_in_it() -> None:
    assert MARIA.blanked_name("Maria Lopez-Ruiz") == "Maria Lopez-Ruiz"
    assert MARIA.blanked_name("Ben, hosts with @MLopez") == "Ben, hosts with …"


def test_nobody_is_found_nowhere() -> None:
    nobody = Mentions(Identity())
    assert nobody.blanked("https://x.com/a/status/1 @anybody") == "https://x.com/a/status/1 @anybody"
    assert not nobody.named("https://x.com/a/status/1 @anybody")
