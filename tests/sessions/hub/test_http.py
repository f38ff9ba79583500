"""Each call of the contract and each of its statuses, over a real socket."""

import json
from pathlib import Path
from typing import Any

import pytest

from sessions.core import events as e
from sessions.core.events import Scope
from sessions.hub.server.calls import saved
from sessions.hub.server.calls.joining import AT_ONCE
from sessions.hub.server.entry.access import Keys
from tests.sessions.hub.live import Desk, Feed, LiveHub, live_hub

CALLS = [
    ("POST", "/v1/moderators"),
    ("GET", "/v1/session"),
    ("GET", "/v1/events"),
    ("POST", "/v1/commands"),
    ("GET", "/v1/sessions"),
    ("GET", "/v1/sessions/abcdef/events"),
    ("POST", "/v1/sign-ins"),
    ("POST", "/v1/sources/try"),
    ("GET", "/v1/nothing"),
]


async def test_without_a_valid_token_every_call_is_401(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        token = live.keys.token
        desk = live.invited()
        for authorization in (
            "",
            "Bearer",
            "Bearer wrong",
            f"Basic {token}",
            token,
            f"Bearer {token}x",
            f"Bearer {token[1:]}",
        ):
            desk.http.headers["Authorization"] = authorization
            for method, path in CALLS:
                answer = await desk.http.request(method, path, content=b"x" * 70_000 if method == "POST" else None)
                assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
                assert answer.json()["error"]


async def test_the_first_moderator_gets_both_roles_and_the_second_none(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        await live.join("Ben")
        told = [(type(event).__name__, event.by) for event in (await ana.read())[1:]]
        assert told == [("ModeratorJoined", None), ("RoleTaken", None), ("RoleTaken", None), ("ModeratorJoined", None)]
        assert (await ana.show())["roles"] == {"driver": "Ana", "greeter": "Ana"}


async def test_joining_gives_name_scope_and_a_token_and_the_same_name_the_same_ones(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        first = await live.invited().http.post("/v1/moderators", json={"name": "  Ana\tLee "})
        again = await live.invited().http.post("/v1/moderators", json={"name": "ANA LEE"})
        assert first.status_code == again.status_code == 201
        assert first.json() == again.json()
        assert set(first.json()) == {"name", "scope", "token"}
        assert (first.json()["name"], first.json()["scope"]) == ("Ana Lee", "moderator")
        assert (await live.invited().types()).count("ModeratorJoined") == 1


async def test_an_observer_never_gets_the_token_of_a_moderator(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        await live.join("Ana")
        answer = await live.invited("observer").http.post("/v1/moderators", json={"name": "ana"})
        assert answer.status_code == 409
        assert "another name" in answer.json()["refusal"]
        assert "token" not in answer.json()
        onlooker = await live.invited("observer").http.post("/v1/moderators", json={"name": "Olga"})
        assert onlooker.json()["scope"] == "observer"


async def test_a_moderator_wins_a_name_over_who_looks_on(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        async with ana.stream() as told, olga.stream() as looking:
            await told.beat(lambda data: data.get("observers") == ["Olga"])
            taken = await live.invited().http.post("/v1/moderators", json={"name": "Olga"})
            assert (taken.status_code, taken.json()["scope"]) == (201, "moderator")
            assert taken.json()["token"] != olga.token
            assert await looking.cut()
            assert (await olga.do("hold")).status_code == 403
            await told.beat(lambda data: data.get("observers") == ["Olga (looking on)"])
        shown = {(one["name"], one["scope"]) for one in (await ana.show())["moderators"]}
        assert shown == {("Ana", "moderator"), ("Olga", "moderator"), ("Olga (looking on)", "observer")}


async def test_observers_are_present_and_no_events(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        before = live.session.log.seq
        await live.join("Pat", "observer")
        await olga.show()
        assert [type(event).__name__ for event in await ana.read()].count("ModeratorJoined") == 1
        assert live.session.log.seq == before
        assert [one for one in (await ana.show())["moderators"] if one["scope"] == "observer"] == [
            {"name": "Olga", "scope": "observer", "present": True},
            {"name": "Pat", "scope": "observer", "present": True},
        ]


async def test_a_flood_of_joins_by_observers_is_bounded_and_costs_no_moderator_a_seat(tmp_path: Path) -> None:
    kept: list[Keys] = []
    async with live_hub(tmp_path, save_keys=kept.append) as live:
        door = live.invited("observer").http
        answers = [await door.post("/v1/moderators", json={"name": f"guest {n}"}) for n in range(AT_ONCE + 20)]
        codes = [answer.status_code for answer in answers]
        assert codes.count(201) >= AT_ONCE
        assert codes.count(429) + codes.count(201) == len(codes)
        refused = next(answer for answer in answers if answer.status_code == 429)
        assert "Try again in" in refused.json()["error"]
        assert 1 <= int(refused.headers["retry-after"]) <= 2
        again = await door.post("/v1/moderators", json={"name": "guest 0"})
        assert again.json() == answers[0].json()
        await live.join("Ana")
        assert await live.invited().types() == ["SessionOpened", "ModeratorJoined", "RoleTaken", "RoleTaken"]
        assert len(kept) == codes.count(201) + 1


@pytest.mark.parametrize("scope", ["moderator", "observer"])
async def test_a_name_that_looks_like_a_moderators_is_refused_in_words(tmp_path: Path, scope: Scope) -> None:
    async with live_hub(tmp_path) as live:
        await live.join("Ace")
        answer = await live.invited(scope).http.post("/v1/moderators", json={"name": "Асе"})
        assert answer.status_code == 409
        assert answer.json()["refusal"] == "That looks like Ace, who is here already. Join under another name."
        mixed = await live.invited(scope).http.post("/v1/moderators", json={"name": "Аce"})
        assert (mixed.status_code, mixed.json()["field"]) == (422, "name")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"{}", b'{"name": 3}', b'{"name": ""}', b'{"name": " \\u0007\\n "}', b'{"name": "Ana", "x": 1}'],
)
async def test_a_bad_name_is_422_and_names_the_field(tmp_path: Path, body: bytes) -> None:
    async with live_hub(tmp_path) as live:
        answer = await live.invited().http.post("/v1/moderators", content=body)
        assert answer.status_code == 422
        assert answer.json()["field"] == "name"


async def test_names_have_60_characters_at_most(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        assert (await live.invited().http.post("/v1/moderators", json={"name": "x" * 61})).status_code == 422
        assert (await live.invited().http.post("/v1/moderators", json={"name": "x" * 60})).status_code == 201


async def test_nobody_joins_whose_token_cannot_be_kept(tmp_path: Path) -> None:
    full = True

    def save(_keys: Keys) -> None:
        if full:
            raise OSError(28, "No space left on device")

    async with live_hub(tmp_path, save_keys=save) as live:
        answer = await live.invited().http.post("/v1/moderators", json={"name": "Ana"})
        assert answer.status_code == 503
        assert "disk is full" in answer.json()["error"]
        full = False
        await live.join("Ana")


async def test_who_has_only_been_invited_reads_but_does_not_command(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        answer = await live.invited().do("hold")
        assert answer.status_code == 403
        assert "/v1/moderators" in answer.json()["error"]
        assert await live.invited().types() == ["SessionOpened"]


async def test_an_observers_command_is_403_even_when_malformed(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        olga = await live.join("Olga", "observer")
        assert (await olga.do("note", text="hello")).status_code == 403
        assert (await olga.http.post("/v1/commands", content=b"{")).status_code == 403
        assert (await live.invited("observer").do("hold")).status_code == 403


async def test_a_body_over_64_kib_is_413_announced_or_not(tmp_path: Path) -> None:
    async def chunks() -> Any:
        for _ in range(70):
            yield b"x" * 1024

    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        olga = await live.join("Olga", "observer")
        for desk in (ana, olga):
            assert (await desk.http.post("/v1/commands", content=b"x" * 65537)).status_code == 413
            assert (await desk.http.post("/v1/commands", content=chunks())).status_code == 413
        assert (await live.invited().http.post("/v1/moderators", content=b"x" * 65537)).status_code == 413
        assert (await ana.http.post("/v1/commands", content=b"x" * 65536)).status_code == 422


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"id": "1", "type": "explode"}, "type"),
        ({"id": "1"}, "type"),
        ({"type": "hold"}, "id"),
        ({"id": "1", "type": "add_time"}, "seconds"),
        ({"id": "1", "type": "add_time", "seconds": "many"}, "seconds"),
        ({"id": "1", "type": "note", "text": "x", "by": "Ben"}, "by"),
        ([], ""),
    ],
)
async def test_a_malformed_command_is_422_and_names_the_field(tmp_path: Path, body: Any, field: str) -> None:
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        answer = await ana.http.post("/v1/commands", json=body)
        assert answer.status_code == 422
        assert answer.json()["field"] == field
        assert answer.json()["error"]


async def test_a_command_of_a_role_one_does_not_hold_is_409_in_words(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        await live.join("Ana")
        ben = await live.join("Ben")
        answer = await ben.do("ask", question="q1", seen=None)
        assert answer.status_code == 409
        assert answer.json() == {"refusal": "Ana asks the questions.", "action": "take_driver"}
        assert (await ben.do("greet", person="mastodon:nobody")).status_code == 409


async def test_an_accepted_command_gives_the_seq_of_its_last_event(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        seq = await ana.done("ask", question="q1", seen=None)
        event = (await ana.read())[-1]
        assert (event.seq, type(event), event.by) == (seq, e.QuestionAsked, "Ana")  # type: ignore[union-attr]
        assert await ana.done("take_role", role="driver") == seq


async def test_the_session_in_one_object(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana = await live.join("Ana")
        await live.join("Ben")
        await ana.done("ask", question="q1", seen=None)
        feed.post("A1: tables of four")
        await live.until(lambda session: bool(session.durable.posts))
        shown = await ana.show()
        assert list(shown) == [
            "id", "title", "hashtags", "series", "rehearsal", "now", "seq", "closed", "open", "questions", "timer",
            "roles", "moderators", "counts", "sources",
        ]  # fmt: skip
        assert shown["id"] == live.file.session.id
        assert (shown["open"], shown["closed"], shown["hashtags"]) == ("q1", False, ["navasotaisd"])
        assert set(shown["questions"][0]) == {"id", "label", "text", "minutes", "state"}
        assert [question["state"] for question in shown["questions"]] == ["asked", *["waiting"] * 5]
        assert (shown["timer"]["added"], shown["timer"]["held"], shown["timer"]["seconds"]) == (0, None, 500)
        assert shown["moderators"][0] == {"name": "Ana", "scope": "moderator", "present": True}
        assert shown["counts"] == {"posts": 1, "answers": 1, "people": 1, "newcomers": 1, "to_greet": 1}
        seen = next(event for event in await ana.read() if isinstance(event, e.PostSeen))
        assert shown["sources"] == [{"name": "mastodon:mastodon.social", "status": "ok", "last_post": seen.at}]


async def test_events_as_lines_are_all_so_far_behind_a_seq(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        await ana.done("note", text="eins\nzwei \u2028 drei")
        everything = await ana.http.get("/v1/events", headers={"Accept": "application/x-ndjson"})
        assert everything.headers["content-type"] == "application/x-ndjson"
        lines = everything.content.split(b"\n")
        assert lines.pop() == b""
        assert [json.loads(line)["seq"] for line in lines] == list(range(1, live.session.log.seq + 1))
        assert {"seq", "at", "by", "command", "type"} <= set(json.loads(lines[0]))
        assert [event.seq for event in await ana.read(after=3)] == list(range(4, live.session.log.seq + 1))
        assert await ana.read(after=10_000) == []


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "", "٣", "1_0", " 1"])
async def test_a_malformed_place_is_422_and_names_the_field(tmp_path: Path, after: str) -> None:
    async with live_hub(tmp_path) as live:
        answer = await live.invited().http.get("/v1/events", params={"after": after})
        assert (answer.status_code, answer.json()["field"]) == (422, "after")
        if after.isascii() and after.strip() == after and after:
            answer = await live.invited().http.get("/v1/events", headers={"Last-Event-ID": after})
            assert (answer.status_code, answer.json()["field"]) == (422, "Last-Event-ID")


async def test_unknown_paths_and_methods_are_told_in_json(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        desk = live.invited()
        for method, path, status in [
            ("GET", "/v1/nothing", 404),
            ("GET", "/v1/session/", 404),
            ("PUT", "/v1/session", 405),
        ]:
            answer = await desk.http.request(method, path)
            assert answer.status_code == status
            assert answer.json()["error"]
        assert (await desk.http.get("/v1/commands")).headers["allow"] == "POST"


async def test_the_library_can_be_listed_and_read(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as before:
        ana = await before.join("Ana")
        await ana.done("note", text="between us")
        await ana.done("close")
        earlier, lines = before.session.id, await ana.read()
    async with live_hub(tmp_path) as live:
        desk = live.invited()
        listed = (await desk.http.get("/v1/sessions")).json()["sessions"]
        assert {chat["id"] for chat in listed} == {earlier, live.session.id}
        assert "path" not in listed[0]
        answer = await desk.http.get(f"/v1/sessions/{earlier}/events")
        assert [json.loads(line)["seq"] for line in answer.text.splitlines()] == [event.seq for event in lines]
        looked = await live.invited("observer").http.get(f"/v1/sessions/{earlier}/events")
        assert "between us" in answer.text
        assert "between us" not in looked.text
        assert "notes 1" not in looked.text


async def test_observers_hold_few_saved_chats_at_once_and_no_moderator_waits_for_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with live_hub(tmp_path) as before:
        await before.join("Ana")
    monkeypatch.setattr(saved, "HELD", 0)
    async with live_hub(tmp_path) as live:
        path = f"/v1/sessions/{before.session.id}/events"
        refused = await live.invited("observer").http.get(path)
        assert (refused.status_code, set(refused.json())) == (503, {"error"})
        assert (await live.invited().http.get(path)).status_code == 200


@pytest.mark.parametrize("wanted", ["nosuch", "..%2f..%2fetc%2fpasswd", "latest", "*", "%00", "x" * 3000])
async def test_an_unknown_saved_chat_is_404_whatever_its_id(tmp_path: Path, wanted: str) -> None:
    async with live_hub(tmp_path) as live:
        answer = await live.invited().http.get(f"/v1/sessions/{wanted}/events")
        assert answer.status_code == 404
        assert answer.json()["error"]


async def test_a_closed_session_says_so_to_all_that_come(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        await ana.done("close")
        assert (await ana.show())["closed"] is True
        assert (await ana.do("hold")).json() == {"refusal": "This chat is closed."}
        assert (await live.invited().http.post("/v1/moderators", json={"name": "Ben"})).status_code == 409


def _tokens(live: LiveHub, *desks: Desk) -> list[str]:
    return [live.keys.token, live.keys.observer_token, *(desk.token for desk in desks)]


async def test_no_token_gets_into_the_file_or_an_answer(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with live_hub(tmp_path) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        said = (await ana.http.get("/v1/events")).text + (await ana.http.get("/v1/session")).text + caplog.text
        said += live.file.path.read_text()
        assert not [token for token in _tokens(live, ana, olga) if token in said]


async def test_who_looked_on_in_a_chat_of_an_earlier_version_is_folded_as_ever_and_joins_as_others_do(
    tmp_path: Path,
) -> None:
    async with live_hub(tmp_path) as before:
        await before.join("Ana")
        seq, at = before.session.log.seq + 1, before.session.clock.now_ms()
        path = before.file.path
        before.file.commit([e.ModeratorJoined(seq=seq, at=at, by=None, command=None, name="Eve", scope="observer")])
    async with live_hub(tmp_path, path=path) as live:
        ana = await live.join("Ana")
        views = (await ana.show())["moderators"]
        assert views == [
            {"name": "Ana", "scope": "moderator", "present": True},
            {"name": "Eve", "scope": "observer", "present": False},
        ]
        eve = await live.join("eve", "observer")
        assert [one["name"] for one in (await eve.show())["moderators"] if one["present"]] == ["Ana", "Eve"]
        assert (await ana.types()).count("ModeratorJoined") == 2
        await live.join("EVE")
        assert (await ana.read())[-1].name == "EVE"  # type: ignore[union-attr]
