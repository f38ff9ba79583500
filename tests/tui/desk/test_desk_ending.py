"""Before the end one summary with the way to all that is left, after it what comes next."""

from pathlib import Path

from msgspec.structs import replace
from textual.widgets import OptionList

from sessions.core.plan import Plan
from sessions.core.posts import Filed
from tests.sessions.core.building import Chat, a_plan
from tests.sessions.hub.live import Feed, live_hub, seen
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.networks import ANA, Networks
from tests.tui.posting_desk import AWAKE, a_chat
from tui.desk.actions.hour.ending import ending
from tui.desk.dialogs.post_dialog import PostDialog
from tui.dialogs.choose import ChooseDialog

LINES = {"welcome": "Hello!", "thanks": "Thank you all.", "next_time": "What next?"}


def the_plan() -> Plan:
    return replace(a_plan(), sources=("mastodon:school.example",), script=LINES)


def test_the_summary_counts_what_was_done_and_what_is_left() -> None:
    from sessions.core import commands as c

    chat = Chat(the_plan())
    chat.do(c.Ask, question="q1", seen=None)
    first = chat.post(handle="one", newcomer=True)
    chat.post(handle="two", newcomer=True)
    chat.post(handle="three", filed=Filed("q1", "guess"))
    hidden = chat.post(handle="three", filed=Filed("q1", "guess"))
    chat.do(c.Hide, post=hidden)
    chat.do(c.Greet, "Ben", person="mastodon:@one")
    chat.do(c.Highlight, post=first)
    chat.do(c.Highlight, person="mastodon:@two")
    chat.post(handle="four", newcomer=True)
    chat.do(c.Mute, person="mastodon:@four")
    assert ending(chat.state).words == (
        "4 people, 3 new: 1 greeted, 1 not, 1 muted",
        "3 answers to 1 question · 1 guess undecided · 2 stars",
        "The thanks and the question about next time are not posted yet",
    )
    key = "key-00000001"
    where = {"source": "mastodon:school.example", "account": "ana", "purpose": "script", "text": "Thank you all."}
    chat.do(c.BeginPosting, key=key, subject="thanks", **where)
    chat.do(c.FinishPosting, key=key, post="mastodon:own", url=None)
    assert ending(chat.state).words[-1] == "The question about next time is not posted yet"
    assert ending(Chat(a_plan()).state).words == ("0 people, 0 new", "0 answers to 0 questions")


async def asks(desk: DeskInHand) -> OptionList:
    """What it offers before it ends the chat."""
    desk.screen.run("close")
    await desk.until(lambda: isinstance(desk.app.screen, ChooseDialog))
    return desk.app.screen.query_one(OptionList)


async def test_all_that_is_left_is_shown_from_there_and_enter_alone_ends_nothing(tmp_path: Path) -> None:
    feed, networks = Feed(), Networks()
    async with a_chat(tmp_path, networks, ANA, plan=the_plan(), source=feed) as (live, ana, _feed):
        await seen(live, feed, "A1: rows", "tom")
        await ana.knows(lambda model: len(model.state.posts) == 1)
        await asks(ana)
        await ana.sees("1 person, 1 new: 0 greeted, 1 not")
        await ana.sees("It ends for both moderators, and that cannot be undone.")
        await ana.press("enter")
        await ana.until(lambda: ana.app.screen is ana.screen)
        await asks(ana)
        await ana.press("down", "enter")
        await ana.until(lambda: ana.focused() is ana.screen.panes.roster)
        options = await asks(ana)
        row = next(n for n, line in enumerate(ana.lines()) if "Post the thanks" in line)
        await ana.pilot.click(offset=(options.region.x + 3, row))
        await ana.until(lambda: isinstance(ana.app.screen, PostDialog) and ana.app.screen.awake_at is not None)
        await ana.wait(AWAKE)
        await ana.press("enter")
        await ana.until(lambda: [text for _, text in networks.public] == ["Thank you all. #navasotaisd"])
        await ana.knows(lambda model: ending(model.state).unposted == ("next_time",))
        await asks(ana)
        await ana.sees("The question about next time is not posted yet")
        await ana.press("p")
        assert "Post the question about next time" in ana.lines()[ana_row(ana)]
        assert live.session.durable.closed_at is None


def ana_row(desk: DeskInHand) -> int:
    """The line of the choice under the cursor."""
    options = desk.app.screen.query_one(OptionList)
    assert options.highlighted is not None
    return options.region.y + options.highlighted


async def test_after_the_end_the_recap_opens_and_the_desk_says_what_comes_next(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, library=tmp_path) as ana:
        await asks(ana)
        await ana.press("end", "up", "enter")
        await live.until(lambda session: session.durable.closed_at is not None)
        await ana.sees("Recap of")
        await ana.press("escape")
        await ana.sees("Next: R makes the recap, `lunchroom new --like latest` writes the plan of the next chat.")
        assert sum("q leaves" in line for line in ana.lines()) == 1, "what the line below says is said once"
        await ana.press("escape")
        await ana.until(lambda: not ana.screen.panes.notice.display)
        ana.screen.tick()
        assert not ana.screen.panes.notice.display
