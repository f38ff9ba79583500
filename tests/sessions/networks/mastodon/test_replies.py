"""Replies name their parents, and the thread of the open question brings those without the hashtag."""

import pytest

from sessions.networks.source import NewPost, ResumePoint
from tests.sessions.networks.fakes import START
from tests.sessions.networks.mastodon.ids import uris
from tests.sessions.networks.mastodon.recorded import response
from tests.sessions.networks.mastodon.server import ANA, Server, reading

MINUTE = 60_000


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


async def test_on_gotosocial_the_threads_of_all_questions_are_read_in_turn(server: Server) -> None:
    """There answers to others stand in no hashtag; the open question and the one before are read each time."""
    server.about["source_url"] = "https://codeberg.org/superseriousbusiness/gotosocial"
    questions = [server.post(f"Q{number}: what?") for number in range(1, 6)]
    async with reading(server) as run:
        for number, question in enumerate(questions, 1):
            run.ask(question, f"q{number}")
        late = [server.post("A so", tags=(), reply_to=question) for question in questions]
        deeper = server.post("A to somebody's answer", tags=(), reply_to=late[0])
        await server.time.go_on(75)
        assert sorted(run.uris) == sorted(uris([*questions, *late, deeper]))
        begun = len(server.requests("context"))
        await server.time.go_on(60)
        assert len(server.requests("context")) - begun <= 3 * 5, "three threads each quarter minute"


async def test_elsewhere_only_the_threads_of_the_latest_questions_are_read(server: Server) -> None:
    questions = [server.post(f"Q{number}: what?") for number in range(1, 6)]
    async with reading(server) as run:
        for number, question in enumerate(questions, 1):
            run.ask(question, f"q{number}")
        await server.time.go_on(75)
        assert not server.requests(f"statuses/{questions[0]['id']}/context")


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
    async with reading(server, resume=ResumePoint(cursor, known)) as run:
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


@pytest.mark.parametrize("known", [True, False], ids=["GoToSocial", "Mastodon"])
async def test_where_replies_stay_unseen_the_details_say_so(server: Server, known: bool) -> None:
    if known:
        server.trouble["instance"] = response("gotosocial_instance_v2")
    async with reading(server, account=ANA) as run:
        told = [line for line in run.deliveries[-1].details if "posts that put no question" in line]
        assert (run.status, len(told)) == ("ok", 1 if known else 0)
        server.post()
        await server.time.go_on(13)
        assert list(run.deliveries[-1].details) == told
