"""Every reply that carries a reply id to a question post or, through whatever posts, a filed answer is filed there."""

from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sessions.core.filing.judging import TEXTS, JudgedChat
from tests.thorough import examples

QUESTIONS = ("q1", "q2", "q3")
TALK = (
    "So true!", "Thanks for that", "Where did you buy it?", "Hi Maria", "lol", "", "👏👏", "https://example.org/x",
    "We use a visual timer and two captains for each table", "@mlopez we do the same with a bell and a song",
    "I'm new here, sorry I'm late", "Thank you all for the reminder, five minutes left", "... and then they clean up",
    "What about the noise, does it bother the room next door?", "Buy now, 50% off! https://spam.example",
)  # fmt: skip
PEOPLE = ("mlopez", "tk", "jimr", "ben", "ana@mastodon.social")


class Step(NamedTuple):
    """One post: by whom, under which earlier one (counted from the latest), its words; or what else happens."""

    what: str
    who: str
    above: int
    text: str
    question: str


STEPS = st.lists(
    st.builds(
        Step,
        what=st.sampled_from(("reply", "reply", "reply", "reply", "repost", "move", "cut", "ask")),
        who=st.sampled_from(PEOPLE),
        above=st.integers(0, 6),
        text=st.sampled_from(TALK),
        question=st.sampled_from(QUESTIONS),
    ),
    min_size=1,
    max_size=25,
)


class Expected:
    """What the thread says, told by hand: the question that each post hangs on, and what a moderator decided."""

    def __init__(self) -> None:
        self.above: dict[str, str | None] = {}
        self.own: dict[str, str | None] = {}

    def question(self, post: str | None) -> str | None:
        """Up the thread to the first post with a filing or a decision of its own."""
        while post is not None:
            if post in self.own:
                return self.own[post]
            post = self.above[post]
        return None


@settings(max_examples=examples(150), deadline=None)
@given(STEPS)
def test_every_reply_is_filed_where_its_thread_hangs(steps: list[Step]) -> None:
    chat, expected = JudgedChat(), Expected()
    posts = []
    for question, text in zip(QUESTIONS, TEXTS, strict=False):
        chat.says("ben", f"Q{question[1:]} {text}")
        chat.ask(question)
        posts.append(chat.last)
        expected.above[chat.last], expected.own[chat.last] = None, question
    for step in steps:
        above = posts[-1 - step.above % len(posts)]
        hangs_on = expected.question(above)
        if step.what == "ask":
            chat.ask(step.question)
        elif step.what in ("move", "cut"):
            decided = step.question if step.what == "move" else None
            chat.file(above, decided)
            expected.own[above] = decided
        elif step.what == "repost":
            judgement = chat.says("passer_by", chat.state.text(above), repost_of=above)
            posts.append(chat.last)
            expected.above[chat.last] = above
            filed = chat.state.filed(above)
            assert (judgement.kind, judgement.filed and judgement.filed.question) == (
                "repost",
                filed and filed.question,
            )
            if filed is not None:
                expected.own[chat.last] = filed.question
        else:
            judgement = chat.says(step.who, step.text, reply_to=above)
            posts.append(chat.last)
            expected.above[chat.last] = above
            own_announcement = judgement.kind == "announcement"
            assert not own_announcement or chat.state.posts[above].post.author.id == f"mastodon:@{step.who}"
            if hangs_on is not None and not own_announcement:
                assert judgement.filed is not None, (step, judgement)
                assert (judgement.filed.question, judgement.filed.why) == (hangs_on, "thread")
            elif hangs_on is None:
                assert judgement.filed is None
            if judgement.filed is not None:
                expected.own[chat.last] = judgement.filed.question


def test_replies_to_talk_that_hangs_on_a_question_are_filed_there() -> None:
    chat = JudgedChat()
    chat.says("ben", f"Q1 {TEXTS[0]}")
    chat.ask("q1")
    chat.says("mlopez", "A1 A rug and two lamps", reply_to=chat.last)
    chat.ask("q2")
    for who, text in (("ben", "Where did you get the lamps?"), ("mlopez", "From my aunt"), ("tk", "lol"), ("jimr", "")):
        judgement = chat.says(who, text, reply_to=chat.last)
        assert judgement.filed is not None
        assert (judgement.filed.question, judgement.filed.why) == ("q1", "thread")


def test_a_post_that_replies_to_itself_or_in_a_circle_ends_nowhere() -> None:
    chat = JudgedChat()
    chat.ask("q1")
    chat.says("mlopez", "lol", reply_to="mastodon:2")
    chat.says("tk", "lol", reply_to="mastodon:1")
    assert chat.says("jimr", "lol", reply_to="mastodon:2").filed is None
