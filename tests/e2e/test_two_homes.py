"""Two homes on one machine: two accounts with files of their own, real terminals, a real hub, no relay."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from tests.e2e.terminal import Terminal, home, knows_desks
from tests.sessions.hub.elsewhere import needs_iroh

pytestmark = needs_iroh

PLAN = """title = "Stations"
starts = 2026-12-01T20:00:00
timezone = "UTC"

[[questions]]
text = "What is your first station?"
"""


def a_home(folder: Path) -> dict[str, str]:
    """An account with files of its own and no relay."""
    env = dict(home(folder, os.environ))
    for variable, place in (("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state")):
        env[variable] = str(folder / place)
        (folder / place).mkdir(parents=True, exist_ok=True)
    config = folder / "config" / "lunchroom"
    knows_desks(config)
    (config / "config.toml").write_text('[away]\nrelay = "none"\n', encoding="utf-8")
    return env


@contextmanager
def hub(folder: Path, env: dict[str, str]) -> Iterator[dict[str, dict[str, str]]]:
    """`lunchroom serve --away`, and its line."""
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")
    argv = [sys.executable, "-m", "tui", "serve", str(folder / "plan.toml"), "--source", "practice", "--json", "--away"]
    with subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            yield json.loads(running.stdout.readline())
        finally:
            running.terminate()
            assert running.wait() == 0


def test_two_moderators_in_two_homes_run_a_short_chat(tmp_path: Path) -> None:
    ana_home, ben_home = a_home(tmp_path / "ana"), a_home(tmp_path / "ben")
    with hub(tmp_path, ana_home) as ready:
        ana = Terminal(["join", "--name", "Ana"], ana_home)
        ana.wait_for("Ana asks and greets")
        ben = Terminal(["join", "-", "--name", "Ben"], ben_home)
        ben.wait_for("Paste the host's invite")
        ben.press(ready["invites"]["moderator"] + "\r")  # type: ignore[operator] # a line, of an object of lines
        ben.wait_for("Ana asks")
        ana.wait_for("Ben")

        ben.press("t")
        for desk in (ben, ana):
            desk.wait_for("Ben greets")
        ana.press("n")
        ana.wait_for("Asking Q1")
        ana.press("\r")
        for desk in (ana, ben):
            desk.wait_for("Q1 of 1")
        ben.press("m")
        ben.wait_for("A note to Ana")
        ben.press("Hello from my kitchen")
        ben.wait_for("Hello from my kitchen")
        ben.press("\r")
        ana.wait_for("Hello from my kitchen")

        eve = Terminal(["join", "-", "--name", "Eve"], a_home(tmp_path / "eve"))
        eve.wait_for("Paste the host's invite")
        eve.press(ready["invites"]["moderator"] + "\r")  # type: ignore[operator]
        eve.wait_for("This invite was used by another computer.")
        assert eve.wait_for_end() == 1

        ben.press("q")
        ben.wait_for_end()
        again = Terminal(["join"], ben_home)
        again.wait_for("Back to 'Stations' in another home, as Ben.")
        again.wait_for("Ben greets")
        for desk in (again, ana):
            desk.press("q")
            desk.wait_for_end()
    assert list((tmp_path / "ben").rglob("*stations*.json"))  # a copy of one's own
    away = tmp_path / "ben" / "state" / "lunchroom" / "away"
    assert away.stat().st_mode & 0o777 == 0o700
    assert {(away / name).stat().st_mode & 0o777 for name in ("key", "seat")} == {0o600}
