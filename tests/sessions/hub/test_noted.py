"""Where people teach: told of whoever comes, by the people.json of the chat's computer, to moderators alone."""

from pathlib import Path

from sessions.core.events import PersonTagged
from sessions.core.people import Account, PersonRecord
from sessions.core.posts import Author
from sessions.hub.server.newcomers import Newcomers
from sessions.hub.server.noted import Noted, noted_of, notes_of
from sessions.library.library import Library
from sessions.library.people import PeopleFile
from tests.sessions.hub.live import Feed, live_hub, seen
from tests.tui.desks import desk_on

OAK = Noted("Oak Hill", "3", ("maths",))


def record(account: Account, school: str = "Oak Hill") -> PersonRecord:
    """Somebody of a school with one account."""
    person = PersonRecord(accounts=[account], school=school, level="3", groups=("maths",), notes="late again")
    person.settle()
    return person


def test_somebody_is_known_by_id_by_handle_and_by_one_without_a_network() -> None:
    notes = notes_of([
        record(Account("mastodon:42", ("mastodon:tk@a.example",))),
        record(Account("", ("jim",)), "Elm"),
        record(Account("x:1", ("x:both",)), "One"),
        record(Account("x:2", ("x:both",)), "Two"),
        record(Account("x:3"), ""),
    ])  # fmt: skip
    assert noted_of(notes, Author("mastodon:42", "other")) == OAK
    assert noted_of(notes, Author("practice:mastodon:42")) == OAK
    assert noted_of(notes, Author("mastodon:43", "TK@a.example")) == OAK
    assert noted_of(notes, Author("bluesky:9", "jim")) == Noted("Elm", "3", ("maths",))
    assert noted_of(notes, Author("x:5", "both")) is None
    assert noted_of(notes, Author("x:2", "both")) == Noted("Two", "3", ("maths",))


def test_who_is_muted_for_good_or_in_no_recap_is_left_out() -> None:
    muted, silent = record(Account("mastodon:1"), ""), record(Account("mastodon:2"))
    muted.level, muted.groups, muted.muted, silent.recap = "", (), True, "no"
    notes = notes_of([muted, silent])
    assert noted_of(notes, Author("mastodon:1")) == Noted("", "", (), left_out=True)
    assert noted_of(notes, Author("mastodon:2")) == Noted("Oak Hill", "3", ("maths",), left_out=True)


async def test_nobody_waits_for_the_answer_of_who_is_left_out(tmp_path: Path) -> None:
    silent = record(Account("mastodon:@tomk"))
    silent.recap = "no"
    PeopleFile(tmp_path).change(lambda register: register.people.append(silent))
    library = Library(tmp_path)
    newcomers = Newcomers(library, library.earlier_people("navasotaisd"), started=0)
    feed = Feed()
    async with (
        live_hub(tmp_path, sources=[feed], newcomer=newcomers, noted=newcomers.noted) as live,
        desk_on(live, "Ana", size=(200, 60)) as ana,
    ):
        await ana.press("n", "enter")
        await seen(live, feed, "Hello", "tomk")
        await seen(live, feed, "Hi", "jim")
        await ana.sees("Q1 0 from 0 · not yet: Jim")
        desk = await live.join("Cy")
        await desk.done("tag", person="mastodon:@tomk", school="Elm")
        await ana.sees("Tomk · Elm, 3")
        assert ana.model.state.people["mastodon:@tomk"].left_out


async def test_both_desks_see_the_school_and_observers_do_not(tmp_path: Path) -> None:
    PeopleFile(tmp_path).change(lambda register: register.people.append(record(Account("mastodon:@tomk"))))
    library = Library(tmp_path)
    newcomers = Newcomers(library, library.earlier_people("navasotaisd"), started=0)
    feed = Feed()
    async with (
        live_hub(tmp_path, sources=[feed], newcomer=newcomers, noted=newcomers.noted) as live,
        desk_on(live, "Ana", size=(200, 60)) as ana,
        desk_on(live, "Ben", size=(80, 24)) as ben,
        desk_on(live, "Eve", observer=True) as eve,
    ):
        await seen(live, feed, "Hello", "tomk")
        await seen(live, feed, "Hello again", "tomk")
        await seen(live, feed, "Hi", "jim")
        await ana.sees("Tomk · Oak Hill, 3 @tomk")
        await ben.press("tab")
        await ben.sees("Tomk · Oak Hill, 3 @tomk")
        await eve.knows(lambda model: len(model.state.people) == 2)
        assert eve.model.state.people["mastodon:@tomk"].school == ""
        tags = [event for event in live.session.log.events() if isinstance(event, PersonTagged)]
        assert [(event.person, event.by, event.school, event.groups) for event in tags] == [
            ("mastodon:@tomk", None, "Oak Hill", ("maths",))
        ]
        # what a moderator says is on top of it, and what they take back brings it back
        desk = await live.join("Cy")
        await desk.done("tag", person="mastodon:@tomk", school="Elm")
        await ana.sees("Tomk · Elm, 3")
        await desk.done("undo", seq=live.session.durable.seq)
        await ana.sees("Tomk · Oak Hill, 3")
        PeopleFile(tmp_path).change(lambda register: register.people.append(record(Account("mastodon:@amy"))))
        newcomers.on_received(())
        await seen(live, feed, "Hey", "amy")
        await ana.sees("Amy · Oak Hill, 3")
