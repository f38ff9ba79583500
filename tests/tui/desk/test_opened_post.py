"""One post, opened by Enter: what is told of it, its actions by key and mouse, and that both desks see them."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sessions.library.library import Library
from sessions.library.people_rebuild import rebuild_people
from tests.sessions.hub.live import Feed, LiveHub, live_hub
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.libraries import save_chat
from tests.tui.palette import choose_action
from tui.desk.dialogs.opened_post import OpenedPost
from tui.desk.dialogs.person_card import PersonCard
from tui.desk.keys import DESK, FILING, ON_OPEN_POST
from tui.dialogs.confirm import ConfirmDialog
from tui.widgets.key_line import KeyLine
from tui.widgets.paragraphs import Paragraphs


@dataclass
class Thread:
    """Ids of posts: an answer, what replies to it, and what its author writes later."""

    asked: str
    reply: str
    later: str


@asynccontextmanager
async def a_thread(
    folder: Path, size: tuple[int, int] = (100, 30), **options: object
) -> AsyncGenerator[tuple[LiveHub, Feed, DeskInHand, Thread], None]:
    feed = Feed()
    async with live_hub(folder, sources=[feed]) as live, desk_on(live, size=size, **options) as ana:
        asked = feed.post("A1 Where do ideas clash?", handle="svend")
        reply = feed.post("A2 In the corner https://example.org/5. [/b]", handle="merle", reply_to=asked)
        later = feed.post("A3 By the window", handle="merle")
        await ana.knows(lambda model: later in model.state.posts)
        await ana.sees("By the window")
        yield live, feed, ana, Thread(asked, reply, later)


def opened(desk: DeskInHand) -> str:
    """The id of the post that is open on top."""
    assert isinstance(desk.app.screen, OpenedPost)
    return desk.app.screen.post


def told(desk: DeskInHand) -> str:
    """What stands in the post that is open, and its keys."""
    assert isinstance(desk.app.screen, OpenedPost)
    return "\n".join(str(desk.app.screen.query_one(kind).render()) for kind in (Paragraphs, KeyLine))


async def test_enter_opens_a_post_with_its_thread_and_every_action_is_one_key(tmp_path: Path) -> None:
    async with a_thread(tmp_path) as (live, feed, ana, thread), desk_on(live, "Ben") as ben:
        await ana.press("up", "enter")
        for words in (
            "Merle  @merle · ", "new · 2 posts", "In the corner", "[/b]", "Under Q2 because: it begins with A2.",
            "Answers @svend: A1 Where do ideas clash?", "Link: https://example.org/5",
        ):  # fmt: skip
            await ana.sees(words)
        await ana.press("h", "3", "g")
        await ana.sees("Under Q3 because: Ana filed it there.")
        await ana.sees("h Take star away")
        await ana.knows(lambda model: model.state.people["mastodon:@merle"].greeted)
        assert "g Greeted" not in told(ana)
        other = live.desk(next(one.token for one in live.keys.admitted if one.name == "Ben"))
        await other.done("file", post=thread.reply, question="q1")
        await ana.sees("Under Q1 because: Ben filed it there.")
        await ana.press("u", "x", "n")
        await ana.sees("Ana hid it.")
        await ben.sees("hidden by Ana")
        await ana.press("down", "enter")
        assert opened(ana) == thread.asked
        feed.post("Yes, they do", handle="tomk", reply_to=thread.asked)
        await ana.sees("2 replies: @merle: folded away")
        await ana.press("down", "down", "enter", "left")
        assert opened(ana) == thread.later
        await ana.press("escape")
        await ana.until(lambda: len(ana.app.screen_stack) == 2)
        assert ana.screen.panes.answers.cursor == thread.later
        assert "Asking" not in ana.status


async def test_blanking_asks_first_and_what_was_blanked_is_told_without_its_words(tmp_path: Path) -> None:
    async with a_thread(tmp_path) as (live, _, ana, thread):
        await choose_action(ana.pilot, ana.until, "open this", "Open this post")
        await ana.sees("Said before: ")
        await ana.press("left", "X")
        await ana.until(lambda: isinstance(ana.app.screen, ConfirmDialog))
        await ana.press("right", "enter")
        await ana.sees("It is blanked out.")
        assert "In the corner" not in told(ana)
        await ana.press("right")
        await ana.sees("By the window")
        assert "Said before" not in told(ana)
        await ana.press("P")
        await ana.until(lambda: isinstance(ana.app.screen, PersonCard))
        assert live.session.durable.layers[thread.reply].redacted


async def test_the_keys_of_a_post_are_clicked_as_well_as_pressed_at_any_size(tmp_path: Path) -> None:
    async with a_thread(tmp_path, size=(60, 18)) as (_, _, ana, thread):
        await ana.press("enter")
        await ana.sees("h Star")
        y, line = next((y, line) for y, line in enumerate(ana.lines()) if "h Star" in line)
        await ana.pilot.click(offset=(line.index("h Star") + 2, y))
        await ana.knows(lambda model: model.state.layers[thread.later].starred)
        await ana.sees("You starred Merle's post")
        y, line = next((y, line) for y, line in enumerate(ana.lines()) if "Said before" in line)
        await ana.pilot.click(offset=(line.index("Said before") + 2, y))
        await ana.until(lambda: opened(ana) == thread.reply)
        y, line = next((y, line) for y, line in enumerate(ana.lines()) if "Esc Close" in line)
        await ana.pilot.click(offset=(line.index("Esc Close"), y))
        await ana.until(lambda: len(ana.app.screen_stack) == 2)


async def test_who_types_into_an_open_post_does_nothing_and_who_looks_on_changes_nothing(tmp_path: Path) -> None:
    async with a_thread(tmp_path) as (live, _, ana, thread), desk_on(live, "Olaf", observer=True) as olaf:
        await ana.press("enter")
        await ana.type(*"hxg")
        assert thread.later not in live.session.durable.layers
        await olaf.sees("By the window")
        await olaf.press("enter")
        await olaf.sees("c Copy")
        assert "Star" not in told(olaf)
        await olaf.press("h")
        assert thread.later not in live.session.durable.layers


async def test_an_own_key_holds_in_an_open_post(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[keys]\nstar = "z"\n', encoding="utf-8")
    async with a_thread(tmp_path / "hub", config=config) as (_, _, ana, thread):
        await ana.press("enter")
        await ana.sees("z Star")
        await ana.press("z")
        await ana.knows(lambda model: model.state.layers[thread.later].starred)


async def test_what_the_person_said_in_earlier_chats_is_looked_up_beside_the_desk(tmp_path: Path) -> None:
    chats = tmp_path / "chats"
    for week in (-2, -1):
        save_chat(chats, week, title=f"Reading corners {week}")
    rebuild_people(Library(chats))
    async with a_thread(tmp_path / "hub", earlier=chats) as (_, feed, ana, _):
        post = feed.post("A2 There again", handle="teacher0")
        await ana.knows(lambda model: post in model.state.posts)
        await ana.press("G", "enter")
        await ana.sees('24 Nov "Reading corners -1" ')
        await ana.sees('17 Nov "Reading corners -2" ')
        await ana.press("left")
        await ana.until(lambda: "Looking" not in told(ana))
        assert "Reading corners" not in told(ana)


OF_THE_PANE = {
    "open_post", "mark",  # a post that is open is the one that is meant
    "muted_words", "why_guess", "add_answers",  # of all posts, shown in it anyway, or of what is not here yet
}  # fmt: skip
"""Actions under the heading of the answers that an open post does not need."""


def test_every_action_on_a_post_can_be_done_while_it_is_open() -> None:
    on_answers = {action.name for action in DESK.actions if action.group == "Answers"}
    assert on_answers - {*FILING} - OF_THE_PANE == on_answers & {*ON_OPEN_POST}
    assert on_answers >= OF_THE_PANE
    assert DESK.by_name.keys() >= ON_OPEN_POST.keys()
