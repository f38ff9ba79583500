"""What an import tells: what was understood of each file and what was not, and what became of the chats."""

from typing import TYPE_CHECKING, Any

from sessions.core.plan.labels import question_name
from sessions.words import _, ngettext
from tui.cli.import_preview import line_numbers, tell_text, unasked_words
from tui.cli.output import put, put_json, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.importing import Archive, Outcome, SavedCopy
    from sessions.importing.detecting import Detected

SHOWN = 5
"""How many lines that were not understood are told one by one."""

_FIELD_WORDS = {
    "zone": _("time zone"),
    "author_id": _("author's id"),
    "reply_to": _("reply to"),
    "repost_of": _("repost of"),
}


def tell_archive(one: "Archive | SavedCopy", zone: str | None) -> None:
    """What was understood of a file and what was not, to stderr."""
    from sessions.importing import SavedCopy

    if isinstance(one, SavedCopy):
        cut = _("; its torn end was cut off") if one.torn else ""
        say(_("{path}: a saved chat, {events} events{cut}.").format(path=one.path, events=len(one.events), cut=cut))
        return
    read = one.understood
    people = len({post.author.id for post in read.posts})
    matched = ", ".join(
        _("{field} is {column!r}").format(field=_FIELD_WORDS.get(field, field), column=column)
        for field, column in one.matched.items()
    )
    say(f"{one.path}: {one.form}{'; ' if matched else ''}{matched}.")
    say(
        _("  {posts} by {people}, {chats}.").format(
            posts=_posts(len(read.posts)), people=_people(people), chats=_chats(len(one.chats))
        )
    )
    tell_text(one)
    order = _("day/month") if read.day_first else _("month/day")
    unasked = [(chat, words) for chat in one.chats if (words := unasked_words(chat))]
    unhosted = [chat for chat in one.chats if not chat.plan.hosts]
    maybe = next((handle for chat in unhosted for handle in chat.maybe_hosts), "HANDLE")  # words: what is typed
    notes = [
        (unhosted, _("No host was found in {chats}, so no question is known there; --host {maybe} says who hosted.")
         .format(chats=_chats(len(unhosted)), maybe=maybe)),
        (unasked, _('Answers to questions that were not found in {chats}; --question "{example}" says what one was:')
         .format(chats=_chats(len(unasked)), example=_example(unasked))),
        (read.duplicates, ngettext(
            "{n} exact duplicate dropped.", "{n} exact duplicates dropped.", read.duplicates
        ).format(n=read.duplicates)),
        (read.newest_first, _("The newest post comes first in the file: turned round.")),
        (read.to_the_minute, _("Times are to the minute only: within a minute the order in the file counts.")),
        (read.zoneless and zone is None, ngettext(
            "{n} time without a zone taken as UTC; --zone NAME says otherwise.",
            "{n} times without a zone taken as UTC; --zone NAME says otherwise.", read.zoneless
        ).format(n=read.zoneless)),
        (read.day_first is not None, _("Dates such as 01/02/2016 taken as {order}; --dates day or --dates month says "
         "which.").format(order=order)),
        (read.off_by, _("Times were {apart} off what the posts' ids say: taken from the ids.").format(
            apart=_apart(read.off_by))),
        (read.joined, _("{lines} had more cells than there are columns: taken as commas in the text.").format(
            lines=_lines(read.joined))),
        (read.inexact, ngettext(
            "{n} id not used: a spreadsheet had rounded them.",
            "{n} ids not used: a spreadsheet had rounded them.", read.inexact).format(n=read.inexact)),
        (one.left_out, _("{posts} outside of the chats left out; --hour says when chats were held.").format(
            posts=_posts(len(one.left_out)))),
        (read.skipped, _("{lines} not understood:").format(lines=_lines(len(read.skipped)))),
    ]  # fmt: skip
    for holds, words in notes:
        if holds:
            say(f"  {words}")
        if holds is unasked:
            for chat, labels in unasked:
                say(f"    {chat.plan.starts:%Y-%m-%d %H:%M}: {labels}")
    for line in read.skipped[:SHOWN]:
        say(_("    line {line}: {why}").format(line=line.line, why=line.why))
    if len(read.skipped) > SHOWN:
        rest = line_numbers(line.line for line in read.skipped[SHOWN:])
        say(_("    and {more} more: {rest}").format(more=len(read.skipped) - SHOWN, rest=rest))


def _example(unasked: "Sequence[tuple[Detected, str]]") -> str:
    """What to type to give the first of such questions a text; with its chat where there are several."""
    if not unasked:
        return ""
    plan, first = unasked[0][0].plan, unasked[0][0].unasked[0]
    chat = f"{plan.starts:%Y-%m-%d}=" if len(unasked) > 1 else ""
    return f"{chat}{question_name(first.label)} TEXT"  # words: what is typed


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
            skipped = _("{source}: the chat of {starts:%Y-%m-%d %H:%M} is skipped: {why}.")
            say(skipped.format(source=one.source, starts=plan.starts, why=one.why))
            continue
        if one.longer:
            longer = (
                _("{source}: a longer copy of the chat of {starts:%Y-%m-%d %H:%M}; its {longer} events would be here "
                  "now instead of the first {shorter} of them.")
                if dry_run
                else _("{source}: a longer copy of the chat of {starts:%Y-%m-%d %H:%M}; its {longer} events are here "
                       "now instead of the first {shorter} of them.")
            )  # fmt: skip
            say(longer.format(source=one.source, starts=plan.starts, longer=one.longer, shorter=one.shorter))
        what = _(
            "{posts} posts  {people}, {newcomers} new  {questions} questions  {answers} answers, {filed} filed  "
            "{reposts} reposts"
        ).format(
            posts=one.posts, people=_people(one.people), newcomers=one.newcomers, questions=len(plan.questions),
            answers=one.answers, filed=one.filed, reposts=one.reposts,
        )  # fmt: skip
        called = _("(dry run)") if dry_run else one.id
        put(f"{plan.starts:%Y-%m-%d}  {called}  {plan.series}  {what}  {plan.title}")
    _tell_sum(outcomes, found, dry_run=dry_run)


def _tell_sum(outcomes: "Sequence[Outcome]", found: "Sequence[Archive | SavedCopy]", *, dry_run: bool) -> None:
    """The last line to stderr: what was understood of all files, and what was not."""
    from sessions.importing import Archive

    saved = [one for one in outcomes if not one.why]
    read = [one for one in found if isinstance(one, Archive)]
    skipped, dropped = len(outcomes) - len(saved), sum(one.understood.duplicates for one in read)
    left_out = sum(len(one.left_out) for one in read)
    unread = sum(len(one.understood.skipped) for one in read)
    parts = [
        (skipped, ngettext("; {n} chat skipped", "; {n} chats skipped", skipped).format(n=skipped)),
        (dropped, ngettext("; {n} duplicate dropped", "; {n} duplicates dropped", dropped).format(n=dropped)),
        (
            left_out,
            ngettext("; {n} post between chats left out", "; {n} posts between chats left out", left_out).format(
                n=left_out
            ),
        ),
        (unread, ngettext("; {n} line not understood", "; {n} lines not understood", unread).format(n=unread)),
    ]
    done = _("Would import {chats}, {posts}{told}.") if dry_run else _("Imported {chats}, {posts}{told}.")
    posts = _posts(sum(one.posts for one in saved))
    say(done.format(chats=_chats(len(saved)), posts=posts, told="".join(words for number, words in parts if number)))


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
        return {"file": str(one.path), "form": "saved chat", "events": len(one.events)}  # words: for scripts
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
    parts = [ngettext("{n} hour", "{n} hours", hours).format(n=hours)] * bool(hours) + [
        ngettext("{n} minute", "{n} minutes", rest).format(n=rest)
    ] * bool(rest)
    return _(" and ").join(parts)


def _posts(number: int) -> str:
    return ngettext("{n} post", "{n} posts", number).format(n=number)


def _people(number: int) -> str:
    return ngettext("{n} person", "{n} people", number).format(n=number)


def _chats(number: int) -> str:
    return ngettext("{n} chat", "{n} chats", number).format(n=number)


def _lines(number: int) -> str:
    return ngettext("{n} line", "{n} lines", number).format(n=number)
