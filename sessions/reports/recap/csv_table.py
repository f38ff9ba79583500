"""The recap as CSV for a spreadsheet, a row an answer, highlighted post or find; docs/use/recap.md has the columns."""

import csv
import datetime
from collections.abc import Iterator

from sessions.core.zones import local_time, zone_or_utc
from sessions.reports.csv_cells import Lines, guarded
from sessions.reports.recap.model import Recap, RecapFind, RecapPost, RecapQuestion

COLUMNS = (
    "version", "session", "date", "question", "question_text", "kind", "person", "name", "handle", "host",
    "first_time", "time", "text", "url", "highlighted", "reposts", "parts", "filed_by",
    "warning", "day", "language", "brought_by", "shared_as", "shared_url", "replies", "tasks",
)  # fmt: skip
"""The columns; later ones are added behind these."""


def to_csv(recap: Recap) -> str:
    """The table with a head line; lines end in `\\n`, times are ISO 8601 with the offset of the chat's timezone."""
    lines = Lines()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) for cell in row] for row in _rows(recap))
    return "".join(lines)


def _rows(recap: Recap) -> Iterator[list[str]]:
    zone = zone_or_utc(recap.timezone)
    people = {person.id: person for person in recap.people}

    def local(at: int) -> datetime.datetime:
        return local_time(at // 1000 * 1000, zone)

    def row(post: RecapPost, question: RecapQuestion | None) -> list[str]:
        person = people[post.person]
        return [
            str(recap.version), recap.session, f"{local(recap.starts_at):%Y-%m-%d}",
            question.label if question else "", question.text if question else "", post.kind,
            post.person, post.name, post.handle, _yes(person.host), _yes(person.first_time),
            local(post.at).isoformat(), post.text, post.url or "", _yes(post.highlighted),
            str(post.reposts), str(post.parts), post.why or "",
            post.warning or "", post.day, recap.language, "", "", "", str(post.replies), " ".join(person.tasks),
        ]  # fmt: skip

    for question in recap.questions:
        yield from (row(post, question) for post in question.answers)
    more = (*recap.talk, *recap.more_answers, *recap.more_highlights, *recap.with_links, *recap.most_answered)
    yield from (row(post, None) for post in {post.id: post for post in more}.values())
    day = f"{local(recap.starts_at):%Y-%m-%d}"
    yield from (_find(recap, find, day, local(find.at).isoformat()) for find in recap.finds)


def _find(recap: Recap, find: RecapFind, day: str, time: str) -> list[str]:
    """A post that was found elsewhere: nobody who took part, and filed under no question."""
    return [
        str(recap.version), recap.session, day, "", "", "find", "", find.name, find.handle, "", "",
        time, find.text, find.url or "", _yes(False), "0", "1", "",
        find.warning or "", time[:10], recap.language, find.by, find.how, find.shared_url or "", "0", "",
    ]  # fmt: skip


def _yes(value: bool) -> str:
    return "yes" if value else "no"
