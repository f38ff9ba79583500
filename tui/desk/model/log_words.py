"""What happened, in words: for the status line and the log of moderator actions.

The words may hold names and texts from outside: whoever shows them does so through `tui.text.outside`.
"""

from collections.abc import Callable
from typing import Any

from sessions.core import events as e
from sessions.core.events import Event, Role
from sessions.core.plan.labels import question_name
from sessions.core.plan.words import PRACTICE
from sessions.core.state import SessionState
from sessions.networks.spending import dollars
from tui.text.sources import long_name
from tui.text.wording import count

ROLES: dict[Role, str] = {"driver": "asking", "greeter": "greeting"}

STAYS = "What is already public stays so."


def question_in_words(state: SessionState, question: str | None) -> str:
    """`Q3`, or words where there is no such question."""
    found = state.questions.get(question or "")
    return found.name if found else "no question"


def _named(state: SessionState, question: str, label: str) -> str:
    """What the question is called with this label."""
    known = state.questions.get(question)
    return question_name(label, (known.letter if known else "") or "Q")


def named(moderator: str | None, me: str) -> str:
    """A moderator within a sentence: `you` for whose desk it is."""
    return "you" if moderator == me else moderator or "somebody"


def person_name(state: SessionState, person: str) -> str:
    """The name that is shown for the person with this id."""
    found = state.people.get(person)
    return found.author.shown if found else "somebody"


def post_name(state: SessionState, post: str) -> str:
    """`Maria's post`."""
    seen = state.posts.get(post)
    return f"{seen.post.author.shown}'s post" if seen else "a post"


def _time(_state: SessionState, event: e.TimeAdded) -> str:
    minutes = abs(event.seconds) / 60
    amount = f"{minutes:g} minute{'' if minutes == 1 else 's'}"
    return f"gave {amount} more" if event.seconds >= 0 else f"took {amount} away"


def _turn(state: SessionState, event: e.TurnGiven, me: str) -> str:
    question = question_in_words(state, event.question)
    if event.moderator is not None and event.moderator == event.by:
        return f"took the turn for {question}"
    return f"gave {question} to {'nobody' if event.moderator is None else named(event.moderator, me)}"


def _shared(_state: SessionState, event: e.MinutesShared) -> str:
    least, most = min(event.minutes.values(), default=0), max(event.minutes.values(), default=0)
    each = f"{least:g}" if least == most else f"{least:g} to {most:g}"
    number = len(event.minutes)
    return f"shared what is left: {each} minutes for {count(number, 'question')}"


def _filed(state: SessionState, event: e.PostFiled) -> str:
    return f"filed {post_name(state, event.post)} under {question_in_words(state, event.question)}"


def _task(state: SessionState, event: e.TaskMarked) -> str:
    said = {True: "marked as done", False: "marked as not done", None: "left to the posts"}[event.done]
    return f"{said}: the task #{event.tag} of {person_name(state, event.person)}"


def _credit(state: SessionState, event: e.CreditAsked) -> str:
    who = person_name(state, event.person)
    said = {True: "asks for credit", False: "wants no credit", None: "asks for credit or not as they posted"}
    return f"noted that {who} {said[event.asked]}"


def _joined(event: e.AccountsJoined) -> str:
    people = len(event.accounts)
    if not people:
        return "left all who seem new as new"
    return f"joined {people} {'person' if people == 1 else 'people'} with accounts of earlier chats"


def _undone(state: SessionState, event: e.Undone, me: str) -> str:
    action = next((earlier for earlier in state.acts if earlier.seq == event.undoes), None)
    if action is None:
        return "took an action back"
    return f"took back: {named(action.by, me)} {action_words(state, action, me)}"


def _posting(state: SessionState, key: str, words: str) -> str:
    posting = state.postings.get(key)
    if posting is None:
        return ""
    return words.format(what=_what(state, posting.begun), source=long_name(state, posting.begun.source))


def _what(state: SessionState, begun: e.PostingBegun) -> str:
    from sessions.core.commands import posting_words  # with it come all commands, for which no first frame waits

    return posting_words(state, begun)


def _begun(state: SessionState, event: e.PostingBegun) -> str:
    if event.source == PRACTICE:
        return f"rehearsed posting {_what(state, event)}"
    return f"began to post {_what(state, event)} to {long_name(state, event.source)}"


def _posted(state: SessionState, event: e.PostingDone) -> str:
    posting = state.postings.get(event.key)
    rehearsed = posting is not None and posting.network == PRACTICE  # told where it began
    return "" if rehearsed else _posting(state, event.key, "posted {what} to {source}")


def _not_posted(state: SessionState, event: e.PostingFailed) -> str:
    what = _posting(state, event.key, "could not post {what} to {source}")
    return f"{what}: {event.reason.rstrip('.')}" if what else ""


def _looked_up(state: SessionState, event: e.LookedUp) -> str:
    mark = {"tag": "#", "person": "@", "words": ""}[event.looks_for]
    cost = f", for {dollars(event.spent)}" if event.spent else ""
    where = long_name(state, event.source)
    return f"looked up {mark}{event.text} on {where}: {count(event.posts, 'post')}{cost}"


def _reserved(state: SessionState, event: e.SpendingReserved) -> str:
    where = long_name(state, event.source)
    if not event.most:
        return f"got nothing from {where}, which cost nothing"
    return f"is looking something up on {where}, for {dollars(event.most)} at most"


_SHARED: dict[e.Sharing, str] = {"boost": "as a boost", "quote": "in a quote", "new": "in a post"}


def _post_shared(state: SessionState, event: e.PostShared) -> str:
    what = f"a find by {event.found.author.shown}"
    if event.stands == "copied":
        return f"copied {what} to share it"
    if event.stands == "rehearsed":
        return f"rehearsed sharing {what}"
    return f"shares {what} on {long_name(state, event.source)} {_SHARED[event.how]}"


def _announcing(state: SessionState, key: str, words: str) -> str:
    from sessions.core.commands import announcement_words  # with it come all commands, as above

    known = state.announcements.get(key)
    return "" if known is None else words.format(to=known.begun.to, what=announcement_words(state, known.begun.subject))


def _announcing_begun(state: SessionState, event: e.AnnouncingBegun) -> str:
    from sessions.core.commands import announcement_words

    does = "rehearsed telling" if state.rehearsal else "began to tell"
    return f"{does} {event.to} {announcement_words(state, event.subject)}"


def _announced(state: SessionState, event: e.AnnouncingDone) -> str:
    return "" if state.rehearsal else _announcing(state, event.key, "told {to} {what}")


def _not_announced(state: SessionState, event: e.AnnouncingFailed) -> str:
    what = _announcing(state, event.key, "could not tell {to} {what}")
    return f"{what}: {event.reason.rstrip('.')}" if what else ""


WORDS: dict[type[Any], Callable[[SessionState, Any], str] | None] = {
    e.SessionOpened: None,
    e.ModeratorJoined: lambda _s, ev: "joined" if ev.scope == "moderator" else "looks on",
    e.ModeratorLeft: lambda _s, _ev: "left",
    e.RoleTaken: lambda _s, ev: f"took over {ROLES[ev.role]}",
    e.RoleReleased: lambda _s, ev: f"handed over {ROLES[ev.role]}",
    e.QuestionAsked: lambda s, ev: f"asked {question_in_words(s, ev.question)}",
    e.TimerHeld: lambda _s, _ev: "held the countdown",
    e.TimerResumed: lambda _s, _ev: "let the countdown go on",
    e.TimeAdded: _time,
    e.QuestionAdded: lambda _s, ev: f"added {ev.question.name}",
    e.QuestionEdited: lambda s, ev: f"edited {_named(s, ev.question, ev.label)}",
    e.QuestionMoved: lambda s, ev: f"moved {question_in_words(s, ev.question)}",
    e.QuestionSkipped: lambda s, ev: f"skipped {question_in_words(s, ev.question)}",
    e.QuestionRestored: lambda s, ev: f"brought back {question_in_words(s, ev.question)}",
    e.TurnGiven: lambda s, ev: _turn(s, ev, ""),
    e.MinutesShared: _shared,
    e.PostSeen: lambda _s, ev: f"added an answer by {ev.post.author.shown}",
    e.PostEdited: None,
    e.PostRemoved: None,
    e.PostFiled: _filed,
    e.PostHighlighted: lambda s, ev: f"starred {post_name(s, ev.post)}",
    e.PostUnhighlighted: lambda s, ev: f"took the star from {post_name(s, ev.post)}",
    e.PersonHighlighted: lambda s, ev: f"starred {person_name(s, ev.person)}",
    e.PersonUnhighlighted: lambda s, ev: f"took the star from {person_name(s, ev.person)}",
    e.PersonGreeted: lambda s, ev: f"greeted {person_name(s, ev.person)}",
    e.PersonTagged: lambda s, ev: f"noted the school of {person_name(s, ev.person)}",
    e.TaskMarked: lambda s, ev: _task(s, ev),
    e.CreditAsked: lambda s, ev: _credit(s, ev),
    e.AccountsJoined: lambda _s, ev: _joined(ev),
    e.PostHidden: lambda s, ev: f"hid {post_name(s, ev.post)}",
    e.PostShown: lambda s, ev: f"showed {post_name(s, ev.post)} again",
    e.PostRedacted: lambda s, ev: f"blanked {post_name(s, ev.post)} out",
    e.PersonMuted: lambda s, ev: f"muted {person_name(s, ev.person)}",
    e.PersonUnmuted: lambda s, ev: f"unmuted {person_name(s, ev.person)}",
    e.WordMuted: lambda _s, ev: f'let "{ev.word}" fold posts',
    e.WordUnmuted: lambda _s, ev: f'let "{ev.word}" fold no more posts',
    e.NoteAdded: lambda _s, ev: f"wrote: {ev.text}",
    e.SourceChanged: None,
    e.PeopleCarried: lambda _s, ev: f"knows {count(len(ev.people), 'person', 'people')} from before",
    e.SpendingAllowed: lambda _s, ev: f"allowed ${ev.ceiling:.2f} for reading {ev.source}",
    e.PostingBegun: _begun,
    e.PostingDone: _posted,
    e.PostingFailed: _not_posted,
    e.SpendingReserved: _reserved,
    e.AnnouncingBegun: _announcing_begun,
    e.AnnouncingDone: _announced,
    e.AnnouncingFailed: _not_announced,
    e.LookedUp: _looked_up,
    e.PostShared: _post_shared,
    e.Undone: lambda s, ev: _undone(s, ev, ""),
    e.HubTakenOver: lambda _s, _ev: "took the chat over: it goes on from that desk's computer",
    e.SessionClosed: lambda _s, _ev: "closed the chat",
}
"""What is said of each event; None for what no moderator does."""

NAMING: dict[type[Any], Callable[[SessionState, Any, str], str]] = {e.TurnGiven: _turn, e.Undone: _undone}
"""The same for those that name a moderator, who may be the one who reads it."""


def action_words(state: SessionState, event: Event, me: str = "") -> str:
    """What a moderator did, without who: `starred Maria's post`. Empty for what no moderator does.

    Named in it is `me` as `you`; without that everybody by their name.
    """
    if type(event) in NAMING:
        return NAMING[type(event)](state, event, me)
    words = WORDS.get(type(event))
    return words(state, event) if words else ""


def sentence(state: SessionState, event: Event, me: str) -> str:
    """Who did what: `You starred Maria's post`. Empty where nobody did it; joining and leaving name who it is."""
    who = event.name if isinstance(event, (e.ModeratorJoined, e.ModeratorLeft)) else event.by
    words = action_words(state, event, me)
    if who is None or not words:
        return ""
    return f"{'You' if who == me else who} {words}"
