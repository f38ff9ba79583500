"""The names of days and months, in the program's language."""

import datetime

from sessions.words import _, pgettext

_WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
_SHORT_WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
_MONTHS = (
    _("January"), _("February"), _("March"), _("April"), pgettext("month", "May"), _("June"),
    _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
)  # fmt: skip
_SHORT_MONTHS = (
    _("Jan"), _("Feb"), _("Mar"), _("Apr"), pgettext("short month", "May"), _("Jun"),
    _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
)  # fmt: skip


def weekday(day: datetime.date) -> str:
    """`Tuesday`."""
    return _WEEKDAYS[day.weekday()]


def short_weekday(day: datetime.date) -> str:
    """`Tue`."""
    return _SHORT_WEEKDAYS[day.weekday()]


def month(day: datetime.date) -> str:
    """`December`."""
    return _MONTHS[day.month - 1]


def short_month(day: datetime.date) -> str:
    """`Dec`."""
    return _SHORT_MONTHS[day.month - 1]
