"""The contracts of the imports hold and can be broken; and what they cannot say: modules' cycles, calls that do I/O."""

import ast
import graphlib
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

from tests.paths import ROOT

PURE_CONTRACTS = {"pure-core", "pure-rules"}
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(checkout: Path, contract: str | None = None) -> subprocess.CompletedProcess[str]:
    """The contracts, or the one, checked against the packages in a folder."""
    only = ["--contract", contract] if contract else []
    command = [sys.executable, "-c", LINT, "--no-cache", "--no-logo", *only]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages and their contracts in a folder of their own."""
    checkout = tmp_path_factory.mktemp("checkout")
    for package in ("sessions", "tui"):
        shutil.copytree(ROOT / package, checkout / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", checkout)
    return checkout


def test_the_contracts_of_the_imports_hold() -> None:
    told = lint(ROOT)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize(
    ("contract", "module", "line"),
    [
        ("no-screen", "core/clock/__init__.py", "import textual"),
        ("no-screen", "hub/process/spawn.py", "def later():\n    from tui.cli import main"),
        ("pure-core", "core/events.py", "import asyncio"),
        ("pure-core", "core/clock/__init__.py", "def later():\n    import time"),
        ("pure-core", "core/people.py", "from sessions.files.disk import write_whole"),
        ("pure-rules", "publishing/offers.py", "from pathlib import Path"),
        ("floors", "library/index.py", "from sessions.importing.meetings.pasted import read_pasted"),
        ("floors", "publishing/offers.py", "import sessions.replay.moments"),
        ("floors", "importing/archive.py", "from sessions.rehearsal.recording import Recording"),
        ("network-floors", "networks/mastodon/rules.py", "import sessions.networks.bluesky.rules"),
        ("network-floors", "networks/web/feed.py", "def later():\n    import sessions.networks.registry"),
        ("hub-floors", "hub/server/service.py", "import sessions.hub.client.client"),
        ("hub-in-english", "core/errors.py", "from sessions.words import _"),
        ("no-cycles-in-sessions", "core/state.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
         "    from sessions.core.commands import decide"),
        ("screens-by-the-client", "../tui/desk/screen.py", "import sessions.hub.server.service"),
    ],
)  # fmt: skip
def test_a_wrong_import_breaks_its_contract(copy: Path, contract: str, module: str, line: str) -> None:
    path = copy / "sessions" / module
    rightly = path.read_text(encoding="utf-8")
    path.write_text(f"{rightly}\n{line}\n", encoding="utf-8")
    try:
        told = lint(copy, contract)
    finally:
        path.write_text(rightly, encoding="utf-8")
    assert told.returncode == 1, told.stdout + told.stderr
    assert "1 broken" in told.stdout


def test_a_package_without_a_floor_breaks_the_contract(copy: Path) -> None:
    attic = copy / "sessions" / "attic"
    attic.mkdir()
    (attic / "__init__.py").write_text('"""Up there."""\n', encoding="utf-8")
    try:
        told = lint(copy, "floors")
    finally:
        shutil.rmtree(attic)
    assert told.returncode == 1, told.stdout + told.stderr


def test_no_two_modules_need_each_other() -> None:
    """A package's `__init__` and its modules neither, which the contracts about siblings do not see."""
    graph = grimp.build_graph("sessions", "tui", cache_dir=None)
    needs = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    graphlib.TopologicalSorter(needs).prepare()  # raises CycleError with the modules of a cycle


def pure_files() -> list[Path]:
    """The files of the modules that do no I/O, as the contracts name them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    names = [name for one in contracts if one["id"] in PURE_CONTRACTS for name in one["source_modules"]]
    places = [ROOT.joinpath(*name.split(".")) for name in names]
    return [path for place in places for path in ([*place.rglob("*.py")] or [place.with_suffix(".py")])]


def calls(path: Path) -> set[str]:
    """The last part of the name of everything that a file calls."""
    called = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    return {node.id for node in called if isinstance(node, ast.Name)} | {
        node.attr for node in called if isinstance(node, ast.Attribute)
    }


def test_the_pure_modules_call_neither_clock_nor_file() -> None:
    assert len(pure_files()) > 50
    impure = {"now", "today", "utcnow", "open", "input", "print", "urlopen", "import_module", "__import__"}
    assert {path: called for path in pure_files() if (called := calls(path) & impure)} == {}


def test_imports_are_written_out_in_full() -> None:
    """So that a search for a module's full name finds all who use it."""
    for path in sorted((ROOT / "sessions").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level], path


def test_no_string_in_sessions_names_the_screen() -> None:
    """A module that is named in a string is imported as well, when the string is used."""
    for path in sorted((ROOT / "sessions").rglob("*.py")):
        constants = [
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert not [text for text in constants if re.search(r"\btui\b", text)], path


PACKAGES = sorted(path.parent for top in ("sessions", "tui") for path in (ROOT / top).rglob("__init__.py"))


def modules_of(package: Path) -> set[str]:
    """The modules and packages that lie in a package."""
    names = {path.stem for path in package.glob("*.py")} | {path.parent.name for path in package.glob("*/__init__.py")}
    return {name for name in names if not name.startswith("__")}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_package_says_what_each_of_its_modules_is(package: Path) -> None:
    told = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert modules_of(package) <= set(re.findall(r"`(\w+)`", told))


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_package_is_too_full_to_look_over(package: Path) -> None:
    most = 20 if package == ROOT / "tui" / "widgets" else 16  # small widgets, side by side
    assert len([path for path in package.glob("*.py") if not path.stem.startswith("__")]) <= most


def floors(contract: str) -> list[set[str]]:
    """The names on each floor of a contract of layers, from the top."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(one["layers"] for one in contracts["contracts"] if one["id"] == contract)
    return [set(layer.split(" | ")) for layer in layers]


@pytest.mark.parametrize(
    ("contract", "package", "folder"),
    [("screen-floors", "tui", ""), ("floors", "sessions", ""), ("hub-floors", "sessions", "hub/")],
)
def test_the_floors_of_the_architecture_are_those_of_the_contracts(contract: str, package: str, folder: str) -> None:
    """Each line of the drawing tells of one floor, and the lines come in the order of the floors."""
    drawing = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("```\n")[1]
    lines = re.search(rf"(?m)^{package} .*\n((?:  .*\n)+)", drawing)
    assert lines is not None
    rooms = [line.strip().split("   ")[0].split() for line in lines[1].splitlines()]
    if folder:
        rooms = [[room.removeprefix(folder) for room in line if room.startswith(folder)] for line in rooms]
    else:
        rooms = [list(dict.fromkeys(room.partition("/")[0] for room in line)) for line in rooms]
    drawn = [set(line) for line in rooms if line]
    told = floors(contract)
    place = [next(place for place, floor in enumerate(told) if line <= floor) for line in drawn]
    assert place == sorted(place)
    assert set().union(*drawn) == set().union(*told) - {"__main__"}
