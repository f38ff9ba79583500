"""Posting from the desk: a real hub, real desks, posters over recorded answers of the networks."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Button, OptionList, TextArea

from sessions.events import PersonGreeted, PostingBegun, PostingDone
from sessions.hub.client import Beat, DeskClock
from sessions.plan import Plan
from sessions.posts import Author, Post
from sessions.publishing.poster import Outgoing
from sessions.sources.base import Delivery, NewPost
from tests.sessions.building import START, a_plan
from tests.sessions.hub.live import Feed, LiveHub, Time, live_hub
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.networks import ANA, ANA_SKY, Networks
from tests.tui.test_desk_layout import SIZES, Picture
from tui.model.posting import postables
from tui.screens.post_it import WAKING, PostDialog

SCRIPT = {"welcome": "Welcome to #navasotaisd!", "heads_up": "One more minute.", "thanks": "Thank you all."}

QUESTION = "Q1: What about station 1? #navasotaisd"

AWAKE = WAKING + 0.01
"""Seconds after which the preview takes Enter."""


class Clock:
    """The time at the hub and at a desk, which stands until it is moved."""

    def __init__(self, minutes: float = 9) -> None:
        self.hub = Time(START + round(minutes * 60_000))
        self.desk = DeskClock(monotonic=lambda: 0)
        self._show()

    def pass_by(self, seconds: float) -> None:
        self.hub.now += round(seconds * 1000)
        self._show()

    def _show(self) -> None:
        self.desk.beat(Beat(now=self.hub.now, seq=0, trouble=None, received=0))


@asynccontextmanager
async def a_chat(
    folder: Path,
    networks: Networks,
    *accounts: Any,
    clock: Clock | None = None,
    asked: bool = True,
    plan: Plan | None = None,
    **options: Any,
) -> AsyncGenerator[tuple[LiveHub, DeskInHand, Feed], None]:
    """Q1 is open, and Ana sits at a desk with these accounts."""
    feed, clock = Feed(), clock or Clock()
    plan = plan or a_plan(sources=("mastodon:school.example", "bluesky"), script=SCRIPT)
    hub = live_hub(folder, plan=plan, sources=[feed], clock=clock.hub.clock())
    async with hub as live, desk_on(live, office=networks.office(*accounts), clock=clock.desk, **options) as ana:
        if asked:
            await ana.press("n", "enter")
            await ana.knows(lambda model: model.state.open == "q1")
        yield live, ana, feed


async def open_preview(desk: DeskInHand, *keys: str) -> PostDialog:
    """Press the keys and wait until the preview is there and awake."""
    await desk.press(*keys)
    await desk.until(lambda: isinstance(desk.app.screen, PostDialog), lambda: "\n".join(desk.lines()))
    dialog = desk.app.screen
    assert isinstance(dialog, PostDialog)
    await desk.until(lambda: dialog.awake_at is not None)
    await desk.wait(AWAKE)
    return dialog


async def test_the_open_question_goes_to_all_networks_with_three_enters(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA, ANA_SKY) as (live, ana, _):
        await ana.press("p")
        await ana.sees("Post what?")
        await open_preview(ana, "enter")
        await ana.sees(QUESTION)
        await ana.press("enter")
        await ana.sees("Q1: mastodon posted · bluesky posted")
        assert sorted(networks.public) == [("bluesky", QUESTION), ("mastodon", QUESTION)]
        posted = live.session.durable.postings.values()
        assert {(one.begun.source, one.begun.account) for one in posted} == {
            ("mastodon:school.example", "ana@school.example"), ("bluesky", "ana.example.org"),
        }  # fmt: skip
        assert all(one.begun.by == "Ana" and one.post and one.url for one in posted)


async def test_nothing_is_sent_before_it_is_noted_durably(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (live, ana, _):
        noted: list[int] = []
        networks.before = lambda: noted.append(len(live.session.durable.postings))
        await open_preview(ana, "r")
        await ana.press("enter")
        await ana.sees("mastodon posted")
        assert noted == [1]
        types = [type(event) for event in live.session.log.events()]
        assert types.index(PostingBegun) < types.index(PostingDone)


async def test_a_network_whose_box_is_empty_gets_nothing(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA, ANA_SKY) as (_, ana, _feed):
        await open_preview(ana, "r")
        await ana.press("shift+tab", "shift+tab", "space")
        await ana.sees("[ ] bluesky")
        await ana.press("tab", "tab", "enter")
        await ana.sees("Q1: mastodon posted")
        assert [network for network, _ in networks.public] == ["mastodon"]


async def test_a_text_that_is_too_long_for_one_network_says_for_which_and_does_not_go(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA, ANA_SKY) as (_, ana, _feed):
        dialog = await open_preview(ana, "r")
        dialog.query_one("#text", TextArea).insert("x" * 290 + " ")
        await ana.sees("! 29 characters too long")
        await ana.sees("Too long for bluesky: shorten it, or leave it out.")
        await ana.press("enter")
        assert ana.app.screen is dialog
        assert dialog.query_one("#about-1").has_class("-over")
        assert not dialog.query_one("#about-0").has_class("-over")
        assert networks.public == []


async def test_what_is_written_goes_out_with_the_hashtag_and_counts_with_it(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (_, ana, _feed):
        dialog = await open_preview(ana, "r")
        dialog.query_one("#text", TextArea).text = "Q1: Where is it?"
        await ana.sees("goes out with #navasotaisd")
        await ana.sees(f"{500 - len('Q1: Where is it? #navasotaisd')} characters left")
        await ana.press("enter")
        await ana.sees("mastodon posted")
        assert networks.public == [("mastodon", "Q1: Where is it? #navasotaisd")]


async def test_the_other_desk_sees_who_posted_what_where_and_when(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (live, ana, _), desk_on(live, "Ben") as ben:
        await open_preview(ana, "r")
        await ana.press("enter")
        await ben.sees("Ana posted Q1 to mastodon:school.example")
        await ben.until(lambda: any("▶ Q1" in line and "↗" in line for line in ben.lines()))
        await ana.until(lambda: any("▶ Q1" in line and "↗" in line for line in ana.lines()))
        await ben.press("shift+tab", "enter")
        await ben.sees("mastodon: posted 7:09 by Ana")
        await ben.press("escape", "l")
        await ben.sees("posted Q1 to mastodon:school.example")


async def test_what_the_network_refuses_is_told_in_one_line_and_may_be_sent_again(tmp_path: Path) -> None:
    networks = Networks("mastodon/gotosocial_post_too_long")
    async with a_chat(tmp_path, networks, ANA) as (live, ana, _):
        await open_preview(ana, "r")
        await ana.press("enter")
        await ana.sees("! Q1: mastodon not posted:")
        await live.until(lambda session: any(one.failed for one in session.durable.postings.values()))
        await open_preview(ana, "r")
        await ana.press("enter")
        await ana.sees("Q1: mastodon posted")
        assert networks.public == [("mastodon", QUESTION)]


@pytest.mark.parametrize("fault", ["lost", "late"])
async def test_where_no_answer_comes_it_is_looked_up_and_goes_out_once(tmp_path: Path, fault: str) -> None:
    networks = Networks(fault)
    async with a_chat(tmp_path, networks, ANA) as (_, ana, _feed):
        await open_preview(ana, "r")
        await ana.press("enter")
        await ana.sees("Q1: mastodon posted")
        assert networks.public == [("mastodon", QUESTION)]
        first = networks.asked.index("POST /api/v1/statuses")
        assert any(asked.endswith("/statuses") and asked.startswith("GET") for asked in networks.asked[first:])


BEGUN = {
    "key": "key-00000001", "source": "mastodon:school.example", "account": "ana@school.example",
    "purpose": "question", "subject": "q1", "text": QUESTION,
}  # fmt: skip


@asynccontextmanager
async def left_unfinished(folder: Path, networks: Networks) -> AsyncGenerator[tuple[LiveHub, DeskInHand], None]:
    """Ana's desk was killed after it had noted that it posts; she sits down again."""
    plan = a_plan(sources=("mastodon:school.example",))
    async with live_hub(folder, plan=plan, clock=Time(START + 9 * 60_000).clock()) as live:
        before = await live.join("Ana")
        await before.done("ask", question="q1", seen=None)
        await before.done("begin_posting", **BEGUN)
        async with desk_on(live, office=networks.office(ANA)) as ana:
            yield live, ana


async def test_a_posting_that_was_cut_off_is_looked_up_and_found(tmp_path: Path) -> None:
    networks = Networks()
    poster = networks.office(ANA).poster(ANA)
    await poster.send(Outgoing(BEGUN["key"], QUESTION, START))
    async with left_unfinished(tmp_path, networks) as (live, ana):
        await ana.sees("Q1 to mastodon: posted.")
        assert networks.public == [("mastodon", QUESTION)]
        assert live.session.durable.postings[BEGUN["key"]].post is not None


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


@pytest.mark.parametrize(
    ("accounts", "why"),
    [
        ((), "No account for mastodon or bluesky here: `lunchroom login mastodon school.example`"),
        ((replace(ANA, posts=False),), "Posting is off: `lunchroom login mastodon school.example --posting`"),
    ],
)
async def test_without_an_account_that_may_post_the_text_is_copied_and_why_is_said(
    tmp_path: Path, accounts: tuple[Any, ...], why: str
) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, *accounts) as (_, ana, _feed):
        await ana.press("r")
        await ana.until(lambda: ana.app.clipboard == QUESTION)
        await ana.sees(why)
        await ana.press("escape", "p")
        await ana.sees("Copy what?")
        assert networks.asked == []


async def test_nothing_is_posted_in_a_rehearsal(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (_, ana, _feed):
        ana.model.state.rehearsal = True
        await ana.press("r")
        await ana.sees("This is a rehearsal: nothing is posted.")
        assert networks.asked == []


async def test_who_looks_on_posts_nothing(tmp_path: Path) -> None:
    networks = Networks()
    async with (
        a_chat(tmp_path, networks) as (live, _, _feed),
        desk_on(live, "Head", observer=True, office=networks.office(ANA)) as head,
    ):
        await head.knows(lambda model: model.state.open == "q1")
        await head.press("r")
        await head.until(lambda: head.app.clipboard == QUESTION)
        assert networks.asked == []


async def test_the_question_is_posted_by_who_asks(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks) as (live, _, _f), desk_on(live, "Ben", office=networks.office(ANA)) as ben:
        await ben.knows(lambda model: model.state.open == "q1")
        await ben.press("r")
        await ben.sees("Ana asks the questions. Press d to take over.")
        assert networks.asked == []


async def test_an_enter_held_too_long_posts_nothing_unseen(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (_, ana, _feed):
        await ana.press("r")
        await ana.until(lambda: isinstance(ana.app.screen, PostDialog))
        await ana.pilot.press("enter", "enter")
        dialog = ana.app.screen
        assert isinstance(dialog, PostDialog)
        await ana.until(lambda: dialog.awake_at is not None)
        button = dialog.query_one("#post", Button)
        button.active_effect_duration = 0  # it takes none while it looks pressed
        await ana.until(lambda: not button.has_class("-active"))
        await ana.wait(0.66)  # the longest that a keyboard waits before it repeats
        for _ in range(20):
            await ana.pilot.press("enter")
            await ana.wait(0.22)
        assert isinstance(ana.app.screen, PostDialog)
        assert networks.asked.count("POST /api/v1/statuses") == 0
        await ana.wait(WAKING)
        await ana.pilot.press("enter")
        await ana.sees("mastodon posted")


async def test_again_it_reads_otherwise_and_a_line_twice_is_not_wanted_by_itself(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (_, ana, _feed):
        for _ in range(2):
            await open_preview(ana, "r")
            await ana.press("enter")
            await ana.until(lambda: "posted" in ana.status and "…" not in ana.status)
        assert [text for _, text in networks.public] == [QUESTION, "Q1 again: What about station 1? #navasotaisd"]
        await open_preview(ana, "p", "enter")
        await ana.sees("posted 7:09 by you")
        await ana.sees("Choose at least one network.")


async def test_the_question_is_offered_when_it_opens_and_again_three_minutes_after_it_went_out(tmp_path: Path) -> None:
    networks, clock = Networks(), Clock()
    async with a_chat(tmp_path, networks, ANA, clock=clock) as (_, ana, _feed):
        await ana.sees("Post Q1? Press p, Esc if not.")
        await open_preview(ana, "p", "enter")
        await ana.press("enter")
        await ana.until(lambda: not ana.screen.panes.notice.display)
        clock.pass_by(179)
        ana.screen.tick()
        assert not ana.screen.panes.notice.display
        clock.pass_by(1)
        await ana.sees("Post Q1 again? Press r, Esc if not.")
        await ana.press("h", "down")
        await ana.sees("Post Q1 again?")
        await open_preview(ana, "r")
        await ana.press("enter")
        await ana.until(lambda: not ana.screen.panes.notice.display)
        assert [text for _, text in networks.public] == [QUESTION, "Q1 again: What about station 1? #navasotaisd"]


async def test_the_heads_up_is_offered_45_seconds_before_the_next_question_and_escape_ends_it(tmp_path: Path) -> None:
    networks, clock = Networks(), Clock()
    async with a_chat(tmp_path, networks, ANA, clock=clock) as (_, ana, _feed):
        await ana.sees("Post Q1?")
        await ana.press("escape")
        assert not ana.screen.panes.notice.display
        clock.pass_by(500 - 45)
        await ana.sees("Post the heads-up? Press p, Esc if not.")
        await ana.press("p")
        await ana.until(lambda: ana.app.screen is not ana.screen)
        option = ana.app.screen.query_one(OptionList).highlighted
        assert option is not None
        assert "One more minute." in "\n".join(ana.lines())
        await open_preview(ana, "enter")
        await ana.sees("One more minute. #navasotaisd")
        await ana.press("escape")
        await ana.sees("Post the heads-up?")
        await ana.press("escape")
        ana.screen.tick()
        assert not ana.screen.panes.notice.display


async def test_what_may_be_posted_is_offered_to_who_asks_alone(tmp_path: Path) -> None:
    networks, clock = Networks(), Clock()
    async with (
        a_chat(tmp_path, networks, ANA, clock=clock) as (live, ana, _feed),
        desk_on(live, "Ben", office=networks.office(ANA_SKY), clock=clock.desk) as ben,
    ):
        await ben.knows(lambda model: model.state.open == "q1")
        clock.pass_by(500 - 45)
        await ana.sees("Post Q1?")
        ben.screen.tick()
        assert ben.screen.offered() == ()
        assert not ben.screen.panes.notice.display


X = replace(ANA_SKY, network="x", host="api.x.com", id="x:9", handle="ana_teaches")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_preview_looks_as_it_did(tmp_path: Path, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    networks = Networks()
    plan = a_plan(sources=("mastodon:school.example", "bluesky", "x"), script=SCRIPT)
    async with a_chat(tmp_path, networks, ANA, X, size=size, plan=plan) as (_, ana, _feed):
        await ana.sees("Post Q1?")
        dialog = await open_preview(ana, "p", "enter")
        dialog.query_one(
            "#text", TextArea
        ).text = f"Q1: What about https://example.org/ and this? {'A long one. ' * 22}"
        await ana.sees("a link")
        for child in dialog.query(".frame, .frame > *"):
            assert dialog.region.contains_region(child.region), child
        await ana.pilot.hover(offset=(0, 0))
        assert ana.app.export_screenshot() == snapshot(extension_class=Picture)


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


async def test_nothing_goes_out_once_the_owner_has_switched_posting_off(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (_, ana, _feed):
        await open_preview(ana, "r")
        networks.sign_ins.renew(replace(ANA, posts=False))
        await ana.press("enter")
        await ana.sees("Nothing was posted: how it stands with Q1 has changed meanwhile. Look again.")
        assert networks.public == []


async def test_a_question_that_was_changed_since_it_was_shown_does_not_go_out(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (live, ana, _feed):
        await open_preview(ana, "r")
        elsewhere = await live.join("Ana")
        await elsewhere.done("edit_question", question="q1", text="What about all stations?", notes="")
        await ana.knows(lambda model: "all stations" in model.state.questions["q1"].text)
        await ana.press("enter")
        await ana.sees("Nothing was posted: how it stands with Q1 has changed meanwhile. Look again.")
        assert networks.public == []
        await open_preview(ana, "r")
        await ana.sees("Q1: What about all stations?")


async def test_a_line_that_the_other_posted_meanwhile_is_not_posted_once_more(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA, asked=False) as (live, ana, _feed):
        await open_preview(ana, "p", "enter")
        ben = await live.join("Ben")
        await ben.done("begin_posting", **{**BEGUN, "purpose": "script", "subject": "welcome", "text": "Welcome!"})
        await ben.done("finish_posting", key=BEGUN["key"], post="mastodon:https://school.example/1")
        await ana.knows(lambda model: model.state.postings[BEGUN["key"]].post)
        await ana.press("enter")
        await ana.sees("Nothing was posted: how it stands with Welcome has changed meanwhile.")
        assert networks.public == []


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
