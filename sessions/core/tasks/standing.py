"""How people stand with a task. A moderator's word goes before what posts show; posts after its end come too late."""

from collections.abc import Iterator

import msgspec

from sessions.core.hashtags import tag_key
from sessions.core.plan import Lookup
from sessions.core.state import Find, Person, SessionState, TaskMark, task_key


class Standing(msgspec.Struct, frozen=True):
    """Whether somebody did a task. `find` is the first post that shows it, `late` one that came after the task's end,
    `mark` a moderator's word, which is there only where it decides."""

    done: bool = False
    find: Find | None = None
    late: Find | None = None
    mark: TaskMark | None = None


def lookup_of(state: SessionState, tag: str) -> Lookup | None:
    """The task to look up this hashtag, however it is written, or None."""
    wanted = tag_key(tag.lstrip("#＃"))
    tasks = state.plan.lookups if state.plan is not None else ()
    return next((lookup for lookup in tasks if tag_key(lookup.tag) == wanted), None)


def standing(state: SessionState, lookup: Lookup, person: str) -> Standing:
    """How the person stands with the task. Posts that are out of sight (hidden, removed, of somebody muted) show
    nothing."""
    tag = tag_key(lookup.tag)
    found = late = None
    for find in state.finds.get(person, ()):
        if find.tag != tag or state.folded(find.post):
            continue
        if in_time(state, lookup, find):
            found = find
            break
        late = late or find
    mark = state.task_marks.get(task_key(lookup.tag, person))
    if mark is None or mark.done is None:
        return Standing(found is not None, found, late)
    return Standing(mark.done, found, late, mark)


def in_time(state: SessionState, lookup: Lookup, find: Find) -> bool:
    """Whether the find was posted before the task was closed, by its network's own time."""
    return not lookup.until_at or state.posts[find.post].post.posted_at <= lookup.until_at


def closed(lookup: Lookup, now: int) -> bool:
    """Whether the task is closed at this moment (UTC milliseconds)."""
    return 0 < lookup.until_at < now


def done_by(state: SessionState, lookup: Lookup) -> Iterator[str]:
    """The ids of those who did the task, in the order in which they came; hosts are never among them."""
    marked = {key.partition(" ")[2] for key in state.task_marks}
    for person, known in state.people.items():
        if (person in state.finds or person in marked) and known.posts > 0 and standing(state, lookup, person).done:
            yield person


def could_do(person: Person) -> bool:
    """Whether a task is for this person: all who posted, hosts and muted people aside."""
    return person.posts > 0 and not person.host and person.muted is None


def participants(state: SessionState) -> int:
    """How many people there are who could do a task."""
    return sum(map(could_do, state.people.values()))
