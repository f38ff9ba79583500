"""The number of answers under no question, however it was come by."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.core import commands as c
from sessions.core.events import PostRemoved
from sessions.core.posts import Filed
from sessions.hub.client.client import Events, Seat
from tests.sessions.core.building import Chat
from tui.desk.model.desk import DeskModel

acts = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9)), max_size=25)


def done(chat: Chat, kind: int, number: int) -> None:
    """One of the things that change what is unfiled."""
    posts = list(chat.state.posts)
    post = posts[number % len(posts)]
    match kind:
        case 0:
            chat.post(handle=f"teacher{number}", filed=None)
        case 1:
            chat.post("Hello", handle=f"teacher{number}", kind="aside", filed=None)
        case 2:
            chat.do(c.File, post=post, question="q2" if number % 2 else None)
        case 3:
            chat.do(c.Hide if number % 2 else c.Show, post=post)
        case 4:
            chat.do(c.Mute if number % 2 else c.Unmute, person=chat.state.posts[post].post.author.id)
        case 5:
            chat.try_(c.Undo, seq=chat.state.seq)
        case _:
            chat.post(handle="guessed", filed=Filed("q1", "guess"))


@given(acts, st.integers(1, 5))
def test_it_is_what_counting_all_posts_gives_after_whatever_was_done(done_: list[tuple[int, int]], every: int) -> None:
    chat = Chat()
    chat.post(handle="first", filed=None)
    for kind, number in done_:
        done(chat, kind, number)
    chat.hear(PostRemoved, post=next(iter(chat.state.posts)))
    model = DeskModel(Seat("Ana", "moderator", "token"))
    for place, event in enumerate(chat.events):
        model.take(Events((event,)))
        if place % every == 0:
            anew = DeskModel(model.joined, state=model.state)
            assert model.unfiled == anew.unfiled
    state = chat.state
    assert model.unfiled == sum(
        state.kind(post) == "answer" and state.filed(post) is None and not state.folded(post) for post in state.posts
    )
