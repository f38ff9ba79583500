"""Every action of the screen in Textual's command palette, with its key."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Protocol, runtime_checkable

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.dialogs.dialog import MUTED
from tui.shell.keys import PALETTE_KEY, Deed

NOT_OFFERED = (PALETTE_KEY, "send_now", "dismiss")
"""What has no sense in a list: the palette itself, and the keys that answer something on the screen."""

Entry = tuple[str, str, str, Callable[[], object]]
"""A title, its help, its key, and what it does."""


@runtime_checkable
class Acting(Protocol):
    """A screen with a table of what can be done there."""

    @property
    def deeds(self) -> Sequence[Deed]:
        """The table."""

    def act(self, name: str) -> None:
        """Do what the table calls by this name."""

    def key_of(self, name: str) -> str:
        """What is printed on the key of this action."""


class DeedProvider(Provider):
    """Finds actions by the words of their titles and of their help, the screen's before those of the look."""

    def _entries(self) -> Iterator[Entry]:
        screen = self.screen
        if isinstance(screen, Acting):
            for deed in screen.deeds:
                if deed.name not in NOT_OFFERED:
                    key = screen.key_of(deed.name) if deed.key else ""
                    yield deed.title, deed.help, key, partial(screen.act, deed.name)
        yield "Colours", "Choose another theme, light or dark.", "", self.app.action_change_theme
        yield "Picture of the screen", "Saves what you see as an SVG file.", "", self.app.deliver_screenshot

    async def discover(self) -> Hits:
        """All actions in the order of the table, before anything is typed."""
        for title, explanation, key, act in self._entries():
            yield DiscoveryHit(_with_key(Content(title), key), act, title, explanation)

    async def search(self, query: str) -> Hits:
        """The actions that match, those by their title first."""
        matcher = self.matcher(query)
        for title, explanation, key, act in self._entries():
            score = matcher.match(title)
            shown = matcher.highlight(title)
            if score <= 0:
                score = matcher.match(explanation) / 4
            if score > 0:
                yield Hit(score, _with_key(shown, key), act, title, explanation)


def _with_key(title: Content, key: str) -> Content:
    return Content.assemble(title, (f"  {key}", MUTED)) if key else title
