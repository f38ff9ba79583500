"""One run: a hub with so many posts and people, desks on it, keys pressed while posts arrive at given rates."""

import os
import random
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.desk.chat_file import PLAN, Sent, Stretch, serial, write_chat
from tests.benchmarks.desk.reading import Output, Pressed, Spread, spread
from tests.benchmarks.desk.terminal import Hub, RecordedTerminal, processor_seconds, resident_mb
from tests.e2e.terminal import home

UP, DOWN, ESCAPE, NEWEST = b"\x1b[A", b"\x1b[B", b"\x1b", b"G"
NAMES = ("Ana", "Ben", "Cid")
_POSTED = re.compile(rb'k(\d{7})[^\n]*?"posted_at": ?(\d+)')


@dataclass(frozen=True)
class Setting:
    """What is measured: posts that are there, people, desks, and the rates (posts a second) with their seconds.

    `calm` are the seconds behind it all after which memory is measured once more.
    """

    posts: int
    people: int
    desks: int
    stretches: tuple[Stretch, ...]
    silence: float
    calm: float = 0.0

    @property
    def words(self) -> str:
        """The setting in a line."""
        desks = f"{self.desks} desk{'s' if self.desks > 1 else ''}"
        return f"{self.posts:,} posts present, {self.people:,} people, {desks}"


@dataclass
class Measured:
    """What came of one run; times in milliseconds, processor time in percent of a core, output in kB a second."""

    setting: Setting
    load: float
    hub_ready_s: float = 0.0
    first_frame_s: list[float] = field(default_factory=list)
    keys: dict[str, Spread] = field(default_factory=dict)
    posts: dict[str, Spread] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    output: dict[str, float] = field(default_factory=dict)
    resize_ms: list[float] = field(default_factory=list)
    desk_mb: list[float] = field(default_factory=list)
    calm_mb: list[float] = field(default_factory=list)
    whole: bool = False


@dataclass(frozen=True)
class _Mark:
    """A moment of the run: of which part, when, and what the first desk had taken and written by then."""

    part: str
    at: float
    processor: float
    written: int


class Run:
    """Drives one setting with the programs of one checkout."""

    def __init__(self, checkout: Path, setting: Setting) -> None:
        self._program = str(checkout / ".venv" / "bin" / "lunchroom")
        self._setting = setting
        self._keys: list[Pressed] = []
        self._marks: list[_Mark] = []
        self._desks: list[RecordedTerminal] = []
        self._dice = random.Random(7)

    def measure(self) -> Measured:
        """Run it; about `silence` seconds and those of the stretches, and some for joining."""
        measured = Measured(self._setting, os.getloadavg()[0])
        with tempfile.TemporaryDirectory(prefix="desk-benchmark-") as folder:
            base = Path(folder)
            chat, plan = base / "chat.jsonl", base / "plan.toml"
            setting = self._setting
            sent = write_chat(chat, setting.posts, setting.people, setting.silence, setting.stretches)
            plan.write_text(PLAN, encoding="utf-8")
            hub = Hub(self._program, [str(plan), "--source", f"practice:{chat}"], home(base / "hub", os.environ))
            try:
                measured.hub_ready_s = hub.ready - hub.started
                ingested = self._wait_for_posts(hub.file)
                self._join(base, hub, measured)
                self._work_quietly(measured, ingested + setting.silence)
                self._work_under_load(sent)
                self._end(sent, measured)
                self._read(hub.file, sent, measured)
            finally:
                for desk in self._desks:
                    desk.kill()
                hub.stop()
        return measured

    def _wait_for_posts(self, file: Path) -> float:
        last, grew = 0, time.monotonic()
        while time.monotonic() - grew < 0.6 or last < 2000:
            time.sleep(0.05)
            size = file.stat().st_size
            if size != last:
                last, grew = size, time.monotonic()
        return grew

    def _join(self, base: Path, hub: Hub, measured: Measured) -> None:
        for place in range(self._setting.desks):
            invite = [] if place == 0 else [hub.invite]
            env = home(base / ("hub" if place == 0 else NAMES[place]), os.environ)
            desk = RecordedTerminal([self._program, "join", *invite, "--name", NAMES[place]], env)
            self._desks.append(desk)
            frame = desk.wait_for(b"Answers", 60)
            assert frame is not None, "the desk did not open"
            measured.first_frame_s.append(frame - desk.started)
            if self._setting.posts:
                assert desk.wait_for(serial(self._setting.posts - 1).encode(), 120) is not None, "it did not catch up"
        self._desks[0].quiet(0.5, 6)

    def _press(self, part: str, effect: str, key: bytes, low: float, high: float) -> None:
        self._keys.append(Pressed(part, effect, self._desks[0].press(key)))
        time.sleep(self._dice.uniform(low, high))

    def _mark(self, part: str) -> None:
        desk = self._desks[0]
        self._marks.append(_Mark(part, time.monotonic(), processor_seconds(desk.pid), desk.written))

    def _work_quietly(self, measured: Measured, until: float) -> None:
        desk = self._desks[0]
        desk.press(ESCAPE)
        time.sleep(0.3)
        self._mark("idle")
        for place in range(30):
            if time.monotonic() > until - 8:
                break
            self._press("idle", "move", UP if place < 16 or place % 2 else DOWN, 0.12, 0.2)
        self._mark("idle, end")
        if time.monotonic() < until - 7:
            self._press("idle", "open find", b"/", 0.6, 0.6)
            for letter in b"rotate":
                at = desk.press(bytes([letter]))
                self._keys.append(Pressed("idle", "find", at))
                desk.quiet(0.25, 5, since=at)
            self._press("idle", "end find", ESCAPE, 0.3, 0.3)
        for columns in (100, 120, 90, 120):
            if time.monotonic() > until - 3:
                break
            desk.quiet(0.2, 3)
            at = desk.resize(columns)
            measured.resize_ms.append((desk.quiet(0.08, 6, since=at) - at) * 1000)
        desk.press(NEWEST)

    def _work_under_load(self, sent: Sequence[Sent]) -> None:
        desk = self._desks[0]
        for stretch, first, _ in sent:
            if not stretch.rate:
                continue
            came = desk.wait_for(serial(first).encode(), self._setting.silence + 30)
            assert came is not None, f"no post of the {stretch.rate} a second was seen"
            part, end = f"{stretch.rate}/s", time.monotonic() + stretch.seconds
            desk.press(UP)
            time.sleep(0.3)
            self._mark(f"{part} reading")
            place = 0
            while time.monotonic() < end - stretch.seconds * 0.5:
                self._press(part, "move", UP if place % 4 == 0 or place % 2 else DOWN, 0.1, 0.18)
                place += 1
            desk.press(NEWEST)
            time.sleep(0.3)
            self._mark(f"{part} following")
            time.sleep(max(0.0, end - 0.4 - time.monotonic()))
            self._mark(f"{part} following, end")

    def _end(self, sent: Sequence[Sent], measured: Measured) -> None:
        last = serial(sent[-1].end - 1).encode()
        self._desks[0].press(NEWEST)
        measured.whole = all(desk.wait_for(last, 30) is not None for desk in self._desks)
        measured.desk_mb = [resident_mb(desk.pid) for desk in self._desks]
        if self._setting.calm:
            time.sleep(self._setting.calm)
            measured.calm_mb = [resident_mb(desk.pid) for desk in self._desks]

    def _read(self, file: Path, sent: Sequence[Sent], measured: Measured) -> None:
        to_monotonic = time.monotonic() - time.time()
        posted = {int(m[1]): int(m[2]) / 1000 + to_monotonic for m in _POSTED.finditer(file.read_bytes())}
        measured.whole = measured.whole and set(range(sent[-1].end)) == posted.keys()
        outputs = [Output(desk.chunks) for desk in self._desks]
        for (part, effect), delays in outputs[0].key_delays(self._keys).items():
            if found := spread(delays):
                measured.keys[f"{part} {effect}"] = found
        for mark, end in zip(self._marks, self._marks[1:], strict=False):
            if end.at - mark.at < 0.5 or mark.part.endswith("end"):
                continue
            measured.processor[mark.part] = (end.processor - mark.processor) / (end.at - mark.at) * 100
            measured.output[mark.part] = (end.written - mark.written) / (end.at - mark.at) / 1000
        moments = {mark.part: mark.at for mark in self._marks}
        for stretch, first, end_serial in sent:
            begin = moments.get(f"{stretch.rate}/s following")
            if begin is None:
                continue
            until = moments[f"{stretch.rate}/s following, end"] - 0.3
            for place, output in enumerate(outputs):
                if found := spread(output.post_delays(posted, first, end_serial, begin + 0.3, until)):
                    measured.posts[f"{stretch.rate}/s desk {place + 1}"] = found
