"""Keys about the post or the person under the cursor: what the hub then holds and both desks show."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Button, Input, TextArea

from sessions.core.plan import Question
from sessions.core.state import SessionState
from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Feed, LiveHub, live_hub, seen
from tests.tui.desks import SETTLED, DeskInHand, desk_on
from tui.desk.dialogs.person_card import PersonCard
from tui.dialogs.choose import ChooseDialog
from tui.dialogs.show_text import ShowTextDialog


@asynccontextmanager
async def a_desk_with_a_post(
    folder: Path, text: str = "Hello, I am new here", labels: tuple[str, ...] = (), **fields: str
) -> AsyncGenerator[tuple[LiveHub, Feed, DeskInHand, str], None]:
    plan = a_plan()
    if labels:
        questions = tuple(Question(f"q{n}", label, f"Question {label}?") for n, label in enumerate(labels, 1))
        plan = replace(plan, questions=questions)
    feed = Feed()
    async with live_hub(folder, plan=plan, sources=[feed]) as live, desk_on(live) as ana:
        post = feed.post(text, **fields)
        await ana.knows(lambda model: post in model.state.posts)
        await ana.sees(text[:20])
        yield live, feed, ana, post


async def test_a_star_is_seen_on_the_other_desk_and_taken_away_again(tmp_path: Path) -> None:
    async with a_desk_with_a_post(tmp_path) as (live, _, ana, post), desk_on(live, "Ben") as ben:
        await ana.press("h")
        await ben.sees("Ana starred Mlopez's post")
        await ben.sees("★")
        await ben.press("h")
        await ana.knows(lambda model: model.state.layers[post].starred is None)


@pytest.mark.parametrize(
    ("key", "done"),
    [
        ("h", lambda state, post: state.layers[post].starred),
        ("g", lambda state, post: state.people[state.posts[post].post.author.id].greeted),
        ("2", lambda state, post: state.filed(post).question == "q2"),
        ("x", lambda state, post: state.layers[post].hidden),
    ],
)
async def test_a_key_is_about_what_was_under_the_cursor_when_it_was_pressed(
    tmp_path: Path, key: str, done: Callable[[SessionState, str], object]
) -> None:
    async with a_desk_with_a_post(tmp_path) as (_, feed, ana, post):
        assert ana.screen.panes.answers.following
        await ana.pilot.press(key)
        later = feed.post("arrived while the key was held", handle="tomk")
        await ana.until(lambda: ana.screen.panes.answers.cursor == later)
        await ana.wait(SETTLED)
        await ana.knows(lambda model: done(model.state, post))
        assert later not in ana.model.state.layers
        assert not ana.model.state.people["mastodon:@tomk"].greeted


async def test_a_key_held_while_tab_is_pressed_is_about_the_pane_it_was_pressed_in(tmp_path: Path) -> None:
    async with a_desk_with_a_post(tmp_path) as (live, feed, ana, _):
        second = feed.post("A1: rows", handle="tomk")
        await ana.until(lambda: ana.screen.panes.answers.cursor == second)
        assert ana.screen.panes.roster.cursor == "mastodon:@mlopez"
        await ana.pilot.press("g")
        await ana.pilot.press("tab")
        await ana.wait(SETTLED)
        await live.until(lambda session: session.durable.people["mastodon:@tomk"].greeted)
        assert not live.session.durable.people["mastodon:@mlopez"].greeted


async def test_a_post_that_is_out_of_sight_is_not_acted_on(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, size=(80, 24)) as ana:
        post = feed.post("A1: rows")
        await ana.knows(lambda model: post in model.state.posts)
        await ana.press("tab", "x")
        assert "No post is under the cursor" in ana.status
        assert not live.session.durable.layers


async def test_a_card_saves_no_school_that_the_other_noted_meanwhile(tmp_path: Path) -> None:
    async with a_desk_with_a_post(tmp_path) as (live, _, ana, _):
        person = "mastodon:@mlopez"
        await ana.press("tab", "enter")
        other = live.desk(next(one.token for one in live.keys.admitted if one.name == "Ana"))
        await other.done("tag", person=person, school="Brule", level="", groups=[])
        await other.done("highlight", person=person)
        await ana.knows(lambda model: model.state.people[person].starred)
        await ana.pilot.click("#star")
        await ana.until(lambda: "That is so already." in ana.status)
        assert live.session.durable.people[person].school == "Brule"
        assert live.session.durable.people[person].starred


async def test_g_on_a_post_greets_its_author(tmp_path: Path) -> None:
    async with a_desk_with_a_post(tmp_path) as (_, _, ana, _):
        await ana.sees("TO GREET")
        await ana.press("g")
        await ana.sees("You greeted Mlopez")
        await ana.sees("GREETED")
        await ana.press("g")
        assert "Mlopez has been greeted by Ana." in ana.status


async def test_g_on_the_roster_greets_the_person(tmp_path: Path) -> None:
    async with a_desk_with_a_post(tmp_path) as (_, _, ana, _):
        await ana.press("tab", "g")
        await ana.knows(lambda model: model.state.people["mastodon:@mlopez"].greeted)


async def test_a_person_is_starred(tmp_path: Path) -> None:
    async with a_desk_with_a_post(tmp_path) as (_, _, ana, _):
        await ana.press("H")
        await ana.knows(lambda model: model.state.people["mastodon:@mlopez"].starred)
        await ana.press("H")
        await ana.knows(lambda model: not model.state.people["mastodon:@mlopez"].starred)


async def test_a_post_is_hidden_and_shown_again(tmp_path: Path) -> None:
    async with a_desk_with_a_post(tmp_path) as (_, _, ana, _):
        await ana.press("x")
        await ana.sees("hidden by Ana")
        await ana.press("x")
        await ana.sees("Hello, I am new here")


async def test_blanking_out_asks_first_and_the_harmless_button_has_the_focus(tmp_path: Path) -> None:
    async with a_desk_with_a_post(tmp_path) as (live, _, ana, post):
        await ana.press("X")
        await ana.sees("Blank this post out?")
        await ana.press("enter")
        await ana.until(lambda: len(ana.app.screen_stack) == 2)
        assert live.session.durable.text(post)
        await ana.press("X")
        await ana.sees("Blank this post out?")
        await ana.press("right", "enter")
        await ana.knows(lambda model: model.state.layers[post].redacted)
        await ana.sees("blanked out")
        assert b"I am new here" not in live.file.path.read_bytes()


async def test_a_digit_files_under_the_question_with_that_label(tmp_path: Path) -> None:
    async with a_desk_with_a_post(tmp_path) as (_, _, ana, post):
        await ana.press("3")
        await ana.knows(lambda model: model.state.filed(post).question == "q3")
        await ana.press("backspace")
        await ana.knows(lambda model: model.state.filed(post) is None)
        await ana.press("9")
        assert "There is no Q9 in this chat." in ana.status


async def test_a_digit_that_begins_several_labels_asks_which(tmp_path: Path) -> None:
    async with a_desk_with_a_post(tmp_path, labels=("1", "3a", "3b", "10")) as (_, _, ana, post):
        await ana.press("3")
        assert isinstance(ana.app.screen, ChooseDialog)
        await ana.pilot.press("b")
        await ana.pilot.press("enter")
        await ana.knows(lambda model: model.state.filed(post).question == "q3")
        await ana.press("1")
        await ana.pilot.press("0")
        await ana.pilot.press("enter")
        await ana.knows(lambda model: model.state.filed(post).question == "q4")
        await ana.press("1", "enter")
        await ana.knows(lambda model: model.state.filed(post).question == "q1")


async def test_an_address_is_shown_and_only_web_addresses_can_be_opened(tmp_path: Path) -> None:
    async with a_desk_with_a_post(tmp_path, url="javascript:alert(1)") as (_, feed, ana, _):
        await ana.press("o")
        assert isinstance(ana.app.screen, ShowTextDialog)
        assert not ana.app.screen.query("#offer")
        await ana.press("escape")
        feed.post("With an address", url="https://example.org/1")
        await ana.sees("With an address")
        await ana.press("o")
        await ana.sees("https://example.org/1")
        assert ana.app.screen.query_one("#offer", Button).label.plain == "Open it"


async def test_text_that_no_clipboard_is_known_for_is_shown_to_select(tmp_path: Path) -> None:
    async with a_desk_with_a_post(tmp_path) as (_, _, ana, _):
        await ana.press("c")
        await ana.sees("Your terminal may have copied it")
        assert ana.app.screen.query_one(TextArea).selected_text == "Hello, I am new here"
        assert ana.app.clipboard == "Hello, I am new here"


async def test_a_persons_card_tags_and_mutes(tmp_path: Path) -> None:
    async with a_desk_with_a_post(tmp_path) as (live, feed, ana, _):
        shared = await seen(live, feed, "We rotate every 12 minutes", "tom")
        again = await seen(live, feed, "We rotate every 12 minutes", repost_of=shared)
        await ana.knows(lambda model: again in model.state.posts)
        await ana.press("tab", "enter")
        card = ana.app.screen
        assert isinstance(card, PersonCard)
        await ana.sees("not yet greeted")
        await ana.sees("shares Tom: We rotate every 12 minutes")
        card.query_one("#school", Input).value = "Brule Elementary"
        card.query_one("#groups", Input).value = "math, 3rd grade"
        await ana.pilot.click("#mute")
        await ana.knows(lambda model: model.state.people["mastodon:@mlopez"].groups == ("math", "3rd grade"))
        await ana.knows(lambda model: model.state.people["mastodon:@mlopez"].muted)
        await ana.sees("muted by Ana")


async def test_markup_in_a_post_stays_what_it_is_everywhere(tmp_path: Path) -> None:
    nasty = "[@click=app.quit]go[/] [Q1] [/b] [red]x"
    async with a_desk_with_a_post(tmp_path, nasty, handle="[/b]") as (_, _, ana, post):
        await ana.press("h")
        await ana.knows(lambda model: model.state.layers[post].starred)
        for key in ("enter", "X", "c", "l"):
            await ana.press(key)
            assert len(ana.app.screen_stack) == 3, key
            await ana.press("escape")
        await ana.sees("[@click=app.quit]go[/] [Q1] [/b] [red]x")
