"""Attendance and certificates as HTML files that need nothing from the network: style is in them, scripts are not."""

import functools
from collections.abc import Mapping, Sequence

import jinja2

from sessions.core.languages import ENGLISH, Language, built_in
from sessions.reports.credit.certificates import Certificate
from sessions.reports.credit.model import Attendance
from sessions.reports.credit.words import minutes_rule, not_all, threshold


def attendance_page(chats: Sequence[Attendance], languages: Mapping[str, Language] | None = None) -> str:
    """The list for whoever keeps it: a table for each chat in its language, with the rules.

    `languages` has those of the chats by their ids, for one of somebody's own; all others are known by their codes. The
    page itself is in the language of all its chats, in English where they have several.
    """
    spoken = {chat.session: (languages or {}).get(chat.session) or built_in(chat.language) or ENGLISH for chat in chats}
    codes = {one.code for one in spoken.values()}
    page = next(iter(spoken.values())) if len(codes) == 1 else ENGLISH
    rules = dict.fromkeys(
        (rule, _lang(one))
        for chat in chats
        for one in (spoken[chat.session],)
        for rule in (minutes_rule(lasts_days=chat.pace == "days", language=one), one.say("attendance.answers_rule"))
    )
    return _template("attendance.html").render(
        chats=[(chat, spoken[chat.session]) for chat in chats],
        rules=list(rules),
        page=page,
        lang=_lang,
        threshold=threshold,
        not_all=not_all,
    )


def _lang(language: Language) -> str:
    """What HTML calls the language."""
    return (language.locale or language.code).replace("_", "-")


def certificate_page(page: Certificate, language: Language = ENGLISH) -> str:
    """One sheet of paper, in the language of the chat. Whatever comes from outside is escaped by the template."""
    return _template("certificate.html").render(
        page=page,
        language=language,
        say=language.say,
        lang=_lang(language),
        hours_of=lambda hours: hours_said(hours, language),
    )


def hours_said(hours: float, language: Language) -> str:
    """`1 clock-hour`, `1.5 clock-hours`; with the sign before decimals that the language has."""
    return language.say("certificate.hours", int(hours) if hours == int(hours) else hours, n=language.decimal(hours))


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
