"""What somebody has set in their config, in words; what they have not is left at what everybody has."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from sessions.core.decoding import Unreadable, read_toml
from sessions.files.reading import read_file
from sessions.hub.away.relay import AwayError
from tui.cli.settings.mistakes import Mistake, mistakes_in
from tui.language.speaking import chosen
from tui.shell.actions import ActionTable
from tui.shell.alert_config import AlertWay
from tui.shell.away_config import LARGEST, computer_in, relay_in
from tui.shell.config import Config, load_config
from tui.shell.themes import DARK, NAMES


class Settings(msgspec.Struct, frozen=True):
    """What holds for whoever has this config, and what of it is ignored. `there` tells whether there is a file."""

    file: str
    there: bool
    theme: str
    language: str
    keys: dict[str, str]
    alerts: dict[str, str]
    filters: dict[str, str]
    keep_months: int
    keep_years: int
    announce: list[str]
    relay: str
    computer: str
    mistakes: list[Mistake]


def settings_in(path: Path, tables: Sequence[ActionTable]) -> Settings:
    """The settings of the config in this file, which need not be there. Blocks."""
    config = load_config(path, tables)
    try:
        raw = read_file(path, LARGEST)
    except FileNotFoundError:
        raw = None
    except OSError:  # said by `load_config`
        return _settings(path, config, True, {}, [Mistake(None, config.problem)])
    mistakes = [] if raw is None else mistakes_in(raw, tables)
    try:
        document = read_toml(raw or b"", dict[str, Any])
    except Unreadable:
        document = {}
    return _settings(path, config, raw is not None, document, mistakes)


def _settings(path: Path, config: Config, there: bool, document: dict[str, Any], mistakes: list[Mistake]) -> Settings:
    try:
        relay, computer = relay_in(document), computer_in(document)
    except AwayError:
        relay, computer = "", ""
    wrong = {one.filter for one in mistakes}
    return Settings(
        file=str(path),
        there=there,
        theme=config.theme if config.theme in NAMES else DARK.name,
        language=chosen().code,
        keys=config.keys,
        alerts={name: _way(way) for name, way in config.alerts.items()},
        filters={saved.name: saved.line for saved in config.filters.filters if saved.name not in wrong},
        keep_months=config.keep_months,
        keep_years=config.keep_years,
        announce=list(config.announce),
        relay=relay,
        computer=computer,
        mistakes=mistakes,
    )


def _way(way: AlertWay) -> str:
    told = " and ".join(name for name, wanted in (("bell", way.bell), ("flash", way.flash)) if wanted)
    return f"{told}, after {way.minutes} min" if way.minutes else told


def in_words(settings: Settings) -> list[str]:
    """The settings, a line for each kind, and a line for each mistake."""
    keys = ", ".join(f"{action} on {key}" for action, key in settings.keys.items()) or "as usual"
    alerts = "; ".join(f"{name.replace('_', ' ')} by {way}" for name, way in settings.alerts.items()) or "none"
    filters = "; ".join(f"{name} = {line}" for name, line in settings.filters.items()) or "none of your own"
    away = f"the relay is {settings.relay}" if settings.relay else "the relay cannot be told: nobody is contacted"
    away += f"; this computer is called {settings.computer}" if settings.computer else ""
    kept = f"for {settings.keep_years} years" if settings.keep_years else "always, unless their plan says how long"
    rows = {
        "file": settings.file if settings.there else f"{settings.file} (not there yet)",
        "theme": settings.theme,
        "language": settings.language,
        "keys": keys,
        "alerts": alerts,
        "filters": filters,
        "old chats": f"after {settings.keep_months} months",
        "kept chats": kept,
        "announced to": ", ".join(settings.announce) or "nobody",
        "two homes": away,
    }
    width = max(map(len, rows))
    wrong = [f"NOT {f'line {one.line}: ' if one.line else ''}{one.words}" for one in settings.mistakes]
    return [*(f"{name:<{width}}  {words}" for name, words in rows.items()), *wrong]
