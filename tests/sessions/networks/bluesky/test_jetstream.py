"""The stream of all posts: ours are picked out of it once each, over real sockets that break at any place."""

import email.utils
import json
import random
from collections.abc import AsyncIterator

import httpx
import msgspec
import pytest

from sessions.hub.process.sources import open_source
from sessions.networks.bluesky.reading.jetstream import SERVERS, JetstreamSource
from sessions.networks.bluesky.reading.reader import BlueskySource
from sessions.networks.source import ResumePoint, SourceError
from tests.sessions.networks.bluesky.jetstream import (
    BASE,
    Jetstream,
    created,
    deleted,
    hearing,
    html,
    recorded_events,
    serving,
    source_of,
    until,
)
from tests.sessions.networks.fakes import make_plan

ANA = "did:plc:ana"
MARK = created("mark", "the end #devchat", time_us=BASE + 50_000_000)
TEXTS = [
    "Q1: What was your first program? 🤖 #devchat",
    "A1 née «Salut» 👩‍👩‍👧‍👦 @modhost.test #devchat #Retro https://example.com/a/long/path",
    "A1 hidden tag only in the tags field",
    "quoting this #DEVCHAT",
    "Q2: Tabs or spaces? #devchat",
    "to be deleted #devchat",
    "fixed rkey #devchat",
    "the end #devchat",
]


@pytest.fixture
async def server() -> AsyncIterator[Jetstream]:
    async with serving() as made:
        yield made


async def test_the_recorded_stream(server: Jetstream) -> None:
    server.events += [*recorded_events(), MARK]
    async with hearing(server) as run:
        await until(run, lambda: TEXTS[-1] in [post.text for post in run.new])
        assert [post.text for post in run.new] == TEXTS
        assert [post.author.handle for post in run.new][:3] == ["modhost.test", "alice.test", "bob.test"]
        assert [edit.text for edit in run.edited] == ["fixed rkey #devchat put"]
        assert [uri.rpartition("/")[2] for uri in run.removed] == ["3n2uhkvk2ks2o", "3n2zzzzzzzz22"]
        assert server.wanted == ["app.bsky.feed.post"]
        assert run.statuses[-1] == "ok"


@pytest.mark.parametrize("seed", range(6))
async def test_connections_that_break_anywhere_lose_and_double_nothing(server: Jetstream, seed: int) -> None:
    chance = random.Random(seed)
    server.cuts = [chance.randint(1, 9) for _ in range(30)]  # what is heard again after a cut are three events
    server.cuts = [max(cut, 4) for cut in server.cuts]
    server.events += [*recorded_events(), MARK]
    async with hearing(server) as run:
        await until(run, lambda: TEXTS[-1] in [post.text for post in run.new])
        assert [post.text for post in run.new] == TEXTS
        assert len(run.removed) == 2
        assert len(server.cursors) > 3
        assert server.cursors == sorted(cursor for cursor in server.cursors if cursor is not None)
        resumed = int(run.cursor or 0)
    again = source_of(server)
    async with hearing(server, run.resume(), source=again) as run:
        await server.tell(created("later", "later #devchat", time_us=BASE + 55_000_000))
        await until(run, lambda: bool(run.uris))
        assert [post.text for post in run.new] == ["later #devchat"]
        assert server.cursors[-1] == resumed - 5_000_000


async def test_the_first_reading_begins_a_quarter_hour_before_the_start(server: Jetstream) -> None:
    await server.tell(MARK)
    async with hearing(server) as run:
        await until(run, lambda: bool(run.uris))
        assert server.cursors == [BASE - 15 * 60 * 1_000_000 - 5_000_000]


async def test_answers_to_the_question_need_no_hashtag_also_those_that_came_before_it_was_asked(
    server: Jetstream,
) -> None:
    question = f"at://{ANA}/app.bsky.feed.post/q"

    def to(uri: str) -> dict[str, object]:
        return {"root": {"uri": question, "cid": "c"}, "parent": {"uri": uri, "cid": "c"}}

    await server.tell(created("q", "Q1 #devchat"))
    async with hearing(server) as run:
        await until(run, lambda: run.uris == [question])
        await server.tell(
            created("early", "too quick", reply=to(question)),
            created("other", "elsewhere", reply={"root": {"uri": "at://x/y/z"}, "parent": {"uri": "at://x/y/z"}}),
            created("taken", "taken back", reply=to(question)),
            deleted("taken"),
            created("mark", "#devchat"),
        )
        await until(run, lambda: len(run.uris) == 2)
        assert [post.text for post in run.new] == ["Q1 #devchat", "#devchat"]
        run.ask("q1", question)
        await until(run, lambda: len(run.uris) == 3)
        await server.tell(created("late", "and more", reply=to(f"at://{ANA}/app.bsky.feed.post/early")))
        await until(run, lambda: len(run.uris) == 4)
        assert [post.text for post in run.new][2:] == ["too quick", "and more"]


async def test_an_account_that_goes_takes_its_posts_along(server: Jetstream) -> None:
    gone = {"did": ANA, "time_us": BASE, "kind": "account"}
    await server.tell(created("one", "one #devchat"), created("two", "two #devchat", by="did:plc:ben"))
    async with hearing(server) as run:
        await until(run, lambda: len(run.uris) == 2)
        await server.tell(
            {**gone, "account": {"active": False, "status": "throttled"}},
            {**gone, "account": {"active": False, "status": "deactivated"}},
            deleted("never-seen"),
            created("three", "three #devchat", by="did:plc:ben"),
        )
        await until(run, lambda: len(run.uris) == 3)
        assert run.removed == [f"at://{ANA}/app.bsky.feed.post/one"]


async def test_frames_that_make_no_sense_and_those_of_version_2_disturb_nothing(server: Jetstream) -> None:
    big = created("big", f"#devchat {'x' * 300_000}")
    await server.tell(
        "no json",
        "[" * 100_000,
        '{"kind": "commit", "commit": 5}',
        {"did": ANA, "time_us": BASE, "kind": "sync", "cursor": 17, "sync": {}},
        {**created("bad", "x"), "commit": {"operation": "create", "collection": "app.bsky.feed.post", "record": []}},
        {**created("two", "version 2 #devchat"), "cursor": 18, "live": True},
        {**big, "time_us": 9 * 10**18},
    )
    async with hearing(server) as run:
        await until(run, lambda: len(run.uris) == 2)
        assert run.new[0].text == "version 2 #devchat"
        assert len(run.new[1].text) == 5_000
        assert int(run.cursor or 0) == BASE + 60_000_000, "a time in the future is the present"


async def test_an_event_without_an_end_is_given_up(server: Jetstream) -> None:
    await server.tell(created("one", "one #devchat"), "x" * 5_000_000)
    async with hearing(server) as run:
        await until(run, lambda: bool(run.uris))
        await server.connected(3)
        assert run.uris == [f"at://{ANA}/app.bsky.feed.post/one"]


async def test_a_binary_frame_ends_the_connection_and_the_next_goes_on(server: Jetstream) -> None:
    await server.tell(created("one", "one #devchat"), b"\x00", created("two", "two #devchat"))
    server.cuts = [9]
    async with hearing(server) as run:
        await server.connected(3)
        assert [post.text for post in run.new] == ["one #devchat"]


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (429, "waiting 60 s: rate limit"),
        (503, "gives no stream (503), trying again"),
        (403, "gives no stream (403), trying again"),
    ],
)
async def test_a_stream_that_is_refused_says_so_and_is_tried_again(server: Jetstream, status: int, told: str) -> None:
    server.refusals.append(html(status))
    await server.tell(MARK)
    async with hearing(server) as run:
        await until(run, lambda: bool(run.uris))
        assert told in "\n".join(run.statuses)
        assert run.statuses[-1] == "ok"
        assert server.cursors[0] == server.cursors[1]


async def test_a_place_that_the_server_does_not_know_is_not_asked_for_again(server: Jetstream) -> None:
    """It goes on with what comes now, and not with all that the server has, some 36 hours, which 0 would mean."""
    server.refusals.append(html(400))
    await server.tell(created("before", "before #devchat"))
    async with hearing(server) as run:
        await server.connected(2)
        assert server.cursors[1] is None
        assert "does not have what was missed, trying again" in "\n".join(run.statuses)
        await server.tell(created("now", "now #devchat"))
        await until(run, lambda: bool(run.uris))
        assert [post.text for post in run.new] == ["now #devchat"]


async def test_a_server_that_cannot_be_reached_says_so() -> None:
    nobody = Jetstream()
    nobody.port = 1
    async with hearing(nobody) as run:
        await until(run, lambda: "the stream broke off, trying again" in run.statuses)


async def test_handles_are_asked_for_in_batches_once_each_and_change_when_told(server: Jetstream) -> None:
    dids = [f"did:plc:{number:03}" for number in range(60)]
    await server.tell(*(created(did, "#devchat", by=did) for did in dids), *(created("x", "#devchat", by=dids[0]),))
    async with hearing(server) as run:
        await until(run, lambda: len(run.uris) == 61)
        assert sorted(did for batch in server.profiles for did in batch) == dids
        assert max(len(batch) for batch in server.profiles) <= 25
        renamed = {"did": dids[0], "time_us": BASE, "kind": "identity", "identity": {"handle": "New.Name.org"}}
        await server.tell(renamed, created("y", "#devchat", by=dids[0]))
        await until(run, lambda: len(run.uris) == 62)
        assert run.new[-1].author.handle == "new.name.org"


async def test_posts_go_without_handles_when_nobody_gives_them(server: Jetstream) -> None:
    server.unknown = [httpx.ConnectError("no"), httpx.Response(502), httpx.Response(503)]
    await server.tell(MARK)
    async with hearing(server) as run:
        await until(run, lambda: bool(run.uris))
        assert (run.new[0].author.id, run.new[0].author.handle) == (f"bluesky:{ANA}", "")
        assert len(server.profiles) == 3


async def test_where_the_appview_is_blocked_no_post_waits_for_it(server: Jetstream) -> None:
    """A school's proxy that answers 403 will do so in five minutes, too."""
    server.unknown = [httpx.Response(403, html="no") for _ in range(9)]
    async with hearing(server) as run:
        for number in range(5):
            await server.tell(created(str(number), f"{number} #devchat", by=f"did:plc:{number}"))
            await until(run, lambda: len(run.uris) == number + 1)  # noqa: B023 - awaited here
        assert len(server.profiles) == 5
        assert {post.author.handle for post in run.new} == {""}


async def test_what_a_stranger_nests_without_an_end_costs_that_post_at_most(server: Jetstream) -> None:
    """The next reading hears it again, so that it must not end the reading: the chat would never come past it."""
    for depth in (3, 300, 3_000, 100_000):
        frame = json.dumps(created(str(depth), f"{depth} #devchat", embed="EMBED"))
        await server.tell(frame.replace('"EMBED"', '{"media":' * depth + "{}" + "}" * depth))
    await server.tell(MARK)
    async with hearing(server) as run:
        await until(run, lambda: TEXTS[-1] in [post.text for post in run.new])
        assert [post.text for post in run.new][:2] == ["3 #devchat", "300 #devchat"]


async def test_labels_of_an_account_fold_its_posts(server: Jetstream) -> None:
    server.unknown = [
        httpx.Response(200, json={"profiles": [{"did": ANA, "handle": "a.b", "labels": [{"val": "spam"}]}]})
    ]
    await server.tell(MARK)
    async with hearing(server) as run:
        await until(run, lambda: bool(run.uris))
        assert run.new[0].warning == "spam"


async def test_what_was_missed_is_told_as_catching_up(server: Jetstream) -> None:
    await server.tell(created("old", "old #devchat", time_us=BASE))
    async with hearing(server) as run:
        await until(run, lambda: "catching up" in run.statuses)
        await server.tell(created("new", "new #devchat", time_us=BASE + 59_000_000))
        await until(run, lambda: run.statuses[-1] == "ok")


async def test_how_far_it_heard_is_noted_though_nothing_of_the_chat_comes(server: Jetstream) -> None:
    later = BASE // 1000 + 400_000
    await server.tell(created("x", "nothing of ours", time_us=later * 1000))
    async with hearing(server, source=source_of(server, now=lambda: later)) as run:
        await until(run, lambda: run.cursor is not None)
        assert run.cursor == str(later * 1000)


@pytest.mark.parametrize(("cursor", "begins"), [("17", 17), ("1795310861000000", BASE - 5_000_000), ("0", None)])
async def test_cursors_of_both_versions_are_taken(server: Jetstream, cursor: str, begins: int | None) -> None:
    await server.tell(MARK)
    async with hearing(server, ResumePoint(cursor=cursor)) as run:
        await until(run, lambda: bool(run.uris))
        assert server.cursors[0] == (begins if begins is not None else BASE - 905_000_000)


@pytest.mark.parametrize("minutes", [-20, -3, 1, 3, 20])
async def test_a_clock_that_is_wrong_asks_for_the_right_moment_and_dates_posts_by_itself(minutes: int) -> None:
    right, ahead = BASE // 1000 + 60_000, minutes * 60_000
    plan = msgspec.structs.replace(make_plan(), hashtags=("devchat",), starts_at=right + ahead)  # now, by that clock
    async with serving(email.utils.formatdate(right / 1000, usegmt=True)) as server:
        await server.tell(created("a", "A1 soon #devchat", time_us=BASE, createdAt="2026-11-22T01:27:41Z"))
        source = JetstreamSource(
            f"bluesky:jetstream:localhost:{server.port}", plan, transport=source_of(server)._transport,
            now=lambda: right + ahead,
        )  # fmt: skip
        async with hearing(server, source=source) as run:
            await until(run, lambda: bool(run.uris))
            assert 0 <= run.new[0].posted_at - BASE // 1000 - ahead < 2_000
            await server.tell(created("b", "A1 now #devchat", time_us=right * 1000))
            await until(run, lambda: len(run.uris) == 2 and run.statuses[-1].startswith("ok, clock"))


def test_what_a_plan_may_name() -> None:
    plan = make_plan()
    assert isinstance(open_source("bluesky", plan), BlueskySource)
    stream = open_source("bluesky:jetstream", plan)
    assert isinstance(stream, JetstreamSource)
    assert stream.servers == SERVERS
    own = open_source("bluesky:jetstream:stream.example.org", plan)
    assert isinstance(own, JetstreamSource)
    assert own.servers == ("stream.example.org",)
    for wrong in ("bluesky:me", "bluesky:jetstream:", "bluesky:jetstream:a b", "bluesky:jetstream:http://x"):
        with pytest.raises(SourceError):
            open_source(wrong, plan)


@pytest.mark.parametrize("refused", [False, True])
async def test_what_it_does_not_keep_any_more_is_told_with_its_days(server: Jetstream, refused: bool) -> None:
    hour = 3_600_000_000
    now = BASE + 72 * hour
    if refused:
        server.refusals = [html(400)]
    server.events += [] if refused else [created("kept", "kept #devchat", time_us=BASE + 40 * hour)]
    source = source_of(server, now=lambda: now // 1000)
    async with hearing(server, ResumePoint(str(BASE)), source=source) as run:
        if refused:
            await server.connected(2)
            await server.tell(created("kept", "kept #devchat", time_us=now))
        await until(run, lambda: bool(run.uris))
    (told,) = run.deliveries[-1].details
    between = "Sat, Nov 21, 7:27 PM, and " + ("Tue, Nov 24, 7:27 PM" if refused else "Mon, Nov 23, 11:27 AM")
    assert told.startswith(f"Jetstream keeps a day and a half. What was posted between {between}, is missing: add it")


async def test_a_quiet_server_that_keeps_everything_has_lost_nothing(server: Jetstream) -> None:
    hour = 3_600_000_000
    server.events += [created("first", "no tag", time_us=BASE + 60_000_000)]
    server.events += [created("kept", "kept #devchat", time_us=BASE + 40 * hour)]
    source = source_of(server, now=lambda: (BASE + 72 * hour) // 1000)
    async with hearing(server, ResumePoint(str(BASE)), source=source) as run:
        await until(run, lambda: bool(run.uris))
    assert run.deliveries[-1].details == ()
