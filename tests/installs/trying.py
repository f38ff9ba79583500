"""A way to install, gone in an account and a folder of its own."""

import os
import shlex
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.e2e.terminal import Terminal, home
from tests.installs.ways import Way

PATIENCE = 1800.0
"""Seconds that an installer may take to fetch and unpack some sixty packages on a busy machine."""

INSTALLERS = ("uv", "uvx", "pipx", "shiv")
"""The programs with which the ways are gone, beside the pip of each Python."""


OWN = str(Path(sys.executable).parent)
"""Where the programs of this Python lie."""


class Failed(Exception):
    """What was typed, and what it said."""


def installer(name: str) -> str | None:
    """Where an installer is, that of this Python before another."""
    return shutil.which(name, path=OWN) or shutil.which(name)


def build(folder: Path, root: Path) -> tuple[Path, Path]:
    """The wheel and the source archive of the checkout `root`, in a folder; raises Failed."""
    _run([sys.executable, "-m", "hatchling", "build", "-d", str(folder)], root, os.environ)
    (wheel,), (source,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, source


def attempt(way: Way, built: Path, folder: Path) -> str:
    """What came of it, in words; `built` has the wheel and the source archive. Raises Failed."""
    where = folder / "here"
    if way.copy:
        (source,) = built.glob("*.tar.gz")
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        (folder / source.name.removesuffix(".tar.gz")).rename(where)
    else:
        where.mkdir()
    env = _account(folder, built)
    begun = time.monotonic()
    for line in way.install:
        _run(["sh", "-c", line], where, env)
    program = shlex.split(way.run)
    version = _run([*program, "--version"], where, env).strip()
    took = time.monotonic() - begun
    if not _run([*program, "--help"], where, env).lstrip().startswith("Usage: "):
        raise Failed(f"{way.run} --help shows no usage")
    return f"{version} after {took:.0f} s; help; {_demo(program, where, env)}"


def _demo(program: list[str], where: Path, env: Mapping[str, str]) -> str:
    before = Path.cwd()
    os.chdir(where)
    try:
        desk = Terminal(["demo", "--speed", "10"], env, program=program)
        seconds = desk.wait_for("Rehearsal: n asks a question")
        desk.press("q")
        code = desk.wait_for_end()
    except AssertionError as error:
        raise Failed(f"the demo: {error}") from error
    finally:
        os.chdir(before)
    if code:
        raise Failed(f"the demo ended with {code}: {desk.text}")
    return f"the demo began in {seconds:.1f} s and ended with 0"


def _account(folder: Path, built: Path) -> dict[str, str]:
    """The environment of somebody who has the installers and no Lunchroom, and whose index has the built one, too."""
    caches = built.parent / "caches"
    base = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    bin_folder, tools = folder / "home" / ".local" / "bin", folder / "tools"
    tools.mkdir()
    for name in INSTALLERS:  # without the `lunchroom` that lies beside them
        (tools / name).symlink_to(installer(name) or name)
    others = [path for path in base["PATH"].split(os.pathsep) if path != OWN]
    more = {
        "PATH": os.pathsep.join([str(bin_folder), str(tools), str(Path(sys.base_prefix, "bin")), *others]),
        "PIP_CACHE_DIR": str(caches / "pip"),
        "UV_CACHE_DIR": str(caches / "uv"),
        "UV_FIND_LINKS": str(built),
        "PIP_FIND_LINKS": " ".join([str(built), *filter(None, [base.get("PIP_FIND_LINKS")])]),
        "PIPX_HOME": str(folder / "home" / "pipx"),
        "PIPX_BIN_DIR": str(bin_folder),
        "UV_TOOL_DIR": str(folder / "home" / "uv"),
        "UV_TOOL_BIN_DIR": str(bin_folder),
        "SHIV_ROOT": str(folder / "home" / "shiv"),
    }
    return {**home(folder / "home", base), **more}


def _run(argv: list[str], where: Path, env: Mapping[str, str]) -> str:
    nobody = subprocess.DEVNULL  # an installer that asks something fails at once
    try:
        done = subprocess.run(
            argv, cwd=where, env=env, stdin=nobody, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        raise Failed(f"{shlex.join(argv)}\nis not done after {PATIENCE:.0f} s") from None
    if done.returncode:
        raise Failed(f"{shlex.join(argv)}\n{done.stdout}{done.stderr}")
    return done.stdout
