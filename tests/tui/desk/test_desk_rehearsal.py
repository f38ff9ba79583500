"""A rehearsal is the whole hour: offers, previews, and an end that counts them; nothing goes out."""

from pathlib import Path

from msgspec.structs import replace

from sessions.core.events import PostingBegun, PostingDone
from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Feed
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.networks import ANA, ANA_SKY, Networks
from tests.tui.posting_desk import AWAKE, QUESTION, Clock, a_chat
from tui.desk.actions.hour.ending import ending
from tui.desk.dialogs.rehearsed_post import RehearsedPostDialog

LINES = {"welcome": "Welcome!", "heads_up": "One more minute.", "thanks": "Thank you all.", "next_time": "What next?"}


async def rehearse(desk: DeskInHand, *keys: str, sees: str) -> None:
    """Press the keys, look at the words as they would go out, and go on."""
    await desk.press(*keys)
    await desk.until(lambda: isinstance(desk.app.screen, RehearsedPostDialog) and desk.app.screen.awake_at is not None)
    await desk.sees("rehearsal: nothing is sent")
    await desk.sees(sees)
    await desk.wait(AWAKE)
    await desk.press("enter")
    await desk.sees("rehearsed, nothing was sent.")


async def test_the_whole_hour_is_rehearsed_and_nothing_goes_out(tmp_path: Path) -> None:
    networks, clock, feed = Networks(), Clock(0), Feed(rehearsal=True)
    plan = replace(a_plan(questions=1), sources=("mastodon:school.example", "bluesky"), script=LINES)
    accounts = (ANA, ANA_SKY)
    async with (
        a_chat(tmp_path, networks, *accounts, clock=clock, plan=plan, source=feed, asked=False) as (live, ana, _feed),
        desk_on(live, "Ben", clock=clock.desk) as ben,
    ):
        await ana.sees("Post the welcome? Press p, Esc if not. (rehearsal: nothing is sent)")
        await ana.press("p")
        await ana.sees("Post what?  (rehearsal: nothing is sent)")
        await rehearse(ana, "enter", sees="Welcome! #navasotaisd")
        await ben.sees("Ana rehearsed posting the welcome")
        await ana.press("n", "enter")
        await ana.sees("Post Q1? Press p")
        await rehearse(ana, "r", sees=QUESTION)
        clock.pass_by(180)
        await ana.sees("Post Q1 again? Press r, Esc if not. (rehearsal: nothing is sent)")
        await rehearse(ana, "r", sees="Q1 again: What about station 1?")
        clock.pass_by(50 * 60)
        await ana.sees("Post the thanks? Press p")
        assert ending(ana.model.state).unposted == ("thanks", "next_time")
        await ana.press("p")
        await ana.sees("Post what?")
        await rehearse(ana, "enter", sees="Thank you all.")
        await ana.knows(lambda model: ending(model.state).unposted == ("next_time",))
        noted = [posting.begun.text for posting in live.session.durable.postings.values()]
        assert noted[1:3] == [QUESTION, "Q1 again: What about station 1? #navasotaisd"]
        assert len(noted) == 4
        events = [event for event in live.file.read_events() if isinstance(event, PostingBegun | PostingDone)]
        assert {event.source for event in events if isinstance(event, PostingBegun)} == {"practice"}
        assert (networks.public, networks.asked) == ([], [])
