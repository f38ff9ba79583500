"""Tasks at the desk: who did them and how that is known, said by hand, posted; and a chat with several hashtags."""

from pathlib import Path
from typing import Any

from textual.widgets import Button

from sessions.core.commands import Mute
from sessions.core.events import PostingBegun, TaskMarked
from sessions.core.plan import Lookup, Plan
from tests.sessions.core.building import START, Chat, a_plan
from tests.sessions.hub.live import Feed, live_hub, seen
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.networks import ANA, Networks
from tests.tui.posting_desk import SCRIPT, Clock, a_chat, open_preview
from tui.desk.dialogs.person_card import PersonCard
from tui.desk.model.elsewhere.tasks import people_of, task_words
from tui.dialogs.choose import ChooseDialog
from tui.widgets.answers.pane_filter import PaneFilter

LATER = START + 2 * 86_400_000


def a_plan_with_tasks(**changed: Any) -> Plan:
    return a_plan(
        hashtags=("navasotaisd", "tasanov"),
        optional_hashtags=("tasanov",),
        lookups=(Lookup("PBL", "Find one good thing about project based learning and share it.", LATER),),
        **changed,
    )


async def listed(desk: DeskInHand) -> None:
    """Return once a list stands."""
    await desk.until(lambda: isinstance(desk.app.screen, ChooseDialog), lambda: "\n".join(desk.lines()))


async def test_who_did_a_task_is_seen_and_a_moderator_says_so_and_takes_it_back(tmp_path: Path) -> None:
    feed, clock = Feed(), Clock()
    hub = live_hub(tmp_path, plan=a_plan_with_tasks(), sources=[feed], clock=clock.hub.clock())
    async with hub as live, desk_on(live, clock=clock.desk, size=(140, 40)) as ana:
        await seen(live, feed, "Our bridges #PBL #navasotaisd", "kim")
        await seen(live, feed, "A1: stations #navasotaisd", "tomk")
        await ana.sees("People 2 · 2 new · #PBL 1")
        await ana.sees("Kim #PBL✓")
        await ana.sees("#PBL    until Wed 7:00 PM  1 of 2")
        await ana.press("K")
        await listed(ana)
        await ana.sees("#PBL  1 of 2 did it · until Wed 7:00 PM")
        await ana.press("enter")
        await ana.sees("#PBL: 1 of 2 did it")
        await ana.sees("done: carries #PBL and #navasotaisd")
        await ana.sees("not done yet")
        await ana.press("down", "enter")
        await ana.until(lambda: isinstance(ana.app.screen, PersonCard))
        await ana.sees("Task #PBL: not done yet")
        ana.app.screen.query_one("#tasks", Button).press()
        await listed(ana)
        await ana.sees("Tasks · Tomk")
        await ana.press("enter")
        await ana.knows(lambda model: len(model.state.task_marks) == 1)
        assert isinstance(live.session.durable.acts[-1], TaskMarked)
        await ana.sees("People 2 · 2 new · #PBL 2")
        await ana.press("l")
        await ana.sees("marked as done: the task #PBL of Tomk")
        await ana.press("escape")
        await ana.until(lambda: ana.app.screen is ana.screen)
        await ana.press("u")
        await ana.sees("People 2 · 2 new · #PBL 1")


async def test_a_task_is_posted_with_the_main_hashtag_and_the_optional_one_where_it_is_wanted(tmp_path: Path) -> None:
    networks = Networks()
    plan = a_plan_with_tasks(sources=("mastodon:school.example",), script=SCRIPT)
    async with a_chat(tmp_path, networks, ANA, plan=plan) as (live, ana, _):
        await ana.press("p")
        await listed(ana)
        await ana.sees("Task #PBL")
        await ana.type(*"Task")
        dialog = await open_preview(ana, "enter")
        assert dialog.text.endswith("share it. Until Wednesday, December 3, 7:00 PM. #navasotaisd")
        await ana.press("ctrl+t")
        await ana.sees("goes out with #tasanov")
        await ana.press("ctrl+t")
        await ana.until(lambda: dialog.text.endswith("#navasotaisd"))
        await ana.press("ctrl+t", "enter")
        await ana.knows(lambda model: any(one.out for one in model.state.postings.values()))
        ((network, text),) = networks.public
        assert (network, text.endswith("7:00 PM. #navasotaisd #tasanov")) == ("mastodon", True)
        (begun,) = (event for event in live.session.durable.acts if isinstance(event, PostingBegun))
        assert begun.subject == "task:PBL"


async def test_posts_of_one_hashtag_alone_by_key_and_their_number(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, plan=a_plan_with_tasks(), sources=[feed]) as live, desk_on(live) as ana:
        await seen(live, feed, "A1: stations #navasotaisd", "kim")
        await seen(live, feed, "A1: the course #tasanov", "tomk")
        await ana.knows(lambda model: len(model.state.posts) == 2)
        await ana.press("f")
        await listed(ana)
        await ana.sees("Only posts with #navasotaisd  1 post")
        await ana.type("#", "t")
        assert ana.screen.panes.answers.shown_filter == PaneFilter("tag", of="tasanov")
        await ana.sees("Answers · #tasanov · 1")


def test_those_are_listed_who_are_counted() -> None:
    chat = Chat(a_plan_with_tasks())
    for handle in ("kim", "tomk", "spam"):
        chat.post("Look", handle=handle)
    chat.do(Mute, person="mastodon:@spam")
    (lookup,) = a_plan_with_tasks().lookups
    assert people_of(chat.state, lookup) == ["mastodon:@kim", "mastodon:@tomk"]
    assert task_words(chat.state, lookup, START).startswith("0 of 2 did it")


async def test_where_the_plan_sets_no_task_that_is_said(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("K")
        await ana.sees("The plan sets no tasks.")
