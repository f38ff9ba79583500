"""The invite as text: what a host reads out is what the other moderator gets in with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.hub.client.invite import Invite, InviteError

letters = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", min_size=16, max_size=80)


@given(st.sampled_from(["127.0.0.1", "[::1]", "school.example.org"]), st.integers(1, 65535), letters)
def test_an_invite_survives_being_written_and_pasted(host: str, port: int, token: str) -> None:
    invite = Invite(f"http://{host}:{port}", token)
    assert Invite.parse(f"  {invite}\n") == invite


def test_the_port_that_http_leaves_out_stays_in_an_invite() -> None:
    invite = Invite("http://127.0.0.1:80", "t" * 43)
    assert Invite.parse(str(invite)) == invite


def test_an_invite_has_one_form() -> None:
    assert str(Invite("http://127.0.0.1:8000", "t" * 43)) == "lunchroom://127.0.0.1:8000#" + "t" * 43


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ana",
        "http://127.0.0.1:8000#" + "t" * 43,
        "lunchroom://127.0.0.1:8000",
        "lunchroom://127.0.0.1:8000#short",
        "lunchroom://127.0.0.1#" + "t" * 43,
        "lunchroom://127.0.0.1:99999999#" + "t" * 43,
        "lunchroom://evil.example.org/path:8000#" + "t" * 43,
        "lunchroom://user@127.0.0.1:8000#" + "t" * 43,
        "lunchroom://127.0.0.1:8000#" + "t" * 43 + "\nrm",
        "lunchroom://[::1:8000#" + "t" * 43,
    ],
)
def test_what_is_no_invite_is_told_in_one_line(text: str) -> None:
    with pytest.raises(InviteError) as error:
        Invite.parse(text)
    assert "Copy the whole line." in str(error.value)
    assert "\n" not in str(error.value)


def test_an_invite_does_not_show_its_token_in_a_traceback() -> None:
    assert "secret" not in repr(Invite("http://127.0.0.1:8000", "secret" * 5))
