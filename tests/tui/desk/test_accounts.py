"""The accounts that a desk posts with go by the hub's clock, by which a post was begun, and not by the desk's own."""

from sessions.networks.account import InMemorySignIns
from sessions.networks.mastodon.posting import MastodonPoster
from tests.sessions.core.building import START
from tests.tui.networks import ANA
from tui.desk.accounts import DeskAccounts


async def test_what_posts_goes_by_the_clock_that_the_desk_hands_in() -> None:
    accounts = DeskAccounts(InMemorySignIns([ANA]))
    poster = accounts.poster(ANA)
    accounts.keep_time_by(lambda: START)
    assert isinstance(poster, MastodonPoster)
    assert poster._now() == START
    await accounts.aclose()
