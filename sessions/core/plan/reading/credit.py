"""What a plan's file says of credit hours; mistakes in a moderator's words."""

from collections.abc import Callable, Mapping
from typing import Any

from sessions.core.hashtags import is_tag, tag_key
from sessions.core.plan import Credit, clean_line
from sessions.core.plan.muted import word_problem
from sessions.core.plan.toml_lines import Path
from sessions.core.plan.words import quoted

CREDIT_KEYS = ("provider", "provider_number", "hours", "answers", "word")
PROVIDER = 'provider = "Navasota ISD"'
MOST_HOURS = 100
MOST_ANSWERS = 100
MOST_LETTERS = 60
"""Of a provider's number."""

_NUMBER = 'provider_number = "902-001"'

Wrong = Callable[[Path, str], None]
"""Takes note of a mistake at a place of the file."""


def number_of_provider(value: Any, path: Path, wrong: Wrong) -> str:
    """The provider's number as it is printed; a whole number may stand without quotes."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        wrong(path, f"provider_number must be a text such as {_NUMBER}, got {quoted(value)}")
        return ""
    number = clean_line(str(value))
    if len(number) > MOST_LETTERS:
        wrong(path, f"provider_number must be no longer than {MOST_LETTERS} characters, got {len(number)}")
    return number


def answers_needed(value: Any, path: Path, wrong: Wrong) -> int:
    """How many questions somebody has to answer."""
    if type(value) is not int or not 0 <= value <= MOST_ANSWERS:
        wrong(path, f"answers must be a whole number from 0 to {MOST_ANSWERS}, got {quoted(value)}")
        return Credit("").answers
    return value


def asking_word(value: Any, path: Path, wrong: Wrong, hashtags: tuple[str, ...]) -> str:
    """The word by which somebody asks for credit; no hashtag that all posts of the chat carry."""
    if not isinstance(value, str):
        wrong(path, f'word must be a text such as word = "#credit", got {quoted(value)}')
        return ""
    word = clean_line(value).replace("\uff03", "#")
    if word.startswith("#"):
        if not is_tag(word[1:]):
            wrong(path, f"{quoted(word)} is no hashtag: write # and letters, such as #credit")
        elif tag_key(word[1:]) in map(tag_key, hashtags):
            wrong(path, f"{word} stands in the posts of the chat anyway, so that everybody would ask: choose another")
    elif problem := word and word_problem(word):
        wrong(path, f"the word {quoted(word)} {problem}")
    return word


def credit_table(data: Mapping[str, Any], wrong: Wrong) -> dict[str, Any] | None:
    """The table; None where there is none."""
    table = data.get("credit")
    if table is None or isinstance(table, dict):
        return table
    wrong(("credit",), f"write [credit] on a line of its own above what it says, got {quoted(table)}")
    return None
