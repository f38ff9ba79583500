"""Which posts are looked at, and which stay folded: by key, by palette and by mouse, on a real hub."""

from pathlib import Path

from rich.cells import cell_len
from textual import events
from textual.widgets import OptionList

from tests.sessions.hub.live import Feed, live_hub
from tests.tui.desks import SETTLED, desk_on
from tests.tui.palette import choose_action
from tui.desk.dialogs.person_card import PersonCard
from tui.dialogs.choose import ChooseDialog
from tui.widgets.answers.answer_pane import AnswerPane
from tui.widgets.answers.last_read import AWAY
from tui.widgets.answers.pane_filter import PaneFilter
from tui.widgets.answers.query import parse_query


async def test_f_and_one_more_key_chooses_which_posts_are_shown(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live) as ana:
        feed.post("A1: stations", handle="merle")
        last = feed.post("A2: photos", handle="tomk")
        await ana.until(lambda: ana.screen.panes.answers.cursor == last)
        pane = ana.screen.panes.answers
        await ana.type("f", "1")  # in one read
        assert pane.shown_filter == PaneFilter("question", "q1")
        assert live.session.durable.layers == {}
        await ana.press("escape")
        assert pane.shown_filter == PaneFilter()
        await ana.press("f", "2")  # one after the other, through the list
        assert pane.shown_filter == PaneFilter("question", "q2")
        await ana.type("f", "f")
        assert pane.shown_filter == PaneFilter()
        await ana.type("f", "p")
        assert pane.shown_filter == PaneFilter("person", of="mastodon:@tomk")
        await ana.sees("Answers · only Tomk · 1")
        await ana.type("f", "2", "x")
        assert "Typing?" in ana.status
        assert pane.shown_filter.choice == "person"
        await ana.press("f")
        await ana.until(lambda: isinstance(ana.app.screen, ChooseDialog))
        await ana.sees("Side talk")
        await ana.pilot.click(OptionList, offset=(6, 1))
        assert pane.shown_filter == PaneFilter("question", "q1")


async def test_a_line_in_the_find_language_is_a_filter_and_its_mistake_is_told(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live) as ana:
        feed.post("A1: stations", handle="merle")
        feed.post("A1: more https://a.example", handle="tomk")
        await ana.knows(lambda model: len(model.state.posts) == 2)
        await ana.type("f", "slash")
        await ana.pilot.press(*"q:9")
        await ana.sees("There is no question 9 in this chat.")
        await ana.pilot.press("enter")
        assert ana.screen.panes.answers.shown_filter == PaneFilter()
        await ana.pilot.press(*("backspace",) * 3, *"has:link from:tom", "enter")
        await ana.sees("Answers · has:link from:tom · 1")
        assert ana.screen.panes.answers.has_focus
        await ana.press("escape")
        await ana.sees("Answers · all · 2")


async def test_who_has_not_answered_is_listed_and_opened(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, size=(200, 40)) as ana:
        await choose_action(ana.pilot, ana.until, "who has not", "Who has not answered")
        await ana.until(lambda: "No question is open" in ana.status)
        feed.post("A1: stations", handle="merle")
        feed.post("Hello!", handle="tomk")
        await ana.press("n", "enter")
        await ana.sees("not yet: Tomk")
        await ana.pilot.click(AnswerPane, offset=(8, 0))
        await ana.sees("Not yet answered Q1: 1")
        await ana.pilot.press("enter")
        await ana.until(lambda: isinstance(ana.app.screen, PersonCard))


async def test_a_word_folds_posts_at_both_desks_until_it_is_taken_away(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live) as ana, desk_on(live, "Ben") as ben:
        post = feed.post("A1: s-p-a-m for all", handle="merle")
        await ben.sees("s-p-a-m for all")
        await ana.press("W", "enter")
        await ana.pilot.press(*"spam", "enter")
        await ana.sees("muted word · Enter shows it")
        await ben.sees("muted word · Enter shows it")
        await ben.press("enter")
        await ben.sees("s-p-a-m for all")
        await ben.press("escape")
        await ben.sees("muted word · Enter shows it")
        await ana.press("x")
        await ben.sees("s-p-a-m for all")
        await ana.press("u")
        await ben.sees("muted word · Enter shows it")
        await ana.press("W", "down", "enter")
        await ana.knows(lambda model: not model.state.muted)
        await ben.sees("s-p-a-m for all")
        assert live.session.durable.tally["q1"] == 1
        assert live.session.durable.layers[post].shown is None


async def test_what_is_typed_and_what_is_wrong_with_it_are_read_whole_in_a_narrow_window(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, size=(80, 24)) as ana:
        await ana.press("slash")
        await ana.type(*"is:wrong")
        await ana.sees("Find is:wrong")
        problem = parse_query("is:wrong", ana.model.state).problem
        assert cell_len(problem) > 80
        await ana.sees(problem[:70])
        await ana.sees(problem[-10:])
        await ana.press("backspace", "backspace", "backspace", "backspace", "backspace")
        await ana.type(*"new")
        await ana.until(lambda: not any("is one of" in line for line in ana.lines()))


async def test_filters_of_ones_own_are_listed_with_their_mistakes_and_kept_by_name(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[filters]\n"wrong" = "is:gess"\n"right" = "from:tom"\n', encoding="utf-8")
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, config=config) as ana:
        feed.post("A1: stations", handle="merle")
        feed.post("A2: more", handle="tomk")
        await ana.knows(lambda model: len(model.state.posts) == 2)
        await choose_action(ana.pilot, ana.until, "keep this", "Keep this filter")
        await ana.until(lambda: "All posts are shown" in ana.status)
        await ana.press("f")
        await ana.sees("is: is one of new")
        await ana.pilot.press("k", "w")
        await ana.until(lambda: "wrong: is: is one of new" in ana.status)
        assert ana.screen.panes.answers.shown_filter == PaneFilter()
        await ana.press("f")
        await ana.pilot.press("k", "r")
        await ana.sees("Answers · right · 1")
        await ana.wait(SETTLED)
        await ana.type("f", "2")
        await choose_action(ana.pilot, ana.until, "keep this", "Keep this filter")
        await ana.sees("Keep  q:2")
        await ana.pilot.press("home", *"my ", "enter")
        await ana.until(lambda: "Kept as my q:2" in ana.status)
        assert config.read_text("utf-8").endswith('"my q:2" = "q:2"\n')
        await ana.press("f")
        await ana.pilot.press("k", "m")
        await ana.sees("Answers · my q:2 · 1")


async def test_a_line_says_what_came_while_one_looked_elsewhere(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, size=(80, 24)) as ana:

        async def arrives(text: str) -> None:
            post = feed.post(text, handle="merle")
            await ana.knows(lambda model: post in model.state.posts)
            await ana.until(lambda: ana.screen.drawn)

        def line() -> bool:
            return any("── new since" in one for one in ana.lines())

        await arrives("A1: stations")
        await ana.press("l")  # a dialog that is left at once
        await arrives("A1: one")
        await ana.press("escape")
        await ana.sees("A1: one")
        assert not line()
        await ana.press("l")
        await arrives("A1: two")
        await ana.wait(AWAY)
        await ana.press("escape")
        await ana.until(line)
        await ana.press("end")
        await ana.until(lambda: not line())
        await ana.press("shift+tab", "shift+tab")  # people in the place of answers
        await arrives("A1: three")
        await ana.wait(AWAY)
        await ana.press("tab", "tab")
        await ana.until(line)
        await ana.press("end")
        ana.app.post_message(events.AppBlur())
        await ana.until(lambda: not ana.app.app_focus)
        await arrives("A1: four")
        await ana.wait(AWAY)
        assert not line()
        ana.app.post_message(events.AppFocus())
        await ana.until(line)
