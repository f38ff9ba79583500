"""Bodies that are not the JSON they should be: every call answers 422 in words, and the hub lives."""

from pathlib import Path

import pytest

from tests.sessions.hub.live import live_hub

BODIES = {
    "no UTF-8": b'{"name": "\xe9", "id": "c1", "type": "note", "text": "\xe9"}',
    "no UTF-8 where nobody reads": b'{"name": "Ben", "other": "\xe9"}',
    "deep": b'{"name": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    "deep where nobody reads": b'{"other": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    "6,000 digits": b'{"name": ' + b"9" * 6_000 + b', "people": ' + b"9" * 6_000 + b"}",
    "infinite": b'{"name": 1e999, "id": 1e999}',
    "no number": b'{"name": NaN}',
    "half a letter": b'{"name": "\\ud800", "id": "c1", "type": "note", "text": "\\ud800"}',
    "nothing": b"",
    "zeros": b"\0\0",
    "a list": b"[]",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
async def test_a_body_that_is_none_is_told_by_every_call(tmp_path: Path, body: bytes) -> None:
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        for call in ("/v1/commands", "/v1/sign-ins", "/v1/people", "/v1/sessions"):
            answer = await ana.http.post(call, content=body)
            assert answer.status_code == 422, (call, answer.text)
            assert answer.json()["error"]
        invited = {"Authorization": f"Bearer {live.keys.token}"}
        answer = await ana.http.post("/v1/moderators", content=body, headers=invited)
        assert answer.status_code == 422, answer.text
        assert await ana.done("note", text="all is well")
