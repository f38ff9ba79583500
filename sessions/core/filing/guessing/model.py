"""How the evidence is weighed: a softmax over the questions that were asked and none of them."""

from collections.abc import Mapping
from math import exp
from typing import NamedTuple

from sessions.core.filing.guessing.evidence import Evidence

QUESTION_GROUPS: Mapping[str, tuple[str, ...]] = {
    "conversation": ("named answered it", "answers an answer", "goes on below an answer"),
    "author": ("own post just before", "goes on", "answered already", "answered the open one"),
    "words": ("words of its answers",),
    "quote": ("quotes an answer",),
    "time": ("open", "open, said to all", "just asked", "asked before", "still being answered", "asked earlier"),
}
"""The evidence for a question by what it is of: the groups are what `Filed.because` names."""

POST_GROUPS: Mapping[str, tuple[str, ...]] = {
    "conversation": (
        "names somebody", "names several", "names a host", "goes to and fro", "many turns", "was asked",
        "answers what looks like one",
    ),
    "author": ("author talks", "own talk just before"),
    "quote": ("quotes", "quotes talk"),
    "form": (
        "any post", "short", "long", "says little of its own", "agreement only", "thanks", "takes leave", "asks back",
        "asks", "exclaims", "jokes", "speaks to somebody", "speaks of the chat", "argues",
        "long words", "trails off",
    ),
}  # fmt: skip
"""The evidence against a post's belonging anywhere, by what it is of."""


class Weights(NamedTuple):
    """What each piece of evidence counts for, and from which probabilities a post is shown as a guess (`guess_at`) and
    taken for an answer (`answer_at`), whichever question it answers."""

    of_questions: Mapping[str, float]
    of_posts: Mapping[str, float]
    guess_at: float
    answer_at: float


class Weighed(NamedTuple):
    """The probability of each question that was asked; what is left is that the post belongs to none."""

    of_questions: dict[str, float]

    @property
    def answer(self) -> float:
        """The probability that it answers any of them."""
        return sum(self.of_questions.values())

    @property
    def likeliest(self) -> str | None:
        """The question that it answers most likely."""
        return max(self.of_questions, key=self.of_questions.__getitem__, default=None)


def weigh(evidence: Evidence, weights: Weights) -> Weighed:
    """The probabilities; evidence that has no weight counts for nothing."""
    scores = {question: _sum(found, weights.of_questions) for question, found in evidence.of_questions.items()}
    nowhere = _sum(evidence.of_post, weights.of_posts)
    highest = max(nowhere, *scores.values()) if scores else nowhere
    parts = {question: exp(score - highest) for question, score in scores.items()}
    whole = exp(nowhere - highest) + sum(parts.values())
    return Weighed({question: part / whole for question, part in parts.items()})


def because(evidence: Evidence, question: str, weights: Weights) -> str:
    """The group of evidence that speaks most for this question rather than another."""
    others = [found for other, found in evidence.of_questions.items() if other != question]

    def more(group: str) -> float:
        names = QUESTION_GROUPS[group]
        elsewhere = [_sum_of(names, found, weights) for found in others]
        mean = sum(elsewhere) / len(elsewhere) if elsewhere else 0.0
        return _sum_of(names, evidence.of_questions[question], weights) - mean

    present = [
        group for group, names in QUESTION_GROUPS.items() if any(n in evidence.of_questions[question] for n in names)
    ]
    return max(present, key=more, default="time")


def _sum(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in found.items())


def _sum_of(names: tuple[str, ...], found: Mapping[str, float], weights: Weights) -> float:
    return sum(weights.of_questions.get(name, 0.0) * found[name] for name in names if name in found)
