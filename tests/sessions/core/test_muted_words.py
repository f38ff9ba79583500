"""Muted words in a session: what they fold, who is told, and what they leave as it is."""

from msgspec.structs import replace

from sessions.core import commands as c
from sessions.core.events import PostEdited, PostSeen, SessionOpened
from sessions.core.posts import Filed
from sessions.hub.server.log import EventLog
from sessions.hub.server.observer_view import ObserverView
from sessions.reports.recap.building import build_recap
from tests.sessions.core.building import Chat, a_plan


def test_a_post_with_a_muted_word_is_folded_and_counts() -> None:
    chat = Chat(replace(a_plan(), muted=("spam",)))
    post, host = chat.post("A1: s p a m"), chat.post("A1: no spam please", handle="ana@mastodon.social")
    assert chat.state.muted_word(post) == "spam"
    assert chat.state.muted_word(host) is None
    assert (chat.state.folded(post), chat.state.tally["q1"], chat.state.answers) == (False, 2, 2)
    chat.hear(PostEdited, post=post, text="A1: all well", kind="answer", filed=Filed("q1", "label"))
    assert chat.state.muted_word(post) is None


def test_words_are_added_and_taken_away_by_any_moderator() -> None:
    chat = Chat(replace(a_plan(), muted=("spam",)))
    post = chat.post("A1: follow back")
    (muted,) = chat.do(c.MuteWord, "Ben", word="Follow back")
    assert chat.state.muted_word(post) == "Follow back"
    assert chat.do(c.MuteWord, word="follow-BACK") == ()
    chat.do(c.UnmuteWord, word="SPAM")
    assert list(chat.state.muted.values()) == ["Follow back"]
    chat.do(c.Undo, "Ben", seq=muted.seq)
    assert chat.state.muted == {}
    assert chat.refused(c.MuteWord, word="?!") == "A word that folds posts needs two letters or digits."
    assert chat.do(c.UnmuteWord, word="spam") == ()


def test_a_moderator_shows_one_post_in_spite_of_its_word() -> None:
    chat = Chat(replace(a_plan(), muted=("spam",)))
    post = chat.post("A1: spam in a can")
    (shown,) = chat.do(c.Show, post=post)
    assert chat.state.muted_word(post) is None
    assert chat.do(c.Show, post=post) == ()
    chat.do(c.Hide, post=post)
    chat.do(c.Undo, seq=chat.state.seq)
    assert (chat.state.folded(post), chat.state.muted_word(post)) == (False, None)
    chat.do(c.Undo, seq=shown.seq)
    assert chat.state.muted_word(post) == "spam"


def test_a_recap_quotes_no_post_with_a_muted_word_and_counts_it() -> None:
    chat = Chat(replace(a_plan(), muted=("spam",)))
    chat.do(c.Ask, question="q1", seen=None)
    post = chat.post("A1: spam https://spam.example")
    chat.post("A1: photos", handle="kim")
    (question, *_), people = quoted(chat)
    assert (question, people) == (["A1: photos"], {"Mlopez": 1, "Kim": 1})
    chat.do(c.Show, post=post)
    assert len(quoted(chat)[0][0]) == 2


def quoted(chat: Chat) -> tuple[list[list[str]], dict[str, int]]:
    """The texts under each question of the recap, and how many posts it counts for whom."""
    recap = build_recap(chat.state, "k3f9qa")
    return (
        [[post.text for post in question.answers] for question in recap.questions],
        {person.name: person.posts for person in recap.people},
    )


def test_an_observer_gets_neither_the_words_nor_the_posts() -> None:
    chat = Chat(replace(a_plan(), muted=("zebra",)))
    chat.post("A1: z e b r a")
    kept = chat.post("A1: horses")
    chat.hear(PostEdited, post=kept, text="A1: zebra", kind="answer", filed=None)
    chat.do(c.MuteWord, word="giraffe")
    log = EventLog(chat.events)
    given = [entry.event for entry in ObserverView(log, chat.state, 0).entries(log.between(0, log.seq))]
    assert [event.plan.muted for event in given if isinstance(event, SessionOpened)] == [()]
    assert not [event for event in given if isinstance(event, (PostSeen, PostEdited))]
