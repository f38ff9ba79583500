"""How it stands with what is posted to the networks, in one sign."""

from sessions.core.state import SessionState


def posted_mark(state: SessionState, question: str) -> str:
    """What marks a question that is out on a network (`↗`), or on its way to one (`…`); empty for others."""
    found = [one for one in state.postings.values() if one.begun.subject == question and one.failed is None]
    if any(not one.out for one in found):
        return "…"
    return "↗" if found else ""
