"""What other programs post, read: whatever it is, it becomes words or one line that says why not."""

import json

from hypothesis import given
from hypothesis import strategies as st

from sessions.core.cleaning import clean_text
from sessions.networks.hook.entrance import Bucket
from sessions.networks.hook.payloads import FORM, Junk, Said, read_payload
from sessions.networks.hook.posts import TWICE_WITHIN, Repeats
from tests.sessions.networks.hook.hooked import MATTERBRIDGE, SOCIAL_STREAM

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*SOCIAL_STREAM, *MATTERBRIDGE]), inner)
    ),
    max_leaves=8,
)


def one_line(error: Junk) -> None:
    """What is answered has to be one."""
    assert len(str(error).splitlines()) == 1


@given(values)
def test_any_json_is_read_or_refused(value: object) -> None:
    try:
        found = read_payload(json.dumps(value).encode(), "application/json")
    except Junk as error:
        one_line(error)
        return
    assert all(said.text and said.text == clean_text(said.text) and ":" not in said.site for said in found)


@given(st.binary(max_size=200), st.sampled_from(["", FORM, "application/json", "text/plain; charset=x"]))
def test_any_bytes_are_read_or_refused(body: bytes, kind: str) -> None:
    try:
        read_payload(body, kind)
    except Junk as error:
        one_line(error)


def test_markup_never_stays_where_a_message_is_html() -> None:
    given = {**SOCIAL_STREAM, "chatmessage": "<script>alert(1)</script><p>A1 <a href='javascript:x'>one</a></p>"}
    (said,) = read_payload(json.dumps(given).encode(), "application/json")
    assert said.text == "A1 one"
    plain = {**given, "textonly": True, "chatmessage": "A1: 3 < 4 & <b>"}
    (said,) = read_payload(json.dumps(plain).encode(), "application/json")
    assert said.text == "A1: 3 < 4 & <b>"


def test_the_same_words_are_one_post_for_a_while_only() -> None:
    repeats = Repeats()
    eva = Said("zoom", "Eva", "Yes")
    first = repeats.post(eva, 1_000)
    assert repeats.post(eva, 1_000 + TWICE_WITHIN - 1).id == first.id
    assert repeats.post(Said("zoom", "Tom", "Yes"), 1_000).id != first.id
    assert repeats.post(eva, 1_000 + TWICE_WITHIN).id != first.id


def test_a_bucket_fills_again() -> None:
    now = 0.0
    bucket = Bucket(2, 1.0, lambda: now)
    assert [bucket.take() for _ in range(3)] == [True, True, False]
    now = 1.0
    assert [bucket.take() for _ in range(2)] == [True, False]
