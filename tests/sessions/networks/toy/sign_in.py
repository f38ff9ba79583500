"""Signing in at a toy server: a secret word gets a token."""

from collections.abc import Iterator

import httpx
import msgspec

from sessions.networks.account import Account, Secret, ServerAccount, SignIns
from sessions.networks.sign_in.errors import SignInFailed
from sessions.networks.sign_in.findings import Finding, timed, works
from sessions.networks.sign_in.prompts import Prompts, SignedIn, SignInRequest
from sessions.networks.timing import Now
from sessions.networks.web.errors import SignedOut
from sessions.networks.web.fetching import fetch, server_address


class WireToken(msgspec.Struct):
    """Who signed in, and their token."""

    name: str
    token: str


def login(prompts: Prompts, request: SignInRequest) -> Iterator[SignedIn]:
    """The account of whoever knows the word."""
    word = prompts.ask_hidden("The word")

    async def work(client: httpx.AsyncClient) -> Account:
        answer = await fetch(client, "POST", f"{server_address(request.host)}/token", json={"word": word})
        if not answer.ok:
            raise SignInFailed("That is not the word. Ask whoever runs the toy server.")
        given = answer.read(WireToken, request.host)
        handle = f"{given.name}.toy"
        return ServerAccount("toy", request.host, f"toy:{given.name}", handle, secret=Secret(given.token))

    yield SignedIn(prompts.with_client(work), request.posting)


async def check(client: httpx.AsyncClient, account: Account, _sign_ins: SignIns, /, *, now: Now) -> list[Finding]:
    """Whether its token holds."""
    asked = fetch(client, "GET", f"{server_address(account.host)}/posts", headers=_headers(account), now=now)
    answer, skew = await timed(asked, now)
    if answer.status == 401:
        raise SignedOut(f"toy {account.host}")
    return [works(account, answer, skew, now)]


async def revoke(client: httpx.AsyncClient, account: Account) -> bool:
    """Give the token back."""
    answer = await fetch(client, "DELETE", f"{server_address(account.host)}/token", headers=_headers(account))
    return answer.ok


def _headers(account: Account) -> dict[str, str]:
    return {"Authorization": f"Bearer {account.secret.token}"}
