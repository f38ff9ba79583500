"""A person is found in what others wrote, however they are written there; nobody else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.identity import Identity
from sessions.core.redaction.mentions import Mentions
from sessions.core.redaction.own_words import OwnWords

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


SUE = Mentions(
    Identity(
        ids=frozenset({"x:@sueex"}),
        handles=frozenset({"x:sueex"}),
        names=frozenset({"Sue Exampleton", "Zoë Müller-Ünal"}),
    ),
    texts=["I teach at the school by the river", "教室的角落里有一个安静的座位给大家看书写字画画聊天"],
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("A1 see http://slides.example/sueexampleton each one", "A1 see … each one"),
        ("mail sue.exampleton@school.example or http://sueexampleton.wordpress.example/", "mail … or …"),
        ("https://sue-exampleton.example", "…"),
        ("sueexampleton.example is hers", "… is hers"),
        ("https://docs.example/d/Sue_Exampleton_2019.pdf", "…"),
        ("https://docs.example/?by=Sue%20Exampleton&x=1", "…"),
        ("https://docs.example/talks-by-exampleton-sue", "…"),
        ("https://sueex.wordpress.example/post", "…"),
        ("http://school.example/~sexampleton/", "…"),
        ("sexampleton@school.example, please", "…, please"),
        ("s.exampleton12@school.example", "…"),
        ("exampleton.sue@school.example", "…"),
        ("sue@exampleton.example", "…"),
        ("sueex@school.example", "…"),
        ("thanks #ThankYouSueExampleton", "thanks #…"),
        ("it is sueexampleton again", "it is … again"),
        ("https://zoemuelleruenal.example/", "…"),
        ("https://example.org/zoe-muller-unal", "…"),
        ('Sue: "I teach at  the SCHOOL by the river", she says', 'Sue: "…", she says'),
        ("她说：教室的角落里有一个安静的座位给大家看书写字画画聊天！", "她说：…！"),
    ],
)
def test_a_name_without_blanks_is_found_in_links_mail_addresses_and_tags(text: str, left: str) -> None:
    assert SUE.named(text)
    assert SUE.blanked(text) == left
    assert not SUE.named(left)


@pytest.mark.parametrize(
    "text",
    [
        "https://slides.example/example-tonight",
        "sue@school.example and exampleton.example.org",
        "https://school.example/issue/example",
        "suexa@school.example #Sue #example",
        "I teach at the school by the lake",
        "Is that all? e.g. this, i.e. that... or v2.0",
    ],
)
def test_links_and_addresses_of_others_stay(text: str) -> None:
    assert not SUE.named(text)
    assert SUE.blanked(text) == text


@given(st.text("ab ß🎈\n", max_size=40), st.lists(st.text("ab ß🎈", min_size=8, max_size=14), max_size=4))
def test_nothing_of_somebodys_own_words_is_left(text: str, texts: list[str]) -> None:
    words = OwnWords(texts)
    assert (words.blanked(text) != text) == (text in words)
    assert words.blanked(words.blanked(text)) not in words
