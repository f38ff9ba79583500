"""Posts that were found elsewhere, as the answers of a chat are shown."""

from sessions.words import _
from tui.widgets.answers.answer_pane import AnswerPane


class FoundPane(AnswerPane):
    """The same pane with another title: how many there are."""

    DEFAULT_CSS = """
    FoundPane { height: 1fr; min-height: 5; }
    """

    def _show_title(self) -> None:
        self.show_title(_("Found · {posts:,}").format(posts=len(self._posts)) if len(self._posts) else _("Found"))
