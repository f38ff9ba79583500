"""Cells of a CSV that no program for spreadsheets takes for a formula.

Such a program takes a cell that begins with `=`, `+`, `-` or `@` for one, and what a stranger posted must never be it:
the cell gets an apostrophe in front (OWASP, "CSV Injection").
"""

import re

_FORMULA = re.compile(r"'?[=+\-@\t\r\n＝＋－＠]")


class Lines(list[str]):
    """What `csv.writer` writes to, kept as lines."""

    def write(self, line: str) -> int:
        """Take a line; its length."""
        self.append(line)
        return len(line)


def guarded(cell: str) -> str:
    """The cell as no spreadsheet takes it for a formula. One apostrophe in front of such a beginning is ours."""
    return f"'{cell}" if _FORMULA.match(cell.lstrip(" ")) else cell
