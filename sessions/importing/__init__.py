"""Old archives into session files: `read_archive` understands a file, `save` brings its chats into a library."""

from sessions.importing.errors import CannotImport, ColumnsUnclear, NotInFile
from sessions.importing.reading import Archive, SavedCopy, Wanted, read_archive
from sessions.importing.saving import Outcome, note_people, save

__all__ = [
    "Archive",
    "CannotImport",
    "ColumnsUnclear",
    "NotInFile",
    "Outcome",
    "SavedCopy",
    "Wanted",
    "note_people",
    "read_archive",
    "save",
]
