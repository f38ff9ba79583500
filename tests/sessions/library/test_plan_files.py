"""Plan files: what is read, what is never overwritten, which one is the last."""

import os
from pathlib import Path

import pytest

from sessions.core.plan.reading import MAX_CHARACTERS, PlanError
from sessions.library.plans import latest_plan, read_plan, system_timezone, write_plan
from sessions.library.plans.texts import read_text


def plan(date: str, title: str = "a") -> str:
    return f'title = "{title}"\r\nstarts = {date}T19:00:00\r\ntimezone = "America/Chicago"\r\n'


def test_a_plan_is_read_with_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    write_plan(path, plan("2026-12-01", "Tschüß"))
    found = read_plan(path)
    assert found.text == plan("2026-12-01", "Tschüß")
    assert found.plan.title == "Tschüß"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_as_editors_save_it(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "questions.txt"
    path.write_bytes("Q1: Où?\r\n".encode(encoding))
    assert read_text(path) == "Q1: Où?\r\n"


def test_a_file_that_is_no_text_is_refused_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(b'title = "a"\nother = "\xe9"\n')
    with pytest.raises(PlanError, match="line 2: this is no plain text: save the file as text"):
        read_text(path)


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(b"a" * (MAX_CHARACTERS * 5))
    with pytest.raises(PlanError, match="longer than any plan"):
        read_plan(path)


def test_a_plan_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "plans" / "plan.toml"
    write_plan(path, "first")
    with pytest.raises(FileExistsError):
        write_plan(path, "second")
    assert path.read_text(encoding="utf-8") == "first"


def test_the_latest_plan_is_that_of_the_last_chat_whatever_the_files_dates(tmp_path: Path) -> None:
    here, library = tmp_path / "here", tmp_path / "library"
    write_plan(here / "spring.toml", plan("2026-04-01"))
    write_plan(here / "autumn.toml", plan("2026-10-01"))
    write_plan(library / "summer.toml", plan("2026-07-01"))
    write_plan(here / "pyproject.toml", '[project]\nname = "x"\n')
    os.utime(here / "autumn.toml", (0, 0))
    found = latest_plan([here, library, tmp_path / "nowhere", here]).found
    assert found is not None
    assert found.path.name == "autumn.toml"


def test_of_two_plans_for_one_time_the_one_written_last_counts(tmp_path: Path) -> None:
    for age, name in enumerate(("new", "old")):
        write_plan(tmp_path / f"{name}.toml", plan("2026-10-01"))
        os.utime(tmp_path / f"{name}.toml", (1000 - age, 1000 - age))
    found = latest_plan([tmp_path]).found
    assert found is not None
    assert found.path.name == "new.toml"


def test_a_plan_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    write_plan(tmp_path / "broken.toml", "starts = soon\n")
    latest = latest_plan([tmp_path])
    assert latest.found is None
    [(path, error)] = latest.unreadable
    assert path.name == "broken.toml"
    assert error.line == 1


def test_the_systems_timezone_is_one_that_plans_accept(tmp_path: Path) -> None:
    name = system_timezone()
    if name is not None:
        path = tmp_path / "plan.toml"
        write_plan(path, 'title = "a"\nstarts = 2026-12-01T19:00:00\n')
        assert read_plan(path, default_timezone=name).plan.timezone == name
