"""What stands where a pane is empty: what to expect, or what may be wrong.

Pure; the words may hold names from outside.
"""

from collections.abc import Callable

from tui.desk.model.desk import DeskModel
from tui.text.sources import short_name
from tui.text.wording import clock_time, zone_of

COMING = ("The questions come here.", "What teachers post comes here.", "Who posts comes here, newcomers first.")
"""What the three panes say until the chat is known."""

KeyOf = Callable[[str], str]
"""The key of an action as a sentence names it."""


def no_questions(model: DeskModel, key_of: KeyOf) -> str:
    """What the queue says without a question; empty where it has some."""
    state = model.state
    if state.plan is None:
        return COMING[0]
    if state.order or state.channel:
        return ""
    return "No questions yet." if _looks(model) else f"No questions yet. {key_of('add_question')} adds one."


def no_posts(model: DeskModel, now: int, key_of: KeyOf, *, filtered: bool) -> str:
    """What the answers say while none are shown; `filtered` where not all posts would be."""
    state = model.state
    if state.plan is None:
        return COMING[1]
    if filtered and state.posts:
        return f"No post is among these. {key_of('dismiss')} shows all ({len(state.posts):,})."
    if model.replayed:
        return "Nothing was posted up to here."
    if state.closed_at is not None:
        return "Nothing was posted in this chat."
    tags = " or ".join(f"#{tag}" for tag in state.plan.hashtags)
    begins = state.plan.starts_at
    if begins > now and state.open is None and not state.channel:
        return f"The chat begins at {clock_time(begins, zone_of(state.plan))}. Posts with {tags} come here."
    read = [short_name(state, source) for source in state.sources]
    names = ", ".join(read or dict.fromkeys(source.partition(":")[0] for source in state.plan.sources))
    if not names:
        by_hand = "" if _looks(model) else f" {key_of('add_answers')} adds answers by hand."
        return f"Nothing yet: no network is read.{by_hand}"
    from sessions.networks.registry import read_by_tag  # all networks, of which an empty desk needs none

    need = f" Posts need {tags}." if any(map(read_by_tag, state.sources or state.plan.sources)) else ""
    return f"Nothing yet from {names}; {key_of('sources')} says how the sources fare.{need}"


def no_people(model: DeskModel, to_greet: int) -> str:
    """What the roster says while nobody is there, or nobody to be greeted."""
    state = model.state
    if state.plan is None:
        return COMING[2]
    if model.replayed:
        return "" if state.people else "Nobody yet."
    if not state.people:
        return "Nobody was here." if state.closed_at is not None else "Nobody here yet. Newcomers come first."
    return "" if to_greet or _looks(model) or state.closed_at is not None else "Nobody to greet now."


def _looks(model: DeskModel) -> bool:
    return model.observes or model.replayed or model.state.closed_at is not None
