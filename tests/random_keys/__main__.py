"""Random keys, clicks, pastes and resizes at a desk, by a seed.

    python -m tests.random_keys [--steps 10000] [--seed 1] [--every 100] [--resizes 3]

Hub and desk are on this computer and speak over its loopback. What does not hold is printed with the seed and the last
moves, and the exit code is 1.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.waiting import turns

HOMES = (
    "HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
    "LUNCHROOM_LIBRARY", "LUNCHROOM_RUNTIME",
)  # fmt: skip

OTHERS = {
    "SSH_CONNECTION": "1",  # no tool of this computer is asked to take what is copied
    "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
}


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.random_keys", description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=100, help="moves between two looks")
    parser.add_argument("--resizes", type=float, default=3, help="how many of about 100 moves change the window")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lunchroom-keys-") as path, pytest.MonkeyPatch.context() as patch:
        folder = Path(path)
        for name in HOMES:
            patch.setenv(name, path)
        for name, value in OTHERS.items():
            patch.setenv(name, value)
        patch.chdir(folder)
        return asyncio.run(_walk(folder, patch, chosen))


async def _walk(folder: Path, patch: pytest.MonkeyPatch, chosen: argparse.Namespace) -> int:
    from tests.random_keys.walk import Fell, Walk

    async def idle(_least: float = 0, _most: float = 1) -> None:
        await turns()

    patch.setattr("textual.app.wait_for_idle", idle)
    patch.setattr("textual.pilot.wait_for_idle", idle)
    begun, used = time.monotonic(), time.process_time()
    walk = Walk(folder, chosen.steps, chosen.seed, every=chosen.every, resizes=chosen.resizes)
    try:
        await walk.go(lambda words: print(words, file=sys.__stderr__))
    except Fell as fell:
        import traceback

        if fell.__cause__ is not None:
            traceback.print_exception(fell.__cause__)
        sys.stdout.reconfigure(errors="backslashreplace")
        print(f"FAILED: {fell}\npython -m tests.random_keys --steps {walk.done} --seed {chosen.seed}")
        return 1
    print(
        f"{walk.done} moves, seed {chosen.seed}: {walk.looks} looks, {walk.desks} desks at {walk.chats} chats, "
        f"{time.monotonic() - begun:.0f} s, {time.process_time() - used:.0f} s of processor"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
