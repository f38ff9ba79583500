"""Several chats run under one account: `join` says how to choose one, and who has whose name there."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from tests.e2e.terminal import Terminal, home


def test_join_takes_the_id_of_one_of_several_chats(tmp_path: Path) -> None:
    env = home(tmp_path, os.environ)
    with ExitStack() as hubs:
        ids = []
        for title in ("Stations", "Maps"):
            plan = tmp_path / f"{title}.toml"
            plan.write_text(f'title = "{title}"\nstarts = 2026-12-01T20:00:00\ntimezone = "UTC"\n', encoding="utf-8")
            argv = [sys.executable, "-m", "tui", "serve", str(plan), "--json"]
            hub = hubs.enter_context(subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, text=True))
            hubs.callback(hub.terminate)
            assert hub.stdout is not None
            ids.append(json.loads(hub.stdout.readline())["session"])

        unsure = Terminal(["join"], env)
        unsure.wait_for("`lunchroom join ID` sits down at one.")
        assert unsure.wait_for_end() == 2
        assert all(session in unsure.text for session in ids)

        desk = Terminal(["join", ids[1], "--name", "Ben"], env)
        desk.wait_for("Ben")
        desk.wait_for("Maps")

        namesake = Terminal(["join", ids[1]], {**env, "LOGNAME": "ben"})
        namesake.wait_for("Ben sits at a desk of this chat. Your own name, or Enter to be Ben too")
        namesake.press("Cleo\r")
        namesake.wait_for("Cleo (you)")
        desk.wait_for("Cleo")
        for terminal in (namesake, desk):
            terminal.press("q")
            terminal.wait_for_end()
