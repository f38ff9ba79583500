"""Several posts marked by keys and mouse, and done something to as one: both desks see it, one undo takes it back."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.sessions.core.building import Chat
from tests.sessions.hub.live import Feed, LiveHub, live_hub
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.palette import choose_action
from tui.desk.model.several_words import runs, told_as_one


@asynccontextmanager
async def five_posts(
    folder: Path, **options: object
) -> AsyncGenerator[tuple[LiveHub, Feed, DeskInHand, list[str]], None]:
    feed = Feed()
    async with live_hub(folder, sources=[feed]) as live, desk_on(live, size=(100, 36), **options) as ana:
        posts = [feed.post(f"Number {n} of them", handle=f"t{n}") for n in range(5)]
        await ana.knows(lambda model: posts[-1] in model.state.posts)
        await ana.sees("Number 4 of them")
        yield live, feed, ana, posts


def filed(live: LiveHub, posts: list[str]) -> list[str | None]:
    """Under which question each of the posts is."""
    found = [live.session.durable.filed(post) for post in posts]
    return [None if one is None else one.question for one in found]


async def test_marked_posts_are_filed_starred_hidden_and_greeted_as_one_and_one_undo_takes_it_back(
    tmp_path: Path,
) -> None:
    async with five_posts(tmp_path) as (live, feed, ana, posts), desk_on(live, "Ben") as ben:
        before = live.session.durable.seq
        await ana.press("home", "shift+down", "shift+down", "shift+up", "down", "down", "M")
        await ana.sees("3 marked")
        pane = ana.screen.panes.answers
        assert pane.chosen == (posts[0], posts[1], posts[3])
        head = next(y for y, line in enumerate(ana.lines()) if "●" in line and "T3" in line)
        feed.post("Another one", handle="late")
        await ana.knows(lambda model: len(model.state.posts) == 6)
        await ana.sees("Another one")
        assert "●" in ana.lines()[head]
        assert "T3" in ana.lines()[head]
        await ana.press("2")
        await ben.sees("Ana filed 3 posts under Q2")
        assert filed(live, posts) == ["q2", "q2", None, "q2", None]
        await ana.press("h", "x", "g")
        await ben.sees("Ana greeted 3 people")
        assert [post in live.session.durable.layers and live.session.durable.layers[post].hidden is not None
                for post in posts] == [True, True, False, True, False]  # fmt: skip
        await ana.press("u")
        await ana.sees("You took back: you greeted 3 people")
        await ana.press("u")
        await ana.sees("You took back: you hid 3 posts")
        await ana.press("u")
        await ben.sees("Ana took back: Ana starred 3 posts")
        await ana.sees("You took back: you starred 3 posts")
        await ana.press("backspace")
        await ana.knows(lambda model: not model.state.tally.get("q2"))
        await ana.press("u")
        await ana.sees("You took back: you filed 3 posts under no question")
        await ana.press("l")
        await ana.sees("taken back: You filed 3 posts under no question")
        await ana.press("escape", "u")
        await ana.knows(lambda model: not any(model.state.filed(post) for post in posts))
        assert live.session.durable.seq > before
        assert pane.chosen == (posts[0], posts[1], posts[3])
        await ana.press("X")
        assert "one by one" in ana.status
        await ana.press("escape")
        assert pane.chosen == ()
        assert not any("●" in line for line in ana.lines())


async def test_marks_by_the_mouse_and_the_palette_and_a_refusal_names_whose_it_is(tmp_path: Path) -> None:
    async with five_posts(tmp_path) as (live, feed, ana, posts):
        pane = ana.screen.panes.answers

        def place(words: str) -> tuple[int, int]:
            return next((line.index(words), y) for y, line in enumerate(ana.lines()) if words in line)

        await ana.pilot.click(offset=place("Number 1"))
        await ana.pilot.click(offset=place("Number 3"), shift=True)
        await ana.pilot.click(offset=place("Number 2"), control=True)
        await ana.until(lambda: pane.chosen == (posts[1], posts[3]))
        await choose_action(ana.pilot, ana.until, "mark this", "Mark this post")
        await ana.until(lambda: pane.chosen == (posts[1], posts[3], posts[2]))
        await choose_action(ana.pilot, ana.until, "file under q3", "File under Q3")
        await live.until(lambda session: len([one for one in filed(live, posts) if one == "q3"]) == 3)
        await ana.knows(lambda model: model.state.tally["q3"] == 3)
        await ana.press("u")
        await live.until(lambda session: filed(live, posts) == [None] * 5)
        feed.remove(posts[3])
        await ana.knows(lambda model: model.state.layers[posts[3]].removed)
        await ana.press("h")
        await live.until(lambda session: session.durable.layers[posts[1]].starred)
        assert not live.session.durable.layers[posts[3]].starred


async def test_who_looks_on_marks_nothing_and_all_guesses_marked_are_right_at_once(tmp_path: Path) -> None:
    async with five_posts(tmp_path) as (live, _, ana, posts), desk_on(live, "Olaf", observer=True) as olaf:
        await olaf.sees("Number 4 of them")
        await olaf.press("home", "shift+down", "M")
        assert "only moderators" in olaf.status
        assert olaf.screen.panes.answers.chosen == ()
        await ana.press("home", "shift+down", "equals_sign")
        assert "Nothing is guessed" in ana.status
        assert filed(live, posts) == [None] * 5


def test_what_was_done_to_several_is_told_as_one() -> None:
    from sessions.core import commands as c

    chat = Chat()
    posts = [chat.post("A1 yes", handle=handle) for handle in ("mlopez", "tomk")]
    events = [
        *chat.do(c.Several, acts=tuple(c.Highlight(id="x", post=post) for post in posts)),
        *chat.do(c.Hide, post=posts[0]),
        *chat.do(
            c.Several, acts=(c.File(id="x", post=posts[0], question="q2"), c.File(id="x", post=posts[1], question=None))
        ),
    ]
    told = [told_as_one(chat.state, run, "Ben") for run in runs(events)]
    assert told == ["Ana starred 2 posts", "Ana hid Mlopez's post", "Ana filed 2 posts"]
