"""Answers added by hand: what a moderator typed or pasted, and what of it would be added."""

import hashlib
from collections import Counter
from dataclasses import dataclass

from sessions.importing.meetings.forms import meeting_named
from sessions.importing.meetings.pasted import parse_pasted
from sessions.words import _
from tui.desk.model.desk import Drafts


@dataclass(frozen=True)
class Answer:
    """One answer to add; `command` is the id to send it with, the same however often the draft is sent."""

    command: str
    author: str
    text: str


@dataclass(frozen=True)
class Preview:
    """What would be added, and the lines that would not, each with its reason."""

    answers: tuple[Answer, ...]
    ignored: tuple[str, ...]


def preview(drafts: Drafts) -> Preview:
    """What the draft would add: with a name one answer, without one each `Name: text` or line of a meeting's chat.

    A meeting's chat is never one person's answer, since there may be private messages in it.
    """
    author, text = drafts.answers_author.strip(), drafts.answers.strip()
    if not text:
        return Preview((), ())
    meeting = meeting_named(text) if author else ""
    if meeting:
        return Preview(
            (), (_("this is {meeting}: leave the name empty, since it says who wrote what").format(meeting=meeting),)
        )
    if author:
        return Preview((_answer(drafts, author, text, 0),), ())
    pasted = parse_pasted(text)
    times: Counter[tuple[str, str]] = Counter()
    answers = []
    for item in pasted.items:
        answers.append(_answer(drafts, item.author, item.text, times[item.author, item.text]))
        times[item.author, item.text] += 1
    return Preview(
        tuple(answers),
        tuple(_("line {line}: {reason}").format(line=line.line, reason=line.reason) for line in pasted.ignored),
    )


def _answer(drafts: Drafts, author: str, text: str, repeat: int) -> Answer:
    digest = hashlib.blake2b(f"{author}\0{text}".encode(), digest_size=8).hexdigest()
    return Answer(f"{drafts.serial}-{digest}-{repeat}", author[:200], text[:5000])
