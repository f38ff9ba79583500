"""What the judge made of each post of a labelled recording, beside what its readers said."""

from typing import NamedTuple

from sessions.core.filing.guessing import WEIGHTS, Weights
from tests.gold.chats import asked_questions, gold_rows, hosts_of, judged, recorded_posts

KINDS = {"announce": "announcement", "intro": "introduction"}


class Verdict(NamedTuple):
    """What was judged of one post and what its readers said: kind and label (empty: not filed)."""

    seq: int
    text: str
    kind: str
    label: str
    why: str
    gold_kind: str
    gold_label: str
    gold_evidence: str
    allowed: frozenset[tuple[str, str]]

    @property
    def right(self) -> bool:
        """Filed as the gold file says."""
        return self.label == self.gold_label

    @property
    def right_leniently(self) -> bool:
        """Filed as the gold file or one of its alternatives says."""
        return self.right or any(self.label == label for _, label in self.allowed)

    @property
    def unlabelled_answer(self) -> bool:
        """Whether it answers a question that its text does not name: what a guess is for."""
        return self.gold_kind == "answer" and self.gold_label != "" and self.gold_evidence != "label"


def gold_kind(row: dict[str, str], column: str = "kind") -> str:
    """The kind that a reader wrote, as the product calls it."""
    return KINDS.get(row[column], row[column])


def verdicts(name: str = "lthechat-on", weights: Weights = WEIGHTS) -> list[Verdict]:
    """Every post of the labelled recording, judged and compared."""
    questions = asked_questions(name)
    labels = {question.id: question.label for question in questions}
    gold = {row["id"]: row for row in gold_rows(f"{name}.gold.tsv")}
    others: dict[str, set[tuple[str, str]]] = {}
    for row in gold_rows(f"{name}.gold-alternatives.tsv"):
        others.setdefault(row["seq"], set()).add((gold_kind(row, "alt_kind"), row["alt_parent"] or ""))
    found = []
    for post, judgement in judged(recorded_posts(name), questions, hosts_of(name), weights):
        row = gold[post.id.partition(":")[2]]
        filed = judgement.filed
        found.append(
            Verdict(
                seq=int(row["seq"]), text=post.text, kind=judgement.kind,
                label="" if filed is None else labels[filed.question], why="" if filed is None else filed.why,
                gold_kind=gold_kind(row), gold_label=row["parent"] or "",
                gold_evidence=row["evidence"], allowed=frozenset(others.get(row["seq"], set())),
            )
        )  # fmt: skip
    return found
