"""Posting from the desk: a text is seen in the preview, sent, and told to all desks."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Button, TextArea

from sessions.core.events import PostingBegun, PostingDone
from sessions.core.plan import Translation
from sessions.networks.source import Delivery
from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Feed
from tests.tui.desks import desk_on
from tests.tui.networks import ANA, ANA_SKY, Networks
from tests.tui.pictures import SIZES, Picture
from tests.tui.posting_desk import BEGUN, QUESTION, SCRIPT, X, a_chat, open_preview
from tests.tui.screen_text import widget_lines
from tui.desk.dialogs.post_dialog import PostDialog
from tui.desk.dialogs.previews.waking import WAKING
from tui.widgets.remarks import HEARD


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


async def test_a_server_that_is_no_mastodon_is_called_by_its_own_name(tmp_path: Path) -> None:
    networks = Networks("mastodon/gotosocial_post_no_auth_401")
    source = Feed("mastodon:school.example")
    async with a_chat(tmp_path, networks, ANA, source=source) as (_, ana, _feed):
        source.put(Delivery(called="GoToSocial"))
        await ana.sees("GoToSocial ok")
        dialog = await open_preview(ana, "r")
        await ana.sees("GoToSocial @ana@school.example")
        await ana.sees("Post to GoToSocial")
        dialog.query_one("#text", TextArea).insert("x" * 500 + " ")
        await ana.sees("Too long for GoToSocial: shorten it")
        dialog.query_one("#text", TextArea).text = QUESTION
        await ana.press("enter")
        await ana.sees("! Q1: GoToSocial not posted:")
        await open_preview(ana, "r")
        await ana.press("enter")
        await ana.sees("Q1: GoToSocial posted")
        await ana.press("l")
        await ana.sees("posted Q1 to GoToSocial (school.example)")


async def test_an_account_s_server_that_the_chat_does_not_read_says_its_name_itself(tmp_path: Path) -> None:
    networks = Networks()
    networks.instance = "mastodon/gotosocial_instance_v2"
    async with a_chat(tmp_path, networks, ANA) as (_, ana, _feed):
        await open_preview(ana, "r")
        await ana.sees("GoToSocial @ana@school.example")
        await ana.press("enter")
        await ana.sees("Q1: GoToSocial posted")


async def test_where_no_account_is_there_the_server_is_called_by_its_own_name(tmp_path: Path) -> None:
    source = Feed("mastodon:school.example")
    async with a_chat(tmp_path, Networks(), source=source) as (_, ana, _feed):
        source.put(Delivery(called="Akkoma"))
        await ana.sees("Akkoma ok")
        await ana.press("r")
        await ana.sees("No account for Akkoma or bluesky here: `lunchroom login mastodon school.example`")


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
        for desk in (ana, ben):
            await desk.until(lambda desk=desk: any("↗" in line for line in widget_lines(desk.screen.panes.queue)))
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
        await ana.sees("That was too soon: nothing went out.")
        assert networks.asked.count("POST /api/v1/statuses") == 0
        await ana.wait(WAKING)
        await ana.pilot.press("enter")
        await ana.sees("mastodon posted")


async def test_again_it_reads_otherwise_and_a_line_twice_is_not_wanted_by_itself(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (_, ana, _feed):
        for name in ("Q1", "Q1 again"):
            await open_preview(ana, "r")
            await ana.press("enter")
            await ana.sees(f"{name}: mastodon posted")
            await ana.wait(HEARD)
        assert [text for _, text in networks.public] == [QUESTION, "Q1 again: What about station 1? #navasotaisd"]
        await open_preview(ana, "p", "enter")
        await ana.sees("posted 7:09 by you")
        await ana.sees("Choose at least one network.")


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
        assert await ana.picture() == snapshot(extension_class=Picture)


async def test_a_question_that_was_changed_since_it_was_shown_does_not_go_out(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (live, ana, _feed):
        await open_preview(ana, "r")
        elsewhere = await live.join("Ana")
        await elsewhere.done("edit_question", question="q1", text="What about all stations?", notes="")
        await ana.knows(lambda model: "all stations" in model.state.questions["q1"].text)
        await ana.press("enter")
        await ana.sees("Nothing was posted: Q1 has changed meanwhile. Look again.")
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
        await ana.sees("Nothing was posted: Welcome has changed meanwhile.")
        assert networks.public == []


async def test_a_question_in_two_languages_is_offered_in_the_one_and_then_in_the_other(tmp_path: Path) -> None:
    networks, plan = Networks(), a_plan(2, sources=("mastodon:school.example",))
    spanish = Translation("es", "P", "¿Y la estación 1?")
    questions = (replace(plan.questions[0], translations=(spanish,)), *plan.questions[1:])
    async with a_chat(tmp_path, networks, ANA, plan=replace(plan, questions=questions)) as (live, ana, _):
        await ana.sees("Post Q1?")
        await open_preview(ana, "p", "enter")
        await ana.press("enter")
        await ana.sees("Q1: mastodon posted")
        await ana.press("p")
        await ana.sees("P1 (Español)")
        await open_preview(ana, "enter")  # on what is offered next
        await ana.sees("P1: ¿Y la estación 1? #navasotaisd")
        await ana.press("enter")
        await ana.until(lambda: len(networks.public) == 2)
        assert [text for _, text in networks.public] == [QUESTION, "P1: ¿Y la estación 1? #navasotaisd"]
        assert [one.begun.subject for one in live.session.durable.postings.values()] == ["q1", "q1:es"]
