"""`bell` and `[alerts]` in a moderator's `config.toml`: what rings or flashes. Nothing does unasked."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from sessions.words import _

AlertName = Literal["last_minute", "over", "newcomer_waits", "network_silent", "muted_words"]
"""What can be told by an alert, as the config calls it."""

ALERTS: tuple[AlertName, ...] = get_args(AlertName)

MINUTES: Mapping[AlertName, int] = {"newcomer_waits": 5, "network_silent": 10}
"""After how many minutes those alert that wait for something, unless the config says otherwise."""

LONGEST = 24 * 60
"""Minutes that one of them may wait."""


@dataclass(frozen=True)
class AlertWay:
    """How an alert is told, and after how many minutes of what it is about."""

    bell: bool
    flash: bool
    minutes: int = 0


_WAYS = {"bell": AlertWay(True, False), "flash": AlertWay(False, True), "both": AlertWay(True, True)}
_WORDS = _('"bell", "flash" or "both"')

Alerts = Mapping[AlertName, AlertWay]
"""The alerts that somebody wants."""


def alerts_in(document: Mapping[str, Any]) -> tuple[Alerts, str]:
    """The alerts that a config asks for, and in a few words the first thing in it that is wrong: that one is off.

    `bell = true` is the last minute and the end of each question by both; what `[alerts]` says of them goes before.
    """
    wanted: dict[AlertName, AlertWay] = {}
    problem = ""
    bell, told = document.get("bell", False), document.get("alerts", {})
    if not isinstance(bell, bool):
        problem = _("bell must be true or false")
    elif bell:
        wanted = {"last_minute": _WAYS["both"], "over": _WAYS["both"]}
    if not isinstance(told, dict):
        return wanted, problem or _("[alerts] must be a table")
    for written, value in told.items():
        name = next((known for known in ALERTS if known == written), None)
        way = None if name is None else _way(name, value)
        if name is None:
            near = difflib.get_close_matches(written, ALERTS, n=1)
            meant = _(", did you mean {near}?").format(near=near[0]) if near else ""
            problem = problem or _('[alerts] there is no alert "{written}"{meant}').format(
                written=written[:40], meant=meant
            )
        elif way is None:
            problem = problem or _("[alerts] {name} must be {expected}").format(name=name, expected=_expected(name))
            wanted.pop(name, None)
        elif way.bell or way.flash:
            wanted[name] = way
        else:
            wanted.pop(name, None)
    return wanted, problem


def _way(name: AlertName, value: object) -> AlertWay | None:
    """What is written of an alert; None where it cannot be understood."""
    minutes = MINUTES.get(name, 0)
    if isinstance(value, bool):
        return replace(_WAYS["both"], minutes=minutes) if value else AlertWay(False, False)
    if isinstance(value, str):
        return replace(_WAYS[value], minutes=minutes) if value in _WAYS else None
    if isinstance(value, int):
        return replace(_WAYS["both"], minutes=value) if minutes and 1 <= value <= LONGEST else None
    if not isinstance(value, dict) or not minutes or not value.keys() <= {"minutes", "how"}:
        return None
    way, after = _way(name, value.get("how", "both")), _way(name, value.get("minutes", minutes))
    given = type(value.get("how", "")) is str and type(value.get("minutes", 1)) is int
    return replace(way, minutes=after.minutes) if given and way is not None and after is not None else None


def _expected(name: AlertName) -> str:
    return (
        _("minutes such as {minutes}, {words}").format(minutes=MINUTES[name], words=_WORDS)
        if name in MINUTES
        else _WORDS
    )
