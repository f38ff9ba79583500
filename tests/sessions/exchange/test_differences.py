"""What two libraries lack of each other: afterwards both have the same, and a second look finds nothing to do."""

from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.identity import PSEUDONYM
from sessions.core.people import Account, PersonRecord, Register
from sessions.exchange.differences import has_news, lacking, merged, received_people, sendable_people

SERIES = "navasotaisd"
LIVE = "lively"
IDS = ("abcdef", "bcdefg", "cdefgh", "defghi", LIVE)


class Listed(msgspec.Struct, frozen=True):
    """A saved chat as a side lists it."""

    id: str
    events: int = 10
    series: str = SERIES
    ended: int | None = 1
    rehearsal: bool = False
    marks: tuple[str, ...] = ()


TOTAL = 4
"""How many events each of the sessions has in the end; whoever has fewer left, or was killed, before."""


def lists() -> st.SearchStrategy[dict[str, Listed]]:
    """What one side has, by id: sessions up to some event, closed where that is the last one. One is a rehearsal."""
    lengths = st.dictionaries(st.sampled_from(IDS), st.integers(1, TOTAL))
    return lengths.map(
        lambda held: {
            one: Listed(one, events, ended=1 if events == TOTAL else None, rehearsal=one == IDS[0])
            for one, events in held.items()
        }
    )


def brought(ours: Mapping[str, Listed], theirs: Mapping[str, Listed]) -> dict[str, Listed]:
    """`ours` with what it lacks of `theirs`."""
    return {**ours, **{chat.id: chat for chat in lacking(ours.values(), theirs.values(), SERIES, LIVE)}}


@given(lists(), lists())
def test_afterwards_both_list_every_closed_chat_that_either_had(ana: dict[str, Listed], ben: dict[str, Listed]) -> None:
    def closed(*sides: Mapping[str, Listed]) -> set[str]:
        chats = (chat for side in sides for chat in side.values())
        return {chat.id for chat in chats if chat.ended and not chat.rehearsal and chat.id != LIVE}

    after_ana, after_ben = brought(ana, ben), brought(ben, ana)
    assert closed(after_ana) == closed(after_ben) == closed(ana, ben)
    for before, after in ((ana, after_ana), (ben, after_ben)):
        assert all(after[session].events >= chat.events for session, chat in before.items())


@given(lists(), lists())
def test_a_second_exchange_has_nothing_to_do(ana: dict[str, Listed], ben: dict[str, Listed]) -> None:
    after_ana, after_ben = brought(ana, ben), brought(ben, ana)
    assert lacking(after_ana.values(), after_ben.values(), SERIES, LIVE) == []
    assert lacking(after_ben.values(), after_ana.values(), SERIES, LIVE) == []


@pytest.mark.parametrize(
    "chat",
    [
        Listed("abcdef", series="another"),
        Listed("abcdef", ended=None),
        Listed("abcdef", rehearsal=True),
        Listed(LIVE),
        Listed("../../x"),
        Listed("ABCDEF"),
    ],
    ids=["another series", "not closed", "rehearsal", "the live one", "a path", "no id"],
)
def test_what_never_goes_along(chat: Listed) -> None:
    assert lacking([], [chat], SERIES, LIVE) == []


def test_the_longer_copy_wins_and_copies_of_equal_length_stay() -> None:
    assert lacking([Listed("abcdef", 9)], [Listed("abcdef", 10)], SERIES, LIVE) == [Listed("abcdef", 10)]
    assert lacking([Listed("abcdef", 10)], [Listed("abcdef", 10)], SERIES, LIVE) == []
    assert lacking([], [Listed("abcdef", 7), Listed("abcdef", 9)], SERIES, LIVE) == [Listed("abcdef", 9)]


WORDS = st.sampled_from(["", "math", "left early"])


@st.composite
def records(draw: st.DrawFn) -> PersonRecord:
    ids = draw(
        st.lists(st.sampled_from(["mastodon:1", "mastodon:2", "bluesky:1", "bluesky:2"]), min_size=1, unique=True)
    )
    accounts = [
        Account(one, (one.replace("1", "maria").replace("2", "tom"),), draw(WORDS), draw(chats())) for one in ids
    ]
    person = PersonRecord(accounts=accounts, host=draw(st.booleans()))
    fields = draw(st.sets(st.sampled_from(["notes", "school", "name"])))
    person.write({field: draw(WORDS) for field in fields})
    person.muted = draw(st.booleans())
    person.recap = draw(st.sampled_from(["yes", "no"]))
    person.settle()
    return person


def chats() -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(IDS), st.sampled_from(["2025-12-01", "2025-12-08"]))


def registers() -> st.SearchStrategy[Register]:
    """Registers in which no account belongs to two people, as in any people.json."""

    def apart(people: list[PersonRecord]) -> Register:
        seen: set[str] = set()
        register = Register()
        for person in people:
            if not seen & {*person.ids}:
                seen |= {*person.ids}
                register.people.append(person)
        return register

    return st.lists(records(), max_size=4).map(apart)


@given(registers(), registers())
def test_people_that_were_told_both_ways_are_no_news_any_more(ana: Register, ben: Register) -> None:
    after_ben = merged(ben, ana)
    after_ana = merged(ana, after_ben)
    assert not has_news(after_ben, after_ana)
    assert not has_news(after_ana, merged(after_ben, after_ana))


@given(registers(), registers())
def test_telling_people_changes_no_register_that_is_only_asked(ana: Register, ben: Register) -> None:
    before = msgspec.json.encode([ana.people, ben.people])
    has_news(ana, ben)
    assert msgspec.json.encode([ana.people, ben.people]) == before


def test_a_note_that_the_other_has_not_is_news_and_one_that_both_wrote_is_not() -> None:
    ana, ben = PersonRecord(accounts=[Account("mastodon:1")]), PersonRecord(accounts=[Account("mastodon:1")])
    for person in (ana, ben):
        person.settle()
    assert not has_news(Register([ana]), Register([ben]))
    ana.write({"notes": "Asks good questions."})
    assert has_news(Register([ana]), Register([ben]))
    ben.write({"notes": "Shy."})
    assert not has_news(Register([ana]), Register([ben]))


def test_whoever_was_forgotten_is_not_told() -> None:
    person = PersonRecord(accounts=[Account(f"mastodon:{PSEUDONYM}abcdefghij", chats={"abcdef": "2025-12-01"})])
    person.settle()
    assert sendable_people(Register([person])) == []
    assert received_people([person]).people == []


def test_what_follows_from_the_accounts_is_found_anew() -> None:
    told = PersonRecord(
        ids=("mastodon:9",), sessions=40, accounts=[Account("mastodon:1", chats={"abcdef": "2025-12-01"})]
    )
    assert [(person.ids, person.sessions) for person in received_people([told])] == [(("mastodon:1",), 1)]


@pytest.mark.parametrize(
    "person",
    [
        PersonRecord(accounts=[Account("mastodon:1")], written=("accounts",)),
        PersonRecord(accounts=[Account("mastodon:1", chats={"../../x": "2025-12-01"})]),
        PersonRecord(accounts=[Account("mastodon:1", chats={"abcdef": "yesterday"})]),
    ],
    ids=["a field of no library", "no session", "no date"],
)
def test_a_record_of_no_library_is_refused(person: PersonRecord) -> None:
    with pytest.raises(ValueError, match="that no library has"):
        received_people([person])


def test_nothing_that_hides_is_told_of_people() -> None:
    told = received_people(
        [
            PersonRecord(
                accounts=[Account("mastodon:1\x1b", ("mastodon:mlopez\u202e",), "Maria\x1b[1m")],
                school="Central\x9b",
                groups=("a\x07",),
                notes="Line one\nline\x00 two",
                written=("school", "groups", "notes"),
            )
        ]
    )
    (person,) = told
    assert (person.ids, person.handles, person.name) == (("mastodon:1",), ("mastodon:mlopez",), "Maria[1m")
    assert (person.school, person.groups, person.notes) == ("Central", ("a",), "Line one\nline two")
