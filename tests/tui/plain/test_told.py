"""What is read and when: numbers that stay, bursts that are summed up, a clock that speaks once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.commands import AddTime, Ask, Hold, MuteWord
from tests.sessions.core.building import Chat, a_plan
from tui.desk.dialogs.person_card import PersonCard
from tui.plain.asked.forms import FORMS
from tui.plain.asked.talk import Talk
from tui.plain.targets import PostNumbers, Unclear, find_person
from tui.plain.told.bursts import AT_ONCE, EVERY, SUMMED_UP, Bursts
from tui.plain.told.clock_lines import ClockLines
from tui.plain.told.looking import found
from tui.plain.told.telling import LONGEST, post_line, summed_up

MINUTE = 60_000


@given(st.lists(st.floats(0, 30), max_size=60))
def test_every_post_is_read_or_summed_up_and_no_more_is_read_than_one_can_listen_to(pauses: list[float]) -> None:
    bursts, now, read, told = Bursts(), 0.0, [], []
    for place, pause in enumerate(pauses):
        now += pause
        told += bursts.due(now)
        if bursts.admit(str(place), now):
            read.append((place, now))
    told += bursts.due(now + 2 * SUMMED_UP)
    assert sorted([*told, *(str(place) for place, _ in read)]) == sorted(map(str, range(len(pauses))))
    for first, at in read:
        close = [place for place, other in read if place >= first and other < at + EVERY]
        assert len(close) <= AT_ONCE + 1


@given(st.lists(st.integers(0, 3 * MINUTE), max_size=40))
def test_the_clock_never_says_the_same_twice_for_one_question(steps: list[int]) -> None:
    chat = Chat(a_plan())
    chat.do(Ask, question="q1", seen=None)
    lines, now = ClockLines(), chat.at
    said = []
    for step in steps:
        said.append(lines.due(chat.state, now))
        now += step
    assert len(spoken := [words for words in said if words]) == len(set(spoken))


def test_the_clock_speaks_at_two_minutes_at_one_at_the_end_and_beyond() -> None:
    chat = Chat(a_plan(6))
    chat.do(Ask, question="q1", seen=None)
    lines, end = ClockLines(), chat.at + 50 * MINUTE // 6

    def at(minutes: float) -> str:
        return lines.due(chat.state, end + round(minutes * MINUTE))

    assert at(-5) == ""
    assert at(-1.9) == "2 minutes left for Q1."
    assert at(-1.8) == ""
    assert at(-0.5) == "1 minute left for Q1."
    assert at(0.1) == "Time is up for Q1."
    assert at(2.5) == "Q1 is over by 2 minutes."
    chat.do(AddTime, seconds=600)
    assert at(2.6) == ""
    assert at(9.5) == "1 minute left for Q1."
    chat.do(Hold)
    assert at(9.5) == ""


def test_numbers_stay_and_names_may_be_parts() -> None:
    chat, numbers = Chat(), PostNumbers()
    first = chat.post("A1: one", handle="merle46", newcomer=True)
    numbers.follow(chat.state)
    second = chat.post("A1: two", handle="merlot")
    numbers.follow(chat.state)
    numbers.follow(chat.state.copy())
    assert (numbers.number(first), numbers.number(second)) == (1, 2)
    assert find_person(chat.state, "merle46", numbers) == chat.state.posts[first].post.author.id
    assert find_person(chat.state, "2", numbers) == chat.state.posts[second].post.author.id
    with pytest.raises(Unclear, match=r"Which of them: Merle46 .* or Merlot"):
        find_person(chat.state, "merl", numbers)


def test_a_long_post_is_cut_and_read_whole_when_asked_for() -> None:
    chat, numbers = Chat(), PostNumbers()
    post = chat.post("A1: " + "words and " * 60)
    numbers.follow(chat.state)
    cut = post_line(chat.state, post, numbers)
    assert cut.endswith("… (read 1)")
    assert len(cut) < LONGEST + 100
    assert post_line(chat.state, post, numbers, whole=True).count("words") == 60


def test_what_was_not_read_is_told_with_the_word_that_reads_it() -> None:
    chat = Chat()
    chat.do(Ask, question="q1", seen=None)
    posts = [chat.post("A1: one"), chat.post("A1: two", handle="jimr"), chat.post("hello", handle="tom")]
    assert summed_up(chat.state, posts).startswith("3 more posts, ")
    assert "Type " in summed_up(chat.state, posts)


def test_nothing_is_found_by_words_that_are_behind_a_warning_or_folded() -> None:
    chat = Chat(a_plan())
    plain = chat.post("A1: the lamp", handle="jimr")
    warned = chat.post("A1: the lamp blinks", handle="larry", warning="bright light")
    chat.post("A1: the lamp, follow back", handle="spam")
    chat.do(MuteWord, word="follow back")
    assert found(chat.state, "lamp") == [plain]
    assert found(chat.state, "larry") == [warned]


async def test_of_a_person_nothing_is_read_that_the_panes_fold_away() -> None:
    chat, lines = Chat(a_plan()), list[str]()
    chat.post("A1: stations", handle="merle")
    chat.post("A1: a spoiler", handle="merle")
    chat.do(MuteWord, word="spoiler")
    await FORMS[PersonCard](Talk(lines.append, lambda _line: False), PersonCard(chat.state, "mastodon:@merle"))
    assert [line.partition(" Q1: ")[2] for line in lines[1:]] == ["A1: stations", "folded away"], lines
