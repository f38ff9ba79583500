"""The computer on which a chat runs dies in mid-hour; the other moderator goes on with a key, and no post is lost."""

import json
import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from sessions.core.events import HubTakenOver, PostSeen
from sessions.library.storage.reading import read_events
from tests.e2e.terminal import Terminal, home, lunchroom
from tests.sessions.networks.mastodon.mock_server import mock_server, token

TAG = "navasotaisd"

PLAN = """
title = "Stations that work"
hashtags = ["{tag}"]
starts = {starts}
timezone = "UTC"
sources = ["mastodon:{host}"]
[[questions]]
text = "What does the first station look like?"
"""


def test_a_chat_on_mastodon_goes_on_from_the_other_home(tmp_path: Path) -> None:
    folder = tmp_path / "server"
    folder.mkdir()
    base = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    homes = {}
    for who in ("ana", "ben"):
        (tmp_path / who).mkdir()
        homes[who] = home(tmp_path / who, base)
    with mock_server(folder, ["cleo", "dara", "emil"], relayed=False) as server:

        def post(who: str, text: str) -> None:
            headers = {"Authorization": f"Bearer {token(who)}"}
            body = {"status": f"{text} #{TAG}", "visibility": "public"}
            server.http.post("/api/v1/statuses", json=body, headers=headers).raise_for_status()

        plan = tmp_path / "plan.toml"
        starts = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())
        plan.write_text(PLAN.format(tag=TAG, starts=starts, host=server.host), encoding="utf-8")
        ana = Terminal(["host", str(plan), "--name", "Ana"], homes["ana"])
        ana.wait_for("mastodon ok")
        (runtime,) = (tmp_path / "ana" / "run").glob("*.json")
        running = json.loads(runtime.read_bytes())
        invite = f"lunchroom://{running['url'].removeprefix('http://')}#{running['keys']['token']}"
        ben = Terminal(["join", invite, "--name", "Ben"], homes["ben"])
        ben.wait_for("Ana asks")

        def could_go_on(text: str) -> bool:
            if "If it died, this one" not in text:  # it takes a moment until that is so
                ben.press("T")
            return "If it died, this one" in text

        ben.wait_for(could_go_on)
        post("cleo", "A1 bins by colour")
        for desk in (ana, ben):
            desk.wait_for("bins by colour")

        os.kill(running["pid"], signal.SIGKILL)
        ana.child.kill(signal.SIGKILL)
        ana.wait_for_end()
        post("dara", "A1 a quiet corner")
        ben.wait_for("T goes on from here: the chat's computer has been silent")
        ben.press("T")
        ben.wait_for("Taking the chat over")
        pressed = time.monotonic()
        ben.press("\r")
        ben.wait_for("a quiet corner")
        assert "bins by colour" in ben.text
        print(f"{time.monotonic() - pressed:.1f} s from the key to the posts that came meanwhile")
        post("emil", "A1 a snack shelf")
        ben.wait_for("a snack shelf")
        ben.press("d")
        ben.wait_for("Taking over asking")
        ben.press("\r")
        ben.wait_for("Ben asks")

        back = lunchroom(homes["ana"], "serve", "--resume", running["file"])
        assert back.returncode == 1
        assert "This chat goes on at Ben's computer" in back.stderr
        ended = lunchroom(homes["ben"], "end", "--yes", "--name", "Ben")
        assert ended.returncode == 0, ended.stderr
        ben.wait_for("closed")
        ben.press("q")
        assert ben.wait_for_end() == 0
    events = read_events(Path(ended.stderr.partition("saved in ")[2].strip().removesuffix(".")))
    words = [re.sub(r" #.*", "", event.post.text) for event in events if isinstance(event, PostSeen)]
    assert words == ["A1 bins by colour", "A1 a quiet corner", "A1 a snack shelf"]
    assert [(event.term, event.by) for event in events if isinstance(event, HubTakenOver)] == [(2, "Ben")]
