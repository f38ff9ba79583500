"""Choosing which posts are shown: by two keys at once, or in a list."""

import asyncio
from collections.abc import Callable

from textual.content import Content

from sessions.words import _
from tui.desk.actions.looking.choices import CELLS, LINE, FilterChoice, as_listed, filter_choices
from tui.desk.port import ChatPort
from tui.dialogs.choose import ChooseDialog, beginning
from tui.dialogs.line import LineDialog
from tui.shell.filter_config import LONGEST_NAME, SavedFilters
from tui.shell.kept.config_file import NotKept
from tui.text.outside import clean_line, outside_line
from tui.widgets.answers.query import line_of

_CHARACTERS = {"slash": "/", "number_sign": "#"}
"""What keys print that are not called by it."""


class Filtering:
    """The one key, and those that say behind it which posts are meant."""

    def __init__(self, port: ChatPort, filters: Callable[[], SavedFilters]) -> None:
        self._port = port
        self._filters = filters
        self._list: ChooseDialog | None = None

    def follows(self, key: str) -> bool:
        """Whether this key right behind the first one chooses something, or what it chooses has yet to be typed."""
        character = self._character(key)
        return any(one.keys.startswith(character) for one in self._choices())

    def at_once(self, key: str) -> None:
        """Show what this key chooses; the list, where it leaves a choice."""
        choices = self._choices()
        listed = as_listed(choices)
        fitting = beginning(listed, self._character(key))
        if len(fitting) == 1:
            self._show(choices[int(fitting[0].value)])
        else:
            self._open(choices, typed=self._character(key))

    def choose(self) -> None:
        """Show the list."""
        self._open(self._choices())

    def take(self, key: str) -> bool:
        """Take a key that was read before the list stood; False where no list is on its way."""
        if self._list is None:
            return False
        if len(self._character(key)) == 1:
            self._list.type(self._character(key))
        return True

    def keep(self) -> None:
        """Write the filter that is on into the config, under a name."""
        line = line_of(self._port.panes.shown_filter, self._port.model.state)
        if line:
            self._port.start(lambda: self._keep(line))
        else:
            self._port.say(
                _("All posts are shown. {filter_key} chooses which, then keep that.").format(
                    filter_key=self._port.key_of("filter")
                )
            )

    async def _keep(self, line: str) -> None:
        filters = self._filters()
        title = Content.assemble(_("Keep  "), outside_line(line, CELLS))
        hint = _("A name for it · Enter keeps it in config.toml · Esc leaves")
        value = self._port.panes.shown_filter.called or line
        name = await self._port.ask(
            LineDialog(title, hint, value=value[:LONGEST_NAME], longest=LONGEST_NAME, problem=_name_problem(filters))
        )
        if name is None:
            return
        try:
            await asyncio.to_thread(filters.keep, name, line)
        except NotKept as error:
            self._port.report("filter", clean_line(str(error)), warn=True)
        else:
            self._port.report(
                "filter",
                _("Kept as {name}: {filter_key} lists it.").format(name=name, filter_key=self._port.key_of("filter")),
            )

    def _choices(self) -> list[FilterChoice]:
        aim, state = self._port.aim, self._port.model.state
        seen = state.posts.get(aim.post or "")
        author = aim.person if aim.people or seen is None else seen.post.author.id
        again = self._port.key_of("filter")
        again = again if len(again) == 1 else "f"
        return filter_choices(state, author=author, again=again, saved=self._filters().filters)

    def _character(self, key: str) -> str:
        return _CHARACTERS.get(key, key).casefold()

    def _open(self, choices: list[FilterChoice], typed: str = "") -> None:
        listed = as_listed(choices)
        first = next((one.value for one in beginning(listed, typed)), "")
        dialog = ChooseDialog(_("Which posts?"), listed, typed=typed, chosen=first, at_once=True)
        self._list = dialog
        self._port.start(lambda: self._ask(dialog, choices))

    async def _ask(self, dialog: ChooseDialog, choices: list[FilterChoice]) -> None:
        try:
            chosen = await self._port.ask(dialog)
        finally:
            self._list = None
        if chosen is not None:
            self._show(choices[int(chosen)])

    def _show(self, chosen: FilterChoice) -> None:
        if chosen.problem:
            self._port.say(chosen.problem, warn=True)
        elif chosen.filter is LINE:
            self._port.panes.open_filter()
        else:
            self._port.panes.show_answers(chosen.filter)


def _name_problem(filters: SavedFilters) -> Callable[[str], str]:
    taken = {one.name for one in filters.filters}
    return lambda name: _("There is a filter called {name} already.").format(name=name) if name in taken else ""
