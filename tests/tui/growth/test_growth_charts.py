"""Charts of text are drawn in whatever room there is, and say what there was no room for."""

import pytest
from rich.text import Text

from sessions.reports.growth import Groups, Growth, QuestionAnswers, SessionGrowth
from tui.growth.charts import NARROWEST, charts


def one_chat(questions: int) -> Growth:
    """The growth of a single chat with so many questions, the last of them with the most answers."""
    chat = SessionGrowth(
        id="aaaaaa", date="2025-12-01", title="Stations", starts_at=0, closed=True, first_chat=True, days=None,
        people=9, first_timers=4, returning=5, came_back=None, later=(),
        questions=tuple(QuestionAnswers(f"q{n}", str(n), n) for n in range(1, questions + 1)),
        answers=0, answers_per_question=None, newcomers=0, greeted=0, greeted_share=None, median_wait=None,
        never_noticed=0,
    )  # fmt: skip
    nobody = Groups()
    return Growth(
        series="s", since=None, until=None, people=9, first_timers=4, came_back=0, sessions=(chat,),
        schools=nobody, levels=nobody,
    )  # fmt: skip


@pytest.mark.parametrize("width", [NARROWEST, 80, 160])
@pytest.mark.parametrize("questions", [0, 1, 6, 37, 200, 1_000])
def test_a_chat_of_any_number_of_questions_is_drawn_in_the_width(questions: int, width: int) -> None:
    lines = Text.from_ansi(charts(one_chat(questions), width)).plain.split("\n")
    assert max(map(len, lines)) <= width
    cut = [line for line in lines if "(the first" in line]
    assert bool(cut) == (questions > (min(width, 100) - 6) // 2)
