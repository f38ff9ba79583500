"""Greeting newcomers with a post from the desk."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import TextArea

from sessions.core.events import PersonGreeted
from sessions.core.posts import Author, Post
from sessions.networks.source import Delivery, NewPost
from tests.sessions.core.building import START, a_plan
from tests.sessions.hub.live import Feed
from tests.tui.networks import ANA, ANA_SKY, Networks
from tests.tui.pictures import Picture
from tests.tui.posting_desk import SCRIPT, X, a_chat, open_preview
from tui.desk.model.posting import hello_to


async def test_a_greeting_answers_the_newcomers_post_and_counts_as_greeted(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA, ANA_SKY) as (live, ana, feed):
        post = feed.post("Hello, I am new here", "tomk@other.example", name="mastodon:https://other.example/1")
        await ana.knows(lambda model: post in model.state.posts)
        await ana.press("tab", "p")
        await ana.sees("  Hello to             @tomk@other.example Welcome!")
        await ana.sees("  Tomk@Other.Example   that you came. Ask us anything")
        await open_preview(ana, "enter")
        await ana.sees("Welcome! We are glad that you came.")
        assert not any("bluesky" in line for line in ana.lines() if "[x]" in line)
        await ana.press("enter")
        await ana.sees("Hello to Tomk@Other.Example: mastodon posted")
        (sent,) = networks.public
        assert sent[1].startswith("@tomk@other.example Welcome! We are glad")
        assert len(networks.replies) == 1
        assert live.session.durable.people["mastodon:@tomk@other.example"].greeted is not None
        assert PersonGreeted in [type(event) for event in live.session.log.events()]


async def test_words_for_one_newcomer_are_not_kept_for_another(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (_, ana, feed):
        post = feed.post("Hello", "tomk@other.example", name="mastodon:https://other.example/1")
        await ana.knows(lambda model: post in model.state.posts)
        dialog = await open_preview(ana, "tab", "p", "enter")
        dialog.query_one("#text", TextArea).text = "@tomk@other.example Hello Tom! #navasotaisd"
        await ana.press("escape")
        post = feed.post("Hello", "mary@other.example", name="mastodon:https://other.example/2")
        await ana.knows(lambda model: post in model.state.posts)
        await ana.until(lambda: ana.screen.panes.roster.cursor is not None)
        shown = []
        for key in ("home", "end"):
            dialog = await open_preview(ana, key, "p", "enter")
            shown.append(dialog.query_one("#text", TextArea).text)
            await ana.press("escape")
        assert sorted(shown)[1] == "@tomk@other.example Hello Tom! #navasotaisd"
        assert sorted(shown)[0].startswith("@mary@other.example Welcome")


async def test_who_was_greeted_by_hand_is_greeted_again_only_where_that_is_wanted(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (live, ana, feed):
        post = feed.post("Hello", "tomk@other.example", name="mastodon:https://other.example/1")
        await ana.knows(lambda model: post in model.state.posts)
        ben = await live.join("Ben")
        await ben.done("greet", person="mastodon:@tomk@other.example")
        await ana.knows(lambda model: model.state.people["mastodon:@tomk@other.example"].greeted)
        await ana.press("home", "p", "end", "enter")
        await ana.sees("Ben greeted Tomk@Other.Example at 7:09.")
        await ana.press("enter")
        assert ana.app.screen is ana.screen
        await ana.press("p", "end", "enter")
        await ana.sees("Greet Tomk@Other.Example again?")
        await open_preview(ana, "tab", "enter")
        await ana.sees("greeted by Ben")
        await ana.press("enter")
        await ana.sees("Hello to Tomk@Other.Example: mastodon posted")
        await open_preview(ana, "p", "end", "enter", "tab", "enter")
        await ana.sees("posted 7:09 by you")
        assert len(networks.public) == 1
        await ana.press("enter")
        await ana.until(lambda: len(networks.public) == 2)
        await ana.knows(lambda model: all(one.out for one in model.state.postings.values()))
        posted = [one.begun for one in live.session.durable.postings.values()]
        assert [one.purpose for one in posted] == ["greeting", "again"]
        assert {one.subject for one in posted} == {"mastodon:@tomk@other.example"}
        await ana.press("l")
        await ana.sees("You posted a greeting to Tomk@Other.Example to mastodon")
        assert sum("You posted a greeting" in line for line in ana.lines()) == 2


async def test_a_greeting_on_x_is_a_post_of_its_own_with_its_price(tmp_path: Path) -> None:
    networks = Networks()
    plan = a_plan(sources=("x",), script=SCRIPT)
    async with a_chat(tmp_path, networks, X, plan=plan) as (_, ana, feed):
        author = Author("x:77", "tomk", "Tom")
        feed.put(Delivery((NewPost(Post("x:1", author, "I am new here", START)),)))
        await ana.knows(lambda model: "x:1" in model.state.posts)
        await ana.press("tab", "p")
        await ana.sees("Post what?")
        await open_preview(ana, "enter")
        await ana.sees("@tomk Welcome to #navasotaisd, Tom!")
        await ana.sees("costs $0.015")
        greeting = hello_to(ana.model.state, "x:77")
        assert greeting is not None
        assert greeting.draft.reply_to is None


PLAN = {"all": "Good evening, {name}!", "returning": "Back again, {name}?"}


async def test_without_an_account_the_words_are_chosen_copied_and_count(tmp_path: Path) -> None:
    plan = a_plan(sources=("mastodon:school.example",), script=SCRIPT, greetings=PLAN)
    async with a_chat(tmp_path, Networks(), plan=plan) as (live, ana, feed):
        author = Author("mastodon:7", "tomk@other.example", "Tom [b]K[/b]\n@ben@school.example")
        feed.put(Delivery((NewPost(Post("mastodon:1", author, "I am new here", START)),)))
        await ana.knows(lambda model: "mastodon:1" in model.state.posts)
        await ana.press("tab", "ctrl+p")
        await ana.type(*"writehello")
        dialog = await open_preview(ana, "enter")
        await ana.sees("@tomk@other.example Good evening, Tom [b]K[/b]!")
        await ana.sees("words: all, 1 of 2")
        await ana.sees("No account for mastodon here: `lunchroom login mastodon school.example`")
        await ana.pilot.click("#other")
        await ana.sees("Back again, Tom [b]K[/b]?")
        await ana.sees("words: returning, 2 of 2")
        await ana.press("ctrl+o")
        dialog.query_one("#text", TextArea).text = ""
        await ana.sees("words: changed")
        await ana.press("enter")
        assert ana.app.screen is dialog
        await ana.until(lambda: not dialog.query_one("#post").has_class("-active"))  # it takes no key while it is
        await ana.press("ctrl+o", "enter")
        await ana.sees("Copy the hello")
        await ana.press("enter")
        await ana.sees("counts as greeted; u takes that back.")
        assert ana.app.clipboard == "@tomk@other.example Good evening, Tom [b]K[/b]! #navasotaisd"
        assert live.session.durable.people["mastodon:7"].greeted is not None
        await ana.press("u")
        await live.until(lambda session: session.durable.people["mastodon:7"].greeted is None)
        await ana.press("enter")
        await ana.sees("Write hello")
        await ana.pilot.click("#hello")
        await ana.sees("words: all, 1 of 2")


async def test_other_words_and_a_second_hashtag_have_keys_of_their_own(tmp_path: Path) -> None:
    tags = ("navasotaisd", "tasanov")
    plan = a_plan(sources=("mastodon:school.example",), greetings=PLAN, hashtags=tags, optional_hashtags=tags[1:])
    async with a_chat(tmp_path, Networks(), ANA, plan=plan) as (_, ana, feed):
        post = feed.post("I am new here #navasotaisd", "tomk", name="mastodon:https://other.example/1")
        await ana.knows(lambda model: post in model.state.posts)
        await open_preview(ana, "tab", "p", "enter")
        await ana.sees("also #tasanov (Ctrl+T)")
        await ana.press("ctrl+t")
        await ana.sees("goes out with #navasotaisd #tasanov")
        await ana.sees("words: all, 1 of 2")
        await ana.press("ctrl+o")
        await ana.sees("words: returning, 2 of 2")


@pytest.mark.parametrize("size", [(80, 24), (120, 30)])
async def test_in_a_rehearsal_it_is_shown_and_counts(
    tmp_path: Path, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    source = Feed(rehearsal=True)
    async with a_chat(tmp_path, Networks(), ANA, source=source, size=size) as (live, ana, feed):
        post = feed.post("Hello, I am new here", "tomk")
        await ana.knows(lambda model: post in model.state.posts)
        dialog = await open_preview(ana, "tab", "p", "enter")
        await ana.sees("rehearsal: nothing is sent")
        for child in dialog.query(".frame, .frame > *"):
            assert dialog.region.contains_region(child.region), child
        assert await ana.picture() == snapshot(extension_class=Picture)
        await ana.press("enter")
        await ana.sees("Rehearsal: nothing is sent. Tomk counts as greeted; u takes that back.")
        assert live.session.durable.postings == {}
