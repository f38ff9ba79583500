"""What reading costs, counted as X bills it: each post and each account once in a day of UTC."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.core.posts import Author, Post
from sessions.networks.x.prices import READ_POST, READ_USER
from sessions.networks.x.reading.costs import LARGEST_PAGE, SMALLEST_PAGE, Costs
from sessions.networks.x.wire import WireIncludes, WirePost, WireUser

DAY = 86_400_000

ids = st.lists(st.integers(1, 12).map(str), max_size=8)
answers = st.lists(st.tuples(ids, ids, ids, st.integers(0, 3 * DAY)), max_size=20)


def includes(users: list[str], posts: list[str] | None = None) -> WireIncludes:
    return WireIncludes(users=tuple(map(WireUser, users)), tweets=tuple(map(WirePost, posts or [])))


@given(answers)
def test_the_same_on_the_same_day_is_billed_once(answers: list[tuple[list[str], list[str], list[str], int]]) -> None:
    costs, billed, expected = Costs(5000), set[tuple[int, str, str]](), 0
    for posts, users, referred, at in sorted(answers, key=lambda answer: answer[3]):
        due = {(at // DAY, "post", one) for one in (*posts, *referred)} | {(at // DAY, "user", one) for one in users}
        cost = sum(READ_POST if kind == "post" else READ_USER for _, kind, _ in due - billed)
        assert costs.count(posts, includes(users, referred), at) == cost
        billed |= due
        expected += cost
    assert costs.spent == expected


@given(answers)
def test_with_a_clock_that_jumps_it_is_rather_too_much(
    answers: list[tuple[list[str], list[str], list[str], int]],
) -> None:
    costs, billed = Costs(5000), set[tuple[int, str, str]]()
    for posts, users, referred, at in answers:
        costs.count(posts, includes(users, referred), at)
        billed |= {(at // DAY, "post", one) for one in (*posts, *referred)} | {
            (at // DAY, "user", one) for one in users
        }
    assert costs.spent >= sum(READ_POST if kind == "post" else READ_USER for _, kind, _ in billed)


@given(st.integers(0, 20_000), st.lists(st.integers(0, LARGEST_PAGE), max_size=80))
def test_reading_within_the_limit_passes_it_by_one_small_page_at_most(ceiling: int, pages: list[int]) -> None:
    costs, number = Costs(ceiling), 0
    for wanted in pages:
        if costs.spending.asks:
            break
        here = [str(number := number + 1) for _ in range(min(wanted, costs.page))]
        costs.count(here, includes(here), 0)
    assert costs.spent <= ceiling * 0.8 + SMALLEST_PAGE * (READ_POST + READ_USER)


@given(st.integers(0, 20_000), st.integers(1, 2000), st.lists(st.integers(0, LARGEST_PAGE), max_size=80))
def test_reading_never_takes_what_is_put_aside_even_if_each_post_quotes_another(
    ceiling: int, reserved: int, pages: list[int]
) -> None:
    costs, number = Costs(ceiling), 0
    costs.reserved["one"] = reserved
    for wanted in pages:
        if costs.is_used_up:
            break
        here = [str(number := number + 1) for _ in range(min(wanted, costs.page))]
        costs.count(here, includes(here, [f"{one}0000" for one in here]), 0)
    assert not costs.spent or costs.spent + reserved <= ceiling


def test_reading_stops_where_the_smallest_page_may_not_fit_beside_what_is_put_aside() -> None:
    costs = Costs(500)
    costs.spent, costs.reserved["one"] = 299, 200
    assert costs.is_used_up
    costs.spent = 100
    assert (costs.is_used_up, costs.page) == (False, SMALLEST_PAGE)
    costs.spent = 101
    assert costs.is_used_up
    costs.reserved.clear()
    assert not costs.is_used_up


def test_what_the_session_has_from_today_was_paid_before_a_restart() -> None:
    costs = Costs(5000)
    yesterday, today = DAY - 1, DAY + 1
    for number, at in ((1, yesterday), (2, today), (3, yesterday)):
        costs.remember(Post(f"x:{number}", Author(f"x:9{number}"), "hello", at), at)
    assert costs.spent == 0
    assert costs.paid("2", today)
    assert not costs.paid("2", today + DAY)
    assert costs.count(["1", "2", "3"], includes(["91", "92"]), today) == 2 * READ_POST + READ_USER
