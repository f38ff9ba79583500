"""What the latest posts speak of: the words of those filed under each question, and the words of talk.

Only the latest posts count, so that it stays small, and it is a function of the state alone: a judge that is made anew
remembers what one remembers that saw every post arrive, also after posts were edited, filed by hand or blanked.
"""

from collections import Counter, deque
from functools import lru_cache
from itertools import islice
from math import log
from typing import NamedTuple

from sessions.core.filing.guessing.decisions import told
from sessions.core.filing.words import words_said
from sessions.core.posts import Kind, Why
from sessions.core.state import PostLayer, SessionState

WINDOW = 600
"""How many of the latest posts are remembered: more than an hour of a busy chat has."""

WORDS_OF_A_POST = 40
"""Of a longer post the first different words count."""

_SHORTEST = 3
_WEIGHT: dict[Why, int] = {"moderator": 8, "label": 4, "thread": 4, "guess": 1}
"""How much the words of a post count for its question, by what filed it: in whole numbers, which add up and are taken
away again without an error."""

_TALK = 4
_SILENT: tuple[Kind, ...] = ("repost", "spam", "announcement")
_EVEN = 2.0
"""Added to both sides of a comparison, so that a word that was seen once tells little."""
_NOTHING: Counter[str] = Counter()


class _Counted(NamedTuple):
    """What one post added: its words, the question (None: talk) and the weight, 0 where it is neither; `layer` is what
    it was made of."""

    layer: tuple[object, ...]
    words: tuple[str, ...]
    question: str | None
    weight: int


class WordMemory:
    """The words of the latest posts by question. `catch_up` before anything is looked up."""

    def __init__(self, state: SessionState) -> None:
        self._state = state
        self._forget()

    def _forget(self) -> None:
        self._seq = self._seen = 0
        self._counted: dict[str, _Counted] = {}
        self._order: deque[str] = deque()
        self._under: dict[str | None, Counter[str]] = {}
        self._totals: Counter[str | None] = Counter()

    def catch_up(self) -> None:
        """Take in what came, and what became of what was there, since the last time."""
        state = self._state
        count = len(state.posts)
        came = count - self._seen
        if came < 0 or state.seq < self._seq:  # the state was folded anew and lacks what was never stored
            self._forget()
            came = count
        new = list(islice(reversed(state.posts), min(came, WINDOW)))[::-1]
        if state.seq - self._seq != came or any(state.posts[post].corrects is not None for post in new):
            self._look_again()  # more happened than that posts came
        for post in new:
            self._order.append(post)
            self._counted[post] = self._count(self._made_of(post), 1)
        while len(self._order) > WINDOW:
            self._count(self._counted.pop(self._order.popleft()), -1)
        self._seq, self._seen = state.seq, count

    def _look_again(self) -> None:
        layers = self._state.layers
        for post in self._order:
            layer = layers.get(post)
            if layer is not None and _told_by(layer) != self._counted[post].layer:
                self._count(self._counted[post], -1)
                self._counted[post] = self._count(self._made_of(post), 1)

    def _made_of(self, post: str) -> _Counted:
        state = self._state
        seen, layer = state.posts[post], state.layers.get(post)
        kind, filed = (seen.kind, seen.filed) if layer is None else (layer.kind, layer.filed)
        made_of = () if layer is None else _told_by(layer)
        if kind in _SILENT or (layer is not None and (layer.removed or layer.redacted)):
            return _Counted(made_of, (), None, 0)
        said = content_words(state.text(post))
        decided = told(state, post)
        if decided is not None:
            return _Counted(made_of, said, decided.question, _WEIGHT["moderator"])
        if filed is not None:
            return _Counted(made_of, said, filed.question, _WEIGHT[filed.why])
        return _Counted(made_of, said, None, _TALK if kind == "aside" else 0)

    def _count(self, counted: _Counted, by: int) -> _Counted:
        if counted.weight:
            _add(self._under.setdefault(counted.question, Counter()), counted.words, by * counted.weight)
            self._totals[counted.question] += by * counted.weight
        return counted

    def words_of(self, post: str) -> tuple[str, ...]:
        """The words that a remembered post added; none of any other."""
        found = self._counted.get(post)
        return () if found is None else found.words

    def without(self, post: str) -> "Remembered":
        """What is remembered, as if this post were not: it must not speak for itself when it is judged again."""
        return Remembered(self._under, self._totals, self._counted.get(post))


class Remembered:
    """What the posts but one speak of."""

    def __init__(
        self,
        under: dict[str | None, Counter[str]],
        totals: Counter[str | None],
        left_out: _Counted | None,
    ) -> None:
        self._under = under
        self._totals = totals
        self._words = frozenset(() if left_out is None else left_out.words)
        self._question = None if left_out is None else left_out.question
        self._weight = 0 if left_out is None else left_out.weight

    def speaks(self, said: tuple[str, ...], questions: list[str]) -> dict[str, float]:
        """How much more than elsewhere each question's posts have these words: sums of logarithms, made smaller where
        there are many words. Empty where nothing is known yet."""
        places: list[str | None] = [None, *questions]
        known = self._question in places
        left_out, lost = (places.index(self._question), self._weight) if known else (0, 0)
        totals = [self._totals[place] for place in places]
        totals[left_out] -= lost
        everything = sum(totals)
        if not everything or not said:
            return {}
        words_under = [self._under.get(place, _NOTHING) for place in places]
        found = [0.0] * len(places)
        for word in said:
            have = [under.get(word, 0) for under in words_under]
            if word in self._words:
                have[left_out] -= lost
            everywhere = sum(have)
            if everywhere:
                for place in range(1, len(places)):
                    expected = everywhere * totals[place] / (everything + 1)
                    found[place] += log((have[place] + _EVEN) / (expected + _EVEN))
        smaller = (len(said) + 3) ** 0.5
        return {question: told_by / smaller for question, told_by in zip(questions, found[1:], strict=True)}


def _add(counter: Counter[str], words: tuple[str, ...], by: int) -> None:
    for word in words:
        counter[word] += by
        if not counter[word]:
            del counter[word]


def _told_by(layer: PostLayer) -> tuple[object, ...]:
    return (layer.text, layer.kind, layer.filed, layer.decision, layer.removed, layer.redacted)


@lru_cache(maxsize=16)  # few, so that blanked words are soon gone
def content_words(text: str) -> tuple[str, ...]:
    """The different words of a post that may tell what it speaks of, in their order."""
    return tuple(islice(dict.fromkeys(word for word in words_said(text) if len(word) >= _SHORTEST), WORDS_OF_A_POST))
