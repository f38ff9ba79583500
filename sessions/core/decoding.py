"""The one door for JSON and TOML that was written elsewhere: whatever is wrong with bytes, one kind of error tells.

msgspec itself raises four kinds (its own, one of text, one of depth, one of numbers), and passes bytes over that are no
UTF-8 where it skips a member. The linter refuses any other way to read JSON (`banned-api` in pyproject.toml).
"""

import json
from collections.abc import Callable
from typing import Any, Generic, NoReturn, TypeVar, overload

import msgspec

from sessions.core.errors import LunchroomError

T = TypeVar("T")

Raw = bytes | str | msgspec.Raw

Hook = Callable[[type[Any], Any], Any]
"""Makes a value of a type that JSON does not have; raises `TypeError` or `ValueError` where it cannot be made."""

_LONGEST_WHY = 200
"""Characters of an explanation: it may quote a name of the bytes' own."""


def _no_number(written: str) -> NoReturn:
    raise json.JSONDecodeError(f"{written} is no number of JSON", written, 0)


_scanner = json.JSONDecoder(parse_constant=_no_number)


class Unreadable(LunchroomError):
    """Bytes are not the JSON or TOML that they should be; the text says why and stands behind the name of the file."""


class WrongShape(Unreadable):
    """It is JSON, but not of the expected type."""


class JsonReader(Generic[T]):
    """Reads JSON as one type; for what is read often. `hook` makes what JSON does not have."""

    @overload
    def __init__(self, kind: type[T], hook: Hook | None = None) -> None: ...

    @overload  # of a union, which is no type to mypy
    def __init__(self, kind: Any, hook: Hook | None = None) -> None: ...

    def __init__(self, kind: Any, hook: Hook | None = None) -> None:
        decoder: msgspec.json.Decoder[T] = msgspec.json.Decoder(kind, dec_hook=hook)
        self._decode = decoder.decode

    def read(self, raw: Raw) -> T:
        """The value. Raises `Unreadable`, and of its kinds `WrongShape` where it is JSON of another type."""
        return _read(raw, self._decode)


def read_json(raw: Raw, kind: type[T]) -> T:
    """The value of this type that JSON holds. Raises as `JsonReader.read`."""
    return _read(raw, lambda raw: msgspec.json.decode(raw, type=kind))


def read_any_json(raw: Raw) -> Any:
    """Whatever JSON holds, as dicts, lists and the like. Raises `Unreadable`."""
    return _read(raw, msgspec.json.decode)


def read_json_at(text: str, start: int) -> tuple[Any, int]:
    """The JSON value that begins at a place of a text, and where it ends; what follows may be anything.

    Raises `Unreadable`.
    """
    try:
        return _scanner.raw_decode(text, start)
    except _KINDS as error:
        raise Unreadable(_why(error)) from None


def read_toml(raw: bytes, kind: type[T]) -> T:
    """The value of this type that TOML holds. Raises as `JsonReader.read`."""
    return _read(raw, lambda raw: msgspec.toml.decode(raw, type=kind))


def _read(raw: Raw, decode: Callable[[Raw], T]) -> T:
    try:
        if isinstance(raw, bytes) and not raw.isascii():
            raw.decode()
        return decode(raw)
    except msgspec.ValidationError as error:
        raise WrongShape(_brief(error)) from None
    except _KINDS as error:
        raise Unreadable(_why(error)) from None


_KINDS = (ValueError, RecursionError, OverflowError, MemoryError)
"""What is raised for bad bytes: the errors of msgspec, of text and of numbers with too many digits are the first."""


def _why(error: BaseException) -> str:
    match error:
        case UnicodeDecodeError():
            return f"it is not UTF-8 (byte {error.start + 1})"
        case UnicodeError():
            return "it has half a character in it"
        case RecursionError():
            return "it is nested too deeply"
        case MemoryError():
            return "it is too large"
        case msgspec.DecodeError() | json.JSONDecodeError():
            return _brief(error)
        case _:
            return "a number in it is too large"


def _brief(error: BaseException) -> str:
    return " ".join(str(error).split())[:_LONGEST_WHY]
