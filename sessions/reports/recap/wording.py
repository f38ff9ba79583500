"""Sentences that the formats for people share, in the language of the chat."""

import datetime
from collections.abc import Sequence

from sessions.core.languages import ENGLISH, Language
from sessions.reports.recap.days import day_of
from sessions.reports.recap.model import (
    NextChat,
    Recap,
    RecapDay,
    RecapNumbers,
    RecapPerson,
    RecapPost,
    RecapQuestion,
    RecapTag,
    RecapTask,
)


class Wording:
    """What a recap says. `say` has the sentences that need nothing but what is filled in."""

    def __init__(self, language: Language = ENGLISH) -> None:
        self._language = language
        self.say = language.say
        self.number = language.number
        self.listed = language.listed
        self.clock_time = language.clock_time
        self.day_time = language.day_time
        self.short_day = language.short_day

    def counted(self, number: int, key: str) -> str:
        """A number with its word: `1 answer`, `1,204 answers`."""
        return self._language.say(key, number)

    def heading(self, recap: Recap) -> str:
        """What the whole is called; a digest by its hashtag and its days."""
        if recap.kind == "channel" and recap.until is not None:
            days = [self._language.calendar_date(at, recap.timezone) for at in (recap.starts_at, recap.until - 1)]
            tag = f"#{recap.hashtags[0]}" if recap.hashtags else recap.title
            return (
                f"{tag}: {self.say('recap.from_to', begun=days[0], ended=days[1]) if days[0] != days[1] else days[0]}"
            )
        return recap.title or " ".join(f"#{tag}" for tag in recap.hashtags) or self.say("recap.our_chat")

    def when(self, at: int, timezone: str) -> str:
        """A day and a time in the timezone, `Tuesday, December 1, 2026, 7:00 PM CST`."""
        day = self._language.calendar_date(at, timezone)
        return self.say("recap.date_time", day=day, time=self.clock_time(at, timezone, zone=True))

    def when_it_was(self, recap: Recap) -> str:
        """When the chat began, and of a slow one when it ended."""
        if recap.pace == "hour":
            return self.when(recap.starts_at, recap.timezone)
        if recap.kind == "channel":
            return self.say("recap.between_chats")
        day = self._language.calendar_date(recap.starts_at, recap.timezone)
        begun = self.say("recap.date_time", day=day, time=self.clock_time(recap.starts_at, recap.timezone))
        ends_at = recap.starts_at + round(recap.minutes * 60_000)
        return self.say("recap.from_to", begun=begun, ended=self.when(ends_at, recap.timezone))

    def day_name(self, recap: Recap, day: str) -> str:
        """A day of the recap as its heading: `Tuesday, December 8`, with its year where the chat has days of two."""
        years = {one.day[:4] for one in recap.days}
        return self._language.day(datetime.date.fromisoformat(day), recap.timezone, year=len(years) > 1)

    def came_on(self, recap: Recap, day: RecapDay) -> str:
        """What was asked and what came on a day: `Q2 asked · 34 posts from 12 people, 3 of them for the first time`."""
        names = {question.id: question.name for question in recap.questions}
        asked = self.listed([names[question] for question in day.asked])
        people = self.counted(day.people, "recap.persons")
        posts = self.say("recap.posts_from", posts=self.counted(day.posts, "chart.posts"), people=people)
        new = self._language.say("recap.first_of_them", day.first_time) if day.first_time else ""
        answers = f", {self.counted(day.answers, 'recap.answers')}" if day.answers else ""
        return f"{self.say('recap.asked', questions=asked) + ' · ' if asked else ''}{posts}{new}{answers}"

    def summary(self, numbers: RecapNumbers, kind: str = "chat") -> str:
        """The numbers as a sentence or two."""
        new = self.number(numbers.first_time)
        people = self._language.say(f"recap.people{'_new' if numbers.first_time else ''}", numbers.people, new=new)
        if kind == "channel":
            return f"{people} {self._language.say('recap.digest_wrote', numbers.posts)}"
        posts = self._language.say("recap.wrote", numbers.posts, answers=self.number(numbers.answers))
        guessed = self.counted(numbers.guessed, "recap.guessed") if numbers.guessed else ""
        return " ".join(filter(None, [people, posts, guessed]))

    def answered(self, question: RecapQuestion, recap: Recap) -> str:
        """How many answers the question got, and from how many people; in a slow chat also when it was asked."""
        if recap.pace == "hour" or question.asked_at is None:
            return self._answered(question)
        day = self.day_name(recap, day_of(question.asked_at, recap.timezone))
        time = self.clock_time(question.asked_at, recap.timezone)
        return f"{self.say('recap.asked_at', day=day, time=time)} · {self._answered(question)}"

    def _answered(self, question: RecapQuestion) -> str:
        if not question.answers:
            return self.say("recap.no_answers")
        answers = self.counted(len(question.answers), "recap.answers")
        guessed = sum(post.why == "guess" for post in question.answers)
        told = self._language.say("recap.by_a_guess", guessed) if guessed else ""
        return f"{self._language.say('recap.from_people', question.people, answers=answers)}{told}"

    def did_task(self, task: RecapTask, names: Sequence[str]) -> str:
        """Who did the task, by their names as this format writes them."""
        return (
            self._language.say("recap.did_task", task.people, names=self.listed(names))
            if names
            else (self.say("recap.nobody_yet"))
        )

    def until(self, task: RecapTask, timezone: str) -> str:
        """Until when the task was open, in parentheses behind it; empty where it had no end."""
        return "" if task.until is None else f"({self.say('recap.until', when=self.when(task.until, timezone))})"

    def tagged(self, tag: RecapTag) -> str:
        """In how many posts a hashtag stands and of how many people: `4 posts from 3 people`."""
        people = self.counted(tag.people, "recap.persons")
        return self.say("recap.posts_from", posts=self.counted(tag.posts, "chart.posts"), people=people)

    def shared(self, reposts: int) -> str:
        """How often a post was reposted."""
        return self.counted(reposts, "recap.shared")

    def answered_by(self, post: RecapPost) -> str:
        """By how many others a post of a channel was answered."""
        return self.counted(post.replies, "recap.answered_by")

    def next_time(self, chat: NextChat) -> str:
        """When the next chat is, and what it is about."""
        return f"{self.when(chat.starts_at, chat.timezone)}{f': {chat.title}' if chat.title else ''}"

    def warned(self, warning: str) -> str:
        """What stands before a post that came with a content warning."""
        return self.say("recap.warning", warning=warning)


def first_timers(recap: Recap) -> list[RecapPerson]:
    """Who came for the first time and is welcomed by name; in the first chat of all that is everybody, so nobody."""
    return [] if recap.first_chat else [person for person in recap.people if person.first_time]


def thanked(recap: Recap) -> list[RecapPerson]:
    """Everybody but the hosts, by name, for the thanks."""
    people = [person for person in recap.people if not person.host]
    return people if recap.anonymous else sorted(people, key=lambda person: person.name.casefold())
