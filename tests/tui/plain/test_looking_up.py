"""Looking up elsewhere in typed words: read out with numbers, and shared after a yes."""

from pathlib import Path

from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Feed, live_hub
from tests.tui.networks import ANA, Networks
from tests.tui.plain_desks import plain_on

SHARED = "“Exit tickets on paper” via @jo@other.example https://other.example/@jo/900 #navasotaisd"


async def test_a_find_is_read_chosen_by_its_number_and_shared(tmp_path: Path) -> None:
    networks = Networks()
    networks.find("Exit tickets on paper")
    plan = a_plan(sources=("mastodon:school.example",))
    async with (
        live_hub(tmp_path, plan=plan, sources=[Feed()]) as live,
        plain_on(live, "Ana", posting_accounts=networks.posting_accounts(ANA)) as ana,
    ):
        await ana.does("look up #PBL", "1 post for #PBL")
        await ana.hears("Jo Lee: Exit tickets on paper")
        await ana.does("1", "Link: https://other.example/@jo/900")
        await ana.hears("share it with the chat")
        await ana.does("share", "New post")
        await ana.does("1", "Goes out: ")
        await ana.does("yes", "mastodon posted")
        assert networks.public == [("mastodon", SHARED)]
        (shared,) = live.session.durable.shares.values()
        assert (shared.how, shared.by) == ("new", "Ana")


async def test_more_is_read_in_portions(tmp_path: Path) -> None:
    networks = Networks()
    networks.find(*(f"Find number {number}." for number in range(10)))
    plan = a_plan(sources=("mastodon:school.example",))
    async with (
        live_hub(tmp_path, plan=plan, sources=[Feed()]) as live,
        plain_on(live, "Ana", posting_accounts=networks.posting_accounts(ANA)) as ana,
    ):
        await ana.does("look up #PBL", "Find number 9.")
        await ana.hears("older posts")
        assert "Find number 0." not in "\n".join(ana.read)
        await ana.does("older", "Find number 0.")
