"""Which posts are rows, in a long chat with reposts, edits, removals and decisions of moderators."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.core.evolve import fold
from tests.benchmarks.replay import a_session
from tests.thorough import examples
from tui.widgets.answers.post_rows import PostRows

EVENTS = a_session(200)


@settings(max_examples=examples(40))
@given(place=st.integers(2, len(EVENTS)), kept=st.integers(0, 199))
def test_the_rows_of_a_new_place_are_those_that_are_found_one_by_one(place: int, kept: int) -> None:
    state = fold(EVENTS[:place])
    posts = list(state.posts)
    step_by_step = PostRows()
    state_then = fold(EVENTS[:1])
    step_by_step.rebuild(state_then)
    for event in EVENTS[1:place]:
        fold([event], state_then)
        step_by_step.update(posts)
    keep = posts[kept] if kept < len(posts) else None
    at_once = PostRows()
    at_once.rebuild(state, keep=keep)
    step_by_step.keep(keep)
    step_by_step.update(() if keep is None else (keep,))
    assert at_once.ids == step_by_step.ids
    assert all(state.kind(post) != "repost" or post == keep or at_once.original(post) is None for post in at_once.ids)
