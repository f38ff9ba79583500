"""A chat on a real Mastodon server (mastodon-mock, a process of its own), moderated by two people in real terminals."""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from tests.e2e.terminal import Terminal, home, lunchroom, shows
from tests.sessions.networks.mastodon.mock_server import MockServer, mock_server, token
from tests.waiting import slowness
from tui.desk.dialogs.previews.waking import WAKING

TAG = "navasotaisd"
MODERATORS = ("ana", "ben")
TEACHERS = ("cleo", "dara", "emil", "finn", "newt")
KEPT = Path("lunchroom") / "accounts" / "tokens.json"
TIMELINE, STATUSES = f"/api/v1/timelines/tag/{TAG}", "/api/v1/statuses"

HELD = 3_000
"""Milliseconds for which the server holds a post back, in which the desk that sends it is killed; longer where all
work takes longer.
"""

AWAKE = WAKING + 0.5
"""Seconds after which a preview that is on the screen takes Enter."""

PLAN = """
title = "Stations that work"
hashtags = ["{tag}"]
starts = {starts}
timezone = "UTC"
sources = ["mastodon:{host}"]
[[hosts]]
name = "Ana"
handles = ["mastodon:ana@{host}"]
[[hosts]]
name = "Ben"
handles = ["mastodon:ben@{host}"]
[[questions]]
text = "What does the first station look like?"
[[questions]]
text = "What did you change?"
[script]
welcome = ""
introduce = ""
saved = ""
"""


Q1 = f"Q1: What does the first station look like? #{TAG}"
Q2 = f"Q2: What did you change? #{TAG}"


@dataclass
class People:
    """Who posts to the server over its API, as from an app of their own."""

    server: MockServer

    def post(self, who: str, text: str, **more: Any) -> str:
        """Post it; the server's id."""
        return self._ask("POST", STATUSES, who, {"status": text, "visibility": "public", **more})

    def edit(self, who: str, post: str, text: str) -> None:
        """Put other words into it."""
        self._ask("PUT", f"{STATUSES}/{post}", who, {"status": text})

    def delete(self, who: str, post: str) -> None:
        """Take it away."""
        self._ask("DELETE", f"{STATUSES}/{post}", who, None)

    def _ask(self, method: str, path: str, who: str, body: dict[str, Any] | None) -> str:
        headers = {"Authorization": f"Bearer {token(who)}"}
        answer = self.server.http.request(method, path, json=body, headers=headers).raise_for_status().json()
        return str(answer["id"])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MockServer]:
    """The server, with an account for everybody."""
    folder = tmp_path / "server"
    folder.mkdir()
    with mock_server(folder, [*MODERATORS, *TEACHERS], relayed=False) as server:
        yield server


@pytest.fixture
def homes(tmp_path: Path) -> dict[str, dict[str, str]]:
    """A home for each moderator, on a computer without a keyring."""
    base = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    for who in MODERATORS:
        (tmp_path / who).mkdir()
    return {who: home(tmp_path / who, base) for who in MODERATORS}


def signing_in(server: MockServer, homes: dict[str, dict[str, str]]) -> list[str]:
    """Both sign in with a pasted token and let Lunchroom post; the screens."""
    screens = []
    logins = {who: Terminal(["login", "mastodon", server.host, "--token"], env) for who, env in homes.items()}
    for who, login in logins.items():
        login.wait_for("The access token of that application")
        login.press(token(who), "\r")
    for who, login in logins.items():
        login.wait_for(f"May Lunchroom post as @{who}@{server.host}? [y/N]")
        login.press("y", "\r")
        assert login.wait_for_end() == 0, login.text
        screens.append(login.text)
    return screens


def post_what_is_offered(desk: Terminal) -> None:
    """`p`, Enter on what is offered first, Enter on its preview once that takes it."""
    desk.press("p")
    desk.wait_for("Post what?")
    desk.press("\r")
    desk.wait_for("Enter posts")
    awake = time.monotonic() + AWAKE
    desk.wait_for(lambda _: time.monotonic() > awake)
    desk.press("\r")


def ask_next(desk: Terminal, label: str) -> None:
    """`n`, and Enter so that nothing is waited for."""
    desk.press("n")
    desk.wait_for(f"Asking {label}")
    desk.press("\r")
    desk.wait_for(f"{label} of 2")


def on_the_server(server: MockServer, who: str) -> list[str]:
    """What an account has posted, oldest first, without its HTML."""
    return [re.sub(r"<[^>]*>", "", post["content"]) for post in reversed(server.posts_of(who))]


def invite_at(desk: Terminal) -> str:
    """The invite that the desk shows, from the palette."""
    desk.press("\x10")
    desk.wait_for("Search")
    desk.press(*"Invite the other")
    desk.wait_for(shows(r"Invite the other moderator"))
    desk.press("\r")
    desk.wait_for(shows(r"lunchroom://\S+#\S{16,}"))
    found = re.search(r"lunchroom://\S+", desk.text)
    assert found is not None
    desk.press("\x1b")
    desk.wait_for(lambda text: "lunchroom://" not in text)
    return found[0]


def leaks(text: str) -> list[str]:
    """The tokens of the moderators that stand in a text."""
    return [token(who) for who in MODERATORS if token(who) in text]


def test_a_chat_on_mastodon_from_signing_in_to_the_recap(
    server: MockServer, homes: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    seen = signing_in(server, homes)
    people = People(server)
    starts = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN.format(tag=TAG, starts=starts, host=server.host), encoding="utf-8")

    # the server has a problem when the chat begins, which is told in words and passes
    server.fault({"type": "status", "status": 503}, path=TIMELINE, count=1000)
    ana = Terminal(["host", str(plan), "--name", "Ana"], homes["ana"])
    ana.wait_for("mastodon the server has a problem (503)")
    seen.append(ana.text)
    server.mend()
    ana.wait_for("mastodon ok")

    # the other moderator joins with the invite, from a home and with an account of their own
    ben = Terminal(["join", "--name", "Ben"], homes["ben"])
    ben.wait_for("Paste the host's invite")
    ben.press(invite_at(ana), "\r")
    ben.wait_for("Ana asks")
    ben.press("t")
    ben.wait_for("2 s")
    ben.press("\r")
    ana.wait_for("Ben greets")

    # the question goes out once, and is known as the question when the server brings it back
    ask_next(ana, "Q1")
    post_what_is_offered(ana)
    for desk in (ana, ben):
        desk.wait_for(shows(r"▶ Q1 (.*\n){0,2}.*↗"))
        desk.wait_for(shows(r" ana .* host *│"))
        desk.wait_for(shows(r"Q1: What does the first station look(.*\n.*)? like\?"))
    assert on_the_server(server, "ana") == [Q1]
    question = server.posts_of("ana")[0]["id"]

    # answers: in the thread without the hashtag, behind a warning, with a label, by somebody new
    people.post("dara", "A quiet corner with two rugs", in_reply_to_id=question)
    people.post("emil", f"A1 a snack shelf #{TAG}", spoiler_text="food")
    labelled = people.post("cleo", f"A1 bins by colour #{TAG}")
    first = people.post("newt", f"First time here! A1 one big table #{TAG}")
    gone = people.post("finn", f"A1 something that I regret #{TAG}")
    for desk in (ana, ben):
        desk.wait_for("[food] Enter shows it")
        desk.wait_for("something that I regret")
        desk.wait_for("TO GREET")
        desk.wait_for("A quiet corner with two rugs")
        assert "snack shelf" not in desk.text

    people.edit("cleo", labelled, f"A1 bins by size #{TAG}")
    people.delete("finn", gone)
    for desk in (ana, ben):
        desk.wait_for("bins by size")
        desk.wait_for(shows(r"finn · removed"))
        desk.wait_for(lambda text: "bins by colour" not in text and "regret" not in text)
        seen.append(desk.text)

    # the greeter greets from their own account
    ben.press("\t", "\x1b[H")
    ben.wait_for(shows(r"▌.*newt"))
    post_what_is_offered(ben)
    for desk in (ana, ben):
        desk.wait_for(shows(r"newt .*by Ben"))
        desk.wait_for(shows(r"Welcome to(.*\n.*)? #navasotaisd, newt!"))
    (greeting,) = server.posts_of("ben")
    assert greeting["in_reply_to_id"] == first
    assert on_the_server(server, "ana") == [Q1]

    # the driver's desk is killed while the server holds its post back; back again, it asks what to do
    ask_next(ana, "Q2")
    server.fault({"type": "latency", "delay_ms": round(HELD * slowness())}, path=STATUSES, methods=["POST"])
    post_what_is_offered(ana)
    ana.wait_for(lambda _: not server.faults_left())
    ana.child.kill(signal.SIGKILL)
    assert ana.wait_for_end() == -signal.SIGKILL
    ben.wait_for(shows(r"▶ Q2 (.*\n)?.*…"))
    ana = Terminal(["join", "--name", "Ana"], homes["ana"])
    ana.wait_for("Post Q2 now?")
    ana.press("\x1b[C", "\r")
    for desk in (ana, ben):
        desk.wait_for(shows(r"▶ Q2 (.*\n)?.*↗"))
        desk.wait_for("Q2: What did you change?")
    assert on_the_server(server, "ana") == [Q1, Q2]

    # the end, and what is told of it
    ended = lunchroom(homes["ana"], "end", "--yes", "--name", "Ana")
    assert ended.returncode == 0, ended.stderr
    for desk in (ana, ben):
        desk.wait_for("closed")
        seen.append(desk.text)
        desk.press("q")
        assert desk.wait_for_end() == 0
    recap = lunchroom(homes["ana"], "recap", "latest", "--format", "markdown")
    assert recap.returncode == 0, recap.stderr
    assert f"**Ana** (@ana@{server.host})" in recap.stdout
    for words in ("bins by size", "A quiet corner with two rugs", "one big table", "Content warning: food"):
        assert words in recap.stdout
    assert "regret" not in recap.stdout
    assert on_the_server(server, "ana") == [Q1, Q2]  # nor did what the server held back come after all
    assert [post["id"] for post in server.posts_of("ben")] == [greeting["id"]]

    # each post of the server is in the saved chat once, and no token is anywhere but where tokens are kept
    saved = Path(ended.stderr.partition("saved in ")[2].strip().removesuffix("."))
    with TinyDB(saved) as chat:
        events = chat.table("events").all()
    found = [event["post"]["id"] for event in events if event["type"] == "post_seen"]
    assert len(found) == len(set(found)) == 8
    seen += [recap.stdout, recap.stderr, ended.stdout, ended.stderr]
    assert [text for text in seen if leaks(text)] == []
    for who in MODERATORS:
        files = {
            path.relative_to(tmp_path / who): path.read_text(encoding="utf-8", errors="replace")
            for path in (tmp_path / who).rglob("*")
            if path.is_file()
        }
        assert leaks(files.pop(KEPT)) == [token(who)]
        assert [str(path) for path, text in files.items() if leaks(text)] == []
        assert saved.name in {path.name for path in files}  # also as the copy beside the other's desk
        assert who != "ana" or [path for path in files if path.suffix == ".log"]
