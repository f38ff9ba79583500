"""What `doctor` asks the network of each account: whether it works, what is left of the limit, what the server can do.

Nothing that costs money is asked.
"""

import asyncio

import httpx

from sessions.networks.account import Account, SignIns
from sessions.networks.registry import network_named
from sessions.networks.sign_in.errors import SignInFailed, in_words
from sessions.networks.sign_in.findings import Finding
from sessions.networks.source import SourceError
from sessions.networks.timing import Now, wall_clock
from sessions.networks.web.errors import NetworkError, SignedOut

WITHIN = 25.0
"""Seconds for all questions to one network."""


async def check_account(
    client: httpx.AsyncClient, account: Account, sign_ins: SignIns, *, now: Now = wall_clock
) -> list[Finding]:
    """What is to be said of an account. Never raises."""
    network = network_named(account.network)
    try:
        async with asyncio.timeout(WITHIN):
            return await network.signing.check(client, account, sign_ins, now=now)
    except TimeoutError:
        return [Finding(account.source, False, f"{account.host} does not answer in time.")]
    except NetworkError as error:
        again = f" Sign in again: {network.login(account.host)}" if isinstance(error, SignedOut) else ""
        return [Finding(account.source, False, f"{in_words(error, account.host)}{again}")]
    except (SignInFailed, SourceError) as error:
        return [Finding(account.source, False, str(error))]
