"""Who may post from a desk, and what the desk does and says where one may not."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.sessions.hub.live import Feed
from tests.tui.desks import desk_on
from tests.tui.networks import ANA, Networks
from tests.tui.posting_desk import QUESTION, a_chat, open_preview


@pytest.mark.parametrize(
    ("accounts", "why"),
    [
        ((), "No account for mastodon or bluesky here: `lunchroom login mastodon school.example`"),
        ((replace(ANA, posts=False),), "Posting is off: `lunchroom login mastodon school.example --posting`"),
    ],
)
async def test_without_an_account_that_may_post_the_text_is_copied_and_why_is_said(
    tmp_path: Path, accounts: tuple[Any, ...], why: str
) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, *accounts) as (_, ana, _feed):
        await ana.press("r")
        await ana.until(lambda: ana.app.clipboard == QUESTION)
        await ana.sees(why)
        await ana.press("escape", "p")
        await ana.sees("Copy what?")
        assert networks.asked == []


async def test_who_looks_on_at_a_rehearsal_copies_and_sends_nothing(tmp_path: Path) -> None:
    networks = Networks()
    async with (
        a_chat(tmp_path, networks, ANA, source=Feed(rehearsal=True)) as (live, _ana, _feed),
        desk_on(live, "Eve", observer=True, posting_accounts=networks.posting_accounts(ANA)) as eve,
    ):
        await eve.knows(lambda model: model.state.open == "q1")
        await eve.press("r")
        await eve.until(lambda: eve.app.clipboard == QUESTION)
        await eve.sees("Close")
        await eve.sees("This is a rehearsal: nothing is posted.")
        assert live.session.durable.postings == {}
        assert networks.asked == []


async def test_who_looks_on_posts_nothing(tmp_path: Path) -> None:
    networks = Networks()
    async with (
        a_chat(tmp_path, networks) as (live, _, _feed),
        desk_on(live, "Head", observer=True, posting_accounts=networks.posting_accounts(ANA)) as head,
    ):
        await head.knows(lambda model: model.state.open == "q1")
        await head.press("r")
        await head.until(lambda: head.app.clipboard == QUESTION)
        await head.sees("Close")
        assert networks.asked == []


async def test_the_question_is_posted_by_who_asks(tmp_path: Path) -> None:
    networks = Networks()
    async with (
        a_chat(tmp_path, networks) as (live, _, _f),
        desk_on(live, "Ben", posting_accounts=networks.posting_accounts(ANA)) as ben,
    ):
        await ben.knows(lambda model: model.state.open == "q1")
        await ben.press("r")
        await ben.sees("Ana asks the questions. Press d to take over.")
        assert networks.asked == []


async def test_nothing_goes_out_once_the_owner_has_switched_posting_off(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA) as (_, ana, _feed):
        await open_preview(ana, "r")
        networks.sign_ins.renew(replace(ANA, posts=False))
        await ana.press("enter")
        await ana.sees("Nothing was posted: Q1 has changed meanwhile. Look again.")
        assert networks.public == []
