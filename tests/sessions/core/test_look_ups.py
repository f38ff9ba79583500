"""What looking up may cost: reserved before a network is asked, so that all desks together stay below the ceiling."""

from sessions.core.commands import AllowSpending, LookUp, ReserveSpending
from sessions.networks.spending import spending
from tests.sessions.core.building import Chat, a_plan

OVER = "That may cost more than reading this network is allowed to."
ONE, OTHER = "key-00000001", "key-00000002"


def a_chat() -> Chat:
    """Half a dollar may be spent on each network."""
    return Chat(a_plan(ceiling=0.5))


def reserve(chat: Chat, key: str, most: int, by: str = "Ana") -> None:
    chat.do(ReserveSpending, by, source="x", key=key, most=most)


def test_two_desks_share_one_ceiling() -> None:
    chat = a_chat()
    reserve(chat, ONE, 300)
    assert chat.refused(ReserveSpending, "Ben", source="x", key=OTHER, most=300) == OVER
    assert chat.state.spent_on("x") == chat.state.spent() == 300
    chat.do(LookUp, source="x", looks_for="tag", text="PBL", posts=3, spent=15, key=ONE)
    assert (chat.state.spent_on("x"), chat.state.reserved) == (15, {})
    reserve(chat, OTHER, 300, by="Ben")
    assert chat.state.spent_on("x") == 315
    assert chat.state.spent_on("bluesky") == 0


def test_the_driver_is_asked_by_what_is_spent_not_by_what_is_put_aside() -> None:
    chat = a_chat()
    reserve(chat, ONE, 400)
    found = spending(chat.state, "x")
    assert (found.asks, found.taken, found.left, found.words) == (False, 400, 100, "$0.00 of $0.50")
    reserve(chat, OTHER, 100)
    assert not spending(chat.state, "x").left
    chat.do(LookUp, source="x", looks_for="tag", text="PBL", posts=30, spent=400, key=ONE)
    assert spending(chat.state, "x").asks


def test_what_came_to_nothing_is_free_again_and_what_a_dead_desk_reserved_is_not() -> None:
    chat = a_chat()
    reserve(chat, ONE, 300)
    reserve(chat, ONE, 0)
    assert chat.state.spent() == 0
    reserve(chat, ONE, 300)
    assert chat.refused(ReserveSpending, source="x", key=OTHER, most=201) == OVER
    chat.do(AllowSpending, source="x", ceiling=1.0)
    reserve(chat, OTHER, 201)
    assert chat.state.spent() == 501


def test_the_same_is_reserved_once_and_another_amount_in_its_place() -> None:
    chat = a_chat()
    reserve(chat, ONE, 400)
    before = chat.state.seq
    reserve(chat, ONE, 400)
    assert chat.state.seq == before
    reserve(chat, ONE, 500)
    assert chat.state.spent() == 500


def test_an_older_desk_that_reserves_nothing_is_counted_as_before() -> None:
    chat = a_chat()
    chat.do(LookUp, source="x", looks_for="tag", text="PBL", posts=3, spent=15)
    assert (chat.state.spent(), chat.state.lookups[0].key) == (15, "")
