"""A plan on the clock: what `lunchroom check` shows, warns of, and gives to share."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sessions.core.plan import Question
from sessions.core.plan.reading import decode_plan
from sessions.core.plan.schedule import like_a_rehearsal, question_post, schedule, schedule_text, share_text
from sessions.core.plan.times import clock_time
from sessions.networks.registry import NETWORKS
from tests.sessions.core.building import a_plan

HEAD = """\
title = "Stations that work"
hashtags = ["navasotaisd"]
starts = 2026-12-01T19:00:00
timezone = "America/Chicago"
sources = ["mastodon:mastodon.social", "bluesky"]
"""
HOSTS = """\
[[hosts]]
name = "Ana"
handles = ["mastodon:ana@mastodon.social"]
[[hosts]]
name = "Ben"
handles = ["ben"]
"""
QUESTION = '[[questions]]\ntext = "What does the first station in your room look like?"\n'
PLAN = HEAD + HOSTS + QUESTION * 6


def warnings(text: str, now: str = "2026-11-24T12:00-06:00") -> tuple[str, ...]:
    return schedule(decode_plan(text, NETWORKS), NETWORKS, now=datetime.datetime.fromisoformat(now)).warnings


def test_the_hour_in_clock_times() -> None:
    plan = decode_plan(HEAD + HOSTS + QUESTION * 2, NETWORKS)
    assert (
        schedule_text(plan, schedule(plan, NETWORKS), width=60)
        == """\
Stations that work
Tuesday, December 1, 2026, 7:00 PM to 8:00 PM CST (America/Chicago) · #navasotaisd

7:00 PM     8 min  Introductions
7:08 PM    25 min  Q1  What does the first station in your
                       room look like?
7:33 PM    25 min  Q2  What does the first station in your
                       room look like?
7:58 PM     2 min  Thanks
8:00 PM            End

2 questions in 60 min · posts from mastodon:mastodon.social and bluesky
hosts: Ana, Ben · series: navasotaisd
"""
    )


def test_a_good_plan_has_no_warnings() -> None:
    assert warnings(PLAN) == ()


def test_the_rows_touch_and_end_with_the_chat() -> None:
    plan = decode_plan(PLAN, NETWORKS)
    found = schedule(plan, NETWORKS)
    assert found.runs_until <= found.ends_at
    assert found.rows[0].starts_at == plan.starts_at
    assert [row.ends_at for row in found.rows[:-1]] == [row.starts_at for row in found.rows[1:]]
    assert found.rows[-1].ends_at == found.ends_at == plan.starts_at + 3_600_000
    assert [row.question for row in found.rows if row.kind == "question"] == ["q1", "q2", "q3", "q4", "q5", "q6"]


@given(
    st.integers(1, 48).map(lambda tens: tens * 30),
    st.lists(st.one_of(st.none(), st.integers(1, 400).map(lambda quarters: quarters / 4)), max_size=12),
)
def test_a_plan_fits_or_says_by_how_much_it_does_not(minutes: int, given_minutes: list[float | None]) -> None:
    text = HEAD + f"minutes = {minutes}\n" + HOSTS
    for each in given_minutes:
        text += QUESTION + (f"minutes = {each}\n" if each else "")
    found = schedule(decode_plan(text, NETWORKS), NETWORKS)
    assert [row.ends_at for row in found.rows[:-1]] == [row.starts_at for row in found.rows[1:]]
    fits = found.runs_until <= found.ends_at
    assert fits == (found.rows[-1].ends_at <= found.ends_at)
    assert fits != any("does not fit" in warning for warning in found.warnings)
    if given_minutes and None in given_minutes and fits:
        assert not any("not planned" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("hashtags", "minutes = 55\nhashtags", None),
        (QUESTION, QUESTION + "minutes = 12\n", "It does not fit: the parts take 22 min too long, until 8:22 PM."),
        (QUESTION, QUESTION + "minutes = 8\n", "2 min before the end are not planned"),
        (QUESTION * 6, QUESTION * 6 + "minutes = 2\n", "Most answers take longer than 3 min to come: Q6 (2 min)."),
        (QUESTION * 6, "", "There are no questions yet: add [[questions]] with a text, or add one in the chat."),
        (
            "look like?",
            "look like? " + "a " * 140,
            "Longer than one post with its label and hashtag (300 characters on",
        ),
        (QUESTION * 6, QUESTION * 5 + QUESTION + 'label = "7"', "The labels leave out Q6."),
        (QUESTION * 6, QUESTION * 5 + QUESTION + 'label = "0"', "The labels do not rise"),
        ('hashtags = ["navasotaisd"]', "", "There is no hashtag"),
        (HOSTS, "", "No host is named"),
        ('handles = ["ben"]', "", "Ben has no handles"),
        ('["mastodon:mastodon.social", "bluesky"]', '["practice"]', "Posts come from practice: this is a rehearsal"),
        ('["mastodon:mastodon.social", "bluesky"]', "[]", "There are no sources"),
        ("2026-12-01T19:00:00", "2026-11-24T11:59:00", "The chat starts in the past (Tuesday, November 24, 2026"),
        (PLAN, PLAN + '[script]\nwelcome = "Hi {tag}"', "{tag} in welcome stays as it is"),
    ],
)
def test_what_a_moderator_is_warned_of(old: str, new: str, told: str | None) -> None:
    assert old in PLAN
    found = warnings(PLAN.replace(old, new))
    assert len(found) == (told is not None)
    assert not told or found[0].startswith(told)


def at(wall: str, zone: str = "America/Chicago") -> str:
    return PLAN.replace("2026-12-01T19:00:00", wall).replace("America/Chicago", zone)


@pytest.mark.parametrize(
    ("wall", "zone", "told"),
    [
        (
            "2026-11-01T01:30:00",
            "America/Chicago",
            "1:30 AM is there twice on Sunday, November 1, 2026, when the clocks go back: "
            "the chat starts at the first, 1:30 AM CDT.",
        ),
        (
            "2027-03-14T02:30:00",
            "America/Chicago",
            "2:30 AM does not exist on Sunday, March 14, 2027, when the clocks go forward: "
            "the chat starts at 3:30 AM CDT.",
        ),
        (
            "2026-11-01T00:30:00",
            "America/Chicago",
            "The clocks change during the chat: it runs from CDT into CST and ends at 1:30 AM CST.",
        ),
        (
            "2027-03-28T00:30:00",
            "Europe/London",
            "The clocks change during the chat: it runs from GMT into BST and ends at 3:30 AM BST.",
        ),
        (
            "2026-11-03T19:00:00",
            "America/Chicago",
            "The clocks changed in the week before (CDT to CST): tell it to people further away.",
        ),
    ],
)
def test_a_change_of_summer_time_is_told(wall: str, zone: str, told: str) -> None:
    text = at(wall, zone).replace("[[hosts]]", "minutes = 120\n[[hosts]]", 1)
    assert told in warnings(text, now="2026-10-01T00:00Z")


def test_clock_times_run_through_a_change_of_summer_time() -> None:
    plan = decode_plan(at("2026-11-01T00:30:00").replace("[[hosts]]", "minutes = 120\n[[hosts]]", 1), NETWORKS)
    found = schedule(plan, NETWORKS)
    text = schedule_text(plan, found)
    assert "12:30 AM CDT to 1:30 AM CST" in text
    assert text.index("1:53 AM CDT") < text.index("1:09 AM CST")
    assert found.ends_at - plan.starts_at == 120 * 60_000


@pytest.mark.parametrize(
    ("utc", "shown"),
    [
        ("2026-12-02T06:05Z", "12:05 AM CST"),
        ("2026-12-01T18:00Z", "12:00 PM CST"),
        ("2026-07-01T00:59Z", "7:59 PM CDT"),
    ],
)
def test_a_clock_of_twelve_hours(utc: str, shown: str) -> None:
    milliseconds = round(datetime.datetime.fromisoformat(utc).timestamp() * 1000)
    assert clock_time(milliseconds, "America/Chicago", zone=True) == shown


def test_a_question_post_has_its_hashtag_once() -> None:
    plan = decode_plan(HEAD + '[[questions]]\ntext = "What?"\n[[questions]]\ntext = "Why, #NavasotaISD?"\n', NETWORKS)
    assert [question_post(plan, q) for q in plan.questions] == ["Q1: What? #navasotaisd", "Q2: Why, #NavasotaISD?"]


def test_a_host_s_handle_is_told_with_the_port_of_its_server() -> None:
    hosts = '[[hosts]]\nname = "Ana"\nhandles = ["mastodon:ana@school.example:8443"]\n'
    assert "Hosts: Ana (@ana@school.example:8443)" in share_text(
        decode_plan(HEAD + hosts + QUESTION, NETWORKS), NETWORKS
    )


def test_what_the_teachers_get_beforehand() -> None:
    text = share_text(decode_plan(HEAD + HOSTS + QUESTION, NETWORKS), NETWORKS)
    assert "When: Tuesday, December 1, 2026, 7:00 PM to 8:00 PM CST (America/Chicago)" in text
    assert "Where: #navasotaisd on Mastodon and Bluesky" in text
    assert "Hosts: Ana (@ana@mastodon.social), Ben (@ben)" in text
    assert "A1 We start with a five-minute warm-up. #navasotaisd" in text
    assert "Q1: What does the first station in your room look like?" in text
    assert "First time?" in text
    assert "The chat is saved" in text


def test_a_word_with_which_a_sentence_could_begin_is_shown_with_its_colon() -> None:
    text = share_text(
        decode_plan(HEAD + '[[questions]]\nlabel = "Warm-up"\ntext = "Who are you?"\n', NETWORKS), NETWORKS
    )
    assert "We post Warm-up, you answer with Warm-up in front" in text
    assert "    Warm-up: We start with" in text


def test_a_chat_without_hashtag_hosts_and_questions_can_be_shared_too() -> None:
    text = share_text(decode_plan('title = "a"\nstarts = 2026-12-01T19:00:00\ntimezone = "UTC"\n', NETWORKS), NETWORKS)
    assert "#" not in text
    assert "Hosts" not in text
    assert "Q1, you answer with A1" in text


def test_lengths_are_counted_as_each_network_counts_them() -> None:
    link = f"https://example.org/{'a' * 300}"
    plan = replace(
        a_plan(1, sources=("mastodon:mastodon.social", "bluesky", "x")),
        questions=(
            Question("q1", "1", f"Look: {link}"),
            Question("q2", "2", "日" * 140),
            Question("q3", "3", "a" * 520),
        ),
    )
    told = [warning for warning in schedule(plan, NETWORKS).warnings if warning.startswith("Longer")]
    assert told == [
        "Longer than one post with its label and hashtag (500 characters on mastodon): Q3.",
        "Longer than one post with its label and hashtag (300 characters on bluesky): Q1 and Q3.",
        "Longer than one post with its label and hashtag (280 characters on x): Q2 and Q3.",
    ]


def test_the_schedule_tells_whose_turn_each_question_is() -> None:
    hosts = '[[hosts]]\nname = "Ana"\n[[hosts]]\nname = "Benedict"\n'
    questions = '[[questions]]\ntext = "Why?"\n[[questions]]\ntext = "What?"\n'
    plan = decode_plan(f'{HEAD}turns = "alternate"\n{hosts}{questions}', NETWORKS)
    shown = schedule_text(plan, schedule(plan, NETWORKS))
    assert "Q1  Ana       Why?" in shown
    assert "Q2  Benedict  What?" in shown


def test_a_plan_looks_like_a_rehearsal_by_its_length_and_its_odd_start() -> None:
    assert like_a_rehearsal(a_plan()) == ""
    assert like_a_rehearsal(replace(a_plan(), minutes=20.0)) == ""
    assert like_a_rehearsal(replace(a_plan(), minutes=14.0)) == "it takes 14 min"
    odd = decode_plan(HEAD.replace("19:00:00", "19:58:00"), NETWORKS)
    assert like_a_rehearsal(odd) == "it begins at 7:58 PM"
