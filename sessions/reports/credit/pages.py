"""Attendance and certificates as HTML files that need nothing from the network: style is in them, scripts are not."""

import functools
from collections.abc import Sequence

import jinja2

from sessions.core.languages import ENGLISH, Language
from sessions.reports.credit.certificates import Certificate
from sessions.reports.credit.model import Attendance
from sessions.reports.credit.words import not_all, threshold


def attendance_page(chats: Sequence[Attendance]) -> str:
    """The list for whoever keeps it, in English: a table for each chat, with the rules."""
    rules = dict.fromkeys(rule for chat in chats for rule in (chat.minutes_rule, chat.answers_rule))
    return _template("attendance.html").render(
        chats=chats, rules=list(rules), language=ENGLISH, threshold=threshold, not_all=not_all
    )


def certificate_page(page: Certificate, language: Language = ENGLISH) -> str:
    """One sheet of paper, in the language of the chat. Whatever comes from outside is escaped by the template."""
    return _template("certificate.html").render(
        page=page,
        language=language,
        say=language.say,
        lang=(language.locale or language.code).replace("_", "-"),
        hours_of=lambda hours: hours_said(hours, language),
    )


def hours_said(hours: float, language: Language) -> str:
    """`1 clock-hour`, `1.5 clock-hours`; with the sign before decimals that the language has."""
    whole, _, part = f"{hours:g}".partition(".")
    number = language.number(int(whole)) + (f"{_decimal_sign(language)}{part}" if part else "")
    return language.say("certificate.hours", int(hours) if hours == int(hours) else hours, n=number)


def _decimal_sign(language: Language) -> str:
    """The other sign than that between thousands; a language without one there has a comma here."""
    return "." if "," in language.number(10_000) else ","


@functools.cache
def _template(name: str) -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("sessions.reports.credit", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)
