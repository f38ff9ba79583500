"""Who of those present has not answered, in as many names as there is room for."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.core import commands as c
from sessions.core.posts import Filed
from sessions.core.state import SessionState
from tests.sessions.core.building import Chat
from tests.tui.screen_text import screen_lines
from tests.tui.widgets.answer_pane_desk import at_desk
from tests.tui.widgets.test_roster_sections import SHOW, STEPS, Followed
from tui.text.outside import cell_len
from tui.widgets.answers.attendance import Attendance
from tui.widgets.answers.pane_filter import PaneFilter
from tui.widgets.answers.standing import Standing, missing_people, standing_words


def a_chat() -> Chat:
    """Q2 is open: Kim answered Q1 and Q2 at once, Lee and Max Q1; Max is muted, Ben a host."""
    chat = Chat()
    chat.do(c.Ask, question="q2", seen=None)
    chat.post("A1/A2: both", handle="kim", filed=Filed("q1", "label", also=("q2",)))
    for handle in ("lee", "max"):
        chat.post("A1: photos", handle=handle)
    chat.post("A1: mine", handle="ben")
    chat.do(c.Mute, person="mastodon:@max")
    return chat


def missing(chat: Chat, question: str) -> list[str]:
    return [person.author.name for person in missing_people(chat.state, question)]


def standing_of(state: SessionState, question: str | None) -> Standing | None:
    return Attendance().standing(state, question)


def test_those_are_missing_who_are_there_and_have_no_answer_that_counts() -> None:
    chat = a_chat()
    assert (missing(chat, "q1"), missing(chat, "q2"), missing(chat, "q3")) == ([], ["Lee"], ["Kim", "Lee"])
    assert standing_of(chat.state, "q2") == Standing("Q2", 1, 1, 1, ("Lee",))
    answer = chat.post("A2: boxes", handle="lee", filed=Filed("q2", "label"))
    assert missing(chat, "q2") == []
    (hidden,) = chat.do(c.Hide, post=answer)
    assert missing(chat, "q2") == ["Lee"]
    chat.do(c.Undo, seq=hidden.seq)
    assert missing(chat, "q2") == []
    chat.do(c.File, post=answer, question="q3")
    assert (missing(chat, "q2"), missing(chat, "q3")) == (["Lee"], ["Kim"])
    assert standing_of(Chat().state, "q2") is None
    assert standing_of(chat.state, None) is None


@given(steps=STEPS, question=st.sampled_from(("q1", "q2", "q3")))
def test_kept_from_batch_to_batch_it_is_that_of_the_whole_state(
    steps: list[tuple[str, str, int, int]], question: str
) -> None:
    chat, kept = Followed(first_chat=False), Attendance()
    for what, who, number, _ in [*steps, SHOW]:
        if not what.startswith("show"):
            chat.act(what, who, number)
            continue
        standing = kept.standing(chat.state, question, chat.touched)
        chat.touched = set()
        assert standing == standing_of(chat.state, question)
        if standing is not None:
            assert [*standing.called] == missing(chat, question)
            assert standing.missing == len(standing.called)


letters = st.text(st.characters(codec="utf-8", categories=("Lu", "Ll", "Lo")), min_size=1, max_size=20)
names = st.lists(letters, max_size=24)


@given(names, st.integers(0, 500), st.integers(0, 160), st.booleans())
def test_as_many_names_as_fit_and_the_number_of_the_rest(called: list[str], more: int, room: int, named: bool) -> None:
    number = len(called) + (more if len(called) == 24 else 0)
    words = standing_words(Standing("Q2", 33, 23, number, tuple(called)), room, named=named)
    assert words.startswith("33 from 23" if named else "Q2 33 from 23") or words.endswith(f"{number:,} not yet")
    if not number:
        assert words.endswith("all have answered") or cell_len(f"{words} · all have answered") > room
    elif words.endswith("not yet"):
        assert f"{number:,} not yet" in words
    else:
        assert cell_len(words) <= room
        _, _, rest = words.partition("not yet: ")[2].partition(", +")
        assert int(rest.replace(",", "") or 0) < number


def test_first_names_where_they_tell_people_apart() -> None:
    standing = Standing("Q2", 33, 23, 11, ("Ilse Marsh", "Ravi", "Tova Lind", "Tova Berg"))
    assert standing_words(standing, 80, named=True) == "33 from 23 · not yet: Ilse, Ravi, Tova Lind, Tova Berg, +7"
    assert standing_words(standing, 50, named=True) == "33 from 23 · not yet: Ilse, Ravi, Tova Lind, +8"
    assert standing_words(standing, 35, named=True) == "33 from 23 · 11 not yet"


async def test_the_title_tells_it_of_the_open_question_or_of_the_one_that_is_shown() -> None:
    chat = a_chat()
    async with at_desk(chat, (90, 12)) as desk:
        desk.pane.count_missing()
        await desk.pilot.pause()
        assert "Answers · all · 4 · Q2 1 from 1 · not yet: Lee" in screen_lines(desk.app)[0]
        desk.pane.show_filter(PaneFilter("question", "q3"))
        await desk.pilot.pause()
        assert "Answers · Q3 · 0 from 0 · not yet: Kim, Lee" in screen_lines(desk.app)[0]
    async with at_desk(chat, (40, 12)) as desk:
        desk.pane.show_filter(PaneFilter("question", "q3"))
        await desk.pilot.pause()
        assert "Answers · Q3 · 2 not yet" in screen_lines(desk.app)[0]
