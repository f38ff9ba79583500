"""Two moderators give any commands in any order: the state stays legal, and the stored events fold to it again."""

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sessions.core import commands as c
from sessions.core.clock import over_under, planned_end
from sessions.core.commands import Malformed, Refusal, decode_command, encode_command, undoable
from sessions.core.events import PostRemoved, decode_event, encode_event
from sessions.core.evolve import blanked, fold
from tests.sessions.core.building import Chat, a_plan
from tests.thorough import examples

moderators = st.sampled_from(["Ana", "Ben"])
questions = st.sampled_from(["q1", "q2", "q3", "q7", "q8", "nowhere"])
posts = st.sampled_from([f"mastodon:{n}" for n in range(1, 40)])
people = st.sampled_from(["mastodon:@mlopez", "mastodon:@tk", "mastodon:@new1", "nobody"])


class TwoModerators(RuleBasedStateMachine):
    """Commands are legal or not as they come; only what `decide` accepts is folded."""

    def __init__(self) -> None:
        super().__init__()
        self.chat = Chat()

    def give(self, command: object, by: str, **fields: object) -> None:
        """Give the command; legal states are checked after it, refusals must say something."""
        state, before = self.chat.state, self.chat.state.digest()
        answer = self.chat.try_(command, by, **fields)
        if isinstance(answer, Refusal):
            assert answer.refusal.endswith(".")
            assert state.digest() == before
        for event in () if isinstance(answer, Refusal) else answer:
            assert event.by == by
            assert event.command is not None
            assert state.commands[event.command] == answer[-1].seq

    @rule(by=moderators, role=st.sampled_from(["driver", "greeter"]), take=st.booleans())
    def change_roles(self, by: str, role: str, take: bool) -> None:
        self.give(c.TakeRole if take else c.ReleaseRole, by, role=role)

    @rule(by=moderators, question=questions, honest=st.booleans(), seen=questions)
    def ask(self, by: str, question: str, honest: bool, seen: str) -> None:
        self.give(c.Ask, by, question=question, seen=self.chat.state.open if honest else seen)

    @rule(question=questions)
    def both_press_next_at_once(self, question: str) -> None:
        state = self.chat.state
        seen, openings = state.open, len(state.openings)
        for by in ("Ana", "Ben"):
            self.chat.do(c.TakeRole, by, role="driver")
            self.chat.try_(c.Ask, by, question=question, seen=seen)
        assert len(state.openings) - openings <= 1

    @rule(by=moderators, seconds=st.integers(-7200, 7200), kind=st.sampled_from(["hold", "resume", "add"]))
    def work_the_timer(self, by: str, seconds: int, kind: str) -> None:
        if kind == "add":
            self.give(c.AddTime, by, seconds=seconds)
        else:
            self.give(c.Hold if kind == "hold" else c.Resume, by)

    @rule(by=moderators, question=questions, after=st.none() | questions, text=st.text(min_size=1, max_size=9))
    def change_the_queue(self, by: str, question: str, after: str | None, text: str) -> None:
        self.give(c.AddQuestion, by, text=text, after=after)
        self.give(c.EditQuestion, by, question=question, text=text, minutes=2.0)
        self.give(c.MoveQuestion, by, question=question, after=after)

    @rule(by=moderators, question=questions, skip=st.booleans())
    def skip_or_restore(self, by: str, question: str, skip: bool) -> None:
        self.give(c.SkipQuestion if skip else c.RestoreQuestion, by, question=question)
        self.give(c.GiveTurn, by, question=question, moderator="Ben" if skip else None)
        self.give(c.ShareMinutes, by)

    @rule(handle=st.sampled_from(["mlopez", "tk", "new1"]), text=st.text(max_size=20), newcomer=st.booleans())
    def a_post_arrives(self, handle: str, text: str, newcomer: bool) -> None:
        self.chat.post(text, handle=handle, newcomer=newcomer)

    @rule(by=moderators, post=posts, question=st.none() | questions, on=st.booleans())
    def work_on_a_post(self, by: str, post: str, question: str | None, on: bool) -> None:
        self.give(c.File, by, post=post, question=question)
        self.give(c.Highlight if on else c.Unhighlight, by, post=post)
        self.give(c.Hide if on else c.Show, by, post=post)

    @rule(by=moderators, person=people, on=st.booleans(), school=st.sampled_from(["East", "West"]))
    def work_on_a_person(self, by: str, person: str, on: bool, school: str) -> None:
        self.give(c.Highlight if on else c.Unhighlight, by, person=person)
        self.give(c.Greet, by, person=person)
        self.give(c.Tag, by, person=person, school=school)
        self.give(c.Mute if on else c.Unmute, by, person=person)

    @rule(by=moderators, text=st.text(min_size=1, max_size=9))
    def write(self, by: str, text: str) -> None:
        self.give(c.Note, by, text=text)
        self.give(c.AddPost, by, text=text, author="@tk")

    @rule(by=moderators, post=posts)
    def blank_out(self, by: str, post: str) -> None:
        self.give(c.Redact, by, post=post)

    @precondition(lambda self: self.chat.state.actions)
    @rule(by=moderators, data=st.data())
    def undo(self, by: str, data: st.DataObject) -> None:
        seq = data.draw(st.sampled_from(sorted(self.chat.state.actions)))
        was_undoable = undoable(self.chat.state, seq)
        self.give(c.Undo, by, seq=seq)
        if seq in self.chat.state.undone:
            assert was_undoable

    @rule(minutes=st.integers(0, 20))
    def time_passes(self, minutes: int) -> None:
        self.chat.at += minutes * 60_000

    @invariant()
    def the_state_is_legal(self) -> None:
        state = self.chat.state
        assert sorted(state.order) == sorted(state.questions)
        assert len({question.label for question in state.questions.values()}) == len(state.questions)
        states = [state.question_state(question) for question in state.order]
        assert states.count("asked") == (state.open is not None)
        assert (state.open is None) == (state.timer is None)
        assert state.open is None or state.open in state.questions
        assert not state.skipped & {opening.question for opening in state.openings}
        assert all(holder in (None, "Ana", "Ben") for holder in state.roles.values())
        assert [opening.at for opening in state.openings] == sorted(opening.at for opening in state.openings)
        answers = [post for post in state.posts if state.kind(post) == "answer" and not state.folded(post)]
        assert state.answers == len(answers) == sum(person.answers for person in state.people.values())
        for question in state.questions:
            filed = [post for post in answers if (to := state.filed(post)) is not None and to.question == question]
            assert state.tally.get(question, 0) == len(filed)
        assert all(not person.host for person in state.to_greet())
        assert planned_end(state) + over_under(state, self.chat.at) >= self.chat.at

    @invariant()
    def folding_what_was_stored_gives_the_same_state(self) -> None:
        stored = [encode_event(event) for event in self.chat.events]
        assert fold(map(decode_event, stored)).digest() == self.chat.state.digest()

    @invariant()
    def folding_what_is_left_after_blanking_gives_the_same_state(self) -> None:
        layers = self.chat.state.layers
        gone = {post for post, layer in layers.items() if layer.redacted}

        def about(event: object) -> object:
            post = getattr(event, "post", None)
            return getattr(post, "id", post)

        kept = [blanked(event) if about(event) in gone else event for event in self.chat.events]
        assert fold(kept).digest() == self.chat.state.digest()


TestTwoModerators = TwoModerators.TestCase
TestTwoModerators.settings = settings(max_examples=examples(60), stateful_step_count=30, deadline=None)


def test_two_asks_that_saw_the_same_question_advance_once() -> None:
    chat = Chat()
    chat.do(c.Ask, question="q1", seen=None)
    chat.do(c.Ask, question="q2", seen="q1")
    chat.do(c.TakeRole, "Ben", role="driver")
    assert chat.refused(c.Ask, "Ben", question="q2", seen="q1") == "Q2 is open by now. Look first. -> next"
    assert chat.state.open == "q2"


def test_the_drivers_commands_are_refused_in_words_to_whoever_does_not_hold_the_role() -> None:
    chat = Chat()
    words = "Ana asks the questions. -> take_driver"
    assert chat.refused(c.Ask, "Ben", question="q1", seen=None) == words
    assert chat.refused(c.AddQuestion, "Ben", text="?") == words
    assert chat.refused(c.Close, "Ben") == words
    chat.do(c.ReleaseRole, role="driver")
    assert chat.refused(c.Hold, "Ben") == "Nobody asks the questions. -> take_driver"


def test_what_changes_nothing_makes_no_event() -> None:
    chat = Chat()
    post = chat.post()
    assert chat.do(c.TakeRole, role="driver") == ()
    assert chat.do(c.Unhighlight, post=post) == ()
    assert chat.do(c.File, post=chat.post(kind="aside", filed=None), question=None) == ()
    assert chat.do(c.MoveQuestion, question="q2", after="q1") == ()
    assert chat.do(c.EditQuestion, question="q2", label="2") == ()
    chat.do(c.Ask, question="q1", seen=None)
    assert chat.do(c.Ask, question="q1", seen="q1") == ()
    assert chat.do(c.AddTime, seconds=0) == ()


def test_an_unknown_post_person_or_question_is_refused() -> None:
    chat = Chat()
    assert chat.refused(c.Ask, question="q99", seen=None) == "There is no such question in this chat."
    assert chat.refused(c.Highlight, post="x:1") == "There is no such post in this chat."
    assert chat.refused(c.Greet, person="x:1") == "There is no such person in this chat."


def test_after_the_end_everything_is_refused() -> None:
    chat = Chat()
    chat.do(c.Close)
    assert chat.refused(c.Note, text="hm") == "This chat is closed."


def test_a_moderators_filing_makes_an_answer_of_talk_and_survives_an_edit() -> None:
    from sessions.core.events import PostEdited

    chat = Chat()
    post = chat.post("we rotate", kind="aside", filed=None)
    chat.do(c.File, "Ben", post=post, question="q2")
    assert (chat.state.kind(post), chat.state.tally) == ("answer", {"q2": 1})
    chat.hear(PostEdited, post=post, text="we rotate daily", kind="aside", filed=None)
    filed = chat.state.filed(post)
    assert filed is not None
    assert (filed.question, filed.why, chat.state.text(post)) == ("q2", "moderator", "we rotate daily")


def test_an_answer_by_hand_belongs_to_the_participant_whose_name_or_handle_is_written() -> None:
    chat = Chat()
    chat.post(handle="mlopez")
    for written in ("@MLopez", "mlopez"):
        (event,) = chat.do(c.AddPost, text="A1: by voice", author=written)
        assert event.post.author.id == "mastodon:@mlopez"
    (event,) = chat.do(c.AddPost, text="A1: by voice", author="Tom  K")
    assert (event.post.author.id, event.post.author.name) == ("hand:tom k", "Tom K")


def test_blanking_a_post_blanks_what_it_repeats_and_all_that_repeats_it() -> None:
    chat = Chat()
    first, other = chat.post("Tim from 3b cried"), chat.post("A1: we rotate")
    again = chat.post("RT: Tim from 3b cried", handle="ann", kind="repost", repost_of=first)
    third = chat.post("RT: RT: Tim from 3b cried", handle="bob", kind="repost", repost_of=again)
    blanked_posts = {event.post for event in chat.do(c.Redact, post=again)}
    assert blanked_posts == {first, again, third}
    assert [chat.state.text(post) for post in (first, again, third)] == ["", "", ""]
    assert chat.state.text(other) == "A1: we rotate"


def test_a_repost_that_its_author_removes_is_no_share_any_more() -> None:
    chat = Chat()
    post = chat.post()
    copies = [chat.post(handle=handle, kind="repost", filed=None, repost_of=post) for handle in ("ann", "bob")]
    assert chat.state.reposts[post] == 2
    for _ in range(2):
        chat.hear(PostRemoved, post=copies[0])
    assert chat.state.reposts[post] == 1


def test_hosts_are_known_by_handle_on_their_network_and_by_name_where_there_is_none() -> None:
    from sessions.core.posts import Author

    state = Chat().state
    assert state.is_host(Author("mastodon:1", "Ana@mastodon.social"))
    assert not state.is_host(Author("bluesky:1", "ana@mastodon.social"))
    assert state.is_host(Author("practice:1", "ana@mastodon.social"))
    assert state.is_host(Author("x:9", "BEN"))
    assert state.is_host(Author("hand:ben", name="Ben"))
    assert not state.is_host(Author("mastodon:2", "ana", name="Ana"))


def test_a_host_is_known_without_their_server_and_by_their_did() -> None:
    from sessions.core.plan import Host
    from sessions.core.posts import Author

    hosts = (Host("Ana", ("mastodon:ana", "bluesky:did:plc:abc234")), Host("Ben", ("ben",)))
    sources = ("mastodon:School.example", "mastodon:other.example", "bluesky")
    state = Chat(a_plan(hosts=hosts, sources=sources)).state
    for handle in ("ana@school.example", "Ben@School.example", "ana@other.example"):
        assert state.is_host(Author("mastodon:1", handle))
    assert not state.is_host(Author("mastodon:1", "ana@elsewhere.example"))
    assert state.is_host(Author("bluesky:did:plc:abc234", "renamed.example.org"))
    assert not state.is_host(Author("bluesky:did:plc:xyz", "ana"))


MALFORMED = [
    (b"{}", "type"),
    (b"[]", ""),
    (b"nonsense", ""),
    (b'{"id": "a", "type": "dance"}', "type"),
    (b'{"id": "a", "type": "ask", "question": "q1"}', "seen"),
    (b'{"id": "a", "type": "ask", "question": 3, "seen": null}', "question"),
    (b'{"id": "", "type": "hold"}', "id"),
    (b'{"type": "hold"}', "id"),
    (b'{"id": "a", "type": "hold", "force": true}', "force"),
    (b'{"id": "a", "type": "highlight"}', "post"),
    (b'{"id": "a", "type": "highlight", "post": "p", "person": "q"}', "post"),
    (b'{"id": "a", "type": "add_time", "seconds": 99999}', "seconds"),
    (b'{"id": "a", "type": "add_question", "text": "?", "label": "Q7"}', "label"),
    (b'{"id": "a", "type": "add_question", "text": "?", "minutes": 0}', "minutes"),
    (b'{"id": "a", "type": "tag", "person": "x", "groups": ["math", 3]}', "groups"),
    (b'{"id": "a", "type": "take_role", "role": "king"}', "role"),
    (b'{"id": "a", "type": "note", "text": " \\u0007\\n"}', "text"),
    (b'{"id": "a", "type": "add_post", "text": "A1 yes", "author": "\\u202e"}', "author"),
]


@pytest.mark.parametrize(("body", "field"), MALFORMED)
def test_a_malformed_command_names_its_field(body: bytes, field: str) -> None:
    with pytest.raises(Malformed) as caught:
        decode_command(body)
    assert caught.value.field == field


@pytest.mark.parametrize("command", [c.AddQuestion(id="a", text="?"), c.Highlight(id="b", person="x:1")])
def test_commands_travel(command: c.Command) -> None:
    assert decode_command(encode_command(command)) == command


def test_the_words_of_a_command_are_cleaned_at_the_door() -> None:
    post = decode_command(encode_command(c.AddPost(id="a", text="A1 \x1b[31mred\r\n\u202eeslaf", author="Tom\n K")))
    assert isinstance(post, c.AddPost)
    assert (post.text, post.author) == ("A1 [31mred\neslaf", "Tom K")
    question = decode_command(encode_command(c.AddQuestion(id="b", text="And\nnow?", notes="a\nb")))
    assert isinstance(question, c.AddQuestion)
    assert (question.text, question.notes) == ("And now?", "a\nb")
    tag = decode_command(encode_command(c.Tag(id="c", person="x:1", school="", groups=("ma\tth", "\x00"))))
    assert isinstance(tag, c.Tag)
    assert (tag.school, tag.groups) == ("", ("ma th",))


def test_an_unknown_event_is_kept_byte_for_byte_and_skipped() -> None:
    chat = Chat()
    raw = b'{"type": "cake_baked",  "seq": 6, "at": 1764637200001, "by": null, "command": null, "cake": [1.50]}'
    event = decode_event(raw)
    assert encode_event(event) == raw
    digest = msgspec.json.encode(chat.state.order)
    fold([event], chat.state)
    assert (chat.state.seq, msgspec.json.encode(chat.state.order)) == (6, digest)


def test_the_first_chat_of_a_series_greets_only_those_who_call_themselves_new() -> None:
    chat = Chat(first=True)
    chat.post(handle="mlopez", newcomer=True)
    chat.post("first time here!", handle="tk", newcomer=True, says_new=True)
    assert [person.author.handle for person in chat.state.to_greet()] == ["tk"]
    assert chat.state.newcomers() == 2


def test_newcomers_wait_longest_first_and_a_hosts_reply_counts_as_greeting() -> None:
    chat = Chat()
    for handle in ("new1", "new2", "new3"):
        chat.at += 1000
        chat.post(handle=handle, newcomer=True)
    assert [person.author.handle for person in chat.state.to_greet()] == ["new1", "new2", "new3"]
    chat.post("@new1 welcome!", handle="ben", kind="introduction", filed=None, addressed="mastodon:@new1")
    chat.do(c.Greet, "Ben", person="mastodon:@new3")
    assert [person.author.handle for person in chat.state.to_greet()] == ["new2"]
    assert chat.state.people["mastodon:@new1"].noticed


@pytest.mark.parametrize("label", ["third", "9\n", "9a\n", "\u0663", "9\u2028", "1234", ""])
def test_a_label_that_is_none_is_told_in_words(label: str) -> None:
    body = {"id": "c1", "type": "add_question", "text": "Why?", "label": label}
    with pytest.raises(Malformed, match=r"Expected a label such as 3, 3a, 2\.1 or QWrap") as caught:
        decode_command(msgspec.json.encode(body))
    assert caught.value.field == "label"
