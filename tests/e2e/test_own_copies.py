"""Each moderator has the chat afterwards, with the other's machine off: two homes, two libraries, real processes."""

import json
import os
import signal
import sys
from pathlib import Path

import httpx
import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from sessions.core.events import PostSeen
from sessions.core.evolve import fold
from sessions.library.storage.reading import read_events
from tests.e2e.terminal import Terminal, home, lunchroom
from tests.e2e.test_two_terminals import CHAT, Hub, plan_text
from tests.waiting import PATIENCE, block_until


def sit(name: str, hub: Hub, env: dict[str, str]) -> Terminal:
    """Somebody of another account joins with the invite."""
    desk = Terminal(["join", "--name", name], env)
    desk.wait_for("Paste the host's invite")
    desk.press(hub.invite, "\r")
    desk.wait_for("Exploring Creativity")
    return desk


def blank_first_post(hub: Hub) -> str:
    """Blank out the first post that has a text, as Ana; the text."""
    with httpx.Client(base_url=hub.ready["url"], trust_env=False) as http:
        joined = http.post("/v1/moderators", json={"name": "Ana"}, headers=_token(hub.ready["token"]))
        headers = _token(joined.json()["token"])
        lines = http.get("/v1/events", headers={**headers, "Accept": "application/x-ndjson"}).text.splitlines()
        post = next(event["post"] for event in map(json.loads, lines) if event["type"] == "post_seen")
        answer = http.post("/v1/commands", json={"id": "x1", "type": "redact", "post": post["id"]}, headers=headers)
        assert answer.status_code == 200, answer.text
        text: str = post["text"]
        return text


def _token(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_both_have_the_chat_with_the_hub_stopped_whatever_happened_to_the_desk(tmp_path: Path) -> None:
    ana_home, ben_home = home(tmp_path / "ana", os.environ), home(tmp_path / "ben", os.environ)
    plan = tmp_path / "plan.toml"
    plan.write_text(plan_text(), encoding="utf-8")
    hub = Hub([str(plan), "--source", f"practice:{CHAT}", "--speed", "60"], ana_home)
    theirs = Path(hub.ready["file"])
    mine = tmp_path / "ben" / "chats" / theirs.name
    try:
        ana = Terminal(["join", "--name", "Ana"], ana_home)
        ana.wait_for("Ana asks")
        ben = sit("Ben", hub, ben_home)
        ben.wait_for("Answers · all · 1")

        block_until(lambda: mine.exists() and any(isinstance(event, PostSeen) for event in read_events(mine)))

        # Ben's terminal is killed in mid-chat; what it had kept is a part of the hub's file
        ben.child.kill(signal.SIGKILL)
        ben.child.wait()
        kept = read_events(mine)
        assert kept
        assert kept == read_events(theirs)[: len(kept)]

        # while he is away a student's name is blanked; the copy obeys when he is back
        text = blank_first_post(hub)
        first = json.dumps(text)[1:-1].encode()
        assert first in mine.read_bytes()
        ben = sit("Ben", hub, ben_home)
        ben.wait_for("Ana asks")
        ana.press("n")
        ana.wait_for("Asking Q1")
        ana.press("\r")
        ben.wait_for("Q1 of 6")

        ended = lunchroom(ana_home, "end")
        assert ended.returncode == 0, ended.stderr
        assert hub.process.wait(timeout=PATIENCE) == 0
        ben.wait_for("closed")
        ben.press("q")
        assert ben.wait_for_end() == 0
        assert "Your copy of the chat is saved in" in ben.text
        ana.press("q")
        assert ana.wait_for_end() == 0
        assert "Your copy" not in ana.text, "her library has the hub's own file"
    finally:
        if hub.process.poll() is None:
            hub.kill()

    assert mine.read_bytes() == theirs.read_bytes()
    assert first not in mine.read_bytes()
    assert fold(read_events(mine)).digest() == fold(read_events(theirs)).digest()
    for env in (ana_home, ben_home):
        listed = lunchroom(env, "sessions", "--json")
        (row,) = json.loads(listed.stdout)
        assert (row["id"], row["state"]) == (hub.ready["session"], "rehearsal")
    theirs.unlink()  # the other's machine is off
    again = Terminal(["replay", "latest"], ben_home)
    again.wait_for("Exploring Creativity")
    again.wait_for("1x")
    again.press("q")
    assert again.wait_for_end() == 0


def test_who_only_looks_on_keeps_no_copy(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(plan_text(), encoding="utf-8")
    hub = Hub([str(plan), "--source", "practice"], home(tmp_path / "ana", os.environ))
    try:
        hub.invite = hub.invite.replace(hub.ready["token"], hub.ready["observer_token"])
        looking = sit("Cleo", hub, home(tmp_path / "cleo", os.environ))
        looking.press("q")
        assert looking.wait_for_end() == 0
        assert "Your copy" not in looking.text
    finally:
        hub.kill()
    assert not (tmp_path / "cleo" / "chats").exists()
