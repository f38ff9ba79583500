"""What one types: each word says which actions it does, and about what.

A word may be typed by as much of it as tells it from the others, in whatever case; the keys of a screen that are
letters or signs stand for the word of their action.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sessions.words import _
from tui.plain.targets import listed
from tui.shell.actions import ActionTable

Takes = Literal["nothing", "post", "posts", "person", "one", "question", "text", "filing"]
"""What stands behind a word: numbers of posts, (part of) a name, a label; `one` is a post or a person."""

LONGEST_TOLD = 40
"""Letters of what is no word that are told."""


@dataclass(frozen=True)
class Word:
    """Something to type: `word`, of one word or two; `shape` is what stands behind it, for the help.

    `actions` are those of the table of keys that it does; the first of them is run where nothing else is said to do it.
    With `may_lack` nothing need stand behind it.
    """

    word: str
    group: str
    help: str
    actions: tuple[str, ...] = ()
    takes: Takes = "nothing"
    shape: str = ""
    may_lack: bool = False

    @property
    def explained(self) -> str:
        """What it does, in a sentence."""
        return f"{f'{self.word} {self.behind}'.strip()}: {_(self.help)}."

    @property
    def behind(self) -> str:
        """What stands behind it, in the program's language."""
        return _(self.shape) if self.shape else ""

    @property
    def example(self) -> str:
        """What one may type behind it."""
        examples = {"post": "42", "posts": "42", "person": "merle", "one": "42", "question": "2", "filing": "42 2"}
        return examples.get(self.takes, self.behind)


@dataclass(frozen=True)
class Typed:
    """A line that was read: the word, and what stands behind it."""

    word: Word
    rest: str


@dataclass(frozen=True)
class Vocabulary:
    """The `words` for the actions of `table`; `without` are those for which nothing is typed, each with the reason."""

    table: ActionTable
    words: tuple[Word, ...]
    without: Mapping[str, str]

    def lacking(self) -> list[str]:
        """The actions of the table that can neither be typed nor have a reason why not."""
        done = {action for word in self.words for action in word.actions} | self.without.keys()
        return [action.name for action in self.table.actions if action.name not in done]

    def word_of(self, action: str) -> str:
        """What one types for an action, as a sentence names it."""
        return next((word.word for word in self.words if action in word.actions), action.replace("_", " "))

    def word(self, word: str) -> Word:
        """The row of a word. Raises `StopIteration` where there is none."""
        return next(row for row in self.words if row.word == word)

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """The keys of a screen that can be typed in a line, each with the word that it stands for."""
        found: dict[str, str] = {}
        for word in reversed(self.words):
            for action in word.actions:
                shown = self.table.by_name[action].shown if action in self.table.by_name else ""
                if len(shown) == 1 and shown.isascii() and not shown.isdigit():
                    found[shown] = word.word
        return found

    def read(self, line: str) -> Typed | str:
        """The word that a line means with what stands behind it, or what is wrong with the line, in a sentence."""
        tokens = line.split()
        if not tokens:
            return ""
        key = self.keys.get(tokens[0])
        found = _meant(tokens, self.words) if key is None else [self.word(key)]
        if len(found) == 1:
            length = 1 if key is not None else min(len(tokens), len(found[0].word.split()))
            return Typed(found[0], _behind(line, length))
        if not found:
            return _("There is no word {typed}. help lists all.").format(typed=tokens[0][:LONGEST_TOLD])
        return _("Which of them: {names}?").format(names=listed(word.word for word in found))


def _meant(tokens: Sequence[str], words: Sequence[Word]) -> list[Word]:
    """The rows whose words the tokens begin: longer ones before shorter, those typed whole before others."""
    typed = [token.casefold() for token in tokens]

    def fits(word: Word) -> bool:
        return all(part.startswith(start) for part, start in zip(word.word.split(), typed, strict=False))

    fitting = [word for word in words if fits(word)]
    most = max((len(word.word.split()) for word in fitting if len(word.word.split()) <= len(typed)), default=0)
    found = [word for word in fitting if len(word.word.split()) == most] if most > 1 else fitting
    whole = [word for word in found if word.word.split() == typed[: len(word.word.split())]]
    return whole or found


def _behind(line: str, words: int) -> str:
    parts = line.split(None, words)
    return parts[words].strip() if len(parts) > words else ""
