"""Sentences that the formats for people share."""

from collections.abc import Sequence

from sessions.core.plan.labels import question_name
from sessions.core.plan.times import calendar_date, clock_time
from sessions.reports.recap.days import day_name, day_of
from sessions.reports.recap.model import NextChat, Recap, RecapDay, RecapNumbers, RecapPerson, RecapQuestion


def counted(number: int, one: str, more: str = "") -> str:
    """A number with its word: `1 answer`, `1,204 answers`."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """The words as a list in a sentence: `a, b and c`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def heading(recap: Recap) -> str:
    """What the whole is called."""
    return recap.title or " ".join(f"#{tag}" for tag in recap.hashtags) or "Our chat"


def when(at: int, timezone: str) -> str:
    """A day and a time in the timezone, `Tuesday, December 1, 2026, 7:00 PM CST`."""
    return f"{calendar_date(at, timezone)}, {clock_time(at, timezone, zone=True)}"


def when_it_was(recap: Recap) -> str:
    """When the chat began, and of a slow one when it ended."""
    if recap.pace == "hour":
        return when(recap.starts_at, recap.timezone)
    begun = f"{calendar_date(recap.starts_at, recap.timezone)}, {clock_time(recap.starts_at, recap.timezone)}"
    return f"{begun}, to {when(recap.starts_at + round(recap.minutes * 60_000), recap.timezone)}"


def came_on(recap: Recap, day: RecapDay) -> str:
    """What was asked and what came on a day: `Q2 asked · 34 posts from 12 people, 3 of them for the first time`."""
    labels = {question.id: question_name(question.label) for question in recap.questions}
    asked = f"{listed([labels[question] for question in day.asked])} asked · " if day.asked else ""
    new = f", {day.first_time:,} of them for the first time" if day.first_time else ""
    answers = f", {counted(day.answers, 'answer')}" if day.answers else ""
    return f"{asked}{counted(day.posts, 'post')} from {counted(day.people, 'person', 'people')}{new}{answers}"


def summary(numbers: RecapNumbers) -> str:
    """The numbers as a sentence or two."""
    new = f", {numbers.first_time:,} of them for the first time" if numbers.first_time else ""
    posts = f"They wrote {counted(numbers.posts, 'post')}, {numbers.answers:,} of them answers."
    if numbers.guessed:
        posts += f" For {counted(numbers.guessed, 'answer')} the question is a guess."
    return f"{counted(numbers.people, 'person', 'people')} took part{new}. {posts}"


def answered(question: RecapQuestion, recap: Recap) -> str:
    """How many answers the question got, and from how many people; in a slow chat also when it was asked."""
    asked = ""
    if recap.pace == "days" and question.asked_at is not None:
        day = day_name(recap, day_of(question.asked_at, recap.timezone))
        asked = f"asked {day}, {clock_time(question.asked_at, recap.timezone)} · "
    return f"{asked}{_answered(question)}"


def _answered(question: RecapQuestion) -> str:
    if not question.answers:
        return "no answers"
    answers = counted(len(question.answers), "answer")
    guessed = sum(post.why == "guess" for post in question.answers)
    told = f", {guessed:,} of them by a guess" if guessed else ""
    return f"{answers} from {counted(question.people, 'person', 'people')}{told}"


def shared(reposts: int) -> str:
    """How often a post was reposted."""
    return f"shared {counted(reposts, 'time')}"


def first_timers(recap: Recap) -> list[RecapPerson]:
    """Who came for the first time and is welcomed by name; in the first chat of all that is everybody, so nobody."""
    return [] if recap.first_chat else [person for person in recap.people if person.first_time]


def thanked(recap: Recap) -> list[RecapPerson]:
    """Everybody but the hosts, by name, for the thanks."""
    people = [person for person in recap.people if not person.host]
    return people if recap.anonymous else sorted(people, key=lambda person: person.name.casefold())


def next_time(chat: NextChat) -> str:
    """When the next chat is, and what it is about."""
    return f"{when(chat.starts_at, chat.timezone)}{f': {chat.title}' if chat.title else ''}"


def warned(warning: str) -> str:
    """What stands before a post that came with a content warning."""
    return f"Content warning: {warning}"
