"""What stands where a pane is empty: what to expect, or what may be wrong.

Pure; the words may hold names from outside.
"""

from collections.abc import Callable

from sessions.words import _
from tui.desk.model.desk import DeskModel
from tui.text.sources import short_name
from tui.text.wording import clock_time, zone_of

COMING = (
    _("The questions come here."),
    _("What teachers post comes here."),
    _("Who posts comes here, newcomers first."),
)
"""What the three panes say until the chat is known."""

COMING_IN_A_CHANNEL = (_("The days of the month come here."), *COMING[1:])
"""The same where it is known that it will be a channel."""

KeyOf = Callable[[str], str]
"""The key of an action as a sentence names it."""


def no_questions(model: DeskModel, key_of: KeyOf) -> str:
    """What the queue says without a question; empty where it has some."""
    state = model.state
    if state.plan is None:
        return COMING[0]
    if state.order or state.channel:
        return ""
    return (
        _("No questions yet.")
        if _looks(model)
        else _("No questions yet. {add_question_key} adds one.").format(add_question_key=key_of("add_question"))
    )


def no_posts(model: DeskModel, now: int, key_of: KeyOf, *, filtered: bool) -> str:
    """What the answers say while none are shown; `filtered` where not all posts would be."""
    state = model.state
    if state.plan is None:
        return COMING[1]
    if filtered and state.posts:
        return _("No post is among these. {dismiss_key} shows all ({posts:,}).").format(
            dismiss_key=key_of("dismiss"), posts=len(state.posts)
        )
    if model.replayed:
        return _("Nothing was posted up to here.")
    if state.closed_at is not None:
        return _("Nothing was posted in this chat.")
    tags = _(" or ").join(f"#{tag}" for tag in state.plan.hashtags)
    begins = state.plan.starts_at
    if begins > now and state.open is None and not state.channel:
        return _("The chat begins at {clock_time}. Posts with {tags} come here.").format(
            clock_time=clock_time(begins, zone_of(state.plan)), tags=tags
        )
    read = [short_name(state, source) for source in state.sources]
    names = ", ".join(read or dict.fromkeys(source.partition(":")[0] for source in state.plan.sources))
    if not names:
        by_hand = (
            ""
            if _looks(model)
            else _(" {add_answers_key} adds answers by hand.").format(add_answers_key=key_of("add_answers"))
        )
        return _("Nothing yet: no network is read.{by_hand}").format(by_hand=by_hand)
    from sessions.networks.registry import read_by_tag  # all networks, of which an empty desk needs none

    need = (
        _(" Posts need {tags}.").format(tags=tags) if any(map(read_by_tag, state.sources or state.plan.sources)) else ""
    )
    return _("Nothing yet from {names}; {sources_key} says how the sources fare.{need}").format(
        names=names, sources_key=key_of("sources"), need=need
    )


def no_people(model: DeskModel, to_greet: int) -> str:
    """What the roster says while nobody is there, or nobody to be greeted."""
    state = model.state
    if state.plan is None:
        return COMING[2]
    if model.replayed:
        return "" if state.people else _("Nobody yet.")
    if not state.people:
        return _("Nobody was here.") if state.closed_at is not None else _("Nobody here yet. Newcomers come first.")
    return "" if to_greet or _looks(model) or state.closed_at is not None else _("Nobody to greet now.")


def _looks(model: DeskModel) -> bool:
    return model.observes or model.replayed or model.state.closed_at is not None
