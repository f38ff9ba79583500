"""What one types to install Lunchroom, and to run it afterwards."""

from typing import NamedTuple


class Way(NamedTuple):
    """A way to install; the lines are those of a POSIX shell, in an empty folder or in a copy of the repository."""

    name: str
    install: tuple[str, ...]
    run: str
    """What stands for `lunchroom` then."""

    copy: bool = False
    """Whether it is typed in a copy of the repository; else the program comes from the index."""


WAYS = (
    Way("uvx", (), "uvx lunchroom"),
    Way("uv tool", ("uv tool install lunchroom",), "lunchroom"),
    Way("pipx", ("pipx install lunchroom",), "lunchroom"),
    Way("pip", ("python3 -m venv lunchroom", "lunchroom/bin/pip install lunchroom"), "lunchroom/bin/lunchroom"),
    Way("zipapp", ("shiv -c lunchroom -o lunchroom.pyz lunchroom",), "python3 lunchroom.pyz"),
    Way("uvx, a copy", (), "uvx --from . lunchroom", copy=True),
    Way("uv tool, a copy", ("uv tool install .",), "lunchroom", copy=True),
    Way("pipx, a copy", ("pipx install .",), "lunchroom", copy=True),
    Way("pip, a copy", ("python3 -m venv .venv && .venv/bin/pip install .",), ".venv/bin/lunchroom", copy=True),
    Way("zipapp, a copy", ("shiv -c lunchroom -o lunchroom.pyz .",), "python3 lunchroom.pyz", copy=True),
)
