"""How a person signs in at a Mastodon server: in their browser, by a code that it shows, or by a token."""

from collections.abc import Iterator

import httpx

from sessions.networks.account import Account, Secret
from sessions.networks.mastodon import sign_in
from sessions.networks.sign_in.loopback import loopback
from sessions.networks.sign_in.parsing import right_token
from sessions.networks.sign_in.prompts import Prompts, SignedIn, SignInRequest


def login(prompts: Prompts, request: SignInRequest) -> Iterator[SignedIn]:
    """The account of who signs in. Raises `SignInFailed`."""
    if request.way == "token":
        account = _by_token(prompts, request.host)
    elif request.way == "code":
        account = _by_code(prompts, request.host)
    else:
        account = _in_browser(prompts, request.host)
    yield SignedIn(account, request.posting)


def _by_token(prompts: Prompts, host: str) -> Account:
    scopes = ", ".join(sign_in.SCOPES)
    prompts.say(f"At {host}: Preferences > Development > New application, with the scopes {scopes}.")
    token = right_token(prompts.ask_hidden("The access token of that application"))
    return prompts.with_client(lambda client: sign_in.whose(client, host, Secret(token)))


def _by_code(prompts: Prompts, host: str) -> Account:
    app = prompts.with_client(lambda client: sign_in.register(client, host, sign_in.OUT_OF_BAND))
    consent = app.consent()
    prompts.say("Open this address in a browser, agree, and copy the code that is shown then:")
    prompts.say(f"    {consent.address}")
    code = right_token(prompts.ask_hidden("The code"))
    return prompts.with_client(lambda client: sign_in.redeem(client, app, consent, code))


def _in_browser(prompts: Prompts, host: str) -> Account:
    async def agreed(client: httpx.AsyncClient) -> Account:
        async with loopback() as page:
            app = await sign_in.register(client, host, page.redirect_uri)
            consent = app.consent()
            return await sign_in.redeem(client, app, consent, await page.code(consent, prompts.show_in_browser))

    return prompts.with_client(agreed)
