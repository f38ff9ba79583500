"""A hashtag read live: every post once, in order, from wherever it comes; nothing that is not for all."""

import random
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.sources.base import EditedPost, NewPost, RemovedPost, Resume
from tests.sessions.sources.fakes import START, make_plan
from tests.sessions.sources.mastodon.recorded import load
from tests.sessions.sources.mastodon.server import ANA, HOST, Server, as_json, reading
from tests.sessions.sources.virtual_time import VirtualTime

MINUTE = 60_000


@pytest.fixture
def server() -> Server:
    return Server(VirtualTime())


def uris(posts: list[dict[str, Any]]) -> list[str]:
    return [post["uri"] for post in posts]


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


@settings(max_examples=40, deadline=None)
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
    async with reading(server, resume=Resume(cursor, known)) as run:
        assert run.uris == uris(missed)
        assert not set(uris(first)) & set(run.uris)


async def test_an_edit_that_was_missed_is_found_on_the_newest_page(server: Server) -> None:
    post = server.post("A1 frist")
    async with reading(server) as run:
        cursor, known = run.cursor, {post.id for post in run.posts}
    server.edit(post, "A1 first")
    async with reading(server, resume=Resume(cursor, known)) as run:
        assert [(type(item), item.text) for item in run.items if isinstance(item, EditedPost)] == [
            (EditedPost, "A1 first")
        ]
        assert run.posts == []


@pytest.mark.parametrize("cursor", ["", "nonsense", '{"devchat":"1"}', '{"last":{"devchat":5}}', '{"since":"x"}'])
async def test_a_cursor_that_cannot_be_read_begins_again(server: Server, cursor: str) -> None:
    post = server.post()
    async with reading(server, resume=Resume(cursor)) as run:
        assert run.uris == [post["uri"]]


async def test_a_hub_that_comes_back_before_the_start_misses_nothing_of_the_time_between(server: Server) -> None:
    server.time.at = START - 60 * MINUTE
    server.post()
    async with reading(server) as run:
        cursor = run.cursor
    between = server.post("while it was away", at=START - 55 * MINUTE)
    server.time.at = START - 50 * MINUTE
    async with reading(server, resume=Resume(cursor)) as run:
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


# Replies


async def test_replies_name_their_parents_by_uri_also_those_without_the_hashtag(server: Server) -> None:
    elsewhere = server.post("without the hashtag", tags=())
    first = server.post("A1")
    server.post("to the first", reply_to=first)
    server.post("to what stands elsewhere", reply_to=elsewhere)
    server.post("to what is gone", reply_to={"id": "7"})
    async with reading(server) as run:
        parents = [post.reply_to for post in run.posts]
        assert parents == [None, f"mastodon:{first['uri']}", f"mastodon:{elsewhere['uri']}", None]
        assert elsewhere["uri"] not in run.uris
        server.post("again", reply_to={"id": "7"})
        await server.time.go_on(13)
        assert len(server.requests("statuses/7")) == 1  # what is gone is not asked for again


async def test_the_thread_of_the_open_question_brings_untagged_and_unlisted_replies(server: Server) -> None:
    question = server.post("Q1: why?")
    async with reading(server) as run:
        run.ask(question)
        untagged = server.post("because", tags=(), reply_to=question)
        unlisted = server.post("so", visibility="unlisted", reply_to=question)
        deeper = server.post("yes", tags=(), reply_to=untagged)
        server.post("secret", visibility="private", tags=(), reply_to=question)
        tagged = server.post("A1 both ways", reply_to=question)
        await server.time.go_on(40)
        assert sorted(run.uris) == sorted(uris([question, untagged, unlisted, deeper, tagged]))
        parents = {post.id.removeprefix("mastodon:"): post.reply_to for post in run.posts}
        assert parents[deeper["uri"]] == f"mastodon:{untagged['uri']}"


async def test_what_the_thread_brings_first_comes_behind_what_was_posted_before_it(server: Server) -> None:
    question = server.post("Q1: why?")
    async with reading(server) as run:
        run.ask(question)
        await server.time.go_on(13)  # the poll has been, the thread comes next
        made = [server.post("A1 so"), server.post("A1 because", reply_to=question), server.post("A1 well")]
        await server.time.go_on(2.5)
        assert run.uris == uris([question, *made])


async def test_answers_that_are_not_for_all_cost_nothing_more(server: Server) -> None:
    question = server.post("Q1: why?")
    async with reading(server) as run:
        server.post("secret", visibility="private", tags=(), reply_to=question)
        run.ask(question)
        await server.time.go_on(59)
        assert server.requests("min_id") == [0.0, 12.0, 24.0, 36.0, 48.0]
        assert len(server.requests("context")) >= 4


async def test_a_question_of_before_a_restart_is_found_by_its_uri(server: Server) -> None:
    question = server.post("Q1: why?", at=START - 10 * MINUTE)
    async with reading(server) as run:
        asked, cursor, known = run.posts[0], run.cursor, {post.id for post in run.posts}
    for _ in range(200):
        server.post()
    answer = server.post("because", tags=(), reply_to=question)
    async with reading(server, resume=Resume(cursor, known)) as run:
        run.deliveries.insert(0, run.deliveries[0].__class__((NewPost(asked),)))
        run.ask(question)
        await server.time.go_on(20)
        assert answer["uri"] in run.uris


async def test_a_question_that_was_removed_does_not_stop_the_other_s_thread(server: Server) -> None:
    first, second = server.post("Q1: why?"), server.post("Q2: how?")
    async with reading(server) as run:
        run.ask(first, "q1")
        run.ask(second, "q2")
        answer = server.post("late", tags=(), reply_to=first)
        server.remove(second)
        await server.time.go_on(40)
        assert answer["uri"] in run.uris


# Edits and removals


async def test_an_edit_is_seen_on_the_newest_page_and_told_once(server: Server) -> None:
    post = server.post("A1 frist")
    async with reading(server) as run:
        server.edit(post, "A1 first")
        await server.time.go_on(200)
        edits = [item for item in run.items if isinstance(item, EditedPost)]
        assert [(edit.id, edit.text) for edit in edits] == [(f"mastodon:{post['uri']}", "A1 first")]


async def test_a_post_that_left_the_page_is_removed_only_if_it_is_gone(server: Server) -> None:
    stays, goes, renamed = server.post(), server.post(), server.post()
    async with reading(server) as run:
        server.remove(goes)
        renamed["tags"] = []
        await server.time.go_on(200)
        assert [item.id for item in run.items if isinstance(item, RemovedPost)] == [f"mastodon:{goes['uri']}"]
        assert len(server.requests(f"statuses/{renamed['id']}")) == 1
        assert len(server.requests(f"statuses/{stays['id']}")) == 0


async def test_an_edit_and_a_removal_of_what_is_old_are_found_within_five_minutes(server: Server) -> None:
    """Without a stream, below all that is read again each minute."""
    edited, removed = server.post("A1 frist"), server.post()
    async with reading(server) as run:
        await server.time.go_on(600)
        for _ in range(90):
            server.post()
        server.edit(edited, "A1 first")
        server.remove(removed)
        await server.time.go_on(320)
        changes = [item for item in run.items if not isinstance(item, NewPost)]
        assert {type(item): item.id for item in changes} == {
            EditedPost: f"mastodon:{edited['uri']}", RemovedPost: f"mastodon:{removed['uri']}"
        }  # fmt: skip
        assert len(changes) == 2


async def test_a_removal_is_found_also_of_what_was_read_before_a_restart(server: Server) -> None:
    first = server.post()
    for _ in range(90):
        server.post()
    async with reading(server) as run:
        before = Resume(run.cursor, frozenset(post.id for post in run.posts))
    await server.time.go_on(900)
    async with reading(server, resume=before) as run:
        server.remove(first)
        await server.time.go_on(320)
        assert [item.id for item in run.items] == [f"mastodon:{first['uri']}"]


async def test_a_page_of_a_proxy_removes_nothing(server: Server) -> None:
    post = server.post()
    server.post()
    async with reading(server) as run:
        server.trouble[f"statuses/{post['id']}"] = httpx.Response(404, html="<h1>nginx</h1>")
        post["tags"] = []
        await server.time.go_on(100)
        assert [item for item in run.items if isinstance(item, RemovedPost)] == []


async def test_a_reply_that_left_the_thread_is_removed(server: Server) -> None:
    question = server.post("Q1: why?")
    async with reading(server) as run:
        run.ask(question)
        answer = server.post("oops", tags=(), reply_to=question)
        await server.time.go_on(20)
        server.remove(answer)
        await server.time.go_on(20)
        assert [item.id for item in run.items if isinstance(item, RemovedPost)] == [f"mastodon:{answer['uri']}"]


# The stream


async def test_the_stream_brings_posts_at_once_and_the_poll_slows_down_beside_it(server: Server) -> None:
    async with reading(server, account=ANA) as run:
        await server.time.go_on(1)
        post = server.post()
        server.stream("update", as_json(post))
        await server.time.settle()
        assert run.uris == [post["uri"]]
        await server.time.go_on(12)
        before = len(server.requests("timelines"))
        await server.time.go_on(89)
        assert len(server.requests("min_id=")) + len(server.requests("timelines")) > 0
        assert len(server.requests("timelines")) - before <= 5
        assert run.uris == [post["uri"]]


async def test_the_stream_is_asked_for_on_its_own_host_with_the_token_in_the_header(server: Server) -> None:
    async with reading(server, account=ANA):
        [(_, request)] = [one for one in server.asked if "streaming" in one[1].url.path]
        assert request.url.host == f"streaming.{HOST}"
        assert request.url.scheme == "https"
        assert "hidden-token" not in str(request.url)


async def test_what_came_while_no_stream_was_open_is_fetched_before_what_the_stream_brings(server: Server) -> None:
    server.post()
    async with reading(server, account=ANA) as run:
        await server.time.go_on(1)
        server.streams[-1].put(httpx.ReadTimeout("silence"))
        await server.time.settle()
        missed = [server.post() for _ in range(45)]
        await server.time.go_on(1.5)
        live = server.post()
        server.stream("update", as_json(live))
        await server.time.settle()
        assert run.uris[1:] == [*uris(missed), live["uri"]]


async def test_when_the_stream_dies_the_poll_is_as_fast_as_before(server: Server) -> None:
    async with reading(server, account=ANA) as run:
        server.stream("update", as_json(server.post()))
        await server.time.go_on(20)
        server.trouble["streaming"] = httpx.Response(404, json={"error": "Not Found"})
        server.streams[-1].put(None)
        await server.time.settle()
        begun = server.time.at
        posts = [server.post() for _ in range(1)]
        await server.time.go_on(13)
        assert posts[0]["uri"] in run.uris
        at = [moment * 1000 + START for moment in server.requests("min_id")]
        assert len([moment for moment in at if moment >= begun]) >= 2
        assert run.status == "ok"


@pytest.mark.parametrize("event", ["status.update", "status_update"])  # Mastodon's name and mastodon-mock's
async def test_the_stream_brings_edits_and_removals(server: Server, event: str) -> None:
    post = server.post("A1 frist")
    async with reading(server, account=ANA) as run:
        server.edit(post, "A1 first")
        server.stream(event, as_json(post))
        never_seen = server.post("the hashtag was added later", edited_at="2026-08-01T14:00:00Z")
        server.stream(event, as_json(never_seen))
        server.remove(post)
        server.stream("delete", post["id"])
        server.stream("delete", "4711")
        await server.time.settle()
        assert [type(item) for item in run.items] == [NewPost, EditedPost, NewPost, RemovedPost]
        await server.time.go_on(100)
        assert len(run.items) == 4


async def test_an_older_version_that_comes_later_changes_nothing(server: Server) -> None:
    post = server.post("A1 first")
    async with reading(server, account=ANA) as run:
        old = dict(post)
        server.edit(post, "A1 second")
        server.stream("status.update", as_json(post))
        server.stream("update", as_json(old))
        await server.time.settle()
        assert [item.text for item in run.items if isinstance(item, EditedPost)] == ["A1 second"]


async def test_the_recorded_stream_of_a_real_server_is_read(server: Server) -> None:
    recorded = load("m464_sse_user_stream")["body"]
    server.time.at = 1_785_648_317_000  # when it was recorded
    plan = msgspec.structs.replace(make_plan(), starts_at=server.time.now())
    async with reading(server, account=ANA, plan=plan) as run:
        body = recorded.encode()
        for place in range(0, len(body), 7):  # cut wherever a network cuts
            server.streams[-1].put(body[place : place + 7])
        await server.time.settle()
        assert [post.text for post in run.posts] == ["it's cool guy"]


async def test_what_a_stream_should_not_send_is_passed_over(server: Server) -> None:
    async with reading(server, account=ANA) as run:
        for event, data in [
            ("update", "not json"), ("update", '{"id": 1}'), ("update", "[" * 5000), ("delete", ""), ("delete", '{"x"'),
            ("filters_changed", ""), ("announcement", "{}"), ("", "{}"),
        ]:  # fmt: skip
            server.stream(event, data)
        server.streams[-1].put(b"\xff\xfe\n\n:thump\n\nretry: x\nid: \x00\n\n")
        good = server.post("two\u2028lines")
        server.stream("update", as_json(good).replace("\\u2028", "\u2028"))
        await server.time.go_on(13)
        assert run.uris == [good["uri"]]
        assert run.status == "ok"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<html>"),
        httpx.Response(401, json={"error": "Missing access token"}),
        httpx.Response(404, json={"error": "Not Found"}),
        httpx.Response(503),
        httpx.Response(429, headers={"Retry-After": "60"}),
        httpx.Response(302, headers={"Location": "/round"}),
        httpx.ConnectError("nobody there"),
    ],
)
async def test_a_server_without_a_stream_is_polled_and_that_is_nobody_s_trouble(
    server: Server, answer: httpx.Response | Exception
) -> None:
    server.trouble["streaming"] = answer
    async with reading(server, account=ANA) as run:
        await server.time.go_on(1)
        post = server.post()
        await server.time.go_on(12)
        assert run.uris == [post["uri"]]
        await server.time.go_on(600)
        assert {one.status for one in run.deliveries} == {"ok"}
        assert len(set(server.requests("streaming"))) < 25


async def test_gotosocial_is_read_by_polls_and_by_the_thread(server: Server) -> None:
    """Its hashtag stream stays silent and its hashtag page shows no replies."""
    server.about.update(source_url="https://codeberg.org/superseriousbusiness/gotosocial", version="0.20.0")
    server.wants_account = True
    question = server.post("Q1: why?")
    async with reading(server, account=ANA) as run:
        run.ask(question)
        answer = server.post("A1 because", tags=(), reply_to=question)
        await server.time.go_on(30)
        assert run.uris == uris([question, answer])
        assert server.requests("streaming") == []
        assert run.status == "ok"
