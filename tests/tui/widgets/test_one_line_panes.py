"""The lines above and below the panes: header, countdown and status line, at the widths that terminals have."""

import time

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widget import Widget

from sessions.core.commands import Ask, Hold, TakeRole
from sessions.core.events import ModeratorJoined, ModeratorLeft, SourceChanged
from tests.sessions.core.building import START, Chat, a_plan
from tests.tui.pane_apps import HOSTILE, MINUTE, PaneApp, a_chat
from tests.tui.pictures import Picture, picture
from tests.tui.screen_text import widget_lines
from tests.waiting import EVERY, patience
from tui.desk.model.away import Away
from tui.text.wording import zone_of
from tui.widgets.header import DeskHeader, LinkState
from tui.widgets.hour.countdown import CountdownBar
from tui.widgets.status_line import StatusLine

SECOND = 1000

AWAY = Away(START + 21 * MINUTE, START + 22 * MINUTE).words(
    START + 22 * MINUTE - 3 * SECOND, zone_of(a_plan()), goes_on=True
)


async def line_of(pilot: Pilot[None], kind: type[Widget]) -> str:
    await pilot.pause()
    (line,) = widget_lines(pilot.app.query_one(kind))
    return line


# Countdown


async def counted(chat: Chat, now: int, width: int = 100) -> tuple[str, set[str]]:
    async with PaneApp(CountdownBar()).run_test(size=(width, 3)) as pilot:
        bar = pilot.app.query_one(CountdownBar)
        bar.show(chat.state, now)
        line = await line_of(pilot, CountdownBar)
        return line.strip(), {name for name in bar.classes if name.startswith("-")}


def asked() -> Chat:
    chat = Chat(a_plan(5))
    chat.at += 8 * MINUTE
    chat.do(Ask, question="q1", seen=None)
    return chat


@pytest.mark.parametrize(
    ("passed", "shown", "phase"),
    [
        (0, "10:00 left ▕░░░░░░░░░░▏ on time · ends 8:00", set()),
        (300, "05:00 left ▕█████░░░░░▏ on time · ends 8:00", set()),
        (480, "02:00 left, soon over ▕████████░░▏ on time · ends 8:00", {"-warning"}),
        (570, "00:30 LAST MINUTE ▕██████████▏ on time · ends 8:00", {"-danger"}),
        (700, "OVER by 1:40 ▕██████████▏ 1:40 behind · ends 8:01", {"-overtime"}),
    ],
)
async def test_each_phase_has_its_word_and_its_colour(passed: int, shown: str, phase: set[str]) -> None:
    chat = asked()
    line, classes = await counted(chat, chat.at + passed * SECOND)
    assert " ".join(line.split()) == f"Q1 of 5 {shown}"
    assert classes == phase


async def test_held_time_stands_still_and_says_so() -> None:
    chat = asked()
    chat.at += MINUTE
    chat.do(Hold)
    lines = [await counted(chat, chat.at + wait * SECOND) for wait in (0, 45)]
    assert all("09:00 HELD" in line and classes == {"-held"} for line, classes in lines)


@pytest.mark.parametrize("width", [20, 34, 50, 60, 80, 120])
async def test_the_time_left_is_seen_at_every_width(width: int) -> None:
    chat = asked()
    line, _ = await counted(chat, chat.at, width)
    assert line.startswith("Q1")
    assert "10:00" in line


async def test_it_is_drawn_anew_for_each_moment() -> None:
    chat = asked()
    async with PaneApp(CountdownBar()).run_test(size=(80, 3)) as pilot:
        bar = pilot.app.query_one(CountdownBar)
        for passed, left in ((1, "09:59"), (2, "09:58"), (601, "OVER by 0:01"), (1, "09:59")):
            bar.show(chat.state, chat.at + passed * SECOND)
            assert left in await line_of(pilot, CountdownBar)


async def test_a_flash_is_one_change_of_the_line_and_goes_by_itself() -> None:
    chat = asked()
    async with PaneApp(CountdownBar()).run_test(size=(80, 3)) as pilot:
        bar = pilot.app.query_one(CountdownBar)
        bar.show(chat.state, chat.at + 570 * SECOND)
        changes = []
        seen = bar.has_class("-flash")
        for _ in range(3):
            bar.flash()
        async with patience():
            while len(changes) < 2:
                if bar.has_class("-flash") is not seen:
                    seen = not seen
                    changes.append((seen, time.monotonic()))
                await pilot.pause(EVERY)
        bar.flash()
        assert [flashes for flashes, _ in changes] == [True, False]
        assert changes[1][1] - changes[0][1] >= 0.3
        assert not bar.has_class("-flash"), "so soon after another it would flicker"


# Header


async def headed(chat: Chat, link: LinkState, width: int = 120) -> tuple[str, set[str]]:
    async with PaneApp(DeskHeader()).run_test(size=(width, 3)) as pilot:
        header = pilot.app.query_one(DeskHeader)
        header.show(chat.state, link)
        line = await line_of(pilot, DeskHeader)
        return line, {name for name in header.classes if name.startswith("-")}


def with_sources() -> Chat:
    chat = a_chat()
    chat.hear(SourceChanged, source="mastodon:mastodon.social", status="ok", cursor=None)
    chat.hear(SourceChanged, source="bluesky", status="waiting 12 s: rate limit", cursor=None)
    return chat


async def test_which_chat_who_does_what_and_how_the_networks_fare() -> None:
    line, _ = await headed(with_sources(), LinkState(me="Ana"))
    assert line.split(maxsplit=1)[0] == "#navasotaisd"
    for words in ("Stations that work", "Ana asks · Ben greets", "mastodon ok · bluesky waiting 12 s: rate limit"):
        assert words in line


@pytest.mark.parametrize("width", [40, 60, 80, 100])
async def test_nothing_overlaps_when_it_is_narrow(width: int) -> None:
    line, _ = await headed(with_sources(), LinkState(me="Ana"), width)
    assert len(line) <= width
    assert line.startswith("#nav")
    assert "Ana asks" in line
    if width >= 80:
        assert "Stations" in line
        assert "Ben greets" in line


@pytest.mark.parametrize("width", [60, 120])
async def test_being_offline_and_trouble_are_said_in_place_of_the_sources(width: int) -> None:
    line, classes = await headed(with_sources(), LinkState(away=AWAY), width)
    said = "! offline since 7:21, trying again in 3 s"
    assert line.endswith(f"{said}; the chat goes on there" if width >= 80 else said)
    assert "mastodon ok" not in line
    assert classes == {"-offline"}
    line, classes = await headed(with_sources(), LinkState(trouble="the disk is full"), width)
    assert line.endswith("! the disk is full")
    assert classes == {"-trouble"}


def test_when_it_is_tried_again_is_said_and_where_the_chat_goes_on_only_if_it_need_not_be_taken_over() -> None:
    away, zone = Away(START, START + 5 * SECOND), zone_of(a_plan())
    gone = "offline since 7:00"
    assert away.words(START + 4_200, zone, goes_on=False) == (f"{gone}, trying again in 1 s", gone)
    assert away.words(START + 9_000, zone, goes_on=True)[0] == f"{gone}, trying again now; the chat goes on there"


async def test_what_the_others_do_is_told_where_there_is_room_and_what_they_write_before_the_title() -> None:
    link = LinkState(
        me="Ana", where={"Ben": f"at people, writing to {HOSTILE}"}, writing={"Ben": f"writing to {HOSTILE}"}
    )
    line, _ = await headed(with_sources(), link, 200)
    assert "Stations that work" in line
    assert "Ben greets, at people, writing to [@click" in line
    link = LinkState(me="Ana", where={"Ben": "at people, writing to Tom"}, writing={"Ben": "writing to Tom"})
    told = {width: (await headed(with_sources(), link, width))[0] for width in (140, 90, 60)}
    assert "Ben greets, at people, writing to Tom" in told[140]
    assert "Ben greets, writing to Tom" in told[90]
    assert "Ana asks · Ben greets" in told[60]
    away = LinkState(me="Ana", where={"Ben": "at people"})
    assert "Ben greets  " in (await headed(with_sources(), away, 80))[0]


async def test_a_moderator_who_is_not_heard_of_is_away_and_without_a_role_not_named() -> None:
    chat = Chat()
    chat.hear(ModeratorJoined, name="Cy", scope="moderator")
    line, _ = await headed(chat, LinkState(me="Ben", absent=("Ana", "Cy")))
    assert "Ana (away) asks · Ben greets" in line
    assert "Cy" not in line


async def test_who_is_away_who_only_looks_and_who_does_both() -> None:
    chat = Chat()
    chat.hear(ModeratorJoined, name="Eve", scope="observer")
    chat.hear(ModeratorJoined, name="Cy", scope="moderator")
    chat.hear(ModeratorLeft, name="Ben", scope="moderator")
    line, _ = await headed(chat, LinkState(me="Cy"))
    assert "Ana asks · Ben (away) greets · Eve: view only · Cy (you): no role" in line
    chat.do(TakeRole, "Ana", role="greeter")
    line, _ = await headed(chat, LinkState(me="Ana"))
    assert "Ana asks and greets" in line


async def test_who_looks_on_now_is_named_or_counted() -> None:
    line, _ = await headed(Chat(), LinkState(me="Eve", onlookers=("Eve", "Pat")), 140)
    assert "Eve (you): view only · Pat: view only" in line
    line, _ = await headed(Chat(), LinkState(me="Ana", onlookers=("Eve", "Pat", HOSTILE)), 140)
    assert "3 view only" in line
    assert "Eve" not in line
    chat = Chat()
    chat.hear(ModeratorJoined, name="Eve", scope="observer")
    line, _ = await headed(chat, LinkState(me="Ana", onlookers=("Eve", HOSTILE)), 160)
    assert line.count("Eve: view only") == 1
    assert "[31mred" in line


async def test_a_title_stays_text() -> None:
    chat = Chat(a_plan(title=HOSTILE))
    line, _ = await headed(chat, LinkState(), 160)
    assert "[@click=app.exit]press me[/] [Q1] [/b] $text ␛[31mred" in line


# Status line


async def test_what_is_pending_comes_before_what_was_said() -> None:
    async with PaneApp(StatusLine()).run_test(size=(60, 3)) as pilot:
        status = pilot.app.query_one(StatusLine)
        status.say("Ben starred a post by [b]Jim[/b]")
        assert await line_of(pilot, StatusLine) == "Ben starred a post by [b]Jim[/b]"
        status.pend("Asking Q4 … u takes it back", 1600)
        assert await line_of(pilot, StatusLine) == "2 s · Asking Q4 … u takes it back"
        status.pend("Asking Q4 … u takes it back", 900)
        assert await line_of(pilot, StatusLine) == "1 s · Asking Q4 … u takes it back"
        status.say("Q4 is open", "good")
        status.settle()
        assert await line_of(pilot, StatusLine) == "Q4 is open"
        status.say("The hub cannot write: the disk is full.", "trouble")
        assert await line_of(pilot, StatusLine) == "! The hub cannot write: the disk is full."
        status.say("")
        assert await line_of(pilot, StatusLine) == ""


# How they look


@pytest.mark.parametrize("passed", [60, 480, 570, 700])
@pytest.mark.parametrize("width", [120, 80])
async def test_countdown_snapshot(snapshot: SnapshotAssertion, width: int, passed: int) -> None:
    async with PaneApp(CountdownBar()).run_test(size=(width, 3)) as pilot:
        chat = asked()
        pilot.app.query_one(CountdownBar).show(chat.state, chat.at + passed * SECOND)
        assert await picture(pilot) == snapshot(extension_class=Picture)


@pytest.mark.parametrize("width", [120, 80])
@pytest.mark.parametrize("link", [LinkState(me="Ana"), LinkState(away=AWAY)])
async def test_header_snapshot(snapshot: SnapshotAssertion, width: int, link: LinkState) -> None:
    async with PaneApp(DeskHeader()).run_test(size=(width, 3)) as pilot:
        pilot.app.query_one(DeskHeader).show(with_sources().state, link)
        assert await picture(pilot) == snapshot(extension_class=Picture)


async def test_status_snapshot(snapshot: SnapshotAssertion) -> None:
    async with PaneApp(StatusLine()).run_test(size=(80, 3)) as pilot:
        pilot.app.query_one(StatusLine).pend("Asking Q4 … u takes it back, Enter sends now", 1600)
        assert await picture(pilot) == snapshot(extension_class=Picture)
