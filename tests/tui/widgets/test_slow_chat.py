"""What the panes say of a slow chat: days where an hour has minutes."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from sessions.core.commands import Ask
from sessions.core.zones import zone_or_utc
from tests.sessions.core.building import START, Chat
from tests.sessions.core.test_slow_clock import DAY, HOUR, a_slow_plan
from tests.tui.widgets.questions.test_hour_strip import written
from tests.tui.widgets.test_hour import asker, line
from tui.desk.alerts.causes import clock_causes, network_causes
from tui.plain.told.clock_lines import ClockLines
from tui.plain.told.telling import hour
from tui.text.days import day_time, days_long, short_day_time
from tui.text.outside import cell_len
from tui.text.wording import waited
from tui.widgets.hour.fitting import three_lines
from tui.widgets.hour.saying import saying
from tui.widgets.lines.line import line_len
from tui.widgets.questions.hour_strip import hour_strip
from tui.widgets.questions.queue_rows import queue_lines

CHICAGO = zone_or_utc("America/Chicago")


def right_of(chat: Chat) -> list[str]:
    """What stands right of the questions of the queue, and above the next one."""
    rows = queue_lines(chat.state, chat.at, 60, 12).rows
    told = [written(row.left if row.key is None else row.right) for row in rows]
    return [words.strip() for words in told if words.strip()]


def test_the_clock_tells_days_and_counts_minutes_in_the_last_hour_alone() -> None:
    chat = Chat(a_slow_plan(), at=START - 52 * HOUR)
    ends = "ends Saturday 7:00 PM"
    assert line(chat, 0) == "2 days 4 h until Q1 opens Q1 opens Monday 7:00 PM · ends Sat, Dec 6, 7:00 PM"
    chat.at = START
    assert line(chat, -750, who=asker()) == f"12:30 until Q1 opens Q1 opens today 7:00 PM · {ends}"
    assert line(chat, 0, who=asker()) == f"Q1 was due today 7:00 PM · f5 next {ends}"
    chat.do(Ask, question="q1", seen=None)
    assert line(chat, 1200) == f"Q1 of 5 23 h 40 min left Q2 opens Tuesday 7:00 PM · {ends}"
    assert line(chat, 81_000) == f"Q1 of 5 1 h 30 min left, soon over Q2 opens today 7:00 PM · {ends}"
    assert line(chat, 85_000) == f"Q1 of 5 23:20 left, LAST HOUR Q2 opens today 7:00 PM · {ends}"
    assert line(chat, 97_200) == f"Q1 of 5 Q2 was due today 7:00 PM 3 h behind · {ends}"
    chat.do(Ask, question="q2", seen="q1")
    assert line(chat, 0) == f"Q2 of 5 2 days left 1 day ahead · {ends}"
    for number in (3, 4, 5):
        chat.do(Ask, question=f"q{number}", seen=f"q{number - 1}")
    assert line(chat, 6 * 86_400, who=asker()) == "closing all questions were asked · ctrl+p End the chat"


def test_large_digits_stand_in_the_last_hour_alone() -> None:
    chat = Chat(a_slow_plan())
    chat.do(Ask, question="q1", seen=None)
    for before, digits in ((HOUR + 1, False), (HOUR, True), (1, True)):
        told = three_lines(saying(chat.state, START + DAY - before, asker()), 90).plain
        assert ("▄▄▄" in told) == digits
        assert "Q1 of 5" in told


def test_the_queue_and_the_strip_tell_days() -> None:
    chat = Chat(a_slow_plan())
    assert right_of(chat) == ["next, due", "Tue 7:00 PM", "Wed 7:00 PM", "Thu 7:00 PM", "Fri 7:00 PM"]
    chat.do(Ask, question="q1", seen=None)
    assert right_of(chat)[:3] == ["0", "✎ notes 1", "next, Tue 7:00 PM"]
    assert written(hour_strip(chat.state, START + DAY, 60)).startswith("Mon 7:00 PM Q1━━━")
    assert written(hour_strip(chat.state, START + DAY, 60)).endswith("·· Sat 7:00 PM")


def test_alerts_and_plain_lines_come_for_the_last_hour_and_when_a_question_is_due() -> None:
    chat = Chat(a_slow_plan())
    chat.do(Ask, question="q1", seen=None)
    spoken, alerts = ClockLines(), []
    told = []
    for minute in range(0, 26 * 60, 5):
        now = START + minute * 60_000
        if words := spoken.due(chat.state, now):
            told.append(words)
        alerts += [cause.words for cause in clock_causes(chat.state, now) if cause.words not in alerts]
        assert not list(network_causes(chat.state, now, 5))
    assert told == ["1 hour left for Q1.", "Time is up for Q1."]
    assert alerts == ["The last hour of Q1.", "Q2 is due."]
    assert (
        hour(chat.state, START + HOUR)
        == "Q1 of 5, 23 h left. Q2 opens Tuesday 7:00 PM. The chat ends Saturday 7:00 PM."
    )


def test_days_seen_from_a_day() -> None:
    def at(text: str) -> int:
        return round(datetime.datetime.fromisoformat(text).replace(tzinfo=CHICAGO).timestamp() * 1000)

    now = at("2026-12-07T12:00")
    for moment, long, short in (
        ("2026-12-07T07:00", "today 7:00", "7:00"),
        ("2026-12-08T00:30", "Tuesday 12:30 AM", "Tue 12:30 AM"),
        ("2026-12-13T12:00", "Sunday 12:00 PM", "Sun 12:00 PM"),
        ("2026-12-14T07:00", "Mon, Dec 14, 7:00", "Dec 14"),
    ):
        assert (day_time(at(moment), CHICAGO, now), short_day_time(at(moment), CHICAGO, now)) == (long, short)
    assert [days_long(part) for part in (0, 90 * 60_000, -HOUR, DAY, 52 * HOUR)] == [
        "0 min", "1 h 30 min", "1 h", "1 day", "2 days 4 h",
    ]  # fmt: skip


@given(st.integers(-3 * 86_400, 8 * 86_400), st.integers(0, 5), st.integers(60, 160))
def test_no_room_is_overrun_at_any_moment(second: int, asked: int, width: int) -> None:
    chat = Chat(a_slow_plan())
    for number in range(asked):
        chat.do(Ask, question=f"q{number + 1}", seen=chat.state.open)
    now = START + second * 1000
    told = three_lines(saying(chat.state, now, asker()), width).plain
    assert all(cell_len(row) <= width for row in told.split("\n"))
    assert line_len(hour_strip(chat.state, now, width)) in (0, width)
    assert all(line_len(row.right) <= 14 for row in queue_lines(chat.state, now, width // 3, 12).rows)


def test_who_waits_for_long_waits_for_hours_and_days() -> None:
    moments = (0, 119 * 60_000, 2 * HOUR, 47 * HOUR, 2 * DAY)
    assert [waited(moment) for moment in moments] == ["now", "119 min", "2 h", "47 h", "2 days"]
