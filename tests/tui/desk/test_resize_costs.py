"""What a window of another size costs a desk, on any machine: one layout, and each pane set in lines once."""

from pathlib import Path

from sessions.hub.client.client import DeskClock
from tests.sessions.hub.live import Feed, Time, live_hub
from tests.tui.desk.costs import counted, settled
from tests.tui.desk.test_frame_costs import posts
from tests.tui.desks import desk_on

PRESENT = 40
PANES = 3


async def test_a_window_of_another_size_is_laid_out_once_and_each_pane_set_once(tmp_path: Path) -> None:
    feed, time = Feed(), Time()
    async with live_hub(tmp_path, sources=[feed], clock=time.clock()) as live:
        feed.put(posts(0, PRESENT))
        await live.until(lambda session: len(session.durable.posts) == PRESENT)
        async with desk_on(live, size=(120, 40), clock=DeskClock(lambda: 0.0)) as ana:
            await ana.sees(f"number{PRESENT - 1}")
            await ana.complete()
            for columns, laid_out in ((110, PANES), (130, PANES), (90, PANES), (120, PANES + 1)):
                with counted() as times:
                    await ana.pilot.resize_terminal(columns, 40)
                    await ana.until(lambda width=columns: ana.screen.size.width == width)
                    await ana.until(lambda times=times: times["layouts"] and times["frames"])
                    await settled(ana)
                assert times["layouts"] == 1, (columns, times)
                assert times["laid out"] <= laid_out, (columns, times)
                assert times["clocks"] <= 2, (columns, times)
                if columns in (110, 130):  # the others change what the desk looks like
                    assert not times["styled"], (columns, times)
