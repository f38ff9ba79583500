"""Greeting newcomers with a post from the desk."""

from pathlib import Path

from textual.widgets import TextArea

from sessions.core.events import PersonGreeted
from sessions.core.posts import Author, Post
from sessions.networks.source import Delivery, NewPost
from tests.sessions.core.building import START, a_plan
from tests.tui.networks import ANA, ANA_SKY, Networks
from tests.tui.posting_desk import SCRIPT, X, a_chat, open_preview
from tui.desk.model.posting import postables


async def test_a_greeting_answers_the_newcomers_post_and_counts_as_greeted(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA, ANA_SKY) as (live, ana, feed):
        post = feed.post("Hello, I am new here", "tomk@other.example", name="mastodon:https://other.example/1")
        await ana.knows(lambda model: post in model.state.posts)
        await ana.press("tab", "p")
        await ana.sees("Greeting")
        await open_preview(ana, "enter")
        await ana.sees("Welcome to #navasotaisd!")
        assert not any("bluesky" in line for line in ana.lines() if "[x]" in line)
        await ana.press("enter")
        await ana.sees("Greeting: mastodon posted")
        (sent,) = networks.public
        assert sent[1].startswith("@tomk@other.example Welcome to #navasotaisd!")
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


async def test_who_was_greeted_by_hand_is_not_greeted_again_by_one_key(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (live, ana, feed):
        post = feed.post("Hello", "tomk@other.example", name="mastodon:https://other.example/1")
        await ana.knows(lambda model: post in model.state.posts)
        ben = await live.join("Ben")
        await ben.done("greet", person="mastodon:@tomk@other.example")
        await ana.knows(lambda model: model.state.people["mastodon:@tomk@other.example"].greeted)
        await ana.press("home")
        await open_preview(ana, "p", "end", "enter")
        await ana.sees("greeted by Ben")
        await ana.press("enter")
        await ana.sees("Choose at least one network.")
        assert networks.public == []


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
        await ana.sees("@tomk Welcome to #navasotaisd!")
        await ana.sees("costs $0.015")
        greeting = next(one for one in postables(ana.model.state, "x:77") if one.name == "Greeting")
        assert greeting.draft.reply_to is None
