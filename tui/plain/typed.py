"""What a typed line does at a live desk: the actions of the desk, and what only plain lines have."""

import re
from collections.abc import Mapping
from typing import Protocol

from sessions.core.state import SessionState
from tui.desk.actions.live import LiveActions
from tui.desk.aim import Aim
from tui.desk.sending.commands import Commands
from tui.plain import looking
from tui.plain.chat import PlainPort
from tui.plain.news import LEVELS, Level, News
from tui.plain.talk import GIVEN, Given
from tui.plain.targets import Unclear, asked_before, find_person, find_question
from tui.plain.telling import greeting_state, hour, named
from tui.plain.words import WORDS, Typed, Word, read
from tui.shell.actions import Actions
from tui.text.outside import clean_line
from tui.widgets.answers.pane_filter import PaneFilter

FIELDS = re.compile(r"^(.*?)\s+((?:school|level|groups)\b.*)$", re.IGNORECASE)


class Does(Protocol):
    """What a word does with what stands behind it. Raises `Unclear`."""

    def __call__(self, rest: str, /) -> None: ...


class LiveWords:
    """Takes lines: answers to what is asked, else words of the table."""

    def __init__(self, port: PlainPort, actions: Actions, live: LiveActions, news: News, commands: Commands) -> None:
        self._port = port
        self._actions = actions
        self._live = live
        self._news = news
        self._commands = commands
        self._given = Given()
        self._own: Mapping[str, Does] = {
            "ask": self._ask,
            "move": self._move,
            "post": self._post,
            "read": self._read,
            "latest": self._latest,
            "answers": self._answers,
            "not answered": self._not_answered,
            "posts": self._posts,
            "find": self._find,
            "to greet": lambda _rest: self._put(looking.to_greet(self._state, self._port.model.now())),
            "hello": self._hello,
            "tag": self._tag,
            "who": lambda _rest: self._put(looking.people(self._state)),
            "newcomers": lambda _rest: self._put(looking.newcomers(self._state)),
            "time": self._time,
            "questions": lambda _rest: self._put(looking.queue(self._state)),
            "question": self._question,
            "quiet": lambda _rest: self._set_level("quiet"),
            "normal": lambda _rest: self._set_level("normal"),
            "loud": lambda _rest: self._set_level("loud"),
            "roles": self._roles,
            "send": lambda _rest: self._send(),
            "dismiss": lambda _rest: self._dismiss(),
            "help": self._help,
        }

    @property
    def own(self) -> frozenset[str]:
        """The words that are done here, and not by an action alone."""
        return frozenset(self._own)

    @property
    def _state(self) -> SessionState:
        return self._port.model.state

    def _put(self, lines: list[str]) -> None:
        for line in lines:
            self._port.put(line)

    # Taking a line

    def settles(self, line: str) -> bool:
        """Whether the line takes back or sends what waits."""
        typed = read(line)
        return isinstance(typed, Typed) and typed.word.word in ("undo", "send", "dismiss")

    def take(self, line: str) -> None:
        """Do what the line says, or say what is wrong with it."""
        line = line.strip()
        if not line or self._port.talk.answers(line):
            return
        typed = read(line)
        if isinstance(typed, str):
            self._port.put(typed)
            return
        if not typed.rest and not typed.word.may_lack and typed.word.takes != "nothing":
            self._port.put(f"Such as: {typed.word.word} {_example(typed.word)}")
            return
        try:
            self._do(typed.word, typed.rest)
        except Unclear as error:
            self._port.put(str(error))

    def over(self) -> None:
        """What was given with the last word is for nothing else."""
        self._given.rest = ""

    def _do(self, word: Word, rest: str) -> None:
        own = self._own.get(word.word)
        if own is not None:
            own(rest)
            return
        state, first = self._state, word.actions[0]
        match word.takes:
            case "nothing":
                self._run(word, first)
            case "text":
                self._run(word, first, given=rest)
            case "post" | "posts":
                for typed in rest.replace(",", " ").split():
                    self._run(word, first, self._at_post(typed))
            case "one":
                by_number = rest.lstrip("#").isdecimal()
                self._run(word, word.actions[0 if by_number else -1], self._at_one(rest))
            case "person":
                person = find_person(state, rest, self._port.numbers, waiting=word.word == "greet")
                self._run(word, first, Aim(person=person, people=True))
            case "question":
                self._with_question(word, first, rest)
            case "filing":
                *posts, label = rest.replace(",", " ").split()
                if not posts:
                    raise Unclear("Which post, and under which question? Such as: file 42 2")
                question = find_question(state, label)
                aims = [self._at_post(typed) for typed in posts]
                for aim in aims:
                    self._run(word, "file_under", aim, given=state.questions[question].label)

    def _run(self, word: Word, action: str, aim: Aim | None = None, *, given: str = "") -> None:
        """Do an action of the desk, about what was named, unless it is so already."""
        aim = aim or Aim()
        so = _so_already(self._state, word.word, aim, self._port.model.me)
        if so:
            self._port.put(so)
            return
        self._given = Given(given)
        token = GIVEN.set(self._given)
        self._port.aim = aim
        try:
            self._actions.run(action)
        finally:
            self._port.aim = Aim()
            GIVEN.reset(token)

    def _at_post(self, typed: str) -> Aim:
        post = self._port.numbers.find(self._state, typed)
        return Aim(post, self._state.posts[post].post.author.id)

    def _at_one(self, typed: str) -> Aim:
        if typed.lstrip("#").isdecimal():
            return self._at_post(typed)
        return Aim(person=find_person(self._state, typed, self._port.numbers), people=True)

    def _with_question(self, word: Word, action: str, rest: str) -> None:
        label, _, words = rest.partition(" ")
        question: str | None = None
        if label:
            try:
                question = find_question(self._state, label)
            except Unclear:
                if not words:
                    raise
                words = rest
        self._run(word, action, Aim(question=question), given=words)

    # Asking

    def _ask(self, rest: str) -> None:
        question = find_question(self._state, rest)
        stands = self._state.question_state(question)
        if stands == "asked":
            raise Unclear(f"{named(self._state, question)} is open already.")
        if stands == "skipped":
            raise Unclear(f"{named(self._state, question)} is skipped. skip {rest} brings it back.")
        self._on_card(question, "ask")

    def _move(self, rest: str) -> None:
        label, _, way = rest.rpartition(" ")
        ways = {"up": "earlier", "down": "after"}
        if way not in ways:
            raise Unclear("Up or down? Such as: move 3 up")
        self._on_card(find_question(self._state, label), ways[way])

    def _on_card(self, question: str, choice: str) -> None:
        self._given = Given(choice)
        token = GIVEN.set(self._given)
        try:
            self._live.questions.open_card(question)
        finally:
            GIVEN.reset(token)

    def _post(self, rest: str) -> None:
        open_ = self._state.open
        if rest and "question".startswith(rest.casefold()) and open_ is not None:
            rest = named(self._state, open_)
        self._run(_row("post"), "script", given=rest)

    def _send(self) -> None:
        if self._commands.waiting:
            self._commands.send_now()
        else:
            self._actions.run("send_now")

    def _dismiss(self) -> None:
        if self._commands.drop():
            self._port.say("Taken back; nothing was sent.")
        elif self._port.panes.notice.dismiss_one():
            self._port.say("It is not offered again.")
        else:
            self._port.say("Nothing is offered.")

    # Hearing

    def _read(self, rest: str) -> None:
        post = self._port.numbers.find(self._state, rest)
        self._put(looking.post(self._state, post, self._port.numbers))

    def _latest(self, rest: str) -> None:
        most = int(rest) if rest.isdecimal() and 0 < int(rest) < 1000 else 5
        posts = looking.admitted(self._state, PaneFilter())[-most:]
        self._put(looking.posts(self._state, posts, self._port.numbers, most=most) or ["No post yet."])

    def _answers(self, rest: str) -> None:
        question = asked_before(self._state, rest)
        if question is None:
            raise Unclear("No question is open. Such as: answers 1")
        self._port.panes.show_answers(PaneFilter("question", question))

    def _not_answered(self, rest: str) -> None:
        question = asked_before(self._state, rest)
        if question is None:
            raise Unclear("No question is open. Such as: not answered 1")
        self._port.put(looking.not_answered(self._state, question))

    def _posts(self, rest: str) -> None:
        which = looking.posts_by_word(rest)
        if which is None:
            raise Unclear("Which? all, unfiled, guesses, starred or newcomers.")
        self._port.panes.show_answers(which)

    def _find(self, rest: str) -> None:
        found = looking.found(self._state, rest)
        if isinstance(found, str):
            raise Unclear(found)
        self._put(looking.posts(self._state, found, self._port.numbers) or ["Nothing was found."])

    def _time(self, _rest: str) -> None:
        self._port.put(f"{hour(self._state, self._port.model.now())} {greeting_state(self._state)}")

    def _question(self, rest: str) -> None:
        question = asked_before(self._state, rest) or self._state.next_question()
        if question is None:
            raise Unclear("No question is open, and none waits.")
        self._put(looking.question(self._state, question))

    def _roles(self, _rest: str) -> None:
        model = self._port.model
        self._port.put(looking.roles(model.state, model.me, model.onlookers))

    def _set_level(self, level: Level) -> None:
        self._news.level = level
        self._port.put(LEVELS[level])

    def _help(self, rest: str) -> None:
        if rest:
            typed = read(rest)
            self._port.put(typed if isinstance(typed, str) else _explained(typed.word))
            return
        for group in dict.fromkeys(word.group for word in WORDS):
            words = ", ".join(word.word for word in WORDS if word.group == group)
            self._port.put(f"{group}: {words}.")
        self._port.put("help and a word says what it does. As much of a word is enough as tells it from others.")

    # People

    def _hello(self, rest: str) -> None:
        person = find_person(self._state, rest, self._port.numbers, waiting=True)
        self._run(_row("hello"), "script", Aim(person=person, people=True), given="Greeting")

    def _tag(self, rest: str) -> None:
        parts = FIELDS.match(rest)
        if parts is None:
            raise Unclear("What is noted? Such as: tag merle school Lincoln")
        person = find_person(self._state, parts[1], self._port.numbers)
        self._run(_row("tag"), "person", Aim(person=person, people=True), given=parts[2])

    # While one types

    def complete(self, line: str) -> list[str]:
        """What the last word of the line may be, for the tab key."""
        begun = line.split()
        last = "" if not begun or line.endswith(" ") else begun[-1]
        before = begun[: len(begun) - bool(last)]
        if not before:
            return sorted({word.word.split()[0] for word in WORDS if word.word.startswith(last.casefold())})
        pairs = [word.word.split()[1] for word in WORDS if word.word.split()[:-1] == before]
        typed = read(" ".join(before))
        takes = typed.word.takes if isinstance(typed, Typed) else "nothing"
        if takes in ("person", "one"):
            pairs += self._names(" ".join(before[len(_row_of(typed).word.split()) :]), last)
        elif takes in ("question", "filing"):
            pairs += [question.label for question in self._state.questions.values()]
        elif takes == "text" and isinstance(typed, Typed) and typed.word.word == "help":
            pairs += [word.word for word in WORDS]
        return sorted({one for one in pairs if one.casefold().startswith(last.casefold())})

    def _names(self, before: str, last: str) -> list[str]:
        """The next words of names that go on from those before."""
        start = f"{before} {last}".strip().casefold()
        names = [clean_line(person.author.shown) for person in self._state.present()]
        place = len(before.split())
        return [
            name.split()[place] for name in names if name.casefold().startswith(start) and len(name.split()) > place
        ]


def _row_of(typed: Typed | str) -> Word:
    assert isinstance(typed, Typed)
    return typed.word


def _row(word: str) -> Word:
    return next(row for row in WORDS if row.word == word)


def _example(word: Word) -> str:
    """What one may type behind a word."""
    return {"post": "42", "posts": "42", "person": "merle", "one": "42", "question": "2", "filing": "42 2"}.get(
        word.takes, word.shape
    )


def _explained(word: Word) -> str:
    return f"{f'{word.word} {word.shape}'.strip()}: {word.help}."


def _so_already(state: SessionState, word: str, aim: Aim, me: str) -> str:
    """Why nothing is to be done, where the desk's one key does two things and each has a word here; else empty."""
    layer, person = state.layers.get(aim.post or ""), state.people.get(aim.person or "")
    starred = layer is not None and layer.starred is not None
    if aim.people:
        starred = person is not None and person.starred is not None
    hidden = layer is not None and layer.hidden is not None
    muted = person is not None and person.muted is not None
    held = state.timer is not None and state.timer.held is not None
    so: dict[str, tuple[bool, str]] = {
        "star": (starred, "There is a star already."),
        "unstar": (not starred, "There is no star."),
        "hide": (hidden, "It is hidden already."),
        "show": (not hidden, "It is not hidden."),
        "mute": (muted, "They are muted already."),
        "unmute": (not muted, "They are not muted."),
        "hold": (held, "The countdown is held already."),
        "go on": (not held, "The countdown is not held."),
        "take asking": (state.roles["driver"] == me, "You ask already."),
        "take greeting": (state.roles["greeter"] == me, "You greet already."),
        "give asking": (state.roles["driver"] != me, "You do not ask."),
        "give greeting": (state.roles["greeter"] != me, "You do not greet."),
    }
    is_so, words = so.get(word, (False, ""))
    return words if is_so else ""
