"""A recap in any of its formats."""

from collections.abc import Callable
from typing import Literal, get_args

from sessions.reports.recap.csv_table import to_csv
from sessions.reports.recap.html import to_html
from sessions.reports.recap.json_document import to_json
from sessions.reports.recap.markdown import to_markdown
from sessions.reports.recap.model import Recap

Format = Literal["markdown", "html", "csv", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)

_RENDERERS: dict[Format, Callable[[Recap], str]] = {
    "markdown": to_markdown,
    "html": to_html,
    "csv": to_csv,
    "json": to_json,
}


def render(recap: Recap, form: Format) -> str:
    """The recap as text in this format; lines end in `\\n`."""
    return _RENDERERS[form](recap)
