"""Write the pictures of the README and of the manual: `python -m tests.pictures`."""

import asyncio
import tempfile
from pathlib import Path

import pytest

from tests.paths import ROOT
from tests.waiting import turns
from tui.shell.themes import DARK

STILL, MOVING = ROOT / "docs" / "desk.svg", ROOT / "docs" / "rehearsal.svg"

MANUAL = ROOT / "docs" / "use" / "manual"

LARGE, SMALL = (140, 40), (110, 32)


def main() -> None:
    """Write them all."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
            patch.setenv(name, tempfile.gettempdir())
        patch.setenv("COLORTERM", "truecolor")
        asyncio.run(_write(patch))


async def _write(patch: pytest.MonkeyPatch) -> None:
    from tests.pictures.manual import manual
    from tests.pictures.moving import moving
    from tests.pictures.rehearsal import third_question, whole

    async def idle(_least: float = 0, _most: float = 1) -> None:
        await turns()

    patch.setattr("textual.app.wait_for_idle", idle)
    patch.setattr("textual.pilot.wait_for_idle", idle)
    with tempfile.TemporaryDirectory() as path:
        folder = Path(path)
        STILL.write_text(await third_question(folder, LARGE), encoding="utf-8")
        frames = await whole(folder, SMALL)
    with tempfile.TemporaryDirectory() as path:
        pages = await manual(Path(path))
    MOVING.write_text(moving(frames, back=(DARK.background or "").lower(), fore=DARK.accent or ""), encoding="utf-8")
    for name, picture in pages.items():
        (MANUAL / name).write_text(picture, encoding="utf-8")
    for made in (STILL, MOVING, *(MANUAL / name for name in pages)):
        print(f"{made.name}: {made.stat().st_size // 1000} kB")
    print(f"{MOVING.name}: {sum(frame.seconds for frame in frames):.0f} s")


if __name__ == "__main__":
    main()
