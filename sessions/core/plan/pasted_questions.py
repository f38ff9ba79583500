"""Questions out of text that was pasted from a document, a mail or a table of times."""

import functools
import re
from collections.abc import Callable

import msgspec

from sessions.core.languages import ENGLISH, Language
from sessions.core.plan import clean_line, clean_question, following_label
from sessions.core.plan.labels import before_questions, label_problem, question_name, tidy_label
from sessions.core.plan.reading import MAX_QUESTION, MAX_QUESTIONS, Problem
from sessions.core.plan.words import quoted

_TIME = r"(?:\(?[0-9]{1,2}[:.][0-9]{2}\s*(?:[ap]\.?m\.?)?\)?\s*[-–—:|]?\s*)?"
_DRESS = r"[\s>*_#•◦▪‣●○·|\"“„‘'–—+-]{0,20}"
_LABEL = r"(?P<label>[0-9]{1,3}(?:[a-z](?![a-z])|\.[0-9]{1,2})?)(?![0-9])"
_AFTER = r"(?:\s*\([^)]{0,40}\))?[*_]*\s*(?:[:.)\]\-–—|]+[*_]*)?\s*"

_ASKED_BY_WORD = re.compile(
    rf"{_DRESS}{_TIME}{_DRESS}\(?\[?(?P<label>Q(?:(?=[A-Z][a-z])| (?=[^\W\d_]))[^\W_](?:['’-]?[^\W_]){{1,17}})"
    r"(?:\s*\([^)]{0,40}\))?[\])]?[*_]*\s*[:|–—]+[*_]*\s*"
)
_NUMBERED = re.compile(rf"{_DRESS}{_TIME}\(?{_LABEL}(?:[*_]*\s*[.):\]]+[*_]*|\s+[-–—])\s*(?![0-9])", re.IGNORECASE)
_LENGTH = re.compile(r"\(?[0-9]{1,3}\s?min(?:ute)?s?\.?\)?", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_BULLET = re.compile(r"[*•◦▪‣●○·–—+-]\s+(?=\S)")
_QUOTES = '"“”„*_ '


class Pasted(msgspec.Struct, frozen=True):
    """The questions as (label, text), and what was not understood or changed, by line."""

    questions: tuple[tuple[str, str], ...]
    warnings: tuple[Problem, ...]


class _Found(msgspec.Struct):
    line: int
    label: str
    text: str


@functools.lru_cache(maxsize=16)
def _labelled(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How a line begins that asks, and one that answers, in the language or in English."""
    letter = language.labels[1].casefold()
    words = ["answer", "a", *(word.casefold() for word in language.answer), *([] if letter == "q" else [letter])]
    answers = "|".join(re.escape(word) for word in sorted(dict.fromkeys(words), key=len, reverse=True))
    asked = rf"{_DRESS}{_TIME}{_DRESS}\(?\[?(?:{before_questions(language)})[\s.#]*{_LABEL}{_AFTER}"
    answered = rf"{_DRESS}{_TIME}(?:{answers})\s?[0-9]{{1,3}}[a-z]?\s*[:.)-]"
    return re.compile(asked, re.IGNORECASE), re.compile(answered, re.IGNORECASE)


def questions_from_text(text: str, language: Language = ENGLISH) -> Pasted:
    """The questions in a text such as `Q1: What worked for you?`, one or several lines each.

    If any line begins with `Q1`, `Question 1` (in Spanish also `P1`, `Pregunta 1`) or a word with its Q and a colon
    (`QWrap:`, `Q bonus:`), only such lines begin a question; else numbered lines do, else bulleted ones, else each line
    that ends in a question mark is one.
    Labels that are missing or there twice are counted on. Answers (`A1: ...`) are left out with a warning, and so is
    all that follows an empty line.
    """
    lines = [clean_line(line) for line in re.split(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]", text)]
    asks, answers = _labelled(language)
    begins, whole = _form(lines, asks)
    found: list[_Found] = []
    warnings: list[Problem] = []
    joins = False  # whether a line that begins nothing belongs to the question above it
    for number, line in enumerate(lines, start=1):
        if not line:
            joins = bool(found) and not found[-1].text
        elif answers.match(line):
            warnings.append(Problem(number, f"an answer, left out: {quoted(line)}"))
            joins = False
        elif match := begins(line):
            label = match.groupdict().get("label") or ""
            found.append(_Found(number, tidy_label(label, language), line if whole else line[match.end() :]))
            joins = not whole
        elif _LENGTH.fullmatch(line):
            warnings.append(Problem(number, f"a length, left out: write it into the plan as minutes ({quoted(line)})"))
        elif joins:
            found[-1].text += f" {line.strip(' >|')}"
        else:
            warnings.append(Problem(number, f"no question, left out: {quoted(line)}"))
    return _numbered(found, warnings, language)


def _form(lines: list[str], asks: re.Pattern[str]) -> tuple[Callable[[str], re.Match[str] | None], bool]:
    """What begins a question in this text, and whether that is the whole of its line."""
    asked = functools.partial(_asked, asks)
    if any(map(asked, lines)):
        return asked, False
    for form in (_NUMBERED, _BULLET):
        if any(form.match(line) for line in lines):
            return form.match, False
    return re.compile(r".*\?[\"”'’)\s]*$").match, True


def _asked(asks: re.Pattern[str], line: str) -> re.Match[str] | None:
    """The label with which a line asks, a number or a word."""
    match = asks.match(line)
    if match is None:
        match = _ASKED_BY_WORD.match(line)
        if match is not None and label_problem(match["label"]):
            return None
    return match


def _numbered(found: list[_Found], warnings: list[Problem], language: Language) -> Pasted:
    """The questions cleaned, each with a label of its own."""
    questions: dict[str, str] = {}
    letter = language.labels[0]
    taken = {item.label for item in found}
    last = "0"
    for item in found:
        text = clean_question(_undressed(item.text), item.label or "0", language)
        if not text:
            warnings.append(Problem(item.line, f"{question_name(item.label, letter)} has no text, left out"))
            continue
        if len(questions) == MAX_QUESTIONS:
            warnings.append(Problem(item.line, f"only the first {MAX_QUESTIONS} questions are taken"))
            break
        if len(text) > MAX_QUESTION:
            warnings.append(Problem(item.line, f"cut to {MAX_QUESTION} characters, from {len(text)}"))
            text = text[:MAX_QUESTION].rstrip()
        label = item.label
        if not label or label in questions:
            label = following_label(last)
            while label in taken:
                label = following_label(label)
            taken.add(label)
        if item.label and label != item.label:
            name, now = question_name(item.label, letter), question_name(label, letter)
            warnings.append(Problem(item.line, f"{name} is there twice, this one is now {now}"))
        questions[label] = text
        last = label
    return Pasted(tuple(questions.items()), tuple(sorted(warnings, key=lambda problem: problem.line or 0)))


def _undressed(text: str) -> str:
    """The text without what a document put around it: bold marks, a table's lines, a quote that opened before it."""
    bare = _EMPHASIS.sub(r"\2", text).strip("*| ")
    opened = bare.count('"') % 2 == 0 if bare.endswith('"') else "“" in bare or "„" in bare
    return bare if opened or not bare.endswith(('"', "”")) else bare[:-1].rstrip("*| ")
