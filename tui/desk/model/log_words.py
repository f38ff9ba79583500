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
from sessions.words import _, ngettext, pgettext
from tui.text.sources import long_name
from tui.text.wording import counted

ROLES: dict[Role, str] = {"driver": pgettext("role", "asking"), "greeter": pgettext("role", "greeting")}

STAYS = _("What is already public stays so.")


def question_in_words(state: SessionState, question: str | None) -> str:
    """`Q3`, or words where there is no such question."""
    found = state.questions.get(question or "")
    return found.name if found else _("no question")


def _named(state: SessionState, question: str, label: str) -> str:
    """What the question is called with this label."""
    known = state.questions.get(question)
    return question_name(label, (known.letter if known else "") or "Q")


def named(moderator: str | None, me: str) -> str:
    """A moderator within a sentence: `you` for whose desk it is."""
    return _("you") if moderator == me else moderator or _("somebody")


def who_did(who: str, words: str) -> str:
    """A sentence of who did what: `Maria starred a post`."""
    return _("{who} {did}").format(who=who, did=words)


def person_name(state: SessionState, person: str) -> str:
    """The name that is shown for the person with this id."""
    found = state.people.get(person)
    return found.author.shown if found else _("somebody")


def post_name(state: SessionState, post: str) -> str:
    """`Maria's post`."""
    seen = state.posts.get(post)
    return _("{shown}'s post").format(shown=seen.post.author.shown) if seen else _("a post")


def _time(_state: SessionState, event: e.TimeAdded) -> str:
    minutes = abs(event.seconds) / 60
    amount = _("{minutes:g} minutes").format(minutes=minutes) if minutes != 1 else _("1 minute")
    return (
        _("gave {amount} more").format(amount=amount)
        if event.seconds >= 0
        else _("took {amount} away").format(amount=amount)
    )


def _turn(state: SessionState, event: e.TurnGiven, me: str) -> str:
    question = question_in_words(state, event.question)
    if event.moderator is not None and event.moderator == event.by:
        return _("took the turn for {question}").format(question=question)
    to = _("nobody") if event.moderator is None else named(event.moderator, me)
    return _("gave {question} to {to}").format(question=question, to=to)


def _shared(_state: SessionState, event: e.MinutesShared) -> str:
    minutes = [round(given * 2) / 2 or given for given in event.minutes.values()]  # nobody counts in hundredths
    least, most = min(minutes, default=0), max(minutes, default=0)
    each = f"{least:g}" if least == most else _("{least:g} to {most:g}").format(least=least, most=most)
    number = len(event.minutes)
    return _("shared what is left: {each} minutes for {questions}").format(
        each=each, questions=counted(number, "{n} question", "{n} questions")
    )


def _filed(state: SessionState, event: e.PostFiled) -> str:
    return _("filed {post_name} under {question}").format(
        post_name=post_name(state, event.post), question=question_in_words(state, event.question)
    )


def _task(state: SessionState, event: e.TaskMarked) -> str:
    said = {True: _("marked as done"), False: _("marked as not done"), None: _("left to the posts")}[event.done]
    return _("{said}: the task #{tag} of {person_name}").format(
        said=said, tag=event.tag, person_name=person_name(state, event.person)
    )


def _credit(state: SessionState, event: e.CreditAsked) -> str:
    who = person_name(state, event.person)
    said = {True: _("asks for credit"), False: _("wants no credit"), None: _("asks for credit or not as they posted")}
    return _("noted that {who} {said}").format(who=who, said=said[event.asked])


def _joined(event: e.AccountsJoined) -> str:
    people = len(event.accounts)
    if not people:
        return _("left all who seem new as new")
    return ngettext(
        "joined {n} person with accounts of earlier chats", "joined {n} people with accounts of earlier chats", people
    ).format(n=people)


def _undone(state: SessionState, event: e.Undone, me: str) -> str:
    action = next((earlier for earlier in state.acts if earlier.seq == event.undoes), None)
    if action is None:
        return _("took an action back")
    return _("took back: {what}").format(what=who_did(named(action.by, me), action_words(state, action, me)))


def _posting(state: SessionState, key: str, words: str) -> str:
    posting = state.postings.get(key)
    if posting is None:
        return ""
    return words.format(what=_what(state, posting.begun), source=long_name(state, posting.begun.source))


def _what(state: SessionState, begun: e.PostingBegun) -> str:
    from sessions.core.commands import posting_words  # with it come all commands, for which no first frame waits

    return posting_words(state, begun, _)


def _begun(state: SessionState, event: e.PostingBegun) -> str:
    if event.source == PRACTICE:
        return _("rehearsed posting {what}").format(what=_what(state, event))
    return _("began to post {what} to {long_name}").format(
        what=_what(state, event), long_name=long_name(state, event.source)
    )


def _posted(state: SessionState, event: e.PostingDone) -> str:
    posting = state.postings.get(event.key)
    rehearsed = posting is not None and posting.network == PRACTICE  # told where it began
    return "" if rehearsed else _posting(state, event.key, _("posted {what} to {source}"))


def _not_posted(state: SessionState, event: e.PostingFailed) -> str:
    what = _posting(state, event.key, _("could not post {what} to {source}"))
    return f"{what}: {event.reason.rstrip('.')}" if what else ""


def _looked_up(state: SessionState, event: e.LookedUp) -> str:
    mark = {"tag": "#", "person": "@", "words": ""}[event.looks_for]
    cost = _(", for {dollars}").format(dollars=dollars(event.spent)) if event.spent else ""
    where = long_name(state, event.source)
    return _("looked up {mark}{text} on {where}: {posts}{cost}").format(
        mark=mark, text=event.text, where=where, posts=counted(event.posts, "{n} post", "{n} posts"), cost=cost
    )


def _reserved(state: SessionState, event: e.SpendingReserved) -> str:
    where = long_name(state, event.source)
    if not event.most:
        return _("got nothing from {where}, which cost nothing").format(where=where)
    return _("is looking something up on {where}, for {dollars} at most").format(
        where=where, dollars=dollars(event.most)
    )


_SHARED: dict[e.Sharing, str] = {"boost": _("as a boost"), "quote": _("in a quote"), "new": _("in a post")}


def _post_shared(state: SessionState, event: e.PostShared) -> str:
    what = _("a find by {shown}").format(shown=event.found.author.shown)
    if event.stands == "copied":
        return _("copied {what} to share it").format(what=what)
    if event.stands == "rehearsed":
        return _("rehearsed sharing {what}").format(what=what)
    return _("shares {what} on {long_name} {shared}").format(
        what=what, long_name=long_name(state, event.source), shared=_SHARED[event.how]
    )


def _announcing(state: SessionState, key: str, words: str) -> str:
    from sessions.core.commands import announcement_words  # with it come all commands, as above

    known = state.announcements.get(key)
    return (
        "" if known is None else words.format(to=known.begun.to, what=announcement_words(state, known.begun.subject, _))
    )


def _announcing_begun(state: SessionState, event: e.AnnouncingBegun) -> str:
    from sessions.core.commands import announcement_words

    does = _("rehearsed telling {to} {what}") if state.rehearsal else _("began to tell {to} {what}")
    return does.format(to=event.to, what=announcement_words(state, event.subject, _))


def _announced(state: SessionState, event: e.AnnouncingDone) -> str:
    return "" if state.rehearsal else _announcing(state, event.key, _("told {to} {what}"))


def _not_announced(state: SessionState, event: e.AnnouncingFailed) -> str:
    what = _announcing(state, event.key, _("could not tell {to} {what}"))
    return f"{what}: {event.reason.rstrip('.')}" if what else ""


WORDS: dict[type[Any], Callable[[SessionState, Any], str] | None] = {
    e.SessionOpened: None,
    e.ModeratorJoined: lambda _s, ev: _("joined") if ev.scope == "moderator" else _("looks on"),
    e.ModeratorLeft: lambda _s, _ev: pgettext("the chat", "left"),
    e.RoleTaken: lambda _s, ev: _("took over {roles}").format(roles=ROLES[ev.role]),
    e.RoleReleased: lambda _s, ev: _("handed over {roles}").format(roles=ROLES[ev.role]),
    e.QuestionAsked: lambda s, ev: _("asked {question}").format(question=question_in_words(s, ev.question)),
    e.TimerHeld: lambda _s, _ev: _("held the countdown"),
    e.TimerResumed: lambda _s, _ev: _("let the countdown go on"),
    e.TimeAdded: _time,
    e.QuestionAdded: lambda _s, ev: _("added {name}").format(name=ev.question.name),
    e.QuestionEdited: lambda s, ev: _("edited {named}").format(named=_named(s, ev.question, ev.label)),
    e.QuestionMoved: lambda s, ev: _("moved {question}").format(question=question_in_words(s, ev.question)),
    e.QuestionSkipped: lambda s, ev: _("skipped {question}").format(question=question_in_words(s, ev.question)),
    e.QuestionRestored: lambda s, ev: _("brought back {question}").format(question=question_in_words(s, ev.question)),
    e.TurnGiven: lambda s, ev: _turn(s, ev, ""),
    e.MinutesShared: _shared,
    e.PostSeen: lambda _s, ev: _("added an answer by {shown}").format(shown=ev.post.author.shown),
    e.PostEdited: None,
    e.PostRemoved: None,
    e.PostFiled: _filed,
    e.PostHighlighted: lambda s, ev: _("starred {post_name}").format(post_name=post_name(s, ev.post)),
    e.PostUnhighlighted: lambda s, ev: _("took the star from {post_name}").format(post_name=post_name(s, ev.post)),
    e.PersonHighlighted: lambda s, ev: _("starred {person_name}").format(person_name=person_name(s, ev.person)),
    e.PersonUnhighlighted: lambda s, ev: _("took the star from {person_name}").format(
        person_name=person_name(s, ev.person)
    ),
    e.PersonGreeted: lambda s, ev: _("greeted {person_name}").format(person_name=person_name(s, ev.person)),
    e.PersonTagged: lambda s, ev: _("noted the school of {person_name}").format(person_name=person_name(s, ev.person)),
    e.TaskMarked: lambda s, ev: _task(s, ev),
    e.CreditAsked: lambda s, ev: _credit(s, ev),
    e.AccountsJoined: lambda _s, ev: _joined(ev),
    e.PostHidden: lambda s, ev: _("hid {post_name}").format(post_name=post_name(s, ev.post)),
    e.PostShown: lambda s, ev: _("showed {post_name} again").format(post_name=post_name(s, ev.post)),
    e.PostRedacted: lambda s, ev: _("blanked {post_name} out").format(post_name=post_name(s, ev.post)),
    e.PersonMuted: lambda s, ev: _("muted {person_name}").format(person_name=person_name(s, ev.person)),
    e.PersonUnmuted: lambda s, ev: _("unmuted {person_name}").format(person_name=person_name(s, ev.person)),
    e.WordMuted: lambda _s, ev: _('let "{word}" fold posts').format(word=ev.word),
    e.WordUnmuted: lambda _s, ev: _('let "{word}" fold no more posts').format(word=ev.word),
    e.NoteAdded: lambda _s, ev: _("wrote: {text}").format(text=ev.text),
    e.SourceChanged: None,
    e.PeopleCarried: lambda _s, ev: _("knows {people} from before").format(
        people=counted(len(ev.people), "{n} person", "{n} people")
    ),
    e.SpendingAllowed: lambda _s, ev: _("allowed ${ceiling:.2f} for reading {source}").format(
        ceiling=ev.ceiling, source=ev.source
    ),
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
    e.HubTakenOver: lambda _s, _ev: _("took the chat over: it goes on from that desk's computer"),
    e.SessionClosed: lambda _s, _ev: _("closed the chat"),
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
    return who_did(_("You") if who == me else who, words)
