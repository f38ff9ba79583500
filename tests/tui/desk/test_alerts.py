"""Alerts: each once for its cause, none that is off, and always in words too."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.core.commands import AddTime, Ask, Close, Greet, Hold, MuteWord, Refused, Resume
from sessions.core.events import SourceChanged
from tests.sessions.core.building import START, Chat, a_plan
from tests.sessions.hub.hours import StillClock
from tests.sessions.hub.live import Feed, Time, live_hub
from tests.thorough import examples
from tests.tui.desks import desk_on
from tui.desk.alerts.causes import Cause, causes
from tui.desk.alerts.memory import AlertMemory, together
from tui.shell.alert_config import ALERTS, MINUTES, AlertWay

MINUTE, SECOND = 60_000, 1_000

ALL = {name: AlertWay(True, True, MINUTES.get(name, 0)) for name in ALERTS}


class Watch:
    """Looks at a chat in memory again and again, as a desk does."""

    def __init__(self, chat: Chat, wanted: Any = None) -> None:
        self.chat = chat
        self.wanted = ALL if wanted is None else wanted
        self.memory = AlertMemory()
        self.seen = 0

    def look(self) -> list[Cause]:
        state = self.chat.state
        posts, self.seen = [*state.posts][self.seen :], len(state.posts)
        found = causes(state, self.chat.at, self.wanted, posts, self.memory.people_done)
        return self.memory.due(found, self.chat.at)

    def words(self) -> str:
        return together(self.look())


def test_the_last_minute_and_the_end_of_a_question_alert_once() -> None:
    chat = Chat(a_plan(5))
    watch = Watch(chat)
    heard = []
    for _ in range(9 * 60):
        chat.at += SECOND
        heard += watch.look()
    assert [cause.words for cause in heard] == [
        "The last minute of the introductions.",
        "The introductions are over: time for a question.",
    ]
    chat.do(Ask, question="q1", seen=None)
    heard = []
    for _ in range(11 * 60):
        chat.at += SECOND
        heard += watch.look()
    assert [cause.words for cause in heard] == ["The last minute of Q1.", "Q1 is over its time."]
    chat.do(AddTime, seconds=-60)
    assert watch.look() == [], "it was over before"
    chat.do(AddTime, seconds=240)
    assert watch.look() == []
    chat.at += 90 * SECOND
    assert watch.words() == "The last minute of Q1."
    chat.do(Hold)
    chat.at += 9 * MINUTE
    assert watch.look() == []
    chat.do(Resume)
    assert watch.look() == []
    chat.do(Close)
    assert watch.look() == []


def test_newcomers_who_wait_long_are_told_together_and_not_those_who_were_greeted() -> None:
    chat = Chat(a_plan(5))
    watch = Watch(chat, {"newcomer_waits": AlertWay(True, False, 5)})
    for name in ("tom", "mia"):
        chat.post("Hello!", handle=name, newcomer=True)
    chat.at += 5 * MINUTE - 1
    assert watch.look() == []
    chat.at += 1
    assert watch.words() == "Tom has waited 5 min for a hello. And 1 more."
    assert watch.look() == []
    for name in ("ida", "sam"):
        chat.post("Hello!", handle=name, newcomer=True)
    chat.at += 5 * MINUTE + 30 * SECOND
    chat.do(Greet, "Ben", person="mastodon:@ida")
    assert watch.words() == "Sam has waited 5 min for a hello."


def test_those_who_wait_on_are_found_once() -> None:
    chat = Chat(a_plan(5))
    watch = Watch(chat, {"newcomer_waits": AlertWay(True, False, 5)})
    for number in range(100):
        chat.post("Hello!", handle=f"m{number}", newcomer=True)
    chat.at += 6 * MINUTE
    assert watch.words() == "M0 has waited 5 min for a hello. And 99 more."
    chat.at += 2 * MINUTE
    assert causes(chat.state, chat.at, watch.wanted, (), watch.memory.people_done) == []
    assert len(causes(chat.state, chat.at, watch.wanted)) == 100


def test_a_silent_network_alerts_once_until_it_is_heard_again() -> None:
    chat = Chat(a_plan(5))
    chat.hear(SourceChanged, source="mastodon:m.example", status="ok", cursor=None)
    watch = Watch(chat, {"network_silent": AlertWay(True, False, 10)})
    assert watch.look() == []
    chat.at += 10 * MINUTE
    assert watch.words() == "Nothing from mastodon for 10 min."
    chat.at += 10 * MINUTE
    assert watch.look() == []
    chat.post("still here")
    assert watch.look() == []
    chat.at += 11 * MINUTE
    assert watch.words() == "Nothing from mastodon for 10 min."


def test_posts_with_muted_words_alert_as_they_come() -> None:
    chat = Chat(a_plan(5))
    chat.do(MuteWord, word="follow back")
    watch = Watch(chat, {"muted_words": AlertWay(True, False)})
    chat.post("hello", handle="tom")
    assert watch.look() == []
    chat.post("F o l l o w back!", handle="bot")
    assert watch.words() == "A post with a muted word came; it is folded."
    for _ in range(3):
        chat.post("follow back please", handle="bot")
        assert watch.look() == []
    chat.at += 2 * MINUTE
    assert watch.words() == "A post with a muted word came; it is folded. And 2 more."


ACTS = st.sampled_from(
    ["ask", "more", "less", "hold", "resume", "post", "new", "greet", "rude", "second", "minute", "long"]
)


def act(chat: Chat, what: str) -> None:
    state = chat.state
    try:
        match what:
            case "ask" if (question := state.next_question()) is not None:
                chat.do(Ask, question=question, seen=state.open)
            case "more" | "less":
                chat.do(AddTime, seconds=60 if what == "more" else -60)
            case "hold":
                chat.do(Hold)
            case "resume":
                chat.do(Resume)
            case "post" | "new" | "rude":
                words = "follow back" if what == "rude" else "hello"
                chat.post(words, handle=f"p{len(state.posts)}", newcomer=what == "new")
            case "greet" if waiting := state.to_greet():
                chat.do(Greet, "Ben", person=waiting[0].author.id)
            case "second" | "minute" | "long":
                chat.at += {"second": SECOND, "minute": MINUTE, "long": 11 * MINUTE}[what]
    except (Refused, AssertionError):
        pass  # what cannot be done now


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(ACTS, max_size=60), st.sets(st.sampled_from(ALERTS)))
def test_never_twice_for_one_cause_and_none_that_is_off(acts: list[str], on: set[Any]) -> None:
    chat = Chat(a_plan(5))
    chat.hear(SourceChanged, source="mastodon:m.example", status="ok", cursor=None)
    chat.do(MuteWord, word="follow back")
    watch = Watch(chat, {name: way for name, way in ALL.items() if name in on})
    told: Counter[tuple[str, str]] = Counter()
    for what in acts:
        act(chat, what)
        for _ in range(2):  # a second look at the same moment
            told.update((cause.name, cause.what) for cause in watch.look())
    assert all(count == 1 for count in told.values())
    assert {name for name, _ in told} <= on


async def test_at_a_desk_an_alert_rings_flashes_and_is_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[alerts]\nlast_minute = "bell"\nover = "flash"\nmuted_words = "bell"\n')
    at_desk = Time(START + 9 * MINUTE)
    feed, time = Feed(), Time(START + 9 * MINUTE)
    plan = a_plan(5, muted=("follow back",))
    async with live_hub(tmp_path, plan=plan, sources=[feed], clock=time.clock()) as live:
        before = feed.post("follow back, all")
        await live.until(lambda session: before in session.durable.posts)
        async with desk_on(live, size=(100, 30), config=config, clock=StillClock(at_desk)) as ana:
            rung: list[str] = []
            monkeypatch.setattr(ana.app, "bell", lambda: rung.append(ana.status))
            countdown = ana.screen.panes.countdown
            await ana.press("n", "enter")
            await ana.knows(lambda model: model.state.open == "q1")
            at_desk.now += 9 * MINUTE + 10_000
            await ana.sees("The last minute of Q1.")
            assert len(rung) == 1
            assert not countdown.has_class("-flash")
            assert "LAST MINUTE" in ana.lines()[1]
            at_desk.now += MINUTE
            await ana.until(lambda: countdown.has_class("-flash"))
            await ana.sees("Q1 is over its time.")
            await ana.until(lambda: not countdown.has_class("-flash"))
            feed.post("please follow back")
            await ana.knows(lambda model: len(model.state.posts) == 2)
            at_desk.now += 2000
            await ana.until(lambda: len(rung) == 2)
            assert "OVER" in ana.lines()[1]


async def test_nothing_rings_where_nothing_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time(START + 9 * MINUTE)
    async with live_hub(tmp_path, clock=time.clock()) as live, desk_on(live, clock=StillClock(time)) as ana:
        rung: list[int] = []
        monkeypatch.setattr(ana.app, "bell", lambda: rung.append(1))
        await ana.press("n", "enter")
        await ana.knows(lambda model: model.state.open == "q1")
        time.now += 60 * MINUTE
        await ana.sees("OVER")
        assert rung == []
        assert not ana.screen.panes.countdown.has_class("-flash")
