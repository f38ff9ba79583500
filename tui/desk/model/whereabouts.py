"""Where the other moderators are and what they write, in words: pure functions of what the hub told.

The words hold names from outside: whoever shows them does so through `tui.text.outside`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.core.state import SessionState
from sessions.hub.protocol.presence import AtDesk, Claim
from sessions.words import _
from tui.text.outside import clean_line

if TYPE_CHECKING:
    from sessions.publishing.texts import Draft

_PANES = {
    "questions": _("at the questions"),
    "answers": _("at the answers"),
    "people": _("at people"),
    "replay": _("in a replay"),
}


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
            return _("writing to {about}").format(about=about) if about else _("writing to somebody")
        case "question":
            return _("editing {about}").format(about=about) if about else _("writing a question")
        case "repost":
            return _("posting {about}").format(about=about) if about else _("posting a question")
        case "line":
            return _("posting a line")
        case "announce":
            return _("telling people elsewhere")
        case "note":
            return _("writing a note")
        case _:
            return _("writing")


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
        one.claim.about: (_("{name} is writing …").format(name=clean_line(one.name)), f"✎ {clean_line(one.name)}")
        for one in others
        if one.claim is not None and one.claim.kind == "greeting" and one.claim.about
    }


def beside_questions(others: Sequence[AtDesk]) -> Mapping[str, Beside]:
    """What stands beside the questions, by their ids, that somebody edits or posts."""
    acts = {"question": _("{name} edits …"), "repost": _("{name} posts …")}
    return {
        one.claim.about: (acts[one.claim.kind].format(name=clean_line(one.name)), f"✎ {clean_line(one.name)}")
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
            return Clash(
                _("{name} is greeting {about}. Write too?").format(name=name, about=about or _("them")), _("Write too")
            )
        case "question":
            return Clash(
                _("{name} is editing {about}. Edit too?").format(name=name, about=about or _("this question")),
                _("Edit too"),
            )
        case "announce":
            return Clash(_("{name} is telling people this. Tell them too?").format(name=name), _("Go on"))
        case _:
            return Clash(
                _("{name} is posting {about}. Post too?").format(name=name, about=about or _("this")), _("Go on")
            )


def _about(state: SessionState, claim: Claim) -> str:
    """The name of the person, or of the question; empty where this desk knows neither."""
    if claim.kind == "greeting":
        person = state.people.get(claim.about)
        return "" if person is None else clean_line(person.author.shown)
    question = state.questions.get(claim.about)
    return "" if question is None else question.name
