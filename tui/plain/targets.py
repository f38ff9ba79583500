"""What stands behind a word: posts by their numbers, people by a part of a name, questions by their labels. Pure."""

import re
from collections.abc import Iterable
from itertools import islice

from sessions.core.errors import LunchroomError
from sessions.core.state import Person, SessionState
from sessions.words import _
from tui.text.outside import clean_line

NAMED = 6
"""So many are named where several are meant."""


class PostNumbers:
    """Short numbers of posts, for as long as this program runs: given in the order in which posts came, never again."""

    def __init__(self) -> None:
        self._state: SessionState | None = None
        self._seen = 0
        self._numbers: dict[str, int] = {}
        self._posts: list[str] = []

    def follow(self, state: SessionState) -> None:
        """Number what has come since the last time."""
        fresh = list(islice(reversed(state.posts), len(state.posts) - self._seen if state is self._state else None))
        self._state, self._seen = state, len(state.posts)
        for post in reversed(fresh):
            if post not in self._numbers:
                self._posts.append(post)
                self._numbers[post] = len(self._posts)

    def number(self, post: str) -> int:
        """The number of a post that the state knows."""
        return self._numbers[post]

    def post(self, number: int) -> str | None:
        """The post of this number, None where there is none."""
        return self._posts[number - 1] if 0 < number <= len(self._posts) else None

    def find(self, state: SessionState, typed: str) -> str:
        """The id of the post whose number was typed. Raises `Unclear`."""
        if not re.fullmatch(r"#?[0-9]{1,9}", typed):
            raise Unclear(
                _("{typed} is no number of a post.").format(typed=typed) if typed else _("Which post? Type its number.")
            )
        post = self.post(int(typed.lstrip("#")))
        if post is None or post not in state.posts:
            raise Unclear(_("There is no post {typed}.").format(typed=typed))
        return post


class Unclear(LunchroomError):
    """What was typed means nothing, or several; the text asks in words."""


def find_question(state: SessionState, typed: str) -> str:
    """The id of the question with this label, with or without its Q. Raises `Unclear`."""
    found = state.question_with_label(typed) or state.question_with_label(re.sub(r"(?i)^q(?=[0-9])", "", typed))
    if found is None:
        every = ", ".join(state.questions[one].name for one in state.order)
        raise Unclear(
            _("There is no question {typed}. There are {every}.").format(
                typed=clean_line(typed), every=every or _("none")
            )
        )
    return found


def find_person(state: SessionState, typed: str, numbers: PostNumbers, *, waiting: bool = False) -> str:
    """The id of who is meant by a part of a name or handle, or by the number of a post of theirs. Raises `Unclear`.

    With `waiting` those who are not greeted yet go before others.
    """
    wanted = typed.lstrip("@").casefold()
    if not wanted:
        raise Unclear(_("Who? Type a part of the name, or the number of a post of theirs."))
    if wanted.lstrip("#").isdecimal():
        return state.posts[numbers.find(state, wanted)].post.author.id
    found = _called(state, wanted)
    if waiting and len(found) > 1:
        found = [person for person in found if state.wants_greeting(person)] or found
    if not found:
        raise Unclear(_("Nobody here is called {typed}. who lists everybody.").format(typed=clean_line(typed)))
    if len(found) > 1:
        more = [_("{number} more").format(number=len(found) - NAMED)] if len(found) > NAMED else []
        raise Unclear(_("Which of them: {names}?").format(names=listed([*map(full_name, found[:NAMED]), *more])))
    return found[0].author.id


def _called(state: SessionState, wanted: str) -> list[Person]:
    """Those who are called just so, else those with a name that begins so, else those with it somewhere in a name."""
    people = [(person, [clean_line(person.author.name).casefold(), person.author.handle.casefold()])
              for person in state.present()]  # fmt: skip
    exact = [person for person, names in people if wanted in names]
    beginning = [
        person for person, names in people if any(f" {name}".find(f" {wanted}") >= 0 for name in names if name)
    ]
    return exact or beginning or [person for person, names in people if any(wanted in name for name in names)]


def full_name(person: Person) -> str:
    """A name with what tells it from another like it: `Merle Tansyfield (merle46)`."""
    author = person.author
    handle = f" ({clean_line(author.handle)})" if author.handle and author.name else ""
    return f"{clean_line(author.shown)}{handle}"


def asked_before(state: SessionState, typed: str) -> str | None:
    """The question that was typed, else the open one; None where none is open and none was typed."""
    return find_question(state, typed) if typed else state.open


def listed(names: Iterable[str]) -> str:
    """Names in a sentence: `next, newcomers or note`."""
    every = list(names)
    if len(every) < 2:
        return "".join(every)
    return _("{names} or {last}").format(names=", ".join(every[:-1]), last=every[-1])
