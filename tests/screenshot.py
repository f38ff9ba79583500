"""`python -m tests.screenshot`: the picture in the README, of the real desk on a real hub with the built-in cast.

The hub runs as a process of its own; the cast's hosts ask the questions, a moderator stars a post and greets somebody.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from sessions.core.commands import Greet, TakeRole
from sessions.hub.client.client import HubClient, Invite
from sessions.hub.process.serve import Ready
from tests.paths import ROOT
from tests.tui.desks import desk_app
from tui.cli.demo_plan import demo_plan_text
from tui.desk.screen import DeskScreen

PICTURE = ROOT / "docs" / "desk.svg"
SIZE = (132, 36)
SPEED = 100


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.toml"
        plan.write_text(demo_plan_text().replace("lunchroomdemo", "stationschat"), encoding="utf-8")
        os.environ |= {"LUNCHROOM_LIBRARY": folder, "LUNCHROOM_RUNTIME": folder}
        command = [sys.executable, "-m", "tui", "serve", str(plan), "--json", "--follow", "--speed", str(SPEED)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as hub:
            assert hub.stdout is not None
            ready = msgspec.json.decode(hub.stdout.readline(), type=Ready)
            asyncio.run(take(Invite(url=ready.url, token=ready.token)))
            hub.terminate()


async def take(invite: Invite) -> None:
    """Wait for the third question at a desk, work there as two moderators do, and export the screen."""
    ana, ben = HubClient(invite), HubClient(invite)
    joined = await ana.join("Ana")
    await ben.join("Ben")
    app = desk_app(ana, joined)
    async with app.run_test(size=SIZE) as pilot:
        desk = next(screen for screen in app.screen_stack if isinstance(screen, DeskScreen))
        while desk.model.state.open != "q3" or desk.model.state.tally.get("q3", 0) < 2:
            await pilot.pause(0.05)
        person = desk.model.state.to_greet()[0].author.id
        await ben.command(TakeRole(id="take", role="greeter"))
        await ben.command(Greet(id="greet", person=person))
        await pilot.press("h")
        state = desk.model.state
        while state.people[person].greeted is None or not any(layer.starred for layer in state.layers.values()):
            await pilot.pause()
            state = desk.model.state
        await pilot.pause()
        PICTURE.write_text(app.export_screenshot(title="Lunchroom"), encoding="utf-8")
    await ana.aclose()
    await ben.aclose()


if __name__ == "__main__":
    main()
