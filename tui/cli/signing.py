"""`lunchroom login` and `lunchroom logout`: the accounts that chats are read and posted with."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer

from sessions.networks.sign_in.parsing import host_of, is_app_password, token_of
from tui.cli.hidden import agreed, entered, hidden, show_in_browser
from tui.cli.saying import Failure, say

if TYPE_CHECKING:
    import httpx

    from sessions.networks.account import Account
    from sessions.networks.sign_in.store import AccountStore

Result = TypeVar("Result")

NetworkName = Literal["mastodon", "bluesky", "x"]
NetworkArgument = Annotated[NetworkName, typer.Argument(help="mastodon, bluesky or x.")]
HostArgument = Annotated[
    str | None, typer.Argument(help="The server, such as mastodon.social; Bluesky's and X's are known.")
]


def login(
    network: NetworkArgument,
    host: HostArgument = None,
    token: Annotated[
        bool, typer.Option("--token", help="Mastodon: paste a token from Preferences > Development instead.")
    ] = False,
    code: Annotated[
        bool, typer.Option("--code", help="Mastodon: paste the code that the server shows; for a browser elsewhere.")
    ] = False,
    posting: Annotated[
        bool | None,
        typer.Option("--posting/--no-posting", help="Whether Lunchroom may post; also to change that later."),
    ] = None,
) -> None:
    """Sign in, so that chats can be read, and posted to if you want. What is secret is asked for, never an argument.

    Example: lunchroom login mastodon mastodon.social
    """
    where = _host(network, host)
    if (token or code) and network != "mastodon":
        raise Failure("--token and --code are for Mastodon.", 2)
    store = open_accounts()
    if posting is not None and not token and not code and _switched(store, network, where, posting):
        return
    if network == "mastodon":
        _keep(store, _mastodon(where, token=token, code=code), posting)
    elif network == "bluesky":
        _keep(store, _bluesky(where), posting)
    else:
        _login_x(store, posting)


def logout(network: NetworkArgument, host: HostArgument = None) -> None:
    """Sign out: the token is removed here, and made worth nothing at the network where that is possible.

    Example: lunchroom logout mastodon mastodon.social
    """

    store = open_accounts()
    found = _signed_in(store, network, host)
    if not found:
        raise Failure(f"Nobody is signed in at {host or network}. `lunchroom doctor` lists the accounts.")
    for source in found:
        account = store.find(source)
        left = store.remove(source)
        if left:
            say(f"{source}: the token may still be in the keyring, because {left}.")
        if account is None:
            say(f"Signed out of {source}. Its token could not be read, so end it at the network, too.")
        elif _with_client(partial(_revoke, account=account)):
            say(f"Signed out: {account.name}. The network has ended the token, too.")
        else:
            say(f"Signed out: {account.name}. {_still_valid(account)}")


def open_accounts() -> "AccountStore":
    """The accounts of this computer's user; fails in one line where their list cannot be read."""
    from sessions.networks.sign_in.store import AccountStore

    store = AccountStore()
    store.load()
    return store


def _host(network: NetworkName, entered_host: str | None) -> str:
    from sessions.networks.account import HOSTS

    if entered_host is None:
        if network == "mastodon":
            raise Failure("Which server? Such as: lunchroom login mastodon mastodon.social", 2)
        return HOSTS[network]
    if network == "x":
        raise Failure("X has no servers to choose from: lunchroom login x", 2)
    return host_of(entered_host)


def _switched(store: "AccountStore", network: NetworkName, host: str, posting: bool) -> bool:
    """Switch posting of an account that is signed in already; False where none is."""
    from sessions.networks.account import X_POSTING, Account

    source = X_POSTING if network == "x" else Account(network, host).source
    account = store.find(source)
    if account is None:
        return False
    store.let_post(source, posting)
    say(f"Lunchroom may {'now' if posting else 'no longer'} post as {account.name}.")
    return True


# The networks


def _mastodon(host: str, *, token: bool, code: bool) -> "Account":
    from sessions.networks.account import Secret
    from sessions.networks.mastodon import sign_in as mastodon
    from sessions.networks.sign_in.loopback import loopback

    if token:
        say(f"At {host}: Preferences > Development > New application, with the scopes {', '.join(mastodon.SCOPES)}.")
        pasted = _token("The access token of that application")
        return _with_client(lambda client: mastodon.whose(client, host, Secret(pasted)))
    if code:
        app = _with_client(lambda client: mastodon.register(client, host, mastodon.OUT_OF_BAND))
        consent = app.consent()
        say("Open this address in a browser, agree, and copy the code that is shown then:")
        say(f"    {consent.address}")
        shown = _token("The code")
        return _with_client(lambda client: mastodon.redeem(client, app, consent, shown))

    async def in_browser(client: "httpx.AsyncClient") -> "Account":
        async with loopback() as page:
            app = await mastodon.register(client, host, page.redirect_uri)
            consent = app.consent()
            return await mastodon.redeem(client, app, consent, await page.code(consent, show_in_browser))

    return _with_client(in_browser)


def _bluesky(host: str) -> "Account":
    from sessions.networks.bluesky import sign_in as bluesky

    say("Make an app password first: Settings > Privacy and security > App passwords, at bsky.app.")
    handle = entered("Your handle, such as ana.bsky.social")
    password = hidden("The app password (xxxx-xxxx-xxxx-xxxx)").strip()
    if not is_app_password(password):
        say("This does not look like an app password. Your main password opens everything, also what we never need.")
        if not agreed("Use it all the same?"):
            raise Failure("Nothing was sent. Make an app password and try again.")
    try:
        return _with_client(lambda client: bluesky.sign_in(client, host, handle, password))
    except bluesky.CodeWanted:
        pass
    code = hidden("Bluesky has sent you a code by e-mail. The code")
    return _with_client(lambda client: bluesky.sign_in(client, host, handle, password, code))


def _login_x(store: "AccountStore", posting: bool | None) -> None:
    from sessions.networks.sign_in.loopback import loopback
    from sessions.networks.x import sign_in as x
    from sessions.networks.x.prices import POST, POST_WITH_LINK, READ_POST, READ_USER, dollars

    say("X lets only apps in that pay for what they read: you need an app in X's developer portal")
    say(f"(developer.x.com) with prepaid credits. A post that is read costs {dollars(READ_POST)}, its author")
    say(f"{dollars(READ_USER)}; a post that you write {dollars(POST)}, with a link in it {dollars(POST_WITH_LINK)}.")
    say("`lunchroom check PLAN` estimates a whole chat.")
    bearer = hidden("The app's bearer token, for reading (Enter: only posting)", optional=True)
    if bearer.strip():
        right = _right_token(bearer)
        _keep(store, _with_client(lambda client: x.reader(client, right)), posting=False)
    asked = f"Sign in to post, too? To learn whose account it is costs {dollars(READ_USER)}."
    if posting is False or (posting is None and not agreed(asked)):
        say("To post later: lunchroom login x --posting")
        return
    say("In the app's settings, under User authentication, this must stand as callback address:")
    say(f"    http://127.0.0.1:{x.PORT}/")
    client_id = entered("The app's client id")
    client_secret = hidden("The app's client secret (Enter: it has none)", optional=True).strip()

    async def in_browser(client: "httpx.AsyncClient") -> "Account":
        async with loopback(x.PORT) as page:
            consent = x.consent(client_id.strip(), page.redirect_uri)
            return await x.redeem(client, consent, await page.code(consent, show_in_browser), client_secret)

    _keep(store, _with_client(in_browser), posting)


async def _revoke(client: "httpx.AsyncClient", account: "Account") -> bool:
    from sessions.networks.bluesky import sign_in as bluesky
    from sessions.networks.mastodon import sign_in as mastodon
    from sessions.networks.x import sign_in as x

    revoke = {"mastodon": mastodon.revoke, "bluesky": bluesky.revoke, "x": x.revoke}[account.network]
    return await revoke(client, account)


def _still_valid(account: "Account") -> str:
    """What is left to be done where a token still holds at the network."""
    if account.network == "x" and not account.id:
        return "The bearer token is your app's and holds on; X's developer portal renews it."
    if account.network == "mastodon" and not account.secret.client_id:
        return "The token was pasted, so delete it yourself: Preferences > Development."
    settings = {
        "mastodon": "Preferences > Account > Authorized apps",
        "bluesky": "Settings > App passwords",
        "x": "Settings > Apps and sessions",
    }
    return f"{account.host} could not be asked to end the token. Do so there: {settings[account.network]}."


# What they share


def _keep(store: "AccountStore", account: "Account", posting: bool | None) -> None:
    """Ask about posting, and keep the account; where that fails its token is given back."""
    import msgspec

    from sessions.files.errors import SaveFailed

    before = store.find(account.source)
    try:
        posts = agreed(f"May Lunchroom post as {account.name}?") if posting is None else posting
        store.save(msgspec.structs.replace(account, posts=posts), lambda why: _say_file(store, why))
    except BaseException as error:  # also Ctrl+C at the question: nothing half is kept; raised again
        _with_client(lambda client: _revoke(client, account))
        if isinstance(error, SaveFailed):
            raise Failure(f"The sign-in cannot be saved: {error.reason}.") from error
        raise
    if before is not None and before.secret.token != account.secret.token:
        _with_client(lambda client: _revoke(client, before))
    say(f"Signed in: {account.name}.")
    if account.handle and not posts:
        where = f"{account.network} {account.host}" if account.network == "mastodon" else account.network
        say(f"Lunchroom only reads. To let it post as you: lunchroom login {where} --posting")


def _say_file(store: "AccountStore", why: str) -> None:
    rights = "the rules of your Windows profile keep others out" if sys.platform == "win32" else "only you can read it"
    say(f"{why[0].upper()}{why[1:]}: the token goes into a file in {store.folder} instead ({rights}).")


def _signed_in(store: "AccountStore", network: NetworkName, host: str | None) -> list[str]:
    """The sources of the accounts that are meant."""
    from sessions.networks.account import Account

    known = [source for source, _ in store.known() if source.partition(":")[0] == network]
    if network != "mastodon":
        return known
    if host is not None:
        return [source for source in known if source == Account("mastodon", host_of(host)).source]
    if len(known) > 1:
        raise Failure(f"Which one? {', '.join(known)}. Such as: lunchroom logout {known[0].replace(':', ' ')}", 2)
    return known


def _token(question: str) -> str:
    return _right_token(hidden(question))


def _right_token(entered_token: str) -> str:
    token = token_of(entered_token)
    if token is None:
        raise Failure("That is no token: it is one long word without spaces. Copy it again, all of it.")
    return token


def _with_client(work: Callable[["httpx.AsyncClient"], Coroutine[Any, Any, Result]]) -> Result:
    """What the work with the network gives. Nothing is asked inside: there Ctrl+C would not get through."""
    from sessions.networks.web.fetching import open_client

    async def run() -> Result:
        async with open_client() as client:
            return await work(client)

    return asyncio.run(run())
