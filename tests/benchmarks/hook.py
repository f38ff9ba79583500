"""A chat waterfall: 500 answers of a meeting within two seconds, posted to the hook over real sockets.

    python -m tests.benchmarks.hook [--rounds 3]

A desk in a real terminal reads meanwhile, with a key every tenth of a second. The same posts at the same rate from a
recording are measured beside it, in turn: what the hook costs more is the difference. Take the ratios: the milliseconds
are this machine's.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx

from tests.benchmarks.desk.chat_file import PLAN, TEXTS, Stretch, serial, write_chat
from tests.benchmarks.desk.reading import Output, Pressed, spread
from tests.benchmarks.desk.terminal import Hub, RecordedTerminal, processor_seconds
from tests.e2e.terminal import home
from tests.sessions.networks.hook.hooked import SOCIAL_STREAM

THERE, BURST, SECONDS = 100, 500, 2.0
"""Posts that are there before, and those of the waterfall within so many seconds."""

PEOPLE, SENDERS = 30, 8
SILENCE = 12.0
"""Seconds from the start of a recording until its waterfall."""

UP, DOWN = b"\x1b[A", b"\x1b[B"
_TOKEN = re.compile(r"http://127\.0\.0\.1:\d+/post\?token=(\S+)")


def by_hook(program: str, base: Path, plan: Path, env: Mapping[str, str]) -> tuple[Hub, Callable[[], None]]:
    """A hub that listens, with posts there, and what begins the waterfall."""
    signed = subprocess.run([program, "login", "hook"], env=dict(env), capture_output=True, text=True, check=True)
    token = _TOKEN.search(signed.stdout + signed.stderr)
    assert token is not None, "no token was shown"
    port = _free_port()
    hub = Hub(program, [str(plan), "--source", f"hook:{port}"], env)
    where = f"http://127.0.0.1:{port}/post?token={token[1]}"
    for number in range(THERE):
        _post(where, [number], patient=True)

    def begin() -> None:
        for sender in range(SENDERS):
            mine = range(THERE + sender, THERE + BURST, SENDERS)
            threading.Thread(target=_post, args=(where, mine), daemon=True).start()

    return hub, begin


def by_recording(program: str, base: Path, plan: Path, env: Mapping[str, str]) -> tuple[Hub, Callable[[], None]]:
    """A hub that reads a recording, whose waterfall comes by itself."""
    chat = base / "chat.jsonl"
    write_chat(chat, THERE, PEOPLE, SILENCE, (Stretch(round(BURST / SECONDS), SECONDS),))
    return Hub(program, [str(plan), "--source", f"practice:{chat}"], env), lambda: None


def _free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _post(where: str, numbers: range | list[int], *, patient: bool = False) -> None:
    """Post these in time, each as Social Stream Ninja does."""
    begun = time.monotonic()
    with httpx.Client(timeout=60) as client:
        for number in numbers:
            due = (number - THERE) / BURST * SECONDS
            time.sleep(max(0.0, begun + due - time.monotonic()))
            text = f"A1 {serial(number)} {TEXTS[number % len(TEXTS)]}"
            given = {
                **SOCIAL_STREAM, "id": number, "chatmessage": text, "chatname": f"Teacher {number % PEOPLE}",
                "userid": str(number % PEOPLE),
            }  # fmt: skip
            while True:
                try:
                    client.post(where, json=given).raise_for_status()
                    break
                except httpx.ConnectError:
                    if not patient:
                        raise
                    time.sleep(0.1)


def figures(opened: Callable[..., tuple[Hub, Callable[[], None]]], folder: Path) -> dict[str, float]:
    """One waterfall: what keys took during it, what the desk and the hub took of the processor, when all was there."""
    base = Path(tempfile.mkdtemp(dir=folder))
    plan = base / "plan.toml"
    plan.write_text(PLAN, encoding="utf-8")
    program, env = str(Path(sys.executable).with_name("lunchroom")), home(base / "home", os.environ)
    hub, begin = opened(program, base, plan, env)
    desk: RecordedTerminal | None = None
    try:
        desk = RecordedTerminal([program, "join", "--name", "Ana"], env)
        assert desk.wait_for(serial(THERE - 1).encode(), 60) is not None, "the desk did not catch up"
        desk.quiet(0.5, 6)
        begin()
        first = desk.wait_for(b"k00001", SILENCE + 30)
        assert first is not None, "the waterfall did not begin"
        desk.press(UP)
        before, keys = (processor_seconds(desk.pid), processor_seconds(hub.pid)), []
        for place in range(round(SECONDS / 0.1)):
            keys.append(Pressed("burst", "move", desk.press(UP if place % 4 < 2 else DOWN)))
            time.sleep(0.1)
        after = processor_seconds(desk.pid), processor_seconds(hub.pid)
        desk.press(b"G")
        last = desk.wait_for(serial(THERE + BURST - 1).encode(), 60)
        assert last is not None, "the last post was never shown"
        delays = spread(Output(desk.chunks).key_delays(keys).get(("burst", "move"), []))
        assert delays is not None
        saved = hub.file.read_bytes()
        return {
            "key to screen, p50 ms": delays.median,
            "key to screen, most ms": delays.most,
            "desk's processor, %": (after[0] - before[0]) / SECONDS * 100,
            "hub's processor, %": (after[1] - before[1]) / SECONDS * 100,
            "last post on the screen after, s": last - first,
            "posts kept": float(sum(serial(n).encode() in saved for n in range(THERE + BURST))),
        }
    finally:
        if desk is not None:
            desk.kill()
        hub.stop()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, in turn")
    rounds = parser.parse_args().rounds
    ways = {"hook": by_hook, "recording": by_recording}
    found: dict[str, list[dict[str, float]]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory(prefix="hook-benchmark-") as folder:
        for _ in range(rounds):
            for name, opened in ways.items():
                found[name].append(figures(opened, Path(folder)))
    print(f"{BURST} posts in {SECONDS:g} s beside {THERE}, medians of {rounds} rounds\n")
    print(f"{'':<36}" + "".join(f"{name:>12}" for name in ways))
    for what in found["hook"][0]:
        print(f"{what:<36}" + "".join(f"{statistics.median(one[what] for one in found[name]):>12.1f}" for name in ways))


if __name__ == "__main__":
    main()
