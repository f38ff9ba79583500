"""Dialogs asked in words at a real hub: whom to join with an earlier account, and a hello."""

from pathlib import Path

from sessions.core.posts import Author, Post
from sessions.networks.source import Delivery, NewPost
from tests.sessions.core.building import START, a_plan
from tests.sessions.hub.live import Feed, live_hub, seen
from tests.tui.desk.test_desk_joining import NAMES, earlier
from tests.tui.networks import ANA, Networks
from tests.tui.plain_desks import plain_on
from tests.tui.posting_desk import SCRIPT, Clock

NEW = (*NAMES[:5], "Ada Byron", "Bo Li", "Cy Young")


async def test_who_only_seems_new_is_asked_one_by_one_and_noted_after_a_yes(tmp_path: Path) -> None:
    earlier(tmp_path)
    feed = Feed()
    async with live_hub(tmp_path, plan=a_plan(), sources=[feed]) as live, plain_on(live, "Ana") as ana:
        posts = [
            Post(f"mastodon:{number}", Author(f"mastodon:{number}", f"m{number}@a.example", name), "Hello", START)
            for number, name in enumerate(NEW)
        ]
        feed.put(Delivery(tuple(map(NewPost, posts))))
        await ana.hears("5 names are known from before. same people joins them.")
        await ana.does("same people", "Ana Lopez @m1@a.example is @on_x1 on x? Type yes")
        await ana.does("yes", "? Type yes (the same person)")
        for _ in NAMES[2:]:
            await ana.does("no", "? Type yes (the same person)")
        await ana.does("no", "1 is the same as before.")
        assert live.session.durable.joined is None, "nothing before a yes to all"
        await ana.does("yes", "1 of the new ones is back again")
        await live.until(lambda session: session.durable.joined is not None)
        people = live.session.durable.people
        assert [one for one in people if not people[one].newcomer] == ["mastodon:1"]


async def test_a_hello_is_read_out_with_its_other_words_and_goes_out_after_a_yes(tmp_path: Path) -> None:
    networks, feed, clock = Networks(), Feed(), Clock()
    greetings = {"all": "Good evening, {name}!", "returning": "Back again, {name}?"}
    plan = a_plan(sources=("mastodon:school.example",), script=SCRIPT, greetings=greetings)
    async with (
        live_hub(tmp_path, plan=plan, sources=[feed], clock=clock.hub.clock()) as live,
        plain_on(live, "Ana", posting_accounts=networks.posting_accounts(ANA), clock=clock.desk) as ana,
    ):
        await seen(live, feed, "I am new here", "tomk", name="mastodon:https://other.example/1")
        await ana.hears("Tomk")
        await ana.does("hello tomk", "mastodon, as @ana@school.example")
        await ana.hears("Hello to Tomk: @tomk Good evening")
        await ana.hears("3. take the words returning")
        await ana.does("3", "Back again, Tomk?")
        await ana.does("2", "The words")
        await ana.does("Welcome, Tom!", "Hello to Tomk: Welcome, Tom! #navasotaisd")
        assert networks.public == []
        await ana.does("yes", "Hello to Tomk: mastodon posted")
        assert [text for _, text in networks.public] == ["Welcome, Tom! #navasotaisd"]
        assert live.session.durable.people["mastodon:@tomk"].greeted is not None
        await ana.does("hello tomk", "Greet Tomk again?")
        ana.type("no")


async def test_without_an_account_a_hello_is_printed_and_counts(tmp_path: Path) -> None:
    feed, clock = Feed(), Clock()
    plan = a_plan(sources=("mastodon:school.example",), script=SCRIPT)
    async with (
        live_hub(tmp_path, plan=plan, sources=[feed], clock=clock.hub.clock()) as live,
        plain_on(live, "Ana", posting_accounts=Networks().posting_accounts(), clock=clock.desk) as ana,
    ):
        await seen(live, feed, "I am new here", "tomk")
        await ana.hears("Tomk")
        await ana.does("hello tomk", "No account for mastodon here")
        await ana.hears("yes copy it.")
        ana.type("cancel")
        await ana.does("hello tomk", "yes copy it.")
        await ana.does("yes", "counts as greeted")
        assert live.session.durable.people["mastodon:@tomk"].greeted is not None
