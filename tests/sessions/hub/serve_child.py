"""`serve` in a process of its own: `serve_child.py LIBRARY [--resume FILE] [--listen HOST:PORT] [--source SPEC]`."""

import logging
import sys
from pathlib import Path

import msgspec

from sessions.core.errors import LunchroomError
from sessions.hub.away.relay import NONE
from sessions.hub.process.ready import Ready
from sessions.hub.process.serve import ServeOptions, serve
from tests.sessions.core.building import a_plan


def main(library: str, *options: str) -> int:
    """The exit code."""
    logging.basicConfig(level=logging.DEBUG)
    named = dict(zip(options[::2], options[1::2], strict=True))
    resume = named.get("--resume")
    serving = ServeOptions(
        library=Path(library),
        plan=None if resume else a_plan(),
        resume=Path(resume) if resume else None,
        sources=(named.get("--source", "practice"),) if not resume else (),
        speed=float(named.get("--speed", "20")),
        listen=named.get("--listen"),
        behind_proxy="--behind-proxy" in named,
        away="--away" in named,
        take_over=named.get("--take-over"),
        relay=lambda: NONE,
    )
    try:
        serve(serving, _say)
    except LunchroomError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


def _say(ready: Ready) -> None:
    sys.stdout.write(msgspec.json.encode(ready).decode() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
