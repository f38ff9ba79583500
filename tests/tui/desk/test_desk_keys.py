"""Keys on a real hub: what they show at once, what they send, and what stray ones do not."""

from pathlib import Path

from textual import events

from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Feed, live_hub
from tests.tui.desks import desk_on
from tui.desk.farewells import LEFT

THANKS = ("t", "h", "a", "n", "k", "s")


async def test_next_is_shown_for_two_seconds_and_then_sent(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("n")
        assert "Asking Q1 … u takes it back, Enter sends now" in ana.status
        assert live.session.durable.open is None
        await ana.wait(2)
        await live.until(lambda session: session.durable.open == "q1")
        await ana.sees("You asked Q1")


async def test_enter_sends_at_once(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("n", "enter")
        await live.until(lambda session: session.durable.open == "q1")
        await ana.wait(3)
        await ana.knows(lambda model: model.state.open == "q1")
        assert len(live.session.durable.openings) == 1


async def test_a_second_act_takes_the_place_of_one_that_waits_and_says_so(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("d", "t")
        assert "Handing over greeting, not handing over asking … u takes it back" in ana.status
        await ana.press("enter")
        await live.until(lambda session: session.durable.roles == {"driver": "Ana", "greeter": None})


async def test_undo_takes_back_what_was_not_sent(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("n", "u")
        assert "Taken back; nothing was sent" in ana.status
        await ana.wait(3)
        assert live.session.durable.open is None


async def test_undo_takes_back_what_was_sent_and_says_what(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("n", "enter")
        await ana.knows(lambda model: model.state.open == "q1")
        await ana.press("u")
        await ana.knows(lambda model: model.state.open is None)
        assert "took back: you asked Q1" in ana.status


async def test_thanks_typed_into_the_desk_does_nothing(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live) as ana:
        feed.post("Good evening, all")
        await ana.sees("Good evening")
        before = live.session.durable.seq
        await ana.type(*THANKS)
        await ana.wait(5)
        assert "Typing? Press / to find or i to add answers" in ana.status
        assert len(ana.app.screen_stack) == 2, "no dialog opened"
        assert live.session.durable.seq == before


async def test_typing_ended_by_enter_sends_nothing(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.type("o", "n", "enter")
        await ana.wait(5)
        assert live.session.durable.open is None
        assert len(ana.app.screen_stack) == 2


async def test_typing_drops_what_waited_to_be_sent(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("n")
        await ana.type("i", "c", "e")
        await ana.wait(5)
        assert live.session.durable.open is None


async def test_a_paste_does_nothing(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        ana.app.post_message(events.Paste("n"))
        await ana.wait(5)
        assert "Typing?" in ana.status
        assert live.session.durable.open is None


async def test_a_command_while_the_other_asked_is_refused_in_words(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        other = live.desk(next(one.token for one in live.keys.admitted if one.name == "Ana"))
        await ana.press("n")
        await other.done("ask", question="q1", seen=None)
        await ana.press("enter")
        await ana.sees("Q1 is open by now. Look first. Press n to ask the next question.")
        assert len(live.session.durable.openings) == 1


async def test_the_greeters_n_says_who_asks(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live), desk_on(live, "Ben") as ben:
        await ben.press("n")
        assert "Ana asks the questions. Press d to take over." in ben.status


async def test_taking_over_asking_is_seen_by_both(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana, desk_on(live, "Ben") as ben:
        await ben.press("d", "enter")
        await ana.sees("Ben took over asking")
        await ana.sees("Ben asks")
        await ben.press("d", "enter")
        await ana.sees("nobody asks")


async def test_the_countdown_is_held_lengthened_and_shortened(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("n", "enter")
        await ana.knows(lambda model: model.state.timer)
        await ana.press("plus")
        await ana.knows(lambda model: model.state.timer.added == 60)
        await ana.press("minus")
        await ana.knows(lambda model: model.state.timer.added == 0)
        await ana.press("space")
        await ana.sees("held")
        await ana.press("space")
        await ana.knows(lambda model: model.state.timer.held is None)


async def test_a_skipped_question_is_left_out_and_brought_back(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("s", "enter")
        await ana.knows(lambda model: model.state.skipped == {"q1"})
        await ana.press("shift+tab", "home", "s", "enter")
        await ana.knows(lambda model: not model.state.skipped)


async def test_the_last_question_has_no_next(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        for question in live.session.durable.order:
            await ana.press("n", "enter")
            await ana.knows(lambda model, wanted=question: model.state.open == wanted)
        await ana.press("n")
        assert "No question is waiting" in ana.status
        await ana.press("b", "enter")
        await ana.knows(lambda model: len(model.state.openings) == len(model.state.order) + 1)


async def test_an_observer_may_only_look(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana, desk_on(live, "Head", observer=True) as head:
        await ana.sees("Head: view only")
        await head.sees("Head (you): view only")
        before = live.session.durable.seq
        await head.press("n", "enter", "h", "space")
        assert "only moderators" in head.status or "looking on" in head.status
        assert live.session.durable.seq == before


async def test_the_wanted_role_is_taken_on_arrival(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana, desk_on(live, "Ben", role="greeter"):
        await live.until(lambda session: session.durable.roles == {"driver": "Ana", "greeter": "Ben"})
        await ana.sees("Ben greets")


async def test_a_click_on_the_header_offers_the_roles(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live), desk_on(live, "Ben") as ben:
        await ben.pilot.click("DeskHeader")
        await ben.sees("Who does what?")
        await ben.press("enter")
        await ben.until(lambda: "Taking over asking" in ben.status)
        await ben.wait(2)
        await live.until(lambda session: session.durable.roles["driver"] == "Ben")


async def test_script_lines_and_the_open_question_are_copied(tmp_path: Path) -> None:
    plan = a_plan(script={"welcome": "Welcome to [b]#navasotaisd[/b]!"})
    async with live_hub(tmp_path, plan=plan) as live, desk_on(live) as ana:
        await ana.press("p")
        await ana.sees("Welcome to [b]#navasotaisd[/b]!")
        await ana.press("enter")
        await ana.until(lambda: ana.app.clipboard == "Welcome to [b]#navasotaisd[/b]!")
        await ana.press("escape", "r")
        assert "No question is open yet." in ana.status
        await ana.press("n", "enter")
        await ana.knows(lambda model: model.state.open == "q1")
        await ana.press("r")
        await ana.until(lambda: ana.app.clipboard == "Q1: What about station 1? #navasotaisd")


async def test_ctrl_c_says_how_to_leave(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("ctrl+c")
        await ana.until(lambda: ana.status == "q leaves the desk; the chat goes on.", lambda: ana.status)


async def test_a_question_that_waits_is_dropped_when_the_other_takes_over_asking(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana, desk_on(live, "Ben") as ben:
        await ana.press("n")
        await ben.press("d", "enter")
        await ana.sees("Ben asks the questions now; nothing was sent.")
        await ana.wait(2)
        assert live.session.durable.open is None


async def test_leaving_sends_what_waits(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("n", "q")
        await live.until(lambda session: session.durable.open == "q1")
        await ana.until(lambda: ana.app.return_value == LEFT)


async def test_enter_in_the_find_line_sends_nothing_that_waits(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("n", "slash", "s", "enter")
        assert ana.focused() is ana.screen.panes.answers
        assert "u takes it back" in ana.status
        assert live.session.durable.open is None
