"""A chat in memory whose posts are judged as they arrive, as the hub does it."""

from typing import Any

from msgspec.structs import replace

from sessions.core.events import PostEdited, PostFiled, PostSeen, QuestionAsked
from sessions.core.filing import Judge
from sessions.core.plan import Question
from sessions.core.posts import Author, Judgement, Post
from tests.sessions.core.building import Chat, a_plan

TEXTS = (
    "What does the first station in your room look like?",
    "How do you decide who works at the teacher table?",
    "Which station would you never give up, and why?",
    "How do you keep the noise at a level everyone can live with?",
    "What do you do with the early finishers?",
    "Where will you start tomorrow morning?",
)


def filed(judgement: Judgement) -> tuple[str, str] | None:
    """The question and the evidence, to compare at a glance."""
    return None if judgement.filed is None else (judgement.filed.question, judgement.filed.why)


class JudgedChat(Chat):
    """Questions with these labels (1 to 6 where none are given; the id of `3a` is `q3a`), hosted by Ana
    (`ana@mastodon.social`) and Ben (`ben`); a minute passes before each post."""

    def __init__(self, *labels: str, newcomers: frozenset[str] = frozenset()) -> None:
        named = labels or tuple("123456")
        queue = tuple(Question(f"q{label}", label, text, 8.0) for label, text in zip(named, TEXTS, strict=False))
        super().__init__(replace(a_plan(), questions=queue))
        self.judge = Judge(self.state, newcomer=lambda author: author.handle in newcomers)
        self.last = ""

    def ask(self, question: str) -> None:
        """The question is open from now on."""
        self.at += 60_000
        self.hear(QuestionAsked, question=question, seconds=480)

    def says(self, handle: str, text: str, *, network: str = "mastodon", **fields: Any) -> Judgement:
        """A post arrives, is judged, and is taken in; its judgement. Its id is `last`."""
        self.at += 60_000
        self._ids += 1
        self.last = f"{network}:{self._ids}"
        author = Author(f"{network}:@{handle}", handle, fields.pop("name", handle.title()))
        post = Post(self.last, author, text, fields.pop("posted_at", self.at), **fields)
        judgement = self.judge.judge(post)
        if judgement.repost_of is not None:
            post = replace(post, repost_of=judgement.repost_of)
        self.hear(
            PostSeen, post=post, kind=judgement.kind, filed=judgement.filed, newcomer=judgement.newcomer,
            says_new=judgement.says_new, addressed=judgement.addressed, corrects=judgement.corrects,
        )  # fmt: skip
        return judgement

    def edit(self, post: str, text: str) -> Judgement:
        """The author changes the text; the new judgement."""
        judgement = self.judge.rejudge(self.state.posts[post], text)
        self.hear(PostEdited, post=post, text=text, kind=judgement.kind, filed=judgement.filed)
        return judgement

    def file(self, post: str, question: str | None) -> None:
        """A moderator decides where the post belongs."""
        self._take(PostFiled(seq=self.state.seq + 1, at=self.at, by="Ana", command=None, post=post, question=question))
