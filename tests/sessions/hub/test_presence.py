"""Where moderators are and what they write: told to the others by heartbeats, stored nowhere, gone by itself."""

import json
from pathlib import Path

import httpx
from hypothesis import given
from hypothesis import strategies as st

from sessions.hub.client.client import Beat, HubClient, Invite
from sessions.hub.protocol.presence import AtDesk, Claim, PresenceRequest
from sessions.hub.server.entry.presence import ABSENT
from sessions.hub.server.entry.whereabouts import AT_ONCE, KEPT, ONE_EVERY, Whereabouts
from tests.sessions.hub.live import Patient, Time, live_hub
from tests.waiting import patience, until

AT_PEOPLE = {"pane": "people", "claim": {"kind": "greeting", "about": "mastodon:@tom"}}


async def test_the_others_are_told_at_once_and_nobody_else_is(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana, ben = await live.join("Ana"), await live.join("Ben")
        olga = await live.join("Olga", "observer")
        async with ana.stream() as at_ana, ben.stream() as at_ben, olga.stream() as at_olga:
            before = live.session.durable.seq
            assert (await ben.http.post("/v1/presence", json=AT_PEOPLE)).status_code == 204
            assert (await at_ana.beat(lambda beat: "others" in beat))["others"] == [{"name": "Ben", **AT_PEOPLE}]
            assert (await ana.http.post("/v1/presence", json={})).status_code == 204
            assert (await at_ben.beat(lambda beat: "others" in beat))["others"] == [{"name": "Ana"}]
            now = live.session.clock.now_ms()
            assert "others" not in await at_olga.beat(lambda beat: beat["now"] >= now)
            assert live.session.durable.seq == before, "it is no event"
        assert "others" not in json.dumps(await ana.show())


async def test_who_leaves_is_told_no_more_and_is_told_again_when_they_are_back(tmp_path: Path) -> None:
    time = Time()
    async with live_hub(tmp_path, clock=time.clock()) as live:
        ana, ben = await live.join("Ana"), await live.join("Ben")
        async with ana.stream() as at_ana:
            async with ben.stream():
                await ben.http.post("/v1/presence", json=AT_PEOPLE)
                await at_ana.beat(lambda beat: "others" in beat)
            await at_ana.beat(lambda beat: "others" not in beat)
            async with ben.stream():
                await at_ana.beat(lambda beat: "others" in beat)
                time.now += KEPT
                await at_ana.beat(lambda beat: "others" not in beat)


async def test_a_moderator_who_is_not_heard_of_is_absent_before_they_count_as_having_left(tmp_path: Path) -> None:
    time = Time()
    async with live_hub(tmp_path, clock=time.clock()) as live:
        ana, ben = await live.join("Ana"), await live.join("Ben")
        async with ana.stream() as at_ana:
            async with ben.stream():
                time.now += ABSENT
                now = live.session.clock.now_ms()
                assert "absent" not in await at_ana.beat(lambda beat: beat["now"] >= now)
            await until(lambda: not live.session.presence.streams("Ben"))
            time.now += ABSENT
            assert (await at_ana.beat(lambda beat: "absent" in beat))["absent"] == ["Ben"]
            async with ben.stream():
                await at_ana.beat(lambda beat: "absent" not in beat)
        assert live.session.durable.moderators["Ben"].here


async def test_after_a_new_start_those_who_do_not_come_back_are_absent(tmp_path: Path) -> None:
    time = Time()
    async with live_hub(tmp_path, clock=time.clock()) as live:
        path, keys = live.file.path, live.keys
        for name in ("Ana", "Ben"):
            await live.join(name)
    async with live_hub(tmp_path, clock=time.clock(), path=path, keys=keys) as live:
        ben = await live.join("Ben")
        async with ben.stream() as at_ben:
            assert "absent" not in await at_ben.beat()
            time.now += ABSENT
            assert (await at_ben.beat(lambda beat: "absent" in beat))["absent"] == ["Ana"]


async def test_what_is_none_is_told_and_too_much_is_slowed(tmp_path: Path) -> None:
    async with live_hub(tmp_path, clock=Time().clock()) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        for one in (olga, live.invited()):
            assert (await one.http.post("/v1/presence", json=AT_PEOPLE)).status_code == 403
        long = {"kind": "note", "about": "a" * 301}
        for body in ([], {"pane": 1}, {"pane": "p" * 41}, {"claim": {}}, {"claim": long}, {"more": 1}):
            assert (await ana.http.post("/v1/presence", json=body)).status_code == 422, body
        assert (await ana.http.post("/v1/presence", content=b" " * 5000)).status_code == 413
        assert (await ana.http.get("/v1/presence")).status_code == 405
        answers = [await ana.http.post("/v1/presence", json=AT_PEOPLE) for _ in range(AT_ONCE + 1)]
        assert [one.status_code for one in answers] == [204] * AT_ONCE + [429]
        assert answers[-1].headers["retry-after"] == "1"


async def test_the_client_tells_it_and_hears_it(tmp_path: Path) -> None:
    where = PresenceRequest("people", Claim("greeting", "mastodon:@tom"))
    async with live_hub(tmp_path) as live:
        ana, ben = (HubClient(Invite(live.url, live.keys.token), transport=Patient()) for _ in range(2))
        await ana.join("Ana")
        await ben.join("Ben")
        following, heard = ben.follow(), ana.follow()
        await anext(following)
        assert await ben.tell_presence(where) is True
        async with patience():
            while not (isinstance(update := await anext(heard), Beat) and update.others):
                pass
        assert update.others == (AtDesk("Ben", where.pane, where.claim),)
        for one in (following, heard):
            await one.aclose()
        for client in (ana, ben):
            await client.aclose()


async def test_an_older_hub_has_no_such_call() -> None:
    older = httpx.MockTransport(lambda _request: httpx.Response(404, json={"error": "Not Found"}))
    client = HubClient(Invite("http://127.0.0.1:1", "t" * 20), transport=older)
    assert await client.tell_presence(PresenceRequest()) is False
    await client.aclose()


async def test_of_two_desks_under_one_name_the_idle_one_takes_nothing_from_the_one_that_writes(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana, ben, bens = (HubClient(Invite(live.url, live.keys.token), transport=Patient()) for _ in range(3))
        for client, name in ((ana, "Ana"), (ben, "Ben"), (bens, "Ben")):
            await client.join(name)
        seat = ben._http.headers["Authorization"]
        assert bens._http.headers["Authorization"] == seat, "it is one seat"
        following, heard = ben.follow(), ana.follow()
        await anext(following)
        writes = PresenceRequest("people", Claim("greeting", "mastodon:@tom"))

        async def told(where: PresenceRequest) -> None:
            async with patience():
                while not (isinstance(update := await anext(heard), Beat) and update.others):
                    pass
                while update.others != (AtDesk("Ben", where.pane, where.claim),):
                    update = await anext(heard)
                    assert isinstance(update, Beat)

        await ben.tell_presence(writes)
        await told(writes)
        await bens.tell_presence(PresenceRequest("answers"))
        assert live.session.others("Ana", "moderator") == (AtDesk("Ben", writes.pane, writes.claim),)
        await ben.tell_presence(PresenceRequest("people"))
        await told(PresenceRequest("people"))
        for one in (following, heard):
            await one.aclose()
        for client in (ana, ben, bens):
            await client.aclose()


names = st.sampled_from(["Ana", "Ben", "Cy"])
tells = st.tuples(names, st.integers(0, KEPT), st.sampled_from(["people", "answers"]), st.booleans())


@given(st.lists(tells, max_size=12), names, st.integers(0, 2 * KEPT), st.sets(names))
def test_each_sees_what_the_others_who_are_here_told_last_and_lately(
    told: list[tuple[str, int, str, bool]], me: str, wait: int, here: set[str]
) -> None:
    table, now = Whereabouts(), 1_000_000
    last: dict[str, tuple[int, AtDesk]] = {}
    for name, passed, pane, writes in told:
        now += passed
        where = PresenceRequest(pane, Claim("note") if writes else None)
        known = name in last and now - last[name][0] < KEPT and last[name][1] == AtDesk(name, pane, where.claim)
        assert table.tell(name, where, now) is not known
        last[name] = now, AtDesk(name, pane, where.claim)
    now += wait
    seen = [one for name, (at, one) in sorted(last.items()) if name != me and name in here and now - at < KEPT]
    assert list(table.seen_by(me, now, here.__contains__)) == seen
    for name in list(last):
        table.forget(name)
    assert table.seen_by(me, now, lambda _name: True) == ()


@given(st.lists(st.integers(0, 3000), max_size=80))
def test_nobody_tells_more_than_a_few_and_two_a_second(pauses: list[int]) -> None:
    table, now, taken = Whereabouts(), 0, 0
    for pause in pauses:
        now += pause
        wait = table.wait("Ana", now)
        taken += wait == 0
        assert 0 <= wait <= ONE_EVERY
        assert taken <= AT_ONCE + now // ONE_EVERY
        if wait:
            now += wait
            assert table.wait("Ana", now) == 0
            taken += 1
