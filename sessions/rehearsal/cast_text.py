"""What the built-in cast says: people and lines from cast.toml, fitted to a question's own words."""

import functools
import random
import re
from collections.abc import Iterable, Sequence
from importlib import resources

import msgspec

from sessions.core.cleaning import clean_text
from sessions.core.decoding import read_toml


class Teacher(msgspec.Struct, frozen=True):
    """An invented participant. `late` ones come in when the second question is open."""

    name: str
    handle: str
    level: str
    school: str
    grade: str
    room: str
    intro: str
    newcomer: bool = False
    late: bool = False

    @property
    def first(self) -> str:
        return self.name.partition(" ")[0]


class CastHost(msgspec.Struct, frozen=True):
    """An invented host."""

    name: str
    handle: str


class Theme(msgspec.Struct, frozen=True):
    """What teachers say about a theme, and by which words a question shows that it is about it.

    The lines of a `universal` theme pass as answers to most questions about teaching.
    """

    about: tuple[str, ...]
    lines: tuple[str, ...]
    faint: tuple[str, ...] = ()
    universal: bool = False


class Spam(msgspec.Struct, frozen=True):
    """The one post that has no business in the chat."""

    name: str
    handle: str
    text: str


class Material(msgspec.Struct, frozen=True):
    """The whole of a cast: `cast.toml`, or `cast-es.toml` for a chat in Spanish, which has no themes."""

    hosts: tuple[CastHost, ...]
    teachers: tuple[Teacher, ...]
    themes: tuple[Theme, ...]
    general: dict[str, tuple[str, ...]]
    openers: dict[str, tuple[str, ...]]
    closers: dict[str, tuple[str, ...]]
    quick: dict[str, tuple[str, ...]]
    pictures: dict[str, tuple[str, ...]]
    side: dict[str, tuple[str, ...]]
    hosts_say: dict[str, tuple[str, ...]]
    thanks: dict[str, tuple[str, ...]]
    spam: Spam
    words: dict[str, str]


@functools.cache
def material(language: str = "en") -> Material:
    """The cast that speaks this language (its code), as it is shipped with the package; else the English one."""
    name = "cast-es.toml" if language == "es" else "cast.toml"
    return read_toml(resources.files("sessions.rehearsal").joinpath(name).read_bytes(), Material)


_NOISE = re.compile(r"https?://\S+|[#@]\w+|^\s*q(?:uestion)?\s?\d+\w?\s*[:.)-]?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*[^\W_])?")
_BEFORE_A_VERB = frozenset(["you", "we", "they", "i", "to", "should", "could", "would", "can", "will"])
_DETERMINERS = {"your": "my", "the": "the", "a": "a", "an": "an", "our": "our"}
_CONNECTORS = frozenset({"of", "and"})
_LONGEST_TOPIC = 4
_OPENED, _CLOSED = 0.6, 0.1

_INTENTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("trouble", re.compile(r"\b(wrong|challeng|hard|fail|struggl|mistake|difficult|barrier|obstacle|worr)", re.I)),
    ("advice", re.compile(r"\b(advi[cs]e|tips?|recommend|favou?rite|best|tool|resource)", re.I)),
    ("why", re.compile(r"\bwhy\b", re.I)),
    ("how", re.compile(r"\bhow\b", re.I)),
    ("what", re.compile(r"\b(what|which|where|when|who)\b", re.I)),
)


def intent_of(question: str) -> str:
    """What kind of answer the question wants: a key of the table `openers`."""
    return next((name for name, words in _INTENTS if words.search(question)), "other")


def topics_of(question: str) -> tuple[str, ...]:
    """Up to two phrases of the question that an answer can take up ("the first station", "my room"), else "this"."""
    runs = _runs(_NOISE.sub(" ", question))
    short = [run for run in runs if run.count(" ") < _LONGEST_TOPIC]
    fit = [run for place, run in enumerate(short) if place == 0 or _stands_alone(run)]
    weak = {*material().words["weak"].split(), *_DETERMINERS.values(), *_CONNECTORS}
    strong = [run for run in fit if not weak.issuperset(run.casefold().split())]
    return tuple(dict.fromkeys(strong))[:2] or ("this",)


def _stands_alone(phrase: str) -> bool:
    """Bare single nouns ("task") need an article that the question may not have given; plurals and phrases do not."""
    return " " in phrase or phrase.endswith(("s", "ing")) or phrase.isupper()


def _runs(question: str) -> list[str]:
    stop = frozenset(material().words["stop"].split())
    runs: list[list[str]] = []
    run: list[str] = []
    end = 0
    before = ""
    for found in _WORD.finditer(question):
        word = found[0]
        low = word.casefold().replace("’", "'")
        if run and question[end : found.start()].strip():
            runs.append(run)
            run = []
        if low in _CONNECTORS and run:
            run.append(low)
        elif low in stop or low in _CONNECTORS or low.endswith("ly") or before in _BEFORE_A_VERB or "'" in low:
            runs.append(run)
            run = []
        else:
            if not run and before in _DETERMINERS:
                run.append(_DETERMINERS[before])
            run.append(word if before else low)
        before, end = low, found.end()
    runs.append(run)
    phrases = []
    for words in runs:
        while words and (words[-1] in _CONNECTORS or (len(words) > 1 and words[-1].endswith("ed"))):
            words.pop()
        if any(word not in _CONNECTORS and word not in _DETERMINERS.values() for word in words):
            phrases.append(" ".join(words))
    return phrases


def themes_of(question: str) -> list[Theme]:
    """The themes that the question is about, those named first in it first."""
    words = [word.casefold() for word in _WORD.findall(_NOISE.sub(" ", question))]
    for strength in ("about", "faint"):
        places = {}
        for number, theme in enumerate(material().themes):
            keys: tuple[str, ...] = getattr(theme, strength)
            hits = [place for place, word in enumerate(words) if any(_matches(word, key) for key in keys)]
            if hits:
                places[number] = hits[0]
        if places:
            return [material().themes[number] for number in sorted(places, key=places.__getitem__)]
    return []


def _matches(word: str, key: str) -> bool:
    return word == key.rstrip("$") if len(key) <= 3 or key.endswith("$") else word.startswith(key)


class Deck:
    """The lines of a session's answers: none comes twice while there are others."""

    def __init__(self, rng: random.Random, title: str, cast: Material) -> None:
        self._cast = cast
        self._rng = rng
        self._title = title
        self._used: set[str] = set()

    def deal(self, question: str, count: int, questions_left: int) -> list[str]:
        """`count` lines for this question; a theme's lines are shared with the `questions_left` that follow."""
        fitting = self._unused((themes_of(question) or themes_of(self._title)) if self._cast.themes else ())
        share = max(5, -(-len(fitting) // (questions_left + 1)))
        general = self._shuffled(self._cast.general["lines"])
        universal = self._unused(theme for theme in self._cast.themes if theme.universal)
        ranked = [*fitting[:share], *general[: count // 4], *universal, *general, *fitting[share:]]
        dealt = list(dict.fromkeys(ranked))[:count]
        self._used.update(dealt)
        if len(dealt) < count:
            self._used.clear()
            dealt += self._rng.choices(self._cast.general["lines"], k=count - len(dealt))
        self._rng.shuffle(dealt)
        return dealt

    def _unused(self, themes: Iterable[Theme]) -> list[str]:
        return self._shuffled([line for theme in themes for line in theme.lines])

    def _shuffled(self, lines: Sequence[str]) -> list[str]:
        left = [line for line in lines if line not in self._used]
        self._rng.shuffle(left)
        return left


def answer_text(
    rng: random.Random, body: str, question: str, teacher: Teacher, opened: bool = True, cast: Material | None = None
) -> str:
    """An answer of `teacher`, who is of the `cast` (the English one): mostly an opener (never where not `opened`), the
    line, sometimes a closer."""
    cast = cast or material()
    topic = rng.choice(topics_of(question))
    room = teacher.room
    values = {
        "topic": topic,
        "Topic": topic[:1].upper() + topic[1:],
        "room": room,
        "room_start": room[:1].upper() + room[1:],
        "grade": teacher.grade,
    }
    parts = [body.format_map(values)]
    if opened and "{topic}" not in body and "{Topic}" not in body and rng.random() < _OPENED:
        parts.insert(0, rng.choice(cast.openers.get(intent_of(question), cast.openers["other"])).format_map(values))
    if rng.random() < _CLOSED:
        parts.append(rng.choice(cast.closers["lines"]))
    return clean_text(" ".join(parts))
