"""The built-in cast: a rehearsal of any plan that looks like a real chat, the same each time."""

import asyncio
import re
import statistics
from collections import Counter
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.cleaning import clean_text
from sessions.core.events import QuestionAdded, QuestionSkipped, Undone
from sessions.core.plan import Host, Plan, Question
from sessions.core.posts import Post
from sessions.hub.process.sources import open_source
from sessions.networks.source import Source
from sessions.rehearsal.cast_text import answer_text, intent_of, material, themes_of, topics_of
from tests.sessions.networks.fakes import START, Clock, Session, make_plan
from tests.waiting import PATIENCE

LABELLED = re.compile(r"(#\w+ )?a\.?\d", re.IGNORECASE)
MINUTE = 60_000


def make_session(plan: Plan | None = None, *, speed: float = 1, follow: bool = True) -> Session:
    plan = plan or make_plan()
    clock = Clock()
    return Session(make_source(plan, clock, speed=speed, follow=follow), plan, clock)


def make_source(plan: Plan, clock: Clock, *, speed: float = 1, follow: bool = True) -> Source:
    return open_source("practice", plan, speed=speed, follow=follow, now=clock.now, sleep=clock.sleep)


async def follow_along(session: Session, until: str | None = None) -> None:
    """Be the hub of a chat that follows its hosts: a question that they post is asked."""

    def on_post(post: Post) -> bool:
        if post.id.endswith(":ask"):
            session.ask(post.id.split(":")[2])
        return post.id == until

    await session.run(on_post)


def is_repost(post: Post) -> bool:
    return post.repost_of is not None or post.text.startswith("RT @")


@pytest.fixture(scope="module")
def hour() -> Session:
    session = make_session()
    asyncio.run(follow_along(session))
    return session


# Who takes part


def test_the_cast_is_large_mixed_and_has_a_few_newcomers() -> None:
    teachers = material().teachers
    newcomers = [teacher for teacher in teachers if teacher.newcomer]
    assert len(teachers) >= 24
    assert 4 <= len(newcomers) <= 6
    assert {teacher.level for teacher in teachers} == {"elementary", "middle", "high"}
    schools = {(teacher.school, teacher.level) for teacher in teachers}
    assert len(schools) == len({school for school, _ in schools}) >= 6
    assert len(material().hosts) == 2
    assert len({teacher.handle for teacher in teachers}) == len({teacher.name for teacher in teachers}) == len(teachers)


def test_regulars_are_all_but_the_newcomers() -> None:
    regulars = make_session().source.regulars
    for teacher in material().teachers:
        assert (f"practice:{teacher.handle}" in regulars) == (not teacher.newcomer)


def test_the_casts_hosts_speak_under_the_plans_names_where_it_has_them() -> None:
    plan = make_plan(hosts=(Host("Ana", ("mastodon:ana@example.org", "bluesky:ana.example.org")), Host("Ben")))
    assert make_session(plan).source.hosts == (
        Host("Ana", ("practice:ana@example.org",)),
        Host("Ben", ("practice:ben",)),
    )
    assert [host.name for host in make_session().source.hosts] == [host.name for host in material().hosts]
    one = make_session(make_plan(hosts=(Host("Ana", ("ana",)),))).source.hosts
    assert [host.name for host in one] == ["Ana", material().hosts[0].name]


# A whole hour


def test_the_hour_is_as_big_as_a_real_one(hour: Session) -> None:
    in_the_hour = [post for post in hour.posts if post.posted_at - START < 60 * MINUTE]
    assert 220 <= len(in_the_hour) <= 300
    a_minute = Counter((post.posted_at - START) // MINUTE for post in in_the_hour)
    assert 8 <= max(a_minute.values()) <= 23
    assert 26 <= len({post.author.id for post in hour.posts}) <= 40
    assert hour.statuses[-1] == "finished"


def test_originals_and_reposts_are_mixed_as_recorded(hour: Session) -> None:
    reposts = [post for post in hour.posts if is_repost(post)]
    originals = [post for post in hour.posts if not is_repost(post)]
    labelled = [post for post in originals if LABELLED.match(post.text)]
    assert 0.24 <= len(reposts) / len(hour.posts) <= 0.34
    assert 0.27 <= len(labelled) / len(originals) <= 0.42
    assert any(post.repost_of for post in reposts)
    assert any(post.repost_of is None for post in reposts)
    spelt = (re.match(r"(#\w+ )?\w\.?\d\W*", post.text) for post in labelled)
    spellings = {re.sub(r"\d", "N", found[0]) for found in spelt if found}
    assert len(spellings) >= 4


def test_answers_come_in_a_burst_and_one_in_six_is_late(hour: Session) -> None:
    asked = {post.id.split(":")[2]: post.posted_at for post in hour.posts if post.id.endswith(":ask")}
    answers = [
        post
        for post in hour.posts
        if post.id.split(":")[2] in asked
        and not is_repost(post)
        and (LABELLED.match(post.text) or (post.reply_to or "").endswith(":ask"))
    ]
    delays = [(post.posted_at - asked[post.id.split(":")[2]]) / MINUTE for post in answers]
    assert 3.5 <= statistics.median(delays) <= 6
    assert 8 <= statistics.quantiles(delays, n=10)[-1] <= 13
    late = [delay for delay in delays if delay > 8.3]
    assert 0.1 <= len(late) / len(delays) <= 0.25
    for moment in asked.values():
        assert any(0 < post.posted_at - moment < 15_000 for post in hour.posts if not is_repost(post))


def test_everything_a_moderator_must_learn_to_handle_is_there(hour: Session) -> None:
    texts = [post.text for post in hour.posts]
    assert sum(post.author.handle == material().spam.handle for post in hour.posts) == 1
    assert any(re.match(r"A\d 1/2 ", text) for text in texts)
    assert any(re.match(r"A\d 2/2 ", text) for text in texts)
    assert any("https://pictures.example.org/" in text for text in texts)
    first_question = next(place for place, post in enumerate(hour.posts) if post.id.endswith(":ask"))
    before = [post for post in hour.posts[:first_question] if not is_repost(post)]
    assert sum("grade" in post.text or "," in post.text for post in before) >= 15
    newcomers = {f"practice:{teacher.handle}" for teacher in material().teachers if teacher.newcomer}
    assert newcomers <= {post.author.id for post in hour.posts}
    assert sum("Thank" in post.text for post in hour.posts[-40:]) >= 5


def test_hosts_greet_a_newcomer_now_and_then_and_leave_the_rest_to_the_greeter(hour: Session) -> None:
    hosts = {handle for host in hour.source.hosts for handle in host.handles}
    by_id = {post.id: post for post in hour.posts}
    newcomers = {f"practice:{teacher.handle}" for teacher in material().teachers if teacher.newcomer}
    greeted = {
        by_id[post.reply_to].author.id for post in hour.posts if post.author.id in hosts and post.reply_to in by_id
    } & newcomers
    assert 1 <= len(greeted) <= 2


def test_a_reply_or_a_repost_comes_after_what_it_is_about(hour: Session) -> None:
    seen: set[str] = set()
    for post in hour.posts:
        assert post.reply_to is None or post.reply_to in seen
        assert post.repost_of is None or post.repost_of in seen
        assert post.id not in seen
        seen.add(post.id)
    assert all(one.posted_at <= two.posted_at for one, two in pairwise(hour.posts))


def test_no_answer_is_given_twice(hour: Session) -> None:
    bodies = Counter(
        post.text for post in hour.posts if not is_repost(post) and post.reply_to is None and len(post.text) > 90
    )
    assert max(bodies.values()) == 1


def test_the_text_is_clean_filled_in_and_short(hour: Session) -> None:
    for post in hour.posts:
        assert clean_text(post.text) == post.text
        assert "{" not in post.text
        assert len(post.text) <= 320
        assert post.author.network == "practice"


async def test_the_same_plan_gives_the_same_chat(hour: Session) -> None:
    again = make_session()
    await follow_along(again)
    assert again.posts == hour.posts


# It follows the session


async def test_posts_arrive_at_once_and_again_as_soon_as_a_question_is_asked() -> None:
    session = make_session(speed=5, follow=False)
    await session.run(lambda post: len(session.posts) >= 3)
    assert session.clock.now() - START <= 2_000
    session.ask("q1")
    asked_at = session.clock.now()
    await session.run(lambda post: LABELLED.match(post.text) is not None or (post.reply_to or "").endswith("q1:ask"))
    question = next(post for post in session.posts if post.id == "practice:cast:q1:ask")
    assert question.posted_at - asked_at <= 100
    assert session.clock.now() - asked_at <= 30_000
    assert any(0 < post.posted_at - asked_at <= 3_000 for post in session.posts if post.id != question.id)


async def test_questions_are_answered_in_whatever_order_they_are_asked() -> None:
    session = make_session(follow=False)
    session.ask("q4")
    await session.run(lambda post: post.id.startswith("practice:cast:q4:") and len(session.posts) > 40)
    scenes = {post.id.split(":")[2] for post in session.posts}
    assert "q4" in scenes
    assert not scenes & {"q1", "q2", "q3", "q5", "q6"}


async def test_a_question_added_in_the_chat_is_answered_too() -> None:
    session = make_session(follow=False)
    extra = Question(id="q7", label="7", text="What would you tell a student teacher about feedback?", minutes=5)
    session.add(QuestionAdded, question=extra, after="q6")
    session.ask("q7")
    await session.run(lambda post: re.match(r"A7\W", post.text) is not None)
    assert session.posts[-1].id.startswith("practice:cast:q7:")
    assert any(post.text.startswith("Q7: What would you tell") for post in session.posts)


async def test_an_ask_that_is_undone_is_not_answered_any_more() -> None:
    session = make_session(follow=False)
    session.ask("q1", by="Ana")
    session.add(Undone, by="Ana", undoes=len(session.events))
    session.ask("q2")
    await session.run(lambda post: post.id.startswith("practice:cast:q2:") and len(session.posts) > 40)
    assert not [post for post in session.posts if post.id.startswith("practice:cast:q1:")]


async def test_closing_the_session_ends_it_at_once() -> None:
    session = make_session(follow=False)

    def close(post: Post) -> None:
        if len(session.posts) == 5:
            session.close()

    await session.run(close)
    assert session.statuses[-1] == "finished"
    assert len(session.posts) <= 6


async def test_a_following_cast_passes_over_skipped_questions_and_ends_with_thanks() -> None:
    session = make_session(speed=100)
    session.add(QuestionSkipped, question="q2")
    await follow_along(session)
    asked = [post.id.split(":")[2] for post in session.posts if post.id.endswith(":ask")]
    assert asked == ["q1", "q3", "q4", "q5", "q6"]
    assert any(post.id == "practice:cast:close:0" for post in session.posts)


async def test_a_plan_of_one_question_and_no_introductions_comes_to_an_end() -> None:
    session = make_session(make_plan("Only one?", introductions=0), speed=1000)
    await follow_along(session)
    assert session.statuses[-1] == "finished"
    assert session.posts[-1].id.startswith("practice:cast:")


async def test_a_plan_without_questions_has_introductions() -> None:
    session = make_session(msgspec.structs.replace(make_plan(), questions=()), speed=1000)
    await session.run(lambda post: len(session.posts) >= 20)
    assert {post.id.split(":")[2] for post in session.posts} == {"open"}


@pytest.mark.parametrize("stop", ["open:9", "q1:5", "q3:ask", "q5:12"])
async def test_after_a_restart_of_the_hub_nothing_is_lost_and_nothing_comes_twice(stop: str, hour: Session) -> None:
    session = make_session()
    await follow_along(session, until=f"practice:cast:{stop}")
    session.clock.at += 20 * MINUTE
    again = session.restart(make_source(make_plan(), session.clock))
    await follow_along(again)
    together = [*session.posts, *again.posts]
    assert len({post.id for post in together}) == len(together)
    assert {post.id for post in together} == {post.id for post in hour.posts}
    assert max(len(batch) for batch in again.batches) <= 3


# What they say


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("What does the first station in your room look like?", ("the first station",)),
        ("How do you keep the groups at the other stations on task?", ("the groups", "stations")),
        ("What role does homework play in your class?", ("homework",)),
        ("How has AI changed the way you plan lessons?", ("AI", "lessons")),
        ("Q1: What does being creative mean to you? #LTHEchat", ("being creative",)),
        ("How do you build relationships with families?", ("relationships", "families")),
        ("How do you decide who works with whom?", ("this",)),
        ("", ("this",)),
    ],
)
def test_answers_take_up_the_questions_own_words(question: str, topics: tuple[str, ...]) -> None:
    assert topics_of(question)[: len(topics)] == topics


def test_what_a_question_is_about_and_wants() -> None:
    assert intent_of("Where do stations go wrong?") == "trouble"
    assert intent_of("Why?") == "why"
    assert intent_of("Share!") == "other"
    assert "station" in themes_of("Where do stations go wrong?")[0].about
    assert themes_of("Who?") == []


@given(st.text(max_size=200), st.randoms(use_true_random=False))
def test_any_question_can_be_answered(question: str, rng: object) -> None:
    teacher = material().teachers[0]
    for body in material().general["lines"][:3]:
        assert "{" not in answer_text(rng, body, question.replace("{", "").replace("}", ""), teacher)


async def test_a_question_wakes_the_cast_from_its_sleep_on_the_real_clock() -> None:
    plan = make_plan()
    source = open_source("practice", plan, speed=1)
    clock = Clock()
    session = Session(source, plan, clock)
    first, asked = asyncio.Event(), asyncio.Event()

    async def read() -> None:
        def on_post(post: Post) -> bool:
            first.set()
            if post.id == "practice:cast:q1:ask":
                asked.set()
            return asked.is_set()

        await session.run(on_post)

    reading = asyncio.create_task(read())
    await first.wait()
    session.ask("q1")
    await asyncio.wait_for(asked.wait(), PATIENCE)
    await reading
    assert len(session.posts) == 2


def test_a_plan_in_spanish_is_answered_in_spanish_with_its_letters() -> None:
    plan = make_plan("¿Qué rutina ayudó?", "¿Qué salió mal?", "¿Quién ayudó?", "¿Qué sigue?")
    asked = tuple(msgspec.structs.replace(question, letter="P") for question in plan.questions)
    plan = msgspec.structs.replace(plan, language="es", questions=asked)
    session = make_session(plan)
    asyncio.run(follow_along(session))
    spanish, english = material("es"), material()
    assert {teacher.handle for teacher in spanish.teachers}.isdisjoint(teacher.handle for teacher in english.teachers)
    names = {teacher.name for teacher in spanish.teachers}
    assert names <= {post.author.name for post in session.posts}
    originals = [post for post in session.posts if not is_repost(post)]
    assert any(post.text.startswith("P1: ") for post in originals), "the host asks with the letter of the language"
    labelled = [post for post in originals if re.match(r"(#\w+ )?r\.?\d", post.text, re.IGNORECASE)]
    assert len(labelled) > 20
    assert not [post for post in originals if re.match(r"A\d", post.text)]
    assert not [post for post in originals if "{" in post.text]
    assert sum(post.author.handle == spanish.spam.handle for post in originals) == 1
    said = " ".join(post.text for post in originals).casefold()
    assert " the " not in said
