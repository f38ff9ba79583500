"""Old archives into session files: `read_archive` understands a file, `save` brings its chats into a library.

It may use `core`, `library`, `files`, and the table of `networks`. What a file says is never trusted: it is cleaned as
text from a network is, and nothing is written where it is not understood.

* `archive`: a file read, and which chats are in it
* `formats`: the forms that archives come in
* `splitting`, `detecting`, `question_askers`: where a chat begins and ends, what it was, and who asked
* `months`: the months of a channel instead of chats
* `per_chat`: what the user says of all chats or of one
* `to_events`: a chat as the events of a session
* `chat_store`: what the library and this import know already
* `session_files`: session files of another library
* `saving`, `outcomes`: saving all of it or nothing, and what became of each chat
* `text_kinds`: what a text without posts is
* `opening`: a file's bytes, or those of what is packed in it
* `meetings`: answers added by hand, and meeting chats
"""

from sessions.importing.archive import Archive, SavedCopy, Wanted, read_archive
from sessions.importing.formats.errors import CannotImport, ColumnsUnclear, NotInFile, OwnerUnknown
from sessions.importing.outcomes import Outcome
from sessions.importing.saving import SavedThenStopped, note_people, save

__all__ = [
    "Archive",
    "CannotImport",
    "ColumnsUnclear",
    "NotInFile",
    "Outcome",
    "OwnerUnknown",
    "SavedCopy",
    "SavedThenStopped",
    "Wanted",
    "note_people",
    "read_archive",
    "save",
]
