"""How the chat stands when somebody is about to end it. Pure."""

from dataclasses import dataclass

from sessions.core.commands import RECAP
from sessions.core.plan import SCRIPT_KEYS, ScriptKey
from sessions.core.state import SessionState
from sessions.words import _, ngettext
from tui.text.wording import counted

LINES: dict[ScriptKey, str] = {"thanks": _("the thanks"), "next_time": _("the question about next time")}
"""The lines that belong to the end, in the middle of a sentence."""


@dataclass(frozen=True)
class Ending:
    """The numbers of the hour: people and the newcomers among them, of whom so many are greeted, so many wait to be,
    and so many are muted and wait for nothing; answers, the questions that were asked, guesses that nobody decided,
    stars; `unposted` are lines of the end that the plan has and nobody posted, `untold` addresses of the plan at which
    nobody told where the recap is.
    """

    people: int
    new: int
    greeted: int
    to_greet: int
    muted: int
    answers: int
    asked: int
    guesses: int
    stars: int
    unposted: tuple[ScriptKey, ...]
    untold: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What is told of it, a sentence a line."""
        people = counted(self.people, "{n} person", "{n} people")
        muted = _(", {muted:,} muted").format(muted=self.muted) if self.muted else ""
        greeted = (
            _(": {greeted:,} greeted, {to_greet:,} not{muted}").format(
                greeted=self.greeted, to_greet=self.to_greet, muted=muted
            )
            if self.new
            else ""
        )
        answers = _("{answers} to {questions}").format(
            answers=counted(self.answers, "{n} answer", "{n} answers"),
            questions=counted(self.asked, "{n} question", "{n} questions"),
        )
        guesses = (
            _("{guesses} undecided").format(guesses=counted(self.guesses, "{n} guess", "{n} guesses"))
            if self.guesses
            else ""
        )
        stars = counted(self.stars, "{n} star", "{n} stars") if self.stars else ""
        lines = _(" and ").join(LINES[key] for key in self.unposted)
        plural = 1 if self.unposted == ("next_time",) else 2  # the thanks are many
        return (
            ngettext("{people}, {n} new{greeted}", "{people}, {n} new{greeted}", self.new).format(
                people=people, n=f"{self.new:,}", greeted=greeted
            ),
            " · ".join(filter(None, (answers, guesses, stars))),
            *(
                (
                    ngettext("{lines} is not posted yet", "{lines} are not posted yet", plural).format(
                        lines=lines[0].upper() + lines[1:]
                    ),
                )
                if lines
                else ()
            ),
        )


def ending(state: SessionState) -> Ending:
    """How the chat stands now."""
    present = state.present()
    starred = sum(layer.starred is not None and not state.folded(post) for post, layer in state.layers.items())
    return Ending(
        people=len(present),
        new=sum(person.newcomer for person in present),
        greeted=sum(person.newcomer and person.greeting is not None for person in present),
        to_greet=len(state.to_greet()),
        muted=sum(person.newcomer and person.greeting is None and person.muted is not None for person in present),
        answers=state.answers,
        asked=len({opening.question for opening in state.openings}),
        guesses=sum(_guessed(state, post) for post in state.posts),
        stars=starred + sum(person.starred is not None for person in present),
        unposted=tuple(key for key in SCRIPT_KEYS if key in LINES and _unposted(state, key)),
        untold=untold(state),
    )


def untold(state: SessionState) -> tuple[str, ...]:
    """The addresses of the plan at which nobody told where the recap is."""
    names = (state.plan.announce or ()) if state.plan is not None else ()
    known = {one.begun.to for one in state.announcements.values() if one.begun.subject == RECAP and one.failed is None}
    return tuple(name for name in names if name not in known)


def _guessed(state: SessionState, post: str) -> bool:
    filed = state.filed(post)
    return filed is not None and filed.why == "guess" and state.kind(post) == "answer" and not state.folded(post)


def _unposted(state: SessionState, key: ScriptKey) -> bool:
    planned = state.plan is not None and key in state.plan.script
    return planned and all(one.begun.subject != key or one.failed is not None for one in state.postings.values())
