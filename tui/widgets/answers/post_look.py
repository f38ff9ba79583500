"""What a post looks like: everything its drawing depends on, and the lines it is drawn with, without a screen."""

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from sessions.core.clock import lasts_days
from sessions.core.posts import Kind, worded
from sessions.core.state import Person, PostLayer, SessionState
from sessions.words import _, pgettext
from tui.text.days import half_told
from tui.text.outside import cell_len, clean, clean_line, cut
from tui.text.wording import clock_time, counted
from tui.text.wrapping import wrap
from tui.widgets.answers.pane_filter import PaneFilter
from tui.widgets.lines.line import Line, Piece

Role = Literal[
    "time", "name", "handle", "text", "chatter", "folded", "divider", "match",
    "label", "guess", "new", "star", "host", "shares", "mark", "warning",
]  # fmt: skip
"""What a piece of a line is; the pane has a component class for each."""

Tone = Literal["plain", "chatter", "folded"]

MUTED_WORD = _("muted word · Enter shows it")
"""What is shown of a post that is folded because of a word in it."""

INDENT, SLOW_CELLS = 6, 8
"""The cells in front of a post's text, those of its time, and how many a time takes that tells its half of the day."""

REMEMBERED = 512
"""Posts of which is remembered what costs most of looking at them: those in sight are looked at with each batch."""

NARROW = 40
"""Below so many cells the text begins at the left edge and badges are short."""


class Badge(NamedTuple):
    """A word at the right of a post's first line, and what stands for it where there is little room."""

    words: str
    short: str
    role: Role


class PostLook(NamedTuple):
    """All that the drawing of a post depends on: equal looks are drawn alike.

    `dividers` are the questions that were opened just before it, `found` says where in the text a search matches.
    `warning` stands before the text, or alone where that is folded behind it.
    """

    time: str
    name: str
    handle: str
    text: str
    tone: Tone
    badges: tuple[Badge, ...] = ()
    dividers: tuple[str, ...] = ()
    found: tuple[tuple[int, int], ...] = ()
    warning: str = ""


class Block(NamedTuple):
    """A post set in lines; the first `above` of them are dividers, then comes its head line."""

    lines: tuple[Line, ...]
    above: int


_KIND_BADGES: dict[Kind, Badge] = {
    "aside": Badge(_("chatter"), pgettext("short", "chat"), "mark"),
    "introduction": Badge(_("introduction"), pgettext("short", "intro"), "mark"),
    "announcement": Badge(_("announcement"), pgettext("short", "news"), "mark"),
    "spam": Badge(_("spam?"), pgettext("short", "spam?"), "mark"),
    "repost": Badge(_("share"), pgettext("short", "share"), "mark"),
}


def look_of(
    state: SessionState,
    post: str,
    shown: PaneFilter,
    zone: datetime.tzinfo,
    *,
    dividers: tuple[str, ...] = (),
    search: re.Pattern[str] | None = None,
    unfolded: bool = False,
) -> PostLook:
    """How the post (an id the state knows) looks in a pane with this filter.

    `unfolded` says that the reader wants to see what stands behind its content warning, or is folded by a muted word.
    """
    seen = state.posts[post]
    author = seen.post.author
    person = state.people[author.id]
    layer = state.layers.get(post)
    at = seen.post.posted_at
    time = f"{_half_told(at, zone):>{SLOW_CELLS}}" if lasts_days(state) else _time(at, zone)
    name = clean_line(author.shown)
    folded = _folded_words(person, layer)
    if not folded and not unfolded and state.muted_word(post) is not None:
        folded = MUTED_WORD
    if folded:
        return PostLook(time, name, "", folded, "folded", dividers=dividers)
    kind = state.kind(post)
    text = _text(state.text(post))
    warning = clean_line(state.warning(post) or "")
    if warning:
        warning, text = (f"[{warning}]", text) if unfolded else (f"[{warning}] {_('Enter shows it')}", "")
    handle = f"@{clean_line(author.handle)}" if author.handle and author.name else ""
    talk = _kind_badge(state, kind) is not None
    tone: Tone = "chatter" if talk and not person.host else "plain"
    found = tuple(match.span() for match in search.finditer(text)) if search else ()
    badges = tuple(_badges(state, post, kind, person, layer, shown))
    return PostLook(time, name, handle, text, tone, badges, dividers, found, warning)


_time = lru_cache(REMEMBERED)(clock_time)
_half_told = lru_cache(REMEMBERED)(half_told)


@lru_cache(REMEMBERED)
def _text(told: str) -> str:
    """The words of a post as they are shown."""
    return re.sub(r"\s*\n\s*", "\n", worded(clean(told))).strip()


def _folded_words(person: Person, layer: PostLayer | None) -> str:
    if layer is not None:
        if layer.redacted:
            return _("blanked out")
        if layer.hidden:
            return _("hidden by {by}").format(by=clean_line(layer.hidden.by))
        if layer.removed:
            return _("removed")
    return _("muted by {by}").format(by=clean_line(person.muted.by)) if person.muted else ""


def _badges(
    state: SessionState, post: str, kind: Kind, person: Person, layer: PostLayer | None, shown: PaneFilter
) -> list[Badge]:
    badges = []
    filed = state.filed(post)
    if filed is not None:
        label = state.questions[filed.question].name
        expected = shown.question if shown.choice == "question" else state.open
        if filed.why == "guess":
            badges.append(Badge(_("maybe {label}").format(label=label), f"{label}?", "guess"))
        elif filed.question != expected or filed.also:
            also = [state.questions[one].name for one in filed.also if one in state.questions]
            badges.append(Badge(" ".join((label, *also)), label, "label"))
    elif kind == "answer" and not state.channel:
        badges.append(Badge(_("no question yet"), "Q?", "guess"))
    said = _kind_badge(state, kind)
    if said is not None:
        badges.append(said)
    if layer is not None and layer.edited:
        badges.append(Badge(_("edited"), pgettext("short", "ed."), "mark"))
    if state.posts[post].post.signed_in_only:
        badges.append(Badge(_("signed-in only"), pgettext("short", "sign-in"), "mark"))
    shares = state.reposts.get(post, 0)
    if shares:
        badges.append(Badge(f"×{counted(shares, '{n} share', '{n} shares')}", f"×{shares}", "shares"))
    if person.host:
        badges.append(Badge(_("host"), pgettext("short", "host"), "host"))
    elif person.newcomer and (person.says_new or not state.first):
        badges.append(Badge(_("NEW"), pgettext("short", "NEW"), "new"))
    elif person.from_channel and not person.newcomer:
        badges.append(Badge(_("from the channel"), pgettext("short", "chan."), "new"))
    if person.starred or (layer is not None and layer.starred):
        badges.append(Badge("★", "★", "star"))
    return badges


def _kind_badge(state: SessionState, kind: Kind) -> Badge | None:
    """What tells that a post is no answer; in a channel, which has no questions, only what is not talk at all."""
    return None if state.channel and kind in ("aside", "introduction") else _KIND_BADGES.get(kind)


def block(look: PostLook, width: int) -> Block:
    """The post in lines of exactly `width` cells or fewer."""
    dividers = [_divider(words, width) for words in look.dividers]
    if look.tone == "folded":
        return Block((*dividers, _folded(look, width)), len(dividers))
    indent = max(INDENT, len(look.time) + 1) if width >= NARROW else 0
    role: Role = "chatter" if look.tone == "chatter" else "text"
    body = (
        [
            _indented(indent, (Piece(look.warning[start:end], "warning"),), "warning")
            for start, end in wrap(look.warning, width - indent)
        ]
        if look.warning
        else []
    )
    for start, end in wrap(look.text, width - indent) if look.text or not look.warning else ():
        pieces = _marked(look.text, start, end, look.found, role)
        body.append(_indented(indent, pieces, role))
    return Block((*dividers, _head(look, width), *body), len(dividers))


def _indented(cells: int, pieces: Line, role: Role) -> Line:
    return (Piece(" " * cells, role), *pieces) if cells else pieces


def _divider(words: str, width: int) -> Line:
    shown = cut(words, max(0, width - 4))
    rule = "─" * max(0, width - cell_len(shown) - 4)
    return (Piece(f"── {shown} {rule}"[: width + len(shown)], "divider"),)


def _folded(look: PostLook, width: int) -> Line:
    time = f"{look.time:>5} " if width >= NARROW else f"{look.time.strip()} "
    return (Piece(time, "time"), Piece(cut(f"{look.name} · {look.text}", max(0, width - len(time))), "folded"))


def _head(look: PostLook, width: int) -> Line:
    time = f"{look.time:>5} " if width >= NARROW else f"{look.time.strip()} "
    room = width - len(time)
    wanted = cell_len(look.name)
    badges = _fitting(look.badges, room - min(wanted, max(8, room // 3)) - 1)
    right = sum(cell_len(badge.text) + 1 for badge in badges)
    room -= right
    name = cut(look.name, room)
    handle = cut(f" {look.handle}", room - cell_len(name)) if look.handle else ""
    if cell_len(handle) < min(6, cell_len(look.handle) + 1):
        handle = ""
    gap = room - cell_len(name) - cell_len(handle)
    line = [Piece(time, "time"), Piece(name, "name"), Piece(handle, "handle"), Piece(" " * gap, "text")]
    for badge in badges:
        line += [Piece(" ", "text"), badge]
    return tuple(piece for piece in line if piece.text)


def _fitting(badges: Sequence[Badge], room: int) -> list[Piece]:
    """The badges in full where they fit, else short, else as many short ones from the right as there is room for."""
    for words in ([badge.words for badge in badges], [badge.short for badge in badges]):
        if sum(cell_len(word) + 1 for word in words) <= room:
            return [Piece(word, badge.role) for word, badge in zip(words, badges, strict=True)]
    kept: list[Piece] = []
    for badge in reversed(badges):
        room -= cell_len(badge.short) + 1
        if room < 0:
            break
        kept.insert(0, Piece(badge.short, badge.role))
    return kept


def _marked(text: str, start: int, end: int, found: tuple[tuple[int, int], ...], role: Role) -> Line:
    pieces = []
    at = start
    for first, last in found:
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        if first > at:
            pieces.append(Piece(text[at:first], role))
        pieces.append(Piece(text[first:last], "match"))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end], role))
    return tuple(pieces)
