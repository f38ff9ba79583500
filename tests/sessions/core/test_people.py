"""Who took part over all chats: what follows from the sessions, what moderators wrote, and accounts joined as one."""

import datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.events import PersonMuted, PersonTagged, PersonUnmuted, PostSeen, SessionOpened
from sessions.core.evolve import evolve, fold
from sessions.core.people import PeopleError, PersonRecord, Register
from sessions.core.posts import Author, Post
from sessions.core.state import SessionState
from sessions.library.directory import DirectoryError, apply, preview, read_directory
from sessions.networks.registry import NETWORKS
from tests.sessions.core.building import START, a_plan

MARIA = Author("mastodon:1", "mlopez", "Maria Lopez")
MARIA_ELSEWHERE = Author("bluesky:did:1", "maria.example.org", "Maria L")
TOM = Author("mastodon:2", "tk", "Tom")


def a_chat(day: int, *authors: Author, rehearsal: bool = False) -> SessionState:
    """A chat so many days after the first one, with a post by each of the authors."""
    plan = a_plan(starts=a_plan().starts + datetime.timedelta(days=day))
    opened = SessionOpened(seq=1, at=START, by=None, command=None, plan=plan, schema=1, rehearsal=rehearsal)
    state = fold([opened])
    for number, author in enumerate(authors):
        post = Post(f"{author.network}:{day}-{number}", author, "A1: yes", START)
        hear(state, PostSeen, post=post, kind="answer", filed=None, newcomer=False)
    return state


def hear(state: SessionState, event_type: Any, /, **fields: Any) -> None:
    evolve(state, event_type(seq=state.seq + 1, at=START, by=fields.pop("by", None), command=None, **fields))


def tagged(state: SessionState, school: str, person: str = MARIA.id) -> SessionState:
    hear(state, PersonTagged, by="Ana", person=person, school=school, level="k5", groups=("math",))
    return state


def the(register: Register, who: str) -> PersonRecord:
    return register.find(who)


def test_a_chat_is_counted_once_however_often_it_is_noted() -> None:
    register = Register()
    for _ in range(2):
        register.note("aaaaaa", a_chat(0, MARIA, TOM))
        register.note("bbbbbb", a_chat(7, MARIA))
    maria, tom = the(register, "@MLopez"), the(register, "mastodon:2")
    assert (maria.sessions, maria.first, maria.last) == (2, "2025-12-01", "2025-12-08")
    assert (maria.ids, maria.handles, maria.name) == (("mastodon:1",), ("mastodon:mlopez",), "Maria Lopez")
    assert (tom.sessions, tom.first, tom.last) == (1, "2025-12-01", "2025-12-01")


def test_rehearsals_never_count() -> None:
    register = Register()
    register.note("aaaaaa", a_chat(0, MARIA, rehearsal=True))
    assert len(register) == 0


def test_the_same_handle_of_a_network_is_the_same_person_and_another_network_s_is_not() -> None:
    register = Register()
    register.note("aaaaaa", a_chat(0, MARIA))
    register.note("bbbbbb", a_chat(7, Author("mastodon:99", "@MLopez"), Author("bluesky:5", "mlopez")))
    assert the(register, "mastodon:1").ids == ("mastodon:1", "mastodon:99")
    assert the(register, "bluesky:5").ids == ("bluesky:5",)
    with pytest.raises(PeopleError, match="more than one person: mastodon:mlopez, bluesky:mlopez"):
        register.find("mlopez")
    with pytest.raises(PeopleError, match="Nobody"):
        register.find("nobody")


def test_the_later_chat_has_the_last_word_on_what_was_tagged() -> None:
    register = Register()
    register.note("bbbbbb", tagged(a_chat(7, MARIA), "New High"))
    register.note("aaaaaa", tagged(a_chat(0, MARIA), "Old High"))
    assert (the(register, "mlopez").school, the(register, "mlopez").level) == ("New High", "k5")
    register.note("cccccc", a_chat(14, MARIA))
    assert the(register, "mlopez").groups == ("math",), "a chat in which nobody tagged them changes nothing"
    register.note("dddddd", tagged(a_chat(21, MARIA), ""))
    assert the(register, "mlopez").school == "", "what a moderator took away is taken away"


def test_who_was_muted_stays_so_until_somebody_unmutes_them() -> None:
    register = Register()
    muting, silent, unmuting = (a_chat(day, MARIA) for day in (0, 7, 14))
    hear(muting, PersonMuted, by="Ana", person=MARIA.id)
    hear(unmuting, PersonMuted, by="Ana", person=MARIA.id)
    hear(unmuting, PersonUnmuted, by="Ana", person=MARIA.id)
    for number, (state, muted) in enumerate(((muting, True), (silent, True), (unmuting, False))):
        register.note(f"aaaaa{'abc'[number]}", state)
        assert the(register, "mlopez").muted is muted


def test_a_rebuild_keeps_what_moderators_wrote_and_nothing_else() -> None:
    register = Register()
    register.note("aaaaaa", tagged(a_chat(0, MARIA, TOM), "Old High"))
    register.note("zzzzzz", a_chat(1, MARIA, TOM))
    the(register, "mlopez").write({"school": "Right High", "notes": "likes stations", "recap": "no"})
    rebuilt = register.rebuilt([("aaaaaa", tagged(a_chat(0, MARIA), "Old High"))])
    maria = the(rebuilt, "mlopez")
    assert (maria.school, maria.level, maria.notes, maria.recap, maria.sessions) == (
        "Right High",
        "k5",
        "likes stations",
        "no",
        1,
    )
    assert len(rebuilt) == 1, "Tom is in no chat any more"


def test_two_accounts_are_joined_kept_so_by_a_rebuild_and_parted_again() -> None:
    chats = [("aaaaaa", a_chat(0, MARIA)), ("bbbbbb", a_chat(7, MARIA_ELSEWHERE, TOM)), ("cccccc", a_chat(14, MARIA))]
    register = Register().rebuilt(chats)
    register.join("mlopez", "maria.example.org")
    for one in (register, register.rebuilt(chats)):
        maria = the(one, "maria.example.org")
        assert maria.ids == ("mastodon:1", "bluesky:did:1")
        assert (maria.sessions, maria.name, len(one)) == (3, "Maria Lopez", 2)
        assert one.joined() == [maria]
    with pytest.raises(PeopleError, match="one person already"):
        register.join("mlopez", "bluesky:did:1")
    parted = register.part("maria.example.org")
    assert (parted.ids, parted.sessions, parted.name) == (("bluesky:did:1",), 1, "Maria L")
    assert (the(register, "mlopez").sessions, register.joined()) == (2, [])
    with pytest.raises(PeopleError, match="not one of several accounts"):
        register.part("maria.example.org")


def test_an_account_that_is_parted_has_its_own_school_and_level_again_over_a_rebuild_too() -> None:
    chats = [("aaaaaa", a_chat(0, MARIA)), ("bbbbbb", a_chat(7, MARIA_ELSEWHERE))]
    register = Register().rebuilt(chats)
    the(register, "mlopez").write({"school": "North", "level": "k5"})
    the(register, "maria.example.org").write({"school": "South", "level": "6-8", "recap": "no"})
    register.join("mlopez", "maria.example.org")
    register = register.rebuilt(chats)
    assert (the(register, "mlopez").school, the(register, "mlopez").recap) == ("North", "no")
    register.part("maria.example.org")
    for one in (register, register.rebuilt(chats)):
        parted, kept = the(one, "maria.example.org"), the(one, "mlopez")
        assert (parted.school, parted.level, parted.recap) == ("South", "6-8", "no")
        assert (kept.school, kept.level) == ("North", "k5")
    register.join("maria.example.org", "mlopez")
    first = register.part("mlopez")
    assert (first.school, first.level) == ("North", "k5"), "whichever is parted"


def test_a_deleted_chat_is_taken_out() -> None:
    register = Register().rebuilt([("aaaaaa", a_chat(0, MARIA, TOM)), ("bbbbbb", a_chat(7, MARIA))])
    register.drop("aaaaaa")
    assert [(one.name, one.sessions, one.first) for one in register] == [("Maria Lopez", 1, "2025-12-08")]


def test_registers_of_two_moderators_are_merged() -> None:
    mine = Register().rebuilt([("aaaaaa", a_chat(0, MARIA)), ("bbbbbb", a_chat(1, MARIA_ELSEWHERE))])
    theirs = Register().rebuilt([("bbbbbb", a_chat(1, MARIA_ELSEWHERE)), ("cccccc", a_chat(2, MARIA, TOM))])
    theirs.join("mlopez", "maria.example.org")
    the(theirs, "mlopez").write({"notes": "from them", "recap": "no"})
    the(mine, "mlopez").write({"school": "mine"})
    mine.merge(theirs)
    maria = the(mine, "maria.example.org")
    assert (maria.sessions, maria.school, maria.notes, maria.recap, len(mine)) == (3, "mine", "from them", "no", 2)
    again = msgspec.to_builtins(mine.people)
    mine.merge(theirs)
    assert msgspec.to_builtins(mine.people) == again


@given(st.lists(st.tuples(st.integers(0, 5), st.lists(st.sampled_from([MARIA, TOM, MARIA_ELSEWHERE]))), max_size=8))
def test_noting_one_by_one_in_any_order_comes_to_what_a_rebuild_does(chats: list[tuple[int, list[Author]]]) -> None:
    named = [(f"aaaaa{chr(ord('a') + number)}", a_chat(day, *authors)) for number, (day, authors) in enumerate(chats)]
    register = Register()
    for session, state in reversed(named):
        register.note(session, state)
    rebuilt = Register().rebuilt(sorted(named, key=lambda one: one[1].plan.starts if one[1].plan else None))
    shown = [
        {(one.ids, one.handles, one.name, one.first, one.last, one.sessions) for one in r} for r in (register, rebuilt)
    ]
    assert shown[0] == shown[1]


DIRECTORY = """\
"Teachers of the district"
User Name;Full name;Campus;Grade level;Shoe size
@MLopez;Maria Lopez-Garcia;Central High;9-12;38
https://bsky.app/profile/maria.example.org;Maria;NA;9-12;
;Nobody;Central High;;
never.seen;Ina;North;k5;40
"""


def test_a_directory_is_understood_by_usual_names_and_shown_before_it_is_written() -> None:
    register = Register().rebuilt([("aaaaaa", a_chat(0, MARIA, MARIA_ELSEWHERE, TOM))])
    directory = read_directory(DIRECTORY, NETWORKS)
    assert directory.columns == {"handle": "User Name", "name": "Full name", "school": "Campus", "level": "Grade level"}
    assert (directory.ignored, directory.skipped) == (("Shoe size",), (5,))
    before = msgspec.to_builtins(register.people)
    shown = preview(directory, register)
    assert msgspec.to_builtins(register.people) == before
    assert [(change.row.handle, change.known) for change in shown] == [
        ("mlopez", True),
        ("bluesky:maria.example.org", True),
        ("never.seen", False),
    ]
    assert shown[0].before["name"] == "Maria Lopez"
    assert apply(directory, register) == shown
    assert (the(register, "mlopez").school, the(register, "mlopez").name) == ("Central High", "Maria Lopez-Garcia")
    assert the(register, "never.seen").sessions == 0
    assert apply(directory, register) == []
    register.note("bbbbbb", a_chat(7, Author("mastodon:8", "Never.Seen", "Ina")))
    ina = the(register, "never.seen")
    assert (ina.ids, ina.school, ina.sessions) == (("mastodon:8",), "North", 1)


@pytest.mark.parametrize(
    "head", ["handle", "Twitter handle", "Mastodon user name", "X", "@Bluesky Account", "Twitter name"]
)
def test_the_column_of_handles_may_say_of_which_network(head: str) -> None:
    directory = read_directory(f"Name;{head};Campus\nAna Q;@ana;Central\n", NETWORKS)
    assert directory.columns == {"handle": head, "name": "Name", "school": "Campus"}
    assert [(row.handle, row.name, row.school) for row in directory.rows] == [("ana", "Ana Q", "Central")]


def test_a_directory_row_that_means_two_people_is_told_and_passed_by() -> None:
    register = Register().rebuilt([("aaaaaa", a_chat(0, MARIA, Author("bluesky:5", "mlopez")))])
    (change,) = apply(read_directory("handle,school\nmlopez,Central\n", NETWORKS), register)
    assert "more than one person" in change.problem
    assert all(person.school == "" for person in register)


@pytest.mark.parametrize(
    ("text", "has"), [("", "nothing"), ("school,level\nCentral,k5\n", "school, level"), ("\n\n", "nothing")]
)
def test_a_table_without_handles_is_no_directory_and_what_it_has_is_told(text: str, has: str) -> None:
    with pytest.raises(DirectoryError, match=f"the first line has: {has}"):
        read_directory(text, NETWORKS)


def test_lines_are_told_by_their_number_in_the_file_and_what_is_no_table_is_told() -> None:
    directory = read_directory("Teachers\n\nhandle,name\n\nmlopez,Maria\n\n,Tom\n", NETWORKS)
    assert [row.line for row in directory.rows] == [5]
    assert directory.skipped == (7,)
    with pytest.raises(DirectoryError, match="Line 2 is no line of a table"):
        read_directory('handle,name\n"' + "a" * 200_000 + '",Maria\n', NETWORKS)


@given(st.text(st.sampled_from('handle,;\t"\r\n@aé'), max_size=60))
def test_any_text_is_a_directory_or_told_to_be_none(text: str) -> None:
    try:
        directory = read_directory(text, NETWORKS)
    except DirectoryError:
        return
    assert all(row.handle for row in directory.rows)
