"""Sessions to replay, made as the hub makes them, and what their state was after each event."""

import random
from collections.abc import Callable, Container, Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from sessions.core import commands as c
from sessions.core.commands import Refusal, decide, undoable
from sessions.core.events import SCHEMA, AnyEvent, Event, PostSeen, SessionOpened
from sessions.core.evolve import blanked, evolve
from sessions.core.filing import Judge
from sessions.core.state import SessionState
from sessions.hub.server.rules import arrived, delivered, fared
from sessions.networks.registry import NETWORKS
from sessions.networks.source import Delivery, EditedPost, Item, NewPost, RemovedPost
from tests.gold import HOSTS, OTHERS, a_plan, asked_questions, recorded_posts


def moderated(name: str, seed: int = 1) -> list[Event]:
    """A recorded chat as a hub with two busy moderators would have saved it, had it been killed right after the close.

    They ask as the hosts do, star, greet, file, hide, mute, note, blank out and take back; authors edit and remove.
    """
    posts = recorded_posts(name)
    questions = asked_questions(name) if name not in OTHERS else ()
    plan = a_plan(questions, OTHERS.get(name, HOSTS), posts[0].posted_at)
    state, draw = SessionState(), random.Random(seed)
    judge = Judge(state, newcomer=lambda author: len(author.id) % 3 == 0)
    events: list[Event] = []

    def hear(made: Iterable[Event]) -> None:
        events.extend(made)

    opened = SessionOpened(seq=1, at=plan.starts_at, by=None, command=None, plan=plan, schema=SCHEMA, rehearsal=False)
    evolve(state, opened)
    hear([opened])
    for moderator in ("Ana", "Ben"):
        hear(arrived(state, moderator, "moderator", at=state.at))
    for post in posts:
        at = max(state.at, post.posted_at)
        items: list[Item] = [NewPost(post)]
        if draw.random() < 0.08:
            items.append(EditedPost(draw.choice(posts).id, f"A{draw.randint(1, 5)} on second thought"))
        if draw.random() < 0.04:
            items.append(RemovedPost(draw.choice(posts).id))
        for item in items:
            hear(delivered(state, judge, item, at=at, follow=True))
        hear(fared(state, "practice", Delivery(tuple(items)), at=at))
        if draw.random() < 0.5:
            command = a_command(draw, state, f"c{len(events)}")
            decided = decide(
                state, command, by=draw.choice(["Ana", "Ben"]), at=at + 1, judge=judge.judge, networks=NETWORKS
            )
            if not isinstance(decided, Refusal):
                for event in decided:
                    evolve(state, event)
                hear(decided)
    closing = decide(
        state, c.Close(id="close"), by=state.roles["driver"] or "Ana", at=state.at, judge=judge.judge, networks=NETWORKS
    )
    assert not isinstance(closing, Refusal), closing.refusal
    return [*events, *closing]


def a_command(draw: random.Random, state: SessionState, name: str) -> Any:
    """Something that a moderator could ask for now."""
    post = draw.choice(list(state.posts))
    person = state.posts[draw.choice(list(state.posts))].post.author.id
    question = draw.choice([*state.order, None])
    taken = [seq for seq in state.actions if undoable(state, seq)]
    choices: list[Callable[[], Any]] = [
        lambda: c.Highlight(id=name, post=post),
        lambda: c.Highlight(id=name, person=person),
        lambda: c.Unhighlight(id=name, post=post),
        lambda: c.Greet(id=name, person=person),
        lambda: c.File(id=name, post=post, question=question),
        lambda: c.Hide(id=name, post=post),
        lambda: c.Mute(id=name, person=person),
        lambda: c.Unmute(id=name, person=person),
        lambda: c.Tag(id=name, person=person, school="East"),
        lambda: c.Note(id=name, text=f"note {name}"),
        lambda: c.AddPost(id=name, text="A1: by voice", author="Tom K"),
        lambda: c.Ask(id=name, question=question or "q1", seen=state.open),
        lambda: c.Hold(id=name),
        lambda: c.Resume(id=name),
        lambda: c.AddTime(id=name, seconds=60),
        lambda: c.TakeRole(id=name, role="driver"),
        lambda: c.AddQuestion(id=name, text="And now?", after=question),
        lambda: c.Redact(id=name, post=post),
        lambda: c.Undo(id=name, seq=draw.choice(taken) if taken else 1),
        lambda: c.Undo(id=name, seq=taken[-1] if taken else 1),
    ]
    return draw.choice(choices)()


def gone(events: Iterable[AnyEvent]) -> set[str]:
    """The posts whose words nobody may read in a replay: removed, blanked, or by hand and taken back."""
    state = SessionState()
    for event in events:
        evolve(state, event)
    return {post for post, layer in state.layers.items() if layer.removed or layer.redacted}


def live_digests(events: Sequence[AnyEvent], without: Container[str] = ()) -> dict[int, str]:
    """The digest of the live state after each event, by seq; `without` the words of these posts."""
    state, found = SessionState(), {}
    for event in events:
        evolve(state, event)
        found[event.seq] = _digest(state, without)
    return found


def _digest(state: SessionState, without: Container[str]) -> str:
    other = SessionState()
    vars(other).update(vars(state))
    other.posts = {post: _bare(seen) if post in without else seen for post, seen in state.posts.items()}
    other.layers = {post: replace(layer, text="") if post in without else layer for post, layer in state.layers.items()}
    other.acts = [_bare(act) if isinstance(act, PostSeen) and act.post.id in without else act for act in state.acts]
    return other.digest()


def _bare(seen: PostSeen) -> PostSeen:
    bare = blanked(seen)
    assert isinstance(bare, PostSeen)
    return bare
