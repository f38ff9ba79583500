"""What can be done at a screen: one table from which its bindings, footer, palette, help and page in the docs are made.

An action's name is the id of its binding, so that `[keys]` in the config file can give it another key.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from textual.binding import Binding

from sessions.words import _

PALETTE_KEY = "command_palette"
"""Textual's own binding: tables only tell of it."""

Handler = Callable[[], object]
"""What does an action."""


class ActionGroup(Protocol):
    """Actions that belong together and share what they know."""

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""


@dataclass(frozen=True)
class Action:
    """Something that a moderator can do.

    `key` is Textual's name of the key (several with commas), empty where only the palette offers it; `shown` is what
    is printed on it. `group` is its heading in the help. `title` and `help` are words a teacher understands; in `help`
    `{undo}` stands for the key of the action of that name. `footer` is the word in the footer, if it is there. All are
    written in English and become those of the program's language here; `group` stays, for it is a name, too.
    """

    name: str
    key: str
    shown: str
    group: str
    title: str
    help: str
    footer: str = ""

    def __post_init__(self) -> None:
        for said in ("title", "help", "footer"):
            if words := getattr(self, said):
                object.__setattr__(self, said, _(words))

    def explained(self, key_of: Callable[[str], str]) -> str:
        """The help with the keys that it names; `key_of` gives the key of an action as a sentence names it."""
        return with_keys(self.help, key_of)


@dataclass(frozen=True)
class ActionTable:
    """Everything that can be done at one kind of screen, under the headings `groups` of its help.

    `off` are actions of another screen whose keys are bound here too, only to say that they do nothing.
    """

    groups: tuple[str, ...]
    actions: tuple[Action, ...]
    off: tuple[Action, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Action]:
        """The actions of the table by their names, without those that are off."""
        return {action.name: action for action in self.actions}

    def find(self, name: str) -> Action:
        """The action of this name, also one that is off. Raises `KeyError` where there is none."""
        return self.by_name.get(name) or {action.name: action for action in self.off}[name]

    def bindings(self) -> list[Binding]:
        """The bindings of the screen, footer words first; what is off has no word there."""
        bound = [action for action in self.actions if action.key and action.name != PALETTE_KEY]
        ordered = sorted(bound, key=lambda action: not action.footer)
        off = [Binding(action.key, f"run('{action.name}')", show=False) for action in self.off if action.key]
        return [_binding(action) for action in ordered] + off


def with_keys(words: str, key_of: Callable[[str], str]) -> str:
    """The words with the keys of the actions that they name: `{undo}` is the key of `undo`, as `key_of` gives it."""
    return re.sub(r"\{(\w+)\}", lambda named: key_of(named[1]), words)


def key_cap(shown: str) -> str:
    """What is printed on a key, given Textual's words for it: `Esc` and not `escape`, `Shift+Tab`; a sign is itself."""
    if shown.startswith("^"):
        return shown
    return "+".join(_CAPS.get(part, f"{part[:1].upper()}{part[1:]}") if len(part) > 1 else part
                    for part in re.split(r"(?<=.)\+(?=.)", shown))  # fmt: skip


_CAPS = {"escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn"}


def key_in_words(printed: str) -> str:
    """A key as a sentence names it, given what is printed on it: `Ctrl+P` and not `^p`."""
    return f"Ctrl+{printed[1:].upper()}" if len(printed) > 1 and printed.startswith("^") else printed


def _binding(action: Action) -> Binding:
    return Binding(
        action.key,
        f"run('{action.name}')",
        action.footer or action.title,
        show=bool(action.footer),
        key_display=action.shown.split()[0],
        tooltip=action.title,
        id=action.name,
    )


class Actions:
    """A table together with what does each of its actions.

    Raises `ValueError` where an action of the table has no handler, or a handler does what is not in the table or what
    another one does already.
    """

    def __init__(self, table: ActionTable, *groups: Mapping[str, Handler]) -> None:
        self.table = table
        self._handlers: dict[str, Handler] = {}
        for group in groups:
            twice = self._handlers.keys() & group.keys()
            if twice:
                raise ValueError(f"more than one handler: {', '.join(sorted(twice))}")
            self._handlers |= group
        wanted = {action.name for action in (*table.actions, *table.off)} - {PALETTE_KEY}
        differing = wanted ^ self._handlers.keys()
        if differing:
            raise ValueError(f"an action without a handler, or the other way round: {', '.join(sorted(differing))}")

    def run(self, name: str) -> None:
        """Do the action of this name. Raises `KeyError` where there is none."""
        self._handlers[name]()
