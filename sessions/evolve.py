"""The fold: one event more, in place. No clock, no I/O, no randomness; unknown ids are passed over, so that an
observer's stream, which has gaps, folds too."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from msgspec.structs import replace

from sessions import events as e
from sessions.events import AnyEvent, Event, PostSeen, UnknownEvent
from sessions.plan import Question
from sessions.state import (
    Action,
    Decision,
    Mark,
    Moderator,
    Note,
    Opening,
    Person,
    PostLayer,
    SessionState,
    SourceState,
    Subject,
    Timer,
)


def fold(events: Iterable[AnyEvent], state: SessionState | None = None) -> SessionState:
    """The state after these events, from the start or from behind `state`, which is changed in place."""
    state = SessionState() if state is None else state
    for event in events:
        evolve(state, event)
    return state


def evolve(state: SessionState, event: AnyEvent) -> None:
    """Take one event in. Events come in the order of their seqs; an event at or before `state.seq` is passed over."""
    if event.seq <= state.seq:
        return
    state.seq = event.seq
    state.at = event.at
    if isinstance(event, UnknownEvent):
        return
    if event.by is not None and not isinstance(event, (e.ModeratorJoined, e.ModeratorLeft)):
        state.acts.append(event)
    if event.command is not None:
        state.commands[event.command] = event.seq
    _HANDLERS[type(event)](state, event)


def blanked(event: Event) -> Event:
    """The event without any words of the post in it, for the file and for every fold after `post_redacted`."""
    if isinstance(event, PostSeen):
        post = replace(event.post, text="", url=None, tags=())
        return replace(event, post=post)
    if isinstance(event, e.PostEdited):
        return replace(event, text="")
    return event


# Undo: each action notes its subject and what was there before, and each subject keeps a stack of its actions.


def _act(state: SessionState, event: Event, before: object, *subjects: Subject) -> None:
    if event.by is None:
        return
    state.actions[event.seq] = Action(event, subjects, before)
    for subject in subjects:
        state.stacks.setdefault(subject, []).append(event.seq)


def _undone(state: SessionState, event: e.Undone) -> None:
    action = state.actions.pop(event.undoes, None)
    if action is None:
        return
    state.undone[event.undoes] = event.seq
    for subject in action.subjects:
        stack = state.stacks[subject]
        stack.remove(event.undoes)
        if not stack:
            del state.stacks[subject]
    _RESTORERS[type(action.event)](state, action.event, action.before)


# The session, its moderators and roles


def _session_opened(state: SessionState, event: e.SessionOpened) -> None:
    state.set_plan(event.plan)
    state.rehearsal = event.rehearsal
    state.first = event.first
    state.opened_at = event.at
    for question in event.plan.questions:
        state.questions[question.id] = question
        state.order.append(question.id)
    state.question_serial = len(state.order)


def _moderator_joined(state: SessionState, event: e.ModeratorJoined) -> None:
    state.moderators[event.name] = Moderator(event.name, event.scope, here=True)


def _moderator_left(state: SessionState, event: e.ModeratorLeft) -> None:
    state.moderators[event.name] = Moderator(event.name, event.scope, here=False)


def _role_taken(state: SessionState, event: e.RoleTaken) -> None:
    _act(state, event, state.roles[event.role], ("role", event.role))
    state.roles[event.role] = event.moderator


def _role_released(state: SessionState, event: e.RoleReleased) -> None:
    _act(state, event, state.roles[event.role], ("role", event.role))
    state.roles[event.role] = None


def _restore_role(state: SessionState, event: e.RoleTaken | e.RoleReleased, before: str | None) -> None:
    state.roles[event.role] = before


def _session_closed(state: SessionState, event: e.SessionClosed) -> None:
    state.closed_at = event.at


# The queue and the timer

_TIMER: Subject = ("timer", "")


def _question_asked(state: SessionState, event: e.QuestionAsked) -> None:
    if event.question not in state.questions:
        return
    _act(state, event, (state.open, state.timer), _TIMER, ("question", event.question))
    state.open = event.question
    state.timer = Timer(started=event.at, seconds=event.seconds)
    state.openings.append(Opening(event.at, event.question))


def _unask(state: SessionState, event: e.QuestionAsked, before: tuple[str | None, Timer | None]) -> None:
    state.open, state.timer = before
    state.openings.remove(Opening(event.at, event.question))


def _timer_held(state: SessionState, event: e.TimerHeld) -> None:
    if state.timer is not None and state.timer.held is None:
        _act(state, event, state.timer, _TIMER)
        state.timer = replace(state.timer, held=event.at)


def _timer_resumed(state: SessionState, event: e.TimerResumed) -> None:
    timer = state.timer
    if timer is not None and timer.held is not None:
        _act(state, event, timer, _TIMER)
        state.timer = replace(timer, started=timer.started + event.at - timer.held, held=None)


def _time_added(state: SessionState, event: e.TimeAdded) -> None:
    if state.timer is not None:
        _act(state, event, state.timer, _TIMER)
        state.timer = replace(state.timer, added=state.timer.added + event.seconds)


def _restore_timer(state: SessionState, _event: Event, before: Timer) -> None:
    state.timer = before


def _place(state: SessionState, question: str, after: str | None) -> None:
    if question in state.order:
        state.order.remove(question)
    place = state.order.index(after) + 1 if after in state.order else 0
    state.order.insert(place, question)


def _question_added(state: SessionState, event: e.QuestionAdded) -> None:
    question = event.question
    _act(state, event, None, ("question", question.id))
    state.questions[question.id] = question
    state.question_serial += 1
    _place(state, question.id, event.after)


def _unadd_question(state: SessionState, event: e.QuestionAdded, _before: None) -> None:
    del state.questions[event.question.id]
    state.order.remove(event.question.id)
    state.tally.pop(event.question.id, None)


def _question_edited(state: SessionState, event: e.QuestionEdited) -> None:
    old = state.questions.get(event.question)
    if old is not None:
        _act(state, event, old, ("question", event.question))
        state.questions[event.question] = Question(event.question, event.label, event.text, event.minutes, event.notes)


def _unedit_question(state: SessionState, event: e.QuestionEdited, before: Question) -> None:
    state.questions[event.question] = before


def _question_moved(state: SessionState, event: e.QuestionMoved) -> None:
    if event.question in state.questions:
        place = state.order.index(event.question)
        before = state.order[place - 1] if place else None
        _act(state, event, before, ("question", event.question))
        _place(state, event.question, event.after)


def _unmove_question(state: SessionState, event: e.QuestionMoved, before: str | None) -> None:
    _place(state, event.question, before)


def _question_skipped(state: SessionState, event: e.QuestionSkipped) -> None:
    if event.question in state.questions:
        _act(state, event, None, ("question", event.question))
        state.skipped.add(event.question)


def _question_restored(state: SessionState, event: e.QuestionRestored) -> None:
    if event.question in state.questions:
        _act(state, event, None, ("question", event.question))
        state.skipped.discard(event.question)


def _unskip(state: SessionState, event: e.QuestionSkipped, _before: None) -> None:
    state.skipped.discard(event.question)


def _unrestore(state: SessionState, event: e.QuestionRestored, _before: None) -> None:
    state.skipped.add(event.question)


# Posts


def _counts(state: SessionState, post: str) -> bool:
    return state.kind(post) == "answer" and not state.folded(post)


def _count(state: SessionState, post: str, by: int) -> None:
    """Add `by` (1 or -1) to the tallies if the post counts as an answer now."""
    if not _counts(state, post):
        return
    state.answers += by
    person = state.people[state.posts[post].post.author.id]
    person.answers += by
    filed = state.filed(post)
    if filed is not None:
        state.tally[filed.question] = state.tally.get(filed.question, 0) + by


def _recounted(change: Callable[[SessionState, Any, PostLayer], None]) -> Callable[[SessionState, Any], None]:
    """A handler that gives the event's post a layer, lets `change` work on it, and keeps the tallies right."""

    def handler(state: SessionState, event: Any) -> None:
        seen = state.posts.get(event.post)
        if seen is None:
            return
        layer = state.layers.get(event.post)
        if layer is None:
            layer = state.layers[event.post] = PostLayer(seen.post.text, seen.kind, seen.filed)
        _count(state, event.post, -1)
        change(state, event, layer)
        _count(state, event.post, 1)

    return handler


def _post_seen(state: SessionState, event: PostSeen) -> None:
    post = event.post
    if post.id in state.posts:
        return
    _act(state, event, None, ("post", post.id))
    state.posts[post.id] = event
    author = post.author
    person = state.people.get(author.id)
    if person is None:
        person = state.people[author.id] = Person(
            author=author,
            host=state.is_host(author),
            newcomer=event.newcomer,
            first_at=event.at,
            last_at=event.at,
        )
    person.author = author
    person.last_at = event.at
    person.posts += 1
    person.newcomer = person.newcomer or event.newcomer
    person.says_new = person.says_new or event.says_new
    state.last_posts[author.network] = event.at
    if event.kind == "answer":
        _count(state, post.id, 1)
        if event.filed is not None:
            person.last_answer = event.filed.question
    elif event.kind == "repost" and post.repost_of is not None:
        state.reposts[post.repost_of] = state.reposts.get(post.repost_of, 0) + 1
    if person.host and event.addressed is not None:
        addressed = state.people.get(event.addressed)
        if addressed is not None and addressed.replied is None and not addressed.host:
            addressed.replied = Mark(author.shown, event.at)


def _unadd_post(state: SessionState, event: PostSeen, _before: None) -> None:
    _withdraw(state, event.post.id)
    addressed = state.people.get(event.addressed or "")
    if addressed is not None and addressed.replied == Mark(event.post.author.shown, event.at):
        addressed.replied = None


def _withdraw(state: SessionState, post: str) -> None:
    seen = state.posts[post]
    layer = state.layers.setdefault(post, PostLayer(seen.post.text, seen.kind, seen.filed))
    _count(state, post, -1)
    layer.removed = True


def _edit(_state: SessionState, event: e.PostEdited, layer: PostLayer) -> None:
    layer.text, layer.kind, layer.filed, layer.edited = event.text, event.kind, event.filed, True
    if layer.redacted:
        layer.text = ""


def _post_removed(state: SessionState, event: e.PostRemoved) -> None:
    if event.post in state.posts:
        _withdraw(state, event.post)


def _file(state: SessionState, event: e.PostFiled, layer: PostLayer) -> None:
    _act(state, event, layer.decision, ("post", event.post))
    layer.decision = Decision(event.question, event.by or "")


def _hide(state: SessionState, event: e.PostHidden | e.PostShown, layer: PostLayer) -> None:
    _act(state, event, layer.hidden, ("post", event.post))
    layer.hidden = Mark(event.by or "", event.at) if isinstance(event, e.PostHidden) else None


def _star(state: SessionState, event: e.PostHighlighted | e.PostUnhighlighted, layer: PostLayer) -> None:
    _act(state, event, layer.starred, ("post", event.post))
    _set_star(
        state, event.post, layer, Mark(event.by or "", event.at) if isinstance(event, e.PostHighlighted) else None
    )


def _set_star(state: SessionState, post: str, layer: PostLayer, star: Mark | None) -> None:
    person = state.people[state.posts[post].post.author.id]
    person.starred_posts += (star is not None) - (layer.starred is not None)
    layer.starred = star


def _redact(state: SessionState, event: e.PostRedacted, layer: PostLayer) -> None:
    seen = state.posts[event.post]
    state.posts[event.post] = cast(PostSeen, blanked(seen))
    state.acts = [blanked(act) if _tells(act, event.post) else act for act in state.acts]
    layer.redacted, layer.text = True, ""


def _tells(act: Event, post: str) -> bool:
    return isinstance(act, PostSeen) and act.post.id == post


def _restore_layer(field: str) -> Callable[[SessionState, Any, Any], None]:
    def restore(state: SessionState, event: Any, before: Any) -> None:
        def change(_state: SessionState, _event: Any, layer: PostLayer) -> None:
            setattr(layer, field, before)

        _recounted(change)(state, event)

    return restore


def _restore_star(state: SessionState, event: Any, before: Mark | None) -> None:
    _set_star(state, event.post, state.layers[event.post], before)


# People


def _restore_person(field: str) -> Callable[[SessionState, Any, Any], None]:
    def restore(state: SessionState, event: Any, before: Any) -> None:
        setattr(state.people[event.person], field, before)

    return restore


def _marks(field: str, *, on: bool) -> Callable[[SessionState, Any], None]:
    """A handler that sets or clears a mark of the event's person."""

    def handler(state: SessionState, event: Any) -> None:
        person = state.people.get(event.person)
        if person is not None:
            _act(state, event, getattr(person, field), ("person", event.person))
            setattr(person, field, Mark(event.by or "", event.at) if on else None)

    return handler


def _mute(state: SessionState, event: Any, mark: Mark | None) -> None:
    posts = [post for post, seen in state.posts.items() if seen.post.author.id == event.person]
    for post in posts:
        _count(state, post, -1)
    state.people[event.person].muted = mark
    for post in posts:
        _count(state, post, 1)


def _person_muted(state: SessionState, event: e.PersonMuted | e.PersonUnmuted) -> None:
    person = state.people.get(event.person)
    if person is not None:
        _act(state, event, person.muted, ("person", event.person))
        _mute(state, event, Mark(event.by or "", event.at) if isinstance(event, e.PersonMuted) else None)


def _person_tagged(state: SessionState, event: e.PersonTagged) -> None:
    person = state.people.get(event.person)
    if person is not None:
        _act(state, event, (person.school, person.level, person.groups), ("person", event.person))
        person.school, person.level, person.groups = event.school, event.level, event.groups


def _untag(state: SessionState, event: e.PersonTagged, before: tuple[str, str, tuple[str, ...]]) -> None:
    person = state.people[event.person]
    person.school, person.level, person.groups = before


# Notes and sources


def _note_added(state: SessionState, event: e.NoteAdded) -> None:
    _act(state, event, None, ("note", str(event.seq)))
    state.notes[event.seq] = Note(event.by or "", event.at, event.text)


def _unnote(state: SessionState, event: e.NoteAdded, _before: None) -> None:
    del state.notes[event.seq]


def _source_changed(state: SessionState, event: e.SourceChanged) -> None:
    state.sources[event.source] = SourceState(event.status, event.cursor)


_HANDLERS: dict[type[Any], Callable[[SessionState, Any], None]] = {
    e.SessionOpened: _session_opened,
    e.ModeratorJoined: _moderator_joined,
    e.ModeratorLeft: _moderator_left,
    e.RoleTaken: _role_taken,
    e.RoleReleased: _role_released,
    e.QuestionAsked: _question_asked,
    e.TimerHeld: _timer_held,
    e.TimerResumed: _timer_resumed,
    e.TimeAdded: _time_added,
    e.QuestionAdded: _question_added,
    e.QuestionEdited: _question_edited,
    e.QuestionMoved: _question_moved,
    e.QuestionSkipped: _question_skipped,
    e.QuestionRestored: _question_restored,
    e.PostSeen: _post_seen,
    e.PostEdited: _recounted(_edit),
    e.PostRemoved: _post_removed,
    e.PostFiled: _recounted(_file),
    e.PostHighlighted: _recounted(_star),
    e.PostUnhighlighted: _recounted(_star),
    e.PersonHighlighted: _marks("starred", on=True),
    e.PersonUnhighlighted: _marks("starred", on=False),
    e.PersonGreeted: _marks("greeted", on=True),
    e.PersonTagged: _person_tagged,
    e.PostHidden: _recounted(_hide),
    e.PostShown: _recounted(_hide),
    e.PostRedacted: _recounted(_redact),
    e.PersonMuted: _person_muted,
    e.PersonUnmuted: _person_muted,
    e.NoteAdded: _note_added,
    e.Undone: _undone,
    e.SourceChanged: _source_changed,
    e.SessionClosed: _session_closed,
}

_RESTORERS: dict[type[Any], Callable[[SessionState, Any, Any], None]] = {
    e.RoleTaken: _restore_role,
    e.RoleReleased: _restore_role,
    e.QuestionAsked: _unask,
    e.TimerHeld: _restore_timer,
    e.TimerResumed: _restore_timer,
    e.TimeAdded: _restore_timer,
    e.QuestionAdded: _unadd_question,
    e.QuestionEdited: _unedit_question,
    e.QuestionMoved: _unmove_question,
    e.QuestionSkipped: _unskip,
    e.QuestionRestored: _unrestore,
    e.PostSeen: _unadd_post,
    e.PostFiled: _restore_layer("decision"),
    e.PostHighlighted: _restore_star,
    e.PostUnhighlighted: _restore_star,
    e.PersonHighlighted: _restore_person("starred"),
    e.PersonUnhighlighted: _restore_person("starred"),
    e.PersonGreeted: _restore_person("greeted"),
    e.PersonTagged: _untag,
    e.PostHidden: _restore_layer("hidden"),
    e.PostShown: _restore_layer("hidden"),
    e.PersonMuted: _mute,
    e.PersonUnmuted: _mute,
    e.NoteAdded: _unnote,
}
