"""On which line of a TOML text a value stands, which no parser for Python tells."""

import re
import tomllib
from typing import Any

Path = tuple[str | int, ...]
"""The way to a value: keys of tables and indexes of arrays."""

MOST_TRIES = 400
"""So many lines of one statement may look like its end before the rest of the text is given up."""

_CLOSES = re.compile(r'"""|\'\'\'|[\]}]')


class TomlLines:
    """The lines of the statements of a TOML text.

    The text is cut into statements by asking the parser itself: from a statement's first line on, lines are added
    until they parse, so that multi-line strings, arrays and comments need no grammar of our own.

    `unfinished` is the line of the first statement that never parses (or not within `MOST_TRIES`), or None.
    """

    def __init__(self, text: str) -> None:
        self.unfinished: int | None = None
        self._lines: dict[Path, int] = {}
        self._sizes: dict[Path, int] = {}
        self._read(text.replace("\r\n", "\n").split("\n"))

    def find(self, path: Path) -> int | None:
        """The line, counted from 1, where the value at `path` is set, else where the table around it begins."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return None

    def _read(self, lines: list[str]) -> None:
        table: Path = ()
        start = tries = 0
        for end, line in enumerate(lines, start=1):
            if end - start > 1 and not _CLOSES.search(line):
                continue  # keeps a very long string from being parsed once for each of its lines
            tries += 1
            if tries > MOST_TRIES:
                break
            statement = "\n".join(lines[start:end])
            try:
                parsed = tomllib.loads(statement)
            except (ValueError, RecursionError):
                continue
            if parsed and statement.lstrip().startswith("["):
                table = self._open(parsed, start + 1)
            else:
                self._record(table, parsed, start + 1)
            start, tries = end, 0
        if start < len(lines):
            self.unfinished = start + 1

    def _open(self, parsed: dict[str, Any], line: int) -> Path:
        path: Path = ()
        node: Any = parsed
        while isinstance(node, dict) and node:
            if path in self._sizes:
                path = (*path, self._sizes[path] - 1)
            key, node = next(iter(node.items()))
            path = (*path, key)
        self._lines.setdefault(path, line)
        if isinstance(node, list):
            self._sizes[path] = self._sizes.get(path, 0) + 1
            path = (*path, self._sizes[path] - 1)
            self._lines[path] = line
        return path

    def _record(self, path: Path, value: Any, line: int) -> None:
        if path:
            self._lines.setdefault(path, line)
        if isinstance(value, dict):
            for key, inner in value.items():
                self._record((*path, key), inner, line)
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                self._record((*path, index), inner, line)
