"""What a plan says of credit hours."""

import msgspec
import pytest

from sessions.core.plan import Credit, Plan
from sessions.core.plan.reading import PlanError, decode_plan
from sessions.core.plan.writing import plan_text
from sessions.networks.registry import NETWORKS

HEAD = """\
title = "Corners"
hashtags = ["chat"]
starts = 2026-12-01T19:00:00
timezone = "America/Chicago"
"""


def problems(table: str) -> list[str]:
    with pytest.raises(PlanError) as raised:
        decode_plan(HEAD + table, NETWORKS)
    return [str(problem) for problem in raised.value.problems]


def test_a_plan_says_who_gives_how_many_hours_for_what() -> None:
    plan = decode_plan(
        HEAD + '[credit]\nprovider = "Navasota ISD"\nprovider_number = 902001\nhours = 1.5\nword = "＃Credit"\n',
        NETWORKS,
    )
    assert plan.credit == Credit("Navasota ISD", "902001", 1.5, 3, "#Credit")
    assert decode_plan(plan_text(plan, NETWORKS), NETWORKS) == plan
    assert msgspec.json.decode(msgspec.json.encode(plan), type=Plan) == plan


def test_a_plan_without_it_stores_nothing_of_it_and_shows_how_it_is_written() -> None:
    plan = decode_plan(HEAD, NETWORKS)
    assert not plan.credit
    assert b"credit" not in msgspec.json.encode(plan)
    assert "# [credit]" in plan_text(plan, NETWORKS)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("credit = 1\n", ["line 5: write [credit] on a line of its own above what it says, got 1"]),
        ("[credit]\nhours = 1\n", ['line 5: provider is missing: write a line such as provider = "Navasota ISD"']),
        ('[credit]\nprovider = "N"\n', ["line 5: hours is missing: write a line such as hours = 1"]),
        ('[credit]\nprovider = "N"\nhours = 0\n', ["line 7: hours must be a number above 0, got 0"]),
        ('[credit]\nprovider = "N"\nhours = 101\n', ["line 7: hours must be 100 or less, got 101"]),
        (
            '[credit]\nprovider = "N"\nhours = 1\nanswers = "3"\n',
            ['line 8: answers must be a whole number from 0 to 100, got "3"'],
        ),
        (
            '[credit]\nprovider = "N"\nhours = 1\nprovider_number = true\n',
            ['line 8: provider_number must be a text such as provider_number = "902-001", got true'],
        ),
        (
            '[credit]\nprovider = "N"\nhours = 1\nword = "#Chat"\n',
            ["line 8: #Chat stands in the posts of the chat anyway, so that everybody would ask: choose another"],
        ),
        (
            '[credit]\nprovider = "N"\nhours = 1\nword = "#1"\n',
            ['line 8: "#1" is no hashtag: write # and letters, such as #credit'],
        ),
        (
            '[credit]\nprovider = "N"\nhours = 1\nword = "x"\n',
            ['line 8: the word "x" needs two letters or digits'],
        ),
        (
            '[credit]\nprovider = "N"\nhours = 1\nhour = 1\n',
            ['line 8: "hour" is not known: did you mean hours?'],
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(table: str, told: list[str]) -> None:
    assert problems(table) == told
