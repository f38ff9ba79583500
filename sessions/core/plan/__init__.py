"""The plan: what a moderator writes before the chat, and what holds where they wrote nothing.

The plan is stored in the first event of a session. It may use what cleans text, msgspec, and tomlkit for its text.

* here: the plan itself, its questions and hosts, and the lines of its script
* `labels`: what questions are called; `greetings`: the words of a hello; `muted`: words that fold a post
* `reading`, `words`, `toml_lines`: from TOML text, with every mistake told by its line
* `writing`: to TOML text: a new plan, a past one, an old file moved to its next date
* `turns`: whose turn each question is
* `tags`: the hashtags with their roles, and the tasks to look one up
* `days`: on which day each question of a slow chat opens
* `schedule`: the plan on the clock, and what does not fit; `slow_schedule`: the same of a slow chat
* `times`: clock times and days as plans tell them; `written_times`: as their files write them
* `pasted_questions`: questions out of pasted text
* `networks`: what a plan has to know of the networks, handed in by who decodes it
"""

import datetime
import functools
import math
import re
import unicodedata
from typing import Literal, get_args

import msgspec

from sessions.core.cleaning import visible
from sessions.core.hashtags import IN_TAG
from sessions.core.languages import ENGLISH, Language, built_in
from sessions.core.plan.labels import before_questions, is_numbered, question_name
from sessions.core.zones import zone_or_utc

ScriptKey = Literal["welcome", "format", "introduce", "heads_up", "thanks", "next_time", "saved"]
"""The lines that a plan prepares, in the order in which a chat needs them."""

SCRIPT_KEYS: tuple[ScriptKey, ...] = get_args(ScriptKey)

_NO_WORD = re.compile(rf"(?:(?!{IN_TAG})[\s\S]|_)+")

PLACEHOLDERS = ("hashtag", "title", "hosts")

HOUR, DAYS = "hour", "days"
"""The paces of a chat."""

DEFAULT_MINUTES = 60.0
DEFAULT_SOURCES = ("practice",)
DEFAULT_CEILING = 5.0
"""Dollars that reading a network that is paid for may cost in one chat; an hour of X is about 2 to 5."""

ADDRESS_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,29}")
"""What an address at which people are told of chats may be called."""

MOST_YEARS = 100
"""For which a chat can be kept."""

SHORTEST_SHARE = 1.0
"""Minutes that a question gets at least when the others have used up the hour."""


_YEAR = 366 * 24 * 60
"""Minutes."""

_DIGITS = 9
"""Of a label: Python refuses to read a number of thousands of them, which a file may have."""


def bounded(minutes: float) -> float:
    """A length as it can be counted with: more than a year is none but one that somebody wrote into a file."""
    return min(max(minutes, -_YEAR), _YEAR)


class Translation(msgspec.Struct, frozen=True):
    """A question in another language than the chat's: its code, the letter before the number, and the text."""

    language: str
    letter: str
    text: str


class Question(msgspec.Struct, frozen=True):
    """One item of the queue. `id` never changes; `label` is what is typed behind Q (`1`, `0`, `3a`, `2.1`).

    `turn` is who is to ask it, by name; empty where whoever asks then does. `opens_at` is when it opens in a slow chat
    (UTC milliseconds); 0 where the plan says nothing of it. `opens` is the wall time that the plan says, only where the
    clocks of that day skip it. `letter` is what stands before the number in the chat's language, left out where that
    is Q. `translations` are the same question in other languages, left out where there is none.
    """

    id: str
    label: str
    text: str
    minutes: float = 8.0
    notes: str = ""
    turn: str = ""
    opens_at: int = 0
    opens: datetime.datetime | msgspec.UnsetType = msgspec.UNSET
    letter: str | msgspec.UnsetType = msgspec.UNSET

    translations: tuple[Translation, ...] | msgspec.UnsetType = msgspec.UNSET

    @property
    def name(self) -> str:
        """How it is called and posted: `Q3`, `P3` in Spanish, `QWrap`."""
        return question_name(self.label, self.letter or "Q")

    @property
    def texts(self) -> tuple[str, ...]:
        """Its words in each language, the chat's own first."""
        return self.text, *(one.text for one in self.translations or ())

    def translated(self, language: str) -> "Question | None":
        """The question as it is called and worded in another language (its code); None where the plan has none."""
        found = next((one for one in self.translations or () if one.language == language), None)
        return None if found is None else msgspec.structs.replace(self, letter=found.letter, text=found.text)

    @property
    def seconds(self) -> int:
        """How long the question is meant to stay open."""
        return round(bounded(self.minutes) * 60)


class Host(msgspec.Struct, frozen=True):
    """Who runs the chat. A handle is `network:handle`, or bare where it holds on every network."""

    name: str
    handles: tuple[str, ...] = ()


class Lookup(msgspec.Struct, frozen=True):
    """A task: to find something under the hashtag `tag` (without `#`) and to share it under the chat's own.

    `text` asks for it. It is closed after `until_at` (UTC milliseconds), and never where that is 0.
    """

    tag: str
    text: str = ""
    until_at: int = 0


class Credit(msgspec.Struct, frozen=True):
    """What the provider of a course gives for the chat: `hours` to who asked for it and answered that many questions.

    `word` is what somebody writes in the chat to ask for it, a hashtag with `#` or plain words; empty where there is
    none. The number of the provider is empty where it has none.
    """

    provider: str
    provider_number: str = ""
    hours: float = 1.0
    answers: int = 3
    word: str = ""


class Plan(msgspec.Struct, frozen=True):
    """A decoded plan in which every default is filled in, so that later defaults do not change an old session.

    `starts` is the wall time in `timezone` (an IANA name), `starts_at` the same instant in UTC milliseconds;
    `minutes`, `introductions` and `close` are minutes; `script` has the keys welcome, format, introduce,
    heads_up, thanks, next_time and saved, without those that the plan leaves empty, its placeholders filled in.
    `greetings` are templates of a hello by their names, in the order in which they are looked through.
    `ceiling` is how many dollars reading X may cost, `muted` the words that fold a post.
    `pace` is `hour`, or `days` in a slow chat: there lengths are what lies between the days on which questions open, so
    that who knows no pace still counts rightly.
    `hashtags` are all that are read, the main ones first; `optional_hashtags` are those of them that need not stand in
    a post of ours. `lookups` are tasks.
    `language` is the code of the language in which the chat is held, `labels` its letters where the plan gives others,
    and `own_languages` the tables of languages in it that are not ours; `credit` is what is given for the chat.
    `keep_years` is for how many years it is to be kept, and `records` the law or rule that asks for it. `announce`
    are names of addresses at which people are told of the chat. Each is left
    out where the plan says nothing.
    The fields have defaults so that a session file written by hand may leave them out.
    """

    title: str = ""
    hashtags: tuple[str, ...] = ()
    series: str = ""
    starts: datetime.datetime = datetime.datetime(1970, 1, 1)  # noqa: DTZ001 - a wall time has no offset
    starts_at: int = 0
    timezone: str = "UTC"
    minutes: float = DEFAULT_MINUTES
    introductions: float = 8.0
    close: float = 2.0
    sources: tuple[str, ...] = ()
    hosts: tuple[Host, ...] = ()
    questions: tuple[Question, ...] = ()
    script: dict[str, str] = {}
    ceiling: float = DEFAULT_CEILING
    greetings: dict[str, str] = {}
    muted: tuple[str, ...] = ()
    pace: str = HOUR
    optional_hashtags: tuple[str, ...] = ()
    lookups: tuple[Lookup, ...] = ()

    @property
    def main_hashtags(self) -> tuple[str, ...]:
        """The hashtags that a post of ours carries."""
        return tuple(tag for tag in self.hashtags if tag not in self.optional_hashtags)

    language: str | msgspec.UnsetType = msgspec.UNSET
    labels: tuple[str, str] | msgspec.UnsetType = msgspec.UNSET
    own_languages: tuple[Language, ...] | msgspec.UnsetType = msgspec.UNSET
    credit: Credit | msgspec.UnsetType = msgspec.UNSET
    keep_years: int | msgspec.UnsetType = msgspec.UNSET
    records: str | msgspec.UnsetType = msgspec.UNSET
    announce: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET

    @property
    def spoken(self) -> Language:
        """The language in which the chat is held; English where it is not known here."""
        return _spoken(self.language or "en", self.labels or None, self.own_languages or ())

    @property
    def languages(self) -> tuple[Language, ...]:
        """The language of the chat, and those in which its questions are asked as well."""
        codes = dict.fromkeys(one.language for question in self.questions for one in question.translations or ())
        return self.spoken, *(_spoken(code, None, self.own_languages or ()) for code in codes)

    @property
    def slow(self) -> bool:
        """Whether its questions stay open for days."""
        return self.pace == DAYS

    @property
    def ends_at(self) -> int:
        """When the chat is meant to end, in UTC milliseconds."""
        return self.starts_at + round(bounded(self.minutes) * 60_000)


@functools.lru_cache(maxsize=32)
def _spoken(code: str, labels: tuple[str, str] | None, own: tuple[Language, ...]) -> Language:
    found = next((one for one in own if one.code == code), None) or built_in(code) or ENGLISH
    return found if labels in (None, found.labels) else msgspec.structs.replace(found, labels=labels)


def instant(wall: datetime.datetime, timezone: str) -> int:
    """The wall time in the timezone as UTC milliseconds.

    A time that the clocks run through twice is the first of the two, and one that they skip is as far behind the
    change as it seems to be (PEP 495, fold=0). A timezone that is not known here counts as UTC.
    """
    aware = wall.replace(tzinfo=zone_or_utc(timezone), fold=0)
    try:
        return round(aware.timestamp() * 1000)
    except OverflowError:  # less than a day from an end of the calendar
        return round(wall.replace(tzinfo=datetime.UTC).timestamp() * 1000)


def default_introductions(minutes: float) -> float:
    """Minutes of introductions in a chat of so many minutes: 8 of 60, 4 of 30, to the half minute."""
    return _half(minutes * 8 / 60)


def default_close(minutes: float) -> float:
    """Minutes for thanks in a chat of so many minutes: 2 of 60, and no less of 30; a tenth of a shorter one."""
    return max(_half(minutes / 30), min(2.0, _half(minutes / 10)))


def share_minutes(rest: float, count: int) -> list[float]:
    """`rest` minutes shared by `count` questions, the earlier ones longer, all but the last to the half minute.

    The shares sum to `rest`, unless that leaves less than `SHORTEST_SHARE` each: then they are that long.
    """
    if count == 0:
        return []
    if rest < SHORTEST_SHARE * count:
        return [SHORTEST_SHARE] * count
    halves = math.floor(rest * 2)
    each, over = divmod(halves, count)
    shares = [(each + (number < over)) / 2 for number in range(count)]
    shares[-1] += rest - halves / 2
    return shares


def default_script(pace: str, language: Language = ENGLISH) -> dict[ScriptKey, str]:
    """What each script line says where a plan of this pace says nothing."""
    return {key: _script_line(key, pace, language) for key in SCRIPT_KEYS}


def _script_line(key: ScriptKey, pace: str, language: Language) -> str:
    slow = pace == DAYS and key in ("format", "heads_up")
    if pace == DAYS and key == "welcome":  # a table of somebody's own may not have this one, but a welcome
        slow = "script.slow_welcome" in language.sentences or "script.welcome" not in language.sentences
    asked, answered = language.labels
    return language.say(f"script.{'slow_' if slow else ''}{key}", Q=asked, A=answered)


def slug(text: str, longest: int = 60) -> str:
    """`text` in lower case with `-` for all that is no letter and no digit; `chat` where nothing remains."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NO_WORD.sub("-", folded)[:longest].strip("-") or "chat"


def default_series(title: str, hashtags: tuple[str, ...]) -> str:
    """Which series a chat belongs to that names none: that of its first hashtag, else of its title."""
    return slug(hashtags[0] if hashtags else title)


def letter_of_questions(language: Language) -> str | msgspec.UnsetType:
    """What `Question.letter` is in a chat in this language."""
    return msgspec.UNSET if language.labels[0] == "Q" else language.labels[0]


def label_number(label: str) -> int:
    """The whole number in front of a label: 3 of `3a`, 2 of `2.1` and `02`; 0 where there is none."""
    return int(re.sub(r"[^0-9].*", "", label, flags=re.DOTALL)[:_DIGITS] or 0)


def following_label(label: str) -> str:
    """The label that a question has by default behind the one with `label`: `4` behind `3` and `3a`."""
    return str(label_number(label) + 1)


def fill_script(
    text: str, *, title: str, hashtags: tuple[str, ...], hosts: tuple[Host, ...], language: Language = ENGLISH
) -> str:
    """The script line with its placeholders filled in; other words in braces stay as they are."""
    names = [host.name for host in hosts] or [language.say("script.hosts")]
    values = {
        "hashtag": " ".join(f"#{tag}" for tag in hashtags),
        "title": title,
        "hosts": language.listed(names),
    }
    filled = re.sub(r"\{(hashtag|title|hosts)\}", lambda match: values[match[1]], text)
    return "\n".join(line.strip() for line in filled.split("\n")).strip()


def clean_line(text: str) -> str:
    """`text` as one line without what hides or turns text round, white space made single spaces."""
    return " ".join(visible(text).split())


def clean_text(text: str) -> str:
    """`text` as `clean_line` has it, but with its line breaks."""
    return visible(text).replace("\t", " ").strip()


def clean_question(text: str, label: str, language: Language = ENGLISH) -> str:
    """A question's text on one line and without its own label in front (`Q1: ...`), which the desk puts there."""
    line = clean_line(text)
    behind = r"(?!\w|\.\d)\s*[:.)\-–—]?\s*" if is_numbered(label) else r"\s*[:.)\-–—]\s*"
    words = before_questions(language)
    before = rf"(?:{words})\s?" if is_numbered(label) else rf"(?:(?:{words})[\s-]?)?"
    own = re.compile(f"(?i){before}{re.escape(label)}{behind}")
    while (match := own.match(line)) and match.end() < len(line):
        line = line[match.end() :]
    return line


def _half(minutes: float) -> float:
    return math.floor(minutes * 2 + 0.5) / 2
