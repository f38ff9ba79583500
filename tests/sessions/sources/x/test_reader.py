"""A chat on X as it is read: each post once, over gaps, edits and removals, and never for more than it may cost."""

import httpx
import msgspec
import pytest

from sessions.accounts.model import Handed
from sessions.events import QuestionAsked, SpendingAllowed, Undone
from sessions.sources import open_source
from sessions.sources.base import EditedPost, SourceError
from sessions.sources.x.posts import SENSITIVE
from sessions.sources.x.reader import ENDED, XSource
from tests.sessions.sources.fakes import START, make_plan
from tests.sessions.sources.virtual_time import VirtualTime
from tests.sessions.sources.x.simulated import APP, DAY, EPOCH, SimulatedX, reading

MINUTE = 60_000


@pytest.fixture
def time() -> VirtualTime:
    return VirtualTime()


@pytest.fixture
def x(time: VirtualTime) -> SimulatedX:
    return SimulatedX(time)


def names(*posts: dict[str, str]) -> list[str]:
    return [f"x:{post['id']}" for post in posts]


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


async def test_an_edit_is_the_same_post_with_other_words(x: SimulatedX) -> None:
    async with reading(x) as run:
        first = x.post("A1 statoins #devchat")
        await x.time.go_on(50)
        second = x.post("A1 stations #devchat", edits=first)
        await x.time.go_on(100)
        third = x.post("A1 stations! #devchat", edits=second)
        answer = x.post("A1 yes #devchat", refers=[("replied_to", third["id"])])
        await x.time.go_on(100)
    assert [post.id for post in run.posts] == names(first, answer)
    assert [(edit.id, edit.text) for edit in run.edits] == [
        (f"x:{first['id']}", "A1 stations #devchat"),
        (f"x:{first['id']}", "A1 stations! #devchat"),
    ]
    assert {edit.post.posted_at for edit in run.edits if edit.post} == {run.posts[0].posted_at}
    assert run.posts[1].reply_to == f"x:{first['id']}"


async def test_an_edit_whose_first_version_nobody_saw_comes_as_a_post(x: SimulatedX) -> None:
    first = x.post("A1 nothing in it", at=START - MINUTE)
    x.post("A1 now with #devchat", at=START - MINUTE + 1000, edits=first)
    async with reading(x) as run:
        assert [post.id for post in run.posts] == names(first)


async def test_after_a_restart_an_edit_is_an_edit_and_what_is_known_is_not_brought_again(x: SimulatedX) -> None:
    first = x.post("A1 statoins #devchat", at=START - MINUTE)
    async with reading(x) as run:
        assert [post.id for post in run.posts] == names(first)
    await x.time.go_on(60)
    x.post("A1 stations #devchat", at=x.time.at - 40_000, edits=first)
    async with reading(x, before=run) as again:
        assert again.items == [EditedPost(f"x:{first['id']}", "A1 stations #devchat", again.edits[0].post)]
        await x.time.go_on(600)
        assert len(again.items) == 1
        assert again.spent == x.bill


async def test_a_removed_post_is_noticed_by_a_look_up_that_costs_nothing(x: SimulatedX) -> None:
    async with reading(x) as run:
        stays, goes = x.post("stays #devchat"), x.post("goes #devchat")
        await x.time.go_on(90)
        bill = x.bill
        x.remove(goes)
        for _ in range(13):
            run.source.wake()
            await x.time.go_on(100)
        assert run.removed == names(goes)
        assert x.bill == bill == run.spent
        assert len(x.requests("/2/tweets")) <= 3
    assert f"x:{stays['id']}" not in run.removed


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


async def test_nothing_is_paid_for_before_the_chat_is_near_but_the_sign_in_is_tried(x: SimulatedX) -> None:
    x.time.at = START - 60 * MINUTE
    x.post("a chat of last week #devchat")
    async with reading(x) as run:
        await x.time.go_on(44 * 60)
        assert (x.bill, run.spent, run.posts) == (0, 0, [])
        assert run.statuses == ["waits until 15 minutes before the chat, because reading costs money"]
        assert len(x.requests("/rules")) == 1
        await x.time.go_on(2 * 60)
        soon = x.post("hello #devchat")
        await x.time.settle()
        assert ([post.id for post in run.posts], run.status) == (names(soon), "ok")


async def test_a_question_that_is_asked_early_begins_the_reading(x: SimulatedX) -> None:
    x.time.at = START - 60 * MINUTE
    async with reading(x) as run:
        run.tell(QuestionAsked, question="q1", seconds=480)
        await x.time.settle()
        x.post("A1 early birds #devchat")
        await x.time.settle()
        assert run.texts == ["A1 early birds #devchat"]


async def test_a_sign_in_that_x_does_not_know_is_said_an_hour_before(x: SimulatedX) -> None:
    x.time.at = START - 60 * MINUTE
    x.trouble["/rules"] = httpx.Response(401, json={"title": "Unauthorized"})
    async with reading(x) as run:
        assert run.status == "signed out: lunchroom login x"


async def test_without_a_sign_in_nothing_is_asked(x: SimulatedX) -> None:
    async with reading(x, account=None) as run:
        await x.time.go_on(3600)
        assert (run.statuses, x.asked) == (["signed out: lunchroom login x"], [])


async def test_a_sign_in_that_comes_later_is_taken_at_once(x: SimulatedX) -> None:
    sign_ins = Handed()
    async with reading(x, account=None, sign_ins=sign_ins) as run:
        x.post("hello #devchat", at=START - MINUTE)
        await x.time.go_on(60)
        assert run.status == "signed out: lunchroom login x"
        sign_ins.renew(APP)
        run.source.wake()
        await x.time.settle()
        assert (run.status, run.texts) == ("ok", ["hello #devchat"])


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        (httpx.Response(200, content=b"<html>Sign in to the school's network</html>"),
         "X answers with something else than expected, trying again"),
        (httpx.Response(200, json={"errors": [{"title": "Forbidden", "detail": "not today"}]}), "refused: not today"),
        (httpx.Response(200, json={}), "X answers with something else than expected, trying again"),
        (httpx.Response(200, json={"data": [{"id": 7}], "meta": {}}),
         "X answers with something else than expected, trying again"),
        (httpx.Response(302, headers={"Location": "https://api.x.com/2/tweets/search/recent"}),
         "the server redirects in a circle, trying again"),
        (httpx.Response(200, content=b" " * 9_000_000), "the server sends far too much, trying again"),
        (httpx.Response(402, json={"title": "CreditsDepleted"}),
         "refused: the app has no credits left; buy some in X's developer portal"),
        (httpx.Response(429, json={"type": "https://api.twitter.com/2/problems/usage-capped"}),
         "refused: the app has read all posts that it may read this month (X's developer portal)"),
    ],
)  # fmt: skip
async def test_a_search_that_fails_is_one_clear_state_and_the_stream_goes_on(
    x: SimulatedX, trouble: httpx.Response, status: str
) -> None:
    async with reading(x) as run:
        await x.time.go_on(10)
        x.trouble["/recent"] = trouble
        await x.time.go_on(60)
        x.post("A1 #devchat")
        await x.time.settle()
        assert (run.status, run.texts) == (status, ["A1 #devchat"])


async def test_a_hashtag_that_cannot_be_one_is_said(x: SimulatedX) -> None:
    async with reading(x, tags=("two words",)) as run:
        assert run.status == "refused: #two words cannot be a hashtag"
        assert not x.requests("/recent")


async def test_paid_reading_ends_a_quarter_of_an_hour_after_the_plan(x: SimulatedX) -> None:
    async with reading(x) as run:
        await x.time.go_on(70 * 60)
        gone = x.post("thanks #devchat")
        await x.time.go_on(4 * 60)
        x.remove(gone)
        await x.time.go_on(2 * 60)
        assert run.ended
        assert run.status == ENDED
        assert run.removed == names(gone), "what was removed is asked for a last time"
        asked = len(x.asked)
        assert not any(stream.open for stream in x.streams)
        x.post("still here #devchat")
        await x.time.go_on(3600)
        assert len(x.asked) == asked


async def test_at_four_fifths_of_what_it_may_cost_the_driver_is_asked_and_says_yes(x: SimulatedX) -> None:
    async with reading(x) as run:
        for number in range(400):
            x.post(who=f"person{number}")
            await x.time.go_on(1)
        assert run.status == "asks: $4.01 of $5.00 spent"
        assert x.bill == run.spent == 4005
        assert not any(stream.open for stream in x.streams)
        asked = len(x.asked)
        await x.time.go_on(900)
        assert len(x.asked) == asked, "and nothing is asked of X meanwhile"
        run.tell(SpendingAllowed, source="x", ceiling=20.0)
        await x.time.go_on(120)
        assert run.status == "ok"
        assert len(run.posts) == len({post.id for post in run.posts}) == 400, "what came meanwhile is read"
        assert run.spent == x.bill == 400 * 15


async def test_to_take_back_that_it_may_cost_more_stops_it_again(x: SimulatedX) -> None:
    plan = msgspec.structs.replace(make_plan(), ceiling=0.1)
    async with reading(x, plan=plan) as run:
        for number in range(8):
            x.post(who=f"person{number}")
        await x.time.settle()
        assert run.status == "asks: $0.09 of $0.10 spent"
        run.tell(SpendingAllowed, source="x", ceiling=1.0)
        allowed = run.seq
        await x.time.go_on(60)
        assert run.status == "ok"
        run.tell(SpendingAllowed, source="mastodon:m.example", ceiling=0.0)
        run.tell(Undone, undoes=allowed)
        await x.time.go_on(60)
        assert run.status.startswith("asks: ")


async def test_a_plan_that_may_cost_nothing_reads_nothing(x: SimulatedX) -> None:
    async with reading(x, plan=msgspec.structs.replace(make_plan(), ceiling=0.0)) as run:
        await x.time.go_on(600)
        assert (run.status, x.bill) == ("asks: $0.00 of $0.00 spent", 0)
        assert not x.requests("/recent")


async def test_a_search_near_the_limit_reads_small_pages(x: SimulatedX) -> None:
    for number in range(500):
        x.post(who=f"person{number}", at=START - 14 * MINUTE + number * 1000)
    plan = msgspec.structs.replace(make_plan(), ceiling=5.0)
    async with reading(x, plan=plan) as run:
        await x.time.go_on(60)
        assert run.status.startswith("asks: ")
        assert 4000 <= run.spent == x.bill < 4000 + 10 * 15
        assert [int(params["max_results"]) for params in x.queries()] == [100, 100, 66, 10]


async def test_what_was_spent_survives_a_restart_of_the_hub(x: SimulatedX) -> None:
    async with reading(x) as run:
        posts = [x.post(who=f"person{number}") for number in range(20)]
        await x.time.go_on(100)
        assert run.spent == 300
    async with reading(x, before=run) as again:
        assert again.deliveries[0].spent == 300
        more = x.post(who="person1")
        await x.time.go_on(100)
        assert again.spent == x.bill == 305
        assert [post.id for post in again.posts] == names(more)
    assert len({post.id for post in (*run.posts, *again.posts)}) == len(posts) + 1


async def test_the_amount_is_not_said_with_each_post(x: SimulatedX) -> None:
    async with reading(x) as run:
        for _ in range(200):
            x.post(who="bea")
            await x.time.settle()
        said = [delivery.spent for delivery in run.deliveries if delivery.spent is not None]
        assert len(said) <= 200 * 5 / 50 + 3


async def test_a_new_day_of_x_counts_everything_anew(x: SimulatedX) -> None:
    x.time.at = START - START % DAY + DAY - 30 * MINUTE
    plan = msgspec.structs.replace(make_plan(), starts_at=x.time.now())
    async with reading(x, plan=plan) as run:
        x.post(who="bea")
        await x.time.go_on(29 * 60)
        assert run.spent == 15
        await x.time.go_on(120)
        x.post(who="bea")
        await x.time.go_on(100)
        assert run.spent == x.bill == 30


async def test_ten_minutes_without_a_network_are_fetched_once_in_order_and_without_a_burst(x: SimulatedX) -> None:
    async with reading(x) as run:
        before = [x.post(f"before {number} #devchat") for number in range(3)]
        await x.time.go_on(60)
        down = httpx.ConnectError("no network")
        x.trouble = {"/search/stream": down, "/recent": down, "/rules": down, "/2/tweets": down}
        x.break_streams(httpx.ReadError("cable"))
        asked, missed = len(x.asked), []
        for number in range(200):
            missed.append(x.post(f"missed {number} #devchat"))
            await x.time.go_on(3)
        assert len(x.asked) - asked < 120, "both readers together ask less than every five seconds"
        assert "trying again" in run.status
        x.trouble.clear()
        asked = len(x.asked)
        await x.time.go_on(120)
        assert [post.id for post in run.posts] == names(*before, *missed)
        assert len(x.asked) - asked < 15
        assert run.status == "ok"


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


async def test_a_search_that_breaks_off_between_pages_is_read_again_and_brings_nothing_twice(x: SimulatedX) -> None:
    x.streaming = False
    async with reading(x) as run:
        posts = [x.post(f"post {number} #devchat", at=x.time.at + number) for number in range(150)]
        x.trouble["next_token"] = httpx.Response(503, content=b"<html>busy</html>")
        await x.time.go_on(60)
        assert len(run.posts) == 100, "what was paid for is brought"
        assert run.cursor is None, "but it is not gone on from there"
        assert run.status == "the server has a problem (503), trying again"
        x.trouble.clear()
        await x.time.go_on(120)
        assert sorted(post.id for post in run.posts) == sorted(names(*posts))
        assert run.spent == x.bill


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


async def test_a_since_id_that_x_refuses_is_replaced_by_its_time(x: SimulatedX) -> None:
    x.streaming = False
    async with reading(x) as run:
        x.post("one #devchat")
        await x.time.go_on(60)
        x.trouble["/recent"] = httpx.Response(400, json={"errors": [{"detail": "no", "parameter": "since_id"}]})
        await x.time.go_on(8)
        x.trouble.clear()
        two = x.post("two #devchat")
        await x.time.go_on(400)
        assert [post.id for post in run.posts][1:] == names(two)
        assert run.status == "ok"


async def test_another_copy_of_the_app_leaves_the_search_and_says_so(x: SimulatedX) -> None:
    x.trouble["/search/stream"] = httpx.Response(
        429, json={"title": "ConnectionException", "connection_issue": "TooManyConnections"}
    )
    async with reading(x) as run:
        x.post("hello #devchat")
        await x.time.go_on(60)
        assert run.texts == ["hello #devchat"]
        assert run.status == "ok, half a minute late: another program reads X with the same app"
        x.trouble.clear()
        await x.time.go_on(400)
        assert run.status == "ok"


async def test_rules_of_others_are_left_alone_and_their_posts_are_not_paid_for(x: SimulatedX) -> None:
    x.rules = {"402": {"id": "402", "value": "has:media"}}
    async with reading(x) as run:
        await x.time.go_on(60)
        assert x.streams == []
        assert x.rules == {"402": {"id": "402", "value": "has:media"}}
        assert run.status == "ok, half a minute late: this app's stream has rules of another program"


async def test_old_rules_of_ours_are_replaced(x: SimulatedX) -> None:
    x.rules = {"7": {"id": "7", "value": "#lastweek -is:retweet", "tag": "lunchroom"}}
    async with reading(x):
        assert [(rule["value"], rule["tag"]) for rule in x.rules.values()] == [("#devchat -is:retweet", "lunchroom")]


async def test_rules_that_somebody_deletes_are_made_again(x: SimulatedX) -> None:
    async with reading(x) as run:
        x.rules.clear()
        x.break_streams()
        await x.time.go_on(60)
        assert len(x.rules) == 1
        x.post("here again #devchat")
        await x.time.settle()
        assert run.texts == ["here again #devchat"]


async def test_no_news_of_the_chat_makes_the_stream_come_back_sooner_than_x_asks(x: SimulatedX) -> None:
    x.trouble["/search/stream"] = httpx.Response(503, content=b"<html>")
    async with reading(x) as run:
        for _ in range(100):
            run.source.wake()
            await x.time.go_on(1)
        assert 4 <= len(x.requests("/search/stream")) <= 6, "after 5, 10, 20 and 40 seconds, and a quarter more"


async def test_a_limit_is_waited_out_whatever_happens_in_the_chat(x: SimulatedX) -> None:
    async with reading(x) as run:
        reset = str((x.time.now() + 300_000) // 1000)
        headers = {"x-rate-limit-limit": "450", "x-rate-limit-remaining": "0", "x-rate-limit-reset": reset}
        x.trouble["/recent"] = httpx.Response(429, headers=headers, json={"title": "Too Many Requests"})
        await x.time.go_on(46)
        assert run.status.startswith("waiting ")
        assert run.status.endswith(": rate limit")
        asked = len(x.requests("/recent"))
        for number in range(1, 7):
            run.source.wake()
            x.post(f"A{number} #devchat")
            await x.time.go_on(30)
        assert len(x.requests("/recent")) == asked
        assert len(run.posts) == 6, "the stream has a limit of its own"
        x.trouble.clear()
        await x.time.go_on(200)
        assert run.status == "ok"


async def test_what_is_left_of_the_limit_is_said_where_it_is_little(x: SimulatedX) -> None:
    headers = {"x-rate-limit-limit": "450", "x-rate-limit-remaining": "12", "x-rate-limit-reset": "1900000000"}
    x.trouble["/recent"] = httpx.Response(200, headers=headers, json={"meta": {"result_count": 0}})
    async with reading(x) as run:
        await x.time.go_on(60)
        assert run.status == "ok, 12 of 450 requests left"


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
