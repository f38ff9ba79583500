"""What is done with the post under the cursor, without a screen."""

import pytest
from msgspec.structs import replace

from sessions.core.commands import AddPost, Ask, File, Hide, Highlight, Redact, Several, Show, Undo, Unhighlight
from sessions.core.posts import Filed
from tests.sessions.core.building import Chat, a_plan
from tests.tui.desk.desk_stand_in import DeskStandIn
from tui.desk.actions.post_texts import PostTextActions
from tui.desk.actions.posts import PostActions
from tui.desk.aim import Aim
from tui.desk.dialogs.add_answers import AddAnswersDialog
from tui.desk.model.answers import Answer
from tui.dialogs.confirm import ConfirmDialog
from tui.text.browser import DRIVER


def a_desk(**fields: object) -> tuple[DeskStandIn, PostActions, list[str]]:
    """A desk with the cursor on the one post of its chat, and what was starred of people."""
    chat = Chat(a_plan(questions=12))
    chat.do(Ask, question="q1", seen=None)
    post = chat.post("A1: stations", url="https://school.example/1")
    stars: list[str] = []
    port = DeskStandIn(chat=chat, aim=Aim(post=post, person="mastodon:@mlopez"), **fields)  # type: ignore[arg-type]
    return port, PostActions(port, lambda: stars.append("person")), stars


async def test_where_no_post_is_under_the_cursor_each_action_says_so() -> None:
    port, actions, _ = a_desk()
    port.aim = Aim()
    doing = [actions.star, actions.hide, actions.blank, actions.unfile, actions.choose_question, actions.accept_guess]
    for act in [*doing, lambda: actions.file_under_digit("1"), PostTextActions(port).copy]:
        act()
    assert port.said == ["No post is under the cursor. Go to one with up and down."] * 8
    assert (port.sent_commands, port.work) == ([], [])


async def test_a_star_is_given_and_taken_away_and_goes_to_the_person_among_people() -> None:
    port, actions, stars = a_desk()
    actions.star()
    port.chat.do(Highlight, post=port.aim.post)
    actions.star()
    assert [type(command) for command in port.sent_commands] == [Highlight, Unhighlight]
    port.aim = Aim(post=port.aim.post, person="mastodon:@mlopez", people=True)
    actions.star()
    assert (len(port.sent_commands), stars) == (2, ["person"])


async def test_a_post_is_folded_and_shown_again() -> None:
    port, actions, _ = a_desk()
    actions.hide()
    port.chat.do(Hide, post=port.aim.post)
    actions.hide()
    assert [type(command) for command in port.sent_commands] == [Hide, Show]


@pytest.mark.parametrize("sure", [True, False, None])
async def test_a_post_is_blanked_out_only_for_who_is_sure(sure: bool | None) -> None:
    port, actions, _ = a_desk(answers=[sure])
    actions.blank()
    await port.finish()
    assert [type(command) for command in port.sent_commands] == ([Redact] if sure else [])


async def test_who_blanks_a_post_is_told_the_rule_that_the_plan_names_for_records() -> None:
    port, actions, _ = a_desk(answers=[False])
    plan = port.model.state.plan
    assert plan is not None
    port.model.state.plan = replace(plan, records="Gov. Code 552")
    actions.blank()
    await port.finish()
    (dialog,) = port.dialogs
    assert isinstance(dialog, ConfirmDialog)
    assert "names a rule for its records: Gov. Code 552." in dialog.words.plain


async def test_a_digit_files_under_its_question_and_asks_where_several_begin_so() -> None:
    port, actions, _ = a_desk(answers=["q11"])
    actions.file_under_digit("2")
    actions.file_under_digit("0")
    actions.file_under_digit("1")
    await port.finish()
    assert all(isinstance(command, File) for command in port.sent_commands)
    assert [command.question for command in port.sent_commands] == ["q2", "q11"]  # type: ignore[union-attr]
    assert port.said == ["There is no Q0 in this chat."]


async def test_a_guess_is_accepted_where_there_is_one() -> None:
    port, actions, _ = a_desk()
    actions.accept_guess()
    assert port.said == ["Nothing is guessed about this post: a digit says which question it answers."]
    guessed = port.chat.post("stations as well", filed=Filed("q1", "guess"))
    port.aim = Aim(post=guessed)
    actions.accept_guess()
    assert [(type(one), one.post, one.question) for one in port.sent_commands] == [(File, guessed, "q1")]  # type: ignore[union-attr]


async def test_a_guess_says_why_it_was_made() -> None:
    port, actions, _ = a_desk()
    actions.tell_why()
    old = port.chat.post("stations as well", filed=Filed("q1", "guess"))
    why = Filed("q1", "guess", confidence=0.62, because="words")
    port.chat.post("A1: stations with timers", handle="tk")
    guessed = port.chat.post("more timers at our stations", handle="jimr", filed=why)
    for post in (old, guessed):
        port.aim = Aim(post=post)
        actions.tell_why()
    assert port.said == [
        "Nothing is guessed about this post.",
        "This guess was kept without its reason.",
        "Maybe Q1, 62% sure: it speaks of stations, timers, as answers to Q1 do.",
    ]


async def test_answers_that_were_not_all_added_are_kept_under_the_key_that_opens_them() -> None:
    answers = (Answer("c1", "Maria", "A1 by colour"), Answer("c2", "Tom", "A1 a timer"))
    port, actions, _ = a_desk(answers=[answers], refuses=True)
    port.model.drafts.answers = "Maria: A1 by colour"
    actions.add_answers()
    await port.finish()
    assert port.warned == ["0 of 2 added; what is left is kept under <add_answers>."]
    assert port.model.drafts.answers
    port.refuses, port.answers = False, [answers]
    actions.add_answers()
    await port.finish()
    assert [type(command) for command in port.sent_commands] == [AddPost] * 3
    assert port.model.drafts.answers == ""
    assert all(isinstance(dialog, AddAnswersDialog) for dialog in port.dialogs)


async def test_the_text_is_copied_and_the_address_opened_if_that_is_wanted() -> None:
    port, _, _ = a_desk(answers=[False, True])
    browsed: list[str] = []
    actions = PostTextActions(port, browsed.append)
    actions.copy()
    actions.show_address()
    await port.work[-1].wait()
    assert browsed == []
    actions.show_address()
    await port.finish()
    assert (port.copied, port.said) == (["A1: stations"], ["Copied the post."])
    assert browsed == ["https://school.example/1"]


async def test_at_a_desk_in_a_browser_no_other_browser_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_DRIVER", DRIVER)
    port, _, _ = a_desk(answers=[True])
    browsed: list[str] = []
    PostTextActions(port, browsed.append).show_address()
    await port.finish()
    assert browsed == []
    assert len(port.dialogs) == 1


async def test_all_guesses_among_the_marked_are_right_at_once_and_one_undo_takes_all_back() -> None:
    port, actions, _ = a_desk()
    chat = port.chat
    guessed = [chat.post(f"about {question}", filed=Filed(question, "guess")) for question in ("q1", "q2", "q2")]
    labelled = chat.post("A1: by its label")
    port.aim = Aim(post=guessed[0], person="mastodon:@mlopez", marked=(*guessed, labelled))
    actions.accept_guess()
    (command,) = port.sent_commands
    assert isinstance(command, Several)
    assert [(act.post, act.question) for act in command.acts if isinstance(act, File)] == [
        (guessed[0], "q1"), (guessed[1], "q2"), (guessed[2], "q2"),
    ]  # fmt: skip
    *_, last = chat.do(Several, acts=command.acts)
    assert [chat.state.filed(post) for post in guessed] == [Filed(q, "moderator") for q in ("q1", "q2", "q2")]
    chat.do(Undo, seq=last.seq)
    assert [chat.state.filed(post) for post in guessed] == [Filed(q, "guess") for q in ("q1", "q2", "q2")]
    assert chat.state.filed(labelled) == Filed("q1", "label")


async def test_more_posts_than_one_command_takes_are_told_and_none_is_touched() -> None:
    port, actions, _ = a_desk()
    marked = tuple(port.chat.post(f"number {number}") for number in range(101))
    port.aim = Aim(post=marked[0], person="mastodon:@mlopez", marked=marked)
    actions.star()
    assert port.warned == ["Nothing was done: at most 100 at once, and these are 101."]
    assert port.sent_commands == []
