"""A line says what came while nobody looked; it moves nothing that somebody reads, and goes with the newest post."""

from hypothesis import given
from hypothesis import strategies as st

from tests.sessions.core.building import START
from tests.tui.widgets.answer_pane_desk import a_long_chat, at_desk
from tui.widgets.answers.last_read import AWAY, LastRead

steps = st.lists(st.tuples(st.sampled_from(("away", "back")), st.sampled_from("abc"), st.floats(0, 10)), max_size=20)


@given(steps)
def test_a_line_is_drawn_only_after_a_long_time_away_for_whatever_reasons(
    moves: list[tuple[str, str, float]],
) -> None:
    read, now, left, reasons = LastRead(), 0.0, 0.0, set[str]()
    for place, (what, why, gap) in enumerate(moves):
        now += gap
        if what == "away":
            left = left if reasons else now
            reasons.add(why)
            read.looks_away(why, now, place, place)
        else:
            back = reasons == {why} and now - left >= AWAY
            reasons.discard(why)
            assert read.looks_again(why, now, place + 1) == back


def test_nothing_new_draws_no_line_and_leaves_the_one_before() -> None:
    read = LastRead()
    read.looks_away("dialog", 0, 7, START)
    assert read.looks_again("dialog", 9, 12)
    read.looks_away("dialog", 10, 12, START + 1)
    assert not read.looks_again("dialog", 20, 12)
    assert read.line == (7, START)
    assert (read.forget(), read.forget()) == (True, False)


async def test_the_row_under_the_cursor_stays_and_the_line_stands_before_the_first_new_post() -> None:
    chat = a_long_chat()
    async with at_desk(chat) as desk:
        await desk.press("up", "up")
        row, cursor = desk.cursor_line(), desk.pane.cursor
        desk.pane.look_away("dialog", 0.0, START)
        await desk.posts(3)
        desk.pane.look_again("dialog", 6.0)
        await desk.pilot.pause()
        assert (desk.cursor_line(), desk.pane.cursor) == (row, cursor)
        await desk.press("down", "down", "down", "down")
        lines = desk.lines
        place = next(number for number, line in enumerate(lines) if "── new since 7:00 ──" in line)
        assert "A1 more 0" in lines[place + 2]
        await desk.press("end")
        assert not any("new since" in line for line in desk.lines)


async def test_a_pane_that_follows_stays_at_the_newest_post_with_the_line_above_the_first_new_one() -> None:
    chat = a_long_chat()
    async with at_desk(chat) as desk:
        desk.pane.look_away("window", 0.0, START)
        await desk.posts(2)
        before = desk.cursor_line()
        desk.pane.look_again("window", 6.0)
        await desk.pilot.pause()
        assert desk.cursor_line() == before
        place = next(number for number, line in enumerate(desk.lines) if "new since" in line)
        assert "A1 more 0" in desk.lines[place + 2]
        await desk.press("down")
        assert not any("new since" in line for line in desk.lines)


async def test_in_a_chat_shorter_than_the_pane_the_row_under_the_cursor_stays_too() -> None:
    async with at_desk(a_long_chat(2), (60, 30)) as desk:
        desk.pane.look_away("window", 0.0, START)
        await desk.posts(2)
        row, cursor = desk.cursor_line(), desk.pane.cursor
        desk.pane.look_again("window", 6.0)
        await desk.pilot.pause()
        assert any("new since" in line for line in desk.lines)
        assert (desk.cursor_line(), desk.pane.cursor, desk.pane.following) == (row, cursor, True)
        await desk.posts(1)
        assert desk.lines[0].strip()
        assert desk.pane.cursor != cursor
