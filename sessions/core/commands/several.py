"""Doing something to several posts or people as one: all of it or nothing, and one undo takes all of it back."""

from collections.abc import Callable, Mapping
from typing import Any

from sessions.core.commands import people_and_posts as deciders
from sessions.core.commands.refusing import Bodies, Body, Refused
from sessions.core.commands.vocabulary import Act, File, Greet, Hide, Highlight, Several, Show, Unhighlight
from sessions.core.state import SessionState

ACTS: Mapping[type[Any], Callable[..., Bodies]] = {
    File: deciders.file,
    Highlight: deciders.star,
    Unhighlight: deciders.star,
    Hide: deciders.hide,
    Show: deciders.hide,
    Greet: deciders.greet,
}
"""What decides each of the acts. Each looks at its own post or person alone, so that their order does not matter."""


def several(state: SessionState, command: Several, *rest: Any) -> Bodies:
    bodies: list[Body] = []
    refused: list[str] = []
    for act in command.acts:
        try:
            bodies += ACTS[type(act)](state, act, *rest)
        except Refused as refusal:
            refused.append(f"{_about(state, act)}: {str(refusal).rstrip('.')}")
    if refused:
        raise Refused(f"Nothing was done, because of {len(refused)} of {len(command.acts)}. {'; '.join(refused)}.")
    return tuple(bodies)


def _about(state: SessionState, act: Act) -> str:
    """What an act is about, for a moderator: the name of a person."""
    seen = state.posts.get(getattr(act, "post", None) or "")
    person = state.people.get(seen.post.author.id if seen is not None else getattr(act, "person", None) or "")
    return "?" if person is None else person.author.shown
