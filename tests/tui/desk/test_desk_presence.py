"""Two desks of one chat: where the other is, what they write, and asking before both write the same."""

import asyncio
from pathlib import Path

from textual.widgets import TextArea

from sessions.hub.protocol.presence import PresenceRequest
from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Feed, live_hub, seen
from tests.tui.desks import DeskInHand, desk_on
from tui.desk.dialogs.hello_dialog import HelloDialog
from tui.desk.dialogs.question_form import QuestionForm
from tui.desk.presence.marks import SHOWN
from tui.desk.presence.telling import KEEP, REST, Telling
from tui.dialogs.ask import AskDialog


async def test_the_other_desk_shows_where_one_is_and_what_one_writes(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, size=(150, 30)) as ana, desk_on(live, "Ben") as ben:
        await ben.press("t", "enter")
        await ana.sees("Ben greets, at the answers")
        await ben.press("tab")
        await ben.wait(REST)
        await ana.sees("Ben greets, at people")
        await ben.press("shift+tab", "shift+tab", "m")
        await ben.wait(REST)
        await ana.sees("Ben greets, at the questions, writing a note")
        await ana.press("w")
        await ana.sees("at the questions, writing a note")
        await ana.press("escape")
        await ben.press("escape")
        await ben.wait(REST)
        await ana.until(lambda: "note" not in ana.lines()[0])


async def test_who_writes_the_same_is_asked_once_and_escape_leaves_it(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana, desk_on(live, "Ben") as ben:
        await ben.press("shift+tab", "e")
        await ben.until(lambda: isinstance(ben.app.screen, QuestionForm))
        await ben.wait(REST)
        await ana.sees("Ben edits …")
        await ana.press("shift+tab", "e")
        await ana.sees("Ben is editing Q1. Edit too?")
        await ana.press("escape")
        await ana.until(lambda: ana.app.screen is ana.screen)
        await ana.press("e", "enter")
        await ana.until(lambda: isinstance(ana.app.screen, QuestionForm))
        await ana.press("escape")
        await ben.press("escape")
        await ben.wait(REST)
        await ana.until(lambda: not any("Ben edits …" in line for line in ana.lines()))
        await ana.press("e")
        await ana.until(lambda: isinstance(ana.app.screen, QuestionForm))
        assert not any(isinstance(one, AskDialog) for one in ana.app.screen_stack)
        assert ana.app.screen.query_one("#text", TextArea).text


def where_words_stand(desk: DeskInHand) -> list[int]:
    """The lines of the screen with words of posts."""
    return [y for y, line in enumerate(desk.lines()) if "A1: " in line]


async def test_the_others_act_is_marked_on_its_row_for_a_moment_and_nothing_moves(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live) as ana, desk_on(live, "Ben") as ben:
        first = await seen(live, feed, "A1: stations", "tom")
        await seen(live, feed, "A1: corners", "merle")
        for desk in (ana, ben):
            await desk.sees("A1: corners")
        before = where_words_stand(ana)
        await ben.press("up", "h")
        await ana.knows(lambda model: model.state.layers[first].starred)
        await ana.until(lambda: ana.screen.drawn)
        marked = [line for line in ana.lines() if "»" in line]
        assert [words for words in ("Tom", "stations") if any(words in line for line in marked)] == ["Tom", "stations"]
        assert len(marked) == 2, marked
        assert not any("»" in line for line in ben.lines()), "one's own act is no news"
        await ana.wait(SHOWN)
        assert not any("»" in line for line in ana.lines())
        assert where_words_stand(ana) == before
        await ben.press("g")
        await ana.until(lambda: any("»" in line and "Tom" in line and "by Ben" in line for line in ana.lines()))
        await ana.wait(SHOWN)
        await ana.press("n", "enter")
        await ben.until(lambda: any("»" in line and "Q1 What" in line for line in ben.lines()))


async def test_whom_one_greets_stands_beside_them_at_the_others_desk_until_it_is_closed(tmp_path: Path) -> None:
    feed = Feed()
    plan = a_plan(sources=("mastodon:school.example",))
    async with (
        live_hub(tmp_path, plan=plan, sources=[feed]) as live,
        desk_on(live) as ana,
        desk_on(live, "Ben") as ben,
        desk_on(live, "Olga", observer=True) as olga,
    ):
        await seen(live, feed, "A1: I am new", "tom@other.example", name="mastodon:https://other.example/1")
        for desk in (ana, ben):
            await desk.sees("Tom")
            await desk.press("tab", "p")
            await desk.sees("  Tom@Other.Example    ")
        await ben.press("enter")
        await ben.until(lambda: isinstance(ben.app.screen, HelloDialog))
        await ben.wait(REST)
        await ana.until(lambda: bool(ana.model.others) and ana.model.others[0].claim is not None)
        await ana.press("enter")
        await ana.sees("Ben is greeting Tom@Other.Example. Write too?")
        await ana.press("escape")
        await ana.until(lambda: ana.app.screen is ana.screen)
        await ana.sees("✎ Ben")
        await ana.press("p", "enter", "enter")
        await ana.until(lambda: isinstance(ana.app.screen, HelloDialog))
        await ana.press("escape")
        await ben.press("escape")
        await ben.wait(REST)
        await ana.until(lambda: not any("✎ Ben" in line for line in ana.lines()))
        assert olga.model.others == ()
        assert not any("at people" in line for line in olga.lines())


async def test_what_a_dead_desk_wrote_is_gone(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live) as ana:
        async with desk_on(live, "Ben") as ben:
            await ben.press("m")
            await ben.wait(REST)
            await ana.sees("writing a note")
        await ana.until(lambda: "note" not in ana.lines()[0])


def telling(tells: list[PresenceRequest], now: list[float], *, heard: bool = True) -> Telling:
    async def tell(where: PresenceRequest) -> bool:
        tells.append(where)
        return heard

    return Telling(tell, lambda: now[0])


async def test_a_desk_tells_changes_once_a_second_and_else_every_twelve() -> None:
    now = [100.0]
    told = telling([], now)
    here, there = PresenceRequest("people"), PresenceRequest("answers")
    assert told.due(here)
    assert not told.due(there)
    now[0] += REST
    assert told.due(there)
    now[0] += KEEP - 0.1
    assert not told.due(there)
    now[0] += 0.1
    assert told.due(there)
    now[0] += REST
    told.anew()
    assert told.due(there), "another hub may answer now"


async def test_an_older_hub_is_told_nothing_until_another_answers() -> None:
    now, tells = [100.0], list[PresenceRequest]()
    told = telling(tells, now, heard=False)
    assert told.due(PresenceRequest("people"))
    await told.tell(PresenceRequest("people"))
    now[0] += KEEP
    assert not told.due(PresenceRequest("answers"))
    told.anew()
    assert told.due(PresenceRequest("answers"))


async def test_what_is_told_later_arrives_later_however_slow_the_hub_is() -> None:
    arrived: list[str] = []
    slow = asyncio.Event()

    async def tell(where: PresenceRequest) -> bool:
        if where.pane == "people":
            await slow.wait()
        arrived.append(where.pane)
        return True

    told = Telling(tell, lambda: 100.0)
    both = asyncio.gather(told.tell(PresenceRequest("people")), told.tell(PresenceRequest("answers")))
    await asyncio.sleep(0)
    slow.set()
    await both
    assert arrived == ["people", "answers"]
