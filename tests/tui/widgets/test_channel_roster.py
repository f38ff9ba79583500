"""The roster of a channel, and who comes from it into the next hour."""

import datetime
from typing import Any

from sessions.core import commands as c
from sessions.core.channel.months import channel_plan, month_of
from sessions.core.events import KnownPerson, PeopleCarried, PostSeen, SessionOpened
from sessions.core.evolve import evolve
from sessions.core.posts import Author, Post
from sessions.core.state import SessionState
from tests.sessions.core.building import START, Chat, a_plan
from tui.plain.told.looking import people, queue
from tui.plain.told.telling import hour
from tui.widgets.roster_sections import RosterSections

DAY = 86_400_000
DECEMBER = month_of(START, "America/Chicago")


def rows(state: SessionState, now: int) -> list[str]:
    """The lines of the roster."""
    roster = RosterSections()
    roster.update(state, now)
    told = [roster.row(place) for place in range(len(roster))]
    return [
        " ".join("".join(piece.text for piece in (*row.left, *row.right)).split()) for row in told
    ]  # fmt: skip


def seen(seq: int, post: Post, *, newcomer: bool = False) -> PostSeen:
    """The post arrives when it is posted."""
    judged: dict[str, Any] = {"kind": "aside", "filed": None, "newcomer": newcomer}
    return PostSeen(seq=seq, at=post.posted_at, by=None, command=None, post=post, **judged)


def channel() -> SessionState:
    """A month of a channel that knows people from before, and in which somebody new posted."""
    state = SessionState()
    plan = channel_plan(a_plan(), DECEMBER)
    evolve(
        state,
        SessionOpened(seq=1, at=START, by=None, command=None, plan=plan, schema=1, rehearsal=False, kind="channel"),
    )
    known = tuple(
        KnownPerson(Author(f"bluesky:{name}", name, name.title()), at, at, **more)
        for name, at, more in (
            ("maria", START - 40 * DAY, {}),
            ("tom", START - 35 * DAY, {}),
            ("gus", START - 5 * DAY, {"new": True, "greeted_by": "Ben", "greeted_at": START}),
            ("newt", START - 3 * DAY, {"new": True}),
            ("lee", START - 10 * DAY, {}),
        )
    )
    evolve(state, PeopleCarried(seq=2, at=START, by=None, command=None, people=known, last_chat=START - 20 * DAY))
    post = Post("bluesky:1", Author("bluesky:pat", "pat", "Pat"), "hello", START)
    evolve(state, seen(3, post, newcomer=True))
    return state


def test_a_channel_tells_who_is_new_since_the_last_chat_who_is_greeted_and_who_is_quiet() -> None:
    state = channel()
    last = datetime.datetime.fromtimestamp((START - 10 * DAY) / 1000, datetime.UTC)
    told = rows(state, START + DAY)
    assert told[:5] == ["NEW, TO GREET2", "Newt @newt4 days", "Pat @pat24 h", "NEW, GREETED1", "Gus @gusby Ben"]
    assert told[5] == "ACTIVE○ 1 not noticed 1"
    assert told[6].startswith(f"○ Lee @leelast {last:%b}")
    assert [line.partition("last")[0] for line in told[7:]] == ["QUIET FOR A MONTH2", "Tom @tom", "Maria @maria"]
    assert "Quiet for a month, 2: Maria, Tom." in people(state)


def test_who_is_quiet_is_so_no_more_with_the_next_post() -> None:
    state = channel()
    post = Post("bluesky:2", Author("bluesky:tom", "tom", "Tom"), "back", START + DAY)
    evolve(
        state,
        PostSeen(seq=4, at=START + DAY, by=None, command=None, post=post, kind="aside", filed=None, newcomer=False),
    )
    assert "○ Tom @tom1 post" in rows(state, START + DAY)


def test_in_the_next_hour_they_are_no_newcomers_and_welcomed_as_from_the_channel() -> None:
    chat = Chat()
    chat.post("A1: hello", handle="pat", from_channel=True)
    chat.post("A1: hi", handle="newt", newcomer=True)
    person = chat.state.people["mastodon:@pat"]
    assert rows(chat.state, chat.at)[:4] == ["TO GREET1", "Newt @newtnow", "FROM THE CHANNEL1", "Pat @patnow"]
    assert chat.state.newcomers() == 1
    chat.do(c.Greet, "Ben", person=person.author.id)
    assert rows(chat.state, chat.at)[2:4] == ["GREETED1", "Pat @patby Ben"]


def test_in_plain_lines_a_channel_has_days_and_no_clock() -> None:
    state = channel()
    assert queue(state) == ["Monday, December 1: 1 post"]
    assert hour(state, START + DAY) == (
        "Between the chats: 1 post from 1 person. This month goes until Wednesday, December 31."
    )
