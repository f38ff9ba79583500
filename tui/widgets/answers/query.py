"""What is typed to find posts: words, and terms such as `from:maria`, `q:3`, `is:guess`, `not:is:host`.

Everything that is no term is looked for as it stands; a term that is not understood is told, never searched as a word.
"""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from sessions.core.hashtags import is_tag
from sessions.core.state import SessionState
from sessions.words import _
from tui.text.outside import clean_line
from tui.widgets.answers.pane_filter import PaneFilter, Test

_TERM = re.compile(
    r'(?<!\S)(?P<not>(?:not:)*)(?P<key>[A-Za-z]{1,12}):(?!//)(?:"(?P<said>[^"]*)"?|(?P<value>[^\s"]+))(?!\S)',
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://", re.IGNORECASE)
_PICTURE = re.compile(r"\[(?:picture|video|sound|gifv?|image|photo|audio)\b|pic\.twitter\.com/", re.IGNORECASE)


def _host(state: SessionState, post: str) -> bool:
    return state.people[state.posts[post].post.author.id].host


def _edited(state: SessionState, post: str) -> bool:
    layer = state.layers.get(post)
    return layer is not None and layer.edited


IS: Mapping[str, Test] = {
    "new": PaneFilter("newcomers").admits,
    "starred": PaneFilter("starred").admits,
    "guess": PaneFilter("guesses").admits,
    "unfiled": PaneFilter("unfiled").admits,
    "chatter": lambda state, post: state.kind(post) == "aside",
    "answer": lambda state, post: state.kind(post) == "answer",
    "question": lambda state, post: state.kind(post) == "question",
    "introduction": lambda state, post: state.kind(post) == "introduction",
    "host": _host,
    "edited": _edited,
    "muted": lambda state, post: state.muted_word(post) is not None,
}
"""What may stand behind `is:`."""

HAS: Mapping[str, Test] = {
    "link": lambda state, post: _LINK.search(state.text(post)) is not None,
    "picture": lambda state, post: _PICTURE.search(state.text(post)) is not None,
}
"""What may stand behind `has:`."""

KEYS = ("from", "q", "is", "has", "on", "tag", "said", "not")
"""What a term may begin with."""


@dataclass(frozen=True)
class Query:
    """What is looked for: `words` as they stand, and all of `tests`; `problem` tells what was not understood."""

    words: str = ""
    tests: tuple[Test, ...] = ()
    problem: str = ""

    @property
    def plain(self) -> bool:
        """Whether there are words and nothing else."""
        return not self.tests and not self.problem

    def admits(self, state: SessionState, post: str) -> bool:
        """Whether the post passes all tests, its words aside."""
        return all(test(state, post) for test in self.tests)


def parse_query(text: str, state: SessionState) -> Query:
    """Read what was typed; questions and networks are those of the state."""
    tests: list[Test] = []
    problems: list[str] = []

    def take(found: re.Match[str]) -> str:
        key = found["key"].casefold()
        if key not in KEYS and not difflib.get_close_matches(key, KEYS, 1, 0.6):
            return found[0]  # 7:30, Re:thinking: people write colons
        made = _test(key, found["value"] if found["said"] is None else found["said"], state)
        if isinstance(made, str):
            problems.append(made)
        else:
            negated = found["not"].casefold().count("not:") % 2 == 1
            tests.append(_without(made) if negated else made)
        return " "

    words = _TERM.sub(take, text)
    words = text if words == text else " ".join(words.split())
    return Query(words, tuple(tests), problems[0] if problems else "")


def filter_by(text: str, state: SessionState, called: str = "") -> PaneFilter | str:
    """The filter that shows what this text finds, named by it or as it is `called`; or what was not understood.

    Its words are looked for in texts that are not folded, names and handles.
    """
    query = parse_query(text, state)
    if query.problem:
        return query.problem
    words = query.words.strip()
    if not words and not query.tests:
        return _("Nothing is looked for.")
    search = re.compile(re.escape(words), re.IGNORECASE)

    def test(state: SessionState, post: str) -> bool:
        if state.folded(post) or not query.admits(state, post):
            return False
        author = state.posts[post].post.author
        covered = state.warning(post) is not None or state.muted_word(post) is not None
        return not words or any(
            search.search(said) for said in ("" if covered else state.text(post), author.name, author.handle)
        )

    return PaneFilter("find", of=text.strip(), test=test, called=called)


_LINES = {
    "unfiled": "is:unfiled", "guesses": "is:guess", "starred": "is:starred", "newcomers": "is:new",
    "chatter": "is:chatter",
}  # fmt: skip


def line_of(shown: PaneFilter, state: SessionState) -> str:
    """The line in the find language that shows the same posts; empty where all are shown."""
    if shown.choice == "question":
        question = state.questions.get(shown.question or "")
        return f"q:{_quoted(question.label)}" if question else ""
    if shown.choice == "person":
        person = state.people.get(shown.of)
        return f"from:{_quoted(person.author.handle or person.author.name)}" if person else ""
    if shown.choice in ("network", "tag"):
        return f"{'on' if shown.choice == 'network' else 'tag'}:{shown.of}"
    return shown.of if shown.choice == "find" else _LINES.get(shown.choice, "")


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _without(test: Test) -> Test:
    return lambda state, post: not test(state, post)


def _test(key: str, value: str, state: SessionState) -> Test | str:
    """The test, or what is wrong with the term."""
    wanted = value.casefold()
    if key == "from":
        return _from(wanted.lstrip("@"))
    if key == "q":
        question = state.question_with_label(re.sub(r"(?i)^q(?=[0-9])", "", value))
        return (
            PaneFilter("question", question).admits
            if question
            else _("There is no question {value} in this chat.").format(value=value)
        )
    if key == "said":
        said = re.compile(rf"(?<!\w){re.escape(value)}(?!\w)", re.IGNORECASE)
        return lambda state, post: state.warning(post) is None and said.search(state.text(post)) is not None
    if key == "tag":
        bare = unicodedata.normalize("NFC", value.lstrip("#＃"))
        return PaneFilter("tag", of=bare).admits if is_tag(bare) else _("tag: is a hashtag such as tag:tasanov.")
    if key == "on":
        names = _networks(state)
        meant = next((network for name, network in names.items() if name.startswith(wanted)), None)
        return (
            _on(meant)
            if meant is not None
            else _("on: is one of {names}.").format(names=", ".join(names) or _("none yet"))
        )
    table = {"is": IS, "has": HAS}.get(key)
    if table is None:
        near = difflib.get_close_matches(key, KEYS, 1, 0.6)[0]
        return _("{key}: is not known, did you mean {near}: ?").format(key=key, near=near)
    meant = next((one for one in table if one.startswith(wanted)), None)
    return table[meant] if meant is not None else _("{key}: is one of {table}.").format(key=key, table=", ".join(table))


def _from(name: str) -> Test:
    def test(state: SessionState, post: str) -> bool:
        author = state.posts[post].post.author
        return name in author.name.casefold() or name in author.handle.casefold()

    return test


def _networks(state: SessionState) -> dict[str, str]:
    """The networks of the chat by what may be typed for them: their names, and what their server calls itself.

    Where several servers of a network call themselves otherwise, none of these names is the network.
    """
    names = {name: name for name in sorted({seen.partition(":")[0] for seen in (*state.people, *state.sources)})}
    for network in tuple(names):
        own = {state.called(source) for source in state.sources if source.partition(":")[0] == network}
        if len(own) == 1:
            names.setdefault(clean_line(own.pop()).casefold(), network)
    return names


def _on(network: str) -> Test:
    return lambda state, post: state.posts[post].post.author.network == network
