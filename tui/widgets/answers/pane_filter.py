"""Which posts the answer pane shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sessions.core.hashtags import tag_key
from sessions.core.state import SessionState
from sessions.words import _, pgettext
from tui.text.outside import clean_line

Choice = Literal[
    "all", "question", "unfiled", "guesses", "starred", "newcomers", "chatter", "person", "network", "tag", "find"
]

Test = Callable[[SessionState, str], bool]
"""Whether a post (an id that the state knows) is meant."""


@dataclass(frozen=True)
class PaneFilter:
    """All posts, those under one question (its id), or those that wait for a moderator's look.

    `unfiled` are posts of participants that might be answers but are under no question, `guesses` those whose
    question was only guessed, `newcomers` the posts of people who are new, `chatter` what is no answer, `person`,
    `network` and `tag` all of those in `of` (an id, `mastodon`, a hashtag), `find` what passes the `test`, made of the
    line `of`. What is `called` otherwise than by `of` is told so.
    """

    choice: Choice = "all"
    question: str | None = None
    of: str = ""
    test: Test | None = None
    called: str = ""

    def words(self, state: SessionState) -> str:
        """The filter as a pane's title names it: `Q3`, `no question yet`."""
        if self.choice == "question":
            question = state.questions.get(self.question or "")
            return question.name if question else _("no such question")
        if self.choice == "person":
            person = state.people.get(self.of)
            return _("only {shown}").format(shown=clean_line(person.author.shown)) if person else _("nobody")
        if self.choice == "tag":
            return f"#{clean_line(self.of)}"
        if self.choice in ("network", "find"):
            return clean_line(self.called or self.of)
        return _WORDS[self.choice]

    def admits(self, state: SessionState, post: str) -> bool:
        """Whether the post (an id that the state knows) belongs in the pane, reposts aside."""
        if self.choice == "all":
            return True
        if self.choice in ("person", "network", "tag", "find"):
            return self._is_of(state, post)
        if self.choice == "starred":
            layer = state.layers.get(post)
            person = state.people[state.posts[post].post.author.id]
            return person.starred is not None or (layer is not None and layer.starred is not None)
        if self.choice == "newcomers":
            person = state.people[state.posts[post].post.author.id]
            return person.newcomer and not person.host and (person.says_new or not state.first)
        filed = state.filed(post)
        if self.choice == "question":
            return filed is not None and filed.under(self.question)
        if state.folded(post):
            return False
        if self.choice == "chatter":
            return state.kind(post) == "aside"
        if self.choice == "guesses":
            return filed is not None and filed.why == "guess"
        host = state.people[state.posts[post].post.author.id].host
        return filed is None and not host and state.kind(post) in ("answer", "aside", "introduction")

    def _is_of(self, state: SessionState, post: str) -> bool:
        author = state.posts[post].post.author
        if self.choice == "person":
            return author.id == self.of
        if self.choice == "network":
            return author.network == self.of
        if self.choice == "tag":
            return tag_key(self.of) in state.tags(post)
        return self.test is not None and self.test(state, post)


_WORDS: dict[str, str] = {
    "all": _("all"),
    "unfiled": _("no question yet"),
    "guesses": _("guesses"),
    "starred": pgettext("posts", "starred"),
    "newcomers": _("newcomers"),
    "chatter": _("side talk"),
}
