"""TOML text -> Plan, with every mistake told by its line and in a moderator's words.

* here: the whole plan
* `language`: what a file says of the language of its chat
* `credit`: of credit hours
* `announce`: of who is told of it elsewhere
* `records`: of keeping the chat as a record
* `slow`: of the days on which the questions of a slow chat open
"""

import datetime
import difflib
import math
import re
import tomllib
import types
import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

import msgspec

from sessions.core.errors import LunchroomError
from sessions.core.languages import ENGLISH, Language
from sessions.core.plan import (
    DAYS,
    DEFAULT_CEILING,
    DEFAULT_MINUTES,
    DEFAULT_SOURCES,
    SCRIPT_KEYS,
    Credit,
    Host,
    Lookup,
    Plan,
    Question,
    ScriptKey,
    Translation,
    clean_line,
    clean_question,
    clean_text,
    default_close,
    default_introductions,
    default_script,
    default_series,
    fill_script,
    following_label,
    instant,
    letter_of_questions,
    share_minutes,
    slug,
)
from sessions.core.plan.days import Days, on_days
from sessions.core.plan.greetings import PLACEHOLDERS, default_greetings, plain_greeting, unknown_placeholders
from sessions.core.plan.labels import is_numbered, label_key, label_problem, tidy_label
from sessions.core.plan.muted import MOST_WORDS, word_key, word_problem
from sessions.core.plan.networks import PlanNetworks
from sessions.core.plan.reading.announce import announced_to
from sessions.core.plan.reading.credit import (
    CREDIT_KEYS,
    MOST_HOURS,
    PROVIDER,
    answers_needed,
    asking_word,
    credit_table,
    number_of_provider,
)
from sessions.core.plan.reading.language import TEXT_IN, label_letters, language_named, language_problem
from sessions.core.plan.reading.records import records_kept
from sessions.core.plan.reading.slow import days_of, pace_of, refuse_openings
from sessions.core.plan.tags.reading import LOOKUP_TEXT, hashtags_of, lookups_of
from sessions.core.plan.toml_lines import Path, TomlLines
from sessions.core.plan.turns import ALTERNATE, as_spelt, in_turn
from sessions.core.plan.words import (
    ZONE_NICKNAMES,
    handle_problem,
    quoted,
    source_problem,
    syntax_problem,
    tidy_handle,
    tidy_source,
)
from sessions.core.plan.written_times import wall_time

MAX_CHARACTERS = 500_000
MAX_TITLE = 200
MAX_NAME = 100
MAX_QUESTION = 1000
MAX_NOTES = 2000
MAX_QUESTIONS = 100
MAX_LIST = 20
MAX_MINUTES = 24 * 60
MAX_CEILING = 1000
MAX_GREETINGS = 20
MAX_GREETING = 500
MAX_GREETING_NAME = 30

_TOP = (
    "title", "hashtags", "series", "language", "labels", "starts", "timezone", "pace", "days", "weekends", "minutes",
    "introductions", "close", "sources", "ceiling", "muted", "turns", "hosts", "questions", "lookups", "script",
    "greetings", "credit", "keep_years", "records", "announce",
)  # fmt: skip
_QUESTION = ("label", "text", "minutes", "opens", "notes", "turn")
_HOST = ("name", "handles")
_LOOKUP = ("tag", "text", "until")


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong; `line` counts from 1 and is None where the whole text is meant."""

    line: int | None
    message: str

    def __str__(self) -> str:
        return self.message if self.line is None else f"line {self.line}: {self.message}"


class PlanError(LunchroomError):
    """A plan that cannot be used. As a string it is its first problem; `problems` has all, in the text's order."""

    exit_code = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(str(problems[0]))
        self.problems = tuple(problems)

    @property
    def line(self) -> int | None:
        """The line of the first problem."""
        return self.problems[0].line

    @property
    def message(self) -> str:
        """The first problem without its line."""
        return self.problems[0].message


def decode_plan(
    text: str,
    networks: PlanNetworks,
    *,
    default_timezone: str | None = None,
    languages: Mapping[str, Language] = types.MappingProxyType({}),
) -> Plan:
    """The plan that the TOML text holds, with all defaults filled in.

    `networks` are those that it may name, `languages` by their codes those that it may be held in beside ours.
    `default_timezone` is the IANA name of the system's timezone, for a plan that names none. Raises `PlanError`.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > MAX_CHARACTERS:
        raise PlanError([Problem(None, f"this is longer than any plan ({len(text)} characters): is it the file?")])
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        _raise_syntax(text, error)
    return _Reader(text, data, networks, default_timezone, languages).plan()


def _raise_syntax(text: str, error: ValueError | RecursionError) -> NoReturn:
    """Tell what tomllib says; its words end in `(at line 3, column 5)` or `(at end of document)`."""
    lines = text.replace("\r\n", "\n").split("\n")
    place = re.search(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$", str(error))
    said = str(error)[: place.start()] if place else "it is too deeply nested or has a number that is too long"
    if place and place[1]:
        line = int(place[1])
    else:
        line = TomlLines(text).unfinished or len(text.rstrip().split("\n"))
        said = said.replace("Invalid value", "Unclosed")
    raise PlanError([Problem(line, syntax_problem(said, lines[line - 1]))]) from error


class _Reader:
    """Takes the values out of the parsed file, notes what is wrong with each, and goes on."""

    def __init__(
        self,
        text: str,
        data: dict[str, Any],
        networks: PlanNetworks,
        default_timezone: str | None,
        languages: Mapping[str, Language],
    ) -> None:
        self._languages = languages
        self._language = ENGLISH
        self._networks = networks
        self._data = data
        self._text = text
        self._default_timezone = default_timezone
        self._complaints: list[tuple[Path, str]] = []

    def plan(self) -> Plan:
        top = self._data
        self._refuse_unknown(top, (), _TOP)
        title = self._string(top, (), "title", MAX_TITLE, 'title = "Stations that work"')
        spoken = self._spoken()
        hashtags, optional = hashtags_of(top, self._wrong, MAX_LIST)
        main = tuple(tag for tag in hashtags if tag not in optional)
        timezone = self._timezone()
        starts = self._starts()
        pace = pace_of(top, self._wrong)
        minutes = self._minutes(top, (), "minutes", DEFAULT_MINUTES)
        introductions = self._minutes(top, (), "introductions", default_introductions(minutes), above=False)
        close = self._minutes(top, (), "close", default_close(minutes), above=False)
        series = self._string(top, (), "series", MAX_NAME) if "series" in top else default_series(title, hashtags)
        hosts = tuple(self._hosts())
        plan = Plan(
            title=title,
            hashtags=hashtags,
            series=slug(series),
            starts=starts or Plan().starts,
            timezone=timezone or "UTC",
            minutes=minutes,
            introductions=introductions,
            close=close,
            sources=self._sources(),
            ceiling=self._number(top, (), "ceiling", DEFAULT_CEILING, MAX_CEILING, " (dollars)", above=False),
            muted=self._muted(),
            hosts=hosts,
            questions=tuple(self._questions(minutes - introductions - close, hosts)),
            script=self._script(title, main, hosts, default_script(pace, self._language)),
            greetings=self._greetings(),
            optional_hashtags=optional,
            lookups=self._lookups(main, timezone or "UTC"),
            credit=self._credit(hashtags),
            **records_kept(top, self._string(top, (), "records", MAX_TITLE), self._wrong),
            **announced_to(top, self._wrong),
            **spoken,
        )
        days = self._days(pace, starts)
        self._raise_if_wrong()
        plan = msgspec.structs.replace(plan, starts_at=instant(plan.starts, plan.timezone))
        return plan if days is None else on_days(plan, days)

    def _spoken(self) -> dict[str, Any]:
        """What the plan keeps of its language: nothing in English with its usual letters."""
        code = self._string(self._data, (), "language", MAX_NAME) or "en"
        if problem := language_problem(code, self._languages):
            self._wrong(("language",), problem)
        found = language_named(code, self._languages) or ENGLISH
        letters = label_letters(self._data["labels"], ("labels",), self._wrong) if "labels" in self._data else None
        letters = letters or found.labels
        self._language = msgspec.structs.replace(found, labels=letters)
        kept: dict[str, Any] = {} if found is ENGLISH else {"language": found.code}
        kept |= {} if letters == found.labels else {"labels": letters}
        own = tuple(dict.fromkeys(one for one in (found, *self._translated_into()) if self._is_own(one)))
        return kept | ({"own_languages": own} if own else {})

    def _is_own(self, language: Language) -> bool:
        return self._languages.get(language.code.casefold()) is language

    def _translated_into(self) -> Iterable[Language]:
        """The languages of the questions' further texts."""
        tables = self._data.get("questions", [])
        keys = (key for table in tables if isinstance(table, dict) for key in table) if isinstance(tables, list) else ()
        found = (language_named(key.removeprefix(TEXT_IN), self._languages) for key in keys if key.startswith(TEXT_IN))
        return filter(None, found)

    def _days(self, pace: str, starts: datetime.datetime | None) -> Days | None:
        """The days of a slow chat."""
        value = self._data.get("questions", [])
        tables = [table for table in value if isinstance(table, dict)] if isinstance(value, list) else []
        questions: list[tuple[Path, dict[str, Any]]] = [
            (("questions", index), table) for index, table in enumerate(tables[:MAX_QUESTIONS])
        ]
        if pace != DAYS:
            refuse_openings(questions, self._wrong)
        elif starts is not None:
            return days_of(self._data, questions, starts, self._wrong)
        return None

    def _raise_if_wrong(self) -> None:
        if not self._complaints:
            return
        lines = TomlLines(self._text)
        problems = [Problem(lines.find(path), message) for path, message in self._complaints]
        raise PlanError(sorted(problems, key=lambda problem: problem.line or math.inf))

    def _wrong(self, path: Path, message: str) -> None:
        self._complaints.append((path, message))

    def _refuse_unknown(self, table: dict[str, Any], path: Path, known: Iterable[str]) -> None:
        for key in table:
            if key in known:
                continue
            near = difflib.get_close_matches(key.lower(), known, n=1)
            if near:
                hint = f"did you mean {near[0]}?"
            elif path and key in _TOP:
                hint = f"{key} belongs above the first line in [brackets]"
            else:
                hint = f"here can stand {', '.join(known)}"
            self._wrong((*path, key), f"{quoted(key)} is not known: {hint}")

    def _string(self, table: dict[str, Any], path: Path, key: str, most: int, example: str = "") -> str:
        """The text at `key` on one line; `example` is a line that sets it, for a key that must be there."""
        text = clean_line(self._long_string(table, path, key, most))
        if example and not text and (key not in table or isinstance(table[key], str)):
            missing = "is empty" if key in table else "is missing"
            self._wrong((*path, key), f"{key} {missing}: write a line such as {example}")
        return text

    def _long_string(self, table: dict[str, Any], path: Path, key: str, most: int) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            self._wrong((*path, key), f"{key} must be a text in quotes, got {quoted(value)}")
            return ""
        text = clean_text(value)
        if len(text) > most:
            self._wrong((*path, key), f"{key} must be no longer than {most} characters, got {len(text)}")
        return text

    def _minutes(self, table: dict[str, Any], path: Path, key: str, default: float, *, above: bool = True) -> float:
        return self._number(table, path, key, default, MAX_MINUTES, " (a day)", above=above)

    def _number(
        self, table: dict[str, Any], path: Path, key: str, default: float, most: int, note: str = "", *, above: bool
    ) -> float:
        value = table.get(key, default)
        number = type(value) is int or (type(value) is float and not math.isnan(value))
        if not number or value < 0 or (above and value == 0):
            wanted = "a number above 0" if above else "a number, 0 or more"
            self._wrong((*path, key), f"{key} must be {wanted}, got {quoted(value)}")
        elif value > most:
            self._wrong((*path, key), f"{key} must be {most} or less{note}, got {quoted(value)}")
        else:
            return float(value)
        return default

    def _list(
        self, table: dict[str, Any], path: Path, key: str, example: str, most: int = MAX_LIST
    ) -> list[tuple[Path, str]]:
        """The texts in the list at `key`, each with its path."""
        value = table.get(key, [])
        here = (*path, key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._wrong(here, f"{key} must be a list of texts such as {example}, got {quoted(value)}")
            return []
        if len(value) > most:
            self._wrong(here, f"{key} must have no more than {most} entries, got {len(value)}")
        return [((*here, index), clean_line(item)) for index, item in enumerate(value)]

    def _tables(self, key: str, most: int) -> list[tuple[Path, dict[str, Any]]]:
        value = self._data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self._wrong((key,), f"write [[{key}]] with two brackets above each of the {key}, got {quoted(value)}")
            return []
        if len(value) > most:
            self._wrong((key, most), f"a plan has no more than {most} {key}, got {len(value)}")
        return [((key, index), table) for index, table in enumerate(value[:most])]

    def _lookups(self, main: tuple[str, ...], timezone: str) -> tuple[Lookup, ...]:
        tables = self._tables("lookups", MAX_LIST)
        for path, table in tables:
            self._refuse_unknown(table, path, _LOOKUP)
        texts = [self._string(table, path, "text", MAX_QUESTION, LOOKUP_TEXT) for path, table in tables]
        return lookups_of(tables, texts, main, timezone, self._wrong)

    def _credit(self, hashtags: tuple[str, ...]) -> Credit | msgspec.UnsetType:
        table, path = credit_table(self._data, self._wrong), ("credit",)
        if table is None:
            return msgspec.UNSET
        self._refuse_unknown(table, path, CREDIT_KEYS)
        if "hours" not in table:
            self._wrong((*path, "hours"), "hours is missing: write a line such as hours = 1")
        number = table.get("provider_number", "")
        return Credit(
            provider=self._string(table, path, "provider", MAX_TITLE, PROVIDER),
            provider_number=number_of_provider(number, (*path, "provider_number"), self._wrong),
            hours=self._number(table, path, "hours", 1.0, MOST_HOURS, above=True),
            answers=answers_needed(table.get("answers", 3), (*path, "answers"), self._wrong),
            word=asking_word(table.get("word", ""), (*path, "word"), self._wrong, hashtags),
        )

    def _sources(self) -> tuple[str, ...]:
        if "sources" not in self._data:
            return DEFAULT_SOURCES
        listed = self._list(self._data, (), "sources", '["mastodon:mastodon.social", "bluesky"]')
        tidied = [(path, tidy_source(source, self._networks)) for path, source in listed]
        for path, source in tidied:
            if problem := source_problem(source, self._networks):
                self._wrong(path, problem)
        return tuple(dict.fromkeys(source for _, source in tidied))

    def _muted(self) -> tuple[str, ...]:
        words: dict[str, str] = {}
        for path, word in self._list(self._data, (), "muted", '["spam", "follow back"]', MOST_WORDS):
            if problem := word_problem(word):
                self._wrong(path, f"the muted word {quoted(word)} {problem}")
            words.setdefault(word_key(word), word)
        return tuple(words.values())

    def _timezone(self) -> str | None:
        name = self._string(self._data, (), "timezone", MAX_NAME) or self._default_timezone
        known = zoneinfo.available_timezones()
        if "timezone" in self._data and not isinstance(self._data["timezone"], str):
            return None
        if name is None:
            self._wrong(("timezone",), 'timezone is missing: write a line such as timezone = "America/Chicago"')
        elif name not in known:
            by_case = {zone.casefold(): zone for zone in known}
            near = difflib.get_close_matches(name.casefold().replace(" ", "_"), by_case, n=1)
            meant = ZONE_NICKNAMES.get(name.casefold()) or (by_case[near[0]] if near else None)
            hint = f"did you mean {meant}?" if meant else "write it such as America/Chicago"
            self._wrong(("timezone",), f"the timezone {quoted(name)} is not known: {hint}")
            return None
        return name

    def _starts(self) -> datetime.datetime | None:
        example = "starts = 2026-12-01T19:00:00"
        value = self._data.get("starts")
        if value is None:
            self._wrong(("starts",), f"starts is missing: write a line such as {example}")
            return None
        return wall_time(value, ("starts",), example, self._wrong)

    def _hosts(self) -> Iterable[Host]:
        for path, table in self._tables("hosts", MAX_LIST):
            self._refuse_unknown(table, path, _HOST)
            handles = []
            for place, item in self._list(table, path, "handles", '["mastodon:ana@mastodon.social"]'):
                handle = tidy_handle(item)
                if problem := handle_problem(handle, self._networks):
                    self._wrong(place, problem)
                handles.append(handle)
            yield Host(self._string(table, path, "name", MAX_NAME, 'name = "Ana"'), tuple(dict.fromkeys(handles)))

    def _questions(self, rest: float, hosts: tuple[Host, ...]) -> Iterable[Question]:
        tables = self._tables("questions", MAX_QUESTIONS)
        turns = in_turn(self._turns(hosts), len(tables))
        given = [self._minutes(table, path, "minutes", 0.0) if "minutes" in table else None for path, table in tables]
        shares = iter(share_minutes(rest - sum(minutes or 0.0 for minutes in given), given.count(None)))
        taken: set[str] = set()
        before = "0"
        for number, ((path, table), minutes) in enumerate(zip(tables, given, strict=True), start=1):
            self._refuse_unknown(table, path, (*_QUESTION, *(key for key in table if key.startswith(TEXT_IN))))
            label = self._label(table, path, before)
            if label_key(label) in taken:
                written = "" if "label" in table else f" (a question without a label counts on from {before})"
                self._wrong((*path, "label"), f"the label {label} is there twice{written}: give each question its own")
            taken.add(label_key(label))
            before = label if is_numbered(label) else before
            text = self._string(table, path, "text", MAX_QUESTION, 'text = "What worked for you?"')
            yield Question(
                id=f"q{number}",
                label=label,
                text=clean_question(text, label, self._language),
                minutes=next(shares) if minutes is None else minutes,
                notes=self._long_string(table, path, "notes", MAX_NOTES),
                turn=self._turn(table, path, hosts) if "turn" in table else turns[number - 1],
                letter=letter_of_questions(self._language),
                translations=tuple(self._translations(table, path, label)) or msgspec.UNSET,
            )

    def _translations(self, table: dict[str, Any], path: Path, label: str) -> Iterable[Translation]:
        """The question in other languages: `text_es`, `text_de`."""
        for key in table:
            code = key.removeprefix(TEXT_IN)
            if not key.startswith(TEXT_IN):
                continue
            language = language_named(code, self._languages)
            if language is None:
                self._wrong((*path, key), language_problem(code, self._languages))
            elif language.code == self._language.code:
                self._wrong((*path, key), f"{key} is the chat's own language: that is what text says")
            elif text := clean_question(self._string(table, path, key, MAX_QUESTION), label, language):
                yield Translation(language.code, language.labels[0], text)

    def _turns(self, hosts: tuple[Host, ...]) -> list[str]:
        """Those who take turns; `alternate` are all hosts."""
        value = self._data.get("turns", [])
        if value == ALTERNATE:
            if len(hosts) < 2:
                self._wrong(("turns",), 'turns = "alternate" needs two [[hosts]]; or name them: turns = ["Ana", "Ben"]')
            return [host.name for host in hosts]
        if isinstance(value, str):
            self._wrong(("turns",), f'turns must be "alternate" or a list such as ["Ana", "Ben"], got {quoted(value)}')
            return []
        named = self._list(self._data, (), "turns", '["Ana", "Ben"], or "alternate"')
        return [self._spelt(path, name, hosts) for path, name in named if name]

    def _turn(self, table: dict[str, Any], path: Path, hosts: tuple[Host, ...]) -> str:
        return self._spelt((*path, "turn"), self._string(table, path, "turn", MAX_NAME), hosts)

    def _spelt(self, path: Path, name: str, hosts: tuple[Host, ...]) -> str:
        spelt, problem = as_spelt(name, hosts)
        if problem:
            self._wrong(path, problem)
        return spelt

    def _label(self, table: dict[str, Any], path: Path, before: str) -> str:
        following = following_label(before)
        value = table.get("label", following)
        label = tidy_label(clean_line(str(value)), self._language)
        if isinstance(value, bool) or not isinstance(value, str | int | float) or label_problem(label):
            self._wrong((*path, "label"), label_problem(quoted(value)))
            return following
        return label

    def _script(
        self, title: str, hashtags: tuple[str, ...], hosts: tuple[Host, ...], defaults: Mapping[ScriptKey, str]
    ) -> dict[str, str]:
        table = self._data.get("script", {})
        if not isinstance(table, dict):
            self._wrong(
                ("script",), f"write [script] on a line of its own above the script's lines, got {quoted(table)}"
            )
            return {}
        self._refuse_unknown(table, ("script",), SCRIPT_KEYS)
        lines = {}
        for key, default in defaults.items():
            text = self._long_string(table, ("script",), key, MAX_QUESTION) if key in table else default
            if filled := fill_script(text, title=title, hashtags=hashtags, hosts=hosts, language=self._language):
                lines[str(key)] = filled
        return lines

    def _greetings(self) -> dict[str, str]:
        table = self._data.get("greetings", {})
        if not isinstance(table, dict):
            told = f"write [greetings] on a line of its own above the greetings, got {quoted(table)}"
            self._wrong(("greetings",), told)
            return {}
        if len(table) > MAX_GREETINGS:
            self._wrong(("greetings",), f"a plan has no more than {MAX_GREETINGS} greetings, got {len(table)}")
        found = {}
        usual = default_greetings(self._language)
        for key in dict.fromkeys([*table, *usual]):
            name = clean_line(key)
            if not name or len(name) > MAX_GREETING_NAME:
                told = f"the name of a greeting has 1 to {MAX_GREETING_NAME} letters, got {quoted(key)}"
                self._wrong(("greetings", key), told)
            text = self._string(table, ("greetings",), key, MAX_GREETING) if key in table else usual[key]
            for word in unknown_placeholders(text):
                self._wrong(("greetings", key), _unknown_placeholder(word))
            if text:
                found[name] = text
        return found or {"plain": plain_greeting(self._language)}


def _unknown_placeholder(word: str) -> str:
    near = difflib.get_close_matches(word.lower(), PLACEHOLDERS, n=1)
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    hint = f"did you mean {{{near[0]}}}?" if near else f"a greeting can have {known}"
    return f"{quoted(f'{{{word}}}')} is not known: {hint}"
