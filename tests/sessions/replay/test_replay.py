"""A replay is the chat as it was: the same state at every event, wherever one comes from; removed words stay out."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from sessions.core import commands as c
from sessions.core import events as e
from sessions.core.clock import countdown
from sessions.core.commands import undoable
from sessions.core.events import AnyEvent, UnknownEvent, decode_event, encode_event
from sessions.core.evolve import evolve, fold
from sessions.core.plan import Credit, Lookup
from sessions.core.posts import Filed
from sessions.core.redaction.blanking import removals
from sessions.core.state import SessionState
from sessions.library.storage.closing import close_chat
from sessions.library.storage.reading import read_events
from sessions.library.storage.session_file import SessionFile
from sessions.replay import Replay
from tests.gold import OTHERS
from tests.sessions.core.building import START, Chat, a_plan
from tests.sessions.core.every_kind import Recorded, a_plan_with_notes, play
from tests.sessions.hub.live import Feed, Time, live_hub
from tests.sessions.replay.replayed import gone, live_digests, moderated

CHATS = ["lthechat-on", *OTHERS]


def saved(folder: Path, events: Sequence[AnyEvent]) -> SessionFile:
    """A session file with these events, still open for writing."""
    opened = events[0]
    assert isinstance(opened, e.SessionOpened)
    file = SessionFile.create(folder, opened.plan, started=opened.at)
    file.commit(events)
    return file


def all_digests(replay: Replay, order: Sequence[int]) -> dict[int, str]:
    """The digest after each event, come to in this order."""
    return {seq: state_behind(replay, seq).digest() for seq in order}


def state_behind(replay: Replay, seq: int) -> SessionState:
    """The state right behind an event: the moment before it is sought, and from there it is played event by event."""
    position = replay.position_of(seq)
    if position == 0:  # no moment lies before it
        return fold([event for event in replay.events if event.seq <= seq], SessionState())
    replay.seek(position - 1)
    return fold([event for event in replay.until(position) if event.seq <= seq], replay.state)


# The same state at every event


@pytest.mark.parametrize("name", CHATS)
def test_every_state_of_a_recorded_chat_is_the_live_one_wherever_one_comes_from(name: str, tmp_path: Path) -> None:
    events = moderated(name)
    with saved(tmp_path, events) as file:
        replay = Replay(read_events(file.path))
    live = live_digests(events, without=gone(events))
    order = list(live)
    random.Random(7).shuffle(order)
    assert all_digests(replay, order) == live


def test_a_closed_chat_without_removed_words_has_the_very_digests_that_the_hub_had(tmp_path: Path) -> None:
    """The words of removed posts are blanked in the file: what is compared is what the file can still tell."""
    events = moderated("lthechat-on")
    with saved(tmp_path, events) as file:
        close_chat(file, events)
        kept = read_events(file.path)
    live = live_digests(kept)
    assert all_digests(Replay(kept), sorted(live, reverse=True)) == live


async def test_what_a_hub_was_at_each_save_is_what_its_file_replays(tmp_path: Path) -> None:
    feed, time, heard = Feed(), Time(), {}
    async with live_hub(tmp_path, sources=[feed], clock=time.clock()) as live:
        live.session.listen(lambda _: heard.update({live.session.durable.seq: live.session.durable.digest()}))
        ana, ben = await live.join("Ana"), await live.join("Ben")
        await ana.done("ask", question="q1", seen=None)
        for number in range(20):
            time.now += 7_000
            post = feed.post(f"A1: idea {number}", f"teacher{number % 6}")
            await live.until(lambda session, post=post: post in session.durable.posts)  # type: ignore[misc]
            star = await ben.done("highlight", post=post)
            if number % 3 == 0:
                await ben.done("undo", seq=star)
            if number % 5 == 0:
                feed.edit(post, f"A2: idea {number}")
                await live.until(lambda session, post=post: session.durable.layers[post].edited)  # type: ignore[misc]
        await ana.done("close")
        path = live.file.path
    assert len(heard) > 50
    replay = Replay(read_events(path))
    assert all_digests(replay, sorted(heard, key=lambda seq: seq * 7919 % 101)) == heard


@pytest.mark.parametrize("kind", ["chat", "channel"])
def test_everything_that_can_happen_is_at_each_moment_as_it_was(kind: str) -> None:
    """As far as the saved file can still tell: what is blanked or removed is so from the beginning."""
    played = play(Recorded(a_plan_with_notes()))
    opened = replace(played.events[0], kind=kind)  # type: ignore[call-arg]
    heard = [opened, *played.events[1:]]
    bare = removals(fold(heard), heard)
    kept = [decode_event(encode_event(bare.get(event.seq, event))) for event in heard]
    live = live_digests(kept)
    replay = Replay(heard)
    assert all_digests(replay, sorted(live, key=lambda seq: seq * 7919 % 101)) == live
    final = replay.final
    assert (final.session_kind, len(final.lookups), len(final.shares)) == (kind, 1, 3)
    assert (len(final.task_marks), final.last_chat) == (1, START)


def test_who_is_known_from_the_channel_is_so_in_a_replay_from_their_first_post_on() -> None:
    chat = Chat()
    chat.post("A1: hello", handle="kim", newcomer=True, from_channel=True)
    seq = chat.state.seq
    chat.at += 60_000
    chat.post("A1: hello", handle="tom", newcomer=True)
    replay = Replay(chat.events)
    assert state_behind(replay, seq).people["mastodon:@kim"].from_channel
    assert [one.from_channel for one in replay.final.people.values() if one.posts] == [True, False]


class Script:
    """A chat of random acts, each legal or not as it comes."""

    def __init__(self, acts: Sequence[tuple[int, int, int]]) -> None:
        self.chat = Chat()
        for act, choice, pause in acts:
            self.chat.at += pause
            self.ACTS[act % len(self.ACTS)](self, choice)

    def post(self, choice: int) -> None:
        kind: Any = ("answer", "aside", "introduction")[choice % 3]
        filed = Filed(f"q{choice % 7}", "label") if kind == "answer" else None
        self.chat.post(f"post {choice}", handle=f"t{choice % 4}", kind=kind, filed=filed, newcomer=choice % 2 == 0)

    def repost(self, choice: int) -> None:
        self.chat.post("RT", handle="rt", kind="repost", filed=None, repost_of=self.any_post(choice))

    def reply_of_host(self, choice: int) -> None:
        self.chat.post("Welcome!", handle="ben", kind="aside", filed=None, addressed=f"mastodon:@t{choice % 4}")

    def edit(self, choice: int) -> None:
        """As the hub has it: a post that is gone is not edited."""
        post = self.any_post(choice)
        layer = self.chat.state.layers.get(post)
        if post in self.chat.state.posts and not (layer and (layer.removed or layer.redacted)):
            filed = Filed("q2", "label")
            self.chat.hear(e.PostEdited, post=post, text=f"edited {choice}", kind="answer", filed=filed)

    def remove(self, choice: int) -> None:
        self.chat.hear(e.PostRemoved, post=self.any_post(choice))

    def redact(self, choice: int) -> None:
        self.chat.try_(c.Redact, "Ben", post=self.any_post(choice))

    def mark(self, choice: int) -> None:
        post = self.any_post(choice)
        command = (c.Highlight, c.Unhighlight, c.Hide, c.Show)[choice % 4]
        self.chat.try_(command, "Ben", post=post)

    def look_after(self, choice: int) -> None:
        command = (c.Highlight, c.Greet, c.Mute, c.Unmute)[choice % 4]
        self.chat.try_(command, "Ben", person=f"mastodon:@t{choice % 5}")

    def file(self, choice: int) -> None:
        self.chat.try_(c.File, "Ben", post=self.any_post(choice), question=(None, "q1", "q3")[choice % 3])

    def ask(self, choice: int) -> None:
        self.chat.try_(c.Ask, question=f"q{choice % 8}", seen=self.chat.state.open)

    def time(self, choice: int) -> None:
        command: Any = (c.Hold, c.Resume, c.AddTime)[choice % 3]
        self.chat.try_(command, **({"seconds": choice} if command is c.AddTime else {}))

    def by_hand(self, choice: int) -> None:
        self.chat.try_(c.AddPost, text=f"A1 by hand {choice}", author=f"Tom {choice % 3}")

    def queue(self, choice: int) -> None:
        self.chat.try_(c.AddQuestion, text=f"Question {choice}?", after="q2")
        self.chat.try_(c.SkipQuestion, question=f"q{choice % 9}")

    def undo(self, choice: int) -> None:
        taken = [seq for seq in self.chat.state.actions if undoable(self.chat.state, seq)]
        if taken:
            self.chat.try_(c.Undo, seq=taken[choice % len(taken)])

    def any_post(self, choice: int) -> str:
        posts = list(self.chat.state.posts)
        return posts[choice % len(posts)] if posts else "nothing"

    ACTS = (
        post, post, post, repost, reply_of_host, edit, remove, redact, mark, mark, look_after, file, ask, time, by_hand,
        queue, undo, undo,
    )  # fmt: skip


numbers = st.integers(0, 999)
scripts = st.lists(st.tuples(numbers, numbers, st.sampled_from([0, 1, 900, 61_000])), max_size=80).map(Script)


@given(scripts, st.randoms(use_true_random=False))
def test_every_state_of_any_chat_is_the_live_one_but_for_removed_words(script: Script, draw: random.Random) -> None:
    events = script.chat.events
    assert fold(events).digest() == script.chat.state.digest()
    without = gone(events)
    live = live_digests(events, without)
    order = [*live] * 2
    draw.shuffle(order)
    replay = Replay(events)
    for seq in order:
        state = state_behind(replay, seq)
        assert state.seq == seq
        assert state.digest() == live[seq]
        assert not any(state.text(post) or state.posts[post].post.text for post in without & state.posts.keys())


tagged = st.sampled_from(["#alpha", "#beta", "#alpha #beta #credit", "#alpha #pbl", "#credit", "nothing"])


@given(
    st.lists(st.tuples(st.sampled_from(["post", "edit", "edit", "remove"]), st.integers(0, 3), tagged), max_size=12),
    st.randoms(use_true_random=False),
)
@example([("post", 0, "#alpha"), ("edit", 0, "#beta")], random.Random(1))
@example([("post", 0, "#credit"), ("edit", 0, "nothing")], random.Random(1))
def test_hashtags_tasks_and_who_asks_for_credit_are_as_they_were_before_an_edit(
    steps: list[tuple[str, int, str]], draw: random.Random
) -> None:
    asked = Credit("Navasota ISD", word="#credit")
    chat = Chat(a_plan(hashtags=("alpha", "beta"), lookups=(Lookup("PBL", "Find"),), credit=asked))
    for what, which, words in steps:
        chat.at += 1000
        posts = list(chat.state.posts)
        if what == "post":
            chat.post(f"A1: hello {words}", handle=f"t{which}")
        elif posts:
            post = posts[which % len(posts)]
            if what == "remove":
                chat.hear(e.PostRemoved, post=post)
            elif post not in gone(chat.events):
                chat.hear(e.PostEdited, post=post, text=f"A1: now {words}", kind="answer", filed=None)
    replay = Replay(chat.events)
    live = live_digests(replay.events)
    assert replay.final.digest() == live[chat.state.seq]
    assert replay.final.tag_posts == chat.state.tag_posts
    order = list(live)
    draw.shuffle(order)
    assert all_digests(replay, order) == live


@given(scripts, st.lists(st.integers(-1_000, 2_000_000), max_size=12))
def test_a_position_is_behind_everything_that_happened_by_then(script: Script, positions: list[int]) -> None:
    replay = Replay(script.chat.events)
    for position in positions:
        ahead = [event.seq for event in replay.until(position)]
        before = replay.state.seq
        state = replay.seek(position)
        told = [event.seq for event in script.chat.events if event.at <= replay.now(max(0, position))]
        assert state.seq == told[-1]
        assert ahead == list(range(before + 1, state.seq + 1))
        assert replay.position_of(state.seq) <= max(0, position)


@given(scripts, st.integers(0, 100))
def test_a_copied_state_is_left_alone_by_what_happens_to_the_other(script: Script, part: int) -> None:
    events = script.chat.events
    half = len(events) * part // 100
    state = fold(events[:half])
    copy, digest = state.copy(), state.digest()
    fold(events[half:], state)
    assert copy.digest() == digest
    assert fold(events[half:], copy).digest() == state.digest() == fold(events).digest()


# Playing


def test_who_plays_folds_the_batches_into_the_state_and_can_jump_at_any_moment() -> None:
    events = moderated("lthechat-45")
    replay = Replay(events)
    live = live_digests(events, without=gone(events))
    played = [event.seq for event in replay.events if event.seq <= replay.state.seq]
    for position in range(0, replay.length + 5_000, 5_000):
        for event in replay.until(position):
            evolve(replay.state, event)
            played.append(event.seq)
        if position == 600_000:
            replay.seek(0)
            replay.seek(position)
        assert replay.state.digest() == live[replay.state.seq]
    assert played == [event.seq for event in events]
    assert replay.until(0) == []


def test_countdown_and_waiting_show_what_they_showed_then_also_between_events() -> None:
    chat, shown = Chat(), {}
    for step in range(60):
        chat.at += 5_000
        if step == 10:
            chat.do(c.Ask, question="q1", seen=None)
        if step == 20:
            chat.do(c.Hold)
        if step == 25:
            chat.do(c.Resume)
        if step in (12, 30):
            chat.post(handle=f"new{step}", newcomer=True)
        if step == 40:
            chat.do(c.Greet, "Ben", person="mastodon:@new12")
        shown[chat.at + 2_500] = look(chat.state, chat.at + 2_500)
    replay = Replay(chat.events)
    for now in sorted(shown, key=lambda now: now % 7_919):
        position = now - replay.started
        state = replay.seek(position)
        assert look(state, replay.now(position)) == shown[now]


def look(state: SessionState, now: int) -> Any:
    """What countdown and roster tell."""
    return countdown(state, now), [(person.author.id, now - person.first_at) for person in state.to_greet()]


# Words that are gone, and words that were changed


@pytest.mark.parametrize("closed", [False, True])
def test_a_removed_posts_words_are_in_no_state_and_no_batch_also_where_the_hub_was_killed(
    closed: bool, tmp_path: Path
) -> None:
    chat = Chat()
    chat.at += 60_000
    removed, blank, kept = (chat.post(f"A1: {word} was there") for word in ("Jamie", "Robin", "nobody"))
    chat.hear(e.PostEdited, post=removed, text="A1: Jamie again", kind="answer", filed=None)
    (by_hand,) = chat.do(c.AddPost, text="A1: Kim by voice", author="Tom")
    chat.at += 60_000
    chat.do(c.Undo, seq=by_hand.seq)
    chat.do(c.Redact, post=blank)
    chat.hear(e.PostRemoved, post=removed)
    chat.do(c.Close)
    with saved(tmp_path, chat.events) as file:
        if closed:
            close_chat(file, chat.events)
        replay = Replay(read_events(file.path))
    told = "".join(repr(event) for event in replay.events)
    for position in (0, 60_000, 90_000, 120_000):
        told += repr(vars(replay.seek(position)))
    assert not any(name in told for name in ("Jamie", "Robin", "Kim"))
    assert replay.seek(60_000).text(kept) == "A1: nobody was there"


def test_an_edited_post_reads_as_at_last_from_the_first_moment_on_and_its_filing_as_then() -> None:
    chat = Chat()
    post = chat.post("A1: my student Jamie")
    chat.at += 60_000
    chat.hear(e.PostEdited, post=post, text="A2: a student", kind="answer", filed=Filed("q2", "label"))
    chat.at += 60_000
    chat.hear(e.PostEdited, post=post, text="A2: one of us", kind="answer", filed=Filed("q2", "label"))
    replay = Replay(chat.events)
    assert [replay.seek(position).text(post) for position in (0, 60_000, 120_000)] == ["A2: one of us"] * 3
    assert replay.seek(0).filed(post) == Filed("q1", "label")
    assert replay.seek(60_000).filed(post) == Filed("q2", "label")


# What is odd


def test_nothing_cannot_be_replayed() -> None:
    with pytest.raises(ValueError, match="no events"):
        Replay([])


def test_before_the_first_event_lies_no_moment() -> None:
    replay = Replay(Chat().events)
    assert replay.position_of(0) == 0
    assert replay.seek(-1).digest() == replay.seek(0).digest()


def test_an_event_of_a_later_version_takes_its_time_and_changes_nothing() -> None:
    chat = Chat()
    seq = chat.state.seq + 1
    later = UnknownEvent(seq=seq, at=START + 5_000, type="poll_opened", raw=b"{}")
    replay = Replay([*chat.events, later])
    assert replay.length == 5_000
    assert replay.seek(4_999).seq == seq - 1
    assert replay.seek(5_000).seq == seq


def test_an_observers_copy_with_gaps_replays_too() -> None:
    events = moderated("pstweetchat-2021-09-03")
    gappy = [event for event in events if not isinstance(event, e.NoteAdded)]
    live = live_digests(gappy, without=gone(gappy))
    assert all_digests(Replay(gappy), sorted(live, reverse=True)) == live


def test_a_clock_that_went_back_in_a_damaged_file_does_not_turn_the_time_round() -> None:
    chat = Chat()
    chat.at += 60_000
    chat.post()
    chat.at -= 30_000
    last = chat.post()
    replay = Replay(chat.events)
    assert replay.length == 60_000
    assert last not in replay.seek(59_999).posts
    assert last in replay.seek(60_000).posts
