"""The attendance as JSON, as CSV with a row for each person of each chat, and as lines (docs/use/credit.md)."""

import csv
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sessions.core.zones import local_time, zone_or_utc
from sessions.reports.credit.model import Attendance, Attendee
from sessions.reports.credit.words import not_all, threshold
from sessions.reports.csv_cells import Lines, guarded

COLUMNS = (
    "version", "session", "date", "title", "person", "name", "handle", "host", "first_post", "last_post", "posts",
    "minutes", "days", "answered", "answers", "answers_needed", "reached", "asked", "hours", "provider",
    "provider_number", "minutes_rule", "tasks", "tasks_done",
)  # fmt: skip
"""The columns; later ones are added behind these."""


class _Document(msgspec.Struct, frozen=True):
    version: int
    chats: Sequence[Attendance]


def to_json(chats: Sequence[Attendance], version: int) -> str:
    """An indented JSON object with a line end behind it."""
    return msgspec.json.format(msgspec.json.encode(_Document(version, chats)), indent=2).decode() + "\n"


def to_csv(chats: Iterable[Attendance]) -> str:
    """The table with a head line; lines end in `\\n`, times are ISO 8601 with the offset of the chat's timezone."""
    lines = Lines()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) for cell in _row(chat, one)] for chat in chats for one in chat.people)
    return "".join(lines)


def _row(chat: Attendance, one: Attendee) -> list[str]:
    credit = chat.credit
    return [
        str(chat.version), chat.session, chat.date, chat.title, one.id, one.name, one.handle, _yes(one.host),
        _local(chat, one.first_at), _local(chat, one.last_at), str(one.posts),
        "" if one.minutes is None else str(one.minutes), str(one.days), str(len(one.answered)),
        " ".join(one.answered), "" if credit is None else str(credit.answers), _yes(one.reached), one.asked,
        "" if credit is None or not one.reached else f"{credit.hours:g}",
        credit.provider if credit is not None else "", credit.provider_number if credit is not None else "",
        chat.minutes_rule, str(len(one.tasks)) if chat.tasks else "", " ".join(f"#{tag}" for tag in one.tasks),
    ]  # fmt: skip


def to_text(chats: Sequence[Attendance]) -> str:
    """Tables to read on a terminal, the rules below them."""
    lines: list[str] = []
    for chat in chats:
        lines += [f"{chat.date}  {chat.title}", *_table([_head(chat), *_cells(chat)])]
        lines += [f"Credit: {threshold(chat.credit)}."] if chat.credit is not None else []
        lines += [not_all(chat.left_out, chat.forgotten), ""]
    rules = dict.fromkeys(rule for chat in chats for rule in (chat.minutes_rule, chat.answers_rule))
    return "\n".join([*_without_gaps(lines), *rules]) + "\n"


_HEAD = ("first", "last", "minutes", "days", "answered", "credit", "asked by", "name")


def _head(chat: Attendance) -> tuple[str, ...]:
    return _HEAD if not chat.tasks else (*_HEAD[:-1], "tasks", _HEAD[-1])


def _cells(chat: Attendance) -> Iterator[tuple[str, ...]]:
    zone = zone_or_utc(chat.timezone)
    form = "%H:%M" if chat.pace == "hour" else "%m-%d %H:%M"
    for one in chat.people:
        yield (
            f"{local_time(one.first_at, zone):{form}}", f"{local_time(one.last_at, zone):{form}}",
            "-" if one.minutes is None else str(one.minutes), str(one.days),
            f"{len(one.answered)} of {len(chat.questions)}", _yes(one.reached) or "-", one.asked or "-",
            *((f"{len(one.tasks)} of {len(chat.tasks)}",) if chat.tasks else ()),
            " ".join(filter(None, [one.name, f"@{one.handle}" if one.handle else "", "(host)" * one.host])),
        )  # fmt: skip


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    last = len(widths) - 1
    return [
        "  ".join(f"{cell:<{widths[place]}}" if place < last else cell for place, cell in enumerate(row))
        for row in rows
    ]


def _without_gaps(lines: Iterable[str]) -> Iterator[str]:
    """The lines with one empty one where there would be two."""
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line


def _local(chat: Attendance, at: int) -> str:
    return local_time(at // 1000 * 1000, zone_or_utc(chat.timezone)).isoformat()


def _yes(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"
