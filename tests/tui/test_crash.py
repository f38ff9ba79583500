"""A desk that fails says so in one line, and shows no values: tokens may be among them."""

from pathlib import Path

import pytest

from tests.sessions.hub.live import live_hub
from tests.tui.desks import desk_on
from tui.crash import crash_path, record_crash


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


def test_details_that_cannot_be_written_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setattr("tui.crash.crash_path", lambda: blocked / "desk-failed.txt")
    said = record_crash(ValueError("?"))
    assert "lunchroom join" in said
    assert "could not be written" in said
