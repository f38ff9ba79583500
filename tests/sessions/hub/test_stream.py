"""The live stream: resume, heartbeats, its end, and what observers see of it."""

import asyncio
import re
import socket
from pathlib import Path
from typing import Any

import pytest

from sessions.core import events as e
from sessions.core.commands import Note
from sessions.core.events import decode_event
from sessions.core.evolve import fold
from sessions.hub.server import stream
from sessions.hub.server.entry.access import Caller
from sessions.hub.server.entry.lines import LINE
from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Desk, Feed, LiveHub, live_hub
from tests.waiting import until


async def test_a_heartbeat_comes_at_once_then_all_so_far_then_what_happens(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        async with ana.stream() as told:
            assert told.response.headers["content-type"] == "text/event-stream"
            first = await told.message()
            assert first.event == "heartbeat"
            assert set(first.json()) == {"now", "seq"}
            assert first.json()["seq"] == live.session.log.seq
            assert [event.seq for event in [await told.event() for _ in range(4)]] == [1, 2, 3, 4]
            seq = await ana.done("note", text="hello")
            message = await told.message()
            assert (message.id, message.event) == (str(seq), "message")
            assert decode_event(message.data.encode()) == (await ana.read())[-1]


async def test_an_event_is_one_data_line_with_its_seq_as_id_and_a_heartbeat_has_none(tmp_path: Path) -> None:
    async with (
        live_hub(tmp_path) as live,
        live.invited().http.stream("GET", "/v1/events", headers={"Accept": "text/event-stream"}) as answer,
    ):
        raw = ""
        async for text in answer.aiter_text():
            raw += text
            if "id: 1" in raw and raw.endswith("\n\n"):
                break
        beat, event = raw.strip().split("\n\n")
        assert re.fullmatch(r'event: heartbeat\ndata: \{"now":\d+,"seq":1\}', beat)
        assert re.fullmatch(r"id: 1\ndata: \{.*\}", event)


async def test_last_event_id_beats_after(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        async with ana.stream(after=1, **{"Last-Event-ID": "3"}) as told:
            assert (await told.event()).seq == 4
        async with ana.stream(after=2) as told:
            assert (await told.event()).seq == 3


async def test_heartbeats_go_on_and_tell_the_hubs_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert stream.HEARTBEAT <= 5
    monkeypatch.setattr(stream, "HEARTBEAT", 0.02)
    async with live_hub(tmp_path) as live, live.invited().stream(after=1) as told:
        beats = [(await told.beat())["now"] for _ in range(5)]
        assert beats == sorted(beats)
        assert beats[-1] > beats[0]
        assert beats[-1] <= live.session.clock.now_ms()


async def test_the_stream_ends_when_the_chat_is_closed_and_all_is_delivered(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        async with ana.stream() as told:
            await told.events_until(e.RoleTaken)
            await ana.done("close")
            await told.events_until(e.SessionClosed)
            assert await told.ended()
        async with ana.stream() as told:
            assert isinstance((await told.events_until(e.SessionClosed))[-1], e.SessionClosed)
            assert await told.ended()


async def test_streams_end_when_the_hub_stops(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana = Desk(live.url, live.keys.token)
        streaming = ana.stream()
        told = await streaming.__aenter__()
        await told.event()
        ending = asyncio.create_task(told.ended())
    assert await ending
    await streaming.__aexit__(None, None, None)
    await ana.http.aclose()


async def test_who_goes_is_noticed(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        async with ana.stream() as told:
            await told.event()
            assert live.session.presence.gone_for("Ana", live.session.clock.now_ms() + 10**6) == 0
        await ana.http.aclose()
        await until(lambda: live.session.presence.gone_for("Ana", live.session.clock.now_ms() + 10**6) > 0)


async def test_a_client_that_does_not_read_is_dropped_and_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "PATIENCE", 0.1)
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        host, port = live.url.removeprefix("http://").split(":")
        lazy = socket.socket()
        lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        lazy.connect((host, int(port)))
        headers = f"Host: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer {ana.token}\r\n\r\n"
        lazy.sendall(f"GET /v1/events HTTP/1.1\r\n{headers}".encode())
        text = "x" * 5000
        while live.session.presence.gone_for("Ana", 10**15):
            await ana.done("note", text=text)
        while not live.session.presence.gone_for("Ana", 10**15):
            await asyncio.gather(*(ana.done("note", text=text) for _ in range(50)))
        lazy.close()


async def test_a_copy_of_the_chat_is_not_made_for_who_hung_up(tmp_path: Path) -> None:
    class HungUp:
        gone = True

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("nothing is read")

    async with live_hub(tmp_path) as live:
        await live.join("Ana")
        reading = stream.LogReader(live.session.log, live.session.durable, Caller("observer"), 0)
        await stream.Snapshot(reading, None)({"type": "http", LINE: HungUp()}, receive, send)
        assert [message["type"] for message in sent] == ["http.response.start"]
        assert not reading.at_end


async def test_many_observers_are_sent_the_chat_piece_by_piece_and_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "CHUNK", 3)
    async with live_hub(tmp_path) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        for question in ("q1", "q2", "q3", "q4"):
            await ana.done("ask", question=question, seen=live.session.durable.open)
        whole = await ana.read()
        copies = await asyncio.gather(*(olga.read() for _ in range(10)))
        assert [[event.seq for event in copy] for copy in copies] == [[event.seq for event in whole]] * 10
        async with olga.stream() as one, olga.stream() as other:
            for told in (one, other):
                assert [(await told.event()).seq for _ in whole] == [event.seq for event in whole]
        saved = await asyncio.gather(
            *(olga.http.get(f"/v1/sessions/{live.session.id}/events") for _ in range(5)),
            *(ana.http.get(f"/v1/sessions/{live.session.id}/events") for _ in range(5)),
        )
        assert {len(answer.text.splitlines()) for answer in saved} == {len(whole)}


async def test_two_streams_of_the_same_session_carry_the_same_bytes(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana, ben = await live.join("Ana"), await live.join("Ben")
        async with ana.stream() as one, ben.stream() as two:
            await asyncio.gather(*(ana.done("note", text=f"note {n}") for n in range(20)))
            last = live.session.log.seq
            seen = [[(await told.event()).seq for _ in range(last)] for told in (one, two)]
            assert seen == [list(range(1, last + 1))] * 2


# Observers


async def _posts(live: LiveHub, feed: Feed, *texts: str) -> list[str]:
    ids = [feed.post(text, handle) for text, handle in zip(texts, ("maria", "jim", "tom"), strict=False)]
    await live.until(lambda session: len(session.durable.posts) == len(ids))
    return ids


async def test_observers_get_no_notes_tags_or_speaker_notes(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        await _posts(live, feed, "A1: yes, with tables")
        await ana.done("note", text="between us")
        noted = await ana.done("note", text="never mind")
        await ana.done("undo", seq=noted)
        await ana.done("tag", person="mastodon:@maria", school="Webb")
        await ana.done("add_question", text="One more?", notes="secret one")
        await ana.done("edit_question", question="q2", notes="secret two")
        answer = await olga.http.get("/v1/events")
        words = ("between us", "never mind", "Webb", "secret", "notes 1")
        for secret in (*words, "undone", "note_added", "person_tagged"):
            assert secret not in answer.text
            assert secret not in (await olga.http.get("/v1/session")).text
        assert "One more?" in answer.text
        async with olga.stream() as told:
            assert "notes 1" not in repr(await told.event())


async def test_a_fresh_observer_gets_nothing_about_what_is_hidden(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        maria, jim, tom = await _posts(live, feed, "A1: hidden thing", "A1: muted thing", "A1: shown again")
        await ana.done("highlight", post=maria)
        await ana.done("file", post=maria, question="q2")
        await ana.done("hide", post=maria)
        await ana.done("greet", person="mastodon:@jim")
        await ana.done("mute", person="mastodon:@jim")
        await ana.done("hide", post=tom)
        await ana.done("show", post=tom)
        answer = await olga.http.get("/v1/events")
        for secret in (maria, jim, "hidden thing", "muted thing", "@jim", "post_hidden", "post_shown", "person_muted"):
            assert secret not in answer.text
        assert list(fold(await olga.read()).posts) == [tom]


async def test_an_observer_gets_nothing_of_who_writes_for_the_signed_in_only(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        start = live.session.log.seq
        private = feed.post("A1: not for all", "jim", signed_in_only=True)
        public = feed.post("A1: for all", "maria")
        await live.until(lambda session: {private, public} <= set(session.durable.posts))
        for kind, what in (("highlight", {"post": private}), ("greet", {"person": "mastodon:@jim"})):
            await ana.done(kind, **what)
        feed.edit(private, "A1: still not for all")
        await live.until(lambda session: "still" in session.durable.text(private))
        await ana.done("hide", post=private)
        await ana.done("show", post=private)
        await ana.done("greet", person="mastodon:@maria")
        for after in (0, start, live.session.durable.posts[private].seq):
            answer = await olga.http.get("/v1/events", params={"after": after})
            assert "for all" not in answer.text.replace('"A1: for all"', "")
            assert private not in answer.text
            assert "@jim" not in answer.text
            assert public in answer.text
            assert "mastodon:@maria" in answer.text
        assert private in fold(await ana.read()).posts


async def test_a_live_observer_is_told_to_drop_what_their_screen_has(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        async with olga.stream(after=live.session.log.seq) as told:
            maria, _jim = await _posts(live, feed, "A1: yes, with tables", "A1: no, with rugs")
            await told.events_until(e.PostSeen)
            await told.events_until(e.PostSeen)
            await ana.done("hide", post=maria)
            hidden = await told.event()
            assert isinstance(hidden, e.PostHidden)
            muted_at = await ana.done("mute", person="mastodon:@jim")
            assert isinstance(await told.event(), e.PersonMuted)
            await ana.done("undo", seq=muted_at)
            assert isinstance(await told.event(), e.Undone)
            place = hidden.seq - 1
        async with olga.stream(after=place) as again:
            assert (await again.event()) == hidden


async def test_an_observers_gaps_do_not_end_their_stream(tmp_path: Path) -> None:
    async with live_hub(tmp_path, plan=a_plan()) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        async with olga.stream(after=live.session.log.seq) as told:
            notes = [Note(id=f"note {number}", text="between us") for number in range(2 * stream.CHUNK)]
            await asyncio.gather(*(live.session.command(note, "Ana") for note in notes))
            asked = await ana.done("ask", question="q1", seen=None)
            assert (await told.event()).seq == asked
