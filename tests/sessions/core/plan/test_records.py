"""What a plan says of keeping the chat as a record."""

import msgspec
import pytest

from sessions.core.plan import Plan
from sessions.core.plan.reading import PlanError, decode_plan
from sessions.core.plan.writing import plan_text
from sessions.networks.registry import NETWORKS
from tests.sessions.core.plan.test_credit import HEAD


def test_a_plan_says_for_how_many_years_and_by_which_rule_the_chat_is_kept() -> None:
    plan = decode_plan(HEAD + 'keep_years = 7\nrecords = "Gov. Code 552"\n', NETWORKS)
    assert (plan.keep_years, plan.records) == (7, "Gov. Code 552")
    assert decode_plan(plan_text(plan, NETWORKS), NETWORKS) == plan
    assert msgspec.json.decode(msgspec.json.encode(plan), type=Plan) == plan


def test_a_plan_that_says_nothing_of_it_stores_nothing_of_it() -> None:
    plan = decode_plan(HEAD + "keep_years = 0\n", NETWORKS)
    assert b"keep_years" not in msgspec.json.encode(plan)
    assert b"records" not in msgspec.json.encode(plan)


@pytest.mark.parametrize("written", ["-1", "101", "true", "1.5", '"7"'])
def test_years_that_cannot_be_are_told_with_their_line(written: str) -> None:
    with pytest.raises(PlanError, match=r"line 5: keep_years must be a whole number from 0 \(always\) to 100, got"):
        decode_plan(f"{HEAD}keep_years = {written}\n", NETWORKS)
