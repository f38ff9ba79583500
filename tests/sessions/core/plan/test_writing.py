"""`lunchroom new`: what it writes can be read back, whatever text went into it."""

import datetime

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.core.plan import Host, Plan, clean_line, clean_question
from sessions.core.plan.reading import PlanError, decode_plan
from sessions.core.plan.schedule import Schedule, schedule
from sessions.core.plan.writing import like_plan_text, new_plan_text, next_starts, plan_file_name, plan_text
from sessions.networks.registry import NETWORKS

NOW = datetime.datetime.fromisoformat("2026-11-24T22:30-06:00")
LABELS = st.from_regex(r"[1-9][0-9]{0,2}([a-z]|\.[1-9])?", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=()), min_size=1, max_size=200).filter(clean_line)
WALL_TIMES = st.datetimes(*map(datetime.datetime.fromisoformat, ("2001-01-01", "2098-12-31")))
GREETINGS = (
    'new = "Hi \\"{name}\\""',
    'school = ""',
    'returning = "Back!"',
    '"for all" = "Hello, {series}"',
    'new2 = ""',
)
HANDLES = st.sampled_from(("ana", "x:ana", "mastodon:ana@mastodon.social", "bluesky:ana.example.org"))


def new(**given: object) -> str:
    return new_plan_text(NETWORKS, now=NOW, timezone="America/Chicago", **given)  # type: ignore[arg-type]


def fits(found: Schedule) -> bool:
    """Whether the chat ends when it should."""
    return found.runs_until <= found.ends_at


def copied(plan: Plan, now: datetime.datetime) -> Plan:
    """The plan that the copied text of this one holds."""
    return decode_plan(like_plan_text(plan_text(plan, NETWORKS), NETWORKS, now=now), NETWORKS)


def test_a_new_plan_works_as_it_is() -> None:
    plan = decode_plan(new(), NETWORKS)
    assert plan.starts == datetime.datetime.fromisoformat("2026-12-01T19:00")
    assert len(plan.questions) == 6
    assert fits(schedule(plan, NETWORKS, now=NOW))
    assert schedule(plan, NETWORKS, now=NOW).warnings == (
        "No host is named, so hosts count as participants: add [[hosts]] with a name and handles.",
        "Posts come from practice: this is a rehearsal and counts for nothing. Change sources for the real chat.",
    )


@pytest.mark.parametrize(("minutes", "count"), [(15, 2), (30, 4), (45, 4), (60, 6), (90, 8)])
def test_a_new_plan_has_as_many_questions_as_its_time_takes(minutes: int, count: int) -> None:
    plan = decode_plan(new(minutes=minutes), NETWORKS)
    assert (plan.minutes, len(plan.questions)) == (minutes, count)
    assert fits(schedule(plan, NETWORKS))


def test_every_key_is_in_a_new_plan_and_the_defaults_hold_when_their_sign_is_taken_away() -> None:
    text = new()
    for key in ("series", "introductions", "close", "ceiling", "muted", "label", "minutes", "notes"):
        assert f"# {key} = " in text
        changed = text.replace(f"# {key} = ", f"{key} = ", 1)
        if key != "minutes":
            assert decode_plan(changed, NETWORKS) == decode_plan(text, NETWORKS)
    for key in ("welcome", "format", "introduce", "heads_up", "thanks", "next_time", "saved"):
        assert f"\n{key} = " in text
    uncommented = text.replace("# [[hosts]]\n# name", "[[hosts]]\nname").replace("# handles", "handles")
    assert decode_plan(uncommented, NETWORKS).hosts[0].name == "Ana"


def test_without_a_known_timezone_the_plan_says_so() -> None:
    text = new_plan_text(NETWORKS, now=NOW, timezone=None)
    assert "could not be found" in text
    assert decode_plan(text, NETWORKS).timezone == "UTC"


@given(TEXTS, st.lists(st.tuples(LABELS, TEXTS), max_size=8, unique_by=lambda item: item[0]), TEXTS)
@example('"""\\', [("1", "a # b = 'c' [x]"), ("2", "\\u0000\r\n\x7f"), ("3", "Q3: Q3: What?")], '"')
def test_any_text_comes_back_as_it_was_but_for_its_cleaning(
    title: str, questions: list[tuple[str, str]], name: str
) -> None:
    plan = decode_plan(new(title=title, questions=questions, hosts=[Host(clean_line(name)[:100].strip())]), NETWORKS)
    assert plan.title == clean_line(title)
    assert plan.hosts[0].name == clean_line(name)[:100].strip()
    if questions:
        assert [(q.label, q.text) for q in plan.questions] == [
            (label, clean_question(text, label)) for label, text in questions
        ]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans as decoding gives them: TOML of drawn values, decoded."""
    lines = [
        f"title = {draw(st.sampled_from(('a', 'b c', 'Anas')))!r}".replace("'", '"'),
        f"starts = {draw(WALL_TIMES):%Y-%m-%dT%H:%M:%S}",
        f'timezone = "{draw(st.sampled_from(("America/Chicago", "Europe/London", "Asia/Kolkata", "UTC")))}"',
        f"minutes = {draw(st.sampled_from((30, 45.5, 60, 75.1)))}",
        *draw(
            st.lists(
                st.sampled_from(("introductions = 3", 'series = "Other One"', 'hashtags = ["a", "B"]')), unique=True
            )
        ),
    ]
    for handle in draw(st.lists(HANDLES, max_size=2)):
        lines += ["[[hosts]]", 'name = "Ana"', f'handles = ["{handle}"]']
    for number in range(draw(st.integers(0, 4))):
        lines += [
            "[[questions]]",
            f'label = "{number * draw(st.sampled_from((1, 1, 3))) + 100 * number}"',
            'text = "What?"',
        ]
        lines += draw(st.lists(st.sampled_from(("minutes = 7.25", 'notes = "one\\ntwo"', 'turn = "Ana"')), unique=True))
    lines += [
        "[script]",
        *draw(st.lists(st.sampled_from(('welcome = "Hi {title} \\"{x}\\""', 'saved = ""')), unique=True)),
        "[greetings]",
        *draw(st.lists(st.sampled_from(GREETINGS), unique=True)),
    ]
    return decode_plan("\n".join(lines), NETWORKS)


@given(plans())
def test_a_plan_out_of_a_session_is_written_as_it_was(plan: Plan) -> None:
    assert decode_plan(plan_text(plan, NETWORKS), NETWORKS) == plan


def test_a_copy_changes_the_date_and_keeps_every_other_character() -> None:
    old = (
        "# mine\r\ntitle = 'Stations'   # never change\r\nstarts   =  2026-12-01 19:00:00  # Tuesdays\r\n"
        "timezone = \"America/Chicago\"\r\n\r\n  [[questions]]\r\n  text = '''\r\nstarts = 2026-12-01 19:00:00'''\r\n"
    )
    expected = old.replace("=  2026-12-01 19:00:00  #", "=  2026-12-08T19:00:00  #")
    assert like_plan_text(old, NETWORKS, now=NOW) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-10-01T12:00Z", "2026-11-03T19:00"),  # long before: still a week on
        ("2026-11-04T00:59Z", "2026-11-03T19:00"),  # 6:59 PM CST: a minute is left
        ("2026-11-04T01:00Z", "2026-11-10T19:00"),
        ("2027-03-10T12:00Z", "2027-03-16T19:00"),  # months later, and summer time again
    ],
)
def test_a_copy_is_next_at_the_same_wall_time_across_summer_time(now: str, expected: str) -> None:
    plan = decode_plan('title = "a"\nstarts = 2026-10-27T19:00:00\ntimezone = "America/Chicago"\n', NETWORKS)
    at = datetime.datetime.fromisoformat(now)
    assert next_starts(plan, now=at) == datetime.datetime.fromisoformat(expected)
    later = copied(plan, at)
    assert later.starts == datetime.datetime.fromisoformat(expected)
    assert decode_plan(plan_text(later, NETWORKS), NETWORKS) == later


@given(plans(), WALL_TIMES)
def test_a_copy_is_in_the_future_on_the_same_weekday(plan: Plan, now: datetime.datetime) -> None:
    at = now.replace(tzinfo=datetime.UTC)
    later = copied(plan, at)
    weeks = (later.starts - plan.starts) / datetime.timedelta(days=7)
    assert later.starts_at > at.timestamp() * 1000
    assert weeks >= 1
    assert weeks == int(weeks)
    earlier = copied(plan, at - datetime.timedelta(days=7)).starts
    assert weeks == 1 or later.starts - earlier == datetime.timedelta(days=7)


def test_what_is_no_plan_cannot_be_copied() -> None:
    with pytest.raises(PlanError, match="line 1: a text goes between quotes"):
        like_plan_text("title = Stations", NETWORKS, now=NOW)


def test_the_file_is_named_by_date_and_series() -> None:
    plan = decode_plan(new(hashtags=["NavasotaISD"]), NETWORKS)
    assert plan_file_name(plan) == "2026-12-01-navasotaisd.toml"
    assert plan_file_name(msgspec.structs.replace(plan, series="../x")) == "2026-12-01-x.toml"


def test_turns_are_written_as_the_plan_had_them() -> None:
    plan = decode_plan(new(hosts=[Host("Ana"), Host("Ben")]), NETWORKS)
    assert '\n# turns = "alternate"' in plan_text(plan, NETWORKS)
    for names, line in (
        ("Ana Ben Ana Ben Ana Ben", '\nturns = "alternate"'),
        ("Ben Ben Ana Ben Ben Ana", '\nturns = ["Ben", "Ben", "Ana"]'),
        ("Ana Ana Ana Ana Ana Ana", '\nturns = ["Ana"]'),
        ("Ana Ana Ben Ana Ben Ana", '\nturn = "Ben"'),
    ):
        questions = tuple(
            msgspec.structs.replace(question, turn=name)
            for question, name in zip(plan.questions, names.split(), strict=True)
        )
        written = plan_text(taken := msgspec.structs.replace(plan, questions=questions), NETWORKS)
        assert line in written
        assert ("\nturns = " in written) == ("\nturn = " not in written)
        assert decode_plan(written, NETWORKS) == taken
