"""What both moderators share, finding one's way, leaving, and the recap, without a screen."""

from pathlib import Path

import pytest

from sessions.core.commands import Ask, Close, Highlight, Note, ReleaseRole, TakeRole, Undo
from tests.sessions.core.building import Chat
from tests.tui.desk.desk_stand_in import DeskStandIn
from tui.desk.actions.leaving import LeavingActions
from tui.desk.actions.navigation import NavigationActions
from tui.desk.actions.recap import RecapActions
from tui.desk.actions.together import TogetherActions
from tui.desk.dialogs.log import LogDialog
from tui.desk.farewells import CLOSED, LEFT
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.recap_chat import TextPage
from tui.dialogs.recap_file import RecapWish


async def test_the_latest_own_action_is_taken_back_and_named() -> None:
    chat = Chat()
    post = chat.post()
    chat.do(Highlight, post=post)
    chat.do(Highlight, "Ben", person="mastodon:@mlopez")
    port = DeskStandIn(chat=chat)
    TogetherActions(port).undo_latest()
    assert isinstance(port.command, Undo)
    assert port.said == ["Taking back: you starred Mlopez's post."]


async def test_where_there_is_nothing_to_take_back_the_key_of_the_log_is_named() -> None:
    port = DeskStandIn()
    TogetherActions(port).undo_latest()
    assert port.said == ["There is nothing of yours to take back. <log> shows what the moderators did."]


async def test_the_log_gives_what_is_to_be_taken_back() -> None:
    chat = Chat()
    (asked,) = chat.do(Ask, question="q1", seen=None)
    port = DeskStandIn(chat=chat, answers=[asked.seq, None])
    actions = TogetherActions(port)
    actions.show_log()
    actions.show_log()
    await port.finish()
    assert isinstance(port.command, Undo)
    assert all(isinstance(dialog, LogDialog) for dialog in port.dialogs)
    assert port.said == ["Taking back: you asked Q1. What is already public stays so."]


async def test_roles_are_taken_over_and_handed_over_after_a_moment() -> None:
    port = DeskStandIn(answers=["take_greeter"])
    actions = TogetherActions(port)
    actions.take("driver")
    actions.choose_role()
    await port.finish()
    assert [(words, type(command)) for words, command in port.waiting] == [
        ("Handing over asking", ReleaseRole),
        ("Taking over greeting", TakeRole),
    ]


@pytest.mark.parametrize("refuses", [True, False])
async def test_a_note_that_was_not_sent_is_kept(refuses: bool) -> None:
    port = DeskStandIn(answers=["one more minute"], refuses=refuses)
    port.model.drafts.note = "one more minute"
    TogetherActions(port).write_note()
    await port.finish()
    assert isinstance(port.command, Note)
    assert bool(port.model.drafts.note) is refuses


@pytest.mark.parametrize(("scope", "invitation"), [("observer", "lunchroom://"), ("moderator", "")])
async def test_only_a_moderator_has_the_invite(scope: str, invitation: str) -> None:
    port = DeskStandIn(scope=scope)
    TogetherActions(port, invitation).show_invite()
    elsewhere = "This desk is in another home: press <invite_away> to invite somebody elsewhere."
    assert port.said == [elsewhere if scope == "moderator" else "Only a moderator has the invite."]


async def test_the_panes_are_gone_through() -> None:
    port = DeskStandIn()
    actions = NavigationActions(port, port.opened.append)
    for name in ("find", "newest", "next_pane", "previous_pane"):
        actions.handlers()[name]()
    assert port.panes.gone == ["find", "newest", "next", "previous"]


async def test_leaving_asks_where_something_unsent_would_be_lost_and_sends_what_waits() -> None:
    finished: list[str] = []
    may = [False, True, True]

    async def may_leave() -> bool:
        return may.pop(0)

    async def finish() -> None:
        finished.append("sent")

    port = DeskStandIn(answers=[None])
    actions = LeavingActions(port, may_leave, finish)
    port.model.drafts.note = "half"
    actions.leave()
    await port.finish()
    assert isinstance(port.dialogs[0], ConfirmDialog)
    assert (len(may), port.results) == (3, [])
    port.model.drafts.note = ""
    actions.leave()
    await port.finish()
    assert (finished, port.results) == ([], [])
    actions.leave()
    await port.finish()
    port.chat.do(Close)
    actions.leave()
    await port.finish()
    assert (finished, port.results) == (["sent", "sent"], [LEFT, CLOSED])


async def test_a_recap_is_shown_of_what_this_desk_has_heard(tmp_path: Path) -> None:
    chat = Chat()
    chat.post("A1: stations that rotate")
    port = DeskStandIn(chat=chat, answers=[RecapWish("markdown", tmp_path / "recap.md"), None, None])
    RecapActions(port, tmp_path, chat.state.copy, lambda: "").recap()
    await port.finish()
    assert isinstance(port.dialogs[1], TextPage)
    assert not (tmp_path / "recap.md").exists()
