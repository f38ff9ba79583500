"""Which posts one can choose to see, and how each choice is called in the list and by its keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content

from sessions.core.hashtags import tag_key
from sessions.core.plan.labels import label_key
from sessions.core.state import SessionState
from sessions.words import _
from tui.dialogs.choose import Choice
from tui.shell.filter_config import SavedFilter
from tui.text.outside import clean_line, cut, outside_line
from tui.text.styles import MUTED
from tui.text.wording import counted
from tui.widgets.answers.pane_filter import PaneFilter
from tui.widgets.answers.query import filter_by
from tui.widgets.hanging import Hanging

CELLS = 120
"""Of what is told of a choice, on as many lines as it takes."""

LINE_CELLS = 300
"""Of a question, of a line of one's own, or of what is wrong with it."""

LINE = PaneFilter("find")
"""Stands for a line that is typed yet."""


@dataclass(frozen=True)
class FilterChoice:
    """A filter, the keys that choose it and what is told of it; `problem` says why it cannot be chosen."""

    filter: PaneFilter
    keys: str
    words: Content
    shown: str = ""
    problem: str = ""


OF_AN_HOUR: tuple[tuple[PaneFilter, str, str], ...] = (
    (PaneFilter("unfiled"), "u", _("No question yet")),
    (PaneFilter("guesses"), "g", _("Guesses (maybe Q3)")),
)
"""What has no sense in a channel, which has no questions; nor has what is no answer to one."""

FIXED: tuple[tuple[PaneFilter, str, str], ...] = (
    (PaneFilter("starred"), "s", _("Starred")),
    (PaneFilter("newcomers"), "n", _("By newcomers")),
)

TALK: tuple[tuple[PaneFilter, str, str], ...] = ((PaneFilter("chatter"), "t", _("Side talk")),)


def filter_choices(
    state: SessionState, *, author: str | None, again: str, saved: Sequence[SavedFilter] = ()
) -> list[FilterChoice]:
    """All there is to choose. `author` wrote the post under the cursor; `again` is the key behind itself for all."""
    fixed = FIXED if state.channel else (*OF_AN_HOUR, *FIXED, *TALK)
    return [
        FilterChoice(PaneFilter(), again, Content(_("All posts"))),
        *_questions(state),
        *(FilterChoice(which, keys, Content(words)) for which, keys, words in fixed),
        *_person(state, author),
        FilterChoice(LINE, "/", Content(_("By a line such as is:new has:link not:is:chatter"))),
        *_tags(state),
        *_networks(state),
        *(_saved(one, state) for one in saved),
    ]


def as_listed(choices: Iterable[FilterChoice]) -> list[Choice]:
    """The choices as a dialog lists them, each known by its place."""
    listed = list(choices)
    room = 1 + max(len(one.shown or one.keys) for one in listed)
    return [
        Choice(str(place), Hanging(Content.styled(one.shown or one.keys, "bold"), one.words, room + 1), one.keys)
        for place, one in enumerate(listed)
    ]


def _questions(state: SessionState) -> Iterable[FilterChoice]:
    for question in state.order:
        known = state.questions[question]
        words = outside_line(known.text, LINE_CELLS)
        shown = PaneFilter("question", question)
        yield FilterChoice(shown, label_key(known.label), words, known.name)


def _person(state: SessionState, author: str | None) -> Iterable[FilterChoice]:
    person = state.people.get(author or "")
    if person is not None:
        words = Content.assemble(_("Only posts of "), outside_line(person.author.shown, CELLS))
        yield FilterChoice(PaneFilter("person", of=person.author.id), "p", words)


def _networks(state: SessionState) -> Iterable[FilterChoice]:
    """Each network, where there are several."""
    networks = sorted({one.partition(":")[0] for one in (*state.people, *state.sources)})
    for network in networks if len(networks) > 1 else ():
        source = next((one for one in state.sources if one.partition(":")[0] == network), network)
        named = _("by hand") if network == "hand" else _("on {called}").format(called=state.called(source))
        words = Content.assemble(_("Only posts "), outside_line(named, CELLS))
        yield FilterChoice(PaneFilter("network", of=network, called=named), f"o{network}", words, "o")


def _tags(state: SessionState) -> Iterable[FilterChoice]:
    """Each hashtag of the chat, where it has several, with how many posts carry it."""
    for tag in state.plan.hashtags if state.plan is not None and len(state.plan.hashtags) > 1 else ():
        posts = counted(state.tag_posts.get(tag_key(tag), 0), "{n} post", "{n} posts")
        words = Content.assemble(_("Only posts with "), outside_line(f"#{tag}", CELLS), (f"  {posts}", MUTED))
        yield FilterChoice(PaneFilter("tag", of=tag), f"#{tag.casefold()}", words, "#")


def _saved(saved: SavedFilter, state: SessionState) -> FilterChoice:
    """A filter of one's own, or its mistake, which is told where it is chosen, too."""
    name = clean_line(saved.name)
    made = saved.problem or filter_by(saved.line, state, name)
    shown = outside_line(name, CELLS)
    if isinstance(made, str):
        words = Content.assemble(shown, (f"  {cut(clean_line(made), LINE_CELLS)}", "$text-warning"))
        return FilterChoice(PaneFilter(), f"k{name}", words, "k", f"{name}: {made}")
    words = Content.assemble(shown, (f"  {cut(clean_line(saved.line), LINE_CELLS)}", MUTED))
    return FilterChoice(made, f"k{name}", words, "k")
