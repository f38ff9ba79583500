"""The text that explains an exported folder to whoever finds it, years later and without Lunchroom. Pure."""

import textwrap
from collections.abc import Sequence

from sessions.records.manifest import MANIFEST, SUMS, ExportedChat, Removal

_ACTS = {
    "forget": "somebody asked to be forgotten",
    "blank": "the words of a post were blanked out",
    "delete": "a saved chat was deleted",
}


def readme(series: str, made: str, by: str, chats: Sequence[ExportedChat], removals: Sequence[Removal]) -> str:
    """What is in the folder, how to read it, how to check it, and what is not in it."""
    parts = [
        f"The chats of the series {series}",
        _wrapped(f"Copied by Lunchroom {by} on {made} (UTC). Nothing in this folder needs Lunchroom to be read."),
        "What is here\n------------",
        _listed(
            'sessions/: each chat as it was saved, one JSON file a chat. Its table "events" has all that happened, in'
            ' order; "post_seen" is a post, with its author, text and time (milliseconds since 1970, UTC).',
            "recaps/: each chat to read: open the .html file in a browser, the .md file in any editor, the .csv file in"
            " a spreadsheet. The .json file is for programs.",
            "attendance.csv and attendance.html: who took part in which chat.",
            f"{MANIFEST}: all of this as a list with the size and the SHA-256 checksum of each file.",
            f"{SUMS}: the same checksums for other programs.",
        ),
        "How to check it\n---------------",
        _listed(
            "With Lunchroom: lunchroom verify FOLDER",
            f"On Linux, in this folder: sha256sum -c {SUMS}",
            f"On macOS, in this folder: shasum -a 256 -c {SUMS}",
            "On Windows, file by file: certutil -hashfile FILE SHA256",
        ),
        "The chats\n---------",
        _listed(*(_chat(one) for one in chats)),
        "What is not here\n----------------",
        _wrapped(
            "Rehearsals; and who asked to be forgotten. Who is in no recap is neither in recaps/ nor in the attendance,"
            " but in sessions/."
        ),
        _listed(*(f"{one.day}: {_ACTS[one.act]}" for one in removals)) if removals else "",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _chat(chat: ExportedChat) -> str:
    left_out = f" (not here: {chat.left_out})" if chat.left_out else ""
    return f"{chat.date} {' '.join(chat.title.split())}{left_out}"


def _listed(*lines: str) -> str:
    return "\n".join(textwrap.fill(line, 78, initial_indent="- ", subsequent_indent="  ") for line in lines)


def _wrapped(words: str) -> str:
    return textwrap.fill(words, 78)
