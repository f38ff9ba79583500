"""Hashtags with roles and tasks to look one up: how a plan's file says them, and what is told of mistakes."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.events import SessionOpened, decode_event, encode_event
from sessions.core.plan import Lookup, Plan, instant
from sessions.core.plan.reading import PlanError, decode_plan
from sessions.core.plan.schedule import question_post, schedule, schedule_text, share_text
from sessions.core.plan.writing import like_plan_text, plan_text
from sessions.core.state import SessionState
from sessions.networks.registry import NETWORKS
from sessions.publishing.texts import script_draft, with_hashtags

TOP = 'title = "Finds"\nstarts = 2026-12-01T19:00:00\ntimezone = "America/Chicago"\n'
ROLES = 'hashtags = [{tag = "tasanov", optional = true}, {tag = "#navasotaisd"}]\n'
TASK = """\
[[lookups]]
tag = "#PBL"
text = "Find one good thing about project based learning and share it"
until = 2026-12-09T20:00:00
"""
NOW = datetime.datetime.fromisoformat("2026-11-24T22:30-06:00")


def read(text: str) -> Plan:
    return decode_plan(TOP + text, NETWORKS)


def problems(text: str) -> list[str]:
    with pytest.raises(PlanError) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


def test_a_list_of_texts_reads_as_it_did_and_all_of_it_is_posted() -> None:
    plan = read('hashtags = ["navasotaisd", "tasanov"]\n')
    assert (plan.hashtags, plan.optional_hashtags) == (("navasotaisd", "tasanov"), ())
    assert with_hashtags("Hello", plan) == "Hello #navasotaisd #tasanov"


def test_an_optional_hashtag_is_read_and_not_posted() -> None:
    plan = read(ROLES + '[[questions]]\ntext = "What worked?"\n')
    assert (plan.hashtags, plan.optional_hashtags) == (("navasotaisd", "tasanov"), ("tasanov",))
    assert (plan.main_hashtags, plan.series) == (("navasotaisd",), "navasotaisd")
    assert question_post(plan, plan.questions[0]) == "Q1: What worked? #navasotaisd"
    assert plan.script["welcome"].endswith("glad that you came. #navasotaisd")
    state = SessionState()
    state.set_plan(plan)
    draft = script_draft(state, "welcome")
    assert draft is not None
    assert draft.text.endswith("glad that you came. #navasotaisd")
    assert "#navasotaisd (also #tasanov)" in schedule_text(plan, schedule(plan, NETWORKS))
    assert "Where: #navasotaisd (also #tasanov)" in share_text(plan, NETWORKS)


def test_texts_and_tables_may_stand_side_by_side() -> None:
    plan = read(
        'hashtags = ["navasotaisd", {tag = "NavasotaISD", optional = true}, {tag = "tasanov", optional = true}]\n'
    )
    assert (plan.hashtags, plan.optional_hashtags) == (("navasotaisd", "tasanov"), ("tasanov",))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            'hashtags = [{tag = "a b"}]',
            'a hashtag is one word of letters, digits and _ and not digits alone, got "a b"',
        ),
        (
            "hashtags = [{optional = true}]",
            'a hashtag is one word of letters, digits and _ and not digits alone, got ""',
        ),
        ("hashtags = [{tag = 5}]", "a hashtag is a text in quotes, got 5"),
        ('hashtags = ["a1", {tag = "b1", optional = 1}]', "optional must be true or false, got 1"),
        ('hashtags = [{tag = "a1", main = true}]', '"main" is not known: a hashtag has tag and optional'),
        ('hashtags = ["a1", 5]', 'hashtags must be a list of texts such as ["navasotaisd"], got ["a1", 5]'),
        (
            'hashtags = [{tag = "a1", optional = true}]',
            "all hashtags are optional: take optional = true away from the one that each post carries",
        ),
    ],
)
def test_what_is_wrong_with_a_hashtag_is_told_by_its_line(line: str, told: str) -> None:
    assert told in [problem.removeprefix("line 4: ") for problem in problems(f"{line}\n")]


def test_a_task_is_read_and_told_to_moderators_and_teachers() -> None:
    plan = read(ROLES + TASK)
    until = instant(datetime.datetime.fromisoformat("2026-12-09T20:00"), "America/Chicago")
    assert plan.lookups == (Lookup("PBL", "Find one good thing about project based learning and share it", until),)
    assert "task: #PBL until Wed, Dec 9, 8:00 PM: Find one good thing" in schedule_text(plan, schedule(plan, NETWORKS))
    shared = " ".join(share_text(plan, NETWORKS).split())
    assert "Your task: - #PBL: Find one good thing about project based learning and share it." in shared
    assert "Post what you find with #navasotaisd and #PBL, or quote the post" in shared
    assert "You have until Wednesday, December 9, 8:00 PM." in shared


def test_a_day_alone_counts_and_no_end_is_none() -> None:
    plan = read(TASK.replace("T20:00:00", "") + '[[lookups]]\ntag = "flipped"\ntext = "Read"\n')
    midnight = instant(datetime.datetime.fromisoformat("2026-12-10T00:00"), "America/Chicago")
    assert [lookup.until_at for lookup in plan.lookups] == [midnight - 1000, 0]


def test_a_task_that_is_closed_before_the_chat_is_told() -> None:
    plan = read(TASK.replace("2026-12-09", "2026-11-30"))
    told = "The task #PBL is closed before the chat starts: what is posted in it comes too late."
    assert told in schedule(plan, NETWORKS).warnings
    assert told not in schedule(read(TASK), NETWORKS).warnings


def test_what_is_wrong_with_a_task_is_told_by_its_line() -> None:
    tables = '[[lookups]]\ntext = "Look"\n[[lookups]]\ntag = "PBL"\n[[lookups]]\ntag = "pbl"\ntext = "Look"\nuntl = 1\n'
    tables += '[[lookups]]\ntag = "navasotaisd"\ntext = "Look"\nuntil = "soon"\n'
    assert problems(ROLES + tables) == [
        'line 5: tag is missing: write a line such as tag = "PBL"',
        'line 7: text is missing: write a line such as text = "Find one good thing about project based learning and '
        'share it"',
        "line 10: there is a task for #pbl already: keep one of the two",
        'line 12: "untl" is not known: did you mean until?',
        "line 14: each post of the chat carries #navasotaisd: name the hashtag that is to be looked up",
        'line 16: until must be a date and a time such as until = 2026-12-09T20:00:00, got "soon"',
    ]


def test_a_copied_plan_keeps_the_roles_and_moves_the_end_of_a_task_with_the_start() -> None:
    later = decode_plan(like_plan_text(TOP + ROLES + TASK, NETWORKS, now=NOW), NETWORKS)
    plan = read(ROLES + TASK)
    assert (later.hashtags, later.optional_hashtags) == (plan.hashtags, plan.optional_hashtags)
    assert later.lookups[0].until_at - plan.lookups[0].until_at == later.starts_at - plan.starts_at


TAGS = st.lists(st.from_regex(r"[a-z][a-z0-9_]{1,8}", fullmatch=True), min_size=1, max_size=5, unique=True)


@given(
    TAGS, st.integers(1, 5), st.lists(st.datetimes(*map(datetime.datetime.fromisoformat, ("2001-01-01", "2098-12-31"))))
)
def test_what_is_written_reads_back(tags: list[str], main: int, moments: list[datetime.datetime]) -> None:
    zone = "America/Chicago"
    untils = [instant(moment.replace(microsecond=0), zone) for moment in moments[:3]]
    lookups = tuple(Lookup(f"look{place}", "Find it.", until) for place, until in enumerate(untils))
    base = decode_plan(TOP + f'hashtags = ["{tags[0]}"]\n', NETWORKS)
    keys = {"hashtags": tuple(tags), "optional_hashtags": tuple(tags[main:]), "lookups": lookups, "script": {}}
    plan = Plan(**{**{name: getattr(base, name) for name in base.__struct_fields__}, **keys})
    again = decode_plan(plan_text(plan, NETWORKS), NETWORKS)
    assert (again.hashtags, again.optional_hashtags, again.lookups) == (plan.hashtags, plan.optional_hashtags, lookups)


def test_a_stored_plan_of_before_has_neither() -> None:
    opened = SessionOpened(seq=1, at=1, by=None, command=None, plan=read(ROLES + TASK), schema=1, rehearsal=False)
    assert decode_event(encode_event(opened)) == opened
    stored = (
        b'{"type":"session_opened","seq":1,"at":1,"by":null,"command":null,"plan":{"hashtags":["a","b"]},"schema":1,'
    )
    old = decode_event(stored + b'"rehearsal":false}')
    assert isinstance(old, SessionOpened)
    assert (old.plan.main_hashtags, old.plan.lookups) == (("a", "b"), ())
