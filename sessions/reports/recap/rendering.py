"""A recap in any of its formats."""

from collections.abc import Callable
from typing import Literal, get_args

from sessions.core.languages import ENGLISH, Language
from sessions.reports.recap.csv_table import to_csv
from sessions.reports.recap.html import to_html
from sessions.reports.recap.json_document import to_json
from sessions.reports.recap.markdown import to_markdown
from sessions.reports.recap.model import Recap

Format = Literal["markdown", "html", "csv", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)

_FOR_PEOPLE: dict[Format, Callable[[Recap, Language], str]] = {"markdown": to_markdown, "html": to_html}
_FOR_PROGRAMS: dict[Format, Callable[[Recap], str]] = {"csv": to_csv, "json": to_json}


def render(recap: Recap, form: Format, language: Language = ENGLISH) -> str:
    """The recap as text in this format, for people in the language of the chat; lines end in `\\n`."""
    return _FOR_PEOPLE[form](recap, language) if form in _FOR_PEOPLE else _FOR_PROGRAMS[form](recap)
