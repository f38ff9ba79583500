"""An empty pane says what to expect or what may be wrong."""

from pathlib import Path

from sessions.hub.protocol.seats import Seat
from tests.sessions.core.building import START, Chat, a_plan
from tests.sessions.hub.live import Feed, Time, live_hub
from tests.tui.desks import desk_on
from tui.desk.empty_panes import COMING, no_people, no_posts, no_questions
from tui.desk.keys import DESK
from tui.desk.model.desk import DeskModel


def key_of(name: str) -> str:
    return DESK.by_name[name].shown


def desk_of(chat: Chat | None, scope: str = "moderator") -> DeskModel:
    model = DeskModel(Seat("Ana", scope, ""))  # type: ignore[arg-type]
    if chat is not None:
        model.state = chat.state
    return model


def test_before_anything_is_known_each_pane_says_what_comes_there() -> None:
    model = desk_of(None)
    said = (no_questions(model, key_of), no_posts(model, 0, key_of, filtered=False), no_people(model, 0))
    assert said == COMING


def test_without_questions_there_is_the_key_that_adds_one() -> None:
    chat = Chat(a_plan(0))
    assert no_questions(desk_of(chat), key_of) == "No questions yet. a adds one."
    assert no_questions(desk_of(chat, "observer"), key_of) == "No questions yet."
    assert no_questions(desk_of(Chat()), key_of) == ""


def test_without_posts_there_is_when_they_come_or_who_is_asked() -> None:
    chat = Chat(a_plan(sources=("mastodon:m.example", "bluesky")))
    before = no_posts(desk_of(chat), START - 60_000, key_of, filtered=False)
    assert before == "The chat begins at 7:00. Posts with #navasotaisd come here."
    words = "Nothing yet from mastodon, bluesky; S says how the sources fare. Posts need #navasotaisd."
    assert no_posts(desk_of(chat), START, key_of, filtered=True) == words
    told = Chat(a_plan(sources=("hook:47021",)))
    words = "Nothing yet from hook; S says how the sources fare."
    assert no_posts(desk_of(told), START, key_of, filtered=False) == words
    none = Chat(a_plan(sources=()))
    assert no_posts(desk_of(none), START, key_of, filtered=False).endswith("i adds answers by hand.")
    assert no_posts(desk_of(none, "observer"), START, key_of, filtered=False) == "Nothing yet: no network is read."


async def test_the_desk_says_it_and_says_nothing_where_there_is_something(tmp_path: Path) -> None:
    feed, time = Feed(), Time(START - 20 * 60_000)
    hub = live_hub(tmp_path, sources=[feed], clock=time.clock(), newcomer=lambda _author: False)
    async with hub as live, desk_on(live, size=(160, 24)) as ana:
        await ana.sees("The chat begins at 7:00. Posts with")
        await ana.sees("Nobody here yet.")
        feed.post("We rotate every 12 minutes", "jimr")
        await ana.sees("We rotate")
        await ana.sees("Nobody to greet now.")
        assert "begins at 7:00. Posts" not in "\n".join(ana.lines())
        await ana.press("f", "s")
        await ana.sees("No post is among these. Esc shows all (1).")
        await ana.press("escape")
        await ana.sees("We rotate")
        assert "among these" not in "\n".join(ana.lines())
