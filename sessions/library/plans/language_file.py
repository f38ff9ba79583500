"""A language's own TOML file -> Language, with every mistake told by its line: the same words as our tables have."""

import difflib
import re
import tomllib
from collections.abc import Iterable
from typing import Any

from sessions.core.languages import Language, Reading, placeholders, sentence_keys
from sessions.core.languages.formats import known_locale
from sessions.core.plan import clean_line
from sessions.core.plan.reading import MAX_CHARACTERS, PlanError, Problem
from sessions.core.plan.reading.language import label_letters
from sessions.core.plan.toml_lines import Path, TomlLines
from sessions.core.plan.words import quoted, syntax_problem

_TOP = ("code", "name", "locale", "labels", "question", "answer", "reading")
_TABLES = tuple(dict.fromkeys(key.partition(".")[0] for key in sentence_keys()))
_LISTS = tuple(field for field in Reading.__struct_fields__ if field != "false_friends")
_FORMS = ("zero", "one", "two", "few", "many", "other")
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_FRIEND = re.compile(r"\w[0-9]{0,2}(?:\s+\w[0-9]{0,2})*")
_MOST_WORDS, _LONGEST = 200, 500
"""Phrases in a list, and characters of a sentence or phrase at most."""


def decode_language(text: str, *, code: str = "") -> Language:
    """The language that the text describes, by this `code` where it says none. Raises `PlanError`."""
    text = text.removeprefix("\ufeff")
    if len(text) > MAX_CHARACTERS:
        raise PlanError([Problem(None, "this is longer than any language's file: is it the right one?")])
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        lines = text.replace("\r\n", "\n").split("\n")
        place = re.search(r" \(at line ([0-9]+), column [0-9]+\)$", str(error))
        line = int(place[1]) if place else TomlLines(text).unfinished or len(lines)
        raise PlanError([Problem(line, syntax_problem(str(error), lines[min(line, len(lines)) - 1]))]) from error
    return _Reader(text, data, code).language()


class _Reader:
    """Takes the values out of the parsed file, notes what is wrong with each, and goes on."""

    def __init__(self, text: str, data: dict[str, Any], code: str) -> None:
        self._text, self._data, self._code = text, data, code
        self._complaints: list[tuple[Path, str]] = []

    def language(self) -> Language:
        data = self._data
        self._refuse_unknown(data, (), (*_TOP, *_TABLES))
        code = self._line("code") or self._code
        if not _CODE.fullmatch(code) or code[:2] == "en":
            self._wrong(("code",), f"code must be that of a language but English, such as pt, got {quoted(code)}")
        locale = self._line("locale")
        if locale and not known_locale(locale):
            self._wrong(
                ("locale",), f"the locale {quoted(locale)} is not known: write it such as pt_BR, or leave it out"
            )
        letters = label_letters(data["labels"], ("labels",), self._wrong) if "labels" in data else None
        found = Language(
            code=code,
            name=self._line("name") or code,
            locale=locale,
            labels=letters or ("Q", "A"),
            question=self._words(data, (), "question"),
            answer=self._words(data, (), "answer"),
            reading=self._reading(),
            sentences=dict(self._sentences()),
        )
        if self._complaints:
            lines = TomlLines(self._text)
            problems = [Problem(lines.find(path), message) for path, message in self._complaints]
            raise PlanError(sorted(problems, key=lambda problem: problem.line or 0))
        return found

    def _wrong(self, path: Path, message: str) -> None:
        self._complaints.append((path, message))

    def _refuse_unknown(self, table: dict[str, Any], path: Path, known: Iterable[str]) -> None:
        known = tuple(known)
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"here can stand {', '.join(known)}"
                self._wrong((*path, key), f"{quoted(key)} is not known: {hint}")

    def _line(self, key: str) -> str:
        value = self._data.get(key, "")
        if not isinstance(value, str) or len(value) > _LONGEST:
            self._wrong((key,), f"{key} must be a text in quotes, got {quoted(value)}")
            return ""
        return clean_line(value)

    def _table(self, table: dict[str, Any], path: Path, key: str) -> dict[str, Any]:
        value = table.get(key, {})
        if isinstance(value, dict):
            return value
        self._wrong(
            (*path, key), f"write [{'.'.join(map(str, (*path, key)))}] on a line of its own, got {quoted(value)}"
        )
        return {}

    def _words(self, table: dict[str, Any], path: Path, key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        fits = isinstance(value, list) and all(isinstance(one, str) and len(one) <= _LONGEST for one in value)
        if not fits or len(value) > _MOST_WORDS:
            self._wrong((*path, key), f'{key} must be a list of texts such as ["one", "or two"], got {quoted(value)}')
            return ()
        return tuple(dict.fromkeys(filter(None, map(clean_line, value))))

    def _reading(self) -> Reading:
        table = self._table(self._data, (), "reading")
        self._refuse_unknown(table, ("reading",), (*_LISTS, "false_friends"))
        friends = self._table(table, ("reading",), "false_friends")
        path = ("reading", "false_friends")
        for label in friends:
            if not _FRIEND.fullmatch(label):
                self._wrong((*path, label), f"write a letter or labels, such as P or A3 A4, got {quoted(label)}")
        pairs = [(label.upper(), self._words(friends, path, label)) for label in friends]
        lists: dict[str, Any] = {field: self._words(table, ("reading",), field) for field in _LISTS}
        return Reading(**lists, false_friends=tuple(pair for pair in pairs if pair[1]))

    def _sentences(self) -> Iterable[tuple[str, str | dict[str, str]]]:
        known = sentence_keys()
        for prefix in _TABLES:
            table = self._table(self._data, (), prefix)
            here = [key.partition(".")[2] for key in known if key.startswith(f"{prefix}.")]
            self._refuse_unknown(table, (prefix,), here)
            for key in here:
                if key in table:
                    yield f"{prefix}.{key}", self._sentence(table[key], prefix, key)

    def _sentence(self, value: Any, prefix: str, key: str) -> str | dict[str, str]:
        numbered = not isinstance(sentence_keys()[f"{prefix}.{key}"], str)
        forms = value if isinstance(value, dict) else {"other": value}
        path = (prefix, key)
        if not all(isinstance(words, str) and len(words) <= _LONGEST for words in forms.values()):
            self._wrong(path, f"{key} must be a text in quotes, got {quoted(value)}")
        elif isinstance(value, dict) and (not numbered or "other" not in value or set(value) - set(_FORMS)):
            told = "a text with the forms of a number, such as { one = ..., other = ... }" if numbered else "one text"
            self._wrong(path, f"{key} must be {told}, got {', '.join(map(quoted, value)) or 'nothing'}")
        else:
            allowed = placeholders(f"{prefix}.{key}")
            for word in dict.fromkeys(re.findall(r"\{(\w+)\}", " ".join(forms.values()))):
                if word not in allowed:
                    known = ", ".join(f"{{{one}}}" for one in sorted(allowed)) or "nothing"
                    self._wrong(path, f"{quoted(f'{{{word}}}')} is not known in {key}: what is filled in is {known}")
        return dict(forms) if isinstance(value, dict) else str(value)


def language_text(language: Language) -> str:
    """The language as such a file, to begin with: ours as it stands, with all that can be said otherwise."""
    import tomlkit

    document = tomlkit.document()
    document.add(tomlkit.comment("A language for Lunchroom. What you leave out is said in English."))
    top = {"code": language.code, "name": language.name, "labels": list(language.labels)}
    top |= {"question": list(language.question), "answer": list(language.answer)}
    top |= {"locale": language.locale} if language.locale else {}
    for key, value in top.items():
        document.add(key, tomlkit.item(value))
    reading = tomlkit.table()
    for field in _LISTS:
        if words := getattr(language.reading, field):
            reading.add(field, list(words))
    if language.reading.false_friends:
        reading.add("false_friends", {labels: list(words) for labels, words in language.reading.false_friends})
    document.add("reading", reading)
    for prefix in _TABLES:
        table = tomlkit.table()
        for key, sentence in language.sentences.items():
            if key.startswith(f"{prefix}."):
                name = key.partition(".")[2]
                table.add(name, sentence if isinstance(sentence, str) else tomlkit.inline_table() | dict(sentence))
        document.add(prefix, table)
    return tomlkit.dumps(document)
