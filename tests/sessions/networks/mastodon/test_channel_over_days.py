"""A channel on a real server (mastodon-mock) on whose clock hours and days pass while nobody reads."""

import time
from pathlib import Path

import pytest

from sessions.core.evolve import fold
from sessions.hub.process.catching_up import CatchingUp
from sessions.hub.process.opened import Reading
from sessions.library.channel.months import channel_months
from sessions.library.library import Library
from sessions.library.storage.reading import read_events
from sessions.networks.account import InMemorySignIns
from tests.sessions.core.building import a_plan
from tests.sessions.hub.test_channel import at
from tests.sessions.networks.mastodon.mock_server import MockServer, mock_server, token
from tests.waiting import PATIENCE


class OneClock:
    """What the server and the channel go by."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.go_to(at(2026, 10, 30, 8))

    def go_to(self, moment: int) -> None:
        """It is this moment (UTC milliseconds), and goes on from there."""
        self.ahead = moment / 1000 - time.time()
        self._file.write_text(f"{self.ahead:.3f}", encoding="ascii")

    def now(self) -> int:
        """The time by it."""
        return round((time.time() + self.ahead) * 1000)


def post(server: MockServer, text: str) -> None:
    body = {"status": f"{text} #devchat", "visibility": "public"}
    headers = {"Authorization": f"Bearer {token('poster')}"}
    server.http.post("/api/v1/statuses", json=body, headers=headers, timeout=PATIENCE).raise_for_status()


async def test_hours_days_a_months_end_and_both_changes_of_the_clocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUNCHROOM_RUNTIME", str(tmp_path / "running"))
    clock, library = OneClock(tmp_path / "clock"), Library(tmp_path / "library")
    (tmp_path / "server").mkdir()
    with mock_server(tmp_path / "server", ["poster"], relayed=False, clock=tmp_path / "clock") as server:
        plan = a_plan(sources=(f"mastodon:{server.host}",), hashtags=("devchat",))
        reading = Reading(clock.now)

        async def catch_up(moment: int, *posted: int) -> list[tuple[str, int, bool]]:
            """What is read at this moment of what was posted at those."""
            for one in posted:
                clock.go_to(one)
                post(server, f"at {one}")
            clock.go_to(moment)
            found = await CatchingUp(library, plan, InMemorySignIns(), reading=reading, hold_for=0).all_months()
            assert all(one.current for one in found), found
            return [(one.month, one.posts, one.closed) for one in found]

        assert await catch_up(at(2026, 10, 30, 8, 5), at(2026, 10, 30, 8)) == [("2026-10", 1, False)]
        hours = at(2026, 10, 30, 10), at(2026, 10, 30, 13)
        assert await catch_up(at(2026, 10, 30, 14), *hours) == [("2026-10", 2, False)]
        over_the_end = (
            at(2026, 10, 31, 23, 59),
            at(2026, 11, 1, 0, 1),
            at(2026, 11, 1, 1, 30),
            at(2026, 11, 1, 1, 30, fold=1),
            at(2026, 11, 4, 7),
        )
        found = await catch_up(at(2026, 11, 5, 9), *over_the_end)
        assert found == [("2026-10", 1, True), ("2026-11", 4, False)]
        spring = at(2027, 3, 14, 1, 59), at(2027, 3, 14, 3, 1), at(2027, 3, 31, 23, 59), at(2027, 4, 1, 0, 1)
        found = await catch_up(at(2027, 4, 1, 9), *spring)
        assert [one for one in found if one[1]] == [("2027-03", 3, True), ("2027-04", 1, False)]
        assert await catch_up(at(2027, 4, 1, 10)) == [("2027-04", 0, False)]
    months = channel_months(library, plan.series, rehearsal=False)
    states = [fold(read_events(one.path)) for one in months]
    texts = [seen.post.text for state in states for seen in state.posts.values()]
    wanted = at(2026, 10, 30, 8), *hours, *over_the_end, *spring
    assert texts == [f"at {one} #devchat" for one in wanted], "each once, in order"
