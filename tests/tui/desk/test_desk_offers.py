"""What the desk offers to post by itself, when, and to whom."""

from pathlib import Path

from textual.widgets import OptionList

from tests.tui.desks import desk_on
from tests.tui.networks import ANA, ANA_SKY, Networks
from tests.tui.posting_desk import QUESTION, Clock, a_chat, open_preview


async def test_the_question_is_offered_when_it_opens_and_again_three_minutes_after_it_went_out(tmp_path: Path) -> None:
    networks, clock = Networks(), Clock()
    async with a_chat(tmp_path, networks, ANA, clock=clock) as (_, ana, _feed):
        await ana.sees("Post Q1? Press p, Esc if not.")
        await open_preview(ana, "p", "enter")
        await ana.press("enter")
        await ana.until(lambda: not ana.screen.panes.notice.display)
        clock.pass_by(179)
        ana.screen.tick()
        assert not ana.screen.panes.notice.display
        clock.pass_by(1)
        await ana.sees("Post Q1 again? Press r, Esc if not.")
        await ana.press("h", "down")
        await ana.sees("Post Q1 again?")
        await open_preview(ana, "r")
        await ana.press("enter")
        await ana.until(lambda: not ana.screen.panes.notice.display)
        assert [text for _, text in networks.public] == [QUESTION, "Q1 again: What about station 1? #navasotaisd"]


async def test_the_heads_up_is_offered_45_seconds_before_the_next_question_and_escape_ends_it(tmp_path: Path) -> None:
    networks, clock = Networks(), Clock()
    async with a_chat(tmp_path, networks, ANA, clock=clock) as (_, ana, _feed):
        await ana.sees("Post Q1?")
        await ana.press("escape")
        assert not ana.screen.panes.notice.display
        clock.pass_by(500 - 45)
        await ana.sees("Post the heads-up? Press p, Esc if not.")
        await ana.press("p")
        await ana.until(lambda: ana.app.screen is not ana.screen)
        option = ana.app.screen.query_one(OptionList).highlighted
        assert option is not None
        assert "One more minute." in "\n".join(ana.lines())
        await open_preview(ana, "enter")
        await ana.sees("One more minute. #navasotaisd")
        await ana.press("escape")
        await ana.sees("Post the heads-up?")
        await ana.press("escape")
        ana.screen.tick()
        assert not ana.screen.panes.notice.display


async def test_what_may_be_posted_is_offered_to_who_asks_alone(tmp_path: Path) -> None:
    networks, clock = Networks(), Clock()
    async with (
        a_chat(tmp_path, networks, ANA, clock=clock) as (live, ana, _feed),
        desk_on(live, "Ben", posting_accounts=networks.posting_accounts(ANA_SKY), clock=clock.desk) as ben,
    ):
        await ben.knows(lambda model: model.state.open == "q1")
        clock.pass_by(500 - 45)
        await ana.sees("Post Q1?")
        ben.screen.tick()
        assert ben.screen.publishing.offered() == ()
        assert not ben.screen.panes.notice.display
