"""What can go wrong with an archive, each in one line that says what to do next."""

from collections.abc import Sequence

from sessions.core.errors import LunchroomError


class CannotImport(LunchroomError):
    """The file cannot be imported; nothing of it is. The text is one line for the user."""


class NotInFile(CannotImport):
    """What the user named is not in the file: a column, a host."""


class ColumnsUnclear(CannotImport):
    """It does not show which columns hold the `missing` fields.

    `columns` are those that the file has, `samples` of each column what stands in it in the first rows.
    """

    def __init__(
        self, where: str, missing: Sequence[str], columns: Sequence[str], samples: Sequence[Sequence[str]] = ()
    ) -> None:
        self.missing = tuple(missing)
        self.columns = tuple(columns)
        self.samples = tuple(tuple(cells) for cells in samples)
        sampled = [
            f"{column} ({cells[0][:24]})" if cells else column for column, cells in zip(columns, samples, strict=False)
        ]
        shown = ", ".join((sampled or columns)[:12]) + (", ..." if len(columns) > 12 else "")
        super().__init__(
            f"{where}: which column is the {' and the '.join(missing)}? Say it with --map COLUMN={missing[0]}; "
            f"the columns are: {shown or '(none)'}"
        )
