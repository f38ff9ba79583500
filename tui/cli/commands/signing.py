"""`lunchroom login` and `lunchroom logout`: the accounts that chats are read and posted with."""

import sys
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from sessions.words import _
from tui.cli.output import Failure, say

if TYPE_CHECKING:
    from sessions.networks.account import Account
    from sessions.networks.accounts.store import AccountStore
    from sessions.networks.network import Network
    from sessions.networks.sign_in.prompts import Prompts, Way


NetworkArgument = Annotated[str, typer.Argument(help="The network: {networks}.")]
HostArgument = Annotated[
    str | None, typer.Argument(help="The server, such as mastodon.social, where the network has many.")
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
    from sessions.networks.registry import network_named
    from sessions.networks.sign_in.prompts import SignInRequest
    from tui.cli.sign_in_prompts import TerminalPrompts

    known = network_named(network)
    where = _host(known, host)
    way = _way(known, token=token, code=code)
    store = open_accounts()
    if posting is not None and way is None and _switched(store, known, where, posting):
        return
    prompts = TerminalPrompts()
    for signed_in in known.signing.login(prompts, SignInRequest(where, way, posting)):
        _keep(store, prompts, known, signed_in.account, signed_in.posting)


def logout(network: NetworkArgument, host: HostArgument = None) -> None:
    """Sign out: the token is removed here, and made worth nothing at the network where that is possible.

    Example: lunchroom logout mastodon mastodon.social
    """

    from sessions.networks.registry import network_named
    from tui.cli.sign_in_prompts import TerminalPrompts

    known = network_named(network)
    store = open_accounts()
    found = _signed_in(store, known, host)
    if not found:
        raise Failure(
            _("Nobody is signed in at {host}. `lunchroom doctor` lists the accounts.").format(host=host or network)
        )
    for source in found:
        account = store.find(source)
        left = store.remove(source)
        if left:
            say(_("{source}: the token may still be in the keyring, because {left}.").format(source=source, left=left))
        if account is None:
            say(
                _("Signed out of {source}. Its token could not be read, so end it at the network, too.").format(
                    source=source
                )
            )
        elif _revoked(TerminalPrompts(), known, account):
            say(_("Signed out: {name}. The network has ended the token, too.").format(name=account.name))
        else:
            say(
                _("Signed out: {name}. {still_valid}").format(
                    name=account.name, still_valid=_still_valid(known, account)
                )
            )


def open_accounts() -> "AccountStore":
    """The accounts of this computer's user; fails in one line where their list cannot be read."""
    from sessions.networks.accounts.store import AccountStore

    store = AccountStore()
    store.load()
    return store


def _host(network: "Network", entered: str | None) -> str:
    """The server that is meant; fails in words where one must be named, or none can be."""
    from sessions.networks.sign_in.parsing import host_of

    match network.signing.servers:
        case "many":
            if entered is None:
                raise Failure(
                    _("Which server? Such as: lunchroom login {server}").format(
                        server=network.example.replace(":", " ")
                    ),
                    2,
                )
            return host_of(entered)
        case "some":
            return network.signing.host if entered is None else host_of(entered)
        case "one":
            if entered is not None:
                raise Failure(
                    _("{title} has no servers to choose from: {login}").format(
                        title=network.title, login=network.login()
                    ),
                    2,
                )
            return network.signing.host
        case never:
            assert_never(never)


def _way(network: "Network", *, token: bool, code: bool) -> "Way | None":
    """The way to sign in that was asked for; fails in words where the network does not have it."""
    from sessions.networks.registry import NETWORKS

    way: Way | None = "token" if token else "code" if code else None
    if way is not None and way not in network.signing.ways:
        having = [known.title for known in NETWORKS.values() if known.signing.ways]
        names = _(" and ").join(having)
        raise Failure(_("--token and --code are for {names}.").format(names=names), 2)
    return way


def _switched(store: "AccountStore", network: "Network", host: str, posting: bool) -> bool:
    """Switch posting of an account that is signed in already; False where none is."""
    for account in store.all():
        here = network.signing.servers != "many" or account.host == host
        if account.network == network.name and here and account.may_ever_post:
            store.let_post(account.source, posting)
            may = _("Lunchroom may now post as {name}.") if posting else _("Lunchroom may no longer post as {name}.")
            say(may.format(name=account.name))
            return True
    return False


def _revoked(prompts: "Prompts", network: "Network", account: "Account") -> bool:
    """Whether the network has made the account's token worth nothing."""
    return prompts.with_client(lambda client: network.signing.revoke(client, account))


def _still_valid(network: "Network", account: "Account") -> str:
    """What is left to be done where a token still holds at the network."""
    settings = network.signing.settings
    by_hand = _("{host} could not be asked to end the token. Do so there: {settings}.").format(
        host=account.host, settings=settings
    )
    return network.signing.left(account) or by_hand


def _keep(
    store: "AccountStore", prompts: "Prompts", network: "Network", account: "Account", posting: bool | None
) -> None:
    """Ask about posting, and keep the account; where that fails its token is given back."""
    import msgspec

    from sessions.files.errors import SaveFailed

    before = store.find(account.source)
    try:
        posts = (
            prompts.agree(_("May Lunchroom post as {name}?").format(name=account.name)) if posting is None else posting
        )
        store.save(msgspec.structs.replace(account, posts=posts), lambda why: _say_file(store, why))
    except BaseException as error:  # also Ctrl+C at the question: nothing half is kept; raised again
        _revoked(prompts, network, account)
        if isinstance(error, SaveFailed):
            raise Failure(_("The sign-in cannot be saved: {reason}.").format(reason=error.reason)) from error
        raise
    if before is not None and before.secret.token != account.secret.token:
        _revoked(prompts, network, before)
    say(_("Signed in: {name}.").format(name=account.name))
    if account.handle and not posts:
        say(
            _("Lunchroom only reads. To let it post as you: {login} --posting").format(
                login=network.login(account.host)
            )
        )


def _say_file(store: "AccountStore", why: str) -> None:
    rights = (
        _("the rules of your Windows profile keep others out") if sys.platform == "win32" else _("only you can read it")
    )
    say(
        _("{why}: the token goes into a file in {folder} instead ({rights}).").format(
            why=why[:1].upper() + why[1:], folder=store.folder, rights=rights
        )
    )


def _signed_in(store: "AccountStore", network: "Network", host: str | None) -> list[str]:
    """The sources of the accounts that are meant."""
    from sessions.networks.sign_in.parsing import host_of

    known = [source for source, __ in store.known() if source.partition(":")[0] == network.name]
    if network.signing.servers != "many":
        return known
    if host is not None:
        return [source for source in known if source == network.account(network.name, host_of(host)).source]
    if len(known) > 1:
        raise Failure(
            _("Which one? {known}. Such as: lunchroom logout {first}").format(
                known=", ".join(known), first=known[0].replace(":", " ")
            ),
            2,
        )
    return known
