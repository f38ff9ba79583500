"""Posting in a rehearsal: the words as they would go out, which go nowhere."""

from collections.abc import Sequence
from typing import Any

from textual.content import Content

from sessions.words import _
from tui.desk.dialogs.post_dialog import PostDialog, ToPost
from tui.desk.model.posting import REHEARSAL, Target
from tui.text.outside import clean_line, outside
from tui.text.styles import MUTED


class RehearsedPostDialog(PostDialog):
    """The preview, with no network to post to. Its arguments are those of `PostDialog`."""

    def __init__(self, name: str, *args: Any, **rest: Any) -> None:
        title = Content.assemble(_("Post: "), outside(clean_line(name)), (f"  ({REHEARSAL})", f"{MUTED} not bold"))
        hint = _("Enter counts it as posted · Tab to the words · Esc leaves")
        super().__init__(name, *args, title=title, hint=hint, **rest)

    def does(self, _chosen: Sequence[Target]) -> str:
        """As in any preview."""
        return _("Rehearse it")

    def hindrance(self, text: str, _chosen: Sequence[Target]) -> str:
        """As in any preview; it goes to no network."""
        return "" if text.strip() else _("There is nothing to post.")

    def wish(self, chosen: tuple[Target, ...]) -> ToPost:
        """As in any preview."""
        return ToPost(self.text, chosen, rehearsed=True)
