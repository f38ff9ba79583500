"""Any text whatever is judged, and a long one costs no more than its length."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.core.filing import parse_label
from tests.sessions.core.filing.judging import JudgedChat
from tests.thorough import examples

PIECES = (
    "a", " ", "\n", "@", "#", ".", "A1 ", "Q1/", "@a.", "#a ", "RT @x: ", "https://", "...", "Hi ", "A1. A2. ",
    "first ", "first #a ", "(1/2", "0️⃣", "\u200d", "é", "ﷺ", "in a ", "i'm a ", "teach ", "new to the ", "Q1 ",
    "'s ", "a'", "sorry i'm ", '"@a: ',
)  # fmt: skip


def _asked() -> JudgedChat:
    chat = JudgedChat()
    chat.ask("q1")
    return chat


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("mlopez", "ben", "", "TK")), st.text()), max_size=5))
def test_no_text_makes_the_judge_stumble(posts: list[tuple[str, str]]) -> None:
    chat = _asked()
    for handle, text in posts:
        chat.says(handle, text)
        chat.says("jimr", text, reply_to=chat.last)
        chat.edit(chat.last, text + "…")


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_nor_does_any_mixture_of_what_posts_are_made_of(text: str) -> None:
    chat = _asked()
    for handle in ("mlopez", "ben"):
        chat.says(handle, text)


@pytest.mark.parametrize("piece", PIECES)
def test_a_text_of_100_000_characters_takes_no_longer_than_its_length(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    chat = _asked()
    began = time.process_time()
    parse_label(text)
    chat.says("mlopez", text)
    chat.says("ben", text)
    assert time.process_time() - began < 2, "seconds of CPU; a pattern that backtracks takes minutes"


def test_the_judge_keeps_up_with_a_hundred_times_the_usual_chat() -> None:
    def seconds(posts: int) -> float:
        chat = _asked()
        began = time.process_time()
        for n in range(posts):
            chat.says(f"teacher{n % 50}", f"A1 We rotate every {n} minutes and keep table {n * 7} for reteaching")
        return time.process_time() - began

    few, many = seconds(500), seconds(5_000)
    assert many < 40 * few, "ten times the posts; a search through all of them would take a hundred times as long"
