"""Every action of the desk in Textual's command palette, with its key."""

from collections.abc import Iterator

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.keys import DEEDS, PALETTE_KEY, Deed
from tui.screens.desk_core import DeskCore

NOT_OFFERED = (PALETTE_KEY, "send_now", "dismiss")
"""What has no sense in a list: the palette itself, and the keys that answer something on the screen."""


class DeedProvider(Provider):
    """Finds actions by the words of their titles; offers nothing while no desk is open."""

    def _deeds(self) -> Iterator[Deed]:
        if isinstance(self.screen, DeskCore):
            yield from (deed for deed in DEEDS if deed.name not in NOT_OFFERED)

    async def discover(self) -> Hits:
        """All actions, before anything is typed."""
        for deed in self._deeds():
            yield DiscoveryHit(
                self._with_key(Content(deed.title), deed), lambda d=deed: self._do(d), deed.title, deed.help
            )

    async def search(self, query: str) -> Hits:
        """The actions whose titles match."""
        matcher = self.matcher(query)
        for deed in self._deeds():
            score = matcher.match(deed.title)
            if score > 0:
                shown = self._with_key(Content.from_markup("$x", x="").append(matcher.highlight(deed.title)), deed)
                yield Hit(score, shown, lambda d=deed: self._do(d), deed.title, deed.help)

    def _with_key(self, title: Content, deed: Deed) -> Content:
        screen = self.screen
        key = screen.key_of(deed.name) if isinstance(screen, DeskCore) and deed.key else ""
        return Content.assemble(title, (f"  {key}", "$text-muted bold")) if key else title

    def _do(self, deed: Deed) -> None:
        if isinstance(self.screen, DeskCore):
            self.screen.act(deed.name)
