"""Posts, and the tallies of answers. A handler is named for its event, of which `sessions.core.events` tells."""

from collections.abc import Callable
from typing import Any, cast

from msgspec.structs import replace

from sessions.core import events as e
from sessions.core.events import Event, PostSeen
from sessions.core.evolve import credit, tags
from sessions.core.evolve.actions import note_action
from sessions.core.posts import Author, Filed, Post
from sessions.core.state import Decision, Mark, Person, PostLayer, SessionState


def count(state: SessionState, post: str, by: int) -> None:
    """Add `by` (1 or -1) to the tallies if the post counts as an answer now."""
    if state.kind(post) == "answer" and not state.folded(post):
        _count_answer(state, state.people[state.posts[post].post.author.id], state.filed(post), by)


def _count_answer(state: SessionState, person: Person, filed: Filed | None, by: int) -> None:
    state.answers += by
    person.answers += by
    if filed is not None:
        state.tally[filed.question] = state.tally.get(filed.question, 0) + by
        _count_answered(state, filed.question, person.author.id, by)
        for question in filed.also:
            _count_answered(state, question, person.author.id, by)


def _count_answered(state: SessionState, question: str, person: str, by: int) -> None:
    counts = state.answered.get(question)
    if counts is None:
        counts = state.answered[question] = {}
    left = counts.get(person, 0) + by
    if left:
        counts[person] = left
    else:
        del counts[person]
        if not counts:
            del state.answered[question]


def recounted(change: Callable[[SessionState, Any, PostLayer], None]) -> Callable[[SessionState, Any], None]:
    """A handler that gives the event's post a layer, lets `change` work on it, and keeps the tallies right."""

    def handler(state: SessionState, event: Any) -> None:
        if event.post in state.posts:
            _recounted(state, event.post, lambda layer: change(state, event, layer))

    return handler


def retagged(change: Callable[[SessionState, Any, PostLayer], None]) -> Callable[[SessionState, Any], None]:
    """`recounted` for what changes the post's text, and with it perhaps its hashtags."""
    handler = recounted(change)

    def handle(state: SessionState, event: Any) -> None:
        with tags.changed(state, event.post):
            handler(state, event)
        credit.look(state, event.post)

    return handle


def _recounted(state: SessionState, post: str, change: Callable[[PostLayer], None]) -> None:
    seen = state.posts[post]
    layer = state.layers.get(post)
    if layer is None:
        layer = state.layers[post] = PostLayer(seen.post.text, seen.kind, seen.filed, seen.post.warning)
    count(state, post, -1)
    change(layer)
    count(state, post, 1)


def post_seen(state: SessionState, event: PostSeen) -> None:
    post = event.post
    if post.id in state.posts:
        return
    if event.by is not None:
        note_action(state, event, None, ("post", post.id))
    state.posts[post.id] = event
    if event.posting is not None and (back := state.postings.get(event.posting)) is not None:
        state.postings[back.begun.key] = replace(back, seen=post.id)
    author = post.author
    person = state.people.get(author.id)
    at = post.posted_at if state.session_kind == "channel" else event.at
    if person is None:
        person = state.people[author.id] = Person(
            author=author,
            host=state.is_host(author),
            newcomer=event.newcomer,
            first_at=at,
            last_at=at,
        )
    person.author = author if author.name and author.handle else _known_as(person.author, author)
    if at > person.last_at:
        person.last_at = at
    elif at < person.first_at:
        person.first_at = at
    person.posts += 1
    if event.from_channel:
        person.from_channel = True
    if event.newcomer or person.newcomer:
        person.newcomer = author.id not in (state.joined or ())
    if event.says_new:
        person.says_new = True
    state.last_posts[author.network] = event.at
    if event.kind == "answer":
        if person.muted is None:  # as `count` does it; nothing else can have become of a post that just came
            filed = event.filed
            _count_answer(state, person, filed if filed and filed.question in state.questions else None, 1)
    elif event.kind == "repost" and post.repost_of is not None:
        state.reposts[post.repost_of] = state.reposts.get(post.repost_of, 0) + 1
        if post.repost_of in state.posts and post.repost_of != post.id:
            state.echoes.add(post.id)
    if state.watched or state.sought:
        tags.seen(state, post)
    if state.credit_word:
        credit.look(state, post.id)
    if event.corrects is not None:
        _refile(state, event, event.filed)
    if person.host and event.addressed is not None:
        addressed = state.people.get(event.addressed)
        if addressed is not None and addressed.replied is None and not addressed.host:
            addressed.replied = Mark(author.shown, event.at)


def _refile(state: SessionState, event: PostSeen, filed: Filed | None) -> None:
    """File the earlier answer that the post corrects, if it is its author's."""

    def change(layer: PostLayer) -> None:
        layer.filed = filed

    earlier = state.posts.get(event.corrects or "")
    if earlier is not None and earlier.post.author.id == event.post.author.id:
        _recounted(state, earlier.post.id, change)


def _known_as(known: Author, author: Author) -> Author:
    """How the account is known after one more post: by what this one tells, else as before."""
    if author.name and author.handle:
        return author
    return replace(author, name=author.name or known.name, handle=author.handle or known.handle)


def unadd_post(state: SessionState, event: PostSeen, _before: None) -> None:
    _withdraw(state, event.post.id)
    if event.corrects in state.posts:
        _refile(state, event, state.posts[event.corrects].filed)
    state.people[event.post.author.id].posts -= 1
    addressed = state.people.get(event.addressed or "")
    if addressed is not None and addressed.replied == Mark(event.post.author.shown, event.at):
        addressed.replied = None


def _withdraw(state: SessionState, post: str) -> None:
    seen = state.posts[post]
    layer = state.layers.setdefault(post, PostLayer(seen.post.text, seen.kind, seen.filed, seen.post.warning))
    if layer.removed:
        return
    count(state, post, -1)
    with tags.changed(state, post):
        layer.removed = True
    credit.look(state, post)
    if seen.kind == "repost" and seen.post.repost_of is not None:
        state.reposts[seen.post.repost_of] -= 1


def edit(_state: SessionState, event: e.PostEdited, layer: PostLayer) -> None:
    layer.text, layer.kind, layer.filed, layer.edited = event.text, event.kind, event.filed, True
    layer.warning = event.warning
    if layer.redacted:
        layer.text, layer.warning = "", None


def post_removed(state: SessionState, event: e.PostRemoved) -> None:
    if event.post in state.posts:
        _withdraw(state, event.post)


def file(state: SessionState, event: e.PostFiled, layer: PostLayer) -> None:
    note_action(state, event, layer.decision, ("post", event.post))
    layer.decision = Decision(event.question, event.by or "")


def hide(state: SessionState, event: e.PostHidden, layer: PostLayer) -> None:
    note_action(state, event, (layer.hidden, layer.shown), ("post", event.post))
    layer.hidden = Mark(event.by or "", event.at)


def show(state: SessionState, event: e.PostShown, layer: PostLayer) -> None:
    note_action(state, event, (layer.hidden, layer.shown), ("post", event.post))
    layer.hidden, layer.shown = None, Mark(event.by or "", event.at)


def restore_sight(state: SessionState, event: Any, before: tuple[Mark | None, Mark | None]) -> None:
    def change(_state: SessionState, _event: Any, layer: PostLayer) -> None:
        layer.hidden, layer.shown = before

    recounted(change)(state, event)


def star(state: SessionState, event: e.PostHighlighted | e.PostUnhighlighted, layer: PostLayer) -> None:
    note_action(state, event, layer.starred, ("post", event.post))
    _set_star(
        state, event.post, layer, Mark(event.by or "", event.at) if isinstance(event, e.PostHighlighted) else None
    )


def _set_star(state: SessionState, post: str, layer: PostLayer, star: Mark | None) -> None:
    person = state.people[state.posts[post].post.author.id]
    person.starred_posts += (star is not None) - (layer.starred is not None)
    layer.starred = star


def blanked(event: Event) -> Event:
    """The event without any words of the post in it, for the file and for every fold after `post_redacted`."""
    if isinstance(event, PostSeen):
        return replace(event, post=_wordless(event.post))
    if isinstance(event, e.PostShared):
        return replace(event, found=_wordless(event.found))
    if isinstance(event, e.PostEdited):
        return replace(event, text="", warning=None)
    if isinstance(event, e.PostingBegun):
        return replace(event, text="")
    return replace(event, url=None) if isinstance(event, e.PostingDone) else event


def _wordless(post: Post) -> Post:
    return replace(post, text="", url=None, tags=(), warning=None, quoted_tags=())


def redact(state: SessionState, event: e.PostRedacted, layer: PostLayer) -> None:
    seen = state.posts[event.post]
    state.posts[event.post] = cast(PostSeen, blanked(seen))
    state.acts = [blanked(earlier) if _tells(earlier, event.post) else earlier for earlier in state.acts]
    layer.redacted, layer.text, layer.warning = True, "", None
    for number, share in state.shares.items():
        if share.found.id == event.post:
            state.shares[number] = cast(e.PostShared, blanked(share))
    for key, posting in state.postings.items():
        if event.post in (posting.post, posting.seen) or (posting.begun.how and posting.begun.subject == event.post):
            blank_posting(state, key)


def _tells(event: Event, post: str) -> bool:
    if isinstance(event, e.PostShared):
        return event.found.id == post
    return isinstance(event, PostSeen) and event.post.id == post


def blank_posting(state: SessionState, key: str) -> None:
    """Take the words of a posting and the address under which they stood out of the state."""
    posting = state.postings[key]
    state.postings[key] = replace(posting, begun=cast(e.PostingBegun, blanked(posting.begun)), url=None)
    state.acts = [blanked(earlier) if _is_of_posting(earlier, key) else earlier for earlier in state.acts]


def _is_of_posting(event: Event, key: str) -> bool:
    return isinstance(event, (e.PostingBegun, e.PostingDone)) and event.key == key


def restore_layer(field: str) -> Callable[[SessionState, Any, Any], None]:
    def restore(state: SessionState, event: Any, before: Any) -> None:
        def change(_state: SessionState, _event: Any, layer: PostLayer) -> None:
            setattr(layer, field, before)

        recounted(change)(state, event)

    return restore


def restore_star(state: SessionState, event: Any, before: Mark | None) -> None:
    _set_star(state, event.post, state.layers[event.post], before)
