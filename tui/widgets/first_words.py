"""A few sentences for whoever sits at a screen for the first time: in nobody's way, and gone with the first key."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static


class FirstWords(Static):
    """A heading, `sentences`, and a line of `keys` (what is printed on each, and what it does). All words are ours.

    A click takes it away; keys are the screen's, which takes it away with the first.
    """

    DEFAULT_CSS = """
    FirstWords {
        height: auto;
        max-height: 10;
        padding: 0 1;
        background: $boost;
    }
    """

    def __init__(self, heading: str, sentences: Sequence[str], keys: Sequence[tuple[str, str]]) -> None:
        named = [Content.assemble((key, "$primary bold"), f" {does}") for key, does in keys]
        lines = [Content.styled(heading, "bold"), *map(Content, sentences), Content(" · ").join(named)]
        super().__init__(Content("\n").join(lines))

    async def on_click(self) -> None:
        """Somebody has read it."""
        await self.remove()
