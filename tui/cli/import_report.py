"""What an import tells: what was understood of each file and what was not, and what became of the chats."""

from typing import TYPE_CHECKING, Any

from sessions.core.plan.labels import question_name
from tui.cli.import_preview import line_numbers, tell_text, unasked_words
from tui.cli.output import put, put_json, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.importing import Archive, Outcome, SavedCopy
    from sessions.importing.detecting import Detected

SHOWN = 5
"""How many lines that were not understood are told one by one."""

_FIELD_WORDS = {"zone": "time zone", "author_id": "author's id", "reply_to": "reply to", "repost_of": "repost of"}


def tell_archive(one: "Archive | SavedCopy", zone: str | None) -> None:
    """What was understood of a file and what was not, to stderr."""
    from sessions.importing import SavedCopy

    if isinstance(one, SavedCopy):
        cut = "; its torn end was cut off" if one.torn else ""
        say(f"{one.path}: a saved chat, {len(one.events)} events{cut}.")
        return
    read = one.understood
    people = len({post.author.id for post in read.posts})
    matched = ", ".join(f"{_FIELD_WORDS.get(field, field)} is {column!r}" for field, column in one.matched.items())
    say(f"{one.path}: {one.form}{'; ' if matched else ''}{matched}.")
    say(f"  {_many(len(read.posts), 'post')} by {_many(people, 'person', 'people')}, {_many(len(one.chats), 'chat')}.")
    tell_text(one)
    order = "day/month" if read.day_first else "month/day"
    unasked = [(chat, words) for chat in one.chats if (words := unasked_words(chat))]
    unhosted = [chat for chat in one.chats if not chat.plan.hosts]
    maybe = next((handle for chat in unhosted for handle in chat.maybe_hosts), "HANDLE")
    notes = [
        (unhosted, f"No host was found in {_many(len(unhosted), 'chat')}, so no question is known there; "
         f"--host {maybe} says who hosted."),
        (unasked, f"Answers to questions that were not found in {_many(len(unasked), 'chat')}; --question "
         f'"{_example(unasked)}" says what one was:'),
        (read.duplicates, f"{_many(read.duplicates, 'exact duplicate')} dropped."),
        (read.newest_first, "The newest post comes first in the file: turned round."),
        (read.to_the_minute, "Times are to the minute only: within a minute the order in the file counts."),
        (read.zoneless and zone is None, f"{_many(read.zoneless, 'time')} without a zone taken as UTC; --zone NAME "
         "says otherwise."),
        (read.day_first is not None, f"Dates such as 01/02/2016 taken as {order}; --dates day or --dates month says "
         "which."),
        (read.off_by, f"Times were {_apart(read.off_by)} off what the posts' ids say: taken from the ids."),
        (read.joined, f"{_many(read.joined, 'line')} had more cells than there are columns: taken as commas in the "
         "text."),
        (read.inexact, f"{_many(read.inexact, 'id')} not used: a spreadsheet had rounded them."),
        (one.left_out, f"{_many(len(one.left_out), 'post')} outside of the chats left out; --hour says when chats "
         "were held."),
        (read.skipped, f"{_many(len(read.skipped), 'line')} not understood:"),
    ]  # fmt: skip
    for holds, words in notes:
        if holds:
            say(f"  {words}")
        if holds is unasked:
            for chat, labels in unasked:
                say(f"    {chat.plan.starts:%Y-%m-%d %H:%M}: {labels}")
    for line in read.skipped[:SHOWN]:
        say(f"    line {line.line}: {line.why}")
    if len(read.skipped) > SHOWN:
        rest = line_numbers(line.line for line in read.skipped[SHOWN:])
        say(f"    and {len(read.skipped) - SHOWN} more: {rest}")


def _example(unasked: "Sequence[tuple[Detected, str]]") -> str:
    """What to type to give the first of such questions a text; with its chat where there are several."""
    if not unasked:
        return ""
    plan, first = unasked[0][0].plan, unasked[0][0].unasked[0]
    return f"{f'{plan.starts:%Y-%m-%d}=' if len(unasked) > 1 else ''}{question_name(first.label)} TEXT"


def tell_outcomes(
    outcomes: "Sequence[Outcome]", *, dry_run: bool, as_json: bool, found: "Sequence[Archive | SavedCopy]"
) -> None:
    """What became of each chat, to stdout as lines or as one JSON object; what is said of it and of all, to stderr."""
    if as_json:
        whole = {"chats": [_row(one, dry_run) for one in outcomes], "files": [_file_row(one) for one in found]}
        put_json(whole)
        return
    for one in outcomes:
        plan = one.plan
        if one.why:
            say(f"{one.source}: the chat of {plan.starts:%Y-%m-%d %H:%M} is skipped: {one.why}.")
            continue
        if one.longer:
            would = "would be" if dry_run else "are"
            say(f"{one.source}: a longer copy of the chat of {plan.starts:%Y-%m-%d %H:%M}; its {one.longer} events "
                f"{would} here now instead of the first {one.shorter} of them.")  # fmt: skip
        put(
            f"{plan.starts:%Y-%m-%d}  {'(dry run)' if dry_run else one.id}  {plan.series}  {one.posts} posts  "
            f"{_many(one.people, 'person', 'people')}, {one.newcomers} new  {len(plan.questions)} questions  "
            f"{one.answers} answers, {one.filed} filed  {one.reposts} reposts  {plan.title}"
        )
    _tell_sum(outcomes, found, dry_run=dry_run)


def _tell_sum(outcomes: "Sequence[Outcome]", found: "Sequence[Archive | SavedCopy]", *, dry_run: bool) -> None:
    """The last line to stderr: what was understood of all files, and what was not."""
    from sessions.importing import Archive

    saved = [one for one in outcomes if not one.why]
    read = [one for one in found if isinstance(one, Archive)]
    parts = [
        (len(outcomes) - len(saved), "{} skipped", "chat"),
        (sum(one.understood.duplicates for one in read), "{} dropped", "duplicate"),
        (sum(len(one.left_out) for one in read), "{} between chats left out", "post"),
        (sum(len(one.understood.skipped) for one in read), "{} not understood", "line"),
    ]
    told = "".join(f"; {words.format(_many(number, what))}" for number, words, what in parts if number)
    done = "Would import" if dry_run else "Imported"
    say(f"{done} {_many(len(saved), 'chat')}, {_many(sum(one.posts for one in saved), 'post')}{told}.")


def _row(one: "Outcome", dry_run: bool) -> dict[str, Any]:
    """What a script gets of a chat; times are UTC milliseconds."""
    return {
        "id": None if one.why or dry_run else one.id,
        "file": str(one.file) if one.file is not None else None,
        "source": str(one.source),
        "skipped": one.why or None,
        "date": f"{one.plan.starts:%Y-%m-%d}",
        "starts": one.plan.starts_at,
        "title": one.plan.title,
        "series": one.plan.series,
        "hashtags": one.plan.hashtags,
        "hosts": [host.name for host in one.plan.hosts],
        "questions": [{"label": q.label, "text": q.text, "minutes": q.minutes} for q in one.plan.questions],
        "posts": one.posts,
        "people": one.people,
        "newcomers": one.newcomers,
        "answers": one.answers,
        "filed": one.filed,
        "reposts": one.reposts,
        "replaced_events": one.shorter or None,
    }


def _file_row(one: "Archive | SavedCopy") -> dict[str, Any]:
    from sessions.importing import SavedCopy

    if isinstance(one, SavedCopy):
        return {"file": str(one.path), "form": "saved chat", "events": len(one.events)}
    read = one.understood
    return {
        "file": str(one.path),
        "form": one.form,
        "encoding": one.encoding,
        "columns": one.matched,
        "posts": len(read.posts),
        "duplicates": read.duplicates,
        "left_out": len(one.left_out),
        "unasked": [
            {"starts": chat.plan.starts_at, "label": each.label, "answers": each.answers, "people": each.people}
            for chat in one.chats
            for each in chat.unasked
        ],
        "not_understood": [{"line": line.line, "why": line.why} for line in read.skipped],
    }


def _apart(minutes: int) -> str:
    """A length of time in words."""
    hours, rest = divmod(minutes, 60)
    parts = [_many(hours, "hour")] * bool(hours) + [_many(rest, "minute")] * bool(rest)
    return " and ".join(parts)


def _many(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
