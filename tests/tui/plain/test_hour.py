"""A whole practice hour: Ana at a screen greets, Ben in plain lines asks; what he hears, types and makes of it."""

from pathlib import Path

from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Feed, Time, live_hub
from tests.tui.desks import desk_on
from tests.tui.plain_desks import plain_on
from tests.waiting import until
from tui.desk.farewells import CLOSED

QUESTIONS = 3
MINUTE = 60_000
TEACHERS = {
    "mlopez": "Merle \x1b[2JTansyfield",
    "tom": "Tom \u202eK",
    "ilse": "Ilse [@click=app.quit]x[/]",
    "ravi": "Ravi",
}


async def test_a_whole_hour_with_one_moderator_at_a_screen_and_one_in_plain_lines(tmp_path: Path) -> None:
    feed, time = Feed(), Time()
    plan = a_plan(QUESTIONS, minutes=30.0, introductions=2.0)
    async with (
        live_hub(
            tmp_path, plan=plan, sources=[feed], clock=time.clock(), newcomer=lambda one: one.handle == "tom"
        ) as live,
        desk_on(live) as ana,
        plain_on(live, library=tmp_path) as ben,
    ):
        await ben.does("take asking", "Taking over asking")
        await ben.does("send", "You took over asking")
        await ana.sees("Ben asks")
        for handle in TEACHERS:
            feed.post(f"Hello, I am {handle}, first time here", handle)
            await ben.hears("Hello, I am")
        for number in range(1, QUESTIONS + 1):
            await ben.does("next", f"Asking Q{number}")
            await ben.does("send", f"Q{number}: What about station {number}?")
            await ana.knows(lambda model, q=f"q{number}": model.state.open == q)  # type: ignore[misc]
            for handle in TEACHERS:
                feed.post(f"A{number} station {number} by {handle}\x1b]0;x\x07", handle)
            feed.post(f"perhaps station {number}", "mlopez")
            await ana.knows(lambda model, n=number: len(model.state.posts) == 4 + 5 * n)  # type: ignore[misc]
            await until(lambda n=number: len(ben.desk.model.state.posts) == 4 + 5 * n)  # type: ignore[misc]
            ben.pace.advance(15)  # what was not read is summed up
            await ben.hears("more post")
            await ben.does(f"answers {number}", f"station {number} by tom")
            time.now += 16 * MINUTE
            await ben.hears(f"1 minute left for Q{number}. 1 to greet. Type: ")
        # Ana at the screen greets and writes; Ben hears it
        await ana.press("tab", "home", "g")
        await ben.hears("Ana greeted")
        await ana.press("m")
        await ana.pilot.press(*"done")
        await ana.press("enter")
        await ben.hears("Ana wrote: done")
        await ben.does("to greet", "Nobody to greet.")
        await ben.does("file 5 6 2", "You filed")
        await ben.does("undo", "You took back")
        await ben.does("end", "End it")
        await ben.hears("End it")
        await ben.does(ben.read[-1].partition(".")[0], "The chat is closed and saved")
        await ben.does(f"recap markdown {tmp_path / 'recap.md'}", "The recap is in")
        ben.type(None)
        assert await ben.running == CLOSED
    assert "station 3 by tom" in (tmp_path / "recap.md").read_text(encoding="utf-8")
    assert not [line for line in ben.read if not line.isprintable()], "no line steers a terminal or turns text round"
