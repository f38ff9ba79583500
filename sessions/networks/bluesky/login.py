"""How a person signs in at Bluesky: with an app password."""

from collections.abc import Iterator

from sessions.networks.account import Account
from sessions.networks.bluesky import sign_in
from sessions.networks.sign_in.errors import SignInFailed
from sessions.networks.sign_in.parsing import is_app_password
from sessions.networks.sign_in.prompts import Prompts, SignedIn, SignInRequest


def login(prompts: Prompts, request: SignInRequest) -> Iterator[SignedIn]:
    """The account of who signs in. Raises `SignInFailed`."""
    prompts.say("Make an app password first: Settings > Privacy and security > App passwords, at bsky.app.")
    handle = prompts.ask("Your handle, such as ana.bsky.social")
    password = prompts.ask_hidden("The app password (xxxx-xxxx-xxxx-xxxx)").strip()
    if not is_app_password(password):
        prompts.say(
            "This does not look like an app password. Your main password opens everything, also what we never need."
        )
        if not prompts.agree("Use it all the same?"):
            raise SignInFailed("Nothing was sent. Make an app password and try again.")
    yield SignedIn(_account(prompts, request.host, handle, password), request.posting)


def _account(prompts: Prompts, host: str, handle: str, password: str) -> Account:
    try:
        return prompts.with_client(lambda client: sign_in.sign_in(client, host, handle, password))
    except sign_in.CodeWanted:
        code = prompts.ask_hidden("Bluesky has sent you a code by e-mail. The code")
        return prompts.with_client(lambda client: sign_in.sign_in(client, host, handle, password, code))
