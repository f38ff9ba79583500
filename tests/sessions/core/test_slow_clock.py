"""The clock of a slow chat: each question is open until the next one's day, however late or early it was asked."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.core import clock
from sessions.core.commands import (
    AddQuestion,
    Ask,
    BeginPosting,
    FinishPosting,
    MoveQuestion,
    ReleaseRole,
    ShareMinutes,
    SkipQuestion,
)
from sessions.core.events import ModeratorLeft
from sessions.core.plan import Plan
from sessions.core.plan.days import on_days, opening_days
from sessions.publishing.offers import SLOW_AGAIN_AFTER, SLOW_HEADS_UP_BEFORE, SLOW_WELCOME_BEFORE, asking_waits, offers
from tests.sessions.core.building import START, Chat, a_plan

HOUR = 3_600_000
DAY = 24 * HOUR
SCRIPT = {"welcome": "Hi", "heads_up": "Soon", "thanks": "Ta"}


def a_slow_plan(questions: int = 5) -> Plan:
    """A question a day from Monday, seven in the evening in Chicago, on."""
    plan = a_plan(questions, script=SCRIPT)
    return on_days(plan, opening_days(plan.starts, [None] * questions))


def offered(chat: Chat) -> list[str]:
    return [offer.key for offer in offers(chat.state, chat.at)]


@given(st.integers(-20, 20), st.integers(0, 3))
def test_a_question_is_open_until_the_day_of_the_next_one(late: int, place: int) -> None:
    chat = Chat(a_slow_plan(), at=START - DAY)
    for number in range(place + 1):
        chat.at = max(chat.at, START + number * DAY + late * HOUR)
        chat.do(Ask, question=f"q{number + 1}", seen=chat.state.open)
    timer = chat.state.timer
    assert timer is not None
    assert chat.at + clock.left(timer, chat.at) == START + (place + 1) * DAY
    assert clock.over_under(chat.state, chat.at) == min(0, late) * HOUR
    waiting = clock.asking_times(chat.state, chat.at)
    assert list(waiting.values()) == [START + number * DAY for number in range(place + 1, 5)]
    assert clock.expected_end(chat.state, chat.at) == clock.planned_end(chat.state) == START + 5 * DAY


def test_how_far_it_is_behind_is_since_when_the_next_question_is_due() -> None:
    chat = Chat(a_slow_plan())
    assert clock.due_since(chat.state, START - 1) is None
    assert clock.due_since(chat.state, START) == START
    chat.do(Ask, question="q1", seen=None)
    assert clock.over_under(chat.state, START + DAY - 1) == 0
    assert clock.over_under(chat.state, START + DAY + 3 * HOUR) == 3 * HOUR
    chat.do(SkipQuestion, question="q2")
    assert clock.over_under(chat.state, START + DAY + 3 * HOUR) == 0
    assert clock.due_since(chat.state, START + 2 * DAY) == START + 2 * DAY
    chat.at = START + 9 * DAY
    for number in (3, 4, 5):
        chat.do(Ask, question=f"q{number}", seen=chat.state.open)
    assert clock.over_under(chat.state, chat.at) == 4 * DAY
    assert chat.state.timer is not None
    assert chat.state.timer.seconds == 86_400


def test_questions_that_change_places_change_their_days_and_an_added_one_has_none() -> None:
    chat = Chat(a_slow_plan())
    chat.do(Ask, question="q1", seen=None)
    chat.do(MoveQuestion, question="q3", after="q1")
    chat.do(AddQuestion, text="And now?", after="q2")
    times = clock.asking_times(chat.state, chat.at)
    assert list(times) == ["q3", "q2", "q6", "q4", "q5"]
    assert [(at - START) // DAY for at in times.values()] == [1, 2, 3, 3, 4]
    assert "q6" not in clock.openings(chat.state)
    assert chat.refused(ShareMinutes) == "The questions of a slow chat keep their days."
    assert clock.openings(Chat().state) == {}


def test_a_rehearsal_has_its_days_from_now_on() -> None:
    chat = Chat(a_slow_plan(), at=START + 40 * DAY)
    assert clock.openings(chat.state)["q2"] == START + 41 * DAY


def test_the_last_hour_is_what_the_last_minute_is_in_an_hour() -> None:
    chat = Chat(a_slow_plan())
    chat.do(Ask, question="q1", seen=None)
    ends = START + DAY
    found = []
    for before in (2 * HOUR + 1, 2 * HOUR, HOUR + 1, HOUR, 1, 0):
        counted = clock.countdown(chat.state, ends - before)
        assert counted is not None
        found.append(counted.phase)
    assert found == ["normal", "warning", "warning", "danger", "danger", "overtime"]


def test_what_is_offered_comes_when_it_is_due_and_never_by_itself() -> None:
    chat = Chat(a_slow_plan(), at=START - SLOW_WELCOME_BEFORE - 1)
    assert offered(chat) == []
    chat.at += 1
    assert offered(chat) == ["script welcome"]
    chat.at = START
    assert offered(chat) == ["ask q1", "script welcome"]
    assert chat.state.open is None
    chat.do(Ask, question="q1", seen=None)
    posted(chat, "q1")
    chat.at = START + SLOW_AGAIN_AFTER - 1
    assert offered(chat) == []
    chat.at += 1
    assert offered(chat) == ["again q1"]
    chat.at = START + DAY - SLOW_HEADS_UP_BEFORE
    assert offered(chat) == ["script heads_up:q1"]
    chat.at = START + DAY
    assert [offer.words for offer in offers(chat.state, chat.at)] == ["Q2 is due. Ask it?"]


def test_who_is_there_while_the_asker_is_away_may_take_over_what_is_due() -> None:
    chat = Chat(a_slow_plan(), at=START - 1)
    assert asking_waits(chat.state, chat.at, ("Ana",)) is None
    chat.at = START
    assert asking_waits(chat.state, chat.at) is None
    waits = asking_waits(chat.state, chat.at, ("Ana",))
    assert waits is not None
    assert (waits.key, waits.words) == ("take_over q1", "Q1 is due, and Ana is away. Take over asking?")
    chat.hear(ModeratorLeft, name="Ana", scope="moderator")
    assert asking_waits(chat.state, chat.at) == waits
    chat.do(ReleaseRole, "Ana", role="driver")
    nobody = asking_waits(chat.state, chat.at)
    assert nobody is not None
    assert nobody.words == "Q1 is due, and nobody asks. Take over asking?"


def posted(chat: Chat, question: str) -> None:
    """The question goes out now."""
    key = f"key-{len(chat.state.postings):08}"
    chat.do(BeginPosting, key=key, source="bluesky", account="ana", purpose="question", subject=question, text="text")
    chat.do(FinishPosting, key=key, post=f"bluesky:{key}")
