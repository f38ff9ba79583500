"""Asking for somebody's consent in their browser: OAuth's authorization code (RFC 6749) with PKCE (RFC 7636).

A library for it would bring a client session of its own; what is left of it beside httpx is these few lines.
"""

import base64
import hashlib
import secrets
from typing import TypeVar
from urllib.parse import urlencode

import httpx
import msgspec

from sessions.core.cleaning import clean_name
from sessions.core.decoding import Unreadable
from sessions.networks.sign_in.errors import SignInFailed, in_words
from sessions.networks.web.errors import Garbled, NetworkError
from sessions.networks.web.fetching import Answer, fetch
from sessions.networks.web.forgiving import read_forgiving

T = TypeVar("T")


class Consent(msgspec.Struct, frozen=True):
    """One request for consent. `state` comes back with the answer to it and to no other; `verifier` stays here until
    the code is redeemed, so that nobody else can redeem it.
    """

    endpoint: str
    client_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    verifier: str

    def __repr__(self) -> str:
        return f"Consent({self.endpoint!r}, ...)"

    @property
    def address(self) -> str:
        """Where the person agrees; it holds nothing that has to stay secret."""
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": " ".join(self.scopes),
            "state": self.state,
            "code_challenge": challenge(self.verifier),
            "code_challenge_method": "S256",
        }
        return f"{self.endpoint}?{urlencode(asked)}"

    def redeeming(self, code: str) -> dict[str, str]:
        """The form that gets the token for the code (RFC 6749, 4.1.3)."""
        return {
            "grant_type": "authorization_code",
            "code": code.strip(),
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "code_verifier": self.verifier,
        }


def ask(endpoint: str, client_id: str, redirect_uri: str, scopes: tuple[str, ...]) -> Consent:
    """A request that nobody can guess."""
    return Consent(endpoint, client_id, redirect_uri, scopes, secrets.token_urlsafe(24), secrets.token_urlsafe(48))


def challenge(verifier: str) -> str:
    """What shows that one has the verifier, without showing it (RFC 7636, 4.2, S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


class WireToken(msgspec.Struct, frozen=True):
    """A token as it is given; `expires_in` is in seconds, 0: it holds for good."""

    access_token: str
    refresh_token: str = ""
    expires_in: int = 0

    def __repr__(self) -> str:
        return "WireToken(...)"


async def post_form(
    client: httpx.AsyncClient, url: str, form: dict[str, str], host: str, *, basic: tuple[str, str] | None = None
) -> Answer:
    """The answer to a form, which is one of success; `basic` are a user and a password. Raises `SignInFailed`."""
    headers = {"Accept": "application/json"}
    try:
        answer = await fetch(client, "POST", url, data=form, headers=headers, auth=basic)
    except NetworkError as error:
        raise SignInFailed(in_words(error, host)) from None
    if not answer.ok:
        raise SignInFailed(f"{host} refuses: {_why(answer)}.")
    return answer


def read_as(kind: type[T], answer: Answer, host: str) -> T:
    """The answer as `kind`. Raises `SignInFailed`."""
    try:
        return answer.read(kind, host)
    except Garbled as error:
        raise SignInFailed(in_words(error, host)) from None


class _Refusal(msgspec.Struct, frozen=True):
    error: str = ""
    error_description: str = ""


def _why(answer: Answer) -> str:
    """What the server says, else its status (RFC 6749, 5.2)."""
    try:
        said = read_forgiving(answer.body, _Refusal)
    except Unreadable:
        said = _Refusal()
    return clean_name(said.error_description or said.error, 160).rstrip(".") or f"it answers {answer.status}"
