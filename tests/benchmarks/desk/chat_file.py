"""The recorded chat that a hub re-enacts: so many posts at once, then silence, then posts at given rates."""

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

BEGUN_AT = 1_700_000_000.0
"""The recorded time of the first post, in UTC seconds; only the distances matter."""

TEXTS = (
    "We rotate every 12 minutes and keep the same order all year, so nobody has to ask where to go next.",
    "Small groups, a visible timer and one job per pupil. What helped most was less talk from me!",
    "I agree with what was said above: start with two stations, add the third in week three, and write the directions "
    "down where all can see them from their table.",
    "Exit tickets on paper. #navasotaisd",
)

PLAN = """title = "Load"
hashtags = ["navasotaisd"]
starts = 2026-12-01T20:00:00
timezone = "Europe/London"
sources = []
[[hosts]]
name = "Lantern"
handles = ["lantern"]
""" + "".join(
    f'[[questions]]\nlabel = "{label}"\ntext = "Question number {label}: how do your stations run?"\n'
    for label in range(1, 7)
)


class Stretch(NamedTuple):
    """So many posts a second, for so many seconds; at no rate it is a silence."""

    rate: int
    seconds: float


class Sent(NamedTuple):
    """The serials of the posts of a stretch, `first` up to but not with `end`."""

    stretch: Stretch
    first: int
    end: int


def serial(number: int) -> str:
    """What stands in the text of the post with this number, and in no other's."""
    return f"k{number:07d}"


def a_post(number: int, at: float, people: int) -> dict[str, str]:
    """One line of a recorded chat; every third post is labelled as an answer."""
    who = number % people
    label = f"A{1 + number % 6} " if number % 3 == 0 else ""
    created = datetime.datetime.fromtimestamp(at, datetime.UTC).isoformat(timespec="milliseconds")
    return {
        "text": f"{label}{serial(number)} {TEXTS[number % len(TEXTS)]}",
        "created_at": created,
        "handle": f"teacher{who}",
        "name": f"Teacher {who}",
        "id": f"p{number}",
    }


def write_chat(path: Path, present: int, people: int, silence: float, stretches: Sequence[Stretch]) -> list[Sent]:
    """Write `present` posts of one moment, `silence` seconds of nothing, then the stretches; what each of them has."""
    lines = [json.dumps(a_post(number, BEGUN_AT, people)) for number in range(present)]
    at = BEGUN_AT + silence
    sent = []
    for stretch in stretches:
        first = len(lines)
        if not stretch.rate:
            at += stretch.seconds
        for _ in range(int(stretch.rate * stretch.seconds)):
            lines.append(json.dumps(a_post(len(lines), at, people)))
            at += 1 / stretch.rate
        sent.append(Sent(stretch, first, len(lines)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return sent
