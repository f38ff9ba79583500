"""Old archives into session files: `read_archive` understands a file, `save` brings its chats into a library."""

from sessions.importing.archive import Archive, SavedCopy, Wanted, read_archive
from sessions.importing.formats.errors import CannotImport, ColumnsUnclear, NotInFile
from sessions.importing.outcomes import Outcome
from sessions.importing.saving import SavedThenStopped, note_people, save

__all__ = [
    "Archive",
    "CannotImport",
    "ColumnsUnclear",
    "NotInFile",
    "Outcome",
    "SavedCopy",
    "SavedThenStopped",
    "Wanted",
    "note_people",
    "read_archive",
    "save",
]
