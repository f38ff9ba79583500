"""The hashtags of posts: how many carry each of the chat's, and who did a task to look another one up.

A post shows that its author did a task where it carries the task's hashtag and one of the chat's, or where it repeats,
quotes or links a post with the task's hashtag. What hosts write or is posted from a desk is none of it: it sets the
tasks, and to repeat it is no find.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sessions.core import events as e
from sessions.core.evolve.actions import note_action
from sessions.core.hashtags import tag_key, tag_keys
from sessions.core.posts import Post
from sessions.core.state import Find, How, SessionState, TaskMark, task_key

_LINK = re.compile(r"(?i)\bhttps?://(?:www\.)?([^\s<>\"“”«»?#]+)")
_AROUND = ".,:;!?'…’*_)]/"
"""What stands behind a link in a sentence and is none of it; a slash at its end says nothing."""


def seen(state: SessionState, post: Post) -> None:
    """Take in a post that was just seen, whose text nobody has changed yet.

    All posts of a long chat come through here, most of which show nothing: that is found out at the least cost.
    """
    watched, sought = state.watched, state.sought
    if not (watched or sought):
        return
    tags = tag_keys(post.text)
    if post.tags:
        tags |= frozenset(map(tag_key, post.tags))
    counts = state.tag_posts
    for tag in tags:
        if tag in watched:
            counts[tag] = counts.get(tag, 0) + 1
    if not sought:
        return
    id_ = post.id
    references: tuple[str, ...] = ()
    if post.repost_of is not None or post.quote_of is not None or "://" in post.text:
        references = _references(state, id_)
        for key in references:
            state.referring[key] = (*state.referring.get(key, ()), id_)
    address = _address(post.url)
    if address:
        others = state.addresses.get(address)
        state.addresses[address] = (id_,) if others is None else (*others, id_)
    if references or not sought.isdisjoint(tags):
        _look(state, id_)
    if id_ in state.referring or address in state.referring:
        for one in referring(state, post):
            _look(state, one)


@contextmanager
def changed(state: SessionState, post: str) -> Iterator[None]:
    """Take in a post whose text changes inside, or that goes."""
    if post not in state.posts or not (state.watched or state.sought):
        yield
        return
    _count(state, post, -1)
    seen, references = state.posts[post].post, _references(state, post)
    address, near = _address(seen.url), referring(state, seen)
    yield
    _count(state, post, 1)
    if state.sought:
        _keep(state.referring, post, references, _references(state, post))
        if address and not _address(state.posts[post].post.url):  # the post was blanked
            _keep(state.addresses, post, (address,), ())
        for one in (post, *near):
            _look(state, one)


def referring(state: SessionState, post: Post) -> tuple[str, ...]:
    """The other posts that repeat, quote or link this one."""
    keys = filter(None, (post.id, _address(post.url)))
    found = dict.fromkeys(one for key in keys if key in state.referring for one in state.referring[key])
    return tuple(one for one in found if one != post.id)


def task_marked(state: SessionState, event: e.TaskMarked) -> None:
    key = task_key(event.tag, event.person)
    if event.person in state.people:
        note_action(state, event, state.task_marks.get(key), ("task", key))
        state.task_marks[key] = TaskMark(event.done, event.by or "", event.at)


def unmark_task(state: SessionState, event: e.TaskMarked, before: TaskMark | None) -> None:
    key = task_key(event.tag, event.person)
    if before is None:
        del state.task_marks[key]
    else:
        state.task_marks[key] = before


def _gone(state: SessionState, post: str) -> bool:
    layer = state.layers.get(post)
    return layer is not None and layer.removed


def _count(state: SessionState, post: str, by: int) -> None:
    """Count the post under each of the chat's hashtags that it carries."""
    if not state.watched or _gone(state, post):
        return
    for tag in state.watched & state.tags(post):
        state.tag_posts[tag] = state.tag_posts.get(tag, 0) + by
        if not state.tag_posts[tag]:
            del state.tag_posts[tag]


def _references(state: SessionState, post: str) -> tuple[str, ...]:
    """What the post repeats, quotes and links: ids and addresses."""
    seen, text = state.posts[post].post, state.text_then(post)
    if seen.repost_of is None and seen.quote_of is None and "://" not in text:
        return ()
    found = filter(None, (seen.repost_of, seen.quote_of, *_links(text)))
    return tuple(dict.fromkeys(found))


def _links(text: str) -> Iterator[str]:
    return (_comparable(found[1]) for found in _LINK.finditer(text)) if "://" in text else iter(())


def _comparable(address: str) -> str:
    """The address without what says nothing: its host may be written in any case."""
    host, slash, path = address.rstrip(_AROUND).partition("/")
    return f"{host.casefold()}{slash}{path}"


def _address(url: str | None) -> str:
    """The address where people read a post, so that it can be compared; empty where its network has none."""
    found = (_LINK.match(url) or _LINK.search(url)) if url else None
    return "" if found is None else _comparable(found[1])


def _keep(table: dict[str, tuple[str, ...]], post: str, before: Sequence[str], after: Sequence[str]) -> None:
    """Keep the post under other keys than before; what stays where it was does not change its place."""
    for key in before:
        if key not in after:
            table[key] = tuple(one for one in table[key] if one != post)
            if not table[key]:
                del table[key]
    for key in after:
        if key not in before:
            table[key] = (*table.get(key, ()), post)


def _look(state: SessionState, post: str) -> None:
    """Find out anew for which tasks the post counts."""
    person = state.posts[post].post.author.id
    found = tuple(_finds(state, post))
    if not found and person not in state.finds:
        return
    finds = list(state.finds.get(person, ()))
    place = next((place for place, find in enumerate(finds) if find.post == post), len(finds))
    kept = [find for find in finds if find.post != post]
    kept[place:place] = found
    if kept:
        state.finds[person] = tuple(kept)
    elif finds:
        del state.finds[person]


def _finds(state: SessionState, post: str) -> Iterator[Find]:
    plan = state.plan
    if plan is None or _gone(state, post) or _ours(state, post):
        return
    tags = state.tags(post)
    for lookup in plan.lookups:
        wanted = tag_key(lookup.tag)
        own = next((tag for tag in plan.hashtags if (key := tag_key(tag)) != wanted and key in tags), "")
        how = _how(state, post, wanted, both=bool(own) and wanted in tags)
        if how is not None and (own or wanted not in tags):
            yield Find(post, wanted, how, own)


def _how(state: SessionState, post: str, wanted: str, *, both: bool) -> How | None:
    """How the post shows that somebody looked the hashtag up, the plainest evidence first; None where it does not.

    `both` says that it carries it beside one of the chat's.
    """
    seen = state.posts[post].post
    if seen.repost_of is not None:
        if _is_of_tag(state, seen.repost_of, wanted):
            return "shares"
        return "shares" if both and seen.repost_of not in state.posts else None
    if both:
        return "carries"
    if seen.quote_of is not None:
        quoted = wanted in map(tag_key, seen.quoted_tags) and not _ours(state, seen.quote_of)
        if quoted or _is_of_tag(state, seen.quote_of, wanted):
            return "quotes"
    linked = (other for link in _links(state.text_then(post)) for other in state.addresses.get(link, ()))
    return "links" if any(other != post and _is_of_tag(state, other, wanted) for other in linked) else None


def _is_of_tag(state: SessionState, post: str, wanted: str) -> bool:
    """Whether somebody posted it in this chat with the hashtag, to share it and not to set a task."""
    known = post in state.posts and not _gone(state, post)
    return known and not _ours(state, post) and wanted in state.tags(post)


def _ours(state: SessionState, post: str) -> bool:
    """Whether a host wrote it, or it was posted from a desk."""
    seen = state.posts.get(post)
    return seen is not None and (state.people[seen.post.author.id].host or seen.posting is not None)
