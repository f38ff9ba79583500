"""Writing what goes to other programs and people: recaps and tables. It blocks."""

from pathlib import Path


def write_document(output: Path, text: str, *, table: bool = False, force: bool = False) -> None:
    """Write a text; without `force` over no other file: `FileExistsError`. Raises `OSError`.

    A CSV `table` gets the mark and the line ends by which spreadsheets know it; all else is plain UTF-8.
    """
    encoding, line_end = ("utf-8-sig", "\r\n") if table else ("utf-8", "\n")
    with output.open("w" if force else "x", encoding=encoding, newline=line_end, errors="replace") as file:
        file.write(text)
