"""A defect in our own decide, evolve or judge costs one command or one post; the hub logs it and lives on."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sessions.core import commands as c
from sessions.core import events as e
from sessions.core.commands.deciding import DECIDERS
from sessions.core.evolve import ROWS, fold
from sessions.core.posts import Author, Post
from sessions.hub.client.client import HubClient, Invite, Refusal
from sessions.library.storage.reading import read_events
from sessions.networks.source import Delivery, EditedPost, NewPost
from tests.sessions.core.building import START
from tests.sessions.hub.live import Desk, Feed, LiveHub, Patient, live_hub
from tests.waiting import until

DEFECT = {"error": "The hub has a defect; its log on the host's computer tells more."}


def unwell(_author: Author) -> bool:
    """Part of the judge: fails at one author."""
    if _author.handle == "odd":
        raise ZeroDivisionError("a judge that nobody thought of")
    return True


Failing = Callable[[type[Any]], None]


@pytest.fixture
def half_done(monkeypatch: pytest.MonkeyPatch) -> Failing:
    """Lets the handler of a command or an event do its work and then fail, where `poisonous` holds."""

    def poisoned(handler: Callable[..., Any]) -> Callable[..., Any]:
        def handle(state: Any, message: Any, *rest: Any) -> Any:
            done = handler(state, message, *rest)
            if poisonous(message):
                raise ZeroDivisionError("a handler that nobody thought of")
            return done

        return handle

    def fails(kind: type[Any]) -> None:
        if kind in ROWS:
            row = ROWS[kind]
            monkeypatch.setitem(ROWS, kind, row._replace(handle=poisoned(row.handle)))
        else:
            monkeypatch.setitem(DECIDERS, kind, poisoned(DECIDERS[kind]))

    return fails


def poisonous(message: Any) -> bool:
    """Whether a test means this command or event to fail."""
    words = message.post.text if isinstance(message, e.PostSeen) else message.text
    return "poison" in words


async def lives(live: LiveHub, desk: Desk) -> None:
    """The hub decides, folds and saves as if nothing had been: head, durable state and file are the same."""
    before = live.session.log.seq
    assert await desk.done("note", text="all is well") > before
    await live.session.drained()
    session = live.session
    stored = fold(read_events(live.file.path)).digest()
    assert session._head.digest() == session.durable.digest() == stored
    assert session.trouble is None


async def test_a_defect_in_decide_costs_that_command(
    tmp_path: Path, half_done: Failing, caplog: pytest.LogCaptureFixture
) -> None:
    half_done(c.Note)
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        seq = live.session.log.seq
        answer = await ana.do("note", text="poison")
        assert (answer.status_code, answer.json()) == (500, DEFECT)
        assert live.session.log.seq == seq
        assert "The command note (" in caplog.text
        assert "ZeroDivisionError" in caplog.text
        await lives(live, ana)


async def test_a_defect_in_evolve_costs_that_command_and_leaves_nothing_half_done(
    tmp_path: Path, half_done: Failing, caplog: pytest.LogCaptureFixture
) -> None:
    half_done(e.NoteAdded)
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        seq = live.session.log.seq
        answer = await ana.do("note", text="poison")
        assert (answer.status_code, answer.json()) == (500, DEFECT)
        assert not live.session._head.notes
        assert f"The event was {seq + 1}, note_added, by Ana." in caplog.text
        await lives(live, ana)


async def test_a_defect_in_undo_costs_that_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        note = await ana.done("note", text="hello")
        with monkeypatch.context() as broken:
            broken.setitem(ROWS, e.NoteAdded, ROWS[e.NoteAdded]._replace(restore=None))
            assert (await ana.do("undo", seq=note)).status_code == 500
        await lives(live, ana)
        await ana.done("undo", seq=note)
        assert note not in live.session.durable.notes


async def test_a_defect_in_judge_costs_the_command_that_asks_it(tmp_path: Path) -> None:
    async with live_hub(tmp_path, newcomer=lambda author: unwell(Author("", author.name.casefold()))) as live:
        ana = await live.join("Ana")
        answer = await ana.do("add_post", text="A1 chairs", author="Odd")
        assert (answer.status_code, answer.json()) == (500, DEFECT)
        await ana.done("add_post", text="A1 chairs", author="Even")
        await lives(live, ana)


async def test_a_defect_in_judge_costs_that_post_and_the_source_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed], newcomer=unwell) as live:
        ana = await live.join("Ana")
        odd = feed.post("A1: tables", "odd")
        well = feed.post("A1: rugs", "jim")
        await live.until(lambda session: well in session.durable.posts)
        assert odd not in live.session.durable.posts
        assert f"NewPost of {odd} from {feed.name} came to nothing" in caplog.text
        assert len(feed.resumes) == 1, "the source was read again"
        await lives(live, ana)


async def test_a_defect_in_evolve_costs_that_post_of_a_delivery_and_no_other(
    tmp_path: Path, half_done: Failing, caplog: pytest.LogCaptureFixture
) -> None:
    half_done(e.PostSeen)
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana = await live.join("Ana")
        before, odd, behind = (f"mastodon:{name}" for name in ("before", "odd", "behind"))
        posts = [(before, "A1: tables"), (odd, "A1: poison"), (behind, "A1: rugs")]
        items = tuple(NewPost(Post(name, Author("mastodon:1", "jim"), text, START)) for name, text in posts)
        feed.put(Delivery(items, cursor="7"))
        await live.until(lambda session: feed.name in session.durable.sources)
        assert list(live.session.durable.posts) == [before, behind]
        assert live.session.durable.sources[feed.name].cursor == "7"
        assert "post_seen, by the hub" in caplog.text
        await lives(live, ana)


async def test_what_was_decided_before_a_defect_and_is_not_saved_yet_stays(tmp_path: Path, half_done: Failing) -> None:
    half_done(e.NoteAdded)
    async with live_hub(tmp_path) as live:
        ana, ben = await live.join("Ana"), await live.join("Ben")
        session = live.session
        poison = c.Note(id="poison", text="poison")
        saved = [
            session.command(c.Ask(id="first", question="q1", seen=None), "Ana"),
            session.command(poison, "Ben"),
            session.command(c.AddTime(id="then", seconds=60), "Ana"),
        ]
        outcomes = await asyncio.gather(*saved, return_exceptions=True)
        assert [isinstance(outcome, int) for outcome in outcomes] == [True, False, True]
        assert session.durable.open == "q1"
        assert session.durable.timer is not None
        assert session.durable.timer.added == 60
        await lives(live, ben)
        await ana.done("hold")


async def test_the_client_gives_the_answer_to_its_desk_at_once(
    tmp_path: Path, half_done: Failing, caplog: pytest.LogCaptureFixture
) -> None:
    half_done(e.NoteAdded)
    async with live_hub(tmp_path) as live:
        client = HubClient(Invite(live.url, live.keys.token), transport=Patient())
        await client.join("Ana")
        assert await client.command(c.Note(id="1", text="poison")) == Refusal(DEFECT["error"])
        await client.aclose()
        assert caplog.text.count("came to nothing") == 1, "the command was tried again"


async def test_half_a_letter_from_a_source_costs_that_letter_and_not_the_saving(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana = await live.join("Ana")
        who = Author("toy:1\ud83d", "ana\udc00", "Ana \ud83d")
        post = Post(
            "toy:9\ud83d", who, "A1: half \ud83d of it", START, url="https://a.example/\ude00", tags=("a\ud83d",)
        )
        feed.put(Delivery((NewPost(post),), status="ok \ud83d", cursor="c\ud83d"))
        feed.put(Delivery((EditedPost("toy:9\ufffd", "A1: edited \udfff"),)))
        last = feed.post("A1: stations")
        await until(lambda: last in live.session.durable.posts)
        await lives(live, ana)
        saved = fold(read_events(live.file.path))
    assert saved.text("toy:9\ufffd") == "A1: edited \ufffd"
    assert saved.posts["toy:9\ufffd"].post.author == Author("toy:1\ufffd", "ana\ufffd", "Ana \ufffd")
    assert len(saved.posts) == 2
