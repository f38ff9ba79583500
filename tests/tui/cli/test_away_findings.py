"""What `doctor` says of chats between two homes: what is set, and with `--away` what works of it."""

from pathlib import Path

import pytest

from sessions.hub.away.reaching import Reach
from tests.sessions.hub.elsewhere import needs_iroh
from tui.cli.findings.away import _tried, away_findings


@pytest.fixture
def config(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The config file of an account without one."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    from tui.shell.away_config import config_path

    path = config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


@needs_iroh
def test_nothing_is_tried_unless_asked(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = away_findings(trying=False)
    assert [one.about for one in found] == ["two homes"]
    assert "the relay is set to default. Nothing was tried" in found[0].words
    assert capsys.readouterr().err == ""


@needs_iroh
def test_who_is_contacted_is_said_before_anything_is_tried(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text('[away]\nrelay = "none"\n', encoding="utf-8")
    found = {one.about: one for one in away_findings(trying=True)}
    assert capsys.readouterr().err.startswith("No relay is used and nobody else is contacted")
    assert all(one.ok for one in found.values())
    assert "programs of this computer connect by UDP" in found["two homes, UDP"].words
    assert "the other computer, UDP" in found["two homes, firewall"].words


@needs_iroh
@pytest.mark.parametrize("written", ['relay = "ftp://x"', "relay = 1", 'relay = "https://"', 'relay = "Default"'])
def test_a_relay_that_is_none_is_told_and_nobody_is_contacted(config: Path, written: str) -> None:
    config.write_text(f"[away]\n{written}\n", encoding="utf-8")
    found = away_findings(trying=True)
    assert [one.ok for one in found] == [False]
    assert 'relay must be "default", "none" or the address of a relay' in found[0].words


def test_what_was_found_out_is_told_in_words() -> None:
    def told(reach: Reach, relay: str = "default") -> dict[str, tuple[bool, str]]:
        return {one.about.removeprefix("two homes, "): (one.ok, one.words) for one in _tried(reach, relay)}

    relay = "https://euc1-1.relay.n0.iroh.link/"
    good = told(Reach(4711, ("192.168.1.2:4711",), ("203.0.113.9:4711",), 3, relay, 40))
    assert all(ok for ok, _ in good.values())
    assert "connects in 40 ms" in good["relay"][1]
    assert "seen at 203.0.113.9:4711" in good["direct"][1]
    assert told(Reach(4711, (), (), None))["UDP"][0] is False
    assert told(Reach(4711, (), (), 3))["relay"] == (
        False,
        "no relay answers. Does the network let TCP 443 through to it, unopened? See docs/use/for-it.md",
    )
    assert told(Reach(4711, (), (), 3, relay, None))["relay"][0] is False
    assert "all may go by the relay" in told(Reach(4711, (), (), 3, relay, 40))["direct"][1]
