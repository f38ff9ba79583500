"""Where a replay is worth stopping: questions, newcomers, stars; and how lively the chat was along the way."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.core import commands as c
from sessions.replay import Activity, Moment, Replay
from tests.sessions.core.building import START, Chat
from tests.sessions.replay.replayed import gone, moderated

SECOND, MINUTE = 1_000, 60_000


def moments(chat: Chat) -> list[tuple[str, int, str]]:
    """Kind, second and subject of each moment."""
    return [(one.kind, one.position // SECOND, one.subject) for one in Replay(chat.events).moments]


def later(chat: Chat, seconds: int) -> None:
    """Time passes."""
    chat.at += seconds * SECOND


def test_questions_newcomers_and_stars_come_in_order_with_their_subjects() -> None:
    chat = Chat()
    later(chat, 5)
    chat.post("Hi, first time here", handle="new", kind="introduction", filed=None, newcomer=True)
    later(chat, 5)
    chat.do(c.Ask, question="q1", seen=None)
    later(chat, 5)
    post = chat.post(handle="jim")
    chat.post(handle="new", newcomer=True)
    later(chat, 5)
    chat.do(c.Highlight, "Ben", post=post)
    chat.do(c.Highlight, "Ben", person="mastodon:@new")
    assert moments(chat) == [
        ("newcomer", 5, "mastodon:@new"),
        ("question", 10, "q1"),
        ("star", 20, post),
        ("star", 20, "mastodon:@new"),
    ]


def test_newcomers_whose_posts_came_together_are_gone_to_one_by_one() -> None:
    """What a network answers at once has one time on the hub's clock."""
    chat = Chat()
    later(chat, 5)
    names = ["one", "two", "three"]
    for name in names:
        chat.post(handle=name, newcomer=True)
    replay = Replay(chat.events)
    position, stop, found = 0, None, []
    while stop := replay.next_moment(position, {"newcomer"}, stop):
        position = stop.position
        found.append(stop.subject)
    assert found == [f"mastodon:@{name}" for name in names]
    *_, last = replay.moments
    before = replay.previous_moment(position, {"newcomer"}, 0, last)
    assert before is not None
    assert before.subject == "mastodon:@two"


def test_what_was_undone_or_taken_back_is_no_moment() -> None:
    chat = Chat()
    post = chat.post()
    (asked,) = chat.do(c.Ask, question="q1", seen=None)
    chat.do(c.Undo, seq=asked.seq)
    (starred,) = chat.do(c.Highlight, "Ben", post=post)
    chat.do(c.Undo, "Ben", seq=starred.seq)
    later(chat, 5)
    chat.do(c.Highlight, "Ben", post=post)
    later(chat, 5)
    chat.do(c.Unhighlight, "Ben", post=post)
    assert moments(chat) == []
    later(chat, 5)
    chat.do(c.Highlight, "Ben", post=post)
    assert moments(chat) == [("star", 15, post)]


def test_a_star_on_words_that_are_gone_and_a_muted_newcomer_are_no_moments() -> None:
    chat = Chat()
    post = chat.post()
    chat.post(handle="spam", kind="spam", filed=None, newcomer=True)
    chat.do(c.Highlight, "Ben", post=post)
    chat.do(c.Redact, "Ben", post=post)
    chat.do(c.Highlight, "Ben", person="mastodon:@spam")
    chat.do(c.Mute, "Ben", person="mastodon:@spam")
    assert moments(chat) == []


def test_in_the_first_chat_of_a_series_only_who_says_so_is_new() -> None:
    chat = Chat(first=True)
    chat.post(handle="jim", newcomer=True)
    chat.post(handle="new", newcomer=True, says_new=True)
    assert moments(chat) == [("newcomer", 0, "mastodon:@new")]


def test_next_and_previous_go_from_moment_to_moment_of_the_wanted_kinds() -> None:
    chat = Chat()
    for number in (1, 2, 3):
        later(chat, 60)
        chat.do(c.Ask, question=f"q{number}", seen=chat.state.open)
        later(chat, 10)
        chat.post(handle=f"new{number}", newcomer=True)
    replay = Replay(chat.events)
    found, position = [], -1
    while (moment := replay.next_moment(position, {"question"})) is not None:
        found.append(moment.subject)
        position = moment.position
    assert found == ["q1", "q2", "q3"]
    assert replay.next_moment(60_000, {"newcomer", "star"}) == replay.moments[1]
    assert replay.previous_moment(60_000, {"question"}) is None
    second = replay.moments[2].position
    assert [replay.previous_moment(second + 1_500, {"question"}, slack).subject for slack in (0, 2_000)] == ["q2", "q1"]  # type: ignore[union-attr]


def test_a_jump_to_a_moment_shows_what_happened_at_it() -> None:
    chat = Chat()
    later(chat, 60)
    chat.do(c.Ask, question="q1", seen=None)
    later(chat, 60)
    replay = Replay(chat.events)
    moment = replay.next_moment(0, {"question"})
    assert moment is not None
    assert replay.seek(moment.position).open == "q1"


def test_the_moments_of_a_recorded_chat_are_those_of_its_last_state() -> None:
    events = moderated("lthechat-on")
    replay = Replay(events)
    final = replay.final
    asked = [moment.subject for moment in replay.moments if moment.kind == "question"]
    assert len(asked) > 5
    assert asked == [opening.question for opening in final.openings]
    starred = {moment.subject for moment in replay.moments if moment.kind == "star"}
    posts = {post for post, layer in final.layers.items() if layer.starred and not final.folded(post)}
    people = {name for name, person in final.people.items() if person.starred and not person.muted}
    assert starred == posts | people != set()
    assert not starred & gone(events)


# Posts a minute


def test_posts_are_counted_along_the_way_since_the_opening() -> None:
    chat = Chat()
    for second in (0, 59, 60, 239):
        chat.at = START + second * SECOND
        chat.post()
    assert [cell.posts for cell in Replay(chat.events).activity.cells(4)] == [2, 1, 0, 1]


def test_a_post_that_came_twice_counts_once() -> None:
    chat = Chat()
    chat.post()
    again = chat.events[-1]
    chat.hear(type(again), post=again.post, kind="answer", filed=None, newcomer=False)  # type: ignore[union-attr]
    assert [cell.posts for cell in Replay(chat.events).activity.cells(1)] == [1]


def test_a_cell_tells_its_posts_and_its_questions_and_where_a_click_on_it_goes() -> None:
    question = Moment("question", 150_000, 7, "q1")
    cells = Activity([0, 1_000, 130_000], 239_999, [question]).cells(4)
    assert [(cell.start, cell.end) for cell in cells] == [(n * MINUTE, (n + 1) * MINUTE) for n in range(4)]
    assert [cell.posts for cell in cells] == [2, 0, 1, 0]
    assert [cell.questions for cell in cells] == [(), (), (question,), ()]


@given(st.lists(st.integers(0, 7_200_000)).map(sorted), st.integers(0, 300), st.integers(0, 4))
def test_every_post_and_question_is_in_exactly_one_cell(positions: list[int], count: int, asked: int) -> None:
    length = max(positions, default=0)
    questions = [Moment("question", length * n // 4, n + 1, f"q{n}") for n in range(asked)]
    activity = Activity(positions, length, questions)
    cells = activity.cells(count)
    assert len(cells) == count
    if count:
        assert (cells[0].start, cells[-1].end) == (0, length + 1)
        assert sum(cell.posts for cell in cells) == len(positions)
        assert [moment for cell in cells for moment in cell.questions] == questions
