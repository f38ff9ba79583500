"""Finding words a little at a time finds what one look through everything finds."""

import re
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.core.commands import Hide, Mute
from sessions.core.events import PostEdited
from tests.sessions.core.building import Chat
from tests.tui.widgets.answer_pane_desk import a_long_chat, at_desk
from tui.widgets.answers.answer_pane import AnswerPane
from tui.widgets.answers.finding import AT_ONCE, Finding, folded
from tui.widgets.answers.pane_filter import PaneFilter
from tui.widgets.answers.post_layout import PostLayout
from tui.widgets.answers.post_rows import PostRows

LETTERS = "aAsSiIkK ıİſKßẞﬁﬀσςΣäÄ.(\n"
WORDS = st.text(LETTERS, max_size=6)


def a_layout(chat: Chat) -> tuple[PostLayout, list[str]]:
    rows = PostRows()
    rows.rebuild(chat.state, PaneFilter())
    return PostLayout(chat.state, rows), rows.ids


@given(texts=st.lists(WORDS, max_size=8), names=st.lists(WORDS, min_size=1, max_size=3), sought=WORDS)
@example(texts=["ß"], names=["x"], sought="s")
@example(texts=["ss"], names=["x"], sought="ß")
@example(texts=["İ"], names=["x"], sought="i")
def test_a_haystack_holds_what_a_regular_expression_finds(texts: list[str], names: list[str], sought: str) -> None:
    chat = Chat()
    for number, text in enumerate(texts):
        chat.post(text, handle=names[number % len(names)], warning="snakes" if number % 3 == 2 else None)
    if texts:
        chat.do(Hide, post="mastodon:1")
    layout, posts = a_layout(chat)
    for words in (sought, sought.upper(), "".join(texts)[:3]):
        layout.search(words)
        assert layout.matching(posts) == [post for post in posts if layout.matches(post)]


def test_no_letter_is_lost_that_a_regular_expression_takes_for_another() -> None:
    for number in range(sys.maxunicode + 1):
        letter = chr(number)
        others = {letter.lower(), letter.upper(), letter.title(), letter.casefold()} - {letter}
        for other in others:
            if len(other) == 1 and re.fullmatch(re.escape(letter), other, re.IGNORECASE):
                assert folded(letter) == folded(other), (letter, other)


def test_what_happens_to_a_post_or_a_person_counts_at_once() -> None:
    chat = Chat()
    first, second, third = (chat.post(f"A1 word {number}", handle=f"p{number}") for number in range(3))
    layout, posts = a_layout(chat)
    layout.search("word")
    assert layout.matching(posts) == [first, second, third]
    chat.hear(PostEdited, post=first, text="A1 other", kind="answer", filed=None)
    chat.do(Mute, person="mastodon:@p1")
    assert layout.matching(posts) == [third]
    layout.search("other")
    assert layout.matching(posts) == [first]


@given(st.lists(st.integers(1, 9)), st.integers(0, 600))
def test_in_whatever_steps_it_goes_on_it_finds_the_same_in_order(stops: list[int], number: int) -> None:
    posts = [f"p{place}" for place in range(number)]

    def third(some: list[str]) -> list[str]:
        return [post for post in some if int(post[1:]) % 3 == 0]

    finding = Finding("x", None, posts)
    while not finding.done:
        finding.go_on(lambda some: third(list(some)), lambda: True)
        assert finding.matches == third(posts)[: len(finding.matches)]
    assert finding.matches == third(posts)


def test_a_longer_text_is_sought_in_what_was_found_and_what_is_left() -> None:
    posts = [f"p{place}" for place in range(AT_ONCE * 2)]
    finding = Finding("sin", "p0", posts)
    finding.go_on(lambda some: [post for post in some if post in ("p3", "p9")], lambda: True)
    assert finding.narrowed("sink", "p9") is None
    assert finding.narrowed("Sink", "p3") is None
    narrowed = finding.narrowed("sink", "p3")
    assert narrowed is not None
    looked_at: list[str] = []
    narrowed.go_on(lambda some: looked_at.extend(some) or [], lambda: False)
    assert looked_at == ["p3", "p9", *posts[AT_ONCE:]]


async def test_each_longer_word_finds_what_is_there_now() -> None:
    async with at_desk(a_long_chat(60)) as desk:
        assert [desk.pane.find(words) for words in ("n", "number ", "number 5", "number 55")] == [60, 60, 11, 1]
        assert desk.pane.cursor == "mastodon:56"
        desk.chat.post("A1 number 555", handle="late")
        await desk.shows()
        assert desk.pane.find("number 555") == 1
        assert desk.pane.cursor == "mastodon:61"
        desk.pane.go_to("mastodon:30")
        assert desk.pane.find("number 5") == 12
        assert desk.pane.cursor == "mastodon:6"


async def test_what_takes_long_goes_on_in_between_and_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.widgets.answers.searching.FINDING", 0)
    monkeypatch.setattr("tui.widgets.answers.searching.FOUND_EVERY", 0)
    async with at_desk(a_long_chat(AT_ONCE * 4)) as desk:
        assert desk.pane.find("number 7 ") == 0
        assert desk.pane.finding
        while desk.pane.finding:
            await desk.pilot.pause(0.001)
        await desk.pilot.pause()
        assert desk.app.told(AnswerPane.Found, "count") == [0, 0, 1]
        assert desk.app.told(AnswerPane.Found, "whole") == [False, False, True]
        assert desk.pane.cursor == "mastodon:8"


async def test_who_goes_on_reading_is_not_taken_to_a_match_that_is_found_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.widgets.answers.searching.FINDING", 0)
    async with at_desk(a_long_chat(AT_ONCE * 4)) as desk:
        desk.pane.find("number 7 ")
        desk.pane.move(-1)
        while desk.pane.finding:
            await desk.pilot.pause(0.001)
        assert desk.pane.cursor == f"mastodon:{AT_ONCE * 4 - 1}"
