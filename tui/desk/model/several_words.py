"""What was done to several posts or people by one command, told as one thing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sessions.core import events as e
from sessions.core.events import AnyEvent, Event, UnknownEvent
from sessions.core.state import SessionState
from sessions.words import _
from tui.desk.model.log_words import action_words, named, question_in_words, sentence, who_did
from tui.text.wording import counted


def as_one(event: AnyEvent, other: AnyEvent) -> bool:
    """Whether these neighbours are told as one: the same was done by the same command."""
    if isinstance(event, UnknownEvent) or isinstance(other, UnknownEvent):
        return False
    return event.command is not None and event.command == other.command and type(event) is type(other)


def runs(events: Iterable[Event]) -> Iterator[list[Event]]:
    """The events in their order, those that are told as one together."""
    run: list[Event] = []
    for event in events:
        if run and not as_one(run[-1], event):
            yield run
            run = []
        run.append(event)
    if run:
        yield run


def told_as_one(state: SessionState, run: Sequence[Event], me: str) -> str:
    """Who did what, of a run of events: `You filed 5 posts under Q2`; of a single one as ever."""
    if len(run) == 1:
        return sentence(state, run[0], me)
    who, words = run[0].by, several_words(state, run, me)
    return who_did(_("You") if who == me else who, words) if words and who is not None else ""


def several_words(state: SessionState, run: Sequence[Event], me: str) -> str:
    """What was done, without who; empty for what no moderator does. Named in it is `me` as `you`."""
    if len(run) == 1:
        return action_words(state, run[0], me)
    kinds = {type(event) for event in run}
    if kinds == {e.Undone}:
        return _undone(state, run, me)
    words = _SEVERAL.get(kinds.pop()) if len(kinds) == 1 else None
    return (
        _("did {things}").format(things=counted(len(run), "{n} thing", "{n} things"))
        if words is None
        else words(state, run)
    )


def _filed(state: SessionState, run: Sequence[Any]) -> str:
    questions = {question_in_words(state, event.question) for event in run}
    if len(questions) > 1:
        return _("filed {posts}").format(posts=_posts(run))
    return _("filed {posts} under {question}").format(posts=_posts(run), question=questions.pop())


def _undone(state: SessionState, run: Sequence[Any], me: str) -> str:
    seqs = {event.undoes for event in run}
    undone = [event for event in state.acts if event.seq in seqs]
    if not undone:
        return _("took {actions} actions back").format(actions=len(run))
    return _("took back: {what}").format(what=who_did(named(undone[0].by, me), several_words(state, undone, me)))


def _posts(run: Sequence[Any]) -> str:
    return counted(len(run), "{n} post", "{n} posts")


_SEVERAL: Mapping[type[Any], Callable[[SessionState, Sequence[Any]], str]] = {
    e.PostFiled: _filed,
    e.PostHighlighted: lambda _s, run: _("starred {posts}").format(posts=_posts(run)),
    e.PostUnhighlighted: lambda _s, run: _("took the star from {posts}").format(posts=_posts(run)),
    e.PostHidden: lambda _s, run: _("hid {posts}").format(posts=_posts(run)),
    e.PostShown: lambda _s, run: _("showed {posts} again").format(posts=_posts(run)),
    e.PostRedacted: lambda _s, run: _("blanked {posts} out").format(posts=_posts(run)),
    e.PersonGreeted: lambda _s, run: _("greeted {people}").format(people=counted(len(run), "{n} person", "{n} people")),
}
