"""Whether this computer can be reached from other homes, in the words of `doctor`."""

import asyncio
from typing import TYPE_CHECKING

from tui.cli.output import say

if TYPE_CHECKING:
    from sessions.hub.away.reaching import Reach
    from sessions.networks.sign_in.findings import Finding

_PAGE = "docs/use/for-it.md"


def away_findings(*, trying: bool) -> "list[Finding]":
    """What is set for chats between two homes; with `trying` also what works of it, which contacts the relay."""
    from sessions.hub.away.endpoint import unavailable
    from sessions.hub.away.reaching import needed, try_ways
    from sessions.hub.away.relay import AwayError, contacts
    from sessions.networks.sign_in.findings import Finding
    from tui.shell.away_config import relay_setting

    why = unavailable()
    if why:
        return [Finding("two homes", True, why, {"available": False})]
    try:
        relay = relay_setting()
    except AwayError as error:
        return [Finding("two homes", False, str(error))]
    set_to = Finding("two homes", True, f"the relay is set to {relay}", {"available": True, "relay": relay})
    if not trying:
        words = f"{set_to.words}. Nothing was tried: `lunchroom doctor --away` does, and says first whom that contacts"
        return [Finding(set_to.about, True, words, set_to.facts)]
    say(contacts(relay))
    say("Trying the ways to this computer ...")
    try:
        reach = asyncio.run(try_ways(relay))
    except AwayError as error:
        return [set_to, Finding("two homes, UDP", False, str(error))]
    firewall = needed(relay)
    listed = "; ".join(f"{where}: {what}" for where, what in firewall.items())
    return [
        set_to,
        *_tried(reach, relay),
        Finding("two homes, firewall", True, f"what must be let through (see {_PAGE}): {listed}", {"needed": firewall}),
    ]


def _tried(reach: "Reach", relay: str) -> "list[Finding]":
    from sessions.hub.away.relay import NONE
    from sessions.networks.sign_in.findings import Finding

    facts = {"port": reach.port, "own": reach.own, "ms": reach.by_udp}
    if reach.by_udp is None:
        udp = "no connection by UDP comes about even within this computer. A firewall on it forbids that"
    else:
        at = f", also at {', '.join(reach.own)}" if reach.own else ""
        udp = f"programs of this computer connect by UDP in {reach.by_udp} ms{at}"
    found = [Finding("two homes, UDP", reach.by_udp is not None, udp, facts)]
    if relay == NONE:
        words = "none is set, so only computers that reach the addresses above directly can come"
        return [*found, Finding("two homes, relay", True, words)]
    if not reach.relay:
        words = f"no relay answers. Does the network let TCP 443 through to it, unopened? See {_PAGE}"
        return [*found, Finding("two homes, relay", False, words)]
    facts = {"relay": reach.relay, "ms": reach.by_relay}
    if reach.by_relay is None:
        found.append(Finding("two homes, relay", False, f"{reach.relay} answers, but connects nobody", facts))
    else:
        words = f"{reach.relay} connects in {reach.by_relay} ms, so that this computer can be reached"
        found.append(Finding("two homes, relay", True, words, facts))
    if reach.outside:
        words = f"this computer is seen at {', '.join(reach.outside)}: a direct way by UDP is likely"
    else:
        words = "nobody saw an address of this computer by UDP: all may go by the relay, which is slower"
    return [*found, Finding("two homes, direct", True, words, {"outside": reach.outside})]
