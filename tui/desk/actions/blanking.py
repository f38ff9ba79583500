"""Asking before a post is blanked out, at a live desk and in a replay."""

from textual.content import Content

from sessions.words import _
from tui.desk.port import ChatPort
from tui.dialogs.confirm import ConfirmDialog
from tui.text.outside import clean_line, outside
from tui.text.records import NOTED, rules_words


async def sure_to_blank(port: ChatPort, post: str) -> bool:
    """Show the words that would be blanked out, and ask whether they shall."""
    state = port.model.state
    rule = rules_words([clean_line(state.plan.records or "")] if state.plan is not None else [])
    words = Content.assemble(
        outside(clean_line(state.posts[post].post.author.shown), "bold"), ": ", outside(state.text(post)),
        _("\n\nIts text is removed from the saved chat and all copies. This cannot be undone. "
        "What is public on a network stays there."),
        outside(f"\n\n{rule} {NOTED}" if rule else ""),
    )  # fmt: skip
    return await port.ask(ConfirmDialog(_("Blank this post out?"), words, _("Blank it out"))) is True
