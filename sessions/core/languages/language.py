"""A language with its table: how a sentence is said in it, and how numbers, days and times are written."""

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from sessions.core.languages import formats
from sessions.core.languages.english import READING, SENTENCES
from sessions.core.languages.tables import Reading, Sentences

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Language(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A language in which a chat is held.

    `code` is what a plan says (`es`), `name` what its speakers call it, `labels` the letters before the numbers of
    questions and answers. `question` and `answer` are words that may stand for these letters. `locale` is the name of
    its formats (CLDR), the code where that is empty.
    """

    code: str
    name: str
    labels: tuple[str, str] = ("Q", "A")
    question: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    locale: str = ""
    reading: Reading = Reading()
    sentences: Sentences = {}

    def __hash__(self) -> int:
        return hash((self.code, self.labels))

    def sentence(self, key: str, number: float | None = None) -> str:
        """The template with this key (`recap.thanks`), in the form for that number; in English where it has none."""
        found = self.sentences.get(key)
        if found is None:
            found, form = SENTENCES[key], _english_form(number)
        else:
            form = _english_form(number) if isinstance(found, str) or self.code == "en" else self._form(number)
        return found if isinstance(found, str) else found.get(form) or found["other"]

    def say(self, key: str, number: float | None = None, **values: object) -> str:
        """The sentence with its placeholders filled in; `{n}` is the number as people write it there."""
        filled = {name: str(value) for name, value in values.items()}
        if number is not None:
            filled.setdefault("n", self.number(round(number)))
        return _PLACEHOLDER.sub(lambda found: filled.get(found[1], found[0]), self.sentence(key, number))

    def number(self, number: int) -> str:
        """A number with the separators of the language: `1,204`, `1.204`."""
        return formats.decimal(number, self.locale or self.code)

    def decimal(self, number: float) -> str:
        """A number with decimals where it has some: `1.5`, `1,5`, with the sign that the language has before them."""
        whole, _, part = f"{Decimal(f'{number:g}'):f}".partition(".")  # `g` alone writes 5e-05
        return self.number(int(whole)) + (f"{'.' if ',' in self.number(10_000) else ','}{part}" if part else "")

    def listed(self, words: Sequence[str]) -> str:
        """The words as a list in a sentence: `a, b and c`."""
        if len(words) < 2:
            return "".join(words)
        return self.say("words.and", list=", ".join(words[:-1]), last=words[-1])

    def clock_time(self, at: int, timezone: str, *, zone: bool = False) -> str:
        """The instant (UTC milliseconds) on a clock in the timezone: `7:08 PM`, `19:08`; with `zone` its name behind."""
        return formats.clock_time(at, timezone, self.locale or self.code, zone=zone)

    def calendar_date(self, at: int, timezone: str) -> str:
        """The day of the instant (UTC milliseconds) in the timezone: `Tuesday, December 1, 2026`."""
        return formats.calendar_date(at, timezone, self.locale or self.code)

    def weekday(self, at: int, timezone: str, *, dated: bool = False) -> str:
        """The weekday, with `dated` also day and month: `Tuesday`, `Tuesday, December 1,`."""
        return formats.weekday(at, timezone, self.locale or self.code, dated=dated)

    def day(self, date: datetime.date, timezone: str, *, year: bool = False) -> str:
        """A day with its weekday: `Tuesday, December 8`, with `year` that too. The timezone tells the country."""
        return formats.day(date, timezone, self.locale or self.code, year=year)

    def short_day(self, date: datetime.date, timezone: str) -> str:
        """A day on an axis: `Tue 8`."""
        return formats.short_day(date, timezone, self.locale or self.code)

    def day_time(self, at: int, timezone: str) -> str:
        """The instant (UTC milliseconds) with its day, `Tue, Dec 1, 7:08 PM`."""
        return formats.day_time(at, timezone, self.locale or self.code)

    def _form(self, number: float | None) -> str:
        return "other" if number is None else formats.plural_form(number, self.locale or self.code)


def _english_form(number: float | None) -> str:
    return "one" if number == 1 else "other"


ENGLISH = Language(
    code="en",
    name="English",
    question=("Question",),
    answer=("Answer", "Ans"),
    reading=READING,
    sentences=SENTENCES,
)
