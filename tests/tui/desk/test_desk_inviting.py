"""Inviting somebody in another home from the desk: words before anything is opened, the invite, and taking it back."""

import datetime
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sessions.hub.away.relay import NONE, AwayError
from tests.sessions.hub.elsewhere import Elsewhere, needs_iroh
from tests.sessions.hub.live import LiveHub, live_hub
from tests.tui.desks import DeskInHand, desk_on
from tui.desk.dialogs.invite_away import InviteShownDialog, qr_lines

pytestmark = needs_iroh


@asynccontextmanager
async def desk_that_invites(folder: Path, **options: Any) -> AsyncGenerator[tuple[LiveHub, DeskInHand], None]:
    """A desk on a hub that has a way in, without a relay."""
    async with live_hub(folder, relay=lambda: NONE) as live, desk_on(live, "Ana", size=(120, 44), **options) as desk:
        yield live, desk


def shown(desk: DeskInHand) -> str:
    """The invite in the dialog."""
    dialog = desk.app.screen
    assert isinstance(dialog, InviteShownDialog)
    return dialog.invite


async def test_the_desk_says_whom_it_contacts_before_anything_is_opened(tmp_path: Path) -> None:
    async with desk_that_invites(tmp_path) as (live, desk):
        await desk.press("I")
        await desk.sees("Nothing is open yet. No relay is used and nobody")
        assert live.keys.away.secret == ""
        await desk.press("escape")
        await desk.until(lambda: desk.app.screen is desk.screen)
        assert live.keys.away.invites == ()


async def test_an_invite_is_shown_as_text_and_code_copied_by_a_key_and_lets_somebody_in(tmp_path: Path) -> None:
    ben = Elsewhere()
    async with desk_that_invites(tmp_path) as (live, desk):
        await desk.press("I")
        await desk.sees("Somebody who moderates, too")
        await desk.press("enter")
        await desk.sees("to moderate. It works once")
        await desk.sees("    lunchroom join -")
        invite = shown(desk)
        await desk.sees(qr_lines(invite)[3].strip())
        await desk.press("c")
        await desk.until(lambda: desk.app.clipboard == invite)
        seat = await ben.client(invite).join("Ben")
        assert (seat.name, seat.scope) == ("Ben", "moderator")
        assert invite.rpartition("#")[2] not in live.file.path.read_text("utf-8")
        await ben.aclose()


async def test_an_invite_and_the_seat_that_it_gave_are_taken_back(tmp_path: Path) -> None:
    ben = Elsewhere()
    async with desk_that_invites(tmp_path) as (live, desk):
        await desk.press("I")
        await desk.sees("Somebody who only looks on")
        await desk.press("down", "enter")
        await desk.sees("to look on. It works once")
        invite = shown(desk)
        await desk.press("escape", "I")
        (kept,) = live.keys.away.invites
        day = datetime.datetime.fromtimestamp(kept.until / 1000, ZoneInfo("America/Chicago"))
        await desk.sees("Take back: an invite to look on by Ana, good until")
        await desk.sees(f"{day:%A}")
        await desk.press("escape")
        await ben.client(invite).join("Ben")
        await desk.press("I")
        await desk.sees("Take back: the seat of Ben, invited to look on by Ana")
        await desk.press("down", "down", "enter")
        await desk.sees("Ben leaves the chat, and needs a new invite")
        await desk.press("right", "enter")
        await desk.sees("Taken back: the seat of Ben")
        assert (live.keys.away.invites, dict(live.keys.away.bound)) == ((), {})
        await ben.aclose()


async def test_without_room_for_a_code_the_text_stands_alone(tmp_path: Path) -> None:
    async with live_hub(tmp_path, relay=lambda: NONE) as live, desk_on(live, "Ana", size=(80, 24)) as desk:
        await desk.press("I")
        await desk.sees("Somebody who moderates, too")
        await desk.press("enter")
        await desk.sees("In a larger window it is here as a QR code")
        await desk.sees("lunchroom://endpoint")
        await desk.pilot.resize_terminal(120, 44)
        await desk.sees(qr_lines(shown(desk))[3].strip())
        assert "In a larger window" not in "".join(desk.lines())


async def test_who_looks_on_invites_nobody_and_what_keeps_one_from_it_is_said(tmp_path: Path) -> None:
    def wrong() -> str:
        raise AwayError("config.toml: [away] relay must be another.")

    async with live_hub(tmp_path, relay=wrong) as live:
        async with desk_on(live, "Olga", observer=True) as desk:
            desk.screen.run("invite_away")
            await desk.sees("You are looking on")
        async with desk_on(live, "Ana") as desk:
            await desk.press("I")
            await desk.sees("[away] relay must be another.")
    async with live_hub(tmp_path / "older") as live, desk_on(live, "Ana") as desk:
        await desk.press("I")
        await desk.sees("has an older Lunchroom")


def test_a_code_is_square_with_light_around_it() -> None:
    lines = qr_lines("lunchroom://endpoint" + "a" * 60 + "#" + "c" * 22)
    width = len(lines[0])
    assert {len(line) for line in lines} == {width}
    assert len(lines) == (width + 1) // 2
    assert lines[0].strip() == lines[-1].strip() == ""


async def test_where_the_library_is_not_one_line_says_what_works_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "iroh", None)
    async with live_hub(tmp_path, relay=lambda: NONE) as live, desk_on(live, "Ana", size=(80, 24)) as desk:
        await desk.press("I")
        await desk.sees("Two homes do not work here. Sit at one computer, or come to it over ssh")
