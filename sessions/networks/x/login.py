"""How a person signs in at X: with the bearer token of an app that reads, and in their browser to post."""

from collections.abc import Iterator

import httpx

from sessions.networks.account import Account
from sessions.networks.sign_in.loopback import loopback
from sessions.networks.sign_in.parsing import right_token
from sessions.networks.sign_in.prompts import Prompts, SignedIn, SignInRequest
from sessions.networks.spending import dollars
from sessions.networks.x import sign_in
from sessions.networks.x.prices import POST, POST_WITH_LINK, READ_POST, READ_USER


def login(prompts: Prompts, request: SignInRequest) -> Iterator[SignedIn]:
    """The app that reads, where its token is given, and then the person who posts, where they want that.

    Raises `SignInFailed`.
    """
    prompts.say("X lets only apps in that pay for what they read: you need an app in X's developer portal")
    prompts.say(f"(console.x.com) with prepaid credits. A post that is read costs {dollars(READ_POST)}, its author")
    linked = dollars(POST_WITH_LINK)
    prompts.say(f"{dollars(READ_USER)}; a post that you write {dollars(POST)}, with a link in it {linked}.")
    prompts.say("`lunchroom check PLAN` estimates a whole chat.")
    bearer = prompts.ask_hidden("The app's bearer token, for reading (Enter: only posting)", optional=True)
    if bearer.strip():
        token = right_token(bearer)
        yield SignedIn(prompts.with_client(lambda client: sign_in.reader(client, token)), posting=False)
    asked = f"Sign in to post, too? To learn whose account it is costs {dollars(READ_USER)}."
    if request.posting is False or (request.posting is None and not prompts.agree(asked)):
        prompts.say("To post later: lunchroom login x --posting")
        return
    yield SignedIn(_person(prompts), request.posting)


def _person(prompts: Prompts) -> Account:
    prompts.say("In the app's settings, under User authentication, this must stand as callback address:")
    prompts.say(f"    http://127.0.0.1:{sign_in.PORT}/")
    client_id = prompts.ask("The app's client id").strip()
    client_secret = prompts.ask_hidden("The app's client secret (Enter: it has none)", optional=True).strip()

    async def agreed(client: httpx.AsyncClient) -> Account:
        async with loopback(sign_in.PORT) as page:
            consent = sign_in.consent(client_id, page.redirect_uri)
            return await sign_in.redeem(
                client, consent, await page.code(consent, prompts.show_in_browser), client_secret
            )

    return prompts.with_client(agreed)
