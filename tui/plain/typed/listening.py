"""What one types to hear something: posts, people, the queue, the time. It changes nothing."""

from collections.abc import Mapping

from sessions.core.hashtags import is_tag
from sessions.core.state import SessionState
from sessions.words import _
from tui.plain.chat import PlainPort
from tui.plain.targets import Unclear, asked_before, find_person
from tui.plain.told import looking
from tui.plain.told.news import LEVELS, Level, News
from tui.plain.told.telling import greeting_state, hour
from tui.plain.typed.interpreting import Does
from tui.plain.vocabulary.words import Typed
from tui.widgets.answers.pane_filter import PaneFilter

LATEST = 5
"""Posts that `latest` reads where no number is typed."""


class Listening:
    """The words of a live and of a saved chat that only tell."""

    def __init__(self, port: PlainPort, news: News) -> None:
        self._port = port
        self._news = news

    def handlers(self) -> Mapping[str, Does]:
        """What does each of these words."""
        return {
            "read": self._read,
            "latest": self._latest,
            "answers": self._answers,
            "not answered": self._not_answered,
            "posts": self._posts,
            "find": self._find,
            "to greet": lambda _rest: self._put(looking.to_greet(self._state, self._port.model.now())),
            "who": lambda _rest: self._put(looking.people(self._state)),
            "newcomers": lambda _rest: self._put(looking.newcomers(self._state)),
            "time": self._time,
            "questions": lambda _rest: self._put(looking.queue(self._state)),
            "question": self._question,
            "roles": self._roles,
            "quiet": lambda _rest: self._set_level("quiet"),
            "normal": lambda _rest: self._set_level("normal"),
            "loud": lambda _rest: self._set_level("loud"),
            "help": self._help,
        }

    @property
    def _state(self) -> SessionState:
        return self._port.model.state

    def _put(self, lines: list[str]) -> None:
        for line in lines:
            self._port.put(line)

    def _read(self, rest: str) -> None:
        for typed in rest.replace(",", " ").split():
            self._put(looking.post(self._state, self._port.numbers.find(self._state, typed), self._port.numbers))

    def _latest(self, rest: str) -> None:
        most = int(rest) if rest.isdecimal() and 0 < int(rest) < 1000 else LATEST
        posts = looking.admitted(self._state, PaneFilter())[-most:]
        self._put(looking.posts(self._state, posts, self._port.numbers, most=most) or [_("No post yet.")])

    def _answers(self, rest: str) -> None:
        self._port.panes.show_answers(PaneFilter("question", self._meant(rest, "answers 1")))

    def _not_answered(self, rest: str) -> None:
        question = self._meant(rest, "not answered 1")  # words: what is typed
        self._port.put(looking.not_answered(self._state, question))

    def _meant(self, rest: str, example: str) -> str:
        question = asked_before(self._state, rest)
        if question is None:
            raise Unclear(_("No question is open. Such as: {example}").format(example=example))
        return question

    def _posts(self, rest: str) -> None:
        self._port.panes.show_answers(self._which(rest))

    def _which(self, rest: str) -> PaneFilter:
        """The posts that a word stands for, else those of a hashtag or of a person. Raises `Unclear`."""
        tag = rest.lstrip("#＃")
        if tag != rest and is_tag(tag):
            return PaneFilter("tag", of=tag)
        which = looking.posts_by_word(rest)
        if which is not None:
            return which
        try:
            return PaneFilter("person", of=find_person(self._state, rest, self._port.numbers))
        except Unclear as unclear:
            words = _("Which posts? all, unfiled, guesses, starred, newcomers, chatter, a #hashtag or a person.")
            raise Unclear(f"{unclear} {words}") from None

    def _find(self, rest: str) -> None:
        found = looking.found(self._state, rest)
        if isinstance(found, str):
            raise Unclear(found)
        self._put(looking.posts(self._state, found, self._port.numbers) or [_("Nothing was found.")])

    def _time(self, _rest: str) -> None:
        self._port.put(f"{hour(self._state, self._port.model.now())} {greeting_state(self._state)}")

    def _question(self, rest: str) -> None:
        question = asked_before(self._state, rest) or self._state.next_question()
        if question is None:
            raise Unclear(_("No question is open, and none waits."))
        self._put(looking.question(self._state, question))

    def _roles(self, _rest: str) -> None:
        model = self._port.model
        self._port.put(looking.roles(model.state, model.me, model.onlookers))

    def _set_level(self, level: Level) -> None:
        self._news.level = level
        self._port.put(LEVELS[level])

    def _help(self, rest: str) -> None:
        vocabulary = self._port.vocabulary
        if rest:
            typed = vocabulary.read(rest)
            self._port.put(typed.word.explained if isinstance(typed, Typed) else typed)
            return
        for group in dict.fromkeys(word.group for word in vocabulary.words):
            words = ", ".join(word.word for word in vocabulary.words if word.group == group)
            self._port.put(f"{_(group)}: {words}.")
        self._port.put(_("help and a word says what it does. As much of a word is enough as tells it from others."))
