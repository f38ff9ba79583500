"""Runtime files: who may read them, and which sessions they tell of."""

import os
from pathlib import Path

import pytest

from sessions.hub.process.runtime import (
    RUNTIME_VARIABLE,
    Runtime,
    load_runtime,
    remove_runtime,
    running_sessions,
    runtime_folder,
    save_runtime,
)
from sessions.hub.protocol.seats import Seat
from sessions.hub.protocol.takeover import SourceSettings
from sessions.hub.server.entry.access import Keys
from tests.sessions.hub.live import live_hub


def a_runtime(session: str = "abcdef", url: str = "http://127.0.0.1:9", **changed: object) -> Runtime:
    keys = Keys("t" * 43, "o" * 43, (Seat("Ana", "moderator", "a" * 43),))
    fields = {"title": "Stations", "pid": 1, "file": "x.json", "started": 1, "keys": keys, "settings": SourceSettings()}
    return Runtime(session=session, url=url, **(fields | changed))  # type: ignore[arg-type]


def test_what_is_saved_is_loaded_until_it_is_removed() -> None:
    save_runtime(a_runtime())
    save_runtime(a_runtime(title="Changed"))
    assert load_runtime("abcdef") == a_runtime(title="Changed")
    assert [path.name for path in runtime_folder().iterdir()] == ["abcdef.json"]
    remove_runtime("abcdef")
    remove_runtime("abcdef")
    assert load_runtime("abcdef") is None


@pytest.mark.skipif(os.name != "posix", reason="modes are of Linux and macOS")
def test_only_its_user_may_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RUNTIME_VARIABLE, str(tmp_path / "open"))
    (tmp_path / "open").mkdir(mode=0o755)
    before = os.umask(0)
    try:
        save_runtime(a_runtime())
    finally:
        os.umask(before)
    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "open" / "abcdef.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("session", ["", "../../x", "ABCDEF", "abcde", "abcdefg", "abcd/f"])
def test_no_other_file_can_be_meant(session: str) -> None:
    with pytest.raises(ValueError, match="no id"):
        load_runtime(session)


async def test_running_sessions_are_those_whose_hub_answers(tmp_path: Path) -> None:
    import asyncio

    async with live_hub(tmp_path) as live:
        save_runtime(a_runtime(live.session.id, live.url, keys=live.keys, started=5))
        save_runtime(a_runtime("aaaaaa", live.url, keys=live.keys, started=7))
        save_runtime(a_runtime("bbbbbb", "http://127.0.0.1:1", started=6))
        (runtime_folder() / "cccccc.json").write_text("{")
        found = await asyncio.to_thread(running_sessions)
    assert [(one.runtime.session, one.alive) for one in found] == [
        ("aaaaaa", False),
        ("bbbbbb", False),
        (live.session.id, True),
    ]
