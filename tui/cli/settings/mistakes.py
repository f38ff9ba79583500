"""Everything in a `config.toml` that is ignored, and on which line it stands. Pure."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sessions.core.decoding import Unreadable, read_toml
from sessions.core.plan.toml_lines import TomlLines
from sessions.core.state import SessionState
from sessions.hub.away.relay import AwayError
from sessions.words import _
from tui.language.choosing import language_problem
from tui.language.speaking import languages
from tui.shell.actions import ActionTable
from tui.shell.alert_config import alerts_in
from tui.shell.away_config import computer_in, relay_in
from tui.shell.config import addresses_in, kept_mistakes, key_mistakes
from tui.shell.filter_config import filters_in
from tui.shell.themes import theme_problem
from tui.widgets.answers.query import parse_query

NAMES = ("theme", "language", "bell", "keep_months", "keep_years", "keys", "alerts", "filters", "announce", "away")
"""What a config may set."""

_AWAY = ("relay", "computer")

_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_OF_A_CHAT = re.compile(r"(?:not:)*(?:q|on):\S+", re.IGNORECASE)
"""Terms of a filter that are right or wrong in a chat only."""

_FILTER = re.compile(r"\[filters\] (.*?): ")

_Way = tuple[str | int, ...]


class Mistake(msgspec.Struct, frozen=True):
    """What is ignored and why, and the line, counted from 1; None where it is the whole file."""

    line: int | None
    words: str

    @property
    def filter(self) -> str:
        """The name of the filter that is wrong, empty where it is something else."""
        named = _FILTER.match(self.words)
        return named[1] if named else ""


def mistakes_in(raw: bytes, tables: Sequence[ActionTable]) -> list[Mistake]:
    """All mistakes in the bytes of a config, in the order of their lines; `tables` have the actions with keys."""
    try:
        document = read_toml(raw, dict[str, Any])
    except Unreadable as error:
        at = _AT_LINE.search(str(error))
        return [
            Mistake(
                int(at[1]) if at else None,
                _("this is not TOML: {why}").format(why=_AT_LINE.sub("", str(error)).strip()),
            )
        ]
    lines = TomlLines(raw.decode("utf-8", "replace"))
    found = dict.fromkeys(Mistake(lines.find(way), words) for way, words in _all(document, tables) if words)
    return sorted(found, key=lambda one: one.line or 0)


def _all(document: Mapping[str, Any], tables: Sequence[ActionTable]) -> Iterator[tuple[_Way, str]]:
    yield from (((name,), _unknown(name, NAMES)) for name in document if name not in NAMES)
    yield ("theme",), theme_problem(document.get("theme", ""))
    yield ("language",), language_problem(document.get("language", ""), languages())
    keys = document.get("keys", {})
    if not isinstance(keys, dict):
        yield ("keys",), _("[keys] must be a table")
    else:
        yield from ((("keys", action), f"[keys] {words}") for action, words in key_mistakes(keys, tables))
    yield from (((name,), words) for name, words in kept_mistakes(document))
    yield ("bell",), alerts_in({"bell": document.get("bell", False)})[1]
    alerts = document.get("alerts", {})
    if not isinstance(alerts, dict):
        yield ("alerts",), alerts_in({"alerts": alerts})[1]
    else:
        yield from ((("alerts", name), alerts_in({"alerts": {name: value}})[1]) for name, value in alerts.items())
    yield ("announce",), addresses_in(document)[1]
    yield from _of_filters(document)
    yield from _of_away(document)


def _of_filters(document: Mapping[str, Any]) -> Iterator[tuple[_Way, str]]:
    told = document.get("filters", {})
    names = list(told) if isinstance(told, dict) else [""]
    for name, saved in zip(names, filters_in(document), strict=False):
        words = saved.problem or parse_query(_OF_A_CHAT.sub("", saved.line), SessionState()).problem
        yield ("filters", name), f"[filters] {saved.name}: {words}" if words else ""


def _of_away(document: Mapping[str, Any]) -> Iterator[tuple[_Way, str]]:
    away = document.get("away", {})
    for name, read in (("relay", relay_in), ("computer", computer_in)):
        try:
            read({"away": away})
        except AwayError as error:
            yield ("away", name), f"[away] {error}"
    if isinstance(away, dict):
        yield from ((("away", name), f"[away] {_unknown(name, _AWAY)}") for name in away if name not in _AWAY)


def _unknown(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return _('there is no setting "{name}", did you mean {near}?').format(name=name[:40], near=near[0])
    return _('there is no setting "{name}"').format(name=name[:40])
