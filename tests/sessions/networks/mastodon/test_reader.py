"""A hashtag read page by page: every post once, in order, and on from where it was; nothing that is not for all."""

import random

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.networks.source import EditedPost, ResumePoint
from tests.sessions.networks.fakes import START
from tests.sessions.networks.mastodon.ids import uris
from tests.sessions.networks.mastodon.server import Server, reading
from tests.sessions.networks.virtual_time import VirtualTime
from tests.thorough import examples

MINUTE = 60_000


# What came before the hub did


async def test_the_first_pages_go_back_to_15_minutes_before_the_start(server: Server) -> None:
    made = [server.post(at=START - 40 * MINUTE + number * 15_000) for number in range(160)]
    async with reading(server) as run:
        assert run.uris == uris(made[100:])
        assert run.status == "ok"
        assert len(server.requests("max_id")) == 2  # 60 posts belong to the chat; a page without one ends the search


async def test_an_old_post_among_new_ones_does_not_end_the_search(server: Server) -> None:
    """Some servers sort by arrival: somebody fetches a post of last year and it stands at the top."""
    made = [server.post() for _ in range(60)]
    made[20]["created_at"] = "2020-01-01T00:00:00Z"  # the last of the first page
    async with reading(server) as run:
        assert run.uris == uris(made[:20] + made[21:])


async def test_a_hub_that_opens_early_begins_with_its_own_opening(server: Server) -> None:
    server.time.at = START - 90 * MINUTE
    server.post("too early", at=START - 91 * MINUTE)
    server.post("in time")
    async with reading(server) as run:
        assert run.texts == ["in time"]


async def test_an_empty_hashtag_fills(server: Server) -> None:
    async with reading(server) as run:
        assert (run.posts, run.status) == ([], "ok")
        made = server.post()
        await server.time.go_on(13)
        assert run.uris == [made["uri"]]


# What comes


async def test_pages_of_what_is_newer_leave_no_gap(server: Server) -> None:
    made = [server.post()]
    async with reading(server) as run:
        made += [server.post() for _ in range(130)]
        await server.time.go_on(13)
        assert run.uris == uris(made)
        assert [one.status for one in run.deliveries if "catching up" in one.status] != []
        assert run.status == "ok"


async def test_a_poll_of_an_idle_hashtag_asks_one_page_each_12_seconds_and_the_newest_each_minute(
    server: Server,
) -> None:
    server.post()
    async with reading(server) as run:
        await server.time.go_on(120)
        assert len(server.requests("min_id")) == 10
        assert len(server.requests("timelines")) - 10 == 2 + 2 * 2  # the first pages, and twice the newest
        assert len(run.posts) == 1


@settings(max_examples=examples(15), deadline=None)
@given(st.data())
async def test_each_post_comes_once_whatever_comes_between_the_pages(data: st.DataObject) -> None:
    """New posts at any moment, also between two pages, and late ones of other servers that are sorted in below."""
    draw = random.Random(data.draw(st.integers(0, 10_000)))
    server = Server(VirtualTime())
    server.page = draw.choice([1, 20, 40])
    made, late = [server.post()], []
    asked = server._answer

    def answer(request: httpx.Request) -> httpx.Response:
        found = asked(request)
        if "timelines" in request.url.path and len(made) < 60:
            made.extend(server.post() for _ in range(draw.choice([0, 0, 1, 4])))
            if draw.random() < 0.2 and len(made) > 3 and server.page > 1:
                late.append(server.post(late=draw.randint(1, 3)))
        return found

    server._answer = answer  # type: ignore[method-assign]
    async with reading(server) as run:
        await server.time.go_on(900)
        assert len(run.uris) == len(set(run.uris))
        assert set(run.uris) == set(uris(made + late))
        in_time = set(uris(made))
        assert [uri for uri in run.uris if uri in in_time] == uris(made)


async def test_a_late_post_below_what_was_read_is_found_within_a_minute(server: Server) -> None:
    made = [server.post() for _ in range(5)]
    async with reading(server) as run:
        await server.time.go_on(5)
        late = server.post("from afar", late=3)
        await server.time.go_on(70)
        assert run.uris == [*uris(made), late["uri"]]


async def test_a_late_post_is_found_below_a_busy_minute(server: Server) -> None:
    async with reading(server) as run:
        server.post()
        await server.time.go_on(5)
        late = server.post("from afar", late=1)
        for _ in range(100):
            server.post()
        await server.time.go_on(80)
        assert late["uri"] in run.uris
        assert len(run.uris) == len(set(run.uris)) == 102


async def test_a_post_with_both_hashtags_is_one_post(server: Server) -> None:
    both = server.post("both", tags=("devchat", "edchat"))
    one, other = server.post("one"), server.post("other", tags=("edchat",))
    async with reading(server, tags=("devchat", "edchat")) as run:
        await server.time.go_on(130)
        assert sorted(run.uris) == sorted(uris([both, one, other]))


async def test_posts_that_are_not_for_all_are_never_shown(server: Server) -> None:
    server.post("for followers", visibility="private")
    server.post("for one", visibility="direct")
    server.post("here only", visibility="local")
    shown = server.post("for all")
    shared = server.post("shared", reblog={"id": "1"})
    async with reading(server) as run:
        await server.time.go_on(60)
        assert run.uris == [shown["uri"]]
        assert shared["uri"] not in run.uris


async def test_handles_have_the_name_of_the_accounts_which_may_be_another_than_the_server_s(server: Server) -> None:
    server.about["domain"] = "example.org"
    server.post(who="Ana")
    async with reading(server) as run:
        assert run.posts[0].author.handle == "ana@example.org"


# Where it goes on


async def test_it_goes_on_behind_the_cursor_and_fetches_what_was_missed(server: Server) -> None:
    first = [server.post() for _ in range(3)]
    async with reading(server) as run:
        cursor, known = run.cursor, {post.id for post in run.posts}
    missed = [server.post() for _ in range(90)]
    async with reading(server, resume=ResumePoint(cursor, known)) as run:
        assert run.uris == uris(missed)
        assert not set(uris(first)) & set(run.uris)


async def test_an_edit_that_was_missed_is_found_on_the_newest_page(server: Server) -> None:
    post = server.post("A1 frist")
    async with reading(server) as run:
        cursor, known = run.cursor, {post.id for post in run.posts}
    server.edit(post, "A1 first")
    async with reading(server, resume=ResumePoint(cursor, known)) as run:
        assert [(type(item), item.text) for item in run.items if isinstance(item, EditedPost)] == [
            (EditedPost, "A1 first")
        ]
        assert run.posts == []


@pytest.mark.parametrize("cursor", ["", "nonsense", '{"devchat":"1"}', '{"last":{"devchat":5}}', '{"since":"x"}'])
async def test_a_cursor_that_cannot_be_read_begins_again(server: Server, cursor: str) -> None:
    post = server.post()
    async with reading(server, resume=ResumePoint(cursor)) as run:
        assert run.uris == [post["uri"]]


async def test_a_hub_that_comes_back_before_the_start_misses_nothing_of_the_time_between(server: Server) -> None:
    server.time.at = START - 60 * MINUTE
    server.post()
    async with reading(server) as run:
        cursor = run.cursor
    between = server.post("while it was away", at=START - 55 * MINUTE)
    server.time.at = START - 50 * MINUTE
    async with reading(server, resume=ResumePoint(cursor)) as run:
        assert between["uri"] in run.uris


async def test_a_page_that_fails_half_way_is_read_again(server: Server) -> None:
    """The parent of one of its posts cannot be asked for: the page must not count as read."""
    parent = server.post("elsewhere", tags=())
    async with reading(server) as run:
        made = [server.post(), server.post("answer", reply_to=parent), server.post()]
        server.trouble[f"statuses/{parent['id']}"] = httpx.Response(500)
        await server.time.go_on(12.1)
        assert run.posts == []
        assert run.status == "the server has a problem (500), trying again"
        server.trouble.clear()
        await server.time.go_on(30)
        assert run.uris == uris(made)
        assert run.posts[1].reply_to == f"mastodon:{parent['uri']}"


async def test_a_parent_that_always_fails_does_not_stop_the_chat(server: Server) -> None:
    parent = server.post("elsewhere", tags=())
    server.trouble[f"statuses/{parent['id']}"] = httpx.Response(500)
    made = [server.post("answer", reply_to=parent), server.post()]
    async with reading(server) as run:
        await server.time.go_on(30)
        assert run.uris == uris(made)
        assert run.posts[0].reply_to is None
        assert run.status == "ok"
