"""Two desks on one chat: notes, the log, the offer, answers by hand, and a hub that goes away."""

from contextlib import AsyncExitStack
from pathlib import Path

from textual import events
from textual.widgets import Input, OptionList, TextArea

from tests.sessions.hub.live import Feed, live_hub
from tests.sessions.library.building import FaultyDisk
from tests.tui.desks import desk_on
from tests.tui.networks import ANA, Networks
from tests.tui.posting_desk import Clock, a_chat
from tui.desk.dialogs.log import LogDialog
from tui.desk.farewells import CLOSED, LEFT
from tui.widgets.remarks import HEARD, SHOWN


async def test_a_note_reaches_the_other_desk_until_it_is_read(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana, desk_on(live, "Ben") as ben:
        await ana.press("m")
        await ana.pilot.press(*"slow")
        await ana.pilot.press("enter")
        await ben.sees("✉ Ana: slow")
        assert sum("slow" in line for line in ben.lines()) == 1, "said once, not in the status line again"
        await ben.press("escape")
        assert not any("✉" in line for line in ben.lines())
        assert not any("✉" in line for line in ana.lines())


async def test_a_note_is_seen_below_what_may_be_posted(tmp_path: Path) -> None:
    clock = Clock()
    async with a_chat(tmp_path, Networks(), ANA, clock=clock) as (live, ana, _feed):
        await ana.sees("Post Q1?")
        ben = await live.join("Ben")
        await ben.done("note", text="can you take Q3?")
        await ana.sees("✉ Ben: can you take Q3?")
        await ana.sees("Post Q1?")
        await ana.press("escape")
        await ana.until(lambda: not any("Post Q1?" in line for line in ana.lines()))
        assert any("✉ Ben: can you take Q3?" in line for line in ana.lines())
        await ana.press("escape")
        await ana.until(lambda: not ana.screen.panes.notice.display)


async def test_a_draft_survives_escape_and_leaving_asks_for_it(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("m")
        await ana.pilot.press(*"half")
        await ana.press("escape", "m")
        assert ana.app.screen.query_one(Input).value == "half"
        await ana.press("escape", "q")
        await ana.sees("You have begun a note and not sent it.")
        await ana.press("enter")
        await ana.press("q", "right", "enter")
        assert ana.app.return_value == LEFT


async def test_leaving_without_drafts_is_one_key_and_the_chat_goes_on(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("q")
        assert ana.app.return_value == LEFT
        assert live.session.durable.closed_at is None


async def test_why_something_was_refused_stands_until_it_is_read_and_then_goes(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana, desk_on(live, "Ben") as ben:
        await ben.press("n", "enter")
        await ben.sees("! Ana asks the questions.")
        await ana.press("n", "enter")
        await ben.knows(lambda model: model.state.open == "q1")
        assert ben.status.startswith("! Ana asks the questions."), "not overwritten by what Ana does"
        await ben.wait(HEARD)
        assert ben.status == "Ana asked Q1"
        await ben.wait(SHOWN)
        assert ben.status == ""


async def test_what_was_said_goes_when_one_does_something_else(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live), desk_on(live, "Ben") as ben:
        await ben.press("u")
        assert "nothing of yours to take back" in ben.status
        await ben.press("G")
        assert ben.status == ""


async def test_the_log_takes_back_what_the_other_did(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live) as ana, desk_on(live, "Ben") as ben:
        post = feed.post("A1: stations")
        await ana.knows(lambda model: post in model.state.posts)
        await ana.press("h")
        await ben.sees("Ana starred Mlopez's post")
        await ben.press("l")
        assert isinstance(ben.app.screen, LogDialog)
        await ben.press("u")
        await ana.sees("Ben took back: you starred Mlopez's post")
        await ben.press("l")
        await ben.sees("taken back")


async def test_the_log_grows_while_it_is_open_and_the_cursor_stays(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, "Ben", size=(100, 20)) as ben:
        ana = await live.join("Ana")
        await ben.press("l")
        await ben.sees("Nothing yet.")
        options = ben.app.screen.query_one(OptionList)
        await ana.done("note", text="note 0")
        await ben.until(lambda: options.option_count == 1)
        for number in range(1, 20):
            await ana.done("note", text=f"note {number}")
        await ben.until(lambda: options.option_count == 20)
        assert options.highlighted == 0, "the cursor stays on its line"
        await ben.press("end", "up", "up", "up")
        await ben.until(lambda: options.is_vertical_scroll_end)
        end = options.max_scroll_y
        seq = await ana.done("note", text="the latest")
        await ben.until(lambda: options.scroll_y == options.max_scroll_y == end + 1)
        assert options.highlighted == 16
        await ben.press("home")
        await ben.until(lambda: options.scroll_y == 0)
        await ana.done("undo", seq=seq)
        await ben.until(lambda: options.option_count == 22)
        assert (options.highlighted, options.scroll_y) == (0, 0), "who reads elsewhere is left there"
        await ben.press("end", "up")
        await ben.sees("taken back")
        await ben.press("escape")
        assert ben.app.screen is ben.screen


async def test_undo_with_nothing_done_says_so(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live), desk_on(live, "Ben") as ben:
        await ben.press("u")
        assert "nothing of yours to take back" in ben.status


async def test_a_question_that_a_host_posted_is_taken_as_asked_with_one_key(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live) as ana, desk_on(live, "Ben") as ben:
        feed.post("Q2: What about station 2?", handle="ana@mastodon.social")
        await ana.sees("posted Q2. Press y to take it as asked")
        assert not any("Press y" in line for line in ben.lines())
        await ana.press("y")
        await ben.sees("Ana asked Q2")
        await ana.until(lambda: not any("Press y" in line for line in ana.lines()))


async def test_an_offer_is_dismissed_and_stays_so(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live) as ana:
        feed.post("Q2: What about station 2?", handle="ana@mastodon.social")
        await ana.sees("Press y")
        await ana.press("escape")
        feed.post("A2: mine")
        await ana.knows(lambda model: len(model.state.posts) == 2)
        assert not any("Press y" in line for line in ana.lines())
        await ana.press("y")
        assert live.session.durable.open is None


async def test_pasted_answers_are_shown_before_they_are_added_once(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("i")
        ana.app.screen.query_one(TextArea).text = "Maria: A1 stations by colour\nTom: A1 a timer\nno name here"
        await ana.sees("+ Maria  A1 stations by colour")
        await ana.press("ctrl+s")
        await live.until(lambda session: len(session.durable.posts) == 2)
        await ana.sees("2 of 2 answers added")
        assert ana.model.drafts.answers == ""
        await ana.sees("A1 stations by colour")


async def test_lines_pasted_into_the_name_go_into_the_text_at_any_size(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, size=(80, 24)) as ana:
        await ana.press("i")
        pasted = "".join(f"Teacher {number}: A1 stations by colour\r" for number in range(9))
        assert isinstance(ana.app.focused, Input)
        ana.app.post_message(events.Paste(pasted))
        await ana.sees("+ Teacher 0  A1 stations by colour")
        assert ana.app.screen.query_one(Input).value == ""
        await ana.sees("Add 9 answers")
        await ana.sees("Ctrl+S adds")


async def test_one_answer_by_hand_has_the_name_given(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("i")
        await ana.pilot.press(*"Kim", "enter", *"A1", "space", *"rows")
        await ana.press("ctrl+s")
        await live.until(lambda session: len(session.durable.posts) == 1)
        await ana.sees("Kim")


async def test_a_question_is_added_and_edited(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        await ana.press("a")
        await ana.pilot.press(*"Why", "ctrl+s")
        await live.until(lambda session: len(session.durable.order) == 7)
        assert live.session.durable.questions["q7"].label == "7"
        await ana.knows(lambda model: len(model.state.order) == 7)
        await ana.press("shift+tab", "end", "e")
        ana.app.screen.query_one("#minutes", Input).value = "no"
        await ana.press("ctrl+s")
        await ana.sees("Minutes are a number above 0")
        ana.app.screen.query_one("#minutes", Input).value = "4"
        await ana.press("tab", "enter")
        await live.until(lambda session: session.durable.questions["q7"].minutes == 4)


async def test_find_goes_through_matches_and_letters_are_no_commands(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live) as ana:
        posts = [feed.post(text) for text in ("one station", "nothing", "another station")]
        await ana.knows(lambda model: len(model.state.posts) == 3)
        await ana.press("slash")
        await ana.pilot.press(*"station")
        await ana.sees("2 found")
        await ana.press("up")
        first = ana.screen.panes.answers.cursor
        await ana.press("down")
        assert {first, ana.screen.panes.answers.cursor} == {posts[0], posts[2]}
        await ana.press("escape")
        assert ana.focused() is ana.screen.panes.answers
        assert not live.session.durable.acts


async def test_the_filter_shows_only_what_was_chosen(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live) as ana:
        feed.post("A1: corners")
        feed.post("Lovely weather")
        await ana.sees("Lovely weather")
        await ana.press("f")
        await ana.pilot.press("1")
        await ana.pilot.press("enter")
        await ana.until(lambda: not any("Lovely weather" in line for line in ana.lines()))
        await ana.sees("A1: corners")


async def test_ending_asks_first_and_the_desk_stays_readable(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live) as ana:
        feed.post("A1: corners")
        await ana.sees("A1: corners")
        ana.screen.run("close")
        await ana.sees("End the chat?")
        await ana.press("end", "enter")
        await live.until(lambda session: session.durable.closed_at is not None)
        await ana.knows(lambda model: model.state.closed_at is not None)
        await ana.sees("A1: corners")
        await ana.press("h")
        assert "This chat is closed." in ana.status
        await ana.press("q")
        assert ana.app.return_value == CLOSED


async def test_a_hub_that_goes_away_is_said_and_found_again(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(live_hub(tmp_path))
        port = int(first.url.rpartition(":")[2])
        async with desk_on(first) as ana:
            keys, path = first.keys, first.file.path
            await stack.aclose()
            await ana.sees("! offline since ")
            await ana.sees("; the chat goes on there")
            await ana.press("n", "enter")
            assert "nothing was sent" in ana.status
            async with live_hub(tmp_path, path=path, keys=keys, port=port) as second:
                await ana.until(lambda: not any("offline since" in line for line in ana.lines()))
                assert "The chat's computer is back." in ana.status
                await ana.press("n", "enter")
                await second.until(lambda session: session.durable.open == "q1")
                await ana.knows(lambda model: model.state.seq == second.session.durable.seq)
                assert ana.model.state.digest() == second.session.durable.digest()


async def test_a_full_disk_is_said_and_nothing_is_shown_as_done(tmp_path: Path) -> None:
    disk, feed = FaultyDisk(), Feed()
    async with live_hub(tmp_path, sources=[feed], disk=disk) as live, desk_on(live) as ana:
        post = feed.post("A1: corners")
        await ana.knows(lambda model: post in model.state.posts)
        disk.room = 0
        await ana.press("h")
        await ana.until(lambda: ana.status.startswith("! "), lambda: ana.status)
        await ana.until(lambda: ana.lines()[0].rpartition("! ")[1] != "", lambda: ana.lines()[0])
        assert not ana.model.state.layers
        disk.room = None
        await ana.until(lambda: "! " not in ana.lines()[0])
        await ana.press("h")
        await ana.knows(lambda model: model.state.layers[post].starred)
