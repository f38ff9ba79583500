"""What is told before something is removed for good: which rule asks to keep the chat, and what is noted. Pure."""

import datetime
from collections.abc import Iterable

from sessions.words import _
from tui.text.wording import counted

NOTED = _("A note stays with the date on which something was removed. It does not say what.")


def rules_words(rules: Iterable[str]) -> str:
    """The laws or rules that plans name for their records, as a sentence; empty where none does."""
    named = [rule for rule in dict.fromkeys(rules) if rule]
    if not named:
        return ""
    return _("The plan names a rule for its records: {named}. Ask who keeps them before you go on.").format(
        named="; ".join(named)
    )


def kept_until(date: str, years: int) -> datetime.date | None:
    """The day until which a chat of this date (`2026-12-01`) is to be kept so many years; None for always."""
    if not years:
        return None
    try:
        day = datetime.date.fromisoformat(date)
        return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)
    except ValueError:  # no date, or after the end of the calendar
        return None


def kept_words(date: str, years: int) -> str:
    """For how long the chat is to be kept, as a sentence; empty where nothing is said of it."""
    until = kept_until(date, years)
    return (
        ""
        if until is None
        else _("It is to be kept for {years}, until {until}.").format(
            years=counted(years, "{n} year", "{n} years"), until=until
        )
    )
