"""The core cannot import the screen, and the pure modules of it cannot import I/O."""

import ast
from pathlib import Path

import pytest

from tests.paths import ROOT

PURE = {
    "core", "library/directory", "exchange/differences", "publishing/offers", "publishing/texts", "networks/account",
    "networks/counting", "networks/poster", "networks/sign_in/entered", "networks/x/prices",
    "reports/recap",
}  # fmt: skip
IO = {
    "asyncio", "filelock", "httpx", "httpx_sse", "io", "keyring", "multiprocessing", "os", "pathlib", "platformdirs",
    "random", "secrets", "shutil", "socket", "starlette", "stamina", "subprocess", "tempfile", "threading", "time",
    "tinydb", "truststore", "urllib.request", "uvicorn",
}  # fmt: skip


def imported(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports out in full"
            found |= {node.module or ""} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def modules(name: str) -> list[Path]:
    """The files of a module of `sessions`, be it one file or a package."""
    file, package = ROOT / "sessions" / f"{name}.py", ROOT / "sessions" / name
    return [file] if file.exists() else sorted(package.rglob("*.py"))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "sessions").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_sessions_never_imports_the_screen(path: Path) -> None:
    assert not {name for name in imported(path) if name.split(".")[0] in ("tui", "textual", "rich")}


@pytest.mark.parametrize("name", sorted(PURE))
def test_the_pure_modules_import_no_io(name: str) -> None:
    files = modules(name)
    assert files, f"sessions/{name} is gone: name the new module here"
    for path in files:
        assert not {found for found in imported(path) if found in IO or found.split(".")[0] in IO}, path
        own = {found for found in imported(path) if found.startswith("sessions.")}
        assert not {found for found in own if found.split(".")[1] in ("library", "rehearsal", "hub", "files")}, path
