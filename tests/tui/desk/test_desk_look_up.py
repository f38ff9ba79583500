"""Looking up elsewhere at the desk, and sharing what was found: with the keys pressed, up to networks and both logs."""

from pathlib import Path

from textual.widgets import Input

from sessions.core.events import LookedUp, PostShared
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.networks import ANA, Networks
from tests.tui.posting_desk import AWAKE, a_chat
from tui.desk.dialogs.look_up import LookUpDialog
from tui.desk.dialogs.post_dialog import PostDialog

SHARED = "“Exit tickets on paper” via @jo@other.example https://other.example/@jo/900 #navasotaisd"


async def looked_up(desk: DeskInHand, typed: str) -> LookUpDialog:
    """Open the dialog by its key, type, press Enter; it stands and looks."""
    await desk.press("k")
    await desk.until(lambda: isinstance(desk.app.screen, LookUpDialog) and desk.app.focused is not None)
    dialog = desk.app.screen
    assert isinstance(dialog, LookUpDialog)
    dialog.query_one("#what", Input).value = typed
    await desk.pilot.press("enter")
    return dialog


async def previewed(desk: DeskInHand) -> PostDialog:
    """Return once the preview is there and awake."""
    await desk.until(lambda: isinstance(desk.app.screen, PostDialog), lambda: "\n".join(desk.lines()))
    dialog = desk.app.screen
    assert isinstance(dialog, PostDialog)
    await desk.until(lambda: dialog.awake_at is not None)
    await desk.wait(AWAKE)
    return dialog


async def test_a_hashtag_is_looked_up_and_a_find_shared_as_a_new_post_which_both_desks_see(tmp_path: Path) -> None:
    networks = Networks()
    networks.find("Exit tickets on paper")
    async with a_chat(tmp_path, networks, ANA) as (live, ana, _), desk_on(live, "Ben") as ben:
        await looked_up(ana, "#PBL")
        await ana.sees("Exit tickets on paper")
        await ana.sees("1 post for #PBL")
        await ana.press("p")
        await previewed(ana)
        await ana.sees("via @jo@other.example")
        await ana.press("enter")
        await ana.sees("In this chat: shared 7:09 by Ana on mastodon:school.example: https://school.example/@ana/")
        assert networks.public == [("mastodon", SHARED)]
        await ben.knows(lambda model: any(one.out for one in model.state.postings.values()))
        (shared,) = ben.model.state.shares.values()
        (looked,) = ben.model.state.lookups
        assert (looked.source, looked.looks_for, looked.text, looked.posts) == (
            "mastodon:school.example", "tag", "PBL", 1,
        )  # fmt: skip
        assert (shared.found.url, shared.how, shared.by) == ("https://other.example/@jo/900", "new", "Ana")
        assert ben.model.state.postings[shared.key].post is not None
        await ben.press("l")
        await ben.sees("Ana looked up #PBL on mastodon:school.example: 1 post")
        await ben.sees("Ana shares a find by Jo Lee on mastodon:school.example in a post")
        await ben.press("escape")
        await ana.press("escape")
        await ana.until(lambda: ana.app.screen is ana.screen)
        await ana.press("u")
        await ana.sees("delete the post on mastodon as @ana@school.example: https://school.example/@ana/")
        assert ana.model.state.shares
        assert [type(event) for event in live.session.durable.acts if isinstance(event, (LookedUp, PostShared))]


async def test_where_no_account_is_it_is_copied_which_both_see_and_can_be_taken_back(tmp_path: Path) -> None:
    networks = Networks()
    networks.find("Exit tickets on paper")
    async with a_chat(tmp_path, networks) as (_live, ana, _):
        await looked_up(ana, "#PBL")
        await ana.sees("1 post for #PBL")
        await ana.press("p")
        await ana.sees("via @jo@other.example")
        await ana.press("escape")
        await ana.sees("In this chat: copied 7:09 by Ana")
        (shared,) = ana.model.state.shares.values()
        assert (shared.stands, shared.source, shared.key) == ("copied", "", "")
        assert networks.public == []
        await ana.press("escape")
        await ana.until(lambda: ana.app.screen is ana.screen)
        await ana.press("u")
        await ana.knows(lambda model: not model.state.shares)
        await ana.press("l")
        await ana.sees("copied a find by Jo Lee to share it  taken back")
