"""What a person types or pastes to sign in. Pure."""

import re

from sessions.networks.sign_in.errors import SignInFailed

_APP_PASSWORD = re.compile(r"[a-z2-7]{4}(-[a-z2-7]{4}){3}", re.ASCII)
_TOKEN = re.compile(r"[\x21-\x7e]{8,4096}", re.ASCII)


def host_of(entered: str) -> str:
    """The server that is meant by `mastodon.social`, its address in the browser, or a whole handle."""
    bare = entered.strip().removeprefix("https://").removeprefix("http://")
    return bare.partition("/")[0].rpartition("@")[2].lower()


def token_of(entered: str) -> str | None:
    """The token that was pasted, None where it can be none: nothing, a sentence, something cut by an ellipsis."""
    token = entered.strip().removeprefix("Bearer ").strip()
    return token if _TOKEN.fullmatch(token) else None


def right_token(entered: str) -> str:
    """The token that was pasted. Raises `SignInFailed` where it can be none."""
    token = token_of(entered)
    if token is None:
        raise SignInFailed("That is no token: it is one long word without spaces. Copy it again, all of it.")
    return token


def is_app_password(entered: str) -> bool:
    """Whether it has the form of Bluesky's app passwords: `xxxx-xxxx-xxxx-xxxx`."""
    return _APP_PASSWORD.fullmatch(entered.strip()) is not None
