"""Between a key and a late answer the line says what is waited for."""

import asyncio
from pathlib import Path

import httpx
import pytest

from tests.sessions.hub.live import Feed, Patient, live_hub
from tests.tui.desks import ManualPace, desk_on
from tui.desk.dialogs.opened_post import OpenedPost
from tui.desk.sending.waiting import LATE, Waiting
from tui.widgets.status_line import StatusLine


def test_the_oldest_that_is_late_is_told_until_it_is_answered() -> None:
    pace, shown = ManualPace(), [""]
    waiting = Waiting(lambda: pace, shown.append)
    waiting.sent("a", "Star this post")
    waiting.sent("b", "")
    pace.advance(LATE / 2)
    waiting.sent("c", "Hide this post")
    pace.advance(LATE / 2)
    assert shown[-1] == "Waiting for the chat's computer: star this post …"
    waiting.answered("a")
    assert shown[-1] == "Waiting for the chat's computer …"
    waiting.answered("b")
    assert shown[-1] == ""
    waiting.answered("c")
    pace.advance(10)
    assert shown[-1] == ""
    assert len(shown) == 5


async def test_a_late_answer_is_waited_for_in_words_and_they_go_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, open_again = False, asyncio.Event()
    real = Patient.handle_async_request

    async def handle(transport: Patient, request: httpx.Request) -> httpx.Response:
        if slow and request.url.path == "/v1/commands":
            await open_again.wait()
        return await real(transport, request)

    monkeypatch.setattr(Patient, "handle_async_request", handle)
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live) as ana:
        post = feed.post("We rotate every 12 minutes", "jimr")
        await ana.sees("We rotate")
        slow = True
        await ana.press("h")
        await ana.wait(LATE)
        await ana.until(lambda: ana.status == "Waiting for the chat's computer: star this post …", lambda: ana.status)
        await ana.press("enter")
        await ana.until(lambda: isinstance(ana.app.screen, OpenedPost))
        await ana.press("g")
        await ana.wait(LATE)
        told = ana.app.screen.query_one(StatusLine)
        await ana.until(lambda: told.render().plain == "Waiting for the chat's computer: star this post …")
        slow = False
        open_again.set()
        await ana.knows(lambda model: model.state.layers[post].starred)
        await ana.until(lambda: "Waiting" not in "\n".join(ana.lines()), lambda: "\n".join(ana.lines()))
        await ana.press("escape")
        await ana.until(lambda: "Waiting" not in ana.status)
