"""The filing against a recorded chat that was labelled by hand; `python -m tests.gold` prints the scores."""

import pytest

from tests.gold import OTHERS, Verdict, followed_questions, judged, labels_read, recorded_posts, verdicts


@pytest.fixture(scope="module")
def found() -> list[Verdict]:
    return verdicts()


def test_of_the_typed_labels_99_in_100_are_filed_right(found: list[Verdict]) -> None:
    right, typed = labels_read(found)
    assert typed >= 130
    assert right / typed >= 0.99


def test_of_the_filings_by_label_and_thread_at_most_1_in_200_is_wrong(found: list[Verdict]) -> None:
    sure = [verdict for verdict in found if verdict.why in ("label", "thread")]
    wrong = [verdict for verdict in sure if not verdict.right]
    assert len(sure) >= 140
    assert len(wrong) / len(sure) <= 0.005, wrong


def test_every_question_of_the_host_is_one_and_nothing_else_is(found: list[Verdict]) -> None:
    assert [v.seq for v in found if v.kind == "question"] == [v.seq for v in found if v.gold_kind == "question"]


def test_announcements_and_introductions_and_reposts_are_told_apart(found: list[Verdict]) -> None:
    for kind in ("announcement", "introduction", "repost"):
        theirs = {verdict.seq for verdict in found if verdict.gold_kind == kind}
        defensible = {verdict.seq for verdict in found if (kind, "") in verdict.allowed} - theirs
        ours = {verdict.seq for verdict in found if verdict.kind == kind} - defensible
        assert len(theirs & ours) / len(theirs | ours) >= 0.85, kind


@pytest.mark.parametrize("name", [name for name in OTHERS if name != "pstweetchat-2021-09-03"])
def test_the_other_recordings_are_filed_by_label_too(name: str) -> None:
    posts = recorded_posts(name)
    hosts = OTHERS[name]
    by_label = [
        j for _, j in judged(posts, followed_questions(posts, hosts), hosts) if j.filed and j.filed.why == "label"
    ]
    assert len(by_label) / len(posts) >= 0.25
