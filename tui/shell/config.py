"""What a moderator may set for themselves in a `config.toml`: `[keys]`, `theme`, `language`, `[alerts]` ..."""

import difflib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from sessions.core.decoding import Unreadable, read_toml
from sessions.core.plan import ADDRESS_NAME, MOST_YEARS
from sessions.files.reading import read_file
from sessions.hub.away.relay import AwayError
from sessions.words import _
from tui.language.choosing import language_problem
from tui.language.speaking import languages
from tui.shell.actions import ActionTable
from tui.shell.alert_config import Alerts, alerts_in
from tui.shell.away_config import LARGEST, computer_in, relay_in
from tui.shell.filter_config import SavedFilters, filters_in
from tui.shell.kept.remembered import Remembered
from tui.shell.themes import theme_problem

LONGEST_KEPT = 12_000
"""Months that a calendar can go back."""

KEEP_MONTHS = 12
"""Months after which a saved chat is old, unless the config says otherwise."""

LONGEST_ADDRESS = 2000
"""Characters of an address."""

KEEP_ALWAYS = 0
"""Of `keep_years`, unless the config or a plan says otherwise."""


@dataclass(frozen=True)
class Config:
    """Keys by action, the theme's name, and one clear line for all that was wrong and is ignored.

    After `keep_months` months `doctor` lists a saved chat as old. Where `keep_years` is above 0 or its plan says so, it
    has to be kept for so many years instead, and is listed behind them. `alerts` are those that ring or flash,
    `filters` those of one's own, each with its own mistake; `remembered` is what nobody writes there. `announce` are
    the secret addresses at which people are told of chats, by names. `path` is the
    file, also one that is not there yet.
    """

    keys: dict[str, str] = field(default_factory=dict)
    theme: str = ""
    problem: str = ""
    keep_months: int = KEEP_MONTHS
    alerts: Alerts = field(default_factory=dict)
    filters: SavedFilters = field(default_factory=SavedFilters)
    remembered: Remembered = field(default_factory=Remembered)
    path: Path | None = None
    keep_years: int = KEEP_ALWAYS
    announce: dict[str, str] = field(default_factory=dict, repr=False)


def load_config(path: Path, tables: Sequence[ActionTable]) -> Config:
    """The config in this file; what cannot be read is ignored and said in `problem`.

    `[keys]` can change the keys of these tables: one name is one action, wherever it is; keys may clash in one of them.
    """
    try:
        raw = read_file(path, LARGEST)
    except FileNotFoundError:
        return _nothing(path)
    except OSError as error:
        return _nothing(path, _("{name} cannot be read ({strerror})").format(name=path.name, strerror=error.strerror))
    try:
        document = read_toml(raw, dict[str, Any])
    except Unreadable as error:
        return _nothing(path, _("{name} is not TOML ({error})").format(name=path.name, error=error))
    alerts, wrong = alerts_in(document)
    announce, misspelt = addresses_in(document)
    filters = SavedFilters(path, filters_in(document))
    config = replace(_config(path.name, document, tables), alerts=alerts, filters=filters, path=path, announce=announce)
    wrong = wrong or misspelt or theme_problem(document.get("theme", ""))
    wrong = wrong or language_problem(document.get("language", ""), languages())
    if wrong and not config.problem:
        return replace(config, problem=_("{name}: {wrong}; the rest holds.").format(name=path.name, wrong=wrong))
    return config


def _nothing(path: Path, problem: str = "") -> Config:
    """The config where nothing is read from the file, and why not."""
    return Config(
        problem=_("{problem}; the usual keys hold.").format(problem=problem) if problem else "",
        filters=SavedFilters(path),
        path=path,
    )


def _config(name: str, document: dict[str, Any], tables: Sequence[ActionTable]) -> Config:
    """What a config of this name says, without the alerts."""
    keys = document.get("keys", {})
    problem = _("[keys] must be a table")
    if isinstance(keys, dict):
        problem = next((words for _action, words in key_mistakes(keys, tables)), "")
    theme = document.get("theme", "")
    theme = theme if isinstance(theme, str) else ""
    months, years = document.get("keep_months", KEEP_MONTHS), document.get("keep_years", KEEP_ALWAYS)
    wrong = next(kept_mistakes(document), None)
    if wrong is not None:
        return Config(theme=theme, problem=_("{name}: {wrong}; the usual keys hold.").format(name=name, wrong=wrong[1]))
    try:
        relay_in(document)
        computer_in(document)
    except AwayError as error:
        problem = problem or f"[away] {error}"
    if problem:
        told = _("{name}: {problem}; the usual keys hold.").format(name=name, problem=problem)
        return Config(theme=theme, problem=told, keep_months=months, keep_years=years)
    taken = {action: textual_key(key) for action, key in keys.items()}
    return Config(taken, theme, keep_months=months, keep_years=years)


def kept_mistakes(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The settings of how long chats are kept that cannot be as they are written, with the reason."""
    months, years = document.get("keep_months", KEEP_MONTHS), document.get("keep_years", KEEP_ALWAYS)
    if type(months) is not int or not 1 <= months <= LONGEST_KEPT:
        yield "keep_months", _("keep_months must be a number of months")
    if type(years) is not int or not 0 <= years <= MOST_YEARS:
        yield (
            "keep_years",
            _("keep_years must be a whole number from 0 (always) to {most_years}").format(most_years=MOST_YEARS),
        )


def addresses_in(document: Mapping[str, Any]) -> tuple[dict[str, str], str]:
    """The addresses by their names, and what is wrong with the first that cannot be one, without the address."""
    table = document.get("announce", {})
    if not isinstance(table, dict):
        return {}, _("[announce] must be a table")
    found, problem = {}, ""
    for name, address in table.items():
        if not ADDRESS_NAME.fullmatch(name):
            problem = problem or _('[announce] "{name}" is no name: write a word of letters, digits, - and _').format(
                name=name[:30]
            )
        elif not isinstance(address, str) or "://" not in address or len(address) > LONGEST_ADDRESS:
            problem = problem or _("[announce] {name} needs an address between quotes, with :// in it").format(
                name=name
            )
        else:
            found[name] = address
    return found, problem


def textual_key(written: str) -> str:
    """Textual's name of a key or of several with commas: `+` is `plus`, `Esc` is `escape`, a letter is itself."""
    return ",".join(_key_name(key.strip()) for key in written.split(","))


def _key_name(written: str) -> str:
    if len(written) != 1:
        return {"esc": "escape"}.get(written.lower(), written.lower())
    if written.isalnum():
        return written
    name = unicodedata.name(written, "").lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


PRINTABLE = frozenset(_key_name(chr(code)) for code in range(33, 127)) | {"space"}
"""Textual's names of all keys that print an ASCII character."""


def key_mistakes(keys: dict[str, Any], tables: Sequence[ActionTable]) -> Iterator[tuple[str, str]]:
    """The names in `[keys]` that cannot be as they are written, with the reason; clashes once each key is one."""
    known = [action for table in tables for action in table.by_name]
    wrong = [(action, words) for action, written in keys.items() if (words := _mistake(action, written, known))]
    yield from wrong or (clash for table in tables for clash in _clashes(keys, table))


def _mistake(action: str, written: object, known: Sequence[str]) -> str:
    if action not in known:
        near = difflib.get_close_matches(action, known, n=1)
        return _('there is no action "{action}"').format(action=action[:40]) + (
            _(", did you mean {near}?").format(near=near[0]) if near else ""
        )
    if not isinstance(written, str) or not written:
        return _('{action} needs a key between quotes, such as {action} = "f5"').format(action=action)
    unknown = next((key for key in textual_key(written).split(",") if not _is_key(key)), None)
    return (
        _('{action}: there is no key "{unknown}"').format(action=action, unknown=unknown[:40])
        if unknown is not None
        else ""
    )


def _clashes(keys: dict[str, str], table: ActionTable) -> Iterator[tuple[str, str]]:
    """Which two actions of one screen would be on the same key, in words, behind the name of the later one."""
    taken = {key: name for name, action in table.by_name.items() if name not in keys for key in action.key.split(",")}
    for action in filter(table.by_name.__contains__, keys):
        for key in textual_key(keys[action]).split(","):
            other = taken.setdefault(key, action)
            if other != action:
                yield (
                    action,
                    _('{action} and {other} would both be on "{key}"').format(action=action, other=other, key=key[:40]),
                )


def _is_key(key: str) -> bool:
    *modifiers, last = key.split("+")
    if any(modifier not in ("ctrl", "shift", "alt", "super", "meta") for modifier in modifiers):
        return False
    if len(last) == 1 or last in {named.value for named in Keys}:
        return True
    return last in PRINTABLE
