"""JSON read member by member: what is right is read as ever, and nothing raises but `Unreadable`."""

import contextlib
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.decoding import Unreadable, WrongShape
from sessions.networks.bluesky.wire import WirePosts, WireRecord, WireThreadAnswer
from sessions.networks.mastodon.wire import WireInstance, WireInstance1, WireStatus
from sessions.networks.web.forgiving import VITAL, Lost, read_each, read_forgiving
from sessions.networks.x.wire import WireLine, WirePage, WirePost, WireProblem

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 10**20) | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*"ab019", "id", "uri"]), inner),
    max_leaves=6,
)


class Inner(msgspec.Struct, frozen=True):
    id: str
    name: str = "none"


class Outer(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    text: Annotated[str, VITAL] = ""
    inner: Inner | None = None
    many: tuple[Inner, ...] = ()
    by_name: dict[str, str] = {}
    flag: bool = False
    count: int = 7
    raw: msgspec.Raw = msgspec.Raw(b"null")


def read(value: Any) -> Outer:
    return read_forgiving(msgspec.json.encode(value), Outer)


def test_what_is_right_is_read_as_ever() -> None:
    value = {"id": "1", "text": "t", "inner": {"id": "2"}, "many": [{"id": "3"}], "byName": {"a": "b"}, "flag": True}
    assert read(value) == msgspec.convert(value, Outer)


@pytest.mark.parametrize(
    ("member", "value", "read_as"),
    [
        ("inner", {"name": "x"}, None),
        ("inner", {"id": 5, "name": None}, Inner("5")),
        ("many", None, ()),
        ("many", [{"id": "1"}, None, {"name": "x"}, {"id": "2", "name": 5}], (Inner("1"), Inner("2"))),
        ("many", {"0": {"id": "1"}, "3": {"id": "2"}}, (Inner("1"), Inner("2"))),
        ("many", "x", ()),
        ("by_name", [], {}),
        ("by_name", {"a": None, "b": "c"}, {"b": "c"}),
        ("by_name", 5, {}),
        ("flag", 1, True),
        ("flag", "yes", False),
        ("count", "12", 12),
        ("count", 12.0, 12),
        ("count", 12.5, 7),
        ("count", True, 7),
        ("count", "9" * 30, 7),
        ("text", None, ""),
    ],
)
def test_a_member_costs_itself(member: str, value: Any, read_as: Any) -> None:
    name = {"by_name": "byName"}.get(member, member)
    assert getattr(read({"id": "1", name: value}), member) == read_as


@pytest.mark.parametrize("value", [None, [], "x", {}, {"id": None}, {"id": []}, {"id": "1", "text": 5}])
def test_what_cannot_do_without_is_unreadable(value: Any) -> None:
    with pytest.raises(WrongShape):
        read(value)


def test_raw_members_stay_raw() -> None:
    assert bytes(read({"id": 1, "raw": {"a": [1]}}).raw) == b'{"a":[1]}'


def test_what_is_lost_is_told_wherever_it_stood() -> None:
    lost = Lost(Inner)
    value = {"id": "1", "inner": {"name": "x"}, "many": [{"id": "3"}, {"name": "y"}, 5]}
    read_forgiving(msgspec.json.encode(value), Outer, lost)
    assert lost.values == [{"name": "x"}, {"name": "y"}, 5]


def test_of_several_those_are_read_that_can_be() -> None:
    lost = Lost(Inner)
    good, bad, strange = map(msgspec.Raw, (b'{"id":"1"}', b'{"id":{},"name":"x"}', b'{"id":{},"error":"no"}'))
    assert read_each([bad, good, strange], Inner, lost) == [Inner("1")]
    assert lost.values == [{"id": {}, "name": "x"}, {"id": {}, "error": "no"}]
    assert read_each([bad], Inner, lost) == [], "it is a post, as far as can be seen"
    with pytest.raises(Unreadable):
        read_each([strange], Inner, lost)
    assert read_each([], Inner, lost) == []


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff", b"[" * 100_000, b'{"id": "\xff"}'])
def test_bytes_that_are_no_json_are_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read_forgiving(raw, Outer)


@pytest.mark.parametrize("depth", [100, 300, 600, 900])
def test_no_depth_raises_anything_else(depth: int) -> None:
    raw = b'{"id": 5, "embed": ' + b'{"media": ' * depth + b"1" + b"}" * depth + b', "text": "x"}'
    with contextlib.suppress(Unreadable):
        assert read_forgiving(raw, WireRecord).text == "x"


KINDS = [WireStatus, WireInstance, WireInstance1, WirePosts, WireRecord, WireThreadAnswer, WirePage, WireLine,
         WireProblem, WirePost]  # fmt: skip


@given(st.sampled_from(KINDS), st.data())
def test_whatever_stands_in_members_nothing_raises_but_unreadable(kind: type[Any], data: st.DataObject) -> None:
    names = [field.encode_name for field in msgspec.structs.fields(kind)]
    value = data.draw(st.dictionaries(st.sampled_from(names), ANYTHING) | ANYTHING)
    with contextlib.suppress(Unreadable):
        assert isinstance(read_forgiving(msgspec.json.encode(value), kind, Lost(kind)), kind)
