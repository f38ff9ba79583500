"""A look-up and a share at a real desk on a real hub, against a server process that speaks Mastodon's API."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from sessions.networks.account import InMemorySignIns, Secret, ServerAccount
from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Feed, live_hub
from tests.sessions.networks.mastodon.mock_server import MockServer, mock_server, token
from tests.tui.desk.test_desk_look_up import looked_up, share_as_new
from tests.tui.desks import desk_on
from tui.desk.accounts import DeskAccounts


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MockServer]:
    folder = tmp_path / "server"
    folder.mkdir()
    with mock_server(folder, ["ana", "jo"], relayed=False) as server:
        yield server


def said(server: MockServer, who: str, text: str) -> None:
    headers = {"Authorization": f"Bearer {token(who)}"}
    body = {"status": text, "visibility": "public"}
    server.http.post("/api/v1/statuses", json=body, headers=headers).raise_for_status()


async def test_a_find_on_a_real_server_is_shared_and_boosted_once(tmp_path: Path, server: MockServer) -> None:
    said(server, "jo", "Exit tickets on paper #PBL")
    said(server, "jo", "Spaghetti bridges hold 2 kg #PBL")
    account = ServerAccount(
        "mastodon", server.host, "mastodon:ana", f"ana@{server.host}", posts=True, secret=Secret(token("ana"))
    )
    source = f"mastodon:{server.host}"
    accounts = DeskAccounts(InMemorySignIns([account]))
    hub = live_hub(tmp_path, plan=a_plan(sources=(source,)), sources=[Feed(source)])
    async with hub as live, desk_on(live, posting_accounts=accounts) as ana:
        dialog = await looked_up(ana, "#PBL")
        await ana.sees("2 posts for #PBL")
        await share_as_new(ana)
        await ana.press("enter")
        await ana.until(lambda: any(one.post for one in live.session.durable.postings.values()))
        assert sum("#navasotaisd" in one["content"] for one in server.posts_of("ana")) == 1
        await ana.press("up", "p")
        await ana.sees("Share it how?")
        await ana.press("down", "down", "enter")
        await ana.sees("Boost the post of")
        await ana.press("right", "enter")
        await ana.until(lambda: sum(bool(one.post) for one in live.session.durable.postings.values()) == 2)
        assert sum(bool(one["reblog"]) for one in server.posts_of("ana")) == 1
        assert {one.how for one in live.session.durable.shares.values()} == {"new", "boost"}
        await ana.press("slash")
        dialog.query_one("#what", Input).value = "@jo"
        await ana.pilot.press("enter")
        await ana.until(
            lambda: [(one.text, one.posts) for one in live.session.durable.lookups] == [("PBL", 2), ("jo", 2)]
        )
