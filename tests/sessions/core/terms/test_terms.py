"""Whatever is lost, cut, killed and taken over: one hub in the end among those who reach each other, nothing lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.core.events import HubTakenOver
from sessions.core.terms.claims import Claim, claim_of, may_take_over, next_claim, stands, to_follow
from sessions.core.terms.histories import Copy, shared_seq, to_go_on_with
from tests.sessions.core.terms.world import World, takeovers
from tests.thorough import examples

COMPUTERS = 4

claims = st.builds(Claim, st.integers(1, 4), st.sampled_from(["", "a", "b", "c"]))
numbers = st.integers(0, COMPUTERS - 1)
happenings = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["act", "act", "ask", "settle", "stream", "take_over", "take_over", "kill", "restart"]),
            numbers,
        ),
        st.tuples(st.just("part"), st.lists(st.integers(0, 2), min_size=COMPUTERS, max_size=COMPUTERS)),
        st.tuples(st.just("deliver"), st.booleans()),
    ),
    max_size=60,
)


def happen(world: World, happening: tuple[str, object]) -> None:
    what, how = happening
    if what == "part":
        assert isinstance(how, list)
        world.parts = how
    elif what == "deliver":
        world.deliver(lost=bool(how))
    else:
        getattr(world, what)(how)


@settings(max_examples=examples(200), deadline=None)
@given(happenings, st.integers(0, 9))
def test_in_the_end_one_hub_runs_and_all_follow_it(happened: list[tuple[str, object]], seed: int) -> None:
    world = World(COMPUTERS, seed)
    for desk in range(COMPUTERS):
        world.stream(desk)
    for happening in happened:
        happen(world, happening)
    world.heal()
    if not any(one.runs for one in world.computers):
        world.take_over(max(world.computers, key=lambda one: (one.claim, len(one.history))).number)
        world.heal()
    running = [one for one in world.computers if one.runs]
    assert len(running) == 1
    assert all(one.follows == running[0].claim for one in world.computers)
    assert all(one.history == running[0].history for one in world.computers)
    assert running[0].claim == max(claim for one in world.computers for claim in one.heard)


@settings(max_examples=examples(200), deadline=None)
@given(happenings, st.integers(0, 9))
def test_nothing_acknowledged_is_lost_or_there_twice(happened: list[tuple[str, object]], seed: int) -> None:
    world = World(COMPUTERS, seed)
    for desk in range(COMPUTERS):
        world.stream(desk)
    for happening in happened:
        happen(world, happening)
        kept = [one.history for one in world.computers] + [old for one in world.computers for old in one.aside]
        for _claim, seq, fact in world.acknowledged:
            assert any(len(history) >= seq and history[seq - 1] == fact for history in kept)
    world.heal()
    places: dict[tuple[Claim, int], object] = {}
    for claim, seq, fact in world.acknowledged:
        assert places.setdefault((claim, seq), fact) == fact, "one hub, one history"
    for one in world.computers:
        assert one.told == sorted(one.told), "a desk that went over never goes back"
        assert [fact.seq for fact in takeovers(one.history)] == [
            place for place, fact in enumerate(one.history, 1) if isinstance(fact, HubTakenOver)
        ]
        assert len({fact for fact in one.history if isinstance(fact, str)}) == sum(
            isinstance(fact, str) for fact in one.history
        )


@settings(max_examples=examples(200), deadline=None)
@given(happenings, st.integers(0, 9))
def test_two_histories_are_one_as_far_as_their_takeovers_say(happened: list[tuple[str, object]], seed: int) -> None:
    world = World(COMPUTERS, seed)
    for happening in happened:
        happen(world, happening)
    for one in world.computers:
        for other in world.computers:
            shared = shared_seq(takeovers(one.history), len(one.history), takeovers(other.history))
            assert one.history[:shared][: len(other.history)] == other.history[:shared]


@given(claims, st.lists(claims))
def test_of_those_who_hear_of_each_other_the_highest_claim_stands_alone(own: Claim, heard: list[Claim]) -> None:
    everybody = {own, *heard}
    assert [one for one in everybody if stands(one, everybody)] == [max(everybody)]
    assert stands(own, heard) == (to_follow(own, heard) is None)
    assert next_claim(everybody, "") > max(everybody) or max(everybody).key
    assert next_claim(everybody, "").term == max(one.term for one in everybody) + 1


@given(st.lists(st.builds(Copy, claims, st.integers(0, 9)), min_size=1))
def test_a_takeover_goes_on_with_the_longest_copy_of_the_highest_claim(copies: list[Copy]) -> None:
    chosen = to_go_on_with(copies[0], copies[1:])
    assert chosen.claim == max(copy.claim for copy in copies)
    assert chosen.seq == max(copy.seq for copy in copies if copy.claim == chosen.claim)


def test_a_history_without_takeovers_is_that_of_the_first_hub() -> None:
    assert claim_of([]) == Claim() == Claim(1, "")
    taken = HubTakenOver(seq=9, at=0, by="Ben", command=None, term=2, key="k")
    assert claim_of([taken]) == Claim(2, "k")
    assert shared_seq([], 20, [taken]) == 8
    assert shared_seq([], 5, [taken]) == 5
    assert shared_seq([taken], 20, [taken]) == 20
    other = HubTakenOver(seq=12, at=0, by="Cy", command=None, term=2, key="l")
    assert shared_seq([taken], 20, [other]) == shared_seq([other], 20, [taken]) == 8


def test_who_looks_on_or_has_no_copy_cannot_go_on() -> None:
    assert may_take_over("moderator", copied=True)
    assert not may_take_over("moderator", copied=False)
    assert not may_take_over("observer", copied=True)
