"""Looking up elsewhere at the desk, and sharing what was found: with the keys pressed, up to networks and both logs."""

from pathlib import Path

import pytest
from textual.widgets import Checkbox, Input

from sessions.core.commands import Undo
from sessions.core.events import LookedUp, PostShared
from sessions.networks.account import Secret
from sessions.networks.x.account import XAccount
from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Feed
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.networks import ANA, ANA_SKY, Networks
from tests.tui.posting_desk import AWAKE, a_chat
from tui.desk.dialogs.look_up import FoundPostDialog, LookUpDialog, ToldLines
from tui.desk.dialogs.post_dialog import PostDialog
from tui.dialogs.ask import AskDialog

APP = XAccount("x", "api.x.com", secret=Secret("bearer"))

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


async def look_again(desk: DeskInHand, dialog: LookUpDialog, typed: str) -> None:
    """Look up something else in the dialog that is open."""
    what = dialog.query_one("#what", Input)
    await desk.press("slash")
    await desk.until(lambda: what.has_focus)
    what.value = typed
    await desk.pilot.press("enter")


async def previewed(desk: DeskInHand) -> PostDialog:
    """Return once the preview is there and awake."""
    await desk.until(lambda: isinstance(desk.app.screen, PostDialog), lambda: "\n".join(desk.lines()))
    dialog = desk.app.screen
    assert isinstance(dialog, PostDialog)
    await desk.until(lambda: dialog.awake_at is not None)
    await desk.wait(AWAKE)
    return dialog


async def share_as_new(desk: DeskInHand) -> PostDialog:
    """Share what is under the cursor as a new post, as far as its preview."""
    await desk.press("p")
    await desk.sees("Share it how?")
    await desk.press("enter")
    return await previewed(desk)


async def test_a_hashtag_is_looked_up_and_a_find_shared_as_a_new_post_which_both_desks_see(tmp_path: Path) -> None:
    networks = Networks()
    networks.find("Exit tickets on paper")
    async with a_chat(tmp_path, networks, ANA) as (live, ana, _), desk_on(live, "Ben") as ben:
        await looked_up(ana, "#PBL")
        await ana.sees("Exit tickets on paper")
        await ana.sees("1 post for #PBL")
        await share_as_new(ana)
        await ana.sees("via @jo@other.example")
        await ana.press("enter")
        await ana.sees("In this chat: shared 7:09 by Ana on mastodon:school.example:")
        await ana.sees("https://school.example/@ana/")
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
        await ana.sees("What is public stays so: delete the post on mastodon, as @ana@school.example.")
        await ana.sees("https://school.example/@ana/117020593741189701")
        assert ana.model.state.shares
        assert [type(event) for event in live.session.durable.acts if isinstance(event, (LookedUp, PostShared))]


async def test_the_empty_pane_and_the_foot_tell_what_to_do_where_one_is(tmp_path: Path) -> None:
    networks = Networks()
    async with a_chat(tmp_path, networks, ANA, ANA_SKY, size=(80, 24)) as (_live, ana, _):
        networks.looking.clear()
        dialog = await looked_up(ana, "@nobody")
        await ana.sees("Esc Stop")
        networks.looking.set()
        await ana.sees("Try other words, or another network above.")
        shown = " ".join(" ".join(ana.lines()).replace("│", " ").split())
        assert "bluesky: refused: @nobody: Record not found." in shown, "whole, however narrow the window is"
        await ana.sees("Enter Look up  Esc Close")
        networks.find("Exit tickets on paper")
        await look_again(ana, dialog, "#PBL")
        await ana.sees("Enter Open  p Share  c Copy  o Address  / Look up  Esc Close")
        await ana.press("slash")
        await ana.sees("Enter Look up  Esc Close")
    async with a_chat(tmp_path / "new", networks, ANA) as (_live, ana, _):
        await ana.press("k")
        await ana.sees("What is found comes here.")


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
        await ana.sees("taken back: You copied a find by Jo Lee to share it")


async def test_a_find_is_boosted_once_seen_with_whose_account(tmp_path: Path) -> None:
    networks = Networks()
    networks.find("Exit tickets on paper", uri="https://other.example/users/jo/statuses/900")
    async with a_chat(tmp_path, networks, ANA) as (_live, ana, _):
        await looked_up(ana, "#PBL")
        await ana.sees("1 post for #PBL")
        await ana.press("p")
        await ana.sees("Share it how?")
        await ana.press("down", "down", "enter")
        await ana.sees("Boost the post of Jo Lee?")
        await ana.sees("By @ana@school.example.")
        await ana.press("right", "enter")
        await ana.sees("In this chat: shared 7:09 by Ana")
        assert len(networks.boosts) == 1
        (shared,) = ana.model.state.shares.values()
        assert shared.how == "boost"


async def test_nobody_shares_a_find_twice_to_one_network(tmp_path: Path) -> None:
    networks = Networks()
    networks.find("Exit tickets on paper")
    async with (
        a_chat(tmp_path, networks, ANA) as (live, ana, _),
        desk_on(live, "Ben", posting_accounts=networks.posting_accounts(ANA)) as ben,
    ):
        for desk in (ana, ben):
            await looked_up(desk, "#PBL")
            await desk.sees("1 post for #PBL")
        await share_as_new(ana)
        await ana.press("enter")
        await ben.sees("×1 share")
        await ben.press("p")
        await ben.sees("Share it how?")
        await ben.press("enter")
        await ben.until(lambda: isinstance(ben.app.screen, AskDialog | PostDialog))
        if isinstance(ben.app.screen, AskDialog):  # Ben's desk need not know yet that Ana has done with it
            await ben.press("enter")
        await previewed(ben)
        await ben.sees("posted 7:09 by Ana")
        await ben.press("enter")
        await ben.sees("Choose at least one network.")
        assert len(networks.public) == 1


async def test_elsewhere_the_handle_mentions_nobody(tmp_path: Path) -> None:
    networks = Networks()
    networks.find("Exit tickets for @kim and all")
    async with a_chat(tmp_path, networks, ANA, ANA_SKY) as (_live, ana, _):
        await looked_up(ana, "#PBL")
        await ana.sees("1 post for #PBL")
        await share_as_new(ana)
        await ana.press("enter")
        await ana.until(lambda: len(networks.public) == 2)
        words = "“Exit tickets for kim and all” via {} https://other.example/@jo/900 #navasotaisd"
        assert sorted(networks.public) == [
            ("bluesky", words.format("Jo Lee on Mastodon")), ("mastodon", words.format("@jo@other.example")),
        ]  # fmt: skip


async def test_more_pages_come_by_a_key_and_nothing_twice(tmp_path: Path) -> None:
    networks = Networks()
    networks.find(*(f"Find number {number}" for number in range(60)), created_at="2025-11-05T15:00:00.000Z")
    async with a_chat(tmp_path, networks, ANA) as (_live, ana, _):
        await looked_up(ana, "#PBL")
        await ana.sees("40 posts for #PBL")
        await ana.sees("+ More")
        await ana.press("plus")
        await ana.sees("60 posts for #PBL")
        await ana.press("plus")
        await ana.sees("There is no more.")
        assert len(ana.model.state.lookups) == 1


async def test_all_of_it_is_done_with_the_mouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "no clipboard of this computer")
    networks = Networks()
    numbers = [f"Find number {number}" for number in range(60)]
    networks.find(*numbers, "Exit tickets on paper", created_at="2025-11-05T15:00:00.000Z")
    async with a_chat(tmp_path, networks, ANA) as (_live, ana, _):
        dialog = await looked_up(ana, "#PBL")
        await ana.sees("40 posts for #PBL")
        await ana.click("+ More")
        await ana.sees("61 posts for #PBL")
        latest = dialog.post
        await ana.click("Find number 57")
        await ana.until(lambda: dialog.post is not latest)
        chosen = dialog.post
        assert chosen is not None
        await ana.click("Enter Open")
        await ana.until(lambda: isinstance(ana.app.screen, FoundPostDialog))
        await ana.sees(chosen.text)
        await ana.click("Esc Close")
        await ana.until(lambda: ana.app.screen is dialog)
        await ana.click("p Share")
        await ana.sees("Share it how?")
        await ana.press("escape")
        await ana.until(lambda: ana.app.screen is dialog)
        box = dialog.query_one("#at-0", Checkbox)
        await ana.pilot.click(box)
        await ana.until(lambda: not box.value)
        await ana.click("/ Look up")
        await ana.until(lambda: dialog.query_one("#what", Input).has_focus)
        await ana.click("Esc Close")
        await ana.until(lambda: ana.app.screen is ana.screen)


async def test_escape_stops_a_look_up_and_then_closes(tmp_path: Path) -> None:
    networks = Networks()
    networks.find("Exit tickets on paper")
    networks.looking.clear()
    async with a_chat(tmp_path, networks, ANA) as (_live, ana, _):
        await looked_up(ana, "#PBL")
        await ana.sees("Looking … Esc stops it.")
        await ana.press("escape")
        await ana.sees("Stopped.")
        await ana.press("escape")
        await ana.until(lambda: ana.app.screen is ana.screen)
        assert not ana.model.state.lookups


async def test_what_a_network_does_not_give_is_told_and_the_others_stay(tmp_path: Path) -> None:
    networks = Networks()
    networks.find("Exit tickets on paper")
    async with a_chat(tmp_path, networks, ANA) as (_live, ana, _):
        dialog = await looked_up(ana, "exit tickets")
        await ana.sees("bluesky: needs a sign-in for words: `lunchroom login bluesky`")
        await look_again(ana, dialog, "#PBL")
        await ana.sees("1 post for #PBL · bluesky: needs a sign-in for hashtags")


async def test_in_a_narrow_window_too_each_network_tells_the_whole_reason(tmp_path: Path) -> None:
    networks = Networks()
    networks.find("Exit tickets on paper")
    async with a_chat(tmp_path, networks, ANA) as (_live, ana, _):
        await ana.pilot.resize_terminal(80, 24)
        await looked_up(ana, "exit tickets")
        status = ana.app.screen.query_one(ToldLines)
        await ana.until(lambda: status.size.height == 2)
        told = "1 post for exit tickets · bluesky: needs a sign-in for words: `lunchroom login bluesky`"
        assert told in str(status.render())
        await ana.sees("bluesky`")


async def test_what_x_costs_is_seen_before_agreed_to_and_counted_for_both(tmp_path: Path) -> None:
    networks = Networks()
    plan = a_plan(sources=("mastodon:school.example",), ceiling=0.22)
    async with a_chat(tmp_path, networks, APP, plan=plan) as (live, ana, _), desk_on(live, "Ben") as ben:
        await ana.press("k")
        await ana.sees("x  signed in · a page costs up to $0.20, $0.00 of $0.22 spent")
        dialog = ana.app.screen
        assert isinstance(dialog, LookUpDialog)
        box = next(one for one in dialog.query("MarkedCheckbox") if "x" in str(one.label).split()[:1])
        assert not box.value
        box.value = True
        dialog.query_one("#what", Input).value = "#devchat"
        await ana.pilot.press("enter")
        await ana.sees("It costs up to $0.20, by your sign-in. $0.00 of $0.22 is spent in")
        assert "GET /2/tweets/search/recent" not in networks.asked
        networks.looking.clear()
        await ana.press("right", "enter")
        await ben.knows(lambda model: model.state.spent_on("x") == 200)
        cem = await live.join("Cem")
        answer = await cem.do("reserve_spending", source="x", key="key-of-cem", most=200)
        assert answer.status_code == 409, "while a page is on its way another desk cannot pay for one"
        networks.looking.set()
        await ben.knows(lambda model: model.state.lookups and not model.state.reserved)
        spent = ben.model.state.spent_on("x")
        assert spent == ben.model.state.spent() == next(one.spent for one in ben.model.state.lookups if one.spent)
        await ana.sees("for #devchat")
        await look_again(ana, dialog, "#devchat")
        await ana.sees("a page costs up to $0.20; S allows more")
        assert networks.asked.count("GET /2/tweets/search/recent") == 1


async def test_in_a_rehearsal_nothing_is_sent_and_it_says_so(tmp_path: Path) -> None:
    networks = Networks()
    networks.find("Exit tickets on paper")
    plan = a_plan(sources=("mastodon:school.example",))
    async with a_chat(tmp_path, networks, ANA, plan=plan, source=Feed(rehearsal=True)) as (_live, ana, _):
        await looked_up(ana, "#PBL")
        await ana.sees("1 post for #PBL")
        await ana.press("p")
        await ana.sees("Share it how?  (rehearsal: nothing is sent)")
        await ana.press("enter")
        await previewed(ana)
        await ana.press("enter")
        await ana.knows(lambda model: model.state.shares)
        (shared,) = ana.model.state.shares.values()
        assert (shared.stands, shared.source) == ("rehearsed", "practice")
        await ana.sees("In this chat: rehearsed")
        assert networks.public == []
        await ana.press("escape", "u")
        await ana.knows(lambda model: not model.state.shares)


async def test_who_looks_on_looks_nothing_up_and_learns_nothing_of_it(tmp_path: Path) -> None:
    networks = Networks()
    networks.find("Exit tickets on paper")
    async with a_chat(tmp_path, networks) as (live, ana, _), desk_on(live, "Cy", observer=True) as cy:
        await cy.press("k")
        await cy.sees("You are looking on: only moderators can do that.")
        await looked_up(ana, "#PBL")
        await ana.knows(lambda model: model.state.lookups)
        await cy.knows(lambda model: model.state.open == "q1")
        assert not cy.model.state.lookups


async def test_a_hostile_find_is_words_and_no_more(tmp_path: Path) -> None:
    networks = Networks()
    networks.find(
        "[@click=app.quit]x[/] \x1b]0;gone\x07 &#8238;txet", name="[red]Jo[/]", handle="jo@other.example",
        url="javascript:alert(1)", spoiler_text="[b]careful",
    )  # fmt: skip
    async with a_chat(tmp_path, networks) as (_live, ana, _):
        await looked_up(ana, "#PBL")
        await ana.sees("[[b]careful] Enter shows it")
        await ana.press("enter", "enter")
        await ana.sees("[@click=app.quit]x[/]")
        assert not any("\x1b" in line or "\u202e" in line for line in ana.lines())
        await ana.press("c")
        await ana.sees("[@click=app.quit]x[/]")


async def test_a_public_share_is_refused_to_be_undone_with_how_to_remove_it(tmp_path: Path) -> None:
    networks = Networks()
    networks.find("Exit tickets on paper")
    async with a_chat(tmp_path, networks, ANA) as (_live, ana, _):
        await looked_up(ana, "#PBL")
        await ana.sees("1 post for #PBL")
        await share_as_new(ana)
        await ana.press("enter")
        await ana.sees("In this chat: shared 7:09 by Ana")
        (seq,) = ana.model.state.shares
        await ana.press("escape")
        await ana.until(lambda: ana.app.screen is ana.screen)
        ana.screen.send(Undo(id="undo-it", seq=seq))
        await ana.sees("! What is public stays so: delete the post on mastodon, as @ana@school.example: https://school")
        assert seq in ana.model.state.shares
