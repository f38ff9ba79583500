"""The form of a question: several lines, pastes, the mouse, and nothing lost."""

from pathlib import Path

from textual import events
from textual.widgets import Input, TextArea

from tests.sessions.hub.live import live_hub
from tests.tui.desks import DeskInHand, desk_on
from tui.desk.dialogs.question_form import QuestionForm
from tui.dialogs.confirm import ConfirmDialog

LONG = "Think of a particular educational or professional project: at what points did your creativity emerge within it?"


async def opened(desk: DeskInHand, key: str) -> QuestionForm:
    await desk.press(key)
    await desk.until(lambda: isinstance(desk.app.screen, QuestionForm))
    form = desk.app.screen
    assert isinstance(form, QuestionForm)
    return form


async def test_a_question_is_written_and_pasted_on_several_lines_and_keeps_those_of_its_notes(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, size=(80, 24)) as ana:
        await opened(ana, "a")
        ana.app.post_message(events.Paste(LONG.replace(" project", "\r\nproject")))
        await ana.sees("within it?")
        await ana.press("tab", "7", "b", "tab", "4", "comma", "5", "tab")
        await ana.type(*"Slow", "enter", *"photo")
        shown = ana.lines()
        assert any("Ctrl+S saves" in line for line in shown)
        assert any(" Save " in line for line in shown)
        await ana.press("ctrl+s")
        await live.until(lambda session: len(session.durable.order) == 7)
        added = live.session.durable.questions["q7"]
        assert (added.text, added.label, added.minutes, added.notes) == (LONG, "7b", 4.5, "Slow\nphoto")
        await ana.until(lambda: ana.model.drafts.unsent() == [])


async def test_a_new_question_is_kept_whole_by_escape(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, size=(80, 24)) as ana:
        await opened(ana, "a")
        await ana.type(*"Why")
        await ana.press("tab", "9")
        await ana.press("escape")
        await ana.until(lambda: ana.app.screen is ana.screen)
        assert ana.model.drafts.unsent() == ["a question"]
        form = await opened(ana, "a")
        assert form.query_one("#text", TextArea).text == "Why"
        assert form.query_one("#label", Input).value == "9"
        assert live.session.durable.order == ["q1", "q2", "q3", "q4", "q5", "q6"]


async def test_what_was_changed_is_left_by_escape_only_once_that_is_confirmed(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, size=(80, 24)) as ana:
        await opened(ana, "e")
        await ana.press("escape")
        await ana.until(lambda: ana.app.screen is ana.screen)
        form = await opened(ana, "e")
        await ana.type(*"!?")
        await ana.press("escape")
        await ana.sees("What you changed here was not saved.")
        await ana.press("enter")
        await ana.until(lambda: ana.app.screen is form)
        assert form.query_one("#text", TextArea).text == "What about station 1?!?"
        await ana.press("escape")
        await ana.until(lambda: isinstance(ana.app.screen, ConfirmDialog))
        await ana.press("right", "enter")
        await ana.until(lambda: ana.app.screen is ana.screen)
        assert live.session.durable.questions["q1"].text == "What about station 1?"


async def test_it_is_worked_with_the_mouse_and_says_what_is_too_long(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, size=(80, 24)) as ana:
        form = await opened(ana, "e")
        await ana.pilot.click("#notes")
        form.query_one("#notes", TextArea).text = "n" * 5001
        await ana.pilot.click("#save")
        await ana.sees("The notes may have 5,000 characters: 1 character too many.")
        await ana.pilot.click("#notes")
        form.query_one("#notes", TextArea).text = "one\ntwo"
        await ana.until(lambda: not form.query_one("#save").has_class("-active"))
        await ana.pilot.click("#save")
        await live.until(lambda session: session.durable.questions["q1"].notes == "one\ntwo")
