"""Decisions about posts and people, each named for its command (`sessions.core.commands.vocabulary`)."""

from collections.abc import Callable
from typing import Any, cast

from msgspec import UNSET

from sessions.core import events as e
from sessions.core.commands.refusing import Bodies, Refused, need_person, need_post, need_question
from sessions.core.commands.vocabulary import (
    AddPost,
    File,
    Greet,
    Hide,
    Highlight,
    JoinAccounts,
    MarkCredit,
    MarkTask,
    Mute,
    MuteWord,
    Redact,
    Show,
    Tag,
    Unhighlight,
    Unmute,
    UnmuteWord,
)
from sessions.core.events import Event
from sessions.core.plan.muted import MOST_WORDS, word_key, word_problem
from sessions.core.posts import Author, Judgement, Post, seen_fields
from sessions.core.state import SessionState, task_key
from sessions.core.tasks.standing import lookup_of


def _hand_author(state: SessionState, written: str) -> Author:
    """The participant whom a moderator means by a name or an @handle, else a person known by that name alone."""
    name = " ".join(written.split())
    handle = name.removeprefix("@").casefold()
    by_handle = [p.author for p in state.people.values() if p.author.handle and p.author.handle.casefold() == handle]
    by_name = [p.author for p in state.people.values() if p.author.name.casefold() == name.casefold()]
    for found in (by_handle, by_name):
        if len(found) == 1:
            return found[0]
    return Author(f"hand:{handle}", name=name)


def add_post(
    state: SessionState, command: AddPost, _by: str, at: int, judge: Callable[[Post], Judgement], *_: Any
) -> Bodies:
    post = Post(f"hand:{command.id}", _hand_author(state, command.author), command.text, at, url=command.url)
    return ((e.PostSeen, seen_fields(post, judge(post))),)


def file(state: SessionState, command: File, *_: Any) -> Bodies:
    need_post(state, command.post)
    if command.question is not None:
        need_question(state, command.question)
    layer = state.layers.get(command.post)
    decided = layer.decision if layer is not None else None
    if decided is not None and decided.question == command.question:
        return ()
    if decided is None and command.question is None and state.filed(command.post) is None:
        return ()
    return ((e.PostFiled, {"post": command.post, "question": command.question}),)


def star(state: SessionState, command: Highlight | Unhighlight, *_: Any) -> Bodies:
    on = isinstance(command, Highlight)
    if command.post is not None:
        need_post(state, command.post)
        layer = state.layers.get(command.post)
        starred = layer is not None and layer.starred is not None
        kind: Callable[..., Event] = e.PostHighlighted if on else e.PostUnhighlighted
        return () if starred == on else ((kind, {"post": command.post}),)
    person = cast(str, command.person)
    need_person(state, person)
    kind = e.PersonHighlighted if on else e.PersonUnhighlighted
    return () if (state.people[person].starred is not None) == on else ((kind, {"person": person}),)


def greet(state: SessionState, command: Greet, *_: Any) -> Bodies:
    need_person(state, command.person)
    person = state.people[command.person]
    if person.host:
        raise Refused(f"{person.author.shown} is a host.")
    return () if person.greeted is not None else ((e.PersonGreeted, {"person": command.person}),)


def tag(state: SessionState, command: Tag, *_: Any) -> Bodies:
    need_person(state, command.person)
    person = state.people[command.person]
    fields = {
        "school": person.school if command.school is UNSET else command.school,
        "level": person.level if command.level is UNSET else command.level,
        "groups": person.groups if command.groups is UNSET else command.groups,
    }
    if fields == {"school": person.school, "level": person.level, "groups": person.groups}:
        return ()
    return ((e.PersonTagged, {"person": command.person, **fields}),)


def mark_task(state: SessionState, command: MarkTask, *_: Any) -> Bodies:
    need_person(state, command.person)
    lookup = lookup_of(state, command.tag)
    if lookup is None:
        raise Refused(f"There is no task to look up #{command.tag.lstrip('#')}.")
    person = state.people[command.person]
    if person.host:
        raise Refused(f"{person.author.shown} is a host.")
    mark = state.task_marks.get(task_key(lookup.tag, command.person))
    if (mark.done if mark is not None else None) == command.done:
        return ()
    return ((e.TaskMarked, {"person": command.person, "tag": lookup.tag, "done": command.done}),)


def mark_credit(state: SessionState, command: MarkCredit, *_: Any) -> Bodies:
    need_person(state, command.person)
    mark = state.credit_marks.get(command.person)
    if (mark.asked if mark is not None else None) == command.asked:
        return ()
    return ((e.CreditAsked, {"person": command.person, "asked": command.asked}),)


def join_accounts(state: SessionState, command: JoinAccounts, *_: Any) -> Bodies:
    for person, _account in command.accounts:
        need_person(state, person)
    known = state.joined or {}
    news = tuple((person, account) for person, account in command.accounts if known.get(person) != account)
    if not news and state.joined is not None:
        return ()
    return ((e.AccountsJoined, {"accounts": news}),)


def hide(state: SessionState, command: Hide | Show, *_: Any) -> Bodies:
    need_post(state, command.post)
    on = isinstance(command, Hide)
    layer = state.layers.get(command.post)
    hidden = layer is not None and layer.hidden is not None
    kind: Callable[..., Event] = e.PostHidden if on else e.PostShown
    folded = hidden or (not on and state.muted_word(command.post) is not None)
    return () if folded == on else ((kind, {"post": command.post}),)


def redact(state: SessionState, command: Redact, *_: Any) -> Bodies:
    if command.post not in state.posts:
        raise Refused("There is no such post in this chat.")
    if _is_redacted(state, command.post):
        return ()
    first = _first_of(state, command.post)
    same = [post for post in state.posts if post != command.post and _first_of(state, post) == first]
    clear = [post for post in (command.post, *same) if not _is_redacted(state, post)]
    return tuple((e.PostRedacted, {"post": post}) for post in clear)


def _first_of(state: SessionState, post: str) -> str:
    """The post that this one repeats, over however many reposts, or itself; it need not be in the chat."""
    passed = {post}
    while (seen := state.posts.get(post)) is not None and seen.post.repost_of is not None:
        if seen.post.repost_of in passed:
            break
        post = seen.post.repost_of
        passed.add(post)
    return post


def _is_redacted(state: SessionState, post: str) -> bool:
    layer = state.layers.get(post)
    return layer is not None and layer.redacted


def mute(state: SessionState, command: Mute | Unmute, *_: Any) -> Bodies:
    need_person(state, command.person)
    on = isinstance(command, Mute)
    kind: Callable[..., Event] = e.PersonMuted if on else e.PersonUnmuted
    return () if (state.people[command.person].muted is not None) == on else ((kind, {"person": command.person}),)


def mute_word(state: SessionState, command: MuteWord | UnmuteWord, *_: Any) -> Bodies:
    key = word_key(command.word)
    if isinstance(command, UnmuteWord):
        return ((e.WordUnmuted, {"word": command.word}),) if key in state.muted else ()
    if problem := word_problem(command.word):
        raise Refused(f"A word that folds posts {problem}.")
    if key in state.muted:
        return ()
    if len(state.muted) >= MOST_WORDS:
        raise Refused(f"{MOST_WORDS} words fold posts already. Take one away first.")
    return ((e.WordMuted, {"word": command.word}),)
