"""The hook's row in the table of networks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sessions.core.plan import Plan
from sessions.networks.account import Account, SignIns
from sessions.networks.hook.account import HOST, NAME, HookAccount, source_problem
from sessions.networks.network import Network, Reading, Signing
from sessions.networks.sign_in.findings import Finding
from sessions.networks.sign_in.prompts import Prompts, SignedIn, SignInRequest
from sessions.networks.source import Source
from sessions.networks.timing import Now, Sleep

if TYPE_CHECKING:
    import httpx


def _open_source(
    spec: str, plan: Plan, sign_ins: SignIns, *, transport: "httpx.AsyncBaseTransport | None", now: Now, sleep: Sleep
) -> Source:
    from sessions.networks.hook.reader import HookSource

    del plan, transport  # whatever comes belongs to the chat, and nothing is asked for
    return HookSource(spec, sign_ins, now=now, sleep=sleep)


async def _check(client: "httpx.AsyncClient", account: Account, sign_ins: SignIns, *, now: Now) -> list[Finding]:
    del client, sign_ins, now  # nobody has to be asked
    return [Finding(account.source, True, "there is a token for what other programs post", {"posts": False})]


async def _revoke(client: "httpx.AsyncClient", account: Account) -> bool:
    del client, account  # a hub takes nothing with a token that is not kept any more: no network has to end it
    return False


def _login(prompts: Prompts, request: SignInRequest) -> Iterator[SignedIn]:
    from sessions.networks.hook.login import login

    return login(prompts, request)


HOOK = Network(
    name=NAME,
    title="the meeting's chat",
    nicknames=("zoom", "teams", "meet", "slack", "discord", "webhook", "matterbridge", "meeting"),
    reading=Reading(
        example="hook",
        forms=("hook", "hook:PORT"),
        open=_open_source,
        unsigned=lambda _source: "takes nothing before `lunchroom login hook` has made its token",
        signed="takes what other programs post with its token",
        by_tag=lambda _source: False,
        problem=source_problem,
    ),
    posting=None,
    account=HookAccount,
    signing=Signing(
        servers="one",
        host=HOST,
        login=_login,
        check=_check,
        revoke=_revoke,
        settings="the program that posts",
        left=lambda _account: "Nothing can be posted to a chat with its token any more.",
    ),
)
"""What other programs post to a port of this computer."""
