"""A desk that fails says so in one line, and shows no values: tokens may be among them."""

import re
from pathlib import Path

import pytest
from textual.worker import WorkerFailed

from tests.sessions.hub.live import live_hub
from tests.tui.desks import desk_on
from tests.tui.libraries import library_on, save_chat
from tui.apps import LIVE, REPLAYED, SAVED
from tui.shell.app import Program
from tui.shell.crash import crash_path, record_crash


async def test_a_failing_desk_says_one_line_and_keeps_the_details(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "token-of-ana"

    def fail() -> None:
        token = secret
        raise LookupError(len(token))

    async def a_desk_fails() -> None:
        async with live_hub(tmp_path) as live, desk_on(live) as ana:
            ana.app.call_later(fail)
            await ana.until(lambda: ana.app.return_code == 1)

    with pytest.raises(LookupError):
        await a_desk_fails()
    kept = crash_path().read_text("utf-8")
    assert "LookupError" in kept
    assert secret not in kept
    said = capsys.readouterr().err
    assert secret not in said
    assert "Traceback" not in said


async def test_what_failed_in_a_worker_is_told_as_itself_with_where_it_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def fail_in_a_worker() -> None:
        raise LookupError("nothing")

    async def a_desk_fails() -> None:
        async with live_hub(tmp_path) as live, desk_on(live) as ana:
            ana.app.run_worker(fail_in_a_worker())
            await ana.until(lambda: ana.app.return_code == 1)

    with pytest.raises(WorkerFailed):
        await a_desk_fails()
    kept = crash_path().read_text("utf-8")
    assert "in fail_in_a_worker" in kept
    assert "LookupError: nothing" in kept
    assert "The desk failed (LookupError)." in " ".join(capsys.readouterr().err.split())


def test_details_that_cannot_be_written_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setattr("tui.shell.crash.crash_path", lambda: blocked / "failed.txt")
    said = record_crash(ValueError("?"), "The desk", "The chat goes on.")
    assert said.startswith("The desk failed (ValueError). The chat goes on. The details could not be written: ")


@pytest.mark.parametrize(
    ("program", "true_words", "not_true"),
    [
        (LIVE, "The chat goes on: `lunchroom join` comes back.", "saved chat"),
        (REPLAYED, "The saved chat is as it was: `lunchroom replay` opens it again.", "join"),
        (SAVED, "The saved chats are as you left them: `lunchroom library` shows them again.", "join"),
    ],
)
def test_each_app_says_what_has_become_of_the_chat(program: Program, true_words: str, not_true: str) -> None:
    said = record_crash(ValueError("?"), program.what, program.after)
    assert re.match(r"The (desk|replay|library) failed \(ValueError\)\. ", said)
    assert true_words in said
    assert not_true not in said


async def test_a_failing_library_speaks_of_the_saved_chats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_chat(tmp_path, 0)

    async def it_fails() -> None:
        async with library_on(tmp_path) as hand:
            hand.app.call_later(lambda: [][1])
            await hand.until(lambda: hand.app.return_code == 1)

    with pytest.raises(IndexError):
        await it_fails()
    said = " ".join(capsys.readouterr().err.split())
    assert said.startswith("The library failed (IndexError). The saved chats are as you left them: ")
