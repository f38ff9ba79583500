"""Scores the filing against a recorded chat that was labelled by hand: `python -m tests.gold`.

The posts of `lthechat-on` go in order through `Judge` and `evolve`, as the hub does it with `--follow`: a question that
a host posts is taken as asked. Right is what the gold file says (strictly), or what it or its alternatives say
(leniently); `tests/chats/LABELLING.md` tells how both were made. `--wrong` lists what was judged otherwise.
"""

import csv
import datetime
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from sessions.core.events import SCHEMA, PostSeen, QuestionAsked, SessionOpened
from sessions.core.evolve import evolve
from sessions.core.filing import Judge, asked_question
from sessions.core.filing.kinds import heads_up
from sessions.core.filing.labels import split_label
from sessions.core.filing.words import bare
from sessions.core.plan import Host, Plan, Question
from sessions.core.posts import Judgement, Post
from sessions.core.state import SessionState
from sessions.rehearsal.chat_file import read_chat_file

CHATS = Path(__file__).parent / "chats"
HOSTS = ("LanternHEchat", "bramblemere59")
OTHERS = {
    "lthechat-45": ("LanternHEchat", "bramblemere59", "DrAmberwick"),
    "guildchat-readdress-the-lms": ("HarbourGuild",),
    "byod4lchat-curating": ("tansyworth69",),
    "pstweetchat-2021-09-03": ("juttafennelcrof",),
}
"""The recordings without a gold file, and who hosts them."""

KINDS = {"announce": "announcement", "intro": "introduction"}
EVIDENCE = ("label", "thread", "guess")


def recorded_posts(name: str) -> list[Post]:
    """The posts of a recording as the practice source brings them: no reply ids, quotes where a link tells."""
    path = CHATS / f"{name}.jsonl"
    return list(read_chat_file(path, path.read_bytes()).posts)


def asked_questions(name: str) -> tuple[Question, ...]:
    """The questions of a recording's own list, as a plan has them: without the label and the hashtag."""
    with (CHATS / f"{name}.questions.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        Question(f"q{n}", row["label"], row["text"].partition(" ")[2].rpartition(" #")[0], 9.0)
        for n, row in enumerate(rows, 1)
    )


def a_plan(questions: tuple[Question, ...], hosts: tuple[str, ...], starts_at: int) -> Plan:
    """A plan for a recording."""
    starts = datetime.datetime.fromtimestamp(starts_at / 1000, datetime.UTC).replace(tzinfo=None)
    named = tuple(Host(handle, (handle,)) for handle in hosts)
    return Plan("", (), "gold", starts, starts_at, "UTC", 60.0, 8.0, 2.0, ("practice",), named, questions, {})


def judged(
    posts: list[Post], questions: tuple[Question, ...], hosts: tuple[str, ...]
) -> Iterator[tuple[Post, Judgement]]:
    """Each post with its judgement, the questions followed as they are posted."""
    state = SessionState()

    def hear(event_type: Callable[..., SessionOpened | QuestionAsked | PostSeen], at: int, **fields: object) -> None:
        evolve(state, event_type(seq=state.seq + 1, at=max(at, state.at), by=None, command=None, **fields))

    start = posts[0].posted_at
    hear(SessionOpened, start, plan=a_plan(questions, hosts, start), schema=SCHEMA, rehearsal=True)
    judge = Judge(state)
    for post in posts:
        judgement = judge.judge(post)
        hear(
            PostSeen, post.posted_at, post=post, kind=judgement.kind, filed=judgement.filed,
            newcomer=judgement.newcomer, says_new=judgement.says_new, addressed=judgement.addressed,
        )  # fmt: skip
        question = asked_question(state, post, judgement)
        if question is not None:
            hear(QuestionAsked, post.posted_at, question=question, seconds=540)
        yield post, judgement


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


def gold_rows(name: str) -> list[dict[str, str]]:
    """The lines of a table beside the recordings, by the names of its columns."""
    with (CHATS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def verdicts(name: str = "lthechat-on", hosts: tuple[str, ...] = HOSTS) -> list[Verdict]:
    """Every post of the labelled recording, judged and compared."""
    questions = asked_questions(name)
    labels = {question.id: question.label for question in questions}
    gold = {row["id"]: row for row in gold_rows(f"{name}.gold.tsv")}
    others: dict[str, set[tuple[str, str]]] = {}
    for row in gold_rows(f"{name}.gold-alternatives.tsv"):
        kind = KINDS.get(row["alt_kind"], row["alt_kind"])
        others.setdefault(row["seq"], set()).add((kind, row["alt_parent"] or ""))
    found = []
    for post, judgement in judged(recorded_posts(name), questions, hosts):
        row = gold[post.id.partition(":")[2]]
        filed = judgement.filed
        found.append(
            Verdict(
                seq=int(row["seq"]), text=post.text, kind=judgement.kind,
                label="" if filed is None else labels[filed.question], why="" if filed is None else filed.why,
                gold_kind=KINDS.get(row["kind"], row["kind"]), gold_label=row["parent"] or "",
                gold_evidence=row["evidence"], allowed=frozenset(others.get(row["seq"], set())),
            )
        )  # fmt: skip
    return found


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


def _print_gold(found: list[Verdict]) -> None:
    right, typed = labels_read(found)
    print(f"lthechat-on: {len(found)} posts; of {typed} typed labels {right} filed right ({right / typed:.1%})\n")
    print(f"{'filed by':<10}{'right':>7}{'lenient':>9}{'wrong':>7}{'wrong %':>9}{'not filed':>11}")
    sure = [verdict for verdict in found if verdict.why in ("label", "thread")]
    for why in EVIDENCE:
        s = score(found, why)
        share = s.wrong / (s.right + s.wrong) if s.right + s.wrong else 0.0
        print(f"{why:<10}{s.right:>7}{s.lenient:>9}{s.wrong:>7}{share:>9.1%}{s.missed:>11}")
    wrong = sum(not verdict.right for verdict in sure)
    print(f"label and thread together: {wrong} wrong of {len(sure)} ({wrong / len(sure):.2%})")
    names = ("answer", "question", "announcement", "introduction", "aside", "repost", "spam")
    print(f"\n{'gold kind':<14}" + "".join(f"{name[:9]:>10}" for name in names) + "   <- judged as")
    table = Counter((verdict.gold_kind, verdict.kind) for verdict in found)
    for name in names:
        print(f"{name:<14}" + "".join(f"{table[name, judged_as] or '.':>10}" for judged_as in names))
    strict = sum(verdict.kind == verdict.gold_kind for verdict in found)
    lenient = sum(v.kind == v.gold_kind or any(v.kind == kind for kind, _ in v.allowed) for v in found)
    print(f"kind: {strict / len(found):.1%} right strictly, {lenient / len(found):.1%} leniently")


def followed_questions(posts: list[Post], hosts: tuple[str, ...]) -> tuple[Question, ...]:
    """The questions that the hosts asked with a label, first wording each, as their plan may have had them."""
    found: dict[str, Question] = {}
    for post in posts:
        split = split_label(post.text)
        if split is not None and split[0].letter == "Q" and post.author.handle in hosts and not heads_up(post.text):
            number = split[0].number
            found.setdefault(number, Question(f"q{number}", number, bare(split[1]), 8.0))
    return tuple(found.values())


def _print_others() -> None:
    print(f"\n{'without gold':<30}{'posts':>7}{'label':>7}{'thread':>8}{'guess':>7}{'none':>7}   kinds")
    for name, hosts in OTHERS.items():
        posts = recorded_posts(name)
        found = [judgement for _, judgement in judged(posts, followed_questions(posts, hosts), hosts)]
        by = Counter("none" if judgement.filed is None else judgement.filed.why for judgement in found)
        kinds = Counter(judgement.kind for judgement in found)
        line = f"{name:<30}{len(posts):>7}{by['label']:>7}{by['thread']:>8}{by['guess']:>7}{by['none']:>7}   "
        print(line + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


def main() -> None:
    """Print the scores; with `--wrong` also every post that was filed otherwise."""
    found = verdicts()
    _print_gold(found)
    _print_others()
    if "--wrong" in sys.argv[1:]:
        print()
        for v in found:
            if not v.right or v.kind != v.gold_kind:
                ours = f"{v.kind}/{v.label or '-'} by {v.why or '-'}"
                print(f"{v.seq:>4} {ours}, gold {v.gold_kind}/{v.gold_label or '-'}: {v.text!r}")


if __name__ == "__main__":
    main()
