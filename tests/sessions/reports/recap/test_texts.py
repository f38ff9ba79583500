"""What of a post is said, and which links are in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.reports.recap.links import leads_to_person, leads_to_post, links_in, shown_link, tidy_link, with_links
from sessions.reports.recap.texts import Piece, joined, said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A3: We rotate", "We rotate"),
        ("A3 We rotate. #navasotaisd", "We rotate."),
        ("#navasotaisd A3. We rotate", "We rotate"),
        ("#NavasotaISD pushing at the edges", "pushing at the edges"),
        ("@ana A3: We rotate", "@ana We rotate"),
        (".@ana #navasotaisd A3 and so on", ".@ana and so on"),
        ("We rotate A3 #navasotaisd", "We rotate"),
        ("A1Being ready", "Being ready"),
        ("A1 (1/2) We rotate", "We rotate"),
        ("We rotate 2/2 #navasotaisd", "We rotate"),
        ("A3b: We rotate", "We rotate"),
        ("Answer 3: We rotate", "We rotate"),
        ("see https://example.org/a …", "see https://example.org/a"),
        ("#math is fun", "#math is fun"),
        ("I got an A 3 times", "I got an A 3 times"),
        ("A3", "A3"),
        ("#navasotaisd", "#navasotaisd"),
        ("", ""),
    ],
)
def test_labels_parts_and_the_chats_hashtags_are_taken_off_at_both_ends(text: str, words: str) -> None:
    assert said(text, ["navasotaisd"]) == words


@given(st.text())
def test_something_is_left_of_any_text(text: str) -> None:
    assert bool(said(text, ["chat"]).strip()) == bool(text.strip())


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://example.org/a.", ["https://example.org/a"]),
        ("(https://en.wikipedia.org/wiki/Station_(school))", ["https://en.wikipedia.org/wiki/Station_(school)"]),
        ("HTTPS://EXAMPLE.org/A?utm_medium=x", ["https://example.org/A"]),
        ("cut off https://example.org/a…", []),
        ("javascript:alert(1) file:///etc/passwd www.example.org", []),
        ("https://user:password@example.org/", []),
        ("http://[broken", []),
        ('https://example.org/"onmouseover="alert(1)', ["https://example.org/"[:-1]]),
    ],
)
def test_only_whole_links_of_the_web_are_found(text: str, links: list[str]) -> None:
    assert links_in(text) == links


@given(st.text())
def test_a_text_in_pieces_is_the_text(text: str) -> None:
    assert "".join(piece for piece, _ in with_links(text)) == text


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_an_address_has_nothing_in_it_that_ends_an_attribute(rest: str) -> None:
    assert not set(tidy_link(f"https://example.org/{rest}")) & set('"<> \n\t\\`')


def test_long_links_are_shown_short() -> None:
    assert shown_link("https://www.example.org/") == "example.org"
    assert shown_link("https://example.org/" + "a" * 100, 20) == "example.org/aaaaaaa…"


@pytest.mark.parametrize(
    ("link", "person", "post"),
    [
        ("https://twitter.com/mlopez/status/123", True, True),
        ("https://mastodon.social/@mlopez", True, False),
        ("https://mastodon.social/@mlopez/1134", True, True),
        ("https://bsky.app/profile/tom.example.org/post/3k", True, True),
        ("https://www.linkedin.com/in/mlopez", True, False),
        ("https://example.org/2016/01/stations", False, False),
    ],
)
def test_links_to_people_and_to_posts_are_known_by_their_form(link: str, person: bool, post: bool) -> None:
    assert (leads_to_person(link), leads_to_post(link)) == (person, post)


def a_piece(text: str, *, author: str = "ana", question: str | None = "q1", at: int = 0, whole: bool = True) -> Piece:
    return Piece(id=f"{author}/{text}", author=author, question=question, at=at, text=text, whole=whole)


def texts(answers: list[list[Piece]]) -> list[list[str]]:
    return [[piece.text for piece in answer] for answer in answers]


def test_parts_come_in_their_order_whichever_arrived_first() -> None:
    assert texts(joined([a_piece("two 2/2"), a_piece("one 1/2")])) == [["one 1/2", "two 2/2"]]


@pytest.mark.parametrize(
    "other",
    [
        a_piece("two 2/2", author="tom"),
        a_piece("two 2/3"),
        a_piece("again 1/2"),
        a_piece("two 2/2", question="q2"),
        a_piece("two 2/2", at=16 * 60_000),
    ],
)
def test_parts_of_other_answers_stay_apart(other: Piece) -> None:
    assert len(joined([a_piece("one 1/2"), other])) == 2


def test_talk_alone_makes_no_answer() -> None:
    assert joined([a_piece("we meet on 3/4", whole=False)]) == []
