"""The hub is off for a night while Jetstream tells of posts and of one that is gone: on return each is read once."""

from pathlib import Path

from sessions.core.events import PostSeen
from sessions.hub.server.clock import HubClock
from tests.sessions.hub.live import live_hub
from tests.sessions.networks.bluesky.jetstream import BASE, created, deleted, serving, source_of

HOUR = 3_600_000_000


async def test_what_jetstream_told_while_the_hub_was_off_is_heard_in_order(tmp_path: Path) -> None:
    async with serving() as server:
        now = BASE // 1000 + 60_000
        source = source_of(server, now=lambda: now)
        await server.tell(*(created(f"e{n}", f"A1 early {n} #devchat", time_us=BASE + n * 1000) for n in range(3)))
        clock = HubClock(wall=lambda: now, monotonic=lambda: 0)
        async with live_hub(tmp_path, plan=source.plan, clock=clock, sources=[source]) as live:
            await live.until(lambda session: len(session.durable.posts) == 3)
            path = live.file.path
        now += 10 * HOUR // 1000
        missed = [created(f"m{n}", f"A2 missed {n} #devchat", time_us=BASE + n * HOUR // 10) for n in range(1, 91)]
        await server.tell(*missed[:50], deleted("e1", time_us=BASE + 5 * HOUR), *missed[50:])
        clock = HubClock(wall=lambda: now, monotonic=lambda: 0)
        again = source_of(server, now=lambda: now)
        async with live_hub(tmp_path, plan=source.plan, path=path, clock=clock, sources=[again]) as live:
            await live.until(lambda session: len(session.durable.posts) == 93)
            events = live.session.log.events()
            assert live.session.durable.folded(list(live.session.durable.posts)[1])
    texts = [event.post.text for event in events if isinstance(event, PostSeen)]
    assert texts == [f"A{1 + (n > 2)} {f'early {n}' if n < 3 else f'missed {n - 2}'} #devchat" for n in range(93)]
