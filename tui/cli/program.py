"""How this program was started, which is how a hub in the background is started from it, too.

Not every Python has the package: a zipapp brings it along, and a frozen build is no Python at all.
"""

import sys
import zipfile
from pathlib import Path

from sessions.hub.process.program import Program

PACKAGE = __name__.partition(".")[0]

_FRESH = {"PYINSTALLER_RESET_ENVIRONMENT": "1"}
"""Tells a build of one file to unpack itself anew: what it has unpacked for this process goes with this process."""


def this_program() -> Program:
    """The command that starts this program again, from wherever it was installed."""
    spec = getattr(sys.modules.get("__main__"), "__spec__", None)
    return started_as(
        sys.argv[0] if sys.argv else "",
        python=sys.executable,
        module=spec.name if spec is not None else None,
        frozen=bool(getattr(sys, "frozen", False)),
    )


def started_as(script: str, *, python: str, module: str | None, frozen: bool) -> Program:
    """The command behind a process: `script` is its `argv[0]`, `module` the name of its main module.

    A zipapp and an installed script are handed to the same `python`; with `frozen`, `python` is the program itself.
    Where nothing tells, it is `python -m` with this package.
    """
    if frozen:
        return Program((python,), _FRESH)
    if module is None or module.partition(".")[0] != PACKAGE:
        for path in (Path(script), Path(f"{script}.exe")):  # the launchers of Windows take the ending off
            if path.is_file():
                whole = str(path.absolute())
                return Program((python, whole) if python and _is_python(path) else (whole,))
    return Program((python, "-m", PACKAGE))


def _is_python(path: Path) -> bool:
    """Whether Python runs the file: a script, or an archive, be it behind a launcher of Windows."""
    with path.open("rb") as file:
        return path.suffix == ".py" or file.read(2) == b"#!" or zipfile.is_zipfile(path)
