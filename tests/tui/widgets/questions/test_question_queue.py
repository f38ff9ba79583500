"""The queue of questions, as a list and on one line."""

import pytest
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from sessions.core.commands import AddQuestion, Ask, MoveQuestion
from tests.sessions.core.building import Chat, a_plan
from tests.tui.pane_apps import MINUTE, PaneApp, a_chat, resize
from tests.tui.pictures import Picture, picture
from tests.tui.screen_text import widget_lines
from tui.widgets.questions.question_queue import QuestionQueue


async def shown(pilot: Pilot[None], chat: Chat) -> list[str]:
    queue = pilot.app.query_one(QuestionQueue)
    queue.show(chat.state, chat.at)
    await pilot.pause()
    return widget_lines(queue)


async def test_each_question_with_its_state_and_its_answers() -> None:
    async with PaneApp(QuestionQueue()).run_test(size=(36, 10)) as pilot:
        assert await shown(pilot, a_chat()) == [
            " ✓ Q1 What about station 1?     2",
            " ✓ Q2 What about station 2?     2",
            "▌▶ Q3 What about station 3?     3",
            "▌     ✎ notes 3",
            " – Q4 What about station 4?",
            " next, 7:32",
            "   Q5 What about station 5?",
            "   Q6 What about station 6?  7:40",
        ]


async def test_the_cursor_goes_with_the_open_question_until_it_is_moved_by_hand() -> None:
    chat = a_chat()
    async with PaneApp(QuestionQueue()).run_test(size=(36, 10)) as pilot:
        queue = pilot.app.query_one(QuestionQueue)
        await shown(pilot, chat)
        assert queue.cursor == "q3"
        chat.do(Ask, question="q5", seen="q3")
        await shown(pilot, chat)
        assert queue.cursor == "q5"
        await pilot.press("up")
        assert queue.cursor == "q4"
        chat.do(Ask, question="q6", seen="q5")
        assert (await shown(pilot, chat))[3].startswith("▌– Q4")
        chat.do(MoveQuestion, question="q4", after=None)
        chat.do(AddQuestion, text="One more?", after=None)
        lines = await shown(pilot, chat)
        assert queue.cursor == "q4"
        assert lines[2].startswith("   Q7 One more?")
        assert lines[3].startswith("▌– Q4")
        await pilot.press("up", "down")
        await pilot.pause()
        assert widget_lines(queue)[1].startswith("▌– Q4")


async def test_the_row_under_the_cursor_does_not_move_while_others_are_asked_and_wrapped_anew() -> None:
    chat = Chat(a_plan(5))
    for question in chat.state.order[::2]:
        chat.state.questions[question] = replace(chat.state.questions[question], text="word " * 24)
    async with PaneApp(QuestionQueue()).run_test(size=(36, 16)) as pilot:
        queue = pilot.app.query_one(QuestionQueue)
        await shown(pilot, chat)
        await pilot.press(*["down"] * 3)
        row = next(y for y, line in enumerate(await shown(pilot, chat)) if line.startswith("▌  Q4"))
        for asked, before in (("q1", None), ("q2", "q1"), ("q3", "q2"), ("q5", "q3"), ("q1", "q5")):
            chat.at += 9 * MINUTE
            chat.do(Ask, question=asked, seen=before)
            assert (await shown(pilot, chat))[row].startswith("▌  Q4")
        await resize(pilot, 60, 16)
        assert queue.cursor == "q4"
        assert any(line.startswith("▌  Q4") for line in widget_lines(queue))


async def test_a_click_on_any_line_of_a_question_points_at_it_and_the_cursor_goes_by_questions() -> None:
    chat = a_chat()
    chat.do(AddQuestion, text="Which of the stations do your children like best, and why?", after="q4")
    async with PaneApp(QuestionQueue()).run_test(size=(36, 24)) as pilot:
        queue = pilot.app.query_one(QuestionQueue)
        lines = await shown(pilot, chat)
        notes = next(y for y, line in enumerate(lines) if "✎" in line)
        further = next(y for y, line in enumerate(lines) if "like best" in line)
        heading = next(y for y, line in enumerate(lines) if "next, " in line)
        await pilot.click(QuestionQueue, offset=(9, 1 + further))
        assert queue.cursor == "q7"
        assert [line[0] for line in widget_lines(queue)[further - 1 : further + 1]] == ["▌", "▌"]
        await pilot.click(QuestionQueue, offset=(9, 1 + notes))
        assert queue.cursor == "q3"
        await pilot.click(QuestionQueue, offset=(3, 1 + heading))
        assert queue.cursor == "q3"
        await pilot.press("down", "down")
        assert queue.cursor == "q7"
        await pilot.press("end")
        assert queue.cursor == "q6"
        assert widget_lines(queue)[-2:] == ["", " 7:00 ──Q1━Q2━Q3│Q7·Q5·Q6··· 7:59"]


async def test_a_hundred_questions_can_be_reached_and_the_open_one_is_in_sight() -> None:
    chat = Chat(a_plan(100))
    chat.do(Ask, question="q70", seen=None)
    async with PaneApp(QuestionQueue()).run_test(size=(36, 10)) as pilot:
        assert any("▶ Q70" in line for line in await shown(pilot, chat))
        await pilot.press("home")
        await pilot.pause()
        assert widget_lines(pilot.app.query_one(QuestionQueue))[0].startswith("▌  Q1 ")
        await pilot.press("end")
        assert pilot.app.query_one(QuestionQueue).cursor == "q100"


async def test_on_one_line() -> None:
    async with PaneApp(QuestionQueue()).run_test(size=(46, 4)) as pilot:
        pilot.app.query_one(QuestionQueue).compact = True
        assert await shown(pilot, a_chat()) == ["✓1 ✓2 ▶3 What about station 3? –4 5 6"]
        await resize(pilot, 34, 4)
        assert widget_lines(pilot.app.query_one(QuestionQueue)) == ["✓1 ✓2 ▶3 What about sta… –4 5 6"]
        await resize(pilot, 18, 4)
        assert widget_lines(pilot.app.query_one(QuestionQueue)) == ["✓1 ✓2 ▶3 –4 5 6"]
        await resize(pilot, 14, 4)
        assert widget_lines(pilot.app.query_one(QuestionQueue)) == ["… ✓2 ▶3 –4 …"]


async def test_on_one_line_a_hundred_questions_show_those_around_the_cursor() -> None:
    chat = Chat(a_plan(100))
    chat.do(Ask, question="q50", seen=None)
    async with PaneApp(QuestionQueue()).run_test(size=(60, 4)) as pilot:
        pilot.app.query_one(QuestionQueue).compact = True
        (line,) = await shown(pilot, chat)
        assert "▶50 What about station 50?" in line
        assert line.startswith("… ")
        assert line.endswith(" …")
        await pilot.press(*["down"] * 30)
        await pilot.pause()
        assert "80 What about station 80?" in widget_lines(pilot.app.query_one(QuestionQueue))[0]


async def test_a_click_on_the_one_line_points_at_a_question() -> None:
    app = PaneApp(QuestionQueue())
    async with app.run_test(size=(46, 4)) as pilot:
        pilot.app.query_one(QuestionQueue).compact = True
        (line,) = await shown(pilot, a_chat())
        await pilot.click(QuestionQueue, offset=(1 + line.index("5"), 0))
        assert pilot.app.query_one(QuestionQueue).cursor == "q5"


async def test_enter_and_a_double_click_open_a_question() -> None:
    app = PaneApp(QuestionQueue())
    async with app.run_test(size=(36, 10)) as pilot:
        await shown(pilot, a_chat())
        await pilot.press("enter")
        await pilot.click(QuestionQueue, offset=(5, 1), times=2)
    assert app.told(QuestionQueue.Opened, "question") == ["q3", "q1"]


async def test_a_question_stays_text() -> None:
    chat = a_chat()
    chat.do(
        AddQuestion, text="[@click=app.exit]What[/] of \x1b[31m日本語の文章もここで折り返す必要があります", after="q3"
    )
    async with PaneApp(QuestionQueue()).run_test(size=(60, 10)) as pilot:
        assert any("[@click=app.exit]What[/] of " in line for line in await shown(pilot, chat))
        strips = pilot.app.screen._compositor.render_strips(pilot.app.size)
        assert {strip.cell_length for strip in strips} == {60}


@pytest.mark.parametrize(("size", "compact"), [((36, 10), False), ((46, 3), True)])
async def test_snapshot(snapshot: SnapshotAssertion, size: tuple[int, int], compact: bool) -> None:
    async with PaneApp(QuestionQueue()).run_test(size=size) as pilot:
        pilot.app.query_one(QuestionQueue).compact = compact
        await shown(pilot, a_chat())
        assert await picture(pilot) == snapshot(extension_class=Picture)
