"""Which command starts the program again, from wherever it was installed."""

import sys
import zipfile
from pathlib import Path

import pytest

from sessions.hub.process.program import Program
from tui.cli.program import started_as, this_program

PYTHON = "/usr/bin/python3"


def archive(path: Path, before: bytes = b"") -> Path:
    """A program in one file, behind what starts it."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("__main__.py", "print('up')")
    path.write_bytes(before + path.read_bytes())
    return path


def command(script: str | Path, module: str | None = None) -> tuple[str, ...]:
    """The command behind a process that a Python runs."""
    return started_as(str(script), python=PYTHON, module=module, frozen=False).command


def test_python_m_is_python_m_again() -> None:
    assert command("/checkout/tui/__main__.py", "tui.__main__") == (PYTHON, "-m", "tui")


@pytest.mark.parametrize("shebang", [b"", b"#!/usr/bin/env python3\n"])
def test_a_zipapp_is_handed_to_the_same_python(tmp_path: Path, shebang: bytes) -> None:
    file = archive(tmp_path / "lunchroom.pyz", shebang)
    assert command(file, "__main__") == (PYTHON, str(file))


def test_a_path_is_whole_because_the_hub_may_stand_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(tmp_path / "lunchroom.pyz")
    monkeypatch.chdir(tmp_path)
    assert command("lunchroom.pyz", "__main__") == (PYTHON, str(tmp_path / "lunchroom.pyz"))


def test_an_installed_script_is_handed_to_the_same_python(tmp_path: Path) -> None:
    script = tmp_path / "lunchroom"
    script.write_text("#!/home/ana/venv/bin/python3\nfrom tui.cli import main\n", encoding="utf-8")
    assert command(script) == (PYTHON, str(script))


def test_a_launcher_of_windows_is_found_by_the_ending_that_it_takes_off(tmp_path: Path) -> None:
    launcher = archive(tmp_path / "lunchroom.exe", b"MZ...")
    assert command(tmp_path / "lunchroom", "__main__") == (PYTHON, str(launcher))


def test_a_file_that_is_no_python_is_the_program_itself(tmp_path: Path) -> None:
    compiled = tmp_path / "lunchroom"
    compiled.write_bytes(b"\x7fELF\x02\x01\x01")
    assert command(compiled) == (str(compiled),)


def test_a_frozen_build_is_its_own_python_and_unpacks_itself_anew() -> None:
    program = started_as("lunchroom", python="/opt/lunchroom/lunchroom", module="__main__", frozen=True)
    assert program == Program(("/opt/lunchroom/lunchroom",), {"PYINSTALLER_RESET_ENVIRONMENT": "1"})


@pytest.mark.parametrize("script", ["-c", "", "gone"])
def test_where_nothing_tells_it_is_the_package(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert command(script) == (PYTHON, "-m", "tui")


def test_this_process_has_a_python() -> None:
    assert this_program().command[0] == sys.executable
