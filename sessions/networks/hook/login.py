"""The token with which other programs post: made here, shown once."""

import secrets
from collections.abc import Iterator

from sessions.networks.account import Secret
from sessions.networks.hook.account import HOST, NAME, PORT, HookAccount
from sessions.networks.sign_in.prompts import Prompts, SignedIn, SignInRequest


def login(prompts: Prompts, _request: SignInRequest) -> Iterator[SignedIn]:
    """A new token, kept in the place of an older one and then shown."""
    token = secrets.token_urlsafe(32)
    yield SignedIn(HookAccount(NAME, HOST, secret=Secret(token)), posting=False)
    prompts.say(
        "Other programs on this computer post a meeting's chat to this address. It is secret, and shown only now:"
    )
    prompts.say(f"    http://{HOST}:{PORT}/post?token={token}")
    prompts.say(
        "Where the plan says `hook:PORT`, that is its port. `lunchroom login hook` makes a new one; then the old"
    )
    prompts.say("one opens nothing any more. docs/use/meetings.md tells how to go on.")
