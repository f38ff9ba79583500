"""The command line: what goes to stdout, what to stderr, and with which exit code it ends."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from tinydb import TinyDB

from sessions.core.events import SessionClosed
from sessions.core.plan.reading import decode_plan
from sessions.hub.client.client import Invite
from sessions.hub.process.runtime import Runtime, make_runtime_folder, save_runtime
from sessions.hub.server.entry.access import fresh_keys
from sessions.library.library import Library
from sessions.library.location import default_library
from sessions.library.storage.session_file import SessionFile
from sessions.networks.registry import NETWORKS
from tests.sessions.hub.live import live_hub
from tests.sessions.library.building import new_file
from tests.tui.libraries import save_chat
from tests.waiting import PATIENCE
from tui.cli import command_line, run
from tui.cli.command_list import COMMANDS as COMMANDS_BY_NAME
from tui.cli.command_list import help_text
from tui.cli.commands.live import _end
from tui.cli.output import Failure

PLAN = """\
title = "Stations that work"
hashtags = ["navasotaisd"]
starts = 2026-12-01T19:00:00
timezone = "America/Chicago"
sources = ["practice"]

[[hosts]]
name = "Ana"
handles = ["mastodon:ana@mastodon.social"]

[[questions]]
text = "What does the first station in your room look like?"
minutes = 8

[[questions]]
text = "How do you change stations?"
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan file in the current folder, which is empty but for it."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def one_line(text: str) -> str:
    """The text, which is one line without a traceback."""
    assert text.count("\n") == 1, text
    assert "Traceback" not in text
    return text.strip()


def test_new_writes_a_plan_that_works_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["new", "ours.toml"]) == 0
    said = capsys.readouterr()
    assert said.out == "ours.toml\n"
    assert "lunchroom check ours.toml" in said.err
    assert run(["check", "ours.toml"]) == 0
    assert "7:08" in capsys.readouterr().out


def test_new_never_overwrites(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", str(plan)]) == 2
    assert "there already" in one_line(capsys.readouterr().err)
    assert plan.read_text(encoding="utf-8") == PLAN


def test_new_like_latest_moves_the_last_plan_on_and_keeps_the_rest(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", "next.toml", "--like", "latest"]) == 0
    assert "plan.toml" in capsys.readouterr().err
    copied = Path("next.toml").read_text(encoding="utf-8")
    old, new = decode_plan(PLAN, NETWORKS), decode_plan(copied, NETWORKS)
    assert new.starts_at > old.starts_at
    assert (new.starts - old.starts).days % 7 == 0
    assert [line for line in copied.splitlines() if "starts" not in line] == [
        line for line in PLAN.splitlines() if "starts" not in line
    ]


class Typed(io.StringIO):
    """What somebody types at a terminal."""

    def isatty(self) -> bool:
        return True


def test_new_like_asks_whether_a_short_rehearsal_is_meant_and_only_says_so_in_a_script(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plan.write_text(PLAN.replace("19:00:00", "19:07:00\nminutes = 14"), encoding="utf-8")
    told = "plan.toml looks like a rehearsal: it takes 14 min and it begins at 7:07 PM."
    monkeypatch.setattr(sys, "stdin", Typed("\n"))
    assert run(["new", "next.toml", "--like", "latest"]) == 1
    said = capsys.readouterr().err
    assert f"{told} Copy it as it is? [y/N]" in said
    assert "Nothing was written. Name the plan that you mean" in said
    assert not Path("next.toml").exists()
    monkeypatch.setattr(sys, "stdin", Typed("y\n"))
    assert run(["new", "next.toml", "--like", "plan.toml"]) == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    capsys.readouterr()
    assert run(["new", "third.toml", "--like", "plan.toml"]) == 0
    said_too = capsys.readouterr()
    assert f"Note: {told}\n" in said_too.err
    assert said_too.out == "third.toml\n"


def test_new_takes_questions_from_a_document(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("questions.txt").write_text("Q1: What worked?\nQ2: What next?\n", encoding="utf-8")
    assert run(["new", "asked.toml", "--questions", "questions.txt", "--title", "Ours", "--hashtag", "#ours"]) == 0
    made = decode_plan(Path("asked.toml").read_text(encoding="utf-8"), NETWORKS)
    assert [question.text for question in made.questions] == ["What worked?", "What next?"]
    assert (made.title, made.hashtags) == ("Ours", ("ours",))


def test_check_prints_the_schedule_in_clock_times(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(plan)]) == 0
    said = capsys.readouterr()
    assert "7:08 PM" in said.out
    assert "8:00 PM" in said.out
    assert "rehearsal" in said.err


def test_check_tells_what_reading_x_will_cost(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(plan), "--library", str(tmp_path)]) == 0
    assert "$" not in capsys.readouterr().err
    plan.write_text(PLAN.replace('"practice"]', '"x"]\nceiling = 1'), encoding="utf-8")
    assert run(["check", str(plan), "--library", str(tmp_path)]) == 0
    said = capsys.readouterr().err
    assert "Reading X costs about $1.60, at most $5.12 (by chats of others)." in said
    assert "The plan allows $1.00" in said


def test_check_share_prints_what_the_teachers_get(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(plan), "--share"]) == 0
    shared = capsys.readouterr().out
    assert "#navasotaisd" in shared
    assert "What does the first station" in shared


def test_a_mistake_in_the_plan_is_told_with_its_line(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan.write_text(PLAN.replace("minutes = 8", "minutes = -3"), encoding="utf-8")
    assert run(["check", str(plan)]) == 2
    assert one_line(capsys.readouterr().err).endswith("line 13: minutes must be a number above 0, got -3")


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["check", "nothing.toml"], "there is no such file"),
        (["serve", "nothing.toml"], "there is no such file"),
        (["growth", "--from", "tuesday"], "'--from': 'tuesday' is no date such as 2025-09-01."),
        (["serve"], "Which plan?"),
        (["host"], "Which plan?"),
        (["serve", "plan.toml", "--source", "practice:nowhere.jsonl"], "nowhere.jsonl"),
        (["serve", "plan.toml", "--source", "fax"], "no such source"),
        (["serve", "plan.toml", "--speed", "0"], "--speed"),
        (["new", "--questions", "nothing.txt"], "nothing.txt"),
        (["dance"], "No such command"),
        (["check"], "PLAN"),
        (["check", "plan.toml", "--shout"], "--shout"),
    ],
)
def test_bad_input_gets_one_line_and_exit_code_2(
    plan: Path, argv: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(argv) == 2
    assert words in one_line(capsys.readouterr().err)


def test_a_plan_that_is_no_toml_is_told_with_its_line(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan.write_text("title = Stations\n", encoding="utf-8")
    assert run(["check", str(plan)]) == 2
    assert "line 1" in one_line(capsys.readouterr().err)


def test_a_library_that_cannot_be_made_is_told(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("file").write_text("in the way", encoding="utf-8")
    assert run(["serve", str(plan), "--library", "file/chats"]) == 1
    assert "cannot be saved in" in one_line(capsys.readouterr().err)


@pytest.mark.parametrize(
    ("command", "instead"), [("library", "lunchroom sessions"), ("replay", "lunchroom replay latest --plain")]
)
def test_without_a_terminal_a_screen_names_what_does_without(
    command: str, instead: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command]) == 1
    assert instead in one_line(capsys.readouterr().err)


def test_no_command_shows_the_list_of_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Usage: lunchroom")
    assert any(line.split()[:1] == ["demo"] for line in lines)


def test_no_chat_to_end(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["end"]) == 1
    assert "No chat runs" in one_line(capsys.readouterr().err)


def test_a_chat_that_was_closed_elsewhere_is_not_asked_about_again(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As after a takeover: the hub here was killed, the chat went on and ended at the other computer."""
    saved = save_chat(plan.parent / "chats", 0)
    make_runtime_folder()
    save_runtime(Runtime("abc234", "A chat", "http://127.0.0.1:9", 1, str(saved), 1_764_637_200_000, fresh_keys()))
    assert run(["join"]) != 0
    assert "was interrupted" not in capsys.readouterr().err
    assert run(["end"]) == 0
    assert "It is closed already." in one_line(capsys.readouterr().err)
    assert run(["end"]) == 1
    assert "No chat runs" in one_line(capsys.readouterr().err)


def test_an_empty_library_lists_nothing(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sessions", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("command", ["demo", "new", "check", "host", "join", "serve", "end", "sessions"])
def test_each_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    assert f"Example: lunchroom {command}" in capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS_BY_NAME)
def test_the_list_of_commands_says_what_the_help_of_each_says(name: str) -> None:
    told = " ".join((command_line.command(name).help or "").partition("\n\n")[0].split())
    assert f"{told} ".startswith(f"{COMMANDS_BY_NAME[name].help} ")


@pytest.mark.parametrize("columns", [40, 52, 61, 80, 81, 200])
def test_the_list_of_commands_is_what_typer_would_print(
    columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    typer.main.get_command(command_line.app)(["--help"], prog_name="lunchroom", standalone_mode=False)
    assert help_text() == capsys.readouterr().out.rstrip("\n")


COMMANDS = [
    *([name] for name in ("demo", "new", "check", "host", "join", "serve", "end", "sessions", "library", "recap")),
    *([name] for name in ("replay", "growth", "import", "forget")),
    *(["people", name] for name in ("list", "rebuild", "import", "join", "part", "set")),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_names_what_to_give_in_capitals_and_no_types_of_the_language(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--help"]) == 0
    told = capsys.readouterr().out
    assert not re.search(r"[<{]|\[\[|list\[|required", told), told
    usage = told.splitlines()[0].partition("[OPTIONS]")[2].split()
    assert all(one == one.upper() or "FILE" in one for one in usage), usage


def test_help_names_arguments_as_the_line_of_usage_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["replay", "--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Usage: lunchroom replay [OPTIONS] [SESSION]\n")
    assert "\n  [SESSION]  A file, an id" in told
    assert run(["host", "--help"]) == 0
    told = capsys.readouterr().out
    assert "--role driver|greeter" in told
    assert "--name TEXT" in told


def lunchroom(*argv: str) -> "subprocess.CompletedProcess[str]":
    """Run the command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *argv], capture_output=True, text=True, timeout=PATIENCE, encoding="utf-8"
    )


def test_a_chat_is_served_listed_as_running_and_ended_from_another_process(plan: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "serve", str(plan), "--speed", "20", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as hub:
        assert hub.stdout is not None
        ready = json.loads(hub.stdout.readline())
        (row,) = json.loads(lunchroom("sessions", "--json").stdout)
        assert (row["id"], row["state"]) == (ready["session"], "running")
        ended = lunchroom("end")
        assert (ended.returncode, ended.stdout) == (0, "")
        assert ready["file"] in ended.stderr
        assert hub.wait(timeout=PATIENCE) == 0
        assert hub.stderr is not None
        assert ready["token"] not in hub.stderr.read()
    (row,) = json.loads(lunchroom("sessions", "--json").stdout)
    assert row["state"] == "rehearsal"
    assert row["ended"] > row["started"]
    with TinyDB(ready["file"]) as saved:
        assert saved.table("events").all()[-1]["type"] == "session_closed"
        assert len(saved.table("questions")) == 2


def test_ending_a_chat_whose_hub_was_killed_while_it_closed_finishes_the_file(plan: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "serve", str(plan), "--json"], stdout=subprocess.PIPE, text=True
    ) as hub:
        assert hub.stdout is not None
        ready = json.loads(hub.stdout.readline())
        hub.kill()
    with SessionFile.open(Path(ready["file"])) as file:
        last = file.read_events()[-1]
        file.commit([SessionClosed(seq=last.seq + 1, at=last.at, by=None, command=None)])
    ended = lunchroom("end")
    assert ended.returncode == 0, ended.stderr
    with TinyDB(ready["file"]) as saved:
        assert len(saved.table("questions")) == 2
    assert lunchroom("end").returncode == 1


async def test_a_chat_is_ended_under_another_name_where_the_own_one_is_taken(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        await live.join("Ace")
        invite = Invite(live.url, live.keys.token)
        with pytest.raises(Failure, match=r"looks like Ace.*lunchroom end --name NAME"):
            await _end(invite, "Асе")
        await _end(invite, "Ben")
        await live.until(lambda session: session.durable.closed_at is not None)


@pytest.mark.skipif(os.name != "posix", reason="SIGINT cannot be sent to one process elsewhere")
@pytest.mark.skipif(sys.platform == "win32", reason="there a signal cannot be sent to one process alone")
def test_ctrl_c_in_long_work_says_so_and_exits_130(tmp_path: Path) -> None:
    """The work is a list of teachers that never ends: a pipe whose other end stays open."""
    import signal

    pipe = tmp_path / "teachers.csv"
    os.mkfifo(pipe)
    with (
        subprocess.Popen(
            [sys.executable, "-m", "tui", "people", "import", str(pipe), "--library", str(tmp_path / "chats")],
            stderr=subprocess.PIPE,
            text=True,
        ) as work,
        pipe.open("w"),
    ):  # opens as soon as the other side reads
        work.send_signal(signal.SIGINT)
        assert work.stderr is not None
        assert one_line(work.stderr.read()) == "Stopped."
    assert work.returncode == 130


@pytest.mark.skipif(sys.platform == "win32", reason="there a signal cannot be sent to one process alone")
def test_ctrl_c_at_a_question_under_an_event_loop_needs_no_enter() -> None:
    import signal

    code = (
        "import asyncio, sys\nfrom tui.cli.prompts import ask\n"
        "async def joining():\n    ask('Your own name', '')\nasync def main():\n    await joining()\n"
        "try:\n    asyncio.run(main())\nexcept BaseException as stopped:\n    sys.exit(type(stopped).__name__)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as asking:
        assert asking.stderr is not None
        assert asking.stderr.read(len("Your own name: ")) == "Your own name: "
        asking.send_signal(signal.SIGINT)
        assert asking.wait(PATIENCE) == 1
        assert asking.stderr.read().strip() == "Abort"


@pytest.mark.skipif(sys.platform == "win32", reason="its shell cannot close a program's output")
def test_closed_output_is_told_in_one_line(tmp_path: Path) -> None:
    code = f"{sys.executable} -m tui sessions --json --library {tmp_path} >&-"
    done = subprocess.run(["sh", "-c", code], stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, one_line(done.stderr)) == (1, "There is nowhere to print to: the output is closed.")


def test_a_damaged_chat_is_listed_with_what_can_be_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "2025-12-01-navasotaisd-aaaaaa.json").write_text("{}", encoding="utf-8")
    assert run(["sessions", "--library", str(tmp_path)]) == 0
    assert "damaged      nothing can be read" in one_line(capsys.readouterr().out)


def test_ctrl_c_saves_and_exits_0(plan: Path) -> None:
    import signal

    with subprocess.Popen(
        [sys.executable, "-m", "tui", "serve", str(plan), "--json"], stdout=subprocess.PIPE, text=True
    ) as hub:
        assert hub.stdout is not None
        ready = json.loads(hub.stdout.readline())
        hub.send_signal(signal.SIGINT)
        assert hub.wait(timeout=PATIENCE) == 0
    with TinyDB(ready["file"]) as saved:
        assert saved.table("events").get(doc_id=1)["type"] == "session_opened"


def test_help_does_not_wait_for_what_only_a_desk_needs() -> None:
    code = "import sys; from tui.cli import run; run(['--help']); print([m for m in sys.modules if m in " \
        "('textual', 'httpx', 'uvicorn', 'starlette', 'tinydb', 'msgspec')])"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_a_chat_whose_hub_was_killed_is_listed_as_interrupted_and_mended(plan: Path) -> None:
    with new_file(Library(default_library()).folder, events=4) as file:
        pass
    file.path.write_bytes(file.path.read_bytes()[:-20])
    listed = lunchroom("sessions", "--json")
    (row,) = json.loads(listed.stdout)
    assert (row["state"], row["events"], row["ended"]) == ("interrupted", 3, None)
    assert f"{file.path.name}: The last save was interrupted; 3 events are whole" in one_line(listed.stderr)
    with TinyDB(file.path) as saved:
        assert len(saved.table("events")) == 3
