"""`lunchroom web` in a real browser: the desk is drawn there, its keys act, and its address works once."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

if sys.platform == "win32":
    pytest.skip("signals are not sent like this on Windows", allow_module_level=True)

from sessions.core.events import QuestionAsked
from sessions.library.storage.reading import read_events
from tests.e2e.browser import CHROMIUM, Browser
from tests.e2e.terminal import LUNCHROOM, Terminal, home, lunchroom
from tests.e2e.test_secrets import arguments
from tests.e2e.test_two_terminals import Hub, plan_text
from tests.waiting import block_until

in_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium here: `apt-get install chromium` on Debian, as .ci/run does, brings one"
)


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return home(tmp_path / "ana", os.environ)


@pytest.fixture
def hub(tmp_path: Path, env: dict[str, str]) -> Iterator[Hub]:
    plan = tmp_path / "plan.toml"
    plan.write_text(plan_text(), encoding="utf-8")
    hub = Hub([str(plan), "--source", "practice"], env)
    yield hub
    if hub.process.poll() is None:
        hub.kill()


@in_chromium
def test_a_moderator_in_a_browser_asks_and_nobody_else_is_let_in(hub: Hub, env: dict[str, str], tmp_path: Path) -> None:
    served = subprocess.Popen(
        [*LUNCHROOM, "web", "--name", "Ben", "--role", "driver", "--json"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert served.stdout is not None
    ready = json.loads(served.stdout.readline())
    browser = Browser(tmp_path / "browser")
    try:
        browser.open(ready["url"])
        browser.wait_for("Ben asks")
        first = browser.text.splitlines()
        assert "Exploring Creativity" in first[0]
        assert [pane for pane in ("Questions 6", "Answers", "People") if pane not in first[2]] == []
        assert any("n next" in line for line in first[:2]), "the clock"

        block_until(lambda: browser.value("document.activeElement.className") == "xterm-helper-textarea")
        browser.press("n")
        browser.wait_for("Asking Q1")
        browser.wait_for("Q1 of 6")
        asked = [one for one in read_events(Path(hub.ready["file"])) if isinstance(one, QuestionAsked)]
        assert [(one.question, one.by) for one in asked] == [("q1", "Ben")]

        place = browser.value("location.href")
        assert place.removeprefix(ready["url"].rpartition("/")[0]).startswith("/desk-")
        assert (browser.value("document.cookie"), browser.value("document.referrer")) == ("", "")
        assert {address.split("/")[2] for address in browser.asked} == {ready["url"].split("/")[2]}
        if sys.platform == "linux":
            secrets = (ready["url"].rpartition("/")[2], hub.ready["token"], hub.ready["observer_token"])
            told = arguments(tmp_path / "ana")
            assert any("join" in one for one in told)
            assert [one for one in told for secret in secrets if secret in one] == []

        browser.open(ready["url"])
        browser.wait_for("works once")
        assert httpx.get(ready["url"], trust_env=False).status_code == 410
        assert httpx.get(place, trust_env=False).status_code == 403
    finally:
        browser.close()
        served.send_signal(signal.SIGINT)
        _, said = served.communicate(timeout=60)
    assert served.returncode == 0, said
    assert "the chat goes on" in said
    assert ready["url"].rpartition("/")[2] not in said
    if sys.platform == "linux":
        block_until(lambda: not [one for one in arguments(tmp_path / "ana") if "join" in one])
    assert lunchroom(env, "end", "--yes", "--name", "Ben").returncode == 0


def test_enter_gives_another_address_and_the_one_before_opens_nothing(hub: Hub, env: dict[str, str]) -> None:
    screen = Terminal(["web", "--port", "0"], env)
    screen.wait_for("The name of whoever sits there")
    screen.press("Ben\r")
    screen.wait_for("ssh -L")
    screen.wait_for(lambda text: text.count("http://127.0.0.1") == 1)
    screen.press("\r")
    screen.wait_for(lambda text: text.count("http://127.0.0.1") == 2)
    first, second = [line for line in screen.lines if line.startswith("http://")]
    assert httpx.get(first, trust_env=False).status_code == 410
    assert httpx.get(second, trust_env=False).status_code == 200
    screen.press("\x03")
    assert screen.wait_for_end() == 0
    assert "the chat goes on" in screen.text
