"""Asking, skipping, adding: what is sent, at once or after a moment, and what is said instead."""

from sessions.core.commands import (
    AddQuestion,
    AddTime,
    Ask,
    EditQuestion,
    Hold,
    MoveQuestion,
    RestoreQuestion,
    Resume,
    SkipQuestion,
)
from tests.sessions.core.building import Chat, a_plan
from tests.tui.desk.desk_stand_in import DeskStandIn
from tui.desk.actions.questions import QuestionActions
from tui.desk.aim import Aim
from tui.desk.dialogs.question_form import QuestionDraft
from tui.desk.model.desk import OfferedQuestion
from tui.widgets.answers.pane_filter import PaneFilter


def asked(*questions: str, count: int = 3) -> Chat:
    """A chat in which these questions were asked, in this order."""
    chat = Chat(a_plan(questions=count))
    for place, question in enumerate(questions):
        chat.do(Ask, question=question, seen=questions[place - 1] if place else None)
    return chat


async def test_the_next_question_is_asked_after_a_moment() -> None:
    port = DeskStandIn()
    QuestionActions(port).ask_next()
    ((words, command),) = port.waiting
    assert words == "Asking Q1"
    assert isinstance(command, Ask)
    assert (command.question, command.seen) == ("q1", None)


async def test_nobody_but_the_driver_asks() -> None:
    port = DeskStandIn(me="Ben")
    QuestionActions(port).ask_next()
    assert (port.waiting, port.sent_commands) == ([], [])


async def test_where_none_is_left_the_keys_that_help_are_named() -> None:
    port = DeskStandIn(chat=asked("q1", count=1))
    QuestionActions(port).ask_next()
    assert port.said == ["No question is waiting. <add_question> adds one; to end: <command_palette>, End the chat."]


async def test_the_question_before_is_asked_again() -> None:
    port = DeskStandIn(chat=asked("q1", "q2"))
    QuestionActions(port).ask_previous()
    ((words, command),) = port.waiting
    assert (words, command.question) == ("Asking again Q1", "q1")  # type: ignore[union-attr]


async def test_an_offered_question_is_taken_only_while_it_is_on_the_screen() -> None:
    port = DeskStandIn()
    actions = QuestionActions(port)
    port.model.offer = OfferedQuestion("q1", "Ana")
    actions.accept()
    assert port.said == ["No question is offered."]
    port.panes.notice.show_offer("Ana posted Q1.")
    actions.accept()
    assert isinstance(port.command, Ask)


async def test_the_countdown_is_held_and_goes_on_and_takes_time() -> None:
    port = DeskStandIn(chat=asked("q1"))
    actions = QuestionActions(port)
    actions.hold()
    port.chat.do(Hold)
    actions.hold()
    actions.add_time(-60)
    assert [type(command) for command in port.sent_commands] == [Hold, Resume, AddTime]


async def test_the_question_under_the_cursor_is_skipped_and_brought_back() -> None:
    port = DeskStandIn(aim=Aim(question="q2"))
    actions = QuestionActions(port)
    actions.skip()
    port.chat.do(SkipQuestion, question="q2")
    actions.skip()
    assert [type(command) for _, command in port.waiting] == [SkipQuestion, RestoreQuestion]
    assert [words for words, _ in port.waiting] == ["Skipping Q2", "Bringing back Q2"]


async def test_a_new_question_is_sent_and_its_draft_kept_where_that_failed() -> None:
    for refuses in (True, False):
        port = DeskStandIn(answers=[QuestionDraft("", "What next?", None, "")], refuses=refuses)
        port.model.drafts.question = "What next?"
        QuestionActions(port).add_question()
        await port.finish()
        assert isinstance(port.command, AddQuestion)
        assert port.model.drafts.question == ("What next?" if refuses else "")


async def test_the_question_under_the_cursor_is_edited_with_what_was_left_empty_kept() -> None:
    port = DeskStandIn(aim=Aim(question="q2"), answers=[QuestionDraft("", "Better?", None, "")])
    QuestionActions(port).edit_question()
    await port.finish()
    command = port.command
    assert isinstance(command, EditQuestion)
    assert (command.question, command.text, command.label) == ("q2", "Better?", "2")


async def test_the_card_of_a_question_shows_its_answers_or_moves_it() -> None:
    port = DeskStandIn(answers=["show", "after", None])
    actions = QuestionActions(port)
    for _ in range(3):
        actions.open_card("q1")
        await port.work[-1].wait()
    assert port.panes.filters == [PaneFilter("question", "q1")]
    command = port.command
    assert isinstance(command, MoveQuestion)
    assert (command.question, command.after) == ("q1", "q2")
