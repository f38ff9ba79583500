"""What was found elsewhere stands in every form of the recap with who brought it, and nobody who is to be left out."""

import csv
import io

import pytest

from sessions.core import commands as c
from sessions.core.posts import Author
from sessions.core.state import SessionState
from sessions.reports.recap import FORMATS, Recap, build_recap, render
from tests.sessions.core.building import Chat
from tests.sessions.reports.recap.finds import JO, a_chat_with_finds, found, shared


def recap_of(chat: Chat, **options: object) -> Recap:
    state: SessionState = chat.state
    return build_recap(state, "abcdef", **options)  # type: ignore[arg-type]


def test_a_find_tells_whose_it_is_who_brought_it_and_where_it_stands() -> None:
    one, other = recap_of(a_chat_with_finds()).finds
    assert (one.name, one.handle, one.by, one.how, one.stands) == (
        "Jo Finder", "jo@other.example", "Ana", "new", "shared",
    )  # fmt: skip
    assert one.url == "https://other.example/@jo/7"
    assert one.shared_url is not None
    assert one.shared_url.startswith("https://m.example/@ana/")
    assert (other.by, other.stands, other.shared_url) == ("Ben", "copied", None)


def test_who_was_found_took_no_part() -> None:
    recap = recap_of(a_chat_with_finds())
    assert [person.name for person in recap.people] == ["Mlopez"]
    assert recap.numbers.posts == 1


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_lists_the_finds_with_who_brought_them(form: str) -> None:
    page = render(recap_of(a_chat_with_finds()), form)  # type: ignore[arg-type]
    for words in ("Exit tickets on paper", "Spaghetti bridges hold 2 kg", "Jo Finder", "Ana", "Ben"):
        assert words in page


def test_a_chat_without_finds_says_nothing_of_them() -> None:
    for form in ("markdown", "html"):
        assert "Found elsewhere" not in render(recap_of(Chat()), form)  # type: ignore[arg-type]


def test_a_row_of_the_table_is_as_long_as_its_head() -> None:
    rows = list(csv.reader(io.StringIO(render(recap_of(a_chat_with_finds()), "csv"))))
    assert {len(row) for row in rows} == {len(rows[0])}
    find = dict(zip(rows[0], next(row for row in rows if "find" in row), strict=True))
    assert (find["kind"], find["brought_by"], find["shared_as"], find["host"]) == ("find", "Ana", "new", "")


def test_what_did_not_go_out_or_was_taken_back_is_no_find() -> None:
    chat = Chat()
    shared(chat, found(1), out=False)
    (copied,) = chat.do(c.Share, found=found(2))
    chat.do(c.Undo, seq=copied.seq)
    assert recap_of(chat).finds == ()


def test_what_is_for_signed_in_readers_alone_or_by_who_is_left_out_or_forgotten_is_told_nobody() -> None:
    chat = Chat()
    shared(chat, found(1, signed_in_only=True))
    shared(chat, found(2, author=Author("mastodon:forgotten-abc")))
    shared(chat, found(3))
    assert [one.url for one in recap_of(chat).finds] == ["https://other.example/@jo/3"]
    assert recap_of(chat, left_out=frozenset({JO.id})).finds == ()


def test_the_same_find_on_two_networks_is_told_once() -> None:
    chat = Chat()
    shared(chat, found())
    chat.do(c.Share, "Ben", found=found())
    assert [one.by for one in recap_of(chat).finds] == ["Ana"]


def test_where_names_are_replaced_none_is_left_and_no_link_leads_to_anybody() -> None:
    chat = Chat()
    shared(chat, found(text="Jo Finder says hi to @mlopez"))
    (one,) = recap_of(chat, anonymous=True).finds
    told = render(recap_of(chat, anonymous=True), "json")
    for word in ("Jo", "jo@other.example", "mlopez", "other.example", "m.example"):
        assert word not in told
    assert (one.by, one.url, one.shared_url) == ("Host 1", None, None)


def test_a_hostile_find_is_words_in_every_page() -> None:
    chat = Chat()
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) {{ 7*7 }}"
    shared(chat, found(text=hostile, url="javascript:alert(1)", author=Author(JO.id, "jo", "<b>Jo</b>")))
    page = render(recap_of(chat), "html")
    assert "<script>" not in page
    assert "<b>Jo" not in page
    assert "](javascript" not in render(recap_of(chat), "markdown")
    assert recap_of(chat).finds[0].url is None
