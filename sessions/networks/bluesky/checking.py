"""Whether an account of Bluesky works."""

import httpx

from sessions.networks.account import Account, SignIns
from sessions.networks.bluesky.session import Session
from sessions.networks.sign_in.findings import Finding, skewed, timed, works
from sessions.networks.timing import Now


async def check(client: httpx.AsyncClient, account: Account, sign_ins: SignIns, *, now: Now) -> list[Finding]:
    """What is to be said of it. Raises `NetworkError`."""
    session = Session(client, lambda: sign_ins.find(account.source), sign_ins.renew, now=now)
    answer, skew = await timed(session.ask("GET", "com.atproto.server.getSession"), now)
    return [works(account, answer, skew, now), *skewed(account, skew)]
