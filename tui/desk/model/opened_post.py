"""All that is told of one post when somebody opens it, as paragraphs. Words in them may be from outside."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from sessions.core.posts import worded
from sessions.core.state import Person, PostLayer, SessionState
from sessions.words import _
from tui.desk.model.filing_words import why_filed
from tui.text.day_names import short_month
from tui.text.days import moment_told
from tui.text.outside import clean_line, cut
from tui.text.wording import counted

if TYPE_CHECKING:  # with it comes the library, which the empty desk does not wait for
    from sessions.library.said_before import SaidBefore

Role = Literal["text", "warning", "why", "thread", "said", "link"]

REPLIES = 5
SAID = 3
"""How many replies, and how many earlier posts of the person, are told; of more than these their number."""

QUOTED = 160
"""Cells of another post that are quoted."""

LOOKING = _("Looking in earlier chats …")

TITLE = 30
"""Cells of an earlier chat's title."""

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


class Told(NamedTuple):
    """A paragraph: `lead` stands before the words; `post` is the id of the post to which Enter leads, if it does."""

    role: Role
    lead: str
    words: str
    post: str | None = None


class Beside:
    """What stands in the chat around one post: the replies to it, and what its author wrote before it.

    It goes through the chat once, and from then on only through what arrived.
    """

    def __init__(self, post: str) -> None:
        self.post = post
        self.replies: list[str] = []
        self.earlier: list[str] = []
        self._state: SessionState | None = None
        self._seq = 0

    def catch_up(self, state: SessionState) -> None:
        """Take in what arrived since the last time; all of it where that is another state."""
        if state is not self._state:
            self._state, self._seq = state, 0
            self.replies, self.earlier = [], []
        opened = state.posts[self.post]
        arrived = []
        for post, seen in reversed(state.posts.items()):
            if seen.seq <= self._seq:
                break
            arrived.append((post, seen))
        for post, seen in reversed(arrived):
            self._seq = seen.seq
            if seen.post.reply_to == self.post:
                self.replies.append(post)
            elif seen.post.author.id == opened.post.author.id and seen.seq < opened.seq and seen.kind != "repost":
                self.earlier.append(post)


def title_of(state: SessionState, post: str) -> tuple[str, str]:
    """Who wrote the post, and behind the name their handle, when it came, whether they are new, how many posts."""
    seen = state.posts[post].post
    person = state.people[seen.author.id]
    handle = f"@{clean_line(seen.author.handle)}" if seen.author.handle and seen.author.name else ""
    said = (handle, moment_told(state, seen.posted_at), _standing(state, person),
            counted(person.posts, "{n} post", "{n} posts"))  # fmt: skip
    return clean_line(seen.author.shown), " · ".join(filter(None, said))


def _standing(state: SessionState, person: Person) -> str:
    if person.host:
        return _("host")
    if person.newcomer:
        return _("new") if person.says_new or not state.first else ""
    return _("from the channel") if person.from_channel else _("back again")


def told_of(state: SessionState, beside: Beside, earlier: Sequence["SaidBefore"] | None = ()) -> list[Told]:
    """All paragraphs about the post that `beside` is about, which has caught up with the state.

    `earlier` is what its author said in earlier chats, the latest first; None while somebody looks for that.
    """
    post = beside.post
    layer = state.layers.get(post)
    gone = _gone(layer)
    told = [Told("warning", "", words) for words in _folded(state, post, layer)]
    if not gone:
        warning = state.warning(post)
        told += [Told("warning", "", f"[{clean_line(warning)}]")] if warning else []
        told.append(Told("text", "", worded(state.text(post)).strip()))
    told += [] if state.channel else [Told("why", "", why_filed(state, post))]
    told += _thread(state, beside)
    if not gone:
        told += [Told("link", _("Link: "), link) for link in _links(state.text(post))]
    told += _before(state, beside)
    told += [Told("said", "", LOOKING)] if earlier is None else _earlier(state, earlier)
    return told


def _gone(layer: PostLayer | None) -> bool:
    return layer is not None and (layer.redacted or layer.removed)


def _folded(state: SessionState, post: str, layer: PostLayer | None) -> Iterator[str]:
    """Why the post is out of sight in the pane, each reason in a sentence."""
    if layer is not None and layer.redacted:
        yield _("It is blanked out.")
    elif layer is not None and layer.removed:
        yield _("It was removed by whoever wrote it.")
    elif layer is not None and layer.hidden is not None:
        yield _("{by} hid it.").format(by=layer.hidden.by)
    muted = state.people[state.posts[post].post.author.id].muted
    if muted is not None:
        yield _("{by} muted this person.").format(by=muted.by)
    word = state.muted_word(post)
    if word is not None:
        yield _("It has a muted word: {word}.").format(word=word)


def _thread(state: SessionState, beside: Beside) -> Iterator[Told]:
    seen = state.posts[beside.post].post
    for lead, other in ((_("Answers "), seen.reply_to), (_("Quotes "), seen.quote_of), (_("Shares "), seen.repost_of)):
        if other is not None and other in state.posts:
            yield Told("thread", lead, _quoted(state, other), other)
        elif other is not None:
            yield Told("thread", lead, _("a post that is not in this chat."))
    told = beside.replies[:REPLIES]
    more = len(beside.replies) - len(told)
    for place, other in enumerate(told):
        lead = f"{counted(len(beside.replies), '{n} reply', '{n} replies')}: " if place == 0 else "↳ "
        yield Told(
            "thread", lead, _quoted(state, other) + (f"  (+{more})" if more and other == told[-1] else ""), other
        )


def _before(state: SessionState, beside: Beside) -> Iterator[Told]:
    """The latest of what the person wrote before this, without what is blanked, removed or hidden."""
    open_ones = [post for post in reversed(beside.earlier) if not out_of_sight(state, post)]
    for place, post in enumerate(open_ones[:SAID]):
        more = f"  (+{len(open_ones) - SAID})" if place == SAID - 1 and len(open_ones) > SAID else ""
        lead = _("Said before: ") if place == 0 else ""
        yield Told("said", f"{lead}{_when(state, post)}", f"{_shown(state, post)}{more}", post)


def _earlier(state: SessionState, earlier: Sequence["SaidBefore"]) -> Iterator[Told]:
    """The latest of earlier chats, each with its day and its chat."""
    year = None if state.plan is None else state.plan.starts.year
    for place, one in enumerate(earlier[:SAID]):
        day = _("{day} {month}").format(day=one.day.day, month=short_month(one.day))
        day += "" if one.day.year == year else f" {one.day.year}"
        more = f"  (+{len(earlier) - SAID})" if place == SAID - 1 and len(earlier) > SAID else ""
        words = cut(clean_line(worded(one.text)), QUOTED)
        question = f" {one.question}" if one.question else ""
        yield Told("said", f'{day} "{cut(clean_line(one.title), TITLE)}"{question} ', f"{words}{more}")


def label_words(state: SessionState, post: str) -> str:
    """The question that a post is under: `Q2`, `maybe Q2` where that is a guess; empty where it is under none."""
    filed = state.filed(post)
    if filed is None:
        return ""
    return (
        _("maybe {label}").format(label=state.questions[filed.question].name)
        if filed.why == "guess"
        else state.questions[filed.question].name
    )


def _when(state: SessionState, post: str) -> str:
    label = label_words(state, post)
    return f"{moment_told(state, state.posts[post].post.posted_at)} {label}{' ' if label else ''}"


def _quoted(state: SessionState, post: str) -> str:
    author = state.posts[post].post.author
    name = f"@{author.handle}" if author.handle else author.shown
    return f"{clean_line(name)}: {_shown(state, post)}"


def _shown(state: SessionState, post: str) -> str:
    return cut(shown_words(state, post), QUOTED)


def shown_words(state: SessionState, post: str) -> str:
    """The words of a post beside others, in one line: not those that the pane folds away."""
    if out_of_sight(state, post):
        return _("folded away")
    warning = state.warning(post)
    return clean_line(f"[{warning}]" if warning else worded(state.text(post)))


def out_of_sight(state: SessionState, post: str) -> bool:
    """Whether the post is blanked out, removed, hidden, of somebody who is muted, or has a muted word."""
    return state.folded(post) or state.muted_word(post) is not None


def _links(text: str) -> Sequence[str]:
    return list(dict.fromkeys(found[0].rstrip(".,;:!?)…") for found in _LINK.finditer(text)))
