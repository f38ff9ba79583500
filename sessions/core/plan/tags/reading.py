"""What a plan's file says of its hashtags and their roles, and of the tasks to look another one up."""

import datetime
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sessions.core.hashtags import tag_key
from sessions.core.plan import Lookup, clean_line, instant
from sessions.core.plan.toml_lines import Path
from sessions.core.plan.words import hashtag_problem, quoted
from sessions.core.plan.written_times import wall_time

LOOKUP_TEXT = 'text = "Find one good thing about project based learning and share it"'
_UNTIL = "until = 2026-12-09T20:00:00"
_HASHTAGS = '["navasotaisd"]'
_END_OF_DAY = datetime.time(23, 59, 59)
"""Until when a task is open whose `until` is a day: that day counts."""

Wrong = Callable[[Path, str], None]
"""Takes note of a mistake at a place of the file."""


def hashtags_of(data: Mapping[str, Any], wrong: Wrong, most: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The hashtags, the main ones first, and those of them that are optional."""
    value = data.get("hashtags", [])
    if not isinstance(value, list) or not all(isinstance(item, str | dict) for item in value):
        wrong(("hashtags",), f"hashtags must be a list of texts such as {_HASHTAGS}, got {quoted(value)}")
        return (), ()
    if len(value) > most:
        wrong(("hashtags",), f"hashtags must have no more than {most} entries, got {len(value)}")
    tags: dict[str, str] = {}
    optional: dict[str, bool] = {}
    for place, item in enumerate(value):
        path = ("hashtags", place)
        tag = _tag(item.get("tag", "") if isinstance(item, dict) else item, path, wrong)
        tags.setdefault(tag.casefold(), tag)
        optional.setdefault(tag.casefold(), isinstance(item, dict) and _optional(item, path, wrong))
    left_out = tuple(tag for key, tag in tags.items() if optional[key])
    main = tuple(tag for key, tag in tags.items() if not optional[key])
    if tags and not main:
        wrong(("hashtags",), "all hashtags are optional: take optional = true away from the one that each post carries")
    return (*main, *left_out), left_out


def _optional(item: Mapping[str, Any], path: Path, wrong: Wrong) -> bool:
    for key in item:
        if key not in ("tag", "optional"):
            wrong((*path, key), f"{quoted(key)} is not known: a hashtag has tag and optional")
    value = item.get("optional", False)
    if not isinstance(value, bool):
        wrong((*path, "optional"), f"optional must be true or false, got {quoted(value)}")
    return value is True


def _tag(value: Any, path: Path, wrong: Wrong) -> str:
    if not isinstance(value, str):
        wrong(path, f"a hashtag is a text in quotes, got {quoted(value)}")
        return ""
    tag = unicodedata.normalize("NFC", clean_line(value).lstrip("#＃"))
    if problem := hashtag_problem(tag):
        wrong(path, problem)
    return tag


def lookups_of(
    tables: Sequence[tuple[Path, Mapping[str, Any]]],
    texts: Sequence[str],
    main: Sequence[str],
    timezone: str,
    wrong: Wrong,
) -> tuple[Lookup, ...]:
    """The tasks in these tables with their places; `texts` are theirs, `main` the hashtags that each post carries."""
    own = {tag_key(tag) for tag in main}
    found: dict[str, Lookup] = {}
    for (path, table), text in zip(tables, texts, strict=True):
        here = (*path, "tag")
        if "tag" not in table:
            wrong(here, 'tag is missing: write a line such as tag = "PBL"')
            continue
        tag = _tag(table["tag"], here, wrong)
        if tag_key(tag) in own:
            wrong(here, f"each post of the chat carries #{tag}: name the hashtag that is to be looked up")
        elif tag_key(tag) in found:
            wrong(here, f"there is a task for #{tag} already: keep one of the two")
        until = None
        if "until" in table:
            until = wall_time(table["until"], (*path, "until"), _UNTIL, wrong, at=_END_OF_DAY)
        found.setdefault(tag_key(tag), Lookup(tag, text, 0 if until is None else instant(until, timezone)))
    return tuple(found.values())
