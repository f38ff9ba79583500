"""Makes the weights of the guesses from the labelled chats: `python -m tests.gold.training`.

The posts go through the judge in order. Each post that nothing files for sure gives one row: the evidence of each
question asked and against all of them, and what its readers said. The weights are those of a softmax over the questions
and none, kept small. What is guessed is evidence for what comes after, so the rows are gathered twice: first without
guesses, then with those that the other chats' rows teach. No chat ever meets weights that it taught.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

import sessions.core.filing.guessing.weights as module
from sessions.core.filing.guessing import Evidence, Weights, weigh
from sessions.core.filing.guessing.model import POST_GROUPS, QUESTION_GROUPS
from sessions.core.filing.judge import Judge
from sessions.core.posts import Judgement, Post
from tests.gold.chats import LABELLED, asked_questions, gold_rows, hosts_of, judged, recorded_posts

PRECISION = 0.7
"""The share of the shown guesses that shall be right, by which the threshold is chosen."""

BETWEEN = (0.45, 0.5)
"""The lowest and the highest threshold: a few chats tell it by chance alone to no more than that."""

ANSWER_AT = 0.5

_SMALL = 0.5
"""How strongly weights are kept near 0 (half the square of each is added to the loss)."""

_FEWEST = 20
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
    return fitted([sample for chat in sorted(chats) for sample in _first_samples(chat)])


@cache
def _samples(name: str, taught_by: frozenset[str]) -> tuple[Sample, ...]:
    return samples(name, _first_weights(taught_by))


@cache
def trained(chats: tuple[str, ...], *, without: str | None = None) -> Weights:
    """The weights that the chats teach, by all evidence or without one group. The threshold of guesses is the one from
    which on those in each chat, by the weights of the other ones, are right often enough."""
    told = {chat: _samples(chat, frozenset(chats) - {chat}) for chat in chats}
    start = None if without is None else trained(chats)
    found = fitted([sample for of_one in told.values() for sample in of_one], without=without, start=start)
    made: list[tuple[float, bool]] = []
    for left in chats:
        others = [sample for chat, of_one in told.items() if chat != left for sample in of_one]
        made += _guesses(told[left], fitted(others, without=without, start=found, steps=2))
    return found._replace(guess_at=_threshold(made))


def left_out(name: str, *, without: str | None = None) -> Weights:
    """The weights by which a chat is scored: those that the other ones teach."""
    return trained(tuple(chat for chat in LABELLED if chat != name), without=without)


def _guesses(told: Iterable[Sample], weights: Weights) -> list[tuple[float, bool]]:
    """How sure the likeliest question of each post is, and whether it is right."""
    found = []
    for sample in told:
        weighed = weigh(sample.evidence, weights)
        question = weighed.likeliest
        if question is not None:
            found.append((weighed.of_questions[question], question == sample.question))
    return found


def _threshold(made: list[tuple[float, bool]]) -> float:
    """The lowest confidence from which upwards the wanted share of the guesses is right."""
    least, most = BETWEEN
    lowest, right = most, 0
    for count, (sure, is_right) in enumerate(sorted(made, reverse=True), 1):
        right += is_right
        if count >= _FEWEST and right / count >= PRECISION:
            lowest = sure
    return round(min(max(lowest, least), most), 2)


# The weights


def fitted(
    told: Sequence[Sample], *, without: str | None = None, start: Weights | None = None, steps: int = _STEPS
) -> Weights:
    """The weights that these samples teach, with the lowest threshold."""
    for_questions = [name for group, listed in QUESTION_GROUPS.items() if group != without for name in listed]
    against = [name for group, listed in POST_GROUPS.items() if group != without for name in listed]
    places = {name: place for place, name in enumerate(for_questions)}
    against_places = {name: len(places) + place for place, name in enumerate(against)}
    first = [0.0] * (len(places) + len(against))
    if start is not None:
        first = [start.of_questions.get(name, 0.0) for name in for_questions]
        first += [start.of_posts.get(name, 0.0) for name in against]
    found = _newton([_row(sample, places, against_places) for sample in told], first, steps)
    return Weights(
        of_questions=dict(zip(for_questions, found, strict=False)),
        of_posts=dict(zip(against, found[len(places) :], strict=True)),
        guess_at=BETWEEN[0],
        answer_at=ANSWER_AT,
    )


def _row(sample: Sample, places: Mapping[str, int], against: Mapping[str, int]) -> Row:
    asked = list(sample.evidence.of_questions)
    of_each = [_numbered(sample.evidence.of_post, against)]
    of_each += [_numbered(sample.evidence.of_questions[question], places) for question in asked]
    return of_each, asked.index(sample.question) + 1 if sample.question in asked else 0


def _numbered(found: Mapping[str, float], places: Mapping[str, int]) -> dict[int, float]:
    return {places[name]: value for name, value in found.items() if name in places}


def _newton(rows: Sequence[Row], start: list[float], steps: int) -> list[float]:
    """The weights at which the loss is least: it is convex, so that a few of Newton's steps reach it."""
    weights = list(start)
    size = len(weights)
    for _ in range(steps):
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
