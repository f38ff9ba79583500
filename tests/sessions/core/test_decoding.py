"""The door for JSON and TOML: whatever bytes come, a value or one kind of error, in words."""

import contextlib
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.decoding import (
    JsonReader,
    Unreadable,
    WrongShape,
    read_any_json,
    read_json,
    read_json_at,
    read_toml,
)
from sessions.core.events import decode_event


class _Thing(msgspec.Struct):
    text: str = ""
    number: int = 0
    length: float = 0.0
    rest: msgspec.Raw = msgspec.Raw()


BAD = {
    "in a text": (b'{"text": "caf\xe9"}', "it is not UTF-8 (byte 14)"),
    "in a name": (b'{"\xe9": 1}', "it is not UTF-8 (byte 3)"),
    "in a member that nobody reads": (b'{"other": "\xe9"}', "it is not UTF-8 (byte 12)"),
    "in a part that is read later": (b'{"rest": "\xe9"}', "it is not UTF-8 (byte 11)"),
    "half a character in UTF-8": (b'{"text": "\xed\xa0\x80"}', "it is not UTF-8 (byte 11)"),
    "half a character, escaped": (b'{"text": "\\ud800"}', ""),
    "deep": (b'{"rest": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "it is nested too deeply"),
    "digits": (b'{"number": ' + b"9" * 6000 + b"}", ""),
    "digits of a fraction": (b'{"length": ' + b"9" * 6000 + b"}", ""),
    "infinite": (b'{"length": 1e999}', ""),
    "no number": (b'{"length": NaN}', ""),
    "infinity by name": (b'{"length": -Infinity}', ""),
    "nothing": (b"", ""),
    "zeros": (b"\0\0\0", ""),
    "a mark in front": (b"\xef\xbb\xbf{}", ""),
    "cut": (b'{"text": "', ""),
    "something behind": (b"{} {}", ""),
}


@pytest.mark.parametrize(("raw", "words"), BAD.values(), ids=BAD)
def test_whatever_is_wrong_one_kind_of_error_says_so(raw: bytes, words: str) -> None:
    for read in (lambda: read_json(raw, _Thing), lambda: JsonReader(_Thing).read(raw), lambda: decode_event(raw)):
        with pytest.raises(Unreadable) as caught:
            read()
        assert str(caught.value), "in words"
        assert words in str(caught.value)


def test_what_is_json_of_another_type_is_told_from_what_is_none() -> None:
    with pytest.raises(WrongShape, match=r"Expected `str`, got `int` - at `\$\.text`"):
        read_json(b'{"text": 5}', _Thing)
    with pytest.raises(WrongShape):
        read_json(b'{"number": 1.5}', _Thing)


def test_what_is_right_is_read() -> None:
    assert read_json('{"text": "é", "number": 3}'.encode(), _Thing).text == "é"
    assert read_any_json(b'[1, {"a": null}]') == [1, {"a": None}]
    assert read_json_at('xx{"a": 1}, more', 2) == ({"a": 1}, 10)


@pytest.mark.parametrize("text", ["", "{", '{"a": NaN}', "[" * 100_000, '{"a": ' + "9" * 6000 + "}"])
def test_a_value_in_the_middle_of_a_text_fails_in_the_same_way(text: str) -> None:
    with pytest.raises(Unreadable):
        read_json_at(text, 0)


@pytest.mark.parametrize(
    "raw",
    [b"a =", b'a = "\xe9"', b"a = " + b"[" * 100_000, b"a = " + b"9" * 6000, b"a = 1979-99-99", b"a = 1\na = 2", b"\0"],
)
def test_toml_fails_in_the_same_way(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read_toml(raw, dict[str, object])


@given(st.binary(max_size=60) | st.text(max_size=40).map(lambda text: json.dumps({"text": text}).encode()))
def test_no_bytes_raise_anything_else(raw: bytes) -> None:
    for read in (lambda: read_json(raw, _Thing), lambda: decode_event(raw), lambda: read_any_json(raw)):
        with contextlib.suppress(Unreadable):
            read()
