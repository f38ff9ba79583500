"""A chat on X as it is read: by the search and by the stream each post once, and from where the search goes on."""

import httpx
import msgspec
import pytest

from sessions.hub.process.sources import open_source
from sessions.networks.source import SourceError
from sessions.networks.x.posts import SENSITIVE
from sessions.networks.x.reading.reader import XSource
from tests.sessions.networks.fakes import START, make_plan
from tests.sessions.networks.x.ids import names
from tests.sessions.networks.x.simulated import DAY, EPOCH, SimulatedX, reading

MINUTE = 60_000


async def test_what_was_posted_before_comes_by_the_search_and_what_is_posted_now_by_the_stream(x: SimulatedX) -> None:
    x.post("too early #devchat", at=START - 16 * MINUTE)
    first = x.post("hello #devchat", at=START - 10 * MINUTE)
    async with reading(x) as run:
        assert [post.id for post in run.posts] == names(first)
        assert [rule["value"] for rule in x.rules.values()] == ["#devchat -is:retweet"]
        second = x.post("A1: stations &amp; more #devchat", who="carl")
        await x.time.settle()
        assert [post.id for post in run.posts] == names(first, second)
        assert (run.posts[1].author.handle, run.posts[1].author.name) == ("carl", "Carl")
        assert run.status == "ok"


async def test_what_both_bring_is_one_post_and_is_paid_once(x: SimulatedX) -> None:
    async with reading(x) as run:
        posts = [x.post(who=f"person{number % 7}") for number in range(30)]
        await x.time.go_on(600)
        assert sorted(post.id for post in run.posts) == sorted(names(*posts))
        assert run.spent == x.bill == 30 * 5 + 7 * 10


async def test_a_gap_in_the_stream_is_filled_by_the_search(x: SimulatedX) -> None:
    async with reading(x) as run:
        before = x.post("before #devchat")
        await x.time.settle()
        x.trouble["/search/stream"] = httpx.ConnectError("no route")
        x.break_streams(httpx.ReadError("gone"))
        await x.time.go_on(1)
        inside = x.post("inside #devchat")
        await x.time.go_on(20)
        x.trouble.clear()
        await x.time.go_on(16)
        behind = x.post("behind #devchat")
        await x.time.settle()
        assert [post.id for post in run.posts] == names(before, behind)
        await x.time.go_on(60)
        assert [post.id for post in run.posts] == names(before, behind, inside)


@pytest.mark.parametrize("names_of_fields", ["tweet", "post"])
async def test_both_names_of_the_fields_are_read_and_that_which_is_taken_is_kept(
    x: SimulatedX, names_of_fields: str
) -> None:
    x.names = names_of_fields
    question = x.post("Q1: what? #devchat", at=START - MINUTE)
    answer = x.post("A1 this #devchat", at=START - MINUTE, refers=[("replied_to", question["id"])])
    async with reading(x) as run:
        await x.time.go_on(120)
        assert {post.id: post.reply_to for post in run.posts} == {
            f"x:{question['id']}": None,
            f"x:{answer['id']}": f"x:{question['id']}",
        }
    wrong = {"tweet": "post", "post": "tweet"}[names_of_fields]
    assert sum(f"{wrong}.fields" in params for params in x.queries()) == (names_of_fields == "post")


async def test_what_a_post_merely_quotes_does_not_make_it_one_of_the_chat(x: SimulatedX) -> None:
    async with reading(x) as run:
        quoted = x.post("Q1 what? #devchat")
        x.post("look at these people", refers=[("quoted", quoted["id"])])
        quoting = x.post("A1 as I said #DevChat", refers=[("quoted", quoted["id"])])
        await x.time.go_on(100)
        assert [post.id for post in run.posts] == names(quoted, quoting)
        assert run.posts[1].quote_of == f"x:{quoted['id']}"
        assert run.spent == x.bill, "it was paid for all the same"


async def test_answers_to_the_open_question_without_the_hashtag_are_read_by_the_same_search(x: SimulatedX) -> None:
    question = x.post("Q1: what? #devchat", at=START - MINUTE)
    async with reading(x) as run:
        run.ask(question)
        await x.time.settle()
        answer = x.post("forgot the tag", refers=[("replied_to", question["id"])])
        x.post("of somebody else")
        await x.time.go_on(120)
        assert [post.id for post in run.posts] == names(question, answer)
        assert x.queries()[-1]["query"] == f"(#devchat OR conversation_id:{question['id']}) -is:retweet"


async def test_a_search_that_takes_no_conversations_goes_on_without(x: SimulatedX) -> None:
    question = x.post("Q1: what? #devchat", at=START - MINUTE)
    async with reading(x) as run:
        x.trouble["/recent"] = httpx.Response(
            400, json={"errors": [{"message": "There were errors", "parameters": {"query": ["conversation_id"]}}]}
        )
        run.ask(question)
        await x.time.settle()
        x.trouble.clear()
        x.streaming = False
        x.post("A1 there #devchat")
        await x.time.go_on(60)
        assert len(run.posts) == 2
        assert "conversation_id" not in x.queries()[-1]["query"]


async def test_several_hashtags_are_one_query(x: SimulatedX) -> None:
    one, two = x.post("hello #devchat", at=START - 2 * MINUTE), x.post("hello #OtherTag", at=START - MINUTE)
    async with reading(x, tags=("devchat", "othertag")) as run:
        assert [post.id for post in run.posts] == names(one, two)
        assert x.queries()[0]["query"] == "(#devchat OR #othertag) -is:retweet"


async def test_the_first_page_alone_says_from_where_to_go_on(x: SimulatedX) -> None:
    x.streaming = False
    async with reading(x) as run:
        posts = [x.post(f"post {number} #devchat", at=x.time.at + number) for number in range(250)]
        await x.time.go_on(50)
        assert [post.id for post in run.posts] == names(*posts)
        await x.time.go_on(100)
        assert x.queries()[-1]["since_id"] == posts[-1]["id"], "an empty answer changes nothing"
        assert "start_time" not in x.queries()[-1]
        assert all("end_time" not in params for params in x.queries())


async def test_after_a_week_the_search_begins_by_the_clock(x: SimulatedX) -> None:
    old = x.post("old #devchat")
    async with reading(x) as run:
        await x.time.go_on(60)
        assert run.cursor is not None
    x.time.at += 8 * DAY
    plan = msgspec.structs.replace(make_plan(), starts_at=x.time.now())
    x.asked.clear()
    async with reading(x, before=run, plan=plan) as again:
        new = x.post("new #devchat")
        await x.time.go_on(60)
        assert [post.id for post in again.posts] == names(new)
        assert "start_time" in x.queries()[0]
        assert again.status == "ok"
    assert old["id"] not in {params.get("since_id") for params in x.queries()}


async def test_a_sensitive_post_is_folded_behind_a_warning(x: SimulatedX) -> None:
    async with reading(x) as run:
        x.post("look #devchat", possibly_sensitive=True)
        await x.time.settle()
        assert run.posts[0].warning == SENSITIVE


def test_x_has_nothing_behind_its_name() -> None:
    with pytest.raises(SourceError, match="x: write it without anything behind it"):
        open_source("x:example.org", make_plan())
    assert isinstance(open_source("x", make_plan()), XSource)


async def test_an_id_tells_when_it_was_given(x: SimulatedX) -> None:
    made = x.post()
    assert (int(made["id"]) >> 22) + EPOCH == START
