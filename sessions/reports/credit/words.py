"""The rules by which attendance is counted, in words: printed with every list, so that who reads it knows them."""

from sessions.core.plan import Credit

ANSWERS_RULE = (
    "Answered: the questions under which at least one answer of the person is filed, by its label, its thread, a"
    " moderator or a guess. Hidden, removed and blanked posts, spam and reposts answer nothing."
)

_HOUR = (
    "Minutes: from a person's first post to their last one between the start and the planned end of the chat, in whole"
    " minutes, rounded down. Somebody with one post has 0, and who only reads is not seen."
)
_DAYS = (
    "Minutes: none, because the chat is open for days. Days on which a person posted are counted instead, in the chat's"
    " timezone. Who only reads is not seen."
)


def minutes_rule(*, lasts_days: bool) -> str:
    """What is counted as minutes present, in a chat of an hour or one that is open for days."""
    return _DAYS if lasts_days else _HOUR


def threshold(credit: Credit) -> str:
    """`1 hour by Navasota ISD (902-001) for answers to 3 questions`."""
    number = f" ({credit.provider_number})" if credit.provider_number else ""
    hours = "1 hour" if credit.hours == 1 else f"{credit.hours:g} hours"
    questions = "1 question" if credit.answers == 1 else f"{credit.answers} questions"
    needed = f"answers to {questions}" if credit.answers else "taking part"
    return f"{hours} by {credit.provider}{number} for {needed}"


def not_all(left_out: int, forgotten: int) -> str:
    """Why a list is not complete; empty where it is."""
    told = []
    if forgotten:
        told.append(f"{_people(forgotten)} asked to be forgotten")
    if left_out:
        told.append(f"{_people(left_out)} left out: muted, not in recaps, or without a post that counts")
    return f"This list is incomplete: {'; '.join(told)}." if told else ""


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
