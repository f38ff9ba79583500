"""The figures by which the filing is told: guesses, labels, kinds, and how far two readers agree."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tests.gold.chats import gold_rows
from tests.gold.verdicts import Verdict


class Score(NamedTuple):
    """How the filings of one kind of evidence did; `missed` are posts that the gold file files by it and we by none."""

    right: int
    lenient: int
    wrong: int
    missed: int


def score(found: list[Verdict], why: str) -> Score:
    """The score of the filings by this evidence. What the gold calls content is what a guess may find."""
    filed = [verdict for verdict in found if verdict.why == why]
    theirs = {"guess": "content"}.get(why, why)
    right = sum(verdict.right for verdict in filed)
    lenient = sum(verdict.right_leniently for verdict in filed)
    missed = sum(v.gold_evidence == theirs and v.gold_label != "" and not v.label for v in found)
    return Score(right, lenient, len(filed) - right, missed)


def labels_read(found: list[Verdict]) -> tuple[int, int]:
    """How many of the posts whose text names their number are filed right by label, and how many there are."""
    typed = [verdict for verdict in found if verdict.gold_evidence == "label"]
    return sum(verdict.right and verdict.why == "label" for verdict in typed), len(typed)


class Guesses(NamedTuple):
    """How the guesses (`maybe Q3`) did.

    Of the unlabelled answers that neither label nor thread filed some are guessed right, some into another question
    (`elsewhere`), the rest not at all; `astray` are the guesses at posts that the gold file files nowhere, of
    `nowhere` such posts. `lenient` counts the guesses that the alternatives allow too.
    """

    right: int
    elsewhere: int
    astray: int
    lenient: int
    answers: int
    nowhere: int

    @property
    def made(self) -> int:
        """All guesses."""
        return self.right + self.elsewhere + self.astray

    @property
    def precision(self) -> float:
        """The share of the guesses that are right."""
        return self.right / self.made if self.made else 0.0

    @property
    def recall(self) -> float:
        """The share of the unlabelled answers that are guessed right."""
        return self.right / self.answers if self.answers else 0.0

    @property
    def strayed(self) -> float:
        """The share of the posts that belong nowhere that are guessed into a question."""
        return self.astray / self.nowhere if self.nowhere else 0.0


def guesses(found: Iterable[Verdict]) -> Guesses:
    """The figures of the guesses among these posts."""
    posts = list(found)
    made = [verdict for verdict in posts if verdict.why == "guess"]
    right = sum(verdict.right for verdict in made)
    astray = sum(verdict.gold_label == "" for verdict in made)
    return Guesses(
        right=right,
        elsewhere=len(made) - right - astray,
        astray=astray,
        lenient=sum(verdict.right_leniently for verdict in made),
        answers=sum(v.unlabelled_answer and v.why not in ("label", "thread") for v in posts),
        nowhere=sum(verdict.gold_label == "" for verdict in posts),
    )


def kinds_right(found: list[Verdict]) -> tuple[float, float]:
    """The share of the posts whose kind is the gold file's, and that it or its alternatives allow."""
    strict = sum(verdict.kind == verdict.gold_kind for verdict in found)
    lenient = sum(v.kind == v.gold_kind or any(v.kind == kind for kind, _ in v.allowed) for v in found)
    return strict / len(found), lenient / len(found)


class Agreement(NamedTuple):
    """How far two readers agree in one column: the share of the posts, and Cohen's kappa (1 always, 0 as by chance)."""

    share: float
    kappa: float


def agreement(one: list[str], other: list[str]) -> Agreement:
    """The agreement of two readers' words on the same posts."""
    count = len(one)
    share = sum(a == b for a, b in zip(one, other, strict=True)) / count
    theirs = Counter(other)
    chance = sum(times * theirs[word] for word, times in Counter(one).items()) / count**2
    return Agreement(share, 1.0 if chance == 1 else (share - chance) / (1 - chance))


def readers(name: str) -> tuple[Agreement, Agreement, Agreement]:
    """How far the two readers of a recording agree: in the kind, in the question (or none), and in the question where
    neither found it typed in the text."""
    a, b = (gold_rows(f"{name}.reader-{letter}.tsv") for letter in "ab")
    unlabelled = [n for n in range(len(a)) if "label" not in (a[n]["evidence"], b[n]["evidence"])]
    return (
        agreement([row["kind"] for row in a], [row["kind"] for row in b]),
        agreement([row["parent"] for row in a], [row["parent"] for row in b]),
        agreement([a[n]["parent"] for n in unlabelled], [b[n]["parent"] for n in unlabelled]),
    )
