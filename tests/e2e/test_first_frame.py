"""What the first frame of a desk has to wait for: nothing that only an action needs is imported by then."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal, home
from tests.paths import ROOT
from tests.sessions.hub.test_serve import hub

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are Unix only")

FIRST_FRAME = (sys.executable, "-m", "tests.e2e.first_frame")

NOT_YET = {
    "bs4", "charset_normalizer", "click", "csv", "ftfy", "httpx_ws", "iroh", "jinja2", "keyring", "lxml", "plotext",
    "pydantic", "pygments", "regex", "starlette", "tomlkit", "tomllib", "truststore", "tzlocal", "uvicorn",
    "sessions.core.filing", "sessions.importing", "sessions.rehearsal", "sessions.reports", "sessions.hub.server.http",
    "sessions.networks.bluesky.login", "sessions.networks.mastodon.login", "sessions.networks.x.login",
    "segno", "sessions.networks.web.streaming", "textual.widgets._text_area", "tui.growth.screen", "tui.library.screen",
    "tui.replay.screen", "wcwidth", "webbrowser",
}  # fmt: skip
"""What a desk needs later or never, by the names of packages and modules."""

NOT_FOR_AN_EMPTY_DESK = {
    "email", "filelock", "html", "httpcore", "httpx", "tinydb", "tui.desk.screen", "sessions.hub.client.client",
    "sessions.core.commands", "sessions.hub.takeover.succession", "sessions.library.library",
    "sessions.networks.network", "sessions.networks.registry", "sessions.replay", "tui.desk.dialogs.opened_post",
}  # fmt: skip
"""What is needed only once the hub answers."""


async def test_nothing_that_only_an_action_needs_is_imported_by_the_first_frame_of_a_desk(tmp_path: Path) -> None:
    note = tmp_path / "first-frame.json"
    async with hub(tmp_path) as running:
        invite = f"lunchroom://{running.ready['url'].removeprefix('http://')}#{running.ready['token']}"
        argv = [str(note), "DeskScreen", "join", invite, "--name", "Ana"]
        terminal = Terminal(argv, home(tmp_path / "ana", os.environ), program=FIRST_FRAME)
        terminal.wait_for_end()
        imported = {name: set(modules) for name, modules in json.loads(note.read_text()).items()}
    assert "tui.desk.screen" in imported["DeskScreen"]
    assert imported["DeskScreen"] & NOT_YET == set()
    assert imported["JoiningScreen"] & {*NOT_YET, *NOT_FOR_AN_EMPTY_DESK} == set()


def test_a_hub_that_is_gone_is_one_line_once_the_empty_desk_has_closed(tmp_path: Path) -> None:
    gone = f"lunchroom://127.0.0.1:9#{'a' * 32}"
    terminal = Terminal(["join", gone, "--name", "Ana"], home(tmp_path, os.environ))
    assert terminal.wait_for_end() == 1
    assert "does not answer" in terminal.text
    assert "Traceback" not in terminal.text


def test_the_help_waits_for_no_screen_and_no_connection(tmp_path: Path) -> None:
    code = "import sys; from tui.cli import run; run(['--help']); print(' '.join(sys.modules), file=sys.stderr)"
    env = home(tmp_path, os.environ)
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    imported = set(told.stderr.split())
    assert "Rehearse with an invented cast" in told.stdout
    not_for_this = {"asyncio", "httpx", "msgspec", "textual", "rich", "typer", "sessions.core.plan"}
    assert imported & {*NOT_YET, *not_for_this} == set()
    assert not [name for name in imported if name.startswith("tui.cli.commands.")]


def test_a_replay_waits_for_no_hub_no_network_and_nothing_that_writes(tmp_path: Path) -> None:
    code = "import sys, tui.apps, tui.replay.screen; from tui.cli.commands.looking import replay; print(*sys.modules)"
    env = home(tmp_path, os.environ)
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    its_own = {"html", "sessions.core.commands", "sessions.replay", "tui.replay.screen"}
    imported = set(told.stdout.split())
    assert "tui.replay.screen" in imported
    assert imported & ({*NOT_YET, *NOT_FOR_AN_EMPTY_DESK, "httpx_sse"} - its_own) == set()
