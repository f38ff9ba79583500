"""A chat that runs beside a saved one; modules with another home or hub define their own."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.tui.libraries import save_chat

if TYPE_CHECKING:
    from tests.e2e.test_two_terminals import Hub


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """The environment of the moderator on whose machine the hub runs, who has a chat of an earlier year."""
    from tests.e2e.terminal import home  # of Unix only

    env = home(tmp_path / "ana", os.environ)
    folder = Path(env["LUNCHROOM_LIBRARY"])
    folder.mkdir(parents=True)
    save_chat(folder, 0, title="A year ago")
    return env


@pytest.fixture
def hub(tmp_path: Path, env: dict[str, str]) -> Iterator["Hub"]:
    """A chat that runs, the recording at 60x."""
    from tests.e2e.test_two_terminals import CHAT, Hub, plan_text

    plan = tmp_path / "plan.toml"
    plan.write_text(plan_text(), encoding="utf-8")
    hub = Hub([str(plan), "--source", f"practice:{CHAT}", "--speed", "60"], env)
    yield hub
    if hub.process.poll() is None:
        hub.kill()
