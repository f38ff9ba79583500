"""Where the other moderators are and what they write, in words: pure functions of what the hub told.

The words hold names from outside: whoever shows them does so through `tui.text.outside`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.core.state import SessionState
from sessions.hub.protocol.presence import AtDesk, Claim
from tui.text.outside import clean_line

if TYPE_CHECKING:
    from sessions.publishing.texts import Draft

_PANES = {"questions": "at the questions", "answers": "at the answers", "people": "at people", "replay": "in a replay"}


@dataclass(frozen=True)
class Clash:
    """Somebody else writes the same: what is asked then, and what stands on the button that goes on."""

    question: str
    yes: str


def where_words(state: SessionState, one: AtDesk) -> str:
    """At which pane a moderator is and what they write: `at people, writing to Tom`; empty where that is not known."""
    return ", ".join(filter(None, (_PANES.get(one.pane, ""), claim_words(state, one.claim))))


def claim_words(state: SessionState, claim: Claim | None) -> str:
    """What somebody writes: `writing to Tom`, `editing Q3`; empty where they write nothing."""
    if claim is None:
        return ""
    about = _about(state, claim)
    match claim.kind:
        case "greeting":
            return f"writing to {about or 'somebody'}"
        case "question":
            return f"editing {about}" if about else "writing a question"
        case "repost":
            return f"posting {about or 'a question'}"
        case "line":
            return "posting a line"
        case "announce":
            return "telling people elsewhere"
        case "note":
            return "writing a note"
        case _:
            return "writing"


def claim_of(draft: "Draft") -> Claim:
    """What is told of somebody who looks at these words before they post them."""
    if draft.purpose == "greeting":
        return Claim("greeting", draft.subject)
    return Claim("repost" if draft.purpose in ("question", "again") else "line", draft.subject)


Beside = tuple[str, str]
"""What stands beside a row, in full and where there is little room."""


def beside_people(others: Sequence[AtDesk]) -> Mapping[str, Beside]:
    """What stands beside the people, by their ids, to whom somebody writes."""
    return {
        one.claim.about: (f"{clean_line(one.name)} is writing …", f"✎ {clean_line(one.name)}")
        for one in others
        if one.claim is not None and one.claim.kind == "greeting" and one.claim.about
    }


def beside_questions(others: Sequence[AtDesk]) -> Mapping[str, Beside]:
    """What stands beside the questions, by their ids, that somebody edits or posts."""
    acts = {"question": "edits", "repost": "posts"}
    return {
        one.claim.about: (f"{clean_line(one.name)} {acts[one.claim.kind]} …", f"✎ {clean_line(one.name)}")
        for one in others
        if one.claim is not None and one.claim.kind in acts and one.claim.about
    }


def clash(state: SessionState, others: Sequence[AtDesk], claim: Claim | None) -> Clash | None:
    """What to ask before this is written, because another moderator writes it; None where nobody does.

    What is about nobody and nothing, two may write at once.
    """
    other = next((one for one in others if claim is not None and claim.about and one.claim == claim), None)
    if claim is None or other is None:
        return None
    name, about = clean_line(other.name), _about(state, claim)
    match claim.kind:
        case "greeting":
            return Clash(f"{name} is greeting {about or 'them'}. Write too?", "Write too")
        case "question":
            return Clash(f"{name} is editing {about or 'this question'}. Edit too?", "Edit too")
        case "announce":
            return Clash(f"{name} is telling people this. Tell them too?", "Go on")
        case _:
            return Clash(f"{name} is posting {about or 'this'}. Post too?", "Go on")


def _about(state: SessionState, claim: Claim) -> str:
    """The name of the person, or of the question; empty where this desk knows neither."""
    if claim.kind == "greeting":
        person = state.people.get(claim.about)
        return "" if person is None else clean_line(person.author.shown)
    question = state.questions.get(claim.about)
    return "" if question is None else question.name
