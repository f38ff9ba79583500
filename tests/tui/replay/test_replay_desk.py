"""A saved chat at a replay's desk: what the keys do, what is shown, and that nothing can be changed."""

from functools import cache
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from sessions.core.events import AnyEvent, PersonGreeted
from sessions.core.evolve import fold
from sessions.core.plan import Lookup
from sessions.library.storage.session_file import SessionFile
from sessions.replay import Replay
from tests.sessions.core.building import Chat, a_plan
from tests.sessions.hub.live import live_hub
from tests.sessions.replay.replayed import moderated
from tests.tui.desks import desk_on
from tests.tui.pane_apps import a_chat
from tests.tui.pictures import SIZES, Picture
from tests.tui.replays import replay_of
from tui.desk.dialogs.log import LogDialog
from tui.desk.dialogs.opened_post import OpenedPost
from tui.desk.dialogs.person_card import PersonCard
from tui.desk.keys import DESK
from tui.desk.screen import DeskScreen
from tui.dialogs.choose import ChooseDialog
from tui.replay.from_desk import ReplayFromDesk
from tui.replay.keys import OFF, REPLAY
from tui.replay.model import open_replay
from tui.replay.screen import READ_ONLY, ReplayScreen
from tui.widgets.key_line import KeyLine

MINUTE = 60_000


@cache
def an_hour() -> tuple[AnyEvent, ...]:
    """A recorded hour with two busy moderators."""
    return tuple(moderated("lthechat-on"))


async def test_it_plays_what_both_moderators_did_and_stops_at_the_end() -> None:
    events = a_chat().events
    length = Replay(events).length
    async with replay_of(events) as desk:
        await desk.sees("replay")
        await desk.sees("▶ playing")
        await desk.play(8 * 60)
        assert desk.model.state.open == "q1"
        await desk.play(length)
        assert desk.model.state.digest() == fold(events).digest()
        assert "the end of what was saved" in desk.status
        await desk.sees("■ the end")
        await desk.press("space")
        assert desk.position < MINUTE
        await desk.sees("▶ playing")


async def test_the_status_line_says_who_did_what_as_it_happens() -> None:
    greeted = next(event for event in an_hour() if isinstance(event, PersonGreeted))
    replay = Replay(an_hour())
    async with replay_of(an_hour(), at=replay.position_of(greeted.seq) - 1) as desk:
        await desk.play(0.001)
        name = desk.model.state.people[greeted.person].author.shown
        assert desk.status == f"{greeted.by} greeted {name}"


async def test_a_chat_without_roles_says_nothing_of_them() -> None:
    chat = Chat()
    chat.at += MINUTE
    chat.post("A1: a table", handle="ana")
    async with replay_of(chat.events) as desk:
        await desk.sees("replay")
        assert "nobody asks" not in "".join(desk.lines())


async def test_space_holds_it_and_lets_it_go_on() -> None:
    async with replay_of(an_hour(), at=20 * MINUTE) as desk:
        await desk.press("space")
        await desk.sees("‖ paused")
        before = desk.position
        await desk.play(60)
        assert desk.position == before
        await desk.press("space")
        await desk.play(60)
        assert desk.position >= before + MINUTE


async def test_left_and_right_go_ten_seconds_whatever_the_speed() -> None:
    async with replay_of(an_hour(), at=20 * MINUTE, speed=60) as desk:
        await desk.pilot.press("space")
        before = desk.position
        await desk.press("right", "right")
        assert desk.position == before + 20_000
        await desk.press("left")
        assert desk.position == before + 10_000
        assert desk.model.state.digest() == Replay(an_hour()).seek(desk.position).digest()


async def test_speed_goes_from_half_to_sixty() -> None:
    async with replay_of(an_hour()) as desk:
        for _ in range(9):
            await desk.pilot.press("greater_than_sign")
        await desk.sees("< 60x >")
        for _ in range(9):
            await desk.pilot.press("less_than_sign")
        await desk.sees("< 0.5x >")


async def test_braces_stop_at_each_of_several_newcomers_who_came_at_once() -> None:
    chat = Chat()
    for minute in range(2):
        chat.at += MINUTE
        for number in range(3):
            chat.post(handle=f"new{minute}{number}", newcomer=True)
    chat.at += MINUTE
    chat.post(handle="jim")
    async with replay_of(chat.events) as desk:
        seen = []
        for _ in range(6):
            await desk.press("right_curly_bracket")
            seen.append((desk.position // MINUTE, desk.status.split()[0]))
            await desk.play(0.5)
        assert seen == [(minute + 1, f"New{minute}{number}") for minute in range(2) for number in range(3)]
        await desk.press("left_curly_bracket")
        assert (desk.position // MINUTE, desk.status.split()[0]) == (2, "New11")
        await desk.press("right")
        await desk.press("right_curly_bracket")
        assert "Nobody new" in desk.status


async def test_brackets_go_from_question_to_question_and_braces_to_newcomers_and_stars() -> None:
    moments = Replay(an_hour()).moments
    questions = [moment for moment in moments if moment.kind == "question"]
    finds = [moment for moment in moments if moment.kind != "question"]
    async with replay_of(an_hour()) as desk:
        await desk.pilot.press("space")
        await desk.press("right_square_bracket", "right_square_bracket")
        assert desk.position == questions[1].position
        assert "was asked." in desk.status
        await desk.press("left_square_bracket")
        assert desk.position == questions[0].position
        ahead = next(moment for moment in finds if moment.position > desk.position)
        await desk.press("right_curly_bracket")
        assert desk.position == ahead.position
        assert "starred" in desk.status or "is new" in desk.status
        await desk.press("left_curly_bracket")
        assert desk.position < ahead.position


async def test_t_goes_to_a_time_and_says_what_is_no_time() -> None:
    async with replay_of(an_hour()) as desk:
        await desk.press("space", "t")
        await desk.sees("Go to a time")
        await desk.pilot.press(*"soon", "enter")
        await desk.sees("Write a time like")
        await desk.pilot.press(*["backspace"] * 4, "plus", *"12", "colon", *"30", "enter")
        await desk.until(lambda: desk.position == 12 * MINUTE + 30_000)


async def test_what_would_change_something_is_refused_in_words() -> None:
    async with replay_of(a_chat().events) as desk:
        await desk.play(MINUTE)
        before = desk.model.state.digest()
        for action in OFF:
            desk.screen.say("")
            assert desk.status == ""
            desk.screen.run(action.name)
            assert desk.status == READ_ONLY, action.name
            assert desk.model.state.digest() == before, action.name


async def test_the_keys_of_the_live_desk_are_refused_too() -> None:
    taken = {key for action in REPLAY.actions for key in action.key.split(",")} | {"enter"}
    async with replay_of(a_chat().events) as desk:
        await desk.pilot.press("space")
        for name in [action.name for action in OFF]:
            key = DESK.by_name[name].key
            if key and key not in taken:
                desk.screen.say("")
                await desk.pilot.press(key)
                assert desk.status == READ_ONLY, key


async def test_keys_in_quick_succession_all_count() -> None:
    async with replay_of(an_hour()) as desk:
        await desk.pilot.press("space", "right", "right_square_bracket", "right_square_bracket", "left_square_bracket")
        questions = [moment for moment in Replay(an_hour()).moments if moment.kind == "question"]
        assert desk.position == questions[0].position


async def test_the_card_and_the_log_are_to_read_only_and_as_of_then() -> None:
    async with replay_of(an_hour(), at=40 * MINUTE) as desk:
        await desk.press("space", "enter")
        await desk.until(lambda: isinstance(desk.app.screen, OpenedPost))
        await desk.sees("P Person")
        assert "Star" not in str(desk.app.screen.query_one(KeyLine).render())
        await desk.press("h", "P")
        await desk.until(lambda: isinstance(desk.app.screen, PersonCard))
        assert not desk.app.screen.query("Button, Input")
        await desk.press("escape", "escape", "l")
        await desk.until(lambda: isinstance(desk.app.screen, LogDialog))
        await desk.press("u", "escape")
        assert not isinstance(desk.app.screen, LogDialog)
        assert desk.model.state.digest() == Replay(an_hour()).seek(desk.position).digest()


async def test_tasks_are_shown_as_of_then_and_lead_to_who_did_them() -> None:
    chat = Chat(a_plan(lookups=(Lookup("PBL", "Find one good thing."),)))
    chat.post("Hello!", handle="kim")
    begun = chat.at
    chat.at += 10 * MINUTE
    chat.post("Look #PBL #navasotaisd", handle="mlopez")
    async with replay_of(chat.events, at=begun - chat.events[0].at) as desk:
        await desk.press("K")
        await desk.until(lambda: isinstance(desk.app.screen, ChooseDialog))
        await desk.sees("0 of 1 did it")
        await desk.press("escape")
        await desk.play(20 * 60)
        await desk.press("K")
        await desk.sees("1 of 2 did it")
        await desk.press("enter")
        await desk.sees("done: carries #PBL and #navasotaisd")
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, PersonCard))


async def test_a_replay_of_a_chat_without_tasks_says_so() -> None:
    async with replay_of(a_chat().events) as desk:
        await desk.press("K")
        await desk.sees("The plan sets no tasks.")


async def test_a_click_on_the_sparkline_goes_there_and_one_on_a_label_to_its_question() -> None:
    async with replay_of(an_hour(), size=(100, 30)) as desk:
        await desk.pilot.press("space")
        bar = desk.screen.bar.region
        await desk.pilot.click(offset=(bar.x + 64, bar.y + 1))
        await desk.until(lambda: 40 * MINUTE < desk.position < 60 * MINUTE)
        label = desk.lines()[bar.y].index("Q1")
        await desk.pilot.click(offset=(label + 1, bar.y))
        first = next(moment for moment in Replay(an_hour()).moments if moment.kind == "question")
        await desk.until(lambda: desk.position == first.position)
        await desk.pilot.click(offset=(bar.x + 3, bar.y))
        await desk.sees("▶ playing")


async def test_countdown_and_roster_show_what_they_showed_then() -> None:
    async with replay_of(an_hour(), at=30 * MINUTE) as desk:
        await desk.pilot.press("space")
        now = Replay(an_hour()).started + 30 * MINUTE
        assert abs(desk.model.now() - now) < 1000
        waiting = desk.model.state.to_greet()
        assert waiting
        await desk.sees(waiting[0].author.shown[:8])
        assert "ends" in desk.lines()[1]


@pytest.mark.parametrize("key", ["question_mark", "f", "t", "l"])
async def test_dialogs_and_footer_fit_eighty_by_twenty_four(key: str) -> None:
    async with replay_of(an_hour(), size=(80, 24), at=30 * MINUTE) as desk:
        footer = desk.lines()[-1]
        assert footer.rstrip().endswith("? Help  ^p All actions")
        for name in ("play", "back", "forward", "next_question", "next_moment", "jump"):
            action = REPLAY.by_name[name]
            assert f"{action.shown} {action.footer}  " in footer
        await desk.press("space", key)
        await desk.until(lambda: len(desk.app.screen_stack) == 3)
        assert desk.app.screen.query_one(".frame").region.height <= 24


async def test_in_a_wide_window_what_one_reads_with_stands_at_the_foot_too() -> None:
    async with replay_of(an_hour(), size=(160, 40), at=30 * MINUTE) as desk:
        foot = desk.lines()[-1]
        assert "f Show only  c Copy  P Person  End Newest  l Log  S Sources  R Recap" in foot
        await desk.click("l Log")
        await desk.until(lambda: isinstance(desk.app.screen, LogDialog))


async def test_q_leaves_at_once() -> None:
    async with replay_of(a_chat().events) as desk:
        await desk.press("q")
        await desk.until(lambda: not desk.app.is_running or len(desk.app.screen_stack) <= 1)


def test_a_session_file_opens_as_a_replay(tmp_path: Path) -> None:
    chat = a_chat()
    assert chat.state.plan is not None
    with SessionFile.create(tmp_path, chat.state.plan, started=chat.events[0].at) as file:
        file.commit(chat.events)
    replay = open_replay(file.path)
    assert replay.seek(replay.length).digest() == chat.state.digest()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_replay_looks_as_it_did(size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with replay_of(an_hour(), size=size, at=40 * MINUTE, speed=4) as desk:
        await desk.play(30)
        assert await desk.picture() == snapshot(extension_class=Picture)


async def test_in_a_replay_too_words_are_folded_behind_their_warning() -> None:
    chat = Chat()
    chat.at += MINUTE
    chat.post("A1: cake", warning="food")
    async with replay_of(chat.events, at=2 * MINUTE) as desk:
        await desk.sees("[food] Enter shows it")
        assert not any("cake" in line for line in desk.lines())
        await desk.press("enter")
        await desk.sees("A1: cake")
        assert len(desk.app.screen_stack) == 2, "and no card"
        await desk.press("escape")
        await desk.until(lambda: not any("cake" in line for line in desk.lines()))


async def test_no_worker_of_the_live_desk_runs_in_a_replay(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        assert {worker.name for worker in ana.app.workers} >= {"commands", "follow"}
    async with replay_of(a_chat().events) as desk:
        assert [worker.name for worker in desk.app.workers] == []


def test_the_screens_of_a_chat_are_at_most_three_classes_deep() -> None:
    for screen in (DeskScreen, ReplayScreen, ReplayFromDesk):
        assert len([kind for kind in screen.__mro__ if kind.__module__.startswith(("tui.desk", "tui.replay"))]) <= 3
