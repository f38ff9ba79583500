"""A chat that is held in a meeting, at the desk: thirty answers that come at once."""

import asyncio
from pathlib import Path

from tests.sessions.networks.hook.hooked import SOCIAL_STREAM, hooked
from tests.tui.desks import desk_on


async def test_a_waterfall_of_answers_is_filed_and_shown(tmp_path: Path) -> None:
    async with hooked(tmp_path) as hook:
        host = await hook.live.join("Tom")
        await host.done("ask", question="q1", seen=None)
        async with desk_on(hook.live, size=(160, 48)) as ana:
            at_once = [
                {
                    **SOCIAL_STREAM,
                    "id": one,
                    "userid": f"u{one}",
                    "chatname": f"T{one}",
                    "chatmessage": f"A1: x {one}",
                }
                for one in range(30)
            ]
            answers = await asyncio.gather(*map(hook.post, at_once))
            assert {answer.status_code for answer in answers} == {200}
            state = hook.live.session.durable
            filed = [state.filed(post.id) for post in hook.posts]
            assert [one.question for one in filed if one is not None] == ["q1"] * 30
            await ana.sees("30 from 30")
            await ana.sees("A1: x")
