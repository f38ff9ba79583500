"""The recorded chats of `tests/chats` and the judge's way through them, as the hub goes it with `--follow`: a question
that a host posts is taken as asked."""

import csv
import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

from sessions.core.events import SCHEMA, PostSeen, QuestionAsked, SessionOpened
from sessions.core.evolve import evolve
from sessions.core.filing import Judge, asked_question
from sessions.core.filing.guessing import WEIGHTS, Weights
from sessions.core.filing.kinds import heads_up
from sessions.core.filing.labels import split_label
from sessions.core.filing.words import bare
from sessions.core.plan import Host, Plan, Question
from sessions.core.posts import Judgement, Post
from sessions.core.state import SessionState
from sessions.rehearsal.chat_file import read_chat_file

CHATS = Path(__file__).parent.parent / "chats"
HOSTS = ("LanternHEchat", "bramblemere59")
OTHERS = {
    "lthechat-45": ("LanternHEchat", "bramblemere59", "DrAmberwick"),
    "guildchat-readdress-the-lms": ("HarbourGuild",),
    "byod4lchat-curating": ("tansyworth69",),
    "pstweetchat-2021-09-03": ("juttafennelcrof",),
}
"""The other recordings, and who hosts them."""

LABELLED = ("lthechat-on", "lthechat-45", "byod4lchat-curating", "guildchat-readdress-the-lms")
"""The recordings with a gold file (`tests/chats/LABELLING.md`)."""


def hosts_of(name: str) -> tuple[str, ...]:
    """The handles of those who host a recording."""
    return OTHERS.get(name, HOSTS)


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
    posts: list[Post],
    questions: tuple[Question, ...],
    hosts: tuple[str, ...],
    weights: Weights = WEIGHTS,
    look: Callable[[Judge, Post, Judgement], None] = lambda *_: None,
) -> Iterator[tuple[Post, Judgement]]:
    """Each post with its judgement, the questions followed as they are posted.

    `look` is called before the post is taken in."""
    state = SessionState()

    def hear(event_type: Callable[..., SessionOpened | QuestionAsked | PostSeen], at: int, **fields: object) -> None:
        evolve(state, event_type(seq=state.seq + 1, at=max(at, state.at), by=None, command=None, **fields))

    start = posts[0].posted_at
    hear(SessionOpened, start, plan=a_plan(questions, hosts, start), schema=SCHEMA, rehearsal=True)
    judge = Judge(state, weights=weights)
    for post in posts:
        judgement = judge.judge(post)
        look(judge, post, judgement)
        hear(
            PostSeen, post.posted_at, post=post, kind=judgement.kind, filed=judgement.filed,
            newcomer=judgement.newcomer, says_new=judgement.says_new, addressed=judgement.addressed,
            corrects=judgement.corrects,
        )  # fmt: skip
        question = asked_question(state, post, judgement)
        if question is not None:
            hear(QuestionAsked, post.posted_at, question=question, seconds=540)
        yield post, judgement


def gold_rows(name: str) -> list[dict[str, str]]:
    """The lines of a table beside the recordings, by the names of its columns."""
    with (CHATS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def followed_questions(posts: list[Post], hosts: tuple[str, ...]) -> tuple[Question, ...]:
    """The questions that the hosts asked with a label, first wording each, as their plan may have had them."""
    found: dict[str, Question] = {}
    for post in posts:
        split = split_label(post.text)
        if split is not None and split[0].letter == "Q" and post.author.handle in hosts and not heads_up(post.text):
            number = split[0].number
            found.setdefault(number, Question(f"q{number}", number, bare(split[1]), 8.0))
    return tuple(found.values())
