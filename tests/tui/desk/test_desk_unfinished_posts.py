"""Posts that were begun and not finished: words not sent yet, posts on their way, postings cut off."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import TextArea

from sessions.networks.poster import Outgoing
from sessions.networks.source import Delivery
from tests.sessions.core.building import START, a_plan
from tests.sessions.hub.live import Feed, LiveHub, Time, live_hub
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.networks import ANA, Networks
from tests.tui.posting_desk import BEGUN, QUESTION, Clock, a_chat, open_preview


@asynccontextmanager
async def left_unfinished(
    folder: Path, networks: Networks, called: str | None = None
) -> AsyncGenerator[tuple[LiveHub, DeskInHand], None]:
    """Ana's desk was killed after it had noted that it posts; she sits down again. The server is `called` so."""
    source = Feed("mastodon:school.example")
    source.put(Delivery(called=called))
    hub = live_hub(folder, plan=a_plan(sources=(source.name,)), sources=[source], clock=Time(START + 540_000).clock())
    async with hub as live:
        await live.until(lambda session: source.name in session.durable.sources)
        before = await live.join("Ana")
        await before.done("ask", question="q1", seen=None)
        await before.done("begin_posting", **BEGUN)
        async with desk_on(live, posting_accounts=networks.posting_accounts(ANA)) as ana:
            yield live, ana


async def test_a_posting_that_was_cut_off_is_looked_up_and_found(tmp_path: Path) -> None:
    networks = Networks()
    poster = networks.posting_accounts(ANA).poster(ANA)
    await poster.send(Outgoing(BEGUN["key"], QUESTION, START))
    async with left_unfinished(tmp_path, networks) as (live, ana):
        await ana.sees("Q1 to mastodon: posted.")
        assert networks.public == [("mastodon", QUESTION)]
        assert live.session.durable.postings[BEGUN["key"]].post is not None


async def test_what_is_looked_up_calls_a_server_by_its_own_name(tmp_path: Path) -> None:
    async with left_unfinished(tmp_path, Networks(), "Pixelfed") as (_, ana):
        await ana.sees("did not go out to Pixelfed:")
        await ana.press("right", "enter")
        await ana.sees("Q1 to Pixelfed: posted.")


@pytest.mark.parametrize(("key", "public"), [("right", [("mastodon", QUESTION)]), ("", [])])
async def test_one_that_did_not_go_out_is_asked_about(tmp_path: Path, key: str, public: list[object]) -> None:
    networks = Networks()
    async with left_unfinished(tmp_path, networks) as (live, ana):
        await ana.sees("Post Q1 now?")
        assert networks.public == []
        await ana.press(*filter(None, [key]), "enter")
        if public:
            await ana.sees("Q1 to mastodon: posted.")
        else:
            await live.until(lambda session: session.durable.postings[BEGUN["key"]].failed == "not sent")
        assert networks.public == public


async def test_changed_words_survive_escape_and_are_asked_about_before_leaving(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (_, ana, _feed):
        dialog = await open_preview(ana, "r")
        dialog.query_one("#text", TextArea).text = "Q1: Where is it? #navasotaisd"
        await ana.press("escape", "q")
        await ana.sees("You have begun a post and not sent it.")
        await ana.press("enter")
        await open_preview(ana, "r")
        await ana.sees("Q1: Where is it? #navasotaisd")
        await ana.press("enter")
        await ana.sees("mastodon posted")
        assert ana.model.drafts.unsent() == []


async def test_what_was_written_is_kept_where_the_network_refuses_it(tmp_path: Path) -> None:
    networks = Networks("mastodon/gotosocial_post_too_long")
    async with a_chat(tmp_path, networks, ANA) as (_, ana, _feed):
        dialog = await open_preview(ana, "r")
        dialog.query_one("#text", TextArea).text = "Q1: Where is it? #navasotaisd"
        await ana.press("enter")
        await ana.sees("! Q1: mastodon not posted:")
        await open_preview(ana, "r")
        await ana.press("enter")
        await ana.sees("mastodon posted")
        assert networks.public == [("mastodon", "Q1: Where is it? #navasotaisd")]


async def test_who_leaves_while_a_post_is_on_its_way_is_asked(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (_, ana, _feed):
        networks.open.clear()
        await open_preview(ana, "r")
        await ana.press("enter")
        await ana.sees("mastodon …")
        await ana.press("q")
        await ana.sees("A post is on its way.")
        await ana.press("enter")
        networks.open.set()
        await ana.sees("mastodon posted")


async def test_what_a_moderator_left_unfinished_can_be_posted_by_the_other(tmp_path: Path) -> None:
    networks, clock = Networks(), Clock()
    async with a_chat(tmp_path, networks, ANA, clock=clock) as (live, ana, _feed):
        ben = await live.join("Ben")
        await ana.knows(lambda model: model.state.moderators["Ben"].here)
        await ben.done("take_role", role="driver")
        await ben.done("begin_posting", **{**BEGUN, "account": "ben@school.example"})
        await ben.http.aclose()
        clock.pass_by(130)
        await ana.knows(lambda model: not model.state.moderators["Ben"].here)
        elsewhere = await live.join("Ana")
        await elsewhere.done("take_role", role="driver")
        await ana.knows(lambda model: model.holds("driver"))
        await ana.press("r")
        await ana.sees("Q1 to mastodon: is it out?")
        await ana.sees("@ben@school.example")
        await ana.press("right", "enter")
        await ana.sees("Noted. Now it can be posted.")
        await ana.knows(lambda model: model.state.postings[BEGUN["key"]].failed)
        await open_preview(ana, "r")
        await ana.press("enter")
        await ana.sees("mastodon posted")
        assert networks.public == [("mastodon", QUESTION)]
