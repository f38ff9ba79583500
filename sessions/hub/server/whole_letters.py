"""What a source brings, with whole letters only: half of one can be said in memory and never be saved."""

from typing import TypeVar

import msgspec

from sessions.core.cleaning import whole_letters_throughout

T = TypeVar("T", bound=msgspec.Struct)


def whole(value: T) -> T:
    """The same with U+FFFD for each half of a letter (a lone surrogate), wherever it stands in it.

    Networks clean their texts; a source that forgets one field must cost that letter and not the whole session's
    saving.
    """
    try:
        msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.convert(whole_letters_throughout(msgspec.to_builtins(value)), type(value))
    return value
