"""The rules by which attendance is counted, in words: printed with every list, so that who reads it knows them."""

from sessions.core.languages import ENGLISH, Language
from sessions.core.plan import Credit

ANSWERS_RULE = ENGLISH.say("attendance.answers_rule")


def minutes_rule(*, lasts_days: bool, language: Language = ENGLISH) -> str:
    """What is counted as minutes present, in a chat of an hour or one that is open for days."""
    return language.say("attendance.days_rule" if lasts_days else "attendance.minutes_rule")


def threshold(credit: Credit, language: Language = ENGLISH) -> str:
    """`1 hour by Navasota ISD (902-001) for answers to 3 questions`."""
    number = f" ({credit.provider_number})" if credit.provider_number else ""
    hours = credit.hours
    whole = int(hours) if hours == int(hours) else hours
    return language.say(
        "attendance.credit",
        hours=language.say("attendance.hours", whole, n=language.decimal(hours)),
        provider=f"{credit.provider}{number}",
        needed=language.say("attendance.needed", credit.answers)
        if credit.answers
        else language.say("attendance.taking_part"),
    )


def not_all(left_out: int, forgotten: int, language: Language = ENGLISH) -> str:
    """Why a list is not complete; empty where it is."""
    told = []
    if forgotten:
        told.append(language.say("attendance.forgotten", forgotten))
    if left_out:
        told.append(language.say("attendance.left_out", left_out))
    return language.say("attendance.incomplete", why="; ".join(told)) if told else ""
