"""`lunchroom announce`, over real sockets: shown first, told once, and no address anywhere but in the config."""

import contextlib
import io
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sessions.core.commands import BeginAnnouncing, FinishAnnouncing
from sessions.core.plan.reading import PlanError, decode_plan
from sessions.core.plan.writing import plan_text
from sessions.hub.process.runtime import running_sessions
from sessions.library.library import Library
from sessions.library.storage.session_file import SessionFile
from sessions.networks.registry import NETWORKS
from tests.paths import ROOT
from tests.sessions.core.building import Chat
from tests.tui.cli.test_check_networks import PLAN
from tests.tui.services import SECRET, Service, listening
from tests.waiting import PATIENCE
from tui.cli import run
from tui.shell.away_config import config_path

Captured = pytest.CaptureFixture[str]

TO = '[announce]\nto = ["staff", "list"]\n'


@pytest.fixture
def service() -> Iterator[Service]:
    with listening() as found:
        yield found


@pytest.fixture
def plan(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan that tells two addresses, which the config has."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(tmp_path / "chats"))
    config_path().parent.mkdir(parents=True, exist_ok=True)
    address = f"json://127.0.0.1:{service.port}/{SECRET}"
    config_path().write_text(f'[announce]\nstaff = "{address}/staff"\nlist = "{address}/list"\n', encoding="utf-8")
    path = tmp_path / "plan.toml"
    path.write_text(PLAN + TO, encoding="utf-8")
    return path


def test_it_is_shown_first_and_told_once(
    plan: Path, service: Service, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run(["announce", str(plan)]) == 2
    assert "#navasotaisd" in capsys.readouterr().out
    assert service.heard == [], "nobody said yes"
    assert run(["announce", str(plan), "--yes"]) == 0
    assert [one["path"].rpartition("/")[2] for one in service.heard] == ["staff", "list"]
    assert "7:00 PM" in service.heard[0]["message"]
    assert run(["announce", str(plan), "--yes"]) == 1
    assert "it is out already" in capsys.readouterr().err
    assert len(service.heard) == 2
    assert run(["announce", str(plan), "--yes", "--again"]) == 0
    assert len(service.heard) == 4


def test_a_question_and_the_recap_are_things_of_their_own(plan: Path, service: Service, capsys: Captured) -> None:
    assert run(["announce", str(plan), "--question", "Q1", "--yes"]) == 0
    assert service.heard[0]["message"].startswith("Q1: What is on https://example.org/stations?")
    assert run(["announce", str(plan), "--question", "1", "--yes"]) == 1, "the same question"
    assert run(["announce", str(plan), "--recap", "https://blog.example.org/1", "--yes"]) == 0
    assert service.heard[-1]["message"] == "Stations: https://blog.example.org/1"
    assert run(["announce", str(plan), "--question", "9", "--yes"]) == 2
    assert run(["announce", str(plan), "--recap", "file", "--yes"]) == 2
    assert "has no question 9; it has Q1" in capsys.readouterr().err


def test_a_question_is_the_same_by_its_number_and_by_its_name_in_the_language_of_the_chat(
    plan: Path, service: Service, capsys: Captured
) -> None:
    plan.write_text('language = "es"\n' + plan.read_text(encoding="utf-8"), encoding="utf-8")
    assert run(["announce", str(plan), "--question", "P1", "--yes"]) == 0
    assert service.heard[0]["message"].startswith("P1: What is on")
    assert run(["announce", str(plan), "--question", "1", "--yes"]) == 1
    assert "it is out already" in capsys.readouterr().err


def test_what_was_refused_may_be_out_and_is_not_sent_again_by_chance(
    plan: Path, service: Service, capsys: Captured
) -> None:
    service.answers = [500]
    assert run(["announce", str(plan), "--yes"]) == 1
    said = capsys.readouterr().err
    assert "staff: it was refused or not answered; look there first." in said
    assert "list is told." in said
    assert run(["announce", str(plan), "--yes"]) == 1
    assert len(service.heard) == 2
    assert run(["announce", str(plan), "--yes", "--again"]) == 0


def test_the_address_stands_in_the_config_alone(
    plan: Path, service: Service, capsys: Captured, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "apprise")
    service.answers = [500]
    run(["announce", str(plan), "--yes"])
    run(["config"])
    run(["config", "--json"])
    said = capsys.readouterr()
    assert "staff" in said.out
    assert SECRET not in said.out + said.err
    assert SECRET not in caplog.text
    files = (path for path in plan.parent.rglob("*") if path.is_file() and path != config_path())
    assert not [path for path in files if SECRET.encode() in path.read_bytes()]
    assert Library(plan.parent / "chats").saved_chats() == []


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("", "has no address for staff, list"),
        ('[announce]\nstaff = "nothing://x"\nlist = "nothing://x"\n', "apprise knows no address like the one"),
        (f'[announce]\nstaff = "{SECRET}"\n', "has no address for staff, list"),
    ],
)
def test_an_address_that_is_none_is_told_without_it(config: str, told: str, plan: Path, capsys: Captured) -> None:
    config_path().write_text(config, encoding="utf-8")
    assert run(["announce", str(plan), "--yes"]) != 0
    said = capsys.readouterr().err
    assert told in said
    run(["config"])
    assert SECRET not in said + "".join(capsys.readouterr())


def test_without_apprise_one_line_says_what_to_install(
    plan: Path, service: Service, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    assert run(["announce", str(plan), "--yes"]) == 1
    assert "pip install 'lunchroom[announce]'" in capsys.readouterr().err
    assert service.heard == []
    monkeypatch.undo()


def test_nothing_imports_it_before_it_is_used() -> None:
    code = (
        "import sys, tui.cli.commands.telling.announce, sessions.publishing.announcing; print('apprise' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("announce = 1\n", "write [announce] on a line of its own"),
        ('[announce]\nto = "staff"\n', "to must be a list of names"),
        ('[announce]\nto = ["slack://a/b/c"]\n', "an address is secret: write it into config.toml"),
        ('[announce]\nto = ["a b"]\n', '"a b" is no name'),
        ('[announce]\nwho = ["staff"]\n', '"who" is not known'),
    ],
)
def test_a_mistake_in_the_plan_is_told(table: str, told: str) -> None:
    text = table + PLAN if table.startswith("announce") else PLAN + table
    with pytest.raises(PlanError) as raised:
        decode_plan(text, NETWORKS)
    assert told in str(raised.value)


def test_a_plan_keeps_the_names_and_stores_nothing_where_there_are_none() -> None:
    plan = decode_plan(PLAN + TO, NETWORKS)
    assert plan.announce == ("staff", "list")
    assert decode_plan(plan_text(plan, NETWORKS), NETWORKS) == plan
    assert not decode_plan(PLAN, NETWORKS).announce


def test_what_a_desk_told_is_known_by_the_copy_of_the_chat(plan: Path, service: Service, capsys: Captured) -> None:
    decoded = decode_plan(plan.read_text(encoding="utf-8"), NETWORKS)
    (plan.parent / "chats").mkdir(exist_ok=True)
    file = SessionFile.create(plan.parent / "chats", decoded, started=decoded.starts_at)
    chat = Chat(decoded, at=decoded.starts_at)
    chat.do(BeginAnnouncing, key="key-00000001", to="staff", subject="reminder", text="Tonight")
    chat.do(FinishAnnouncing, key="key-00000001")
    file.commit(chat.events)
    file.close()
    assert run(["announce", str(plan), "--yes"]) == 0
    said = capsys.readouterr().err
    assert "staff: it is out already" in said
    assert "list is told." in said
    assert [to for to, _ in service.told] == ["list"]
    plan.write_text(plan.read_text(encoding="utf-8").replace("T19:00:00", "T07:30:00"), encoding="utf-8")
    assert run(["announce", str(plan), "--yes"]) == 0, "another chat of the series on that day"
    assert "out already" not in capsys.readouterr().err


def test_a_desk_that_hosts_knows_what_the_command_told(plan: Path, service: Service) -> None:
    """By the folder that `host` was given, at the desk that begins a slow chat and at one that comes back to it."""
    library = ["--library", str(plan.parent / "elsewhere")]
    slow = PLAN.replace("2026-", "2099-").replace('"mastodon:a.example", "bluesky", "x"', '"mastodon:127.0.0.1:9"')
    plan.write_text('pace = "days"\n' + slow + TO, encoding="utf-8")
    assert run(["announce", str(plan), "--yes", *library]) == 0
    host = [sys.executable, "-m", "tui", "host", str(plan), "--plain", "--name", "Ana", *library]
    words = "announce reminder\ncancel\nleave\n"
    try:
        for said in ("Starting", "This chat runs here already"):
            desk = subprocess.run(host, input=words, capture_output=True, text=True, timeout=PATIENCE, cwd=ROOT)
            assert said in desk.stderr
            assert "staff: told before, by `lunchroom announce`" in desk.stdout, desk.stderr
        assert run(["end", "--yes"]) == 0
    finally:
        for left in running_sessions():
            with contextlib.suppress(OSError):  # it has just ended
                os.kill(left.runtime.pid, signal.SIGTERM)
