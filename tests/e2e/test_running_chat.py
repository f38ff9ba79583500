"""The list of saved chats while one of them runs, with a real hub and in a real terminal."""

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from tests.e2e.terminal import Terminal, lunchroom, shows
from tests.e2e.test_two_terminals import Hub, plan_text


def test_enter_goes_to_the_desk_of_a_running_chat_and_leaving_it_comes_back(hub: Hub, env: dict[str, str]) -> None:
    screen = Terminal(["library", "--name", "Ana"], env)
    screen.wait_for("running now: Enter goes to its desk")
    screen.wait_for(shows(r"running.*Exploring Creativity|Exploring Creativity.*running"))
    screen.press("e")
    screen.wait_for("its title can be changed when it is over")
    screen.press("x")
    screen.wait_for("`lunchroom end` closes it; then it can be deleted")

    screen.press("\r")
    screen.wait_for(lambda text: "Ana asks and greets" in text and "running now" not in text)
    screen.press("q")
    screen.wait_for("running now: Enter goes to its desk")

    ended = lunchroom(env, "end", "--yes")
    assert ended.returncode == 0, ended.stderr
    screen.wait_for(lambda text: "Exploring Creativity" in text and "running" not in text)
    screen.press("\r")
    screen.wait_for("playing")
    screen.press("q")
    screen.wait_for("2 saved chats")
    screen.press("q")
    assert screen.wait_for_end() == 0


def test_a_chat_whose_hub_was_killed_is_told_as_not_closed(hub: Hub, env: dict[str, str]) -> None:
    screen = Terminal(["library"], env)
    screen.wait_for("running now")
    hub.kill()
    screen.wait_for(lambda text: "was not closed · rehearsal" in text and "running" not in text)
    screen.press("\r")
    screen.wait_for("playing")


def test_a_person_of_a_running_chat_is_not_forgotten_before_it_ends(hub: Hub, env: dict[str, str]) -> None:
    desk = Terminal(["join", "--name", "Ana"], env)
    desk.wait_for("posted Q1")
    before = Path(hub.ready["file"]).read_bytes()
    refused = lunchroom(env, "forget", "LanternHEchat", "--yes")
    assert refused.returncode == 1
    assert "Forget LanternHEchat when it has ended; until then X blanks a post there." in refused.stderr
    assert Path(hub.ready["file"]).read_bytes().startswith(before[:-3])


def test_the_invite_is_told_again_to_the_host_who_leaves_and_not_when_the_chat_is_over(
    tmp_path: Path, env: dict[str, str]
) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(f"sources = []\n{plan_text()}", encoding="utf-8")
    host = Terminal(["host", str(plan), "--name", "Ana"], env)
    host.wait_for("Ana asks and greets")
    host.press("q")
    assert host.wait_for_end() == 0
    assert "pastes the first line" in host.text

    assert lunchroom(env, "end", "--yes").returncode == 0
    host = Terminal(["host", str(plan), "--name", "Ana"], env)
    host.wait_for("Ana asks and greets")
    assert lunchroom(env, "end", "--yes").returncode == 0
    host.wait_for("The chat is closed and saved.")
    host.press("q")
    assert host.wait_for_end() == 0
    assert "`lunchroom sessions` lists it" in host.text
    assert "pastes the first line" not in host.text
