"""A typed line, done: the answer to what is asked, else a word of the vocabulary with what stands behind it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from sessions.core.state import SessionState
from sessions.words import _
from tui.desk.aim import Aim
from tui.plain.asked.talk import GIVEN, Given
from tui.plain.chat import PlainPort
from tui.plain.targets import Unclear, find_person, find_question
from tui.plain.vocabulary.words import LONGEST_TOLD, Typed, Word
from tui.shell.actions import Actions
from tui.text.outside import clean_line


class Does(Protocol):
    """What a word does with what stands behind it. Raises `Unclear`."""

    def __call__(self, rest: str, /) -> None: ...


class Interpreter:
    """Takes lines: what `own` does not do by itself runs an action, about what was named."""

    def __init__(self, port: PlainPort, actions: Actions) -> None:
        self._port = port
        self._actions = actions
        self._given = Given()
        self.own: Mapping[str, Does] = {}

    @property
    def _state(self) -> SessionState:
        return self._port.model.state

    def settles(self, line: str) -> bool:
        """Whether the line takes back or sends what waits."""
        typed = self._port.vocabulary.read(line)
        return isinstance(typed, Typed) and typed.word.word in ("undo", "send", "dismiss")

    def take(self, line: str) -> None:
        """Do what the line says, or say what is wrong with it."""
        line = line.strip()
        if not line or self._port.talk.answers(line):
            return
        typed = self._port.vocabulary.read(line)
        if isinstance(typed, str):
            self._port.put(typed)
            return
        if not typed.rest and not typed.word.may_lack and typed.word.takes != "nothing":
            self._port.put(_("Such as: {typed}").format(typed=f"{typed.word.word} {typed.word.example}"))
            return
        self._port.talk.pass_by()
        try:
            self._do(typed.word, typed.rest)
        except Unclear as error:
            self._port.put(str(error))

    def over(self) -> None:
        """What was given with the last word is for nothing else; it is told where nothing took it."""
        left = self._given.take()
        if left:
            self._port.put(_("{typed} was passed over.").format(typed=left[:LONGEST_TOLD]))

    def _do(self, word: Word, rest: str) -> None:
        own = self.own.get(word.word)
        if own is not None:
            own(rest)
            return
        state, first = self._state, word.actions[0]
        match word.takes:
            case "nothing":
                self.run(word, first)
            case "text":
                self.run(word, first, given=rest)
            case "post":
                self.run(word, first, self._at_posts([rest]))
            case "posts":
                self.run(word, first, self._at_posts(_several(rest)))
            case "one" if all(typed.lstrip("#").isdecimal() for typed in _several(rest)):
                self.run(word, first, self._at_posts(_several(rest)))
            case "one":
                person = find_person(state, rest, self._port.numbers)
                self.run(word, word.actions[-1], Aim(person=person, people=True))
            case "person":
                person = find_person(state, rest, self._port.numbers, waiting=word.word in ("greet", "hello"))
                self.run(word, first, Aim(person=person, people=True))
            case "question":
                self._with_question(word, first, rest)
            case "filing":
                *posts, label = _several(rest)
                if not posts:
                    raise Unclear(_("Which post, and under which question? Such as: file 42 2"))
                question = find_question(state, label)
                self.run(word, "file_under", self._at_posts(posts), given=state.questions[question].label)

    def run(self, word: Word, action: str, aim: Aim | None = None, *, given: str = "") -> None:
        """Do an action of the desk, about what was named, unless it is so already."""
        aim = aim or Aim()
        so = _so_already(self._state, word.word, aim, self._port.model.me)
        if so:
            self._port.put(so)
            return
        self._port.aim = aim
        try:
            self.begin(lambda: self._actions.run(action), given)
        finally:
            self._port.aim = Aim()

    def begin(self, work: Callable[[], object], given: str) -> None:
        """Begin something, with words that go before the first question that it asks."""
        self._given = Given(given)
        token = GIVEN.set(self._given)
        try:
            work()
        finally:
            GIVEN.reset(token)

    def _at_posts(self, typed: Sequence[str]) -> Aim:
        """A post, or several, to which something is done as one."""
        posts = tuple(dict.fromkeys(self._port.numbers.find(self._state, one) for one in typed))
        author = self._state.posts[posts[0]].post.author.id
        return Aim(posts[0], author, marked=posts if len(posts) > 1 else ())

    def _with_question(self, word: Word, action: str, rest: str) -> None:
        label, __, words = rest.partition(" ")
        question: str | None = None
        if label:
            try:
                question = find_question(self._state, label)
            except Unclear:
                if not words:
                    raise
                words = rest
        self.run(word, action, Aim(question=question), given=words)

    # While one types

    def complete(self, line: str) -> list[str]:
        """What the last word of the line may be, for the tab key."""
        begun, words = line.split(), self._port.vocabulary.words
        last = "" if not begun or line.endswith(" ") else begun[-1]
        before = begun[: len(begun) - bool(last)]
        if not before:
            return sorted({word.word.split()[0] for word in words if word.word.startswith(last.casefold())})
        pairs = [word.word.split()[1] for word in words if word.word.split()[:-1] == before]
        typed = self._port.vocabulary.read(" ".join(before))
        if isinstance(typed, Typed):
            pairs += self._behind(typed, last)
        return sorted({one for one in pairs if one.casefold().startswith(last.casefold())})

    def _behind(self, typed: Typed, last: str) -> list[str]:
        """What may stand behind a word and what follows it already."""
        if typed.word.takes in ("person", "one"):
            return self._names(typed.rest, last)
        if typed.word.takes in ("question", "filing"):
            return [question.label for question in self._state.questions.values()]
        return [word.word for word in self._port.vocabulary.words] if typed.word.word == "help" else []

    def _names(self, before: str, last: str) -> list[str]:
        """The next words of names that go on from those before."""
        start = f"{before} {last}".strip().casefold()
        names = [clean_line(person.author.shown) for person in self._state.present()]
        place = len(before.split())
        return [
            name.split()[place] for name in names if name.casefold().startswith(start) and len(name.split()) > place
        ]


def _several(rest: str) -> list[str]:
    return rest.replace(",", " ").split()


def _so_already(state: SessionState, word: str, aim: Aim, me: str) -> str:
    """Why nothing is to be done, where the desk's one key does two things and each has a word here; else empty."""
    if aim.marked:  # of several some may be so
        return ""
    layer, person = state.layers.get(aim.post or ""), state.people.get(aim.person or "")
    starred = layer is not None and layer.starred is not None
    if aim.people:
        starred = person is not None and person.starred is not None
    hidden = layer is not None and layer.hidden is not None
    muted = person is not None and person.muted is not None
    held = state.timer is not None and state.timer.held is not None
    so: dict[str, tuple[bool, str]] = {
        "star": (starred, _("There is a star already.")),
        "unstar": (not starred, _("There is no star.")),
        "hide": (hidden, _("It is hidden already.")),
        "show": (not hidden, _("It is not hidden.")),
        "mute": (muted, _("They are muted already.")),
        "unmute": (not muted, _("They are not muted.")),
        "hold": (held, _("The countdown is held already.")),
        "go on": (not held, _("The countdown is not held.")),
        "take asking": (state.roles["driver"] == me, _("You ask already.")),
        "take greeting": (state.roles["greeter"] == me, _("You greet already.")),
        "give asking": (state.roles["driver"] != me, _("You do not ask.")),
        "give greeting": (state.roles["greeter"] != me, _("You do not greet.")),
    }
    is_so, words = so.get(word, (False, ""))
    return words if is_so else ""
