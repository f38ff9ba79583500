"""What docs/use/recap.md and docs/use/recap.schema.json promise is what is written.

After a change of the model: `python -m tests.sessions.reports.recap.test_schema` writes the schema anew.
"""

import inspect
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from sessions.reports.recap import Recap, build_recap, render
from sessions.reports.recap.csv_table import COLUMNS
from tests.paths import ROOT
from tests.sessions.reports.recap.chats import recorded_state, week_on
from tests.sessions.reports.recap.finds import a_chat_with_finds
from tests.sessions.reports.recap.test_days import a_week_of_autumn
from tests.sessions.reports.recap.test_recap_tasks import a_chat

DOCS = ROOT / "docs" / "use"
PAGE = (DOCS / "recap.md").read_text(encoding="utf-8")
SCHEMA = DOCS / "recap.schema.json"


def schema_text() -> str:
    return json.dumps(_cleaned(msgspec.json.schema(Recap)), indent=2) + "\n"


def _cleaned(schema: Any) -> Any:
    """The schema with its descriptions freed of the code's indentation, as Python 3.13 and later keep docstrings."""
    if isinstance(schema, list):
        return [_cleaned(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: inspect.cleandoc(value) if key == "description" and isinstance(value, str) else _cleaned(value)
        for key, value in schema.items()
    }


def keys(value: Any) -> Iterator[str]:
    """All keys of all objects in a JSON value."""
    if isinstance(value, dict):
        yield from value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys(one)


def document() -> Any:
    state = recorded_state()
    assert state.plan is not None
    return json.loads(render(build_recap(state, "abcdef", next_chat=week_on(state.plan)), "json"))


def test_the_schema_is_that_of_the_model() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


def test_what_is_written_fits_the_schema_with_every_key_in_it() -> None:
    found = document()
    assert json.loads(msgspec.json.encode(msgspec.convert(found, Recap))) == found
    for definition in json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"].values():
        assert set(definition["required"]) == set(definition["properties"])


def test_the_page_names_every_key_and_no_other() -> None:
    told = PAGE[PAGE.index("## JSON") : PAGE.index("## What is stable")]
    words = set(re.findall(r"`([a-z_]+)(?:\[\])?`", told))
    kinds = {"null", "label", "thread", "moderator", "guess"}
    slow = json.loads(render(build_recap(a_week_of_autumn().state, "abcdef"), "json"))
    found = json.loads(render(build_recap(a_chat_with_finds().state, "abcdef"), "json"))
    tasks = json.loads(render(build_recap(a_chat().state, "abcdef"), "json"))
    written = {*keys(document()), *keys(slow), *keys(found), *keys(tasks)}
    assert words - kinds == written - kinds
    assert "label" in written


def test_the_page_lists_the_columns_in_their_order() -> None:
    told = PAGE[PAGE.index("## CSV") : PAGE.index("## JSON")]
    assert tuple(re.findall(r"^\| `([a-z_]+)` \|", told, re.MULTILINE)) == COLUMNS


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8", newline="\n")
