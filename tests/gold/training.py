"""Makes the weights of the guesses from the labelled chats: `python -m tests.gold.training`.

The posts go through the judge in order. Each post that nothing files for sure gives one row: the evidence of each
question asked and against all of them, and what its readers said. The weights are those of a softmax over the questions
and none, kept small. What is guessed is evidence for what comes after, so the rows are gathered twice: first without
guesses, then with those that the other chats' rows teach. No chat ever meets weights that it taught.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

import sessions.core.filing.guessing.weights as module
from sessions.core.filing.guessing import Evidence, Weights
from sessions.core.filing.guessing.model import POST_GROUPS, QUESTION_GROUPS
from sessions.core.filing.judge import Judge
from sessions.core.posts import Judgement, Post
from tests.gold.chats import LABELLED, asked_questions, gold_rows, hosts_of, judged, recorded_posts

GUESS_AT = 0.47
"""From which confidence on a guess is shown: where the guesses in chats that taught the weights nothing are right often
enough, and seldom enough astray (`python -m tests.gold` prints the figures of those around it). One for all, since
what three chats tell of it differs by chance."""

ANSWER_AT = 0.5

_TAUGHT_AT = 0.45
"""From which confidence on guesses are evidence in the rows that teach: lower, so that more mistaken ones are met."""

_SMALL = 0.5
"""How strongly weights are kept near 0 (half the square of each is added to the loss)."""

_STEPS = 12

Row = tuple[list[dict[int, float]], int]
"""The evidence of each place (first: nowhere) by the number of its weight, and the right place."""


class Sample(NamedTuple):
    """A post with its evidence: `question` is the id that its readers filed it under, None for none."""

    evidence: Evidence
    question: str | None


def samples(name: str, weights: Weights) -> tuple[Sample, ...]:
    """The posts of a labelled chat at which nothing but a guess is possible, guessed at by these weights."""
    ids = {question.label: question.id for question in asked_questions(name)}
    gold = {row["id"]: row for row in gold_rows(f"{name}.gold.tsv")}
    found: list[Sample] = []

    def look(judge: Judge, post: Post, _judgement: Judgement) -> None:
        evidence = judge.evidence(post)
        if evidence is not None and evidence.of_questions:
            found.append(Sample(evidence, ids.get(gold[post.id.partition(":")[2]]["parent"])))

    for _ in judged(recorded_posts(name), asked_questions(name), hosts_of(name), weights, look):
        pass
    return tuple(found)


_NO_GUESSES = Weights({}, {}, 2.0, 2.0)


@cache
def _first_samples(name: str) -> tuple[Sample, ...]:
    return samples(name, _NO_GUESSES)


@cache
def _first_weights(chats: frozenset[str]) -> Weights:
    found = fitted([sample for chat in sorted(chats) for sample in _first_samples(chat)])
    return found._replace(guess_at=_TAUGHT_AT)


@cache
def _samples(name: str, taught_by: frozenset[str]) -> tuple[Sample, ...]:
    return samples(name, _first_weights(taught_by))


@cache
def trained(chats: tuple[str, ...], *, without: str | None = None) -> Weights:
    """The weights that the chats teach, by all evidence or without one group."""
    told = [sample for chat in chats for sample in _samples(chat, frozenset(chats) - {chat})]
    return fitted(told, without=without)


def left_out(name: str, *, without: str | None = None) -> Weights:
    """The weights by which a chat is scored: those that the other ones teach."""
    return trained(tuple(chat for chat in LABELLED if chat != name), without=without)


# The weights


def fitted(told: Sequence[Sample], *, without: str | None = None) -> Weights:
    """The weights that these samples teach."""
    for_questions = [name for group, listed in QUESTION_GROUPS.items() if group != without for name in listed]
    against = [name for group, listed in POST_GROUPS.items() if group != without for name in listed]
    places = {name: place for place, name in enumerate(for_questions)}
    against_places = {name: len(places) + place for place, name in enumerate(against)}
    size = len(places) + len(against)
    found = _newton([_row(sample, places, against_places) for sample in told], size)
    return Weights(
        of_questions=dict(zip(for_questions, found, strict=False)),
        of_posts=dict(zip(against, found[len(places) :], strict=True)),
        guess_at=GUESS_AT,
        answer_at=ANSWER_AT,
    )


def _row(sample: Sample, places: Mapping[str, int], against: Mapping[str, int]) -> Row:
    asked = list(sample.evidence.of_questions)
    of_each = [_numbered(sample.evidence.of_post, against)]
    of_each += [_numbered(sample.evidence.of_questions[question], places) for question in asked]
    return of_each, asked.index(sample.question) + 1 if sample.question in asked else 0


def _numbered(found: Mapping[str, float], places: Mapping[str, int]) -> dict[int, float]:
    return {places[name]: value for name, value in found.items() if name in places}


def _newton(rows: Sequence[Row], size: int) -> list[float]:
    """The weights at which the loss is least: it is convex, so that a few of Newton's steps reach it."""
    weights = [0.0] * size
    for _ in range(_STEPS):
        slope = [_SMALL * weight for weight in weights]
        bend = [[0.0] * size for _ in range(size)]
        for place in range(size):
            bend[place][place] = _SMALL
        for of_each, right in rows:
            _add(of_each, right, weights, slope, bend)
        step = _solved(bend, slope)
        weights = [weight - by for weight, by in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-3:
            break
    return weights


def _add(
    of_each: list[dict[int, float]], right: int, weights: list[float], slope: list[float], bend: list[list[float]]
) -> None:
    """What one row adds to the slope of the loss and to its bend."""
    scores = [sum(weights[place] * value for place, value in found.items()) for found in of_each]
    highest = max(scores)
    parts = [exp(score - highest) for score in scores]
    whole = sum(parts)
    mean: dict[int, float] = {}
    for found, part in zip(of_each, parts, strict=True):
        pairs = list(found.items())
        for place, value in pairs:
            by = part / whole * value
            mean[place] = mean.get(place, 0.0) + by
            row = bend[place]
            for other, also in pairs:
                row[other] += by * also
    means = list(mean.items())
    for place, value in means:
        slope[place] += value
        row = bend[place]
        for other, also in means:
            row[other] -= value * also
    for place, value in of_each[right].items():
        slope[place] -= value


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of the linear equations, by elimination; the matrix is positive definite."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for place in range(size):
        pivot = rows[place]
        for below in rows[place + 1 :]:
            times = below[place] / pivot[place]
            if times:
                below[place:] = [a - times * b for a, b in zip(below[place:], pivot[place:], strict=True)]
    found = [0.0] * size
    for place in reversed(range(size)):
        row = rows[place]
        found[place] = (row[size] - sum(row[other] * found[other] for other in range(place + 1, size))) / row[place]
    return found


# The module of the weights

_HEAD = '''"""What each piece of evidence for a guess counts for: made by `python -m tests.gold.training`, not by hand.

More than 0 under `of_questions` speaks for the question, under `of_posts` against the post's belonging to any question.
"""

from sessions.core.filing.guessing.model import Weights

'''


def written(weights: Weights) -> str:
    """The module that holds the weights."""
    lines = [_HEAD + "WEIGHTS = Weights("]
    for field, groups, found in (
        ("of_questions", QUESTION_GROUPS, weights.of_questions),
        ("of_posts", POST_GROUPS, weights.of_posts),
    ):
        lines.append(f"    {field}={{")
        for group, listed in groups.items():
            lines.append(f"        # {group}")
            lines += [f'        "{name}": {found[name]:+.2f},' for name in listed]
        lines.append("    },")
    lines.append(f"    guess_at={weights.guess_at:.2f},\n    answer_at={weights.answer_at:.2f},\n)")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the weights that all labelled chats teach into the product."""
    Path(module.__file__).write_text(written(trained(LABELLED)), encoding="utf-8")


if __name__ == "__main__":
    main()
