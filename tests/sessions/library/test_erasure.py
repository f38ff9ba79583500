"""Forgetting a person: no file that is reached tells of them any more, and no number changes."""

from pathlib import Path

import msgspec
import pytest
import tinydb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sessions.core.events import PostEdited, PostSeen, encode_event
from sessions.core.evolve import fold
from sessions.core.identity import is_pseudonym
from sessions.core.plan import Host
from sessions.core.posts import Author
from sessions.files.errors import LibraryError
from sessions.files.small_file import SmallFile
from sessions.library.erasure import blank_post, forget, look
from sessions.library.forgotten import read_forgotten
from sessions.library.index import summaries
from sessions.library.library import Library
from sessions.library.people import PeopleFile, read_people
from sessions.library.people_rebuild import rebuild_people
from sessions.library.storage.reading import read_events
from sessions.library.storage.rescue import rescue
from sessions.library.trash import Trash
from tests.sessions.core.building import START
from tests.sessions.library.building import stock_events
from tests.sessions.library.maria import ANA, MARIA, OWN_TEXT, SECRETS, TOM, a_chat, every_byte, numbers, post, written
from tests.thorough import examples


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "chats")


def test_no_byte_tells_of_a_forgotten_person_and_no_number_changes(library: Library) -> None:
    path = a_chat(library.folder)
    rebuild_people(library)
    PeopleFile(library.folder).change(
        lambda people: (people.find("tom.example.org").write({"notes": "Ask Maria Qopez-Ünal about him"}), None)[1]
    )
    summaries(library)
    before = read_events(path)
    assert all(secret in every_byte(library.folder) for secret in SECRETS)
    preview = look([library.folder], "@qmlopez")
    assert fold(read_events(path)).digest() == fold(before).digest(), "a look changes nothing"
    done = forget([library.folder], "@qmlopez")
    assert {one.path.name for one in done.touched} == {path.name, "people.json"}
    assert preview.touched == done.touched
    assert done.unreached == ()
    assert not [secret for secret in SECRETS if secret in every_byte(library.folder)]
    after = read_events(path)
    assert numbers(fold(after)) == numbers(fold(before))
    assert [(one.seq, type(one)) for one in after] == [(one.seq, type(one)) for one in before]
    assert fold(after).text("mastodon:p7") == "Nothing about anybody"
    with tinydb.TinyDB(path, access_mode="r") as stock:
        assert len(stock.table("participants")) == 3
        assert {one["name"] for one in stock.table("answers")} >= {"Tom K", "Ana Quiroga"}
    (maria,) = [one for one in read_people(library.folder) if is_pseudonym(one.ids[0])]
    assert (maria.sessions, maria.recap, maria.school, maria.name) == (1, "no", "", "")
    assert read_forgotten(library.folder).is_forgotten(MARIA)
    with pytest.raises(LibraryError, match="Nobody in the saved chats goes by"):
        forget([library.folder], "@qmlopez")


def test_copies_the_trash_and_moved_aside_files_are_reached_and_what_is_not_is_listed(
    library: Library, tmp_path: Path
) -> None:
    path = a_chat(library.folder)
    copies = tmp_path / "usb"
    copies.mkdir()
    (copies / path.name).write_bytes(path.read_bytes())
    broken = copies / path.name.replace(path.stem[-6:], "aaaaaa")
    broken.write_bytes(path.read_bytes().replace(b'"9": {', b'"9": {{', 1))
    aside = library.folder / "2025-11-01-navasotaisd-bbbbbb.json.damaged-1"
    aside.write_bytes(broken.read_bytes())
    stopped = path.with_name(f"{path.name}.stopped-1")
    stopped.write_bytes(path.read_bytes())
    (library.folder / "plans").mkdir()
    plan = library.folder / "plans" / "next.toml"
    plan.write_text('notes = "Ask Maria Qopez-Ünal"', encoding="utf-8")
    second = a_chat(library.folder)
    with Trash(library) as trash:
        deleted = trash.delete(second)
        done = forget([library.folder, copies], MARIA.id)
        assert {path, copies / path.name, deleted.kept, broken, aside, stopped} <= {one.path for one in done.touched}
        unreached = {one.path: one.why for one in done.unreached}
        assert len(read_events(stopped)) == len(read_events(path))
        assert set(unreached) == {plan, broken, aside}
        assert "no file of ours" in unreached[plan]
        assert "damaged" in unreached[aside]
        plan.unlink()
        assert not [secret for secret in SECRETS if secret in every_byte(tmp_path).replace("zebra, again", "")]
        restored = trash.restore(deleted)
    assert len(read_events(restored)) == len(read_events(path))
    assert rescue(broken).events == 8


def test_a_live_chat_is_refused_by_name_and_nothing_is_changed(library: Library) -> None:
    closed = a_chat(library.folder)
    before = closed.read_bytes()
    with written(library.folder, [post(1, MARIA, OWN_TEXT)], close=False) as live:
        live.announce("Ana's chat at http://127.0.0.1:8123")
        for do in (look, forget):
            with pytest.raises(LibraryError, match=r"is live in Ana's chat .* Forget qmlopez when it has ended"):
                do([library.folder], "qmlopez")
        with pytest.raises(LibraryError, match="X at the desk"):
            blank_post([library.folder], "mastodon:p1")
    assert closed.read_bytes() == before
    assert not read_forgotten(library.folder)
    forget([library.folder], "qmlopez")


def test_a_live_chat_without_the_person_does_not_stand_in_the_way(library: Library) -> None:
    a_chat(library.folder)
    with written(library.folder, [post(50, TOM, "hello")], close=False) as live:
        before = live.path.read_bytes()
        forget([library.folder], "qmlopez")
        assert live.path.read_bytes() == before


def test_a_handle_of_two_people_is_asked_back(library: Library) -> None:
    with written(library.folder, [post(1, MARIA, "one"), post(2, Author("bluesky:9", "qmlopez"), "two")]):
        pass
    with pytest.raises(LibraryError, match=r"more than one person: bluesky:qmlopez, mastodon:qmlopez@school.example"):
        look([library.folder], "qmlopez")
    rebuild_people(library)
    PeopleFile(library.folder).change(lambda people: people.join("bluesky:qmlopez", MARIA.id))
    assert look([library.folder], "qmlopez").who.ids == {MARIA.id, "bluesky:9"}


def test_a_forgotten_host_is_still_a_host(library: Library) -> None:
    hosts = (Host("Ana", ("mastodon:ana@mastodon.social", "bluesky:ana.q.example")), Host("Ben", ("ben",)))
    posts = [
        post(1, ANA, "Welcome!"),
        post(2, Author("bluesky:7", "ana.q.example", "Ana Q"), "Me too"),
        post(3, TOM, "Hi"),
    ]
    with written(library.folder, posts, hosts=hosts) as file:
        before = file.read_events()
    forget([library.folder], "ana@mastodon.social")
    after = fold(read_events(file.path))
    assert numbers(after) == numbers(fold(before))
    assert sum(person.host for person in after.people.values()) == 2
    assert not [secret for secret in ("ana.q.example", "quiroga", "ana@") if secret in every_byte(library.folder)]


def test_a_rehearsal_that_reenacted_the_person_is_reached(library: Library) -> None:
    a_chat(library.folder)
    again = Author("practice:mastodon:q47w", "qmlopez@school.example", "Maria Qopez-Ünal")
    with written(library.folder, [post(1, again, OWN_TEXT)]):
        pass
    forget([library.folder], MARIA.id)
    assert not [secret for secret in SECRETS if secret in every_byte(library.folder)]


def test_a_script_s_own_table_and_an_event_of_a_later_version_are_reached(library: Library) -> None:
    path = a_chat(library.folder)
    with tinydb.TinyDB(path) as stock:
        stock.table("mine").insert({"qmlopez": 3, "who": "Maria Qopez-Ünal", "person": MARIA.id, "text": "zebra"})
        stock.table("events").update(
            {"type": "poll_answered", "author": {"id": MARIA.id}, "text": "zebra"}, doc_ids=[4]
        )
    forget([library.folder], "qmlopez")
    assert not [secret for secret in SECRETS if secret in every_byte(library.folder)]
    assert stock_events(path)[3]["type"] == "poll_answered"


def test_answers_written_down_by_hand_under_their_name_or_handle_are_reached(library: Library) -> None:
    by_hand = [Author("hand:maria qopez-ünal", name="Maria Qopez-Ünal"), Author("hand:qmlopez", name="@qmlopez")]
    with written(library.folder, [post(1, MARIA, "A1"), *(post(n, by_hand[n - 2], "zebra") for n in (2, 3))]) as file:
        before = file.read_events()
    forget([library.folder], "qmlopez")
    assert not [secret for secret in SECRETS if secret in every_byte(library.folder)]
    assert numbers(fold(read_events(file.path))) == numbers(fold(before))


def test_links_to_them_and_their_handle_in_anothers_name_are_reached(library: Library) -> None:
    posts = [
        post(1, MARIA, "A1: hello"),
        post(2, Author("mastodon:5", "bob", "Bob, hosts with @qmlopez"), "https://other.example/@qmlopez/1 it is"),
        post(3, TOM, "read this", url="https://school.example/users/qmlopez/statuses/1"),
    ]
    with written(library.folder, posts) as file:
        pass
    forget([library.folder], "qmlopez")
    assert not [secret for secret in SECRETS if secret in every_byte(library.folder)]
    after = fold(read_events(file.path))
    assert after.text("mastodon:p2") == "… it is"
    assert after.people["mastodon:5"].author.name == "Bob, hosts with …"
    assert after.posts["mastodon:p3"].post.url is None


SHORT = {"type": PostEdited, "post": "mastodon:p2", "text": "zebra, again", "kind": "answer", "filed": None}
"""Words too short to be looked for in the posts of others: only whose they are tells that they have to go."""


def a_damaged_chat(folder: Path) -> Path:
    """A chat that was moved aside: Maria's edited answer, and Tom's repost of it."""
    repost = post(3, TOM, "zebra", repost_of="mastodon:p2")
    with written(folder, [post(2, MARIA, "zebra"), repost], SHORT) as file:
        data = file.path.read_bytes().replace(b'"5": {', b'"5": {{', 1)
    aside = file.path.with_name(f"{file.path.name}.damaged-1")
    aside.write_bytes(data)
    file.path.unlink()
    return aside


@pytest.mark.parametrize("handle", ["qmlopez", MARIA.id])
def test_who_is_only_in_a_damaged_file_is_found_there_with_all_their_words(library: Library, handle: str) -> None:
    aside = a_damaged_chat(library.folder)
    done = forget([library.folder], handle)
    assert [one.path for one in done.touched] == [aside]
    assert not [secret for secret in SECRETS if secret in every_byte(library.folder)]


def test_copies_in_folders_of_the_library_are_reached(library: Library) -> None:
    kept = library.folder / "backup" / "2025"
    kept.mkdir(parents=True)
    path = a_chat(kept)
    a_chat(library.folder)
    rebuild_people(library)
    (kept / "people.json").write_bytes((library.folder / "people.json").read_bytes())
    done = forget([library.folder], "qmlopez")
    assert {path, kept / "people.json"} <= {one.path for one in done.touched}
    assert done.unreached == ()
    assert not [secret for secret in SECRETS if secret in every_byte(library.folder)]
    assert len(read_events(path)) == 11


def test_what_killed_programs_left_beside_files_is_removed(library: Library) -> None:
    path = a_chat(library.folder)
    with written(library.folder, [post(50, TOM, "hello")]) as other:
        pass
    left = [
        other.path.with_name(f"{other.path.name}.new"),
        library.folder / "2025-11-01-navasotaisd-bbbbbb.json.damaged-1.new",
        library.folder / "people.json.new",
    ]
    for one in left:
        one.write_bytes(path.read_bytes())
    holder = other.path.with_name(f"{other.path.name}.holder")
    holder.write_text("qmlopez's chat at http://127.0.0.1:1", encoding="utf-8")
    assert {*left, holder} <= {one.path for one in look([library.folder], "qmlopez").touched}
    assert all(one.exists() for one in (*left, holder))
    assert {*left, holder} <= {one.path for one in forget([library.folder], "qmlopez").touched}
    assert not any(one.exists() for one in (*left, holder))
    assert not [secret for secret in SECRETS if secret in every_byte(library.folder)]


def test_an_index_that_another_program_keeps_just_then_tells_of_nobody(library: Library) -> None:
    a_chat(library.folder, title="An hour with Maria Qopez-Ünal")
    summaries(library)
    index = library.folder / "index.json"
    assert b"Qopez" in index.read_bytes()
    with SmallFile(index).locked():
        forget([library.folder], "qmlopez")
    assert not [secret for secret in SECRETS if secret in every_byte(library.folder)]
    assert [one.title for one in summaries(library)] == ["An hour with …"]


def test_what_another_program_is_writing_is_listed_as_not_reached(library: Library) -> None:
    path = a_chat(library.folder)
    new = library.folder / "people.json.new"
    new.write_bytes(path.read_bytes())
    with SmallFile(library.folder / "people.json").locked():
        (unreached,) = look([library.folder], "qmlopez").unreached
    assert unreached.path == new
    assert "Do it again when that has ended" in unreached.why


def test_letters_that_json_escapes_are_found_in_damaged_files_and_in_files_of_others(library: Library) -> None:
    unal = Author("x:79", "zz9", "Ünal Ğökçe")
    with written(library.folder, [post(1, unal, "hello")]) as file:
        data = file.path.read_bytes()
    (library.folder / "copy.bak").write_bytes(data.replace(b"zz9", b"").replace(b"x:79", b""))
    aside = library.folder / "people.json.damaged-1"
    aside.write_bytes(b'{"people": {"1": {"name": "\\u00dcnal \\u011e\\u00f6k\\u00e7e", "ids": ["x:79"]')
    (unreached, doubtful) = forget([library.folder], "zz9").unreached
    assert (unreached.path.name, doubtful.path) == ("copy.bak", aside)
    assert b"nal" not in aside.read_bytes()
    assert b"x:79" not in aside.read_bytes()


def test_what_they_posted_from_a_desk_and_the_warnings_before_their_posts_are_reached(library: Library) -> None:
    path = a_chat(library.folder)
    base = {"at": START + 4, "by": "Ana", "command": "c1"}
    sent = {"source": "mastodon:school.example", "account": MARIA.handle, "purpose": "script", "subject": "welcome"}
    welcome = {"purpose": "greeting", "subject": MARIA.id, "account": "ana", "text": "Welcome @qmlopez!"}
    with tinydb.TinyDB(path) as stock:
        events = stock.table("events")
        events.update({"post": {**events.get(doc_id=2)["post"], "warning": "zebra"}}, doc_ids=[2])
        events.update({"type": "posting_begun", "key": "k1", **sent, "text": "zebra", **base}, doc_ids=[4])
        events.update({"type": "posting_begun", "key": "k2", **sent, **welcome, **base}, doc_ids=[5])
    forget([library.folder], "qmlopez")
    assert not [secret for secret in SECRETS if secret in every_byte(library.folder)]
    assert [one.get("text") for one in stock_events(path)[3:5]] == ["", "Welcome …!"]


def test_what_comes_in_again_is_respected(library: Library) -> None:
    path = a_chat(library.folder)
    events = read_events(path)
    forget([library.folder], "qmlopez")
    kept = read_forgotten(library.folder).respected(events)
    assert [encode_event(one) for one in kept] == [encode_event(one) for one in read_events(path)]
    assert read_forgotten(library.folder / "elsewhere").respected(events) == events
    mention = [events[0], msgspec.structs.replace(events[2], seq=2)]
    text = read_forgotten(library.folder).respected(mention)[1]
    assert isinstance(text, PostSeen)
    assert "qmlopez" not in text.post.text.casefold()


WORDS = st.text(st.sampled_from("abcdeéÜßşλ漢 \n\"\\@#:.'"), max_size=30)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(st.sampled_from("abcdeéÜßλ漢 \"\\'"), min_size=2, max_size=12),
    around=st.lists(st.tuples(WORDS, st.sampled_from(["@{h}", "{h}", "{H}", "{n}", "{o}", ""]), WORDS), max_size=6),
)
def test_whatever_they_are_called_and_whatever_stands_around_it(
    tmp_path_factory: pytest.TempPathFactory, name: str, around: list[tuple[str, str, str]]
) -> None:
    """The person's name, handle and words are in no text, and every count, filing and seq is as before."""
    folder = tmp_path_factory.mktemp("chats")
    name = f"z9q{' '.join(name.split())}z9q"
    who = Author("mastodon:z9qid", "z9qhandle", name)
    own = "z9qown words that are long enough"
    filled = {"h": "z9qhandle", "H": "Z9QHANDLE", "n": name, "o": own}
    others = [f"{before} {form.format(**filled)} {after}" for before, form, after in around]
    posts = [post(1, who, own), *(post(number, TOM, text) for number, text in enumerate(others, start=2))]
    with written(folder, posts) as file:
        before = file.read_events()
    forget([folder], "z9qhandle")
    after = read_events(file.path)
    assert numbers(fold(after)) == numbers(fold(before))
    assert "z9q" not in every_byte(folder)
    assert len(stock_events(file.path)) == len(before)
