"""`lunchroom import`: what it says, what it asks, and how it ends."""

import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sessions.core.evolve import fold
from sessions.importing import ColumnsUnclear, Wanted, read_archive
from sessions.library.library import Library
from sessions.library.storage import layout
from sessions.library.storage.reading import read_events
from tests.paths import ROOT
from tests.sessions.importing.archives import COLUMNS, START, entries, plain, table
from tests.waiting import PATIENCE
from tui.cli import run

CLEAN = table(plain(entries()), COLUMNS)
WEEK = datetime.timedelta(weeks=1)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive in the current folder, which is empty but for it; the library is `chats`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(tmp_path / "chats"))
    path = tmp_path / "chat.csv"
    path.write_text(CLEAN, encoding="utf-8")
    return path


def test_a_chat_is_imported_and_listed(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "chat.csv", "--zone", "UTC"]) == 0
    said = capsys.readouterr()
    (saved,) = Library(Path("chats")).saved_chats()
    assert said.out.split("  ")[:4] == ["2016-01-20", saved.id, "stationchat", "12 posts"]
    assert "5 answers, 5 filed" in said.out
    assert "time is 'created_at'" in said.err
    assert run(["sessions", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["id"] == saved.id


def test_what_was_not_understood_is_told_with_its_lines(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = "".join(f"{n},never,ana,hello\r\n" for n in range(7))
    archive.write_text(CLEAN + bad + CLEAN.partition("\r\n")[2], encoding="utf-8")
    assert run(["import", "chat.csv"]) == 0
    said = capsys.readouterr().err
    assert "7 lines not understood" in said
    assert "line 14: no time that can be read" in said
    assert "and 2 more" in said
    assert "12 exact duplicates dropped" in said
    assert "24 times without a zone taken as UTC" in said


def test_the_same_file_twice_is_skipped_with_a_word(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "chat.csv"]) == 0
    capsys.readouterr()
    assert run(["import", "chat.csv"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "the same posts are saved already" in said.err
    assert len(Library(Path("chats")).saved_chats()) == 1


def test_json_for_scripts(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "chat.csv", "--json", "--title", "Stations"]) == 0
    found = json.loads(capsys.readouterr().out)
    (chat,) = found["chats"]
    assert (chat["title"], chat["answers"], chat["skipped"]) == ("Stations", 5, None)
    assert Path(chat["file"]).is_file()
    assert found["files"][0]["columns"]["handle"] == "from_user"


def test_a_dry_run_tells_and_writes_nothing(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "chat.csv", "--dry-run"]) == 0
    assert "(dry run)" in capsys.readouterr().out
    assert Library(Path("chats")).saved_chats() == []


def test_a_file_that_cannot_be_read_does_not_keep_the_others_out(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("empty.csv").write_text("", encoding="utf-8")
    assert run(["import", "empty.csv", "chat.csv", "nowhere.csv"]) == 1
    said = capsys.readouterr()
    assert "12 posts" in said.out
    assert "empty.csv: the file is empty" in said.err
    assert "nowhere.csv: no such file or directory" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--map", "text"], "--map must be COLUMN=FIELD"),
        (["--map", "nowhere=text"], "'nowhere'"),
        (["--hour", "noon"], "--hour must be"),
        (["--zone", "Nowhere/Town"], "no such time zone"),
        (["--network", "fax"], "--network must be one of"),
        (["--host", "stranger"], "never posts there"),
        ([], "which column is the time"),
    ],
)
def test_a_wrong_command_line_is_one_line(
    options: list[str], words: str, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not options:
        archive.write_text(CLEAN.replace("created_at", "moment of it"), encoding="utf-8")
    assert run(["import", "chat.csv", *options]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not list(Path("chats").glob("*.json"))


def test_columns_of_unknown_names_are_told_with_what_is_in_them(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive.write_text("a;b;c\n2016-01-20 20:00;ana;Q1 Which book?\n2016-01-20 20:01;tk;A1 This\n", encoding="utf-8")
    assert run(["import", "chat.csv"]) == 2
    assert "the columns are: 1 (a), 2 (b), 3 (c)" in capsys.readouterr().err
    with pytest.raises(ColumnsUnclear) as error:
        read_archive(archive, Wanted(zone="UTC"))
    assert error.value.samples == (("a", "2016-01-20 20:00"), ("b", "ana"), ("c", "Q1 Which book?"))


def test_a_chat_without_a_host_names_who_may_have_hosted(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chat = "time,from,text\n2016-01-20 20:00,ana,Q1 Which book?\n2016-01-20 20:01,tk,A1 This one\n"
    archive.write_text(chat, encoding="utf-8")
    assert run(["import", "chat.csv", "--dry-run"]) == 0
    told = capsys.readouterr()
    assert "0 questions" in told.out
    assert "No host was found in 1 chat, so no question is known there; --host ana says who hosted." in told.err
    assert run(["import", "chat.csv", "--dry-run", "--host", "ana"]) == 0
    told = capsys.readouterr()
    assert "1 questions" in told.out
    assert "No host" not in told.err


@pytest.mark.parametrize(("precision", "told"), [("second", ""), ("second (US Eastern local)", "time zone is")])
def test_a_column_is_called_the_time_zone_only_where_it_says_one(
    precision: str, told: str, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post = {"time": "2016-01-20 20:00:00", "handle": "ana", "text": "hello", "precision": precision}
    archive.write_text(json.dumps(post), encoding="utf-8")
    assert run(["import", "chat.csv", "--dry-run"]) == 0
    err = capsys.readouterr().err
    assert ("precision" in err) == bool(told)
    assert told in err


def test_columns_named_with_map(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive.write_text(CLEAN.replace("created_at", "moment of it"), encoding="utf-8")
    assert run(["import", "chat.csv", "--map", "moment of it=time"]) == 0
    assert "12 posts" in capsys.readouterr().out


def test_words_of_the_archive_never_steer_the_terminal(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive.write_text(CLEAN.replace("id_str", "id\x1b[2J"), encoding="utf-8")
    assert run(["import", "chat.csv", "--map", "id\x1b[2J=id"]) == 0
    said = capsys.readouterr()
    assert "\x1b" not in said.err + said.out


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are Unix only")
def test_on_a_terminal_it_asks_for_columns_and_before_it_writes(archive: Path) -> None:
    import pexpect

    archive.write_text(CLEAN.replace("created_at", "moment of it"), encoding="utf-8")
    child = pexpect.spawn(sys.executable, ["-m", "tui", "import", "chat.csv"], timeout=PATIENCE, encoding="utf-8",
                          dimensions=(40, 160), cwd=archive.parent,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    child.expect("which column is the time")
    child.expect("2  moment of it +2016-01-20")
    child.expect("Number")
    child.sendline("2")
    child.expect("3 questions, @AnaHost")
    child.expect("Import this")
    assert Library(archive.parent / "chats").saved_chats() == []
    child.sendline("")
    child.expect("Importing")
    child.expect("5 answers, 5 filed")
    child.expect(pexpect.EOF)
    child.wait()  # its end of the terminal closes before it has ended, and close() would kill it then
    child.close()
    assert child.exitstatus == 0
    assert len(Library(archive.parent / "chats").saved_chats()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are Unix only")
def test_on_a_terminal_a_column_is_taken_once_and_a_no_imports_nothing(archive: Path) -> None:
    import pexpect

    header, _, rest = CLEAN.partition("\r\n")
    assert header
    archive.write_text("a,b,c,d\r\n" + rest, encoding="utf-8")
    child = pexpect.spawn(sys.executable, ["-m", "tui", "import", "chat.csv"], timeout=PATIENCE, encoding="utf-8",
                          dimensions=(40, 160), cwd=archive.parent,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    child.expect("which column is the time")
    child.expect("Number")
    child.sendline("2")
    child.expect("which column is the handle")
    child.expect("Number")
    child.sendline("2")
    child.expect("Column 2 is the time already")
    child.sendline("7")
    child.expect("Give a number from 1 to 4")
    child.sendline("3")
    child.expect("which column is the text")
    child.expect("Number")
    child.sendline("4")
    child.expect("Import this")
    child.sendline("n")
    child.expect("Stopped: nothing was imported")
    child.expect(pexpect.EOF)
    child.wait()  # its end of the terminal closes before it has ended, and close() would kill it then
    child.close()
    assert child.exitstatus == 130
    assert Library(archive.parent / "chats").saved_chats() == []


@pytest.mark.skipif(os.name != "posix", reason="SIGINT cannot be sent to one process elsewhere")
def test_ctrl_c_leaves_nothing_half_imported(archive: Path) -> None:
    rows = [row for week in range(400) for row in plain(entries(START + week * WEEK))]
    archive.write_text(table(rows, COLUMNS), encoding="utf-8")
    staging = archive.parent / "chats" / ".importing"
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "import", "chat.csv"], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=archive.parent, env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as child:  # fmt: skip
        while child.poll() is None and not list(staging.glob("*.json")):
            pass
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=PATIENCE)
    assert child.returncode == 130
    assert said.strip().endswith("Stopped: nothing was imported.")
    assert not staging.exists()
    assert Library(archive.parent / "chats").saved_chats() == []


@pytest.mark.skipif(os.name != "posix", reason="SIGINT cannot be sent to one process elsewhere")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_whenever_it_is_stopped_whole_chats_are_there_or_none(stop: signal.Signals, archive: Path) -> None:
    """Stopped as soon as so many chats are staged, and once as the first lies in the library."""
    rows = [row for week in range(12) for row in plain(entries(START + week * WEEK))]
    archive.write_text(table(rows, COLUMNS), encoding="utf-8")
    library = archive.parent / "chats"
    for staged in (0, 6, 13):
        if library.exists():
            shutil.rmtree(library)
        child = importing(archive.parent)
        while child.poll() is None and not reached(library, staged):
            pass
        child.send_signal(stop)
        _, said = child.communicate(timeout=PATIENCE)
        there = Library(library).saved_chats()
        assert [saved for saved in there if saved.damaged or saved.ended is None or saved.events != 17] == []
        assert len(there) in (0, 12) or stop == signal.SIGKILL
        if child.returncode == 130:
            assert ("the chats are saved" in said) == bool(there)
        assert run(["import", "chat.csv"]) == 0
        whole = Library(library).saved_chats()
        assert len(whole) == 12
        newcomers = [state.newcomers() for state in (fold(read_events(saved.path)) for saved in reversed(whole))]
        assert newcomers == [3, *[0] * 11], "as if nothing had happened"
        assert not (library / ".importing").exists()


def reached(library: Path, staged: int) -> bool:
    """Whether so many chats are staged, all of them placed for one more than there are."""
    if staged > 12:
        return any(library.glob("2*.json"))
    return (library / ".importing").exists() and len(list((library / ".importing").glob("*.json"))) >= staged


def importing(folder: Path) -> subprocess.Popen[str]:
    """The command at work on `chat.csv` in the folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "tui", "import", "chat.csv"], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_the_last_line_sums_up_what_was_understood_and_what_not(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = CLEAN.partition("\r\n")[2]
    archive.write_text(CLEAN + again + "9,never,ana,hello\r\n10,2016-01-25 03:00,ana,alone\r\n", encoding="utf-8")
    Path("other.csv").write_text(CLEAN, encoding="utf-8")
    assert run(["import", "chat.csv", "other.csv"]) == 0
    assert capsys.readouterr().err.splitlines()[-1] == (
        "Imported 1 chat, 12 posts; 1 chat skipped; 12 duplicates dropped; 1 post between chats left out; "
        "1 line not understood."
    )
    assert run(["import", "chat.csv", "--dry-run"]) == 0
    assert capsys.readouterr().err.splitlines()[-1].startswith("Would import 0 chats, 0 posts; 1 chat skipped")


def test_a_longer_copy_is_told(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "chat.csv"]) == 0
    (saved,) = Library(Path("chats")).saved_chats()
    whole = archive.parent / saved.path.name
    whole.write_bytes(saved.path.read_bytes())
    tables = layout.parse(whole.read_bytes())
    saved.path.write_bytes(layout.document({"session": bytes(tables.others["session"])}, layout.raw_events(tables)[:8]))
    capsys.readouterr()
    assert run(["import", whole.name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["chats"][0]["replaced_events"] == 8
    saved.path.write_bytes(layout.document({"session": bytes(tables.others["session"])}, layout.raw_events(tables)[:8]))
    assert run(["import", whole.name]) == 0
    said = capsys.readouterr().err
    assert "a longer copy of the chat of 2016-01-20" in said
    assert "its 17 events are here now instead of the first 8 of them" in said
    assert run(["import", whole.name]) == 0
    assert f"already here as {saved.id}" in capsys.readouterr().err


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "--help"]) == 0
    assert "Example: lunchroom import" in capsys.readouterr().out


INPUTS = ROOT / "tests" / "sessions" / "importing" / "inputs"


def test_the_preview_shows_three_posts_and_the_encoding(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "--dry-run", str(INPUTS / "macroman-twice.csv")]) == 0
    said = capsys.readouterr().err
    assert "    hostess: Q1 What’s one thing you’d change about “lab day”? #lunchchat\n" in said
    assert said.count("#lunchchat\n") == 3
    assert "Read in the encoding mac_roman; --encoding NAME says another." in said
    assert run(["import", "--dry-run", "--json", "--encoding", "cp1252", str(INPUTS / "macroman-twice.csv")]) == 0
    assert json.loads(capsys.readouterr().out)["files"][0]["encoding"] == "cp1252"


@pytest.mark.parametrize("option", [["--encoding", "klingon"], ["--dates", "year"]])
def test_options_that_mean_nothing_are_refused(
    archive: Path, option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "chat.csv", *option]) == 2
    assert f"{option[0]} must be" in capsys.readouterr().err


def test_an_own_archive_takes_its_author(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "--dry-run", str(INPUTS / "01-tweets.js")]) == 2
    assert "say whose with --author HANDLE" in capsys.readouterr().err
    assert run(["import", "--dry-run", "--author", "@ana_host", str(INPUTS / "01-tweets.js")]) == 0
    said = capsys.readouterr()
    assert "JSON of X." in said.err
    assert "3 questions" in said.out


def test_dates_and_shifted_clocks_are_told(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "--dry-run", "--dates", "month", str(INPUTS / "49-dotted-dates.csv")]) == 0
    assert capsys.readouterr().out.startswith("2023-10-0")
    assert run(["import", "--dry-run", "--zone", "America/Chicago", str(INPUTS / "17-rtweet.csv")]) == 0
    assert "Times were 6 hours off what the posts' ids say: taken from the ids." in capsys.readouterr().err
    assert run(["import", "--dry-run", str(INPUTS / "35-unquoted-commas.csv")]) == 0
    assert "3 lines had more cells than there are columns" in capsys.readouterr().err


def test_hosts_questions_and_lines_are_told_where_nobody_is_asked(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = "".join(f"{n},never,ana,hello\r\n" for n in range(9))
    archive.write_text(CLEAN + bad, encoding="utf-8")
    assert run(["import", "--dry-run", "--zone", "UTC", "chat.csv"]) == 0
    said = capsys.readouterr().err
    assert "2016-01-20 20:00  #stationchat on 2016-01-20: 12 posts, 3 questions, @AnaHost" in said
    assert "and 4 more: 19-22" in said


def test_runs_of_line_numbers() -> None:
    from tui.cli.import_preview import line_numbers

    assert line_numbers([3, 9, 7, 8, 3]) == "3, 7-9"
    assert line_numbers(range(2, 99, 2)).endswith("40, ...")
