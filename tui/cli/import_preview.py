"""What an import would bring, before it does: each chat with hosts, questions and what no question was found for, and
which of them whoever sits at the terminal takes."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING

from sessions.core.plan.labels import question_name
from sessions.words import _, ngettext
from tui.cli.output import say
from tui.cli.prompts import ask

if TYPE_CHECKING:
    from sessions.importing import Archive, SavedCopy
    from sessions.importing.detecting import Detected

CHATS, RANGES = 10, 20
"""How many chats of a file, and runs of line numbers, are told."""

SAMPLES, LINE = 3, 100
"""How many posts are shown of a file, and how many characters of each."""

_NUMBERS = re.compile(r"\d{1,6}(?:-\d{1,6})?")


def chosen(found: "Sequence[Archive | SavedCopy]", unanswered: str) -> "list[Archive | SavedCopy] | None":
    """What is to be imported of all that was found, as whoever sits at the terminal ticks it; None for nothing.

    Fails as `ask` does, with the words `unanswered`.
    """
    rows = [(place, row) for place, one in enumerate(found) for row in range(_length(one))]
    left_out: set[int] = set()
    _show(found, rows, left_out)
    question = (
        _("Import this? [Y/n]") if len(rows) == 1 else _("Import these? [Y/n, or numbers such as 2 5-7 to untick]")
    )
    while True:
        typed = ask(question, unanswered).casefold()
        if typed in ("n", "no"):
            return None
        if typed in ("", "y", "yes"):
            return _ticked(found, rows, left_out) if len(left_out) < len(rows) else None
        numbers = _numbers(typed, len(rows))
        if numbers is None or len(rows) == 1:
            several = _("Type y, n, or numbers from 1 to {most}.").format(most=len(rows))
            say(_("Type y or n.") if len(rows) == 1 else several)
            continue
        left_out ^= numbers
        _show(found, rows, left_out)


def unasked_words(chat: "Detected") -> str:
    """Which labels are answered there that no question has: `15 answers A4, no Q4`; empty where none is."""
    return "; ".join(
        ngettext("{n} answer A{label}, no {question}", "{n} answers A{label}, no {question}", one.answers).format(
            n=one.answers, label=one.label, question=question_name(one.label)
        )
        for one in chat.unasked
    )


def tell_text(one: "Archive") -> None:
    """Three posts as they were read, those first by which a wrong encoding shows, and which encoding it was."""
    posts = one.understood.posts
    telling = islice((place for place, post in enumerate(posts) if not post.text.isascii()), SAMPLES)
    places = sorted([*dict.fromkeys([*telling, *range(min(SAMPLES, len(posts)))])][:SAMPLES])
    from sessions.core.plan import clean_line

    for post in (posts[place] for place in places):
        line = f"{post.author.handle or post.author.shown}: {clean_line(post.text)}"
        say(f"    {line if len(line) <= LINE else line[: LINE - 1] + '…'}")
    say(_("  Read in the encoding {encoding}; --encoding NAME says another.").format(encoding=one.encoding))


def tell_chats(found: "Sequence[Archive | SavedCopy]") -> None:
    """The first chats of each file with their hosts and questions, where nobody is asked about them."""
    for one in found:
        for row in range(min(_length(one), CHATS)):
            say(f"  {_row(one, row)}")
        if _length(one) > CHATS:
            say(_("  and {more} more").format(more=_length(one) - CHATS))


def line_numbers(lines: "Iterable[int]") -> str:
    """Numbers of lines in few words: `3, 7-9, ...`."""
    parts: list[str] = []
    ordered = sorted(set(lines))
    for __, run in groupby(enumerate(ordered), key=lambda one: one[1] - one[0]):
        numbers = [number for __, number in run]
        parts.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}")
    return ", ".join(parts[:RANGES]) + (", ..." if len(parts) > RANGES else "")


def _length(one: "Archive | SavedCopy") -> int:
    from sessions.importing import Archive

    return len(one.chats) if isinstance(one, Archive) else 1


def _show(found: "Sequence[Archive | SavedCopy]", rows: list[tuple[int, int]], left_out: set[int]) -> None:
    for number, (place, row) in enumerate(rows, start=1):
        tick = "" if len(rows) == 1 else f"[{' ' if number in left_out else 'x'}] {number:>{len(str(len(rows)))}}  "
        say(f"  {tick}{_row(found[place], row)}")


def _row(one: "Archive | SavedCopy", row: int) -> str:
    from sessions.importing import Archive

    if not isinstance(one, Archive):
        plan = one.opened.plan
        return _("{starts:%Y-%m-%d %H:%M}  {title}: a saved chat, {events} events").format(
            starts=plan.starts, title=plan.title, events=len(one.events)
        )
    chat = one.chats[row]
    plan = chat.plan
    hosts = _(" and ").join(host.name for host in plan.hosts) or _("no hosts found")
    unasked = unasked_words(chat)
    told = _("{starts:%Y-%m-%d %H:%M}  {title}: {posts} posts, {questions} questions, {hosts}").format(
        starts=plan.starts, title=plan.title, posts=len(chat.posts), questions=len(plan.questions), hosts=hosts
    )
    return f"{told}; {unasked}" if unasked else told


def _numbers(typed: str, most: int) -> set[int] | None:
    """The numbers in `2 5-7` or `2, 5-7`; None where it is something else or one is too large."""
    parts = typed.replace(",", " ").split()
    if not all(_NUMBERS.fullmatch(part) for part in parts):
        return None
    numbers: set[int] = set()
    for part in parts:
        first, __, last = part.partition("-")
        if not 1 <= int(first) <= int(last or first) <= most:
            return None
        numbers |= {*range(int(first), int(last or first) + 1)}
    return numbers


def _ticked(
    found: "Sequence[Archive | SavedCopy]", rows: list[tuple[int, int]], left_out: set[int]
) -> "list[Archive | SavedCopy]":
    import msgspec

    from sessions.importing import Archive

    kept: dict[int, list[int]] = {}
    for number, (place, row) in enumerate(rows, start=1):
        if number not in left_out:
            kept.setdefault(place, []).append(row)
    return [
        msgspec.structs.replace(one, chats=tuple(one.chats[row] for row in kept[place]))
        if isinstance(one, Archive)
        else one
        for place, one in enumerate(found)
        if place in kept
    ]
