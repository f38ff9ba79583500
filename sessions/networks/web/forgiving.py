"""JSON of strangers' servers as our types, member by member: one that is malformed costs itself, not what it is in.

Servers of other makes and old ones write null where a list or a text belongs, numbers for ids, objects for lists (as
PHP does for those with gaps), and members that nobody announced. Null is as absent, and a member that cannot be read is
too, unless that would change what the whole means (`VITAL`).
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import inspect

from sessions.core.decoding import Raw, Unreadable, WrongShape, read_any_json, read_json

T = TypeVar("T")

VITAL = msgspec.Meta(extra={"vital": True})
"""`Annotated[str, VITAL]` is a member that is read as it should be or makes the whole unreadable."""


class Lost(Generic[T]):
    """Where what could not be read of one kind of struct is collected, wherever it stood: the values as JSON has them.

    `T` is the struct.
    """

    def __init__(self, kind: type[T]) -> None:
        self.kind = kind
        self.values: list[Any] = []


def read_forgiving(raw: Raw, kind: type[T], lost: Lost[Any] | None = None) -> T:
    """The value of this type that JSON holds, as much of it as can be read.

    Raises `Unreadable`, and of its kinds `WrongShape` where what cannot be read is the whole, or something of it that
    has no default.
    """
    if lost is not None:
        lost.values.clear()
    try:
        return read_json(raw, kind)
    except WrongShape:
        value = read_any_json(raw)
    try:
        fitted: T = _fit(value, _type_info(kind), lost)
    except RecursionError:
        raise Unreadable("it is nested too deeply") from None
    return fitted


def read_each(raws: Iterable[Raw], kind: type[T], lost: Lost[T]) -> list[T]:
    """Those of several values that can be read; one that a server of another make writes differently hides no other.

    Raises `Unreadable` where there are some and none of them is anything like this type.
    """
    found: list[T] = []
    missed: list[Any] = []
    wrong: Unreadable | None = None
    for raw in raws:
        try:
            found.append(read_forgiving(raw, kind, lost))
        except Unreadable as error:
            wrong = error
            missed += lost.values or [None]
    lost.values[:] = missed
    if wrong is not None and not found and not any(_looks_like(one, kind) for one in missed):
        raise wrong
    return found


def _looks_like(value: Any, kind: type[T]) -> bool:
    """Whether a value has the names of such a struct: most of those that it must have, and two at least."""
    info = _type_info(kind)
    assert isinstance(info, inspect.StructType)
    if not isinstance(value, dict):
        return False
    wanted = [field.encode_name for field in info.fields if field.required]
    return 2 * sum(name in value for name in wanted) > len(wanted) and len(_here(value, info)) > 1


_IDS = ("id", "ids", "Id")
"""How the names of members end that hold ids."""

_type_info: Callable[[Any], inspect.Type] = lru_cache(maxsize=128)(inspect.type_info)


def _fit(value: Any, kind: inspect.Type, lost: Lost[Any] | None) -> Any:
    match kind:
        case inspect.Metadata():
            return _fit(value, kind.type, lost)
        case inspect.AnyType():
            return value
        case inspect.RawType():
            return msgspec.Raw(msgspec.json.encode(value))
        case inspect.StructType():
            return _fit_struct(value, kind, lost)
        case inspect.ListType() | inspect.VarTupleType():
            return _fit_items(value, kind, lost)
        case inspect.DictType():
            return _fit_dict(value, kind, lost)
        case inspect.UnionType():
            return _fit_union(value, kind, lost)
        case _:
            return _fit_scalar(value, kind)


def _fit_struct(value: Any, kind: inspect.StructType, lost: Lost[Any] | None) -> Any:
    try:
        if not isinstance(value, dict):
            raise WrongShape(f"{kind.cls.__name__} is no object")
        fitted = {field.name: _fit_member(value[field.encode_name], field, lost) for field in _here(value, kind)}
        given = {name: one for name, one in fitted.items() if one is not _NONE}
        if any(field.required and field.name not in given for field in kind.fields):
            raise WrongShape(f"{kind.cls.__name__} lacks something")
    except WrongShape:
        if lost is not None and kind.cls is lost.kind:
            lost.values.append(value)
        raise
    return kind.cls(**given)


_NONE: Any = object()
"""A member that is as good as absent."""


def _here(value: dict[str, Any], kind: inspect.StructType) -> list[inspect.Field]:
    return [field for field in kind.fields if field.encode_name in value]


def _fit_member(value: Any, field: inspect.Field, lost: Lost[Any] | None) -> Any:
    if value is None and not _takes_none(field.type):
        return () if field.required and isinstance(field.type, inspect.VarTupleType) else _NONE
    vital = isinstance(field.type, inspect.Metadata) and bool((field.type.extra or {}).get("vital"))
    if field.encode_name.endswith(_IDS) and not vital:
        value = _ids_as_text(value)
    try:
        return _fit(value, field.type, lost)
    except WrongShape:
        if field.required or vital:
            raise
        return _NONE


def _takes_none(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.Metadata):
        return _takes_none(kind.type)
    if isinstance(kind, inspect.UnionType):
        return any(map(_takes_none, kind.types))
    return isinstance(kind, (inspect.NoneType, inspect.AnyType, inspect.RawType))


def _fit_items(value: Any, kind: "inspect.ListType | inspect.VarTupleType", lost: Lost[Any] | None) -> Any:
    if isinstance(value, dict) and value and all(name.isdecimal() for name in value):
        value = list(value.values())
    if not isinstance(value, list):
        raise WrongShape("it is no list")
    found = [one for one in (_or_none(item, kind.item_type, lost) for item in value) if one is not _NONE]
    return found if isinstance(kind, inspect.ListType) else tuple(found)


def _fit_dict(value: Any, kind: inspect.DictType, lost: Lost[Any] | None) -> Any:
    if value == []:  # as PHP writes an object without members
        return {}
    if not isinstance(value, dict):
        raise WrongShape("it is no object")
    found = {name: _or_none(item, kind.value_type, lost) for name, item in value.items()}
    return {name: item for name, item in found.items() if item is not _NONE}


def _or_none(value: Any, kind: inspect.Type, lost: Lost[Any] | None) -> Any:
    try:
        return _fit(value, kind, lost)
    except WrongShape:
        return _NONE


def _fit_union(value: Any, kind: inspect.UnionType, lost: Lost[Any] | None) -> Any:
    if value is None and _takes_none(kind):
        return None
    wrong = WrongShape("it is nothing")
    for one in kind.types:
        if not isinstance(one, inspect.NoneType):
            try:
                return _fit(value, one, lost)
            except WrongShape as error:
                wrong = error
    raise wrong


def _ids_as_text(value: Any) -> Any:
    """Ids that should be text and that some servers write as bare numbers."""
    if isinstance(value, list):
        return [_ids_as_text(one) for one in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_number(value: Any) -> Any:
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 19:
        return int(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _as_truth(value: Any) -> Any:
    return bool(value) if value in (0, 1) else value


_SCALARS: tuple[tuple[type[inspect.Type], type, Callable[[Any], Any]], ...] = (
    (inspect.StrType, str, lambda value: value),
    (inspect.BoolType, bool, _as_truth),
    (inspect.IntType, int, _as_number),
)
"""The scalars that answers hold, with what other makes write in their place."""


def _fit_scalar(value: Any, kind: inspect.Type) -> Any:
    for wanted, plain, made in _SCALARS:
        if isinstance(kind, wanted):
            fitted = made(value)
            if type(fitted) is plain:
                return fitted
            raise WrongShape(f"it is no {plain.__name__}")
    raise WrongShape(f"{type(kind).__name__} is read strictly only")
