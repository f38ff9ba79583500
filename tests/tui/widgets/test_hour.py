"""What the clock says: in each phase, to whom, in which room, and in digits that are three rows high."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.commands import AddTime, Ask, Close, Hold, TakeRole
from tests.sessions.core.building import Chat, a_plan
from tests.tui.pane_apps import HOSTILE, MINUTE, PaneApp
from tests.tui.screen_text import widget_lines
from tui.text.outside import cell_len
from tui.widgets.hour.countdown import CountdownBar
from tui.widgets.hour.digits import large
from tui.widgets.hour.fitting import one_line, three_lines
from tui.widgets.hour.saying import Asker, Saying, saying

SECOND = 1000

KEYS = {"next": "f5", "script": "p", "hold": "space", "next_pane": "tab", "greet": "g", "command_palette": "ctrl+p"}


def asker(me: str = "Ana", **known: Any) -> Asker:
    return Asker(me, lambda name: KEYS.get(name, ""), **known)


def asked(**changed: Any) -> Chat:
    """Ana asks Q1 of five for ten minutes, Ben greets."""
    chat = Chat(a_plan(5, script={"heads_up": "One minute left!"}, **changed))
    chat.at += 8 * MINUTE
    chat.do(Ask, question="q1", seen=None)
    return chat


def line(chat: Chat, seconds: int, width: int = 98, who: Asker | None = None) -> str:
    """What stands on one line so many seconds later, without the bar and with single blanks."""
    words = one_line(saying(chat.state, chat.at + seconds * SECOND, who or Asker()), width).plain
    return " ".join(word for word in words.split() if word[0] not in "▕█░")


def test_what_is_said_changes_with_the_seconds_that_are_told_and_not_between_them() -> None:
    chat = asked()
    for first in (0, 300, 479, 590, 640):
        looks = [saying(chat.state, chat.at + first * SECOND + part, asker()) for part in range(1, 3001, 100)]
        assert len({*looks}) == 3
        assert len({(one.time, one.standing, one.phase) for one in looks}) == 3


def test_before_the_hour_and_in_the_introductions() -> None:
    chat = Chat(a_plan(5))
    for seconds, words in (
        (-3 * 3600, "before the start, in 3 h begins at 7:00 · first question at 7:08"),
        (-750, "12:30 until the start begins at 7:00 · first question at 7:08"),
        (290, "introductions 03:10 left first question at 7:08"),
        (540, "introductions OVER by 1:00 1:00 behind · ends 8:01"),
    ):
        assert line(chat, seconds) == words
    assert "left · f5 next" in line(chat, 290, who=asker())
    assert "f5" not in line(chat, -750, who=asker())


def test_after_the_last_question_the_hour_closes() -> None:
    chat = Chat(a_plan(1), at=Chat().at + 8 * MINUTE)
    chat.do(Ask, question="q1", seen=None)
    end = round(chat.state.questions["q1"].seconds)
    assert line(chat, end + 24) == "closing 01:36 left on time · ends 8:00"
    assert line(chat, end + 180, who=asker()) == "closing OVER by 1:00 · ctrl+p End the chat 1:00 behind · ends 8:01"
    chat.do(Close)
    assert line(chat, 0) == "closed at 7:08"


def test_keys_are_the_configured_ones_and_only_for_who_holds_the_role() -> None:
    chat = asked()
    assert line(chat, 60, who=asker()) == "Q1 of 5 09:00 left · f5 next on time · ends 8:00"
    assert line(chat, 563, who=asker()) == "Q1 of 5 00:37 LAST MINUTE · p heads-up · f5 next on time · ends 8:00"
    offered = asker(posting=True)
    assert line(chat, 563, who=offered) == "Q1 of 5 00:37 LAST MINUTE · f5 next on time · ends 8:00"
    assert line(chat, 645, who=asker()) == "Q1 of 5 OVER by 0:45 · f5 next 0:45 behind · ends 8:00"
    for who in (asker("Ben"), asker("Eve"), Asker()):
        assert "f5" not in line(chat, 645, who=who)
    assert line(chat, 60, who=asker("Ben", to_greet=14)).endswith("14 to greet (tab)")
    assert line(chat, 60, who=asker("Ben", to_greet=14, at_people=True)).endswith("14 to greet (g)")
    assert line(chat, 60, who=asker("Ben", to_greet=0)).endswith("0 to greet")
    assert line(chat, 60, who=asker("Ana", to_greet=14)).endswith("14 to greet")
    both = line(chat, 60, 78, who=asker("Ben", to_greet=14, unfiled=2))
    assert both.endswith("on time · ends 8:00 14 to greet (tab) · 2 unfiled")
    assert line(chat, 563, 60, who=asker(to_greet=14, unfiled=2)).endswith("14 to greet"), "what is urgent goes before"
    chat.do(Hold)
    assert "10:00 HELD · space goes on" in line(chat, 60, who=asker())
    assert "space" not in line(chat, 60, who=asker("Ben"))


def test_time_that_was_added_puts_the_hour_behind() -> None:
    chat = asked()
    chat.do(AddTime, seconds=60)
    assert line(chat, 0) == "Q1 of 5 11:00 left 1:00 behind · ends 8:01"


@pytest.mark.parametrize("width", [58, 78])
@pytest.mark.parametrize("passed", [60, 500, 563, 625])
def test_a_small_screen_always_says_the_time_the_phase_and_whom_to_greet(width: int, passed: int) -> None:
    chat = asked()
    chat.do(TakeRole, role="greeter")
    said = line(chat, passed, width, asker(to_greet=14))
    assert "14 to greet" in said
    assert any(word in said for word in ("left", "LAST MINUTE", "OVER"))
    assert ("f5 next" in said) or passed < 540
    assert ("ends 8:0" in said) or width < 70


@given(
    st.integers(0, 200),
    st.sampled_from(["Q1 of 6", "", "Q" + "x" * 200, HOSTILE, "日本語" * 9]),
    st.sampled_from(["09:00", "", "123:00"]),
    st.lists(st.sampled_from(["n next", "p heads-up", "ctrl+shift+alt+f12 next"]), max_size=3),
    st.none() | st.floats(0, 1),
    st.booleans(),
)
def test_it_is_never_wider_than_its_room(
    width: int, place: str, time: str, hints: list[str], share: float | None, over: bool
) -> None:
    said = Saying("left", place, time, "left", over, share, "0:43 behind", "ends 8:01", tuple(hints[:1]), tuple(hints))
    least = cell_len(said.told)
    assert cell_len(one_line(said, width).plain) <= max(width, least)
    rows = three_lines(said, width).plain.split("\n")
    assert len(rows) == 3
    assert all(cell_len(row) <= max(width, 40) for row in rows)


def test_a_label_from_outside_stays_text() -> None:
    assert "[@click=app.exit]press me[/] [Q1]" in one_line(Saying("left", HOSTILE, "09:00", "left"), 120).plain


@pytest.mark.parametrize("blocks", [True, False], ids=["blocks", "ascii"])
def test_large_digits_differ_and_are_of_one_width(blocks: bool) -> None:
    drawn = [large(digit, blocks=blocks) for digit in "0123456789:"]
    assert len(set(drawn)) == 11
    assert all(len({len(row) for row in rows}) == 1 for rows in drawn)
    assert all(blocks or row.isascii() for rows in drawn for row in rows)


async def test_where_there_are_three_rows_the_digits_are_large() -> None:
    chat = asked()
    bar = CountdownBar()
    async with PaneApp(bar).run_test(size=(80, 5)) as pilot:
        bar.styles.height = 3
        bar.show(chat.state, chat.at + 563 * SECOND, asker(to_greet=3))
        await pilot.pause()
        rows = widget_lines(bar)
    assert rows[0].startswith("▄▄▄ ▄▄▄   ▄▄▄ ▄▄▄  LAST MINUTE  Q1 of 5")
    assert rows[0].endswith("on time · ends 8:00")
    assert rows[1].endswith("3 to greet")
    assert rows[2] == "█▄█ █▄█ ▀ ▄▄█   █  p heads-up · f5 next"
