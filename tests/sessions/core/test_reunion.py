"""What the other file of a chat adds to ours: nothing twice, nothing against what was decided here, and all legal."""

import copy
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sessions.core import commands as c
from sessions.core import events as e
from sessions.core.commands import Refusal, latest_own
from sessions.core.events import AnyEvent, UnknownEvent, decode_event, encode_event
from sessions.core.evolve import fold
from sessions.core.plan import Lookup
from sessions.core.posts import Author, Filed, Post
from sessions.core.reunion import NotOneChat, Reunion, reunite
from sessions.core.reunion.reunited import GOES_ON, OTHERWISE
from tests.sessions.core.building import START, Chat, a_plan
from tests.sessions.core.every_kind import Recorded, a_plan_with_notes, play
from tests.thorough import examples

MINUTE = 60_000
LATER = START + 1000 * MINUTE


def forked(chat: Chat, ids: int = 1000) -> Chat:
    """The same chat in another file, which goes on with commands and posts of its own."""
    other = copy.copy(chat)
    other.state, other.events, other._ids = chat.state.copy(), list(chat.events), ids
    return other


def parted(before: Callable[[Chat], Any] = lambda _chat: None) -> tuple[Chat, Chat]:
    """Two files of one chat in which that happened before they parted."""
    ours = Chat()
    before(ours)
    return ours, forked(ours)


def reunited(ours: Chat, theirs: Chat) -> Reunion:
    """What comes of it; merging is legal, and the second time adds nothing."""
    found = reunite(ours.events, theirs.events, LATER)
    events = [*ours.events, *found.events]
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert all(one.at <= next_one.at for one, next_one in itertools.pairwise(events))
    travelled = [decode_event(encode_event(event)) for event in events]
    assert fold(travelled).digest() == fold(events).digest()
    again = reunite(events, theirs.events, LATER)
    assert again.events == []
    assert again.kept == found.kept
    return found


def types(found: Reunion) -> list[str]:
    return [type(one.event).__name__ for one in found.additions]


def after(ours: Chat, found: Reunion) -> Chat:
    """Ours with what was added."""
    merged = forked(ours, 5000)
    for event in found.events:
        merged._take(event)
    return merged


def test_posts_marks_notes_and_questions_of_the_other_file_are_added_with_who_did_them() -> None:
    ours, theirs = parted(lambda chat: chat.post())
    theirs.at = START + 5 * MINUTE
    post = theirs.post("A1: only there", handle="kim", newcomer=True)
    theirs.do(c.Highlight, "Ben", post=post)
    theirs.do(c.Hide, "Ben", post="mastodon:1")
    theirs.do(c.File, "Ben", post=post, question="q2")
    theirs.do(c.Greet, "Ben", person="mastodon:@kim")
    theirs.do(c.Note, "Ben", text="Kim is new")
    theirs.do(c.AddQuestion, text="Why?")
    found = reunited(ours, theirs)
    assert types(found) == [
        "PostSeen", "PostHighlighted", "PostHidden", "PostFiled", "PersonGreeted", "NoteAdded", "QuestionAdded"
    ]  # fmt: skip
    assert [one.group for one in found.additions] == ["posts", *["marks"] * 4, "notes", "questions"]
    assert {one.event.at for one in found.additions} == {START + 5 * MINUTE}
    state = after(ours, found).state
    assert state.layers[post].starred is not None
    assert [note.by for note in state.notes.values()] == ["Ben"]
    assert state.filed(post) == Filed("q2", "moderator")


def test_what_is_in_both_is_not_added() -> None:
    ours, theirs = parted()
    for chat in (ours, theirs):
        chat.at, chat._ids = START + (1 if chat is ours else 2), 7
        post = chat.post("A1: seen by both")
        chat._ids = 100 if chat is ours else 200
        chat.do(c.Highlight, post=post)
    assert reunited(ours, theirs) == Reunion(common=len(ours.events) - 2)


def test_a_file_that_only_goes_on_further_is_added_as_it_is() -> None:
    theirs = play(Recorded(a_plan_with_notes()))
    ours = Chat()
    ours.events = list(theirs.events[:5])
    ours.state = fold(ours.events)
    theirs.events.pop()  # the end of the chat is for who is there to say
    found = reunite(ours.events, theirs.events, LATER)
    assert not [one for one in found.kept if one.why != "what reading may cost is decided here"]
    merged, whole = fold([*ours.events, *found.events]), fold(theirs.events)
    for name in ("posts", "people", "questions", "order", "postings", "skipped", "roles", "tally"):
        assert repr(getattr(merged, name)).count("seq=") == repr(getattr(whole, name)).count("seq=")
    assert {key: (one.post, one.failed) for key, one in merged.postings.items()} == {
        key: (one.post, one.failed) for key, one in whole.postings.items()
    }
    assert (merged.roles, merged.tally, merged.order) == (whole.roles, whole.tally, whole.order)


def test_what_was_decided_here_since_stays() -> None:
    ours, theirs = parted(lambda chat: chat.post())
    ours.do(c.File, post="mastodon:1", question="q2")
    theirs.do(c.File, "Ben", post="mastodon:1", question="q3")
    theirs.do(c.TakeRole, "Ben", role="driver")
    ours.do(c.ReleaseRole, role="driver")
    found = reunited(ours, theirs)
    assert found.events == []
    assert [one.why for one in found.kept] == [OTHERWISE, OTHERWISE]


def test_of_what_was_decided_several_times_the_last_counts_and_nothing_taken_back() -> None:
    ours, theirs = parted(lambda chat: chat.post())
    theirs.do(c.Highlight, post="mastodon:1")
    theirs.do(c.Unhighlight, post="mastodon:1")
    theirs.do(c.File, post="mastodon:1", question="q3")
    theirs.do(c.File, post="mastodon:1", question="q4")
    theirs.do(c.Note, text="a slip")
    theirs.do(c.Undo, seq=theirs.state.seq)
    found = reunited(ours, theirs)
    assert types(found) == ["PostFiled"]
    assert after(ours, found).state.filed("mastodon:1") == Filed("q4", "moderator")


def test_what_the_other_took_back_is_taken_back_unless_something_came_upon_it() -> None:
    def before(chat: Chat) -> None:
        chat.post()
        chat.do(c.Highlight, post="mastodon:1")
        chat.do(c.Note, text="a slip")

    ours, theirs = parted(before)
    for seq in (theirs.state.seq, theirs.state.seq - 1):
        theirs.do(c.Undo, seq=seq)
    assert types(reunited(ours, theirs)) == ["Undone", "Undone"]
    ours.do(c.Hide, post="mastodon:1")
    found = reunited(ours, theirs)
    assert types(found) == ["Undone"]
    assert [one.why for one in found.kept] == [OTHERWISE]


def test_what_is_taken_back_after_a_merge_is_taken_back_by_the_next_one() -> None:
    ours, theirs = parted()
    theirs.do(c.Note, text="a slip")
    ours = after(ours, reunited(ours, theirs))
    theirs.do(c.Undo, seq=theirs.state.seq)
    found = reunited(ours, theirs)
    assert types(found) == ["Undone"]
    assert after(ours, found).state.notes == {}


def test_what_was_merged_can_be_undone_and_does_not_come_back() -> None:
    ours, theirs = parted(lambda chat: chat.post())
    theirs.do(c.Highlight, "Ben", post="mastodon:1")
    ours = after(ours, reunited(ours, theirs))
    seq = latest_own(ours.state, "Ben")
    assert seq is not None
    ours.do(c.Undo, seq=seq)
    assert reunited(ours, theirs).events == []


def test_questions_of_both_keep_apart_though_both_called_them_q7() -> None:
    ours, theirs = parted()
    ours.do(c.AddQuestion, text="Here?")
    theirs.do(c.AddQuestion, text="There?")
    theirs.do(c.EditQuestion, question="q7", text="Over there?")
    post = theirs.post("A7: yes", filed=Filed("q7", "label"))
    other = theirs.post("A7: no", filed=None)
    theirs.do(c.File, post=other, question="q7")
    found = reunited(ours, theirs)
    state = after(ours, found).state
    assert [state.questions[one].text for one in ("q7", "q8")] == ["Here?", "Over there?"]
    assert [state.questions[one].label for one in ("q7", "q8")] == ["7", "8"]
    assert state.filed(post) == Filed("q8", "label")
    assert state.filed(other) == Filed("q8", "moderator")


def test_an_answer_to_a_question_that_was_taken_back_there_is_under_no_other() -> None:
    ours, theirs = parted()
    ours.do(c.AddQuestion, text="Here?")
    theirs.do(c.AddQuestion, text="There?")
    added = theirs.state.seq
    post = theirs.post("A7: yes", filed=Filed("q7", "label"))
    theirs.do(c.Undo, seq=added)
    assert after(ours, reunited(ours, theirs)).state.filed(post) is None


def test_questions_asked_there_are_told_and_change_nothing_where_others_were_asked_here() -> None:
    ours, theirs = parted()
    ours.do(c.Ask, question="q1", seen=None)
    theirs.do(c.Ask, question="q2", seen=None)
    theirs.do(c.AddTime, seconds=60)
    found = reunited(ours, theirs)
    assert found.events == []
    assert {one.why for one in found.kept} == {GOES_ON}
    ours.do(c.Close)
    found = reunited(ours, theirs)
    assert types(found) == ["QuestionAsked"]
    state = after(ours, found).state
    assert [opening.question for opening in state.openings] == ["q1", "q2"]


def test_questions_asked_there_go_on_where_none_was_asked_here() -> None:
    ours, theirs = parted()
    theirs.do(c.Ask, question="q2", seen=None)
    theirs.do(c.Hold)
    theirs.do(c.AddTime, seconds=60)
    assert types(reunited(ours, theirs)) == ["QuestionAsked", "TimerHeld", "TimeAdded"]


def test_a_closed_chat_is_closed_again_at_the_same_moment() -> None:
    ours, theirs = parted()
    ours.at += MINUTE
    ours.do(c.Close)
    theirs.at += 5 * MINUTE
    theirs.post()
    found = reunited(ours, theirs)
    assert isinstance(found.events[-1], e.SessionClosed)
    assert [event.at for event in found.events] == [ours.at, ours.at]
    assert fold([*ours.events, *found.events]).closed_at == ours.at


def test_times_are_those_of_the_other_file_but_none_before_ours_or_ahead_of_now() -> None:
    ours, theirs = parted()
    ours.at += 10 * MINUTE
    ours.do(c.Note, text="here")
    for minutes in (5, 15, 5000):
        theirs.at = START + minutes * MINUTE
        theirs.do(c.Note, text=f"{minutes}")
    found = reunited(ours, theirs)
    assert [one.event.at for one in found.additions] == [ours.at, START + 15 * MINUTE, LATER]
    assert [one.happened for one in found.additions] == [START + m * MINUTE for m in (5, 15, 5000)]


def begin(chat: Chat, key: str, subject: str) -> None:
    where = {"source": "mastodon:m.example", "account": "ana@m.example", "purpose": "question"}
    chat.do(c.BeginPosting, key=key, subject=subject, text=f"Q: {subject}", **where)


def test_what_was_begun_to_be_posted_there_is_added_as_begun_and_what_came_of_it_with_it() -> None:
    ours, theirs = parted(lambda chat: begin(chat, "key-00000000", "q1"))
    theirs.do(c.FinishPosting, key="key-00000000", post="mastodon:50", url=None)
    begin(theirs, "key-00000001", "q2")
    begin(theirs, "key-00000002", "q3")
    theirs.do(c.FailPosting, key="key-00000002", reason="no")
    found = reunited(ours, theirs)
    assert types(found) == ["PostingDone", "PostingBegun", "PostingBegun", "PostingFailed"]
    merged = after(ours, found)
    assert merged.state.postings["key-00000001"].unfinished
    where = {"source": "mastodon:m.example", "account": "ana@m.example", "purpose": "question"}
    refused = merged.try_(c.BeginPosting, "Ana", key="key-00000003", subject="q2", text="Q: q2", **where)
    assert isinstance(refused, Refusal), "it may be out already"


def test_what_is_known_to_be_out_here_stays_so() -> None:
    ours, theirs = parted(lambda chat: begin(chat, "key-00000000", "q1"))
    ours.do(c.FinishPosting, key="key-00000000", post="mastodon:50", url=None)
    theirs.do(c.FailPosting, key="key-00000000", reason="no")
    assert reunited(ours, theirs).events == []


def test_words_blanked_on_either_side_stay_away() -> None:
    ours, theirs = parted(lambda chat: chat.post("A1: Tom fails"))
    theirs.do(c.Redact, post="mastodon:1")
    found = reunited(ours, theirs)
    assert types(found) == ["PostRedacted"]
    assert after(ours, found).state.text("mastodon:1") == ""
    ours, theirs = parted(lambda chat: chat.post("A1: Tom fails"))
    ours.do(c.Redact, post="mastodon:1")
    theirs.post("RT: Tom fails", kind="repost", filed=None, repost_of="mastodon:1")
    theirs.hear(e.PostEdited, post="mastodon:1", text="Tom failed", kind="answer", filed=None)
    found = reunited(ours, theirs)
    assert types(found) == ["PostSeen", "PostRedacted"]
    assert all(b"Tom" not in encode_event(event) for event in found.events)


def test_edits_and_removals_by_authors_are_added_the_later_edit_counts() -> None:
    ours, theirs = parted(lambda chat: [chat.post(), chat.post(), chat.post()])
    edited: dict[str, Any] = {"kind": "answer", "filed": None}
    theirs.hear(e.PostRemoved, post="mastodon:1")
    theirs.hear(e.PostEdited, post="mastodon:2", text="A1: old", **edited)
    theirs.hear(e.PostEdited, post="mastodon:2", text="A1: new", **edited)
    theirs.hear(e.PostEdited, post="mastodon:3", text="A1: older", **edited)
    ours.at += MINUTE
    ours.hear(e.PostEdited, post="mastodon:3", text="A1: newer", **edited)
    found = reunited(ours, theirs)
    assert types(found) == ["PostRemoved", "PostEdited"]
    state = after(ours, found).state
    assert (state.text("mastodon:2"), state.text("mastodon:3")) == ("A1: new", "A1: newer")


def test_whether_somebody_did_a_task_is_added_unless_it_was_decided_here() -> None:
    ours = Chat(a_plan(lookups=(Lookup("PBL", "Find"),)))
    for name in ("kim", "tom"):
        ours.post(handle=name)
    theirs = forked(ours)
    for name in ("kim", "tom"):
        theirs.do(c.MarkTask, "Ben", person=f"mastodon:@{name}", tag="PBL", done=True)
    ours.do(c.MarkTask, person="mastodon:@tom", tag="pbl", done=False)
    found = reunited(ours, theirs)
    assert types(found) == ["TaskMarked"]
    assert [one.why for one in found.kept] == [OTHERWISE]
    assert [mark.done for mark in after(ours, found).state.task_marks.values()] == [False, True]


def test_who_is_left_out_there_is_left_out_here_whatever_else_was_decided() -> None:
    ours, theirs = parted()
    noted: dict[str, Any] = {"level": "", "groups": (), "left_out": True}
    theirs.at += MINUTE
    for handle, school in (("kim", ""), ("lee", "East"), ("tom", "East"), ("zoe", "East")):
        theirs.post("A1: there", handle=handle)
        theirs.hear(e.PersonTagged, person=f"mastodon:@{handle}", school=school, **noted)
    theirs.do(c.Tag, person="mastodon:@lee", school="West")
    ours.at += 2 * MINUTE
    ours.post("A1: here", handle="tom")
    ours.do(c.Tag, person="mastodon:@tom", school="North")
    ours.post("A1: here", handle="zoe")
    found = reunited(ours, theirs)
    people = after(ours, found).state.people
    assert {person.author.handle: (person.left_out, person.school) for person in people.values()} == {
        "kim": (True, ""),
        "lee": (True, "West"),
        "tom": (True, "North"),
        "zoe": (True, "East"),
    }
    assert [kept.why for kept in found.kept] == [OTHERWISE]


def test_presence_sources_and_a_takeover_are_of_their_own_file() -> None:
    ours, theirs = parted()
    theirs.hear(e.PeopleCarried, people=(e.KnownPerson(Author("mastodon:@jo"), START, START),), last_chat=START)
    theirs.hear(e.ModeratorLeft, name="Ana", scope="moderator")
    theirs.hear(e.SourceChanged, source="mastodon:m.example", status="ok", cursor="5")
    theirs.do(c.AllowSpending, source="x", ceiling=7.0)
    theirs.events.append(UnknownEvent(theirs.state.seq + 1, theirs.at, "of_tomorrow", b'{"type":"of_tomorrow"}'))
    found = reunite(ours.events, theirs.events, LATER)
    assert (found.events, found.later, len(found.kept)) == ([], 1, 1)


def test_what_follows_a_takeover_is_not_the_same_however_alike_it_is() -> None:
    ours, theirs = parted()
    for chat, key in ((ours, "aa"), (theirs, "bb")):
        chat.hear(e.HubTakenOver, by="Ben", term=2, key=key * 32)
        chat._ids = 50 if chat is ours else 60
        chat.post("A1: one of each")
    found = reunited(ours, theirs)
    assert (found.common, types(found)) == (5, ["PostSeen"])
    assert [one.by for one in after(ours, found).state.takeovers] == ["Ben"]


def test_files_of_other_chats_are_refused() -> None:
    for other in (Chat(at=START + 1), Chat(a_plan(series="other"))):
        with pytest.raises(NotOneChat):
            reunite(Chat().events, other.events, LATER)
    with pytest.raises(NotOneChat):
        reunite(Chat().events, [], LATER)
    with pytest.raises(NotOneChat):
        reunite(Chat().events[1:], Chat().events, LATER)


# Any two files of one chat

POSTS = ["mastodon:1", "mastodon:2", "mastodon:11", "mastodon:12"]
QUESTIONS = ["q1", "q2", "q7", "q8"]
PEOPLE = ["mastodon:@mlopez", "mastodon:@kim"]


def stepped(chat: Chat, step: tuple[str, int, int, str]) -> None:
    """One step of a chat; what is refused comes to nothing."""
    what, first, second, by = step
    post, question = POSTS[first % len(POSTS)], QUESTIONS[second % len(QUESTIONS)]
    person = PEOPLE[first % len(PEOPLE)]
    chat.at += 1000
    if what == "post":
        if post not in chat.state.posts:
            ids, chat._ids = chat._ids, int(post.partition(":")[2]) - 1
            filed = Filed(question, "label") if question in chat.state.questions else None
            chat.post(f"A1: {post}", handle=person.partition("@")[2], filed=filed)
            chat._ids = ids
    elif what in ("edit", "remove"):
        if post in chat.state.posts:
            if what == "remove":
                chat.hear(e.PostRemoved, post=post)
            else:
                chat.hear(e.PostEdited, post=post, text=f"A1: edit {second}", kind="answer", filed=None)
    elif what == "undo":
        acts = [act.seq for act in chat.state.acts]
        if acts:
            chat.try_(c.Undo, by, seq=acts[first % len(acts)])
    else:
        command, fields = _asked(what, post, question, person, first, second)
        chat.try_(command, by, **fields)


def _asked(what: str, post: str, question: str, person: str, first: int, second: int) -> tuple[Any, dict[str, Any]]:
    asked: dict[str, tuple[Any, dict[str, Any]]] = {
        "star": (c.Highlight if second % 2 else c.Unhighlight, {"post": post}),
        "star person": (c.Highlight if second % 2 else c.Unhighlight, {"person": person}),
        "hide": (c.Hide if second % 2 else c.Show, {"post": post}),
        "mute": (c.Mute if second % 2 else c.Unmute, {"person": person}),
        "file": (c.File, {"post": post, "question": question if first % 5 else None}),
        "greet": (c.Greet, {"person": person}),
        "tag": (c.Tag, {"person": person, "school": f"school {second}"}),
        "redact": (c.Redact, {"post": post}),
        "note": (c.Note, {"text": f"note {first}"}),
        "role": (c.TakeRole if second % 3 else c.ReleaseRole, {"role": "driver" if first % 2 else "greeter"}),
        "ask": (c.Ask, {"question": question, "seen": None if first % 2 else "q1"}),
        "hold": (c.Hold if second % 2 else c.Resume, {}),
        "time": (c.AddTime, {"seconds": 30}),
        "add question": (c.AddQuestion, {"text": f"Question {first}?"}),
        "change question": (c.EditQuestion, {"question": question, "text": f"Question {first}?"}),
        "move question": (c.MoveQuestion, {"question": question, "after": QUESTIONS[first % len(QUESTIONS)]}),
        "skip question": (c.SkipQuestion if first % 2 else c.RestoreQuestion, {"question": question}),
        "turn": (c.GiveTurn, {"question": question, "moderator": (None, "Ana", "ben")[second % 3]}),
        "share": (c.ShareMinutes, {}),
        "add post": (c.AddPost, {"text": f"A1: {first}", "author": "Kim"}),
        "begin": (
            c.BeginPosting,
            {"key": f"key-0000000{first % 4}", "subject": question, "text": "Q", "source": "mastodon:m.example"}
            | {"account": "ana", "purpose": "question"},
        ),
        "finish": (c.FinishPosting, {"key": f"key-0000000{first % 4}", "post": post}),
        "fail": (c.FailPosting, {"key": f"key-0000000{first % 4}", "reason": "no"}),
        "task": (c.MarkTask, {"person": person, "tag": "pbl", "done": (None, False, True)[second % 3]}),
        "credit": (c.MarkCredit, {"person": person, "asked": (None, False, True)[second % 3]}),
        "look up": (c.LookUp, {"source": "x", "looks_for": "tag", "text": f"tag{second}", "posts": first}),
        "copy": (c.Share, {"found": _find(post)}),
        "share find": (
            c.BeginPosting,
            {"key": f"key-0000000{first % 4}", "subject": post, "text": "F", "source": "mastodon:m.example"}
            | {"account": "ana", "purpose": "share", "how": "new", "found": _find(post)},
        ),
    }
    return asked[what]


def _find(post: str) -> Post:
    return Post(post, Author("mastodon:@jo", "jo", "Jo"), f"found: {post}", START)


WHAT = [
    "post", "edit", "remove", "undo", "undo", "star", "star person", "hide", "mute", "file", "greet", "tag", "redact",
    "note", "role", "ask", "hold", "time", "add question", "change question", "move question", "skip question",
    "share", "turn", "add post", "begin", "finish", "fail", "task", "credit",
    "look up", "copy", "share find",
]  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from(WHAT), st.integers(0, 11), st.integers(0, 11), st.sampled_from(["Ana", "Ben"])),
    max_size=14,
)


@settings(max_examples=examples(100), deadline=None)
@example([], [("post", 0, 0, "Ana")], [("post", 1, 0, "Ana")], False)
@example([], [("turn", 0, 1, "Ana")], [("turn", 0, 1, "Ana"), ("ask", 1, 1, "Ana")], False)
@example([], [("turn", 0, 1, "Ana")], [("turn", 0, 5, "Ana"), ("ask", 1, 1, "Ana")], False)
@given(STEPS, STEPS, STEPS, st.booleans())
def test_any_two_files_of_a_chat_become_one_that_folds_and_can_be_undone(
    before: Any, here: Any, there: Any, closed: bool
) -> None:
    ours = Chat(a_plan(lookups=(Lookup("PBL", "Find"),)))
    for step in before:
        stepped(ours, step)
    theirs = forked(ours)
    theirs.at += 1  # the same seq in the same millisecond, of a post of the same moment, is the same event
    for step in there:
        stepped(theirs, step)
    for step in here:
        stepped(ours, step)
    if closed:
        ours.hear(e.SessionClosed)
    found = reunited(ours, theirs)
    merged = after(ours, found)
    assert merged.events[: len(ours.events)] == ours.events
    for post, seen in theirs.state.posts.items():
        undone = seen.by is not None and seen.seq in theirs.state.undone
        assert undone or post in merged.state.posts
    notes = {(note.by, note.text) for note in theirs.state.notes.values()}
    shared = fold(ours.events[: found.common])
    assert notes - {(note.by, note.text) for note in shared.notes.values()} <= {
        (note.by, note.text) for note in merged.state.notes.values()
    }
    found_there = [*theirs.state.lookups, *theirs.state.shares.values()]
    assert {event.command for event in found_there if event.seq > found.common} <= {
        event.command for event in (*merged.state.lookups, *merged.state.shares.values())
    }
    for key, posting in theirs.state.postings.items():
        if posting.begun in theirs.events[found.common :] and key not in ours.state.postings:
            assert key in merged.state.postings
    _undo_everything(merged)


def _undo_everything(chat: Chat) -> None:
    """Every action can be taken back, the latest first, until nothing is left upon anything."""
    chat.state.closed_at = None
    chat.state.roles["driver"] = "Ana"
    events: list[AnyEvent] = list(chat.events)
    for seq in sorted(chat.state.actions, reverse=True):
        if seq in chat.state.actions and chat.state.actions[seq].event.by is not None:
            chat.state.roles["driver"] = "Ana"
            chat.try_(c.Undo, "Ana", seq=seq)
    assert chat.events[: len(events)] == events


def test_who_was_joined_with_earlier_accounts_on_one_side_of_a_cut_is_joined_in_both() -> None:
    def three(chat: Chat) -> None:
        for name in ("merle", "tom", "kim"):
            chat.post(handle=name, newcomer=True)

    merle, tom = ("mastodon:@merle", "x:1"), ("mastodon:@tom", "x:2")
    ours, theirs = parted(three)
    gone = theirs.post(handle="seen-there-alone", newcomer=True)
    theirs.do(c.JoinAccounts, "Ben", accounts=(merle, tom))
    found = reunited(ours, theirs)
    assert types(found) == ["PostSeen", "AccountsJoined"]
    state = after(ours, found).state
    assert gone in state.posts
    assert dict(state.joined or {}) == dict((merle, tom))
    assert [state.people[one].newcomer for one in ("mastodon:@merle", "mastodon:@tom", "mastodon:@kim")] == [
        False, False, True,
    ]  # fmt: skip


def test_who_was_joined_differently_on_both_sides_of_a_cut_stays_as_it_was_decided_here() -> None:
    ours, theirs = parted(lambda chat: chat.post(handle="merle", newcomer=True))
    ours.do(c.JoinAccounts, accounts=(("mastodon:@merle", "x:1"),))
    theirs.do(c.JoinAccounts, "Ben", accounts=())
    found = reunited(ours, theirs)
    assert found.events == []
    assert dict(after(ours, found).state.joined or {}) == {"mastodon:@merle": "x:1"}
