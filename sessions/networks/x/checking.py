"""Whether an account of X works, as far as that can be asked without being charged."""

import httpx

from sessions.networks.account import Account, SignIns
from sessions.networks.sign_in.findings import Finding, skewed, timed, works
from sessions.networks.timing import Now
from sessions.networks.x.refusals import refusal
from sessions.networks.x.sign_in import ask_app


async def check(client: httpx.AsyncClient, account: Account, _sign_ins: SignIns, *, now: Now) -> list[Finding]:
    """What is to be said of it. Raises `NetworkError` and `SignInFailed`."""
    if not account.reads:
        until = account.secret.expires_at
        lasting = account.secret.refresh or not until or until > now()
        words = "not tried, because X charges for it" if lasting else "has run out; sign in again: lunchroom login x"
        return [Finding(account.source, bool(lasting), f"{account.name}: {words}", {"posts": account.posts})]
    answer, skew = await timed(ask_app(client, account.secret.token, now=now), now)
    if not answer.ok:
        raise refusal(answer.status, answer.body)
    return [works(account, answer, skew, now), *skewed(account, skew)]
