"""What a post that arrives costs a desk, on any machine: bytes for the terminal, and rows that are made."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.messages import Update
from textual.widget import Widget

from sessions.core.posts import Author, Post
from sessions.networks.source import Delivery, NewPost
from tests.sessions.core.building import START
from tests.sessions.hub.live import Feed, live_hub
from tests.tui.desk.costs import settled
from tests.tui.desks import desk_on
from tui.widgets.answers import post_layout
from tui.widgets.lines.pane_frame import PaneFrame
from tui.widgets.lines.terminal_image import TerminalImage

PRESENT = 80
WHILE_FOLLOWING, WHILE_READING = 4_000, 400
"""Bytes, what stands beside the answers included. With all lines of the pane sent whole it would be 6,500."""


def posts(first: int, count: int) -> Delivery:
    """So many posts of seven people, at once; no line is another's."""
    authors = [Author(f"mastodon:@m{number}", f"m{number}", f"Teacher {number}") for number in range(7)]
    words = "we rotate every twelve minutes and keep the same order all year, so nobody has to ask"
    return Delivery(
        tuple(
            NewPost(Post(f"mastodon:{n}", authors[n % 7], f"A1 number{n} {' '.join(words.split()[n % 9 :])}", START))
            for n in range(first, first + count)
        )
    )


@pytest.mark.parametrize("reading", [False, True], ids=["following", "reading"])
async def test_a_post_sends_few_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reading: bool) -> None:
    sent: list[int] = []
    real = TerminalImage.sequence

    def sequence(image: TerminalImage, parts: Any, console: Any) -> str:
        text = real(image, parts, console)
        sent.append(len(text.encode()))
        return text

    monkeypatch.setattr(TerminalImage, "sequence", sequence)
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        feed.put(posts(0, PRESENT))
        await live.until(lambda session: len(session.durable.posts) == PRESENT)
        async with desk_on(live, size=(120, 40)) as ana:
            await ana.sees(f"number{PRESENT - 1}")
            if reading:
                await ana.press("up")
            await ana.complete()
            await settled(ana)
            sent.clear()
            feed.put(posts(PRESENT, 1))
            await ana.sees("1 new" if reading else f"number{PRESENT}")
            await settled(ana)
    assert 0 < sum(sent) <= (WHILE_READING if reading else WHILE_FOLLOWING)


async def test_a_post_has_no_other_looked_at_again_and_needs_no_messages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []
    asked: list[Widget] = []
    real, real_update = post_layout.look_of, Update.__init__

    def look_of(state: Any, post: str, *others: Any, **named: Any) -> Any:
        looked_at.append(post)
        return real(state, post, *others, **named)

    def update(message: Update, widget: Widget) -> None:
        asked.append(widget)
        real_update(message, widget)

    monkeypatch.setattr(post_layout, "look_of", look_of)
    monkeypatch.setattr(Update, "__init__", update)
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        feed.put(posts(0, PRESENT))
        await live.until(lambda session: len(session.durable.posts) == PRESENT)
        async with desk_on(live, size=(120, 40)) as ana:
            await ana.sees(f"number{PRESENT - 1}")
            await ana.until(lambda: ana.screen.drawn)
            await ana.pilot.pause()
            looked_at.clear()
            asked.clear()
            feed.put(posts(PRESENT, 1))
            await ana.sees(f"number{PRESENT}")
            await ana.until(lambda: ana.screen.drawn)
    assert looked_at == [f"mastodon:{PRESENT}"]
    assert not [widget for widget in asked if isinstance(widget, PaneFrame)], "a pane tells the screen itself"


async def test_of_many_posts_only_those_in_sight_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    real = post_layout.look_of

    def look_of(state: Any, post: str, *others: Any, **named: Any) -> Any:
        made.append(post)
        return real(state, post, *others, **named)

    monkeypatch.setattr(post_layout, "look_of", look_of)
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, size=(120, 40)) as ana:
        draws: list[Sequence[str]] = []
        real_show = ana.screen.panes.answers.show

        def show(*arguments: Any) -> None:
            made.clear()
            real_show(*arguments)
            draws.append(tuple(made))

        monkeypatch.setattr(ana.screen.panes.answers, "show", show)
        feed.put(posts(0, 3_000))
        await ana.sees("number2999")
        in_sight = ana.screen.panes.answers.content_size.height
    assert draws
    assert max(map(len, draws)) <= in_sight
