"""Who is to be in no recap, as the moderators wrote it in the library's people.json."""

from pathlib import Path

from sessions.state import SessionState
from sessions.storage.people import read_people


def left_out_ids(library: Path, state: SessionState) -> frozenset[str]:
    """The ids of those in this session who have `recap = no` or are muted for good, with whatever account they came.

    Blocks. Raises `StorageError` where people.json cannot be read: a recap made without it might name who asked not to
    be named.
    """
    people = read_people(library)
    known = ((one, people.of(person.author)) for one, person in state.people.items())
    return frozenset(one for one, record in known if record is not None and (record.recap == "no" or record.muted))
