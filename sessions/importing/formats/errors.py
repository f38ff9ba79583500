"""What can go wrong with an archive, each in one line that says what to do next."""

from collections.abc import Sequence

from sessions.core.errors import LunchroomError


class CannotImport(LunchroomError):
    """The file cannot be imported; nothing of it is. The text is one line for the user."""


class NotInFile(CannotImport):
    """What the user named is not in the file: a column, a host."""


class OwnerUnknown(CannotImport):
    """It is somebody's own archive and does not say whose."""

    def __init__(self, where: str, network: str) -> None:
        super().__init__(f"{where}: this is somebody's own archive of {network}; say whose with --author HANDLE")


class ColumnsUnclear(CannotImport):
    """It does not show which columns hold the `missing` fields.

    `columns` are those that the file has, `samples` of each column what stands in it in the first rows; `doubtful` is
    the one that is called so and holds something else.
    """

    def __init__(
        self,
        where: str,
        missing: Sequence[str],
        columns: Sequence[str],
        samples: Sequence[Sequence[str]] = (),
        *,
        doubtful: str = "",
    ) -> None:
        self.doubtful = doubtful
        self.missing = tuple(missing)
        self.columns = tuple(columns)
        self.samples = tuple(tuple(cells) for cells in samples)
        sampled = [
            f"{column} ({cells[0][:24]})" if cells else column for column, cells in zip(columns, samples, strict=False)
        ]
        shown = ", ".join((sampled or columns)[:12]) + (", ..." if len(columns) > 12 else "")
        if doubtful:
            super().__init__(
                f"{where}: what stands in the column {doubtful!r} is no handle (blanks or braces are in it). Say with "
                f"--map COLUMN=handle which column is, or with --map {doubtful!r}=name that these are names; the "
                f"columns are: {shown}"
            )
            return
        super().__init__(
            f"{where}: which column is the {' and the '.join(missing)}? Say it with --map COLUMN={missing[0]}; "
            f"the columns are: {shown or '(none)'}"
        )
