"""The JSON objects of a file, one of which is one post: an array, one object a line, pages, or what wraps them.

Objects are taken out of what stands around them: answers of interfaces (`data`, `statuses`, `posts`, `feed`), outboxes
(`orderedItems`), exports of chats (`messages`), the files of X's own archive (`window.YTD.tweets.part0 = [...]`).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from sessions.core.decoding import Unreadable, read_any_json, read_json_at
from sessions.importing.formats.errors import CannotImport
from sessions.importing.formats.sheets import LINE_LIMIT, Skipped
from sessions.networks.archived import ArchivedValue

VALUES_LIMIT = 2_000_000
"""Objects that a file may have."""

_DEPTH = 12
"""How deep what holds the objects may be nested: threads of answers are."""

_WRAPPERS = (
    "data", "statuses", "tweets", "toots", "posts", "feed", "orderedItems", "messages", "results", "items", "records",
    "ancestors", "descendants", "thread", "parent", "replies", "post", "tweet", "status",
)  # fmt: skip
"""Members in which exports keep their posts, or the one post of an object."""

_ASSIGNED = re.compile(r"\s{0,9}(?:var |const |let )?[A-Za-z_$][\w.$\[\]\"']{0,99}\s{0,9}=\s{0,9}(?=[\[{])")
_NO_NUMBER = re.compile(r'("(?:[^"\\]|\\.)*")|(?<![\w.])-?(?:NaN|nan|Infinity|inf)(?![\w.])')


_HALF_A_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


class Values(msgspec.Struct, frozen=True):
    """The objects of a file with their places, and the lines that are none. `assigned` is the name of the variable that
    a script gives them to, as in X's archives."""

    found: tuple[ArchivedValue, ...]
    skipped: tuple[Skipped, ...] = ()
    assigned: str = ""


def is_json(text: str) -> bool:
    """Whether the file is JSON: its first sign is a brace or a bracket and what it begins there is a value."""
    start = text[:100_000].lstrip("\ufeff \t\r\n")
    assigned = _ASSIGNED.match(start)
    if assigned is not None:
        start = start[assigned.end() :]
    if start.startswith("{"):
        return start[1:].lstrip()[:1] in ('"', "}")
    return start.startswith("[") and start[1:].lstrip()[:1] in ("{", "[", "]")


def read_values(text: str, where: str, is_post: Callable[[ArchivedValue], bool]) -> Values:
    """The objects of the text; `is_post` tells which are taken as they are, others are looked into.

    Lines that are no JSON are skipped. Raises `CannotImport` where there is not one object, or where they are too many.
    """
    text = _HALF_A_CHARACTER.sub(r"\\ufffd", text.removeprefix("\ufeff"))
    assigned = _ASSIGNED.match(text)
    name = assigned[0].strip(" =\t\r\n").split()[-1] if assigned is not None else ""
    if assigned is not None:
        text = text[assigned.end() :].rstrip("; \t\r\n")
    whole, values, skipped, wrong = _read(text)
    found: list[ArchivedValue] = []
    for line, value in values:
        if not isinstance(value, (dict, list)) or (whole and isinstance(value, list) and not value):
            skipped.append(Skipped(line, "not a JSON object"))
            continue
        for number, one in enumerate(_unwrapped(value, {}, is_post, 0), start=1):
            if not isinstance(one.value, dict):
                skipped.append(Skipped(number if whole else line, "not a JSON object"))
                continue
            found.append(msgspec.structs.replace(one, place=number if whole else line))
            if len(found) > VALUES_LIMIT:
                raise CannotImport(f"{where}: more than {VALUES_LIMIT} posts; cut it into shorter pieces")
    if not found:
        told = f"not JSON ({wrong})" if wrong and text.lstrip().startswith("[") else "no posts in it"
        raise CannotImport(f"{where}: {told}; give one JSON object a line")
    return Values(tuple(found), tuple(skipped), name)


def _read(text: str) -> tuple[bool, list[tuple[int, Any]], list[Skipped], str]:
    """Whether the text is one value, the values with their lines, the lines that are none, and why it is not one."""
    try:
        return True, [(1, _decoded(text))], [], ""
    except Unreadable as error:
        wrong = " ".join(str(error).split())
    values: list[tuple[int, Any]] = []
    skipped: list[Skipped] = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if not line.strip():
            continue
        if len(line) > LINE_LIMIT:
            skipped.append(Skipped(number, f"longer than {LINE_LIMIT} characters"))
            continue
        try:
            values.append((number, _decoded(line)))
        except Unreadable:
            skipped.append(Skipped(number, "not a JSON object"))
    if len(skipped) > len(values):
        one_by_one = list(_one_by_one(text))
        if one_by_one:
            return False, one_by_one, [], wrong
    return False, values, skipped, wrong


def _decoded(text: str) -> Any:
    """The value; what programs write for a missing number is null. Raises `Unreadable`."""
    try:
        return read_any_json(text.encode("utf-8", "replace"))
    except Unreadable:
        if _NO_NUMBER.search(text) is None:
            raise
    return read_any_json(_NO_NUMBER.sub(lambda found: found[1] or "null", text).encode("utf-8", "replace"))


def _one_by_one(text: str) -> Iterator[tuple[int, Any]]:
    """Values that stand behind one another over many lines, as far as they can be read."""
    text = _NO_NUMBER.sub(lambda found: found[1] or "null", text)
    place = line = 0
    while True:
        start = re.compile(r"[\s,]*").match(text, place)
        behind = start.end() if start is not None else place
        line += text.count("\n", place, behind)
        if behind >= len(text):
            return
        try:
            value, place = read_json_at(text, behind)
        except Unreadable:
            return
        if not isinstance(value, (dict, list)):
            return
        yield line + 1, value
        line += text.count("\n", behind, place)


def _unwrapped(
    value: Any, beside: Mapping[str, Any], is_post: Callable[[ArchivedValue], bool], depth: int
) -> Iterator[ArchivedValue]:
    if isinstance(value, list) and depth < _DEPTH:
        for one in value:
            yield from _unwrapped(one, beside, is_post, depth + 1)
        return
    here = ArchivedValue(0, value, beside)
    held = _held(value) if isinstance(value, dict) and depth < _DEPTH else []
    if not held or is_post(here):
        yield here
        return
    around = {**beside, **{key: inner for key, inner in value.items() if key not in _WRAPPERS}}
    for inner in held:
        yield from _unwrapped(inner, around, is_post, depth + 1)


def _held(value: Mapping[str, Any]) -> list[Any]:
    """What may be the posts that an object wraps: the members named so, else its only list of objects."""
    named = [value[key] for key in _WRAPPERS if isinstance(value.get(key), (dict, list)) and value[key]]
    if named or any(isinstance(inner, dict) for inner in value.values()):
        return named
    lists = [inner for inner in value.values() if isinstance(inner, list) and inner and isinstance(inner[0], dict)]
    return lists if len(lists) == 1 else []
