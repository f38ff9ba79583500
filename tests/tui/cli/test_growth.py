"""`lunchroom growth`: which series, in which form, and what is passed by."""

import csv
import io
import json
import os
import shutil
from pathlib import Path

import pytest

from sessions.core.posts import Author
from sessions.library.library import Library
from sessions.library.storage.session_file import SessionFile
from tests.sessions.core.building import START, a_plan
from tests.sessions.library.building import closed, opened, seen
from tests.waiting import PATIENCE
from tui.cli import run

MARIA, TOM, SUE = (Author(f"mastodon:{n}", handle, name) for n, (handle, name) in enumerate(
    [("mlopez", "Maria Lopez"), ("tomk", "Tom K"), ("sue", "Sue")]
))  # fmt: skip
WEEK = 7 * 24 * 3600 * 1000

Captured = pytest.CaptureFixture[str]


def save(library: Library, week: int, *authors: Author, rehearsal: bool = False, **plan: str) -> Path:
    """A closed chat so many weeks on, saved; its file."""
    starts = a_plan().starts.replace(day=1 + 7 * week)
    fields = {"starts": starts, "starts_at": START + week * WEEK, **plan}
    with SessionFile.create(library.folder, a_plan(**fields), started=START + week * WEEK) as file:
        posts = [seen(number, author) for number, author in enumerate(authors, 2)]
        file.commit([opened(rehearsal=rehearsal, **fields), *posts, closed(len(posts) + 2)])
        return file.path


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Two chats of a series and a rehearsal: Maria came twice, Tom once."""
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(tmp_path / "chats"))
    library = Library(tmp_path / "chats")
    save(library, 0, MARIA, TOM)
    save(library, 1, MARIA)
    save(library, 2, SUE, rehearsal=True)
    return library


def test_a_pipe_gets_plain_tables(library: Library, capsys: Captured) -> None:
    assert run(["growth"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "navasotaisd: 2 chats, 2025-12-01 to 2025-12-08" in said.out
    assert "2 people in all, 2 for the first time, 1 of these came back" in said.out
    row = next(line for line in said.out.splitlines() if line.startswith("2025-12-01"))
    assert row.split()[:5] == ["2025-12-01", "2", "2", "0", "1"]
    assert row.endswith("Stations that work")
    assert "\x1b" not in said.out
    assert "█" not in said.out
    assert "unseen" not in said.out, "who was never noticed is for screens only"


@pytest.mark.parametrize("series", ["navasotaisd", "#NavasotaISD"])
def test_json(library: Library, capsys: Captured, series: str) -> None:
    assert run(["growth", series, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [one["people"] for one in document["sessions"]] == [2, 1]
    assert document["sessions"][0]["later"] == [1]


def test_csv_and_its_tables(library: Library, capsys: Captured) -> None:
    assert run(["growth", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["date"], row["people"], row["came_back"]) for row in rows] == [
        ("2025-12-01", "2", "1"),
        ("2025-12-08", "1", ""),
    ]
    assert run(["growth", "--csv", "--table", "cohorts", "--to", "2025-12-07"]) == 0
    assert capsys.readouterr().out == "id,date,first_timers,chats_later,later_date,came\n"


def test_copies_of_one_chat_count_once(library: Library, capsys: Captured) -> None:
    path = next(iter(library.folder.glob("2025-12-08*.json")))
    shutil.copy(path, library.folder / "copy of it.json")
    assert run(["growth", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["sessions"]) == 2


def test_a_damaged_chat_is_named_and_passed_by(library: Library, capsys: Captured) -> None:
    path = save(library, 3, SUE)
    content = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*content[:3], '"2": {{{ torn\n', *content[4:]]))
    assert run(["growth", "--json"]) == 0
    said = capsys.readouterr()
    assert len(json.loads(said.out)["sessions"]) == 2
    assert said.err == f"{path.name} is damaged and not counted.\n"


def test_a_damaged_people_json_is_told_and_the_numbers_are_there(library: Library, capsys: Captured) -> None:
    (library.folder / "people.json").write_text("{")
    assert run(["growth", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["people"] == 2
    assert "lunchroom people rebuild" in said.err


def test_the_latest_series_is_taken_and_the_others_are_named(library: Library, capsys: Captured) -> None:
    save(library, 3, SUE, series="other-chats", title="Other")
    assert run(["growth"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("other-chats: 1 chat, 2025-12-22\n")
    assert "navasotaisd" in said.err


def test_a_chat_that_is_not_closed_is_told(library: Library, capsys: Captured) -> None:
    with SessionFile.create(library.folder, a_plan(series="live"), started=START + 9 * WEEK) as file:
        file.commit([opened(series="live"), seen(2, SUE)])
    assert run(["growth", "live"]) == 0
    assert "not closed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (["nowhere"], 1, "There are: navasotaisd."),
        (["--json", "--csv"], 2, "only one"),
        (["--screen", "--json"], 2, "only one"),
        (["--table", "cohorts"], 2, "add --csv"),
        (["--csv", "--table", "names"], 2, "sessions, cohorts"),
        (["--from", "2026-01-02", "--to", "2026-01-01"], 2, "is after"),
        (["--from", "christmas"], 2, "christmas"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(
    library: Library, capsys: Captured, argv: list[str], code: int, words: str
) -> None:
    assert run(["growth", *argv]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert said.err.count("\n") == 1


def test_an_empty_library(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "empty").mkdir()
    assert run(["growth", "--library", str(tmp_path / "empty")]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert run(["growth", "--library", str(tmp_path / "empty"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sessions"] == []


def test_help_has_an_example(capsys: Captured) -> None:
    assert run(["growth", "--help"]) == 0
    assert "Example: lunchroom growth" in capsys.readouterr().out


def test_the_screen_needs_a_terminal(library: Library, capsys: Captured) -> None:
    assert run(["growth", "--screen"]) == 1
    said = capsys.readouterr()
    assert "needs a terminal" in said.err
    assert said.err.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are Unix only")
def test_the_screen_shows_the_series_between_the_dates_and_leaves(library: Library) -> None:
    import sys

    import pexpect

    child: pexpect.spawn[str] = pexpect.spawn(
        sys.executable, ["-m", "tui", "growth", "#NavasotaISD", "--screen", "--to", "2025-12-02"], encoding="utf-8",
        timeout=PATIENCE, dimensions=(24, 80),
        env={**os.environ, "LUNCHROOM_LIBRARY": str(library.folder), "TERM": "xterm-256color", "PYTHONUTF8": "1"},
    )  # fmt: skip
    child.expect("navasotaisd: 1 chat, 2025-12-01")
    child.send("q")
    child.expect(pexpect.EOF)
    child.wait()  # its end of the terminal closes before it has ended, and close() would kill it then
    child.close()
    assert child.exitstatus == 0


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are Unix only")
@pytest.mark.parametrize(("columns", "no_color"), [(80, ""), (80, "1"), (48, ""), (30, "")])
def test_a_terminal_gets_charts_that_fit_it(library: Library, columns: int, no_color: str) -> None:
    import sys

    import pexpect
    from rich.cells import cell_len
    from rich.text import Text

    # a runner of tests may tell its workers a width of its own, which would go before the terminal's
    of_no_size = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    child: pexpect.spawn[str] = pexpect.spawn(
        sys.executable, ["-m", "tui", "growth"], encoding="utf-8", timeout=PATIENCE, dimensions=(40, columns),
        env={**of_no_size, "LUNCHROOM_LIBRARY": str(library.folder), "TERM": "xterm-256color", "NO_COLOR": no_color,
             "PYTHONUTF8": "1"},
    )  # fmt: skip
    child.expect(pexpect.EOF)
    child.wait()  # its end of the terminal closes before it has ended, and close() would kill it then
    child.close()
    assert child.exitstatus == 0
    shown = child.before or ""
    assert "unseen" in shown
    assert ("People: █ new, ░ again" in shown) == (columns >= 40)
    assert ("\x1b[32m" in shown or "\x1b[38" in shown) == (columns >= 40 and not no_color)
    charts = shown.split("navasotaisd:")[0]
    assert all(cell_len(Text.from_ansi(line).plain) <= columns for line in charts.splitlines())
