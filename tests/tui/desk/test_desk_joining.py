"""Where a series moved to another network: who only seems new is asked once, and counts as back again."""

from pathlib import Path

from textual.widgets import Button

from sessions.core.events import AccountsJoined, PostSeen, SessionClosed
from sessions.core.evolve import fold
from sessions.core.posts import Author, Post
from sessions.library.library import Library
from sessions.library.people import read_people
from sessions.library.people_rebuild import note_session, rebuild_people
from sessions.networks.source import Delivery, NewPost
from tests.sessions.core.building import START, a_plan
from tests.sessions.hub.live import Feed, live_hub
from tests.sessions.hub.two_libraries import WEEK, a_chat, save
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.screen_text import widget_lines
from tui.desk.dialogs.join_accounts import JoinAccountsDialog
from tui.widgets.marked import MarkedCheckbox

NAMES = ("Merle Tansyfield", "Ana Lopez", "Tom Kay", "Kim", "Jo Doe", "Jo Doe")


def earlier(folder: Path) -> None:
    """A chat of the series a week before, on X; two of its people have one name."""
    chat = a_chat(1, closed=False)
    for number, name in enumerate(NAMES):
        post = Post(f"x:{number}", Author(f"x:{number}", f"on_x{number}", name), "A1: yes", START - WEEK)
        chat.hear(PostSeen, post=post, kind="answer", filed=None, newcomer=True)
    chat.hear(SessionClosed)
    save(folder, "aaaaaa", chat)
    rebuild_people(Library(folder))


async def arrive(feed: Feed, desk: DeskInHand) -> None:
    """Eight people come, all of whom seem new: five by names that are known."""
    names = (*NAMES[:5], "Ada Byron", "Bo Li", "Cy Young")
    posts = [
        Post(f"mastodon:{number}", Author(f"mastodon:{number}", f"m{number}@a.example", name), "Hello", START)
        for number, name in enumerate(names)
    ]
    feed.put(Delivery(tuple(map(NewPost, posts))))
    await desk.knows(lambda model: len(model.state.people) == len(names))


async def test_who_seems_new_is_asked_once_and_is_back_again(tmp_path: Path) -> None:
    earlier(tmp_path)
    feed = Feed()
    async with live_hub(tmp_path, plan=a_plan(), sources=[feed]) as live, desk_on(live, size=(160, 48)) as ana:
        await arrive(feed, ana)
        await ana.sees("Nearly all seem new, but 5 names are known from before. j joins them.")
        await ana.sees("5 known by name? j · People 8")
        roster = ana.screen.panes.roster
        await ana.pilot.click(roster, offset=(8, 0))
        await ana.until(lambda: isinstance(ana.app.screen, JoinAccountsDialog))
        dialog = ana.app.screen
        await ana.sees("Merle Tansyfield @m0@a.example is @on_x0 on x")
        ticked = [box.value for box in dialog.query(MarkedCheckbox)]
        assert ticked == [True, True, True, False, False, False]  # one word, and a name that two had
        await ana.press("escape")
        assert live.session.durable.joined is None
        await ana.press("j")
        await ana.until(lambda: isinstance(ana.app.screen, JoinAccountsDialog))
        await ana.press("space")
        await ana.sees("Join 2 people")
        ana.app.screen.query_one("#join", Button).press()
        await ana.sees("2 of the new ones are back again; u takes that back.")
        await ana.until(lambda: any("BACK AGAIN" in line for line in widget_lines(roster)))
        await ana.until(lambda: not any("known by name" in line for line in ana.lines()))
        assert sum(one.newcomer for one in live.session.durable.people.values()) == 6
        joined = next(event for event in live.session.log.events() if isinstance(event, AccountsJoined))
        assert len(joined.accounts) == 2
        person, account = joined.accounts[0]
        # what they post later does not make them new again, and the close joins them for good
        author = live.session.durable.people[person].author
        feed.put(Delivery((NewPost(Post("mastodon:99", author, "A1: again", START)),)))
        await live.until(lambda session: "mastodon:99" in session.durable.posts)
        assert not live.session.durable.people[person].newcomer
        await ana.press("u")
        await live.until(lambda session: session.durable.people[person].newcomer)
        desk = await live.join("Ben")
        await desk.done("join_accounts", accounts=[[person, account]])
        await ana.knows(lambda model: model.state.joined == {person: account})
        note_session(Library(tmp_path), live.session.id, live.session.log.events())
        known = read_people(tmp_path).find(account)
        assert set(known.ids) == {person, account}
        assert fold(live.session.log.events()).joined == {person: account}


async def test_nobody_is_remembered_and_few_names_are_not_asked(tmp_path: Path) -> None:
    earlier(tmp_path)
    feed = Feed()
    async with live_hub(tmp_path, plan=a_plan(), sources=[feed]) as live, desk_on(live, size=(100, 30)) as ana:
        await arrive(feed, ana)
        await ana.press("ctrl+p")
        await ana.type(*"joinaccounts")
        await ana.press("enter")
        await ana.until(lambda: isinstance(ana.app.screen, JoinAccountsDialog))
        await ana.sees("Join 3 people")
        for child in ana.app.screen.query(".frame, .frame > *"):
            assert ana.app.screen.region.contains_region(child.region), child
        await ana.pilot.click("#nobody")
        await ana.sees("They stay new, and you are not asked again.")
        assert live.session.durable.joined == {}
        await ana.until(lambda: not any("known by name" in line for line in ana.lines()))
