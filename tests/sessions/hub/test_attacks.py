"""The attacks of `python -m tests.attacks` in short: on a real hub, beside two desks that work on."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from sessions.core import events as e
from sessions.hub.client.client import Invite
from sessions.hub.server.entry.door import Limits
from tests.attacks import attackers, strangers
from tests.attacks.attackers import Attack, Target
from tests.attacks.desks import desks_of, two_desks
from tests.attacks.fuzz import commands, fuzzed
from tests.sessions.hub.elsewhere import away_hub, needs_iroh
from tests.sessions.hub.live import Feed, LiveHub, live_hub
from tests.waiting import slowness, until

FEW: dict[str, Attack] = {
    "silent": partial(attackers.silent, count=60),
    "dripping": partial(attackers.dripping, count=30),
    "stalling": partial(attackers.stalling, count=8),
    "unread": partial(attackers.unread, count=30),
    "joining": attackers.joining,
    "guessing": attackers.guessing,
    "reading": attackers.reading,
    "fuzzing": attackers.fuzzing,
}
"""Each attack with so many connections as one process has beside its hub."""


@asynccontextmanager
async def attacked(live: LiveHub, attack: Attack) -> AsyncGenerator[Target, None]:
    """Somebody attacks the hub, and has begun to."""
    seat = (await live.join("Mallory")).token
    target = Target(int(live.url.rpartition(":")[2]), live.keys.observer_token, seat)
    attacking = asyncio.ensure_future(attack(target))
    try:
        await until(lambda: sum(target.statuses.values()) >= 8)
        yield target
    finally:
        attacking.cancel()
        await asyncio.wait([attacking])


def test_the_short_form_has_every_attack() -> None:
    assert set(FEW) == set(attackers.ATTACKS)


@pytest.mark.parametrize("name", FEW)
async def test_two_desks_work_on_while_the_hub_is_attacked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    with caplog.at_level(logging.WARNING):
        async with (
            live_hub(tmp_path, limits=Limits(waiting_of_address=16, waiting=16, observing=16)) as live,
            attacked(live, FEW[name]) as target,
            two_desks(live.url, live.keys.token) as desks,
        ):
            waits = await desks.work(0.5)
            assert waits.lost == 0
            assert max(waits.acknowledged) < 2_000 * slowness()
            assert "500" not in target.statuses
            kinds = {type(event) for event in live.session.log.events()}
            assert name == "fuzzing" or kinds == {e.SessionOpened, e.ModeratorJoined, e.RoleTaken, e.NoteAdded}
    assert len(caplog.records) <= 1, caplog.text


STRANGERS: dict[str, Attack] = {
    "away_silent": partial(strangers.away_silent, count=100),
    "away_dialling": partial(strangers.away_dialling, count=2),
    "away_guessing": partial(strangers.away_guessing, count=2),
}
"""Those from other homes, with as many as one process has beside its hub."""


def test_the_short_form_has_every_attack_from_other_homes() -> None:
    assert set(STRANGERS) == set(attackers.AWAY)


@needs_iroh
@pytest.mark.parametrize("name", STRANGERS)
async def test_two_desks_in_other_homes_work_on_while_strangers_attack(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    with caplog.at_level(logging.WARNING):
        async with away_hub(tmp_path, limits=Limits(waiting_of_address=16, waiting=16, observing=16)) as hub:
            invites = [Invite.parse((await hub.invite())["invite"]) for _ in range(2)]
            clients = [hub.elsewhere().client(invite) for invite in invites]
            target = Target(0, "", "", invites[0].ticket)
            attacking = asyncio.ensure_future(STRANGERS[name](target))
            try:
                await until(lambda: sum(target.statuses.values()) >= 8)
                async with desks_of(*clients, ("Cleo", "Dan")) as desks:
                    waits = await desks.work(0.5)
            finally:
                attacking.cancel()
                await asyncio.wait([attacking])
        assert (waits.lost, waits.refused) == (0, 0)
        assert "200" not in target.statuses
    assert len(caplog.records) <= 1, caplog.text


@pytest.mark.parametrize("seed", [1, 2])
async def test_fuzzed_requests_are_answered_and_never_with_a_defect(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, seed: int
) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        ids = [feed.post("A1: tables of four"), feed.post("hello", "jim"), "mastodon:@jim"]
        await live.until(lambda session: len(session.durable.posts) == 2)
        tokens = (*[ana.token] * 6, olga.token, live.keys.token, live.keys.observer_token)
        statuses = await fuzzed(int(live.url.rpartition(":")[2]), tokens, 400, seed, ids=ids)
        assert statuses[500] == 0
        assert {200, 401, 403, 404, 405, 409, 421, 422} <= set(statuses)
        assert (await ana.show())["closed"] is False
    assert not [record for record in caplog.records if record.exc_info or record.levelname == "ERROR"], caplog.text


def test_the_fuzz_knows_every_command() -> None:
    assert len(commands()) > 20
