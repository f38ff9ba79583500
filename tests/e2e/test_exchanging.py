"""Somebody joins who has earlier chats: after one Enter both homes have the same, and tell the same newcomers."""

import os
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from sessions.core.posts import Author
from sessions.library.library import Library
from tests.e2e.terminal import home
from tests.e2e.test_own_copies import sit
from tests.e2e.test_two_terminals import Hub, plan_text
from tests.tui.libraries import save_chat

SERIES = "lthechat"


def known(folder: Path) -> list[bool]:
    """Whether whoever hosts from this library takes these people for returning ones."""
    earlier = Library(folder).earlier_people(SERIES)
    return [earlier.knows(Author(f"mastodon:@teacher{number}", f"teacher{number}")) for number in range(4)]


def closed(folder: Path) -> set[str]:
    return {chat.id for chat in Library(folder).saved_chats() if chat.ended is not None}


def test_two_homes_have_the_same_chats_after_one_enter(tmp_path: Path) -> None:
    homes = {name: home(tmp_path / name, os.environ) for name in ("ana", "ben")}
    libraries = {name: tmp_path / name / "chats" for name in homes}
    for name, people in (("ana", 1), ("ben", 3)):
        libraries[name].mkdir(parents=True, exist_ok=True)
        save_chat(libraries[name], -people, people=people, series=SERIES)
    plan = tmp_path / "plan.toml"
    plan.write_text(f'series = "{SERIES}"\nsources = []\n{plan_text()}', encoding="utf-8")
    hub = Hub([str(plan)], homes["ana"])
    try:
        assert known(libraries["ana"]) != known(libraries["ben"])
        ben = sit("Ben", hub, homes["ben"])
        ben.wait_for("Exchange saved chats?")
        ben.wait_for("lacks 1 of yours")

        def exchanged(text: str) -> bool:  # the dialog takes no Enter in its first moment
            ben.press("\r")
            return "Exchanged: " in text

        ben.wait_for(exchanged)
        ben.press("q")
        assert ben.wait_for_end() == 0
    finally:
        hub.kill()
    assert closed(libraries["ana"]) == closed(libraries["ben"])
    assert len(closed(libraries["ana"])) == 2
    assert known(libraries["ana"]) == known(libraries["ben"]) == [True, True, True, False]
