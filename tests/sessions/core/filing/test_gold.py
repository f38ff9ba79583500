"""The filing against recorded chats that were labelled by hand; `python -m tests.gold` prints the scores."""

import pytest

from tests.gold import (
    CHATS,
    LABELLED,
    OTHERS,
    Verdict,
    followed_questions,
    gold_rows,
    judged,
    labels_read,
    readers,
    recorded_posts,
    verdicts,
)


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


@pytest.mark.parametrize("name", LABELLED)
def test_typed_labels_are_filed_right_in_every_labelled_chat(name: str) -> None:
    right, typed = labels_read(verdicts(name))
    assert right / typed >= 0.985


TWICE_READ = [name for name in LABELLED if (CHATS / f"{name}.reader-a.tsv").exists()]


@pytest.mark.parametrize("name", TWICE_READ)
def test_the_gold_is_what_both_readers_said_and_else_what_was_adjudicated(name: str) -> None:
    chosen = {row["seq"]: row["reader"] for row in gold_rows(f"{name}.adjudicated.tsv")}
    both = {letter: gold_rows(f"{name}.reader-{letter}.tsv") for letter in "ab"}
    rows = [{"a": a, "b": b}[chosen.pop(a["seq"])] if a != b else a for a, b in zip(both["a"], both["b"], strict=True)]
    assert rows == gold_rows(f"{name}.gold.tsv")
    assert not chosen
    assert [row["id"] for row in rows] == [post.id.partition(":")[2] for post in recorded_posts(name)]


@pytest.mark.parametrize("name", TWICE_READ)
def test_two_readers_agree_far_more_than_by_chance(name: str) -> None:
    assert all(agreed.kappa >= 0.8 for agreed in readers(name))
