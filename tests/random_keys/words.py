"""What a random hand types and pastes, and what is posted meanwhile: ordinary, odd and hostile."""

from tests.attacks.fuzz import TEXTS
from tests.tui.pane_apps import HOSTILE

POSTS = (
    "A1 we rotate every twelve minutes and keep the same order all year",
    "A2: timers on the board, https://example.org/stations?a=1&b=[2] and calm music",
    "Q2 What about station 2? #navasotaisd",
    "Hi all, first time here! Third grade, Navasota",
    "RT @mlopez: A1 we rotate every twelve minutes",
    "@mlopez that is so true, how do you start?",
    "A3 " + "one two three " * 60,
    "A4 日本語の授業では毎週ステーションを回します 👩🏾‍🏫 हिन्दी ﷽ e\u0301\u0301\u0301",
    "A1\nA2\nA3\n\n\n",
    HOSTILE,
    "A1 " + HOSTILE,
    "\u200b\u200f\u2067 nothing to see",
    "x" * 700,
    "",
)
"""Texts of posts."""

HANDLES = ("mlopez", "jim", "merle", "ana", "ben", "ñandú", "x" * 60, "[b]bold[/b]", "a.b-c_d", "日本")

PASTES = (
    *(text for text in TEXTS if len(text) < 1000),
    HOSTILE,
    "n\n",
    "Maria: A1 we sing\nJim: A2 timers\n",
    "09:15:02 From Maria Lopez to Everyone:\n\tA1 tables of four\n",
    "q:3 is:guess has:link not:is:host from:maria",
    "\r\n".join(f"Teacher {n}: A{n % 6} line {n}" for n in range(40)),
)
"""What is pasted, also into fields."""
