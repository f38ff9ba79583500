"""The numbers of a series, on small series whose numbers can be counted by hand."""

import csv
import datetime
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sessions.core.channel.months import CHANNEL, Month, channel_plan
from sessions.core.commands.vocabulary import AddPost, Ask, Close, Greet, Highlight, Mute, Tag, Undo
from sessions.core.events import SCHEMA, PostSeen, SessionOpened
from sessions.core.evolve import evolve, fold
from sessions.core.people import Account, PersonRecord, Register
from sessions.core.plan import Host, Lookup
from sessions.core.posts import Author, Post
from sessions.core.state import SessionState
from sessions.reports.growth import TABLES, Growth, SessionGrowth, TaskDone, growth, to_csv, to_json
from tests.sessions.core.building import START, Chat, a_plan

WEEK = 7 * 24 * 3600 * 1000


def a_chat(week: int, *handles: str, new: str = "", **plan: Any) -> Chat:
    """A chat so many weeks on, in which these people post once; `new` has the letters of the newcomers."""
    starts = datetime.datetime(2025, 12, 1, 19) + datetime.timedelta(weeks=week)  # noqa: DTZ001 - a wall time
    at = START + week * WEEK
    chat = Chat(a_plan(starts=starts, starts_at=at, **plan), first=week == 0, at=at)
    for handle in handles:
        chat.post(handle=handle, newcomer=handle in new)
    return chat


def grown(*chats: Chat, people: Register | None = None, **dates: datetime.date) -> Growth:
    """The growth of these chats; the first has the id `s0`."""
    states = ((f"s{number}", fold(chat.events)) for number, chat in enumerate(chats))
    return growth("navasotaisd", states, people or Register(), **dates)


def only(*chats: Chat, **more: Any) -> SessionGrowth:
    """The growth of the last of these chats."""
    return grown(*chats, **more).sessions[-1]


# Who comes


def test_who_is_new_who_was_here_before_and_who_came_back() -> None:
    found = grown(a_chat(0, *"abc", new="abc"), a_chat(1, *"bd", new="d"), a_chat(2, *"acde", new="e"))
    assert [(one.people, one.first_timers, one.returning) for one in found.sessions] == [
        (3, 3, 0),
        (2, 1, 1),
        (4, 1, 3),
    ]
    assert [(one.came_back, one.later) for one in found.sessions] == [(3, (1, 2)), (1, (1,)), (None, ())]
    assert (found.people, found.first_timers, found.came_back) == (5, 5, 4)


def test_a_pause_is_told_and_the_next_chat_is_the_next_one_held() -> None:
    found = grown(a_chat(0, "a", new="a"), a_chat(9, "a"))
    assert [one.days for one in found.sessions] == [None, 63]
    assert found.sessions[0].later == (1,)


def test_one_chat_alone() -> None:
    found = grown(a_chat(0, *"ab", new="ab"))
    (one,) = found.sessions
    assert (one.people, one.first_timers, one.came_back, one.later, one.days) == (2, 2, None, (), None)
    assert one.first_chat


def test_no_chat_at_all() -> None:
    found = grown()
    assert (found.people, found.sessions, found.schools.others) == (0, (), None)


def test_hosts_are_not_counted_as_people_but_as_coming_back() -> None:
    hosted = a_plan().hosts[0].handles[0].partition(":")[2]
    assert only(a_chat(0, "a", hosted, new="a")).people == 1
    later = a_chat(1, "a", hosts=(Host("A", ("a",)),))
    found = grown(a_chat(0, "a", new="a"), later)
    assert (found.sessions[0].came_back, found.sessions[1].people) == (1, 0)


def test_whoever_was_muted_is_not_counted_in_that_chat() -> None:
    chat = a_chat(0, *"ab", new="ab")
    chat.do(Mute, person="mastodon:@b")
    found = grown(chat, a_chat(1, *"ab"))
    assert [one.people for one in found.sessions] == [1, 2]
    assert found.sessions[1].first_timers == 0


def test_whoever_is_muted_for_good_is_counted_nowhere() -> None:
    register = Register()
    register.note("s0", fold(a_chat(0, *"ab", new="ab").events))
    register.find("b").write({"muted": True})
    assert grown(a_chat(0, *"ab", new="ab"), people=register).people == 1


def test_joined_accounts_are_one_person_who_is_new_once() -> None:
    chats = a_chat(0, "a", new="a"), a_chat(1, *"ab", new="b")
    register = Register()
    for number, chat in enumerate(chats):
        register.note(f"s{number}", fold(chat.events))
    assert grown(*chats).sessions[1].people == 2
    register.join("a", "b")
    found = grown(*chats, people=register)
    assert (found.sessions[1].people, found.sessions[1].first_timers, found.people) == (1, 0, 1)


def test_the_people_handed_in_stay_as_they_are() -> None:
    register = Register()
    register.note("elsewhere", fold(a_chat(3, "a", new="a").events))
    grown(a_chat(0, *"ab", new="ab"), people=register)
    assert [list(one.chats()) for one in register] == [["elsewhere"]]


def test_nobody_is_new_again_because_a_file_is_lost() -> None:
    """The chat itself says that they were no newcomers, though nothing earlier is saved here."""
    found = only(a_chat(1, *"ab", new="b"))
    assert (found.first_timers, found.returning) == (1, 1)


def test_nobody_stays_new_when_an_earlier_chat_is_imported_later() -> None:
    found = grown(a_chat(0, "a", new="a"), a_chat(1, "a", new="a"))
    assert [one.first_timers for one in found.sessions] == [1, 0]


def test_rehearsals_and_chats_in_which_nobody_posted_do_not_count() -> None:
    rehearsal = SessionState()
    chat = a_chat(0, "a", new="a")
    opened = chat.events[0]
    assert isinstance(opened, SessionOpened)
    played = SessionOpened(seq=1, at=opened.at, by=None, command=None, plan=opened.plan, schema=SCHEMA, rehearsal=True)
    fold([played, *chat.events[1:]], rehearsal)
    assert growth("x", [("s0", rehearsal), ("s1", a_chat(1).state)], Register()).sessions == ()


def test_a_person_whose_only_answer_was_taken_back_was_not_there() -> None:
    chat = a_chat(0, "a", new="a")
    (added,) = chat.do(AddPost, text="A1: by hand", author="Zoe", url=None)
    assert only(chat).people == 2
    chat.do(Undo, seq=added.seq)
    assert only(chat).people == 1


def test_dates_choose_what_is_shown_and_not_who_was_there_before() -> None:
    chats = [a_chat(0, *"ab", new="ab"), a_chat(1, *"bc", new="c"), a_chat(2, *"ac")]
    shown = grown(*chats, since=datetime.date(2025, 12, 8), until=datetime.date(2025, 12, 8))
    (one,) = shown.sessions
    assert (one.people, one.first_timers, one.came_back, one.days, one.first_chat) == (2, 1, None, 7, False)
    assert (shown.people, shown.since, shown.until) == (2, "2025-12-08", "2025-12-08")
    assert grown(*chats, since=datetime.date(2030, 1, 1)).sessions == ()


# Answers and greetings


def test_answers_of_each_question_that_was_asked_or_answered() -> None:
    chat = a_chat(0)
    for question, seen in (("q1", None), ("q2", "q1")):
        chat.do(Ask, question=question, seen=seen)
    for handle in "abc":
        chat.post(handle=handle)
    chat.post(handle="a", filed=None)
    found = only(chat)
    assert [(one.label, one.answers) for one in found.questions] == [("1", 3), ("2", 0)]
    assert (found.answers, found.answers_per_question) == (4, 1.5)


def test_how_long_newcomers_waited_and_how_many_were_greeted() -> None:
    before = a_chat(0, "z", new="z")
    chat = a_chat(1, *"abcd", new="abc")
    chat.at += 30_000
    chat.do(Greet, person="mastodon:@a")
    chat.at += 60_000
    chat.post("@b welcome!", handle="ben", kind="aside", filed=None, addressed="mastodon:@b")
    chat.at += 60_000
    chat.do(Greet, person="mastodon:@b")
    found = only(before, chat)
    assert (found.newcomers, found.greeted, found.greeted_share) == (3, 2, 0.6667)
    assert found.median_wait == 60.0


def test_a_greeting_that_was_taken_back_is_none() -> None:
    chat = a_chat(1, "a", new="a")
    (greeted,) = chat.do(Greet, person="mastodon:@a")
    chat.do(Undo, seq=greeted.seq)
    found = only(a_chat(0, "z", new="z"), chat)
    assert (found.newcomers, found.greeted, found.greeted_share, found.median_wait) == (1, 0, 0.0, None)


def test_in_the_first_chat_of_a_series_only_those_are_to_be_greeted_who_say_that_they_are_new() -> None:
    chat = a_chat(0, *"ab", new="ab")
    chat.post("My first time here", handle="c", newcomer=True, says_new=True)
    found = only(chat)
    assert (found.first_timers, found.newcomers, found.greeted_share) == (3, 1, 0.0)


def test_those_whom_no_host_noticed_are_counted() -> None:
    chat = a_chat(0, *"abcd", new="abcd")
    chat.do(Greet, person="mastodon:@a")
    chat.do(Highlight, person="mastodon:@b")
    chat.do(Highlight, post=chat.post(handle="c"))
    assert only(chat).never_noticed == 1


# Schools


def tagged(chat: Chat, school: Callable[[str], str]) -> Chat:
    for person in chat.state.present():
        chat.do(Tag, person=person.author.id, school=school(person.author.handle), level="", groups=())
    return chat


def test_a_school_is_one_in_whatever_spelling_and_goes_by_the_most_frequent_one() -> None:
    spellings = ["Webb School", "webb  school", "Webb School"]
    chat = tagged(a_chat(0, *(f"p{number}" for number in range(6))), lambda one: spellings[int(one[1]) % 3])
    found = grown(chat).schools
    assert [(one.name, one.people) for one in found.groups] == [("Webb School", 6)]
    assert (found.others, found.not_known) == (None, None)


def test_a_school_known_from_a_directory_that_nobody_came_from_is_hardly_reached() -> None:
    register = Register(directory_entry(f"t{number}", "Webb") for number in range(5))
    chat = tagged(a_chat(0, *(f"p{number}" for number in range(6))), lambda _: "High")
    found = grown(chat, people=register).schools
    assert [(one.name, one.people) for one in found.groups] == [("High", 6)]
    assert found.hardly_reached == ("Webb",)


def directory_entry(handle: str, school: str) -> PersonRecord:
    record = PersonRecord(accounts=[Account("", (handle,))])
    record.write({"school": school})
    record.settle()
    return record


def test_people_json_tells_the_school_where_no_chat_of_the_series_does() -> None:
    register = Register(directory_entry(f"p{number}", "Webb") for number in range(5))
    found = grown(a_chat(0, *(f"p{number}" for number in range(5))), people=register).schools
    assert [(one.name, one.people) for one in found.groups] == [("Webb", 5)]
    assert found.hardly_reached == ()


# Over many series

_ATTENDANCE = st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1), min_size=1, max_size=6)


def a_series(attendance: list[set[str]]) -> list[Chat]:
    """Chats in which these people came, each new in their first one."""
    known: set[str] = set()
    chats = []
    for week, came in enumerate(attendance):
        chats.append(a_chat(week, *sorted(came), new="".join(came - known)))
        known |= came
    return chats


@given(_ATTENDANCE)
def test_the_numbers_add_up(attendance: list[set[str]]) -> None:
    found = grown(*a_series(attendance))
    assert found.people == found.first_timers == len(set().union(*attendance))
    assert found.people == sum(one.first_timers for one in found.sessions)
    for place, one in enumerate(found.sessions):
        assert one.people == len(attendance[place]) == one.first_timers + one.returning
        assert one.returning == sum(
            cohort.later[place - step - 1] for step, cohort in enumerate(found.sessions[:place])
        )
        assert all(came <= (one.came_back or 0) <= one.first_timers for came in one.later)
        assert (one.came_back or 0) <= sum(one.later)


@given(_ATTENDANCE)
def test_who_ever_came_back_only_grows_with_each_chat(attendance: list[set[str]]) -> None:
    chats = a_series(attendance)
    ever = [grown(*chats[:length]).sessions[0].came_back or 0 for length in range(1, len(chats) + 1)]
    assert ever == sorted(ever)


@given(_ATTENDANCE)
def test_a_later_chat_changes_nothing_before_it(attendance: list[set[str]]) -> None:
    chats = a_series(attendance)
    until = datetime.date(2025, 12, 1) + datetime.timedelta(weeks=len(chats) - 2)
    assert grown(*chats, until=until).sessions == grown(*chats[:-1]).sessions


# The forms


def test_json_has_no_names_of_people_and_says_from_and_to() -> None:
    chat = a_chat(0, "mlopez", "tomk", new="mlopez")
    chat.do(Close)
    text = to_json(grown(chat, since=datetime.date(2025, 1, 1)))
    assert not [word for word in ("lopez", "Mlopez", "tomk", "mastodon", "Ana", "Ben") if word in text]
    document = json.loads(text)
    assert (document["version"], document["from"], document["to"]) == (1, "2025-01-01", None)
    assert document["sessions"][0]["closed"]
    assert {*document["sessions"][0]} == {*SessionGrowth.__struct_fields__} - {"never_noticed"}


def test_who_was_never_noticed_is_in_no_export() -> None:
    found = grown(a_chat(0, *"ab", new="ab"), a_chat(1, *"abc", new="c"))
    assert [one.never_noticed for one in found.sessions] == [2, 3]
    documents = [to_json(found), *(to_csv(found, name) for name in TABLES)]
    assert not [word for word in ("notice", "unseen", "quiet") if word in "".join(documents)]


@pytest.mark.parametrize("name", TABLES)
def test_csv_tables_have_a_head_line_and_rows_as_wide(name: Any) -> None:
    chats = [a_chat(0, *"abcdef", new="abcdef", title="=cmd()", lookups=(Lookup("PBL", "Look"),)), a_chat(1, "a")]
    states = [(f"s{number}", chat.state) for number, chat in enumerate(chats)]
    found = growth("navasotaisd", [*states, ("m", a_month((1, "a")))], Register())
    head, *rows = csv.reader(io.StringIO(to_csv(found, name)))
    assert rows
    assert {len(row) for row in rows} == {len(head)}
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_the_cohort_table_names_the_later_chat() -> None:
    rows = to_csv(grown(a_chat(0, *"ab", new="ab"), a_chat(3, "a")), "cohorts").splitlines()
    assert rows == ["id,date,first_timers,chats_later,later_date,came", "s0,2025-12-01,2,1,2025-12-22,1"]


def a_month(*posts: tuple[int, str], new: str = "") -> SessionState:
    """A month of the channel, December 2025, in which these people post so many days after the first chat."""
    state = SessionState()
    plan = channel_plan(a_plan(), Month(datetime.date(2025, 12, 1), "America/Chicago"))
    opened: dict[str, Any] = {"plan": plan, "schema": SCHEMA, "rehearsal": False, "kind": CHANNEL}
    evolve(state, SessionOpened(seq=1, at=START, by=None, command=None, **opened))
    for seq, (day, who) in enumerate(posts, 2):
        at = START + day * WEEK // 7
        post = Post(f"mastodon:c{seq}", Author(f"mastodon:@{who}", who), "found", at)
        judged: dict[str, Any] = {"kind": "aside", "filed": None, "newcomer": who in new}
        evolve(state, PostSeen(seq=seq, at=at, by=None, command=None, post=post, **judged))
    return state


def test_what_a_chat_has_too_counts_there_and_not_in_the_channel() -> None:
    chat = a_chat(1, "a", "c").state
    month = a_month((1, "a"), (7, "c"), (7, "d"), new="cd")
    first, second, third = list(month.posts.values())
    for twice in (second, third):
        evolve(chat, replace(twice, seq=chat.seq + 1))
    found = growth("navasotaisd", [("s1", chat), ("m", month)], Register())
    (december,) = found.channel
    assert (december.posts, december.people, december.first_seen) == (1, 1, 0), first
    assert found.people == 3
    assert growth("navasotaisd", [("m", month), ("s1", chat)], Register()) == found, "in whatever order they are read"


def test_the_channel_is_counted_beside_the_chats_and_is_none() -> None:
    chats = [("s0", a_chat(0, "a", "b").state), ("s1", a_chat(1, "a", "c").state)]
    month = a_month((1, "a"), (2, "b"), (2, "b"), (9, "d"), (9, "ana@mastodon.social"), new="d")
    people = Register(
        [
            PersonRecord(
                accounts=[Account(f"mastodon:@{who}")], school="Webb", level=level, written={"school", "level"}
            )
            for who, level in (("a", "teacher"), ("b", "leader"), ("d", "leader"))
        ]
    )
    found = growth("navasotaisd", [*chats, ("m", month)], people)
    assert len(found.sessions) == 2
    assert [one.between for one in found.sessions] == [None, 2], "a and b, whom the week between had"
    (december,) = found.channel
    assert (december.month, december.posts, december.people, december.first_seen) == ("2025-12", 4, 3, 1), (
        "hosts are not counted"
    )
    assert found.channel_people == 3
    assert found.people == 3, "who was in the channel alone came to no chat"
    assert found.channel_levels.others or found.channel_levels.not_known, "no group under five is told"
    assert "2025-12,4,3,1" in to_csv(found, "channel")
    until = growth("navasotaisd", [*chats, ("m", month)], people, until=datetime.date(2025, 12, 5))
    assert until.channel[0].posts == 3
    assert growth("navasotaisd", chats, people).channel == ()


# Tasks


def test_how_many_did_each_task_of_a_chat_is_counted_and_exported() -> None:
    chat = a_chat(0, *"ab", lookups=(Lookup("PBL", "Look"), Lookup("flipped", "Ask")))
    chat.post("#PBL #navasotaisd", handle="a")
    chat.post("#PBL #navasotaisd", handle="ben")
    found = grown(chat, a_chat(1, "a"))
    assert [one.tasks for one in found.sessions] == [(TaskDone("PBL", 1), TaskDone("flipped", 0)), ()]
    assert json.loads(to_json(found))["sessions"][0]["tasks"][0] == {"tag": "PBL", "people": 1}
    assert to_csv(found, "tasks").splitlines() == [
        "id,date,tag,people,did_it",
        "s0,2025-12-01,PBL,2,1",
        "s0,2025-12-01,flipped,2,0",
    ]
