"""The evidence about a post without a label: what speaks for each question that was asked, and for none of them.

Each piece has a name, under which `weights` tells what it counts for, and a value that mostly lies between 0 and 1.
What needs no words of any language is the time, the author's own posts, the conversation and quotes.
"""

from itertools import islice
from math import exp
from typing import NamedTuple

from sessions.core.filing.guessing.decisions import told
from sessions.core.filing.guessing.form import form
from sessions.core.filing.guessing.memory import WordMemory, content_words
from sessions.core.filing.post_index import PostIndex
from sessions.core.filing.words import mentioned, part_of
from sessions.core.posts import Filed, Post
from sessions.core.state import SessionState

QUESTIONS = 8
"""How many of the questions asked last a guess may be among."""

_PEOPLE = 4
_LOOKED_BACK = 8
_UP = 4
_TURNS = 4
_LONGEST_TALK = 15
"""Minutes after which nobody answers a post."""

_MINUTE = 60_000
_GUESSED = 0.5
"""How sure a guess is that does not say it, where another rests on it."""


class Evidence(NamedTuple):
    """What speaks of a post: `of_post` against its belonging anywhere, `of_questions` for each question (by id)."""

    of_post: dict[str, float]
    of_questions: dict[str, dict[str, float]]

    def against(self, name: str, value: float) -> None:
        """More against its belonging anywhere."""
        self.of_post[name] = self.of_post.get(name, 0.0) + value

    def speak(self, question: str | None, name: str, value: float, *, otherwise: str | None = None) -> None:
        """More for a question; where it is none that was asked, the other name against all of them."""
        found = None if question is None else self.of_questions.get(question)
        if found is not None:
            found[name] = found.get(name, 0.0) + value
        elif otherwise is not None:
            self.against(otherwise, value)


class _Earlier(NamedTuple):
    """An earlier post: where it is filed (None: nowhere), how surely (0 to 1), how many minutes ago."""

    id: str
    question: str | None
    sure: float
    ago: float


class Witness:
    """Gathers the evidence about posts against the state before them. Pure, like the judge."""

    def __init__(self, state: SessionState, index: PostIndex) -> None:
        self._state = state
        self._index = index
        self._memory = WordMemory(state)

    def evidence(self, post: Post) -> Evidence:
        """The evidence about a post; no question was asked before it where `of_questions` is empty."""
        self._memory.catch_up()
        quoted = post.quote_of
        evidence = Evidence(
            form(post.text, quotes=quoted is not None),
            self._by_time(post, to_all=not mentioned(post.text) and quoted is None),
        )
        if quoted is not None and quoted in self._state.posts:
            filed = self._state.filed(quoted)
            question = None if filed is None else filed.question
            evidence.speak(question, "quotes an answer", 1.0, otherwise="quotes talk")
        self._by_author(post, evidence)
        self._by_people(post, evidence)
        self._by_words(post, evidence)
        return evidence

    def _by_time(self, post: Post, *, to_all: bool) -> dict[str, dict[str, float]]:
        """The questions asked before the post, the latest first, with what the time tells."""
        asked: dict[str, int] = {}
        for opening in reversed(self._state.openings):
            if opening.at <= post.posted_at and opening.question in self._state.questions:
                asked.setdefault(opening.question, opening.at)
                if len(asked) == QUESTIONS:
                    break
        found: dict[str, dict[str, float]] = {}
        newer = post.posted_at
        for place, (question, at) in enumerate(asked.items()):
            since = (post.posted_at - (newer if place else at)) / _MINUTE
            if place == 0:
                found[question] = {"open": 1.0, "just asked": exp(-since / 1.5)}
                if to_all:
                    found[question]["open, said to all"] = 1.0
            elif place == 1:
                found[question] = {"asked before": 1.0, "still being answered": exp(-since / 2)}
            else:
                found[question] = {"asked earlier": 1.0}
            newer = at
        return found

    def _by_author(self, post: Post, evidence: Evidence) -> None:
        earlier = self._posts_of(post.author.id, post)
        if earlier:
            evidence.against("author talks", sum(one.question is None for one in earlier) / (len(earlier) + 2))
            last = earlier[0]
            near = exp(-last.ago / 2) * (last.sure if last.question is not None else 1)
            evidence.speak(last.question, "own post just before", near, otherwise="own talk just before")
            if _continues(post.text):
                evidence.speak(last.question, "goes on", last.sure * exp(-last.ago / 5))
        for question in {one.question for one in earlier if one.sure == 1}:
            evidence.speak(question, "answered already", 1.0)
            if question in evidence.of_questions and "open" in evidence.of_questions[question]:
                evidence.speak(question, "answered the open one", 1.0)

    def _posts_of(self, author: str, before: Post) -> list[_Earlier]:
        """The latest posts of somebody before this one, the latest first; reposts say nothing of their own."""
        state = self._state
        found = []
        for id_ in self._index.posts_before(author, before.id, _LOOKED_BACK):
            earlier = state.posts[id_].post
            if earlier.posted_at > before.posted_at or state.kind(id_) == "repost":
                continue
            ago = (before.posted_at - earlier.posted_at) / _MINUTE
            decided, filed = told(state, id_), state.filed(id_)
            if decided is not None:
                found.append(_Earlier(id_, decided.question, 1.0, ago))
            elif filed is None:
                found.append(_Earlier(id_, None, 0.0, ago))
            else:
                found.append(_Earlier(id_, filed.question, _sure(filed), ago))
        return found

    # The conversation

    def _by_people(self, post: Post, evidence: Evidence) -> None:
        people = dict.fromkeys(self._index.person(post.author.network, handle) for handle in mentioned(post.text))
        known = [person for person in people if person is not None and person != post.author.id]
        said = frozenset(content_words(post.text))
        for place, person in enumerate(islice(known, _PEOPLE)):
            share = 0.4 if place else 1.0
            if self._state.people[person].host:
                evidence.of_post["names a host"] = 1.0
            earlier = self._posts_of(person, post)
            self._by_what_they_answered(earlier, share, evidence)
            if not place:
                turns = sum(self._state.posts[one.id].addressed == post.author.id for one in earlier if one.ago < 10)
                evidence.against("many turns", min(turns, _TURNS) / _TURNS)
            parent = self._answered(earlier, post, said)
            if parent is not None:
                self._by_thread(parent, post, share * exp(-parent.ago / 6), evidence)

    @staticmethod
    def _by_what_they_answered(earlier: list[_Earlier], share: float, evidence: Evidence) -> None:
        warmth: dict[str | None, float] = {}
        for one in earlier:
            warm = exp(-one.ago / 3) * (0.5 if one.question is None else one.sure)
            warmth[one.question] = warmth.get(one.question, 0.0) + warm
        everything = sum(warmth.values()) + 0.1
        for question, warm in warmth.items():
            evidence.speak(question, "named answered it", share * warm / everything)

    def _by_thread(self, parent: _Earlier, post: Post, near: float, evidence: Evidence) -> None:
        state = self._state
        if state.posts[parent.id].addressed == post.author.id:
            evidence.against("goes to and fro", near)
            if "?" in state.text(parent.id):
                evidence.against("was asked", near)
        if parent.question is None and state.kind(parent.id) == "answer":
            evidence.against("answers what looks like one", near)
        root, up = self._root(parent)
        name = "goes on below an answer" if up else "answers an answer"
        evidence.speak(root.question, name, near * 0.7**up * root.sure)

    def _answered(self, earlier: list[_Earlier], post: Post, said: frozenset[str]) -> _Earlier | None:
        """Which of these posts of somebody named this one most likely answers: a late one, one to its author, one that
        has words of it, one under a question."""

        def likely(one: _Earlier) -> float:
            shared = min(len(said.intersection(self._memory.words_of(one.id))), 3)
            to_author = self._state.posts[one.id].addressed == post.author.id
            return to_author + 0.6 * shared + 0.4 * (one.sure == 1) - one.ago / 4

        return max((one for one in earlier if one.ago < _LONGEST_TALK), key=likely, default=None)

    def _root(self, parent: _Earlier) -> tuple[_Earlier, int]:
        """The first post up the conversation that is filed, else the last that is known, and how far up it is."""
        passed = {parent.id}
        for up in range(_UP):
            seen = self._state.posts[parent.id]
            if parent.question is not None or seen.addressed is None:
                return parent, up
            said = frozenset(self._memory.words_of(parent.id))
            above = self._answered(self._posts_of(seen.addressed, seen.post), seen.post, said)
            if above is None or above.id in passed:
                return parent, up
            passed.add(above.id)
            parent = above
        return parent, _UP

    # The words

    def _by_words(self, post: Post, evidence: Evidence) -> None:
        remembered = self._memory.without(post.id)
        for question, told_by in remembered.speaks(content_words(post.text), list(evidence.of_questions)).items():
            evidence.speak(question, "words of its answers", told_by)


def _sure(filed: Filed) -> float:
    """How sure a filing is where a guess rests on it: what a label, a thread or a moderator filed is 1."""
    if filed.why != "guess":
        return 1.0
    return _GUESSED if filed.confidence is None else filed.confidence


def _continues(text: str) -> bool:
    return part_of(text) is not None or text.lstrip().startswith(("...", "…", "&", "and ", "And ", "also ", "Also "))
