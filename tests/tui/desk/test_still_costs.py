"""What a desk does while nothing happens but time, on any machine: next to nothing."""

from pathlib import Path

from tests.sessions.hub.hours import StillClock
from tests.sessions.hub.live import Feed, Time, live_hub
from tests.tui.desk.costs import counted, settled
from tests.tui.desk.test_frame_costs import posts
from tests.tui.desks import desk_on

PRESENT = 40


async def test_in_a_second_of_the_clock_one_frame_is_drawn_and_nothing_else_is_done(tmp_path: Path) -> None:
    feed, time, at_desk = Feed(), Time(), Time()
    async with live_hub(tmp_path, sources=[feed], clock=time.clock()) as live:
        feed.put(posts(0, PRESENT))
        await live.until(lambda session: len(session.durable.posts) == PRESENT)
        async with desk_on(live, size=(120, 40), clock=StillClock(at_desk)) as ana:
            await ana.sees(f"number{PRESENT - 1}")
            await ana.press("n", "enter")
            await ana.knows(lambda model: model.state.open == "q1")
            await ana.complete()
            await settled(ana)
            with counted() as times:
                for _ in range(8):
                    at_desk.now += 250
                    ana.screen.tick()
                    await settled(ana)
    assert times["clocks"] == times["frames"] == 2, times
    assert not times.keys() - {"clocks", "frames"}, times
