"""Choosing which posts are shown: by two keys at once, or in a list."""

from tui.desk.actions.looking.choices import LINE, FilterChoice, as_listed, filter_choices
from tui.desk.port import ChatPort
from tui.dialogs.choose import ChooseDialog, beginning

_CHARACTERS = {"slash": "/"}
"""What keys print that are not called by it."""


class Filtering:
    """The one key, and those that say behind it which posts are meant."""

    def __init__(self, port: ChatPort) -> None:
        self._port = port
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

    def _choices(self) -> list[FilterChoice]:
        aim, state = self._port.aim, self._port.model.state
        seen = state.posts.get(aim.post or "")
        author = aim.person if aim.people or seen is None else seen.post.author.id
        again = self._port.key_of("filter")
        return filter_choices(state, author=author, again=again if len(again) == 1 else "f")

    def _character(self, key: str) -> str:
        return _CHARACTERS.get(key, key).casefold()

    def _open(self, choices: list[FilterChoice], typed: str = "") -> None:
        listed = as_listed(choices)
        first = next((one.value for one in beginning(listed, typed)), "")
        dialog = ChooseDialog("Which posts?", listed, typed=typed, chosen=first, at_once=True)
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
