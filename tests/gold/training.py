"""Makes the weights of the guesses from the labelled chats: `python -m tests.gold.training`.

The posts go through the judge in order, without guesses. Each post that nothing files for sure gives one row: the
evidence of each question asked and against all of them, and what its readers said. Labelled answers are rows too, with
their label taken away, but count little. The weights are those of a softmax over the questions and none, kept small.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

import sessions.core.filing.guessing.weights as module
from sessions.core.filing.guessing import Evidence, Weights, weigh
from sessions.core.filing.guessing.model import POST_GROUPS, QUESTION_GROUPS
from sessions.core.filing.judge import Judge
from sessions.core.filing.labels import split_label
from sessions.core.posts import Judgement, Post
from tests.gold.chats import LABELLED, asked_questions, gold_rows, hosts_of, judged, recorded_posts

PRECISION = 0.72
"""The share of the shown guesses that shall be right, by which the threshold is chosen."""

_SMALL = 1.0
"""How strongly weights are kept near 0 (half the square of each is added to the loss)."""

_LABELLED_COUNT = 0.1
_FEWEST = 15
_STEPS = 12
_NO_GUESSES = Weights({}, {}, 2.0, 2.0)

Row = tuple[list[dict[int, float]], int, float]
"""The evidence of each place (first: nowhere) by the number of its weight, the right place, how much the row counts."""


class Sample(NamedTuple):
    """A post with its evidence: `question` is the id that its readers filed it under, None for none; `labelled` says
    that the author had written it there."""

    evidence: Evidence
    question: str | None
    answer: bool
    labelled: bool


@cache
def samples(name: str) -> tuple[Sample, ...]:
    """The posts of a labelled chat at which nothing but a guess is possible, and labelled answers without label."""
    ids = {question.label: question.id for question in asked_questions(name)}
    gold = {row["id"]: row for row in gold_rows(f"{name}.gold.tsv")}
    found: list[Sample] = []

    def look(judge: Judge, post: Post, judgement: Judgement) -> None:
        row = gold[post.id.partition(":")[2]]
        question = ids.get(row["parent"])
        evidence = judge.evidence(post)
        if evidence is not None:
            found.append(Sample(evidence, question, row["kind"] == "answer", labelled=False))
        elif judgement.kind == "answer" and judgement.filed is not None and judgement.filed.why == "label":
            bare = _without_label(post)
            evidence = None if bare is None else judge.evidence(bare)
            if evidence is not None:
                found.append(Sample(evidence, question, True, labelled=True))

    for _ in judged(recorded_posts(name), asked_questions(name), hosts_of(name), _NO_GUESSES, look):
        pass
    return tuple(sample for sample in found if sample.evidence.of_questions)


def _without_label(post: Post) -> Post | None:
    split = split_label(post.text)
    if split is None or len(split[1].split()) < 3:
        return None
    bare = replace(post, text=split[1])
    return bare if split_label(bare.text) is None else None


# The weights


def names(without: str | None = None) -> tuple[list[str], list[str]]:
    """The names of the evidence for questions and against posts, without one group."""
    return (
        [name for group, listed in QUESTION_GROUPS.items() if group != without for name in listed],
        [name for group, listed in POST_GROUPS.items() if group != without for name in listed],
    )


def fitted(
    chats: Iterable[str], *, without: str | None = None, start: Weights | None = None, steps: int = _STEPS
) -> tuple[Weights, list[Sample]]:
    """The weights (without thresholds) that the chats teach, and the samples they were made from."""
    for_questions, against = names(without)
    places = {name: place for place, name in enumerate(for_questions)}
    against_places = {name: len(places) + place for place, name in enumerate(against)}
    told = [sample for chat in chats for sample in samples(chat)]
    rows = [_row(sample, places, against_places) for sample in told]
    known = {} if start is None else {**start.of_questions}
    known_against = {} if start is None else {**start.of_posts}
    first = [known.get(name, 0.0) for name in for_questions] + [known_against.get(name, 0.0) for name in against]
    found = _newton(rows, first, steps)
    split = len(for_questions)
    return (
        Weights(
            dict(zip(for_questions, found[:split], strict=True)),
            dict(zip(against, found[split:], strict=True)),
            2.0,
            2.0,
        ),
        told,
    )


def _row(sample: Sample, places: Mapping[str, int], against: Mapping[str, int]) -> Row:
    evidence = sample.evidence
    asked = list(evidence.of_questions)
    of_each = [_numbered(evidence.of_post, against)]
    of_each += [_numbered(evidence.of_questions[question], places) for question in asked]
    right = asked.index(sample.question) + 1 if sample.question in asked else 0
    return of_each, right, _LABELLED_COUNT if sample.labelled else 1.0


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
        for of_each, right, counts in rows:
            _add(of_each, right, counts, weights, slope, bend)
        step = _solved(bend, slope)
        weights = [weight - by for weight, by in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-3:
            break
    return weights


def _add(
    of_each: list[dict[int, float]], right: int, counts: float, weights: list[float],
    slope: list[float], bend: list[list[float]],
) -> None:  # fmt: skip
    scores = [sum(weights[place] * value for place, value in found.items()) for found in of_each]
    highest = max(scores)
    parts = [exp(score - highest) for score in scores]
    whole = sum(parts)
    mean: dict[int, float] = {}
    for found, part in zip(of_each, parts, strict=True):
        share = counts * part / whole
        pairs = list(found.items())
        for place, value in pairs:
            by = share * value
            mean[place] = mean.get(place, 0.0) + by
            row = bend[place]
            for other, also in pairs:
                row[other] += by * also
    means = list(mean.items())
    for place, value in means:
        slope[place] += value
        row = bend[place]
        for other, also in means:
            row[other] -= value * also / counts
    for place, value in of_each[right].items():
        slope[place] -= counts * value


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


@cache
def trained(chats: tuple[str, ...], *, without: str | None = None) -> Weights:
    """The weights that the chats teach. The threshold of guesses is the one at which those in each chat, by the weights
    of the other ones, are right often enough."""
    start = None if without is None else trained(chats)
    found, _ = fitted(chats, without=without, start=start, steps=_STEPS if start is None else 3)
    made: list[tuple[float, bool]] = []
    for left_out in chats if len(chats) > 1 else ():
        others, _ = fitted([chat for chat in chats if chat != left_out], without=without, start=found, steps=4)
        made += _guesses(left_out, others)
    return found._replace(guess_at=_threshold(made), answer_at=0.5)


def left_out(name: str, *, without: str | None = None) -> Weights:
    """The weights by which a chat is scored: those that the other ones teach."""
    return trained(tuple(chat for chat in LABELLED if chat != name), without=without)


def _guesses(chat: str, weights: Weights) -> list[tuple[float, bool]]:
    """How sure the likeliest question of each unlabelled post is, and whether it is right."""
    found = []
    for sample in samples(chat):
        weighed = weigh(sample.evidence, weights)
        question = weighed.likeliest
        if question is not None and not sample.labelled:
            found.append((weighed.of_questions[question], question == sample.question))
    return found


def _threshold(made: list[tuple[float, bool]]) -> float:
    """The lowest confidence from which upwards the wanted share of the guesses is right."""
    lowest, right = 1.0, 0
    for count, (sure, is_right) in enumerate(sorted(made, reverse=True), 1):
        right += is_right
        if count >= _FEWEST and right / count >= PRECISION:
            lowest = sure
    return round(lowest, 2)


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
