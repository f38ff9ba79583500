"""`lunchroom merge`: what only another file of a saved chat has, into that chat."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui.cli.commands.saved import LibraryOption, known_library
from tui.cli.output import Failure, put, say
from tui.cli.prompts import confirm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sessions.core.events import Event
    from sessions.core.reunion import Group, Kept
    from sessions.core.state import SessionState
    from sessions.library.merging import TwoFiles

LINES = 20
"""How many lines are shown of what belongs together."""

LONGEST = 100
"""Characters of a text in a line."""

_TITLES: "dict[Group, tuple[str, str]]" = {
    "posts": ("post", "posts, edits and removals"),
    "marks": ("mark", "marks"),
    "notes": ("note", "notes"),
    "questions": ("change of the questions", "changes of the questions"),
    "roles": ("change of roles", "changes of roles"),
    "postings": ("step of posting to a network", "steps of posting to a network"),
}


def merge(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The chat's other file, such as that of the old hub.")],
    session: Annotated[
        str | None,
        typer.Argument(
            metavar="[SESSION]", help="The saved chat to add to: its id, `latest` or a file; by default FILE's own."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    library: LibraryOption = None,
) -> None:
    """Add to a saved chat what only another file of it has; shows it first and asks.

    After a takeover, or after both sides of a cut went on: posts, marks, notes and questions of the other file become
    new events of this one. Nothing is posted to a network, nothing that was decided here since is changed, and merging
    again adds nothing. FILE stays as it is.

    Example: lunchroom merge /media/usb/2026-12-01-navasotaisd-k3f9qa.json
    """
    from sessions.files.errors import SessionLocked
    from sessions.library.merging import add, compare
    from tui.text.wording import count

    opened = known_library(library)
    two = compare(opened, file, session)
    _show(two)
    found = two.reunion
    if not found.additions:
        say("Nothing is missing in this library's file.")
        return
    what = count(len(found.additions), "event")
    if not yes and not confirm(f"Add {what} to {two.path.name}?", "Add --yes to add it unasked."):
        raise Failure("Nothing was added.")
    try:
        unnoted = add(opened, two)
    except SessionLocked as error:
        who = error.holder or "another lunchroom program"
        raise Failure(
            f"Nothing was added: {who} has the chat open. Close it there (`lunchroom end` ends a chat that runs), then "
            "merge once more."
        ) from error
    say(f"Added {what}. The chat is saved in {two.path}.")
    if unnoted:
        say(f"{unnoted} `lunchroom people rebuild` takes the chat in later.")


def _show(two: "TwoFiles") -> None:
    """All that is added, group by group, then what is not and why."""
    from sessions.core.clock_face import zone_of
    from sessions.core.evolve import fold
    from tui.text.wording import count

    found = two.reunion
    after = fold([*two.ours, *found.events])
    zone = zone_of(after.plan)
    from sessions.core.clock_face import clock_time

    for group, (one, many) in _TITLES.items():
        added = [addition for addition in found.additions if addition.group == group]
        lines = [f"{clock_time(addition.happened, zone)}  {_sentence(after, addition.event)}" for addition in added]
        _put_group(f"{count(len(added), one, many)}:", lines)
    there = fold(two.theirs)
    lines = [f"{clock_time(one.event.at, zone)}  {_kept(there, one)}" for one in found.kept]
    _put_group("Only there, and not added:", lines)
    if found.later:
        put(f"{count(found.later, 'event')} of a later version of Lunchroom, not added.")


def _put_group(title: str, lines: "Sequence[str]") -> None:
    if lines:
        put(title)
        for line in _first(lines):
            put(f"    {line}")


def _first(lines: "Sequence[str]") -> "Iterator[str]":
    yield from lines[:LINES]
    if len(lines) > LINES:
        yield f"and {len(lines) - LINES} more"


def _kept(there: "SessionState", kept: "Kept") -> str:
    return f"{_sentence(there, kept.event)} ({kept.why})"


def _sentence(state: "SessionState", event: "Event") -> str:
    """Who did what, with the text where there is one."""
    from sessions.core import events as e
    from tui.desk.model.log_words import action_words, post_name

    who = event.by or "the hub"
    if isinstance(event, e.PostSeen):
        by = "" if event.by is None else f" (by hand, {event.by})"
        return f"{event.post.author.shown}{by}: {_short(event.post.text)}"
    if isinstance(event, e.PostEdited):
        return f"{post_name(state, event.post)} was edited: {_short(event.text)}"
    if isinstance(event, e.PostRemoved):
        return f"{post_name(state, event.post)} was removed by its author"
    if isinstance(event, e.NoteAdded):
        return f"{who}: {_short(event.text)}"
    words = action_words(state, event)
    if isinstance(event, e.QuestionAdded):
        words = f"{words}: {_short(event.question.text)}"
    elif isinstance(event, (e.QuestionEdited, e.PostingBegun)):
        words = f"{words}: {_short(event.text)}"
    return f"{who} {words}"


def _short(text: str) -> str:
    from sessions.core.plan import clean_line

    line = clean_line(text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
