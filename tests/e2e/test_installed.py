"""The program as it is installed, away from the checkout: as one file (a zipapp), and as a script on the path."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from tests.e2e.terminal import Terminal, home, lunchroom
from tests.paths import ROOT

SCRIPT = """#!{python}
import sys
from tui.cli import main
if __name__ == '__main__':
    sys.exit(main())
"""
"""What pip makes of an entry point."""


def run(*argv: str | Path, cwd: Path = ROOT) -> None:
    """Run a tool; fails with what it said."""
    done = subprocess.run(argv, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the wheel of this checkout is unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has all that Lunchroom depends on, and no Lunchroom."""
    folder = tmp_path_factory.mktemp("python")
    venv.create(folder, symlinks=True, with_pip=False)
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))
    (site / "dependencies.pth").write_text(
        "\n".join(path for path in sys.path if path.endswith("site-packages")), encoding="utf-8"
    )
    python = folder / "bin" / "python"
    found = subprocess.run([python, "-c", "import tui"], cwd=folder, capture_output=True, text=True, check=False)
    assert "No module named 'tui'" in found.stderr, "this Python has the program, so nothing here would show anything"
    return python


@pytest.fixture(scope="module")
def zipapp(wheel: Path, python: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The command of the program in one file."""
    file = tmp_path_factory.mktemp("zipapp") / "lunchroom.pyz"
    run(sys.executable, "-m", "shiv", "--site-packages", wheel, "-c", "lunchroom", "-o", file)
    return (str(python), str(file))


def test_an_install_speaks_spanish(wheel: Path, zipapp: tuple[str, ...], tmp_path: Path) -> None:
    """The words are compiled while it is built, and are in the wheel and in the one file."""
    assert (wheel / "tui" / "locale" / "es" / "LC_MESSAGES" / "lunchroom.mo").is_file()
    env = {**os.environ, "HOME": str(tmp_path), "SHIV_ROOT": str(tmp_path / "shiv"), "LUNCHROOM_LANGUAGE": "es"}
    done = subprocess.run([*zipapp, "config"], env=env, capture_output=True, text=True, check=True)
    assert re.search(r"(?m)^\w+ +es$", done.stdout), done.stdout


@pytest.fixture
def script(wheel: Path, python: Path, tmp_path: Path) -> tuple[str, ...]:
    """The command of the program as an installed script."""
    file = tmp_path / "bin" / "lunchroom"
    file.parent.mkdir()
    file.write_text(SCRIPT.format(python=python), encoding="utf-8")
    file.chmod(0o755)
    return (str(file),)


@pytest.fixture
def calls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file in which each program notes whom it calls, or whose name it looks up."""
    return tmp_path_factory.mktemp("calls") / "calls.txt"


@pytest.fixture
def env(tmp_path: Path, calls: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a person who works in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    own = {
        "SHIV_ROOT": str(tmp_path.parent / "shiv"),
        "PYTHONPATH": str(Path(__file__).parent / "guard"),
        "LUNCHROOM_CALLS": str(calls),
    }
    return home(tmp_path, {**os.environ, **own})


def called(calls: Path) -> set[str]:
    """Whom the programs called."""
    return {line.partition(" ")[2] for line in calls.read_text("utf-8").splitlines()}


LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def a_plan(folder: Path) -> str:
    """The path of a plan without a source."""
    plan = folder / "maps.toml"
    plan.write_text(
        'title = "Maps"\nstarts = 2026-12-01T20:00:00\ntimezone = "UTC"\n[[questions]]\ntext = "Which map?"\n',
        encoding="utf-8",
    )
    return str(plan)


def test_the_wheel_has_each_file_that_is_read(wheel: Path) -> None:
    for top in ("sessions", "tui"):
        read = {path.relative_to(ROOT) for path in (ROOT / top).rglob("*.*") if path.parent.name != "__pycache__"}
        assert len({path.suffix for path in read}) > 1, "only code, so that this shows nothing"
        assert not {path for path in read if not (wheel / path).is_file()}


def test_the_demo_runs_from_one_file_and_calls_nobody_else(
    zipapp: tuple[str, ...], env: dict[str, str], calls: Path
) -> None:
    desk = Terminal(["demo", "--speed", "10"], env, program=zipapp)
    desk.wait_for("Rehearsal: n asks a question")
    desk.press("q")
    assert desk.wait_for_end() == 0, desk.text
    assert "The rehearsal is saved in" in desk.text
    assert called(calls) == {"127.0.0.1"}


def test_host_join_and_end_run_from_one_file_and_call_nobody_else(
    zipapp: tuple[str, ...], env: dict[str, str], calls: Path, tmp_path: Path
) -> None:
    host = Terminal(["host", a_plan(tmp_path), "--name", "Ana"], env, program=zipapp)
    host.wait_for("Ana asks and greets")
    host.press("q")
    assert host.wait_for_end() == 0, host.text
    desk = Terminal(["join", "--name", "Ben"], env, program=zipapp)
    desk.wait_for("Ben")
    ended = lunchroom(env, "end", "--yes", program=zipapp)
    assert ended.returncode == 0, ended.stderr
    desk.wait_for("The chat is closed and saved.")
    desk.press("q")
    assert desk.wait_for_end() == 0, desk.text
    recap = lunchroom(env, "recap", "latest", "--output", str(tmp_path / "recap.html"), program=zipapp)
    assert recap.returncode == 0, recap.stderr
    assert "127.0.0.1" in called(calls)
    assert called(calls) <= LOOPBACK


def test_a_chat_begins_and_ends_from_an_installed_script(
    script: tuple[str, ...], wheel: Path, env: dict[str, str], tmp_path: Path
) -> None:
    env = {**env, "PYTHONPATH": os.pathsep.join([env["PYTHONPATH"], str(wheel)])}
    host = Terminal(["host", a_plan(tmp_path), "--name", "Ana"], env, program=script)
    host.wait_for("Ana asks and greets")
    ended = lunchroom(env, "end", "--yes", program=script)
    assert ended.returncode == 0, ended.stderr
    host.wait_for("The chat is closed and saved.")
    host.press("q")
    assert host.wait_for_end() == 0, host.text
