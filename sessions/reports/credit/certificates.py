"""Who gets a certificate, over one chat or several. Pure."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from sessions.reports.credit.model import Attendance, Attendee

Why = Literal["answers", "name"]
"""Why somebody who asked gets none: too few answers, or no name to print."""


class Certificate(msgspec.Struct, frozen=True):
    """One page: the chats of one provider for which a person who asked has credit, the earliest first."""

    person: str
    name: str
    provider: str
    provider_number: str
    chats: tuple[Attendance, ...]

    @property
    def hours(self) -> float:
        """All hours on the page."""
        return sum(chat.credit.hours for chat in self.chats if chat.credit is not None)


class Refused(msgspec.Struct, frozen=True):
    """Somebody who asked for credit and gets none for this chat."""

    chat: Attendance
    attendee: Attendee
    why: Why


def certificates(chats: Iterable[Attendance]) -> tuple[list[Certificate], list[Refused]]:
    """The pages in the order of the names, and who asked without getting one. Rehearsals give nothing."""
    given: dict[tuple[str, str, str], tuple[str, list[Attendance]]] = {}
    refused: list[Refused] = []
    for chat in sorted(chats, key=lambda chat: chat.starts_at):
        if chat.credit is None or chat.rehearsal:
            continue
        for one in chat.people:
            if not one.asked:
                continue
            if not one.reached or not one.name:
                refused.append(Refused(chat, one, "name" if one.reached else "answers"))
                continue
            key = (one.id, chat.credit.provider, chat.credit.provider_number)
            _, before = given.get(key, ("", []))
            given[key] = one.name, [*before, chat]  # the latest name is the one that holds
    pages = [Certificate(who, name, by, number, tuple(held)) for (who, by, number), (name, held) in given.items()]
    return sorted(pages, key=lambda page: (page.name.casefold(), page.person)), refused
