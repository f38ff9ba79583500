"""Reading X for money: only in the hours of the chat, and never for more than the driver allows."""

import msgspec

from sessions.core.events import LookedUp, QuestionAsked, SpendingAllowed, SpendingReserved, Undone
from sessions.networks.x.reading.reader import ENDED
from tests.sessions.networks.fakes import START, make_plan
from tests.sessions.networks.x.ids import names
from tests.sessions.networks.x.simulated import DAY, SimulatedX, reading

MINUTE = 60_000


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


async def test_what_is_put_aside_for_a_look_up_stops_the_reading_at_the_ceiling_alone(x: SimulatedX) -> None:
    async with reading(x, plan=msgspec.structs.replace(make_plan(), ceiling=1.0)) as run:
        for number in range(20):
            x.post(who=f"person{number}")
        await x.time.settle()
        run.tell(SpendingReserved, source="x", key="one", most=485)
        x.post(who="bea")
        await x.time.settle()
        assert (run.status, len(run.posts)) == ("ok", 21), "$0.80 are four fifths, but not spent"
        run.tell(SpendingReserved, source="x", key="other", most=35)
        x.post(who="cleo")
        await x.time.settle()
        assert run.status == "asks: $0.85 of $1.00 spent or put aside", "the smallest page may not fit any more"
        run.tell(LookedUp, source="x", looks_for="tag", text="pbl", posts=1, spent=15, key="one")
        run.tell(SpendingReserved, source="x", key="other", most=0)
        await x.time.go_on(1)
        x.post(who="dora")
        await x.time.settle()
        assert (run.status, len(run.posts)) == ("ok", 23), "what is free again wakes the reading"


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
