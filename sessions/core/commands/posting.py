"""Decisions about posting to the networks and what reading them may cost, each named for its command."""

from collections.abc import Callable, Container
from typing import Any

from msgspec import UNSET

from sessions.core import events as e
from sessions.core.clock.face import clock_time, zone_of
from sessions.core.commands.refusing import Bodies, Refused, need_driver, need_person, need_post, need_question
from sessions.core.commands.vocabulary import (
    AllowSpending,
    BeginPosting,
    FailPosting,
    FinishPosting,
    LookUp,
    ReserveSpending,
    Share,
)
from sessions.core.later import later
from sessions.core.plan import SCRIPT_KEYS
from sessions.core.plan.words import PRACTICE
from sessions.core.state import Posting, SessionState
from sessions.core.tasks.standing import lookup_of


def posting_words(state: SessionState, begun: e.PostingBegun | BeginPosting, say: Callable[[str], str] = later) -> str:
    """What is posted, in the middle of a sentence: `Q3`, `the welcome`, `a greeting to Tom K`, `a find by Jo`.

    A desk says it in its own language, by `say`.
    """
    if begun.purpose == "greeting" or begun.subject in state.people:
        person = state.people.get(begun.subject)
        if person is None:
            return say(later("a greeting to somebody"))
        return say(later("a greeting to {shown}")).format(shown=person.author.shown)
    if begun.purpose == "share":
        found = next((one.found for one in state.shares.values() if one.found.id == begun.subject), None)
        return (
            say(later("a find")) if found is None else say(later("a find by {shown}")).format(shown=found.author.shown)
        )
    question = state.question_posted(begun.subject)
    if question is not None:
        return question.name
    line, _, of = begun.subject.partition(":")
    return say(later("the task #{tag}")).format(tag=of) if line == TASK else say(_LINES.get(line, later("a line")))


TASK = "task"
"""What the subject of a posting that sets a task begins with: `task:PBL`."""

_LINES = {
    "welcome": later("the welcome"),
    "format": later("how it works"),
    "introduce": later("the call to introduce oneself"),
    "heads_up": later("the heads-up"),
    "thanks": later("the thanks"),
    "next_time": later("the question about next time"),
    "saved": later("the note that this chat is saved"),
}


def begin(
    state: SessionState, command: BeginPosting, by: str, _at: int, _judge: object, networks: Container[str]
) -> Bodies:
    network = command.source.partition(":")[0]
    if state.rehearsal:
        if command.source != PRACTICE:
            raise Refused("This is a rehearsal: nothing is posted.", "copy")
    elif network not in networks:
        raise Refused(f"Nothing can be posted to {network}.")
    _need_subject(state, command, by)
    if command.reply_to is not None:
        need_post(state, command.reply_to)
    taken = state.postings.get(command.key)
    if taken is not None:
        raise Refused(f"This key is that of {posting_words(state, taken.begun)}. Send it anew.")
    for posting in state.postings.values():
        rehearsed = state.rehearsal and command.purpose == "share"
        if posting.network == network and posting.begun.subject == command.subject and not rehearsed:
            _need_no_twin(state, posting, command, by)
    fields = ("key", "source", "account", "purpose", "subject", "text", "reply_to", "how")
    given = {field: value for field in fields if (value := getattr(command, field)) is not UNSET}
    begun = (e.PostingBegun, given)
    bodies = (*_shared(state, command), begun)
    return (*bodies, *_done(state, command, f"{PRACTICE}:{command.key}", None)) if state.rehearsal else bodies


def _shared(state: SessionState, command: BeginPosting) -> Bodies:
    """That a found post is shared so, where it is one."""
    if command.found is UNSET:
        return ()
    stands: e.Standing = "rehearsed" if state.rehearsal else "posting"
    fields = {"found": command.found, "how": "new" if command.how is UNSET else command.how, "stands": stands}
    return ((e.PostShared, {**fields, "source": command.source, "key": command.key}),)


def share(state: SessionState, command: Share, *_: Any) -> Bodies:
    _need_find(state, command.found.id)
    return ((e.PostShared, {"found": command.found, "how": "new", "stands": "copied"}),)


def look_up(_state: SessionState, command: LookUp, *_: Any) -> Bodies:
    fields = ("source", "looks_for", "text", "posts", "spent")
    key = "" if command.key is UNSET else command.key
    return ((e.LookedUp, {**{field: getattr(command, field) for field in fields}, "key": key}),)


def reserve_spending(state: SessionState, command: ReserveSpending, *_: Any) -> Bodies:
    known = state.reserved.get(command.key)
    if (0 if known is None else known.most) == command.most:
        return ()
    before = 0 if known is None or known.source != command.source else known.most
    most = round(state.ceiling(command.source) * 1000)
    if command.most and state.spent_on(command.source) - before + command.most > most:
        raise Refused("That may cost more than reading this network is allowed to.")
    return ((e.SpendingReserved, {"source": command.source, "key": command.key, "most": command.most}),)


def _need_find(state: SessionState, found: str) -> None:
    layer = state.layers.get(found)
    if layer is not None and layer.redacted:
        raise Refused("This post was blanked out in this chat. It cannot be shared.")


def _need_subject(state: SessionState, command: BeginPosting, by: str) -> None:
    line, _, question = command.subject.partition(":")
    if (command.purpose == "share") is not (command.found is not UNSET and command.found.id == command.subject):
        raise Refused("It is not clear which post is shared.")
    if command.purpose == "share":
        _need_find(state, command.subject)
    elif command.purpose == "greeting" or (command.purpose == "again" and command.subject in state.people):
        need_person(state, command.subject)
        person = state.people[command.subject]
        if person.host:
            raise Refused(f"{person.author.shown} is a host.")
    elif line == TASK and command.purpose != "question":
        if lookup_of(state, question) is None:
            raise Refused(f"There is no task to look up #{question}.")
    elif line in SCRIPT_KEYS and command.purpose != "question":
        if question:
            need_question(state, question)
    else:
        if state.question_posted(command.subject) is None:
            need_question(state, command.subject)
        if command.purpose == "script":
            raise Refused("There is no such line in the script.")
        need_driver(state, by)


def _need_no_twin(state: SessionState, posting: Posting, command: BeginPosting, by: str) -> None:
    """Refuse what is on its way, or out already unless it is meant to go out again."""
    begun = posting.begun
    who = "You" if begun.by == by else begun.by
    what, where = posting_words(state, begun), state.called(begun.source)
    time = clock_time(begun.at, zone_of(state.plan))
    if posting.unfinished and not posting.out:
        moderator = state.moderators.get(begun.by or "")
        here = begun.by != by and moderator is not None and moderator.here
        how = "Wait for it." if here else "Whether it is out must be looked up first."
        raise Refused(f"{who} began to post {what} to {where} at {time}. {how}")
    if posting.out and command.purpose != "again":
        again = state.question_posted(begun.subject) is not None
        raise Refused(f"{who} posted {what} to {where} at {time}.", "repost" if again else None)


def finish(state: SessionState, command: FinishPosting, by: str, *_: Any) -> Bodies:
    posting = _need_posting(state, command.key)
    begun = posting.begun
    if posting.post is not None:
        if posting.post == command.post:
            return ()
        raise Refused(f"{begun.by} posted {posting_words(state, begun)} already.")
    if posting.seen != command.post:
        _need_hand(state, posting, by)
    layer = state.layers.get(command.post)
    url = None if layer is not None and layer.redacted else command.url
    return _done(state, begun, command.post, url)


def _done(state: SessionState, begun: e.PostingBegun | BeginPosting, post: str, url: str | None) -> Bodies:
    """That it is out; for a greeting also that the person was greeted."""
    done = (e.PostingDone, {"key": begun.key, "post": post, "url": url})
    person = state.people.get(begun.subject)
    if person is None or person.greeted is not None:
        return (done,)
    return (done, (e.PersonGreeted, {"person": begun.subject}))


def fail(state: SessionState, command: FailPosting, by: str, *_: Any) -> Bodies:
    posting = _need_posting(state, command.key)
    if posting.failed is not None:
        return ()
    if posting.post is not None or posting.seen is not None:
        raise Refused(f"It is out on {state.called(posting.begun.source)}: {posting_words(state, posting.begun)}.")
    _need_hand(state, posting, by)
    return ((e.PostingFailed, {"key": command.key, "reason": command.reason}),)


def _need_posting(state: SessionState, key: str) -> Posting:
    posting = state.postings.get(key)
    if posting is None:
        raise Refused("There is no such posting in this chat.")
    return posting


def _need_hand(state: SessionState, posting: Posting, by: str) -> None:
    """Only who began a posting knows what became of it, and once they have left whoever looks it up."""
    who = posting.begun.by or ""
    moderator = state.moderators.get(who)
    if who != by and moderator is not None and moderator.here:
        raise Refused(f"{who} is posting {posting_words(state, posting.begun)}. Wait for it.")


def refuse_undo(state: SessionState, seq: int) -> None:
    """Refuse to take back what went to a network, in words that say so."""
    event = next((event for event in state.acts if event.seq == seq), None)
    if isinstance(event, e.PostShared) and is_out(state, event):
        raise Refused(_to_remove(state, event))
    if isinstance(event, (e.PostingBegun, e.PostingDone)):
        posting = state.postings[event.key]
        if posting.failed is None and posting.network == PRACTICE:
            raise Refused("It was rehearsed, and nothing was sent.")
        if posting.failed is None:
            what, where = posting_words(state, posting.begun), state.called(posting.begun.source)
            raise Refused(f"What is public stays so. To take {what} back, delete it on {where}.")


def is_out(state: SessionState, event: e.Event) -> bool:
    """Whether the event shared a post that is public, or may be, and so stays shared whatever is undone here."""
    posting = state.postings.get(event.key) if isinstance(event, e.PostShared) and event.key else None
    return posting is not None and posting.network != PRACTICE and posting.failed is None


def _to_remove(state: SessionState, event: e.PostShared) -> str:
    """What is still public of a shared post, and how it is removed."""
    posting, where = state.postings[event.key], state.called(event.source)
    what = "the boost" if event.how == "boost" else "the post"
    if not posting.out:
        return f"Whether {what} is out on {where} is not known yet. Look there."
    at = f": {posting.url}" if posting.url else ""
    does = f"take {what} back" if event.how == "boost" else f"delete {what}"
    return f"What is public stays so: {does} on {where}, as @{posting.begun.account}{at}"


def allow_spending(state: SessionState, command: AllowSpending, *_: Any) -> Bodies:
    if state.ceiling(command.source) == command.ceiling:
        return ()
    return ((e.SpendingAllowed, {"source": command.source, "ceiling": command.ceiling}),)
