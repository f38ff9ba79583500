"""How long the status line says something, and what goes before what, by a clock that the test moves."""

import pytest

from tests.tui.desks import ManualPace
from tui.widgets.remarks import HEARD, SHOWN, Remarks


class Line:
    """A status line, its clock and what it says."""

    def __init__(self) -> None:
        self.pace = ManualPace()
        self.shown: tuple[str, bool] = ("", False)
        self.remarks = Remarks(self.pace, self._show)

    def _show(self, words: str, warn: bool) -> None:
        self.shown = (words, warn)

    @property
    def words(self) -> str:
        assert self.remarks.words == self.shown[0]
        return self.shown[0]


@pytest.mark.parametrize(("words", "warn", "seconds"), [("Done.", False, 8), ("No.", True, 16), ("x" * 160, False, 20)])
def test_a_remark_goes_after_a_while_later_where_there_is_more_to_read(words: str, warn: bool, seconds: float) -> None:
    line = Line()
    line.remarks.say(words, warn=warn)
    line.pace.advance(seconds - 0.1)
    assert line.shown == (words, warn)
    line.pace.advance(0.2)
    assert line.shown == ("", False)


def test_the_time_of_a_remark_begins_with_the_remark() -> None:
    line = Line()
    line.remarks.say("first")
    line.pace.advance(SHOWN - 1)
    line.remarks.say("second")
    line.pace.advance(2)
    assert line.words == "second"


def test_a_remark_that_stays_goes_at_the_next_act() -> None:
    line = Line()
    line.remarks.say("The hub is away.", stays=True)
    line.pace.advance(3600)
    assert line.words == "The hub is away."
    line.remarks.acted()
    assert line.words == ""


def test_what_others_do_waits_until_an_answer_is_read() -> None:
    line = Line()
    line.remarks.say("Ana asks the questions.", warn=True)
    line.remarks.tell("Ana asked Q4")
    line.pace.advance(HEARD - 0.1)
    line.remarks.tell("Ana starred a post")
    assert line.shown == ("Ana asks the questions.", True)
    line.pace.advance(0.2)
    assert line.shown == ("Ana starred a post", False), "of several the last"
    line.pace.advance(SHOWN)
    assert line.words == ""


def test_news_is_said_at_once_where_nothing_was_answered_lately() -> None:
    line = Line()
    line.remarks.tell("Ana asked Q4")
    line.remarks.tell("Ana starred a post")
    assert line.words == "Ana starred a post"
    line.remarks.say("No.", warn=True)
    line.pace.advance(HEARD)
    line.remarks.tell("Ana greeted Maria")
    assert line.words == "Ana greeted Maria"


def test_what_was_done_as_one_wanted_makes_way_for_news() -> None:
    line = Line()
    line.remarks.say("Taking back: Ana starred a post.")
    line.remarks.done("You took back: Ana starred a post")
    line.remarks.tell("Ana asked Q4")
    assert line.words == "Ana asked Q4"


def test_the_next_act_of_ones_own_takes_all_that_was_said_away() -> None:
    line = Line()
    line.remarks.say("No.", warn=True)
    line.remarks.acted()
    assert line.shown == ("", False)
    line.remarks.say("No.", warn=True)
    line.remarks.tell("Ana asked Q4")
    line.remarks.acted()
    assert line.words == "Ana asked Q4", "what waited was not read yet"


def test_nothing_is_said_after_the_screen_is_gone() -> None:
    line = Line()
    line.remarks.say("No.", warn=True)
    line.remarks.tell("Ana asked Q4")
    line.remarks.stop()
    line.pace.advance(3600)
    assert line.shown == ("No.", True)


def test_what_was_done_takes_no_warning_away_before_it_is_read() -> None:
    line = Line()
    line.remarks.say("No.", warn=True)
    line.remarks.done("You starred a post")
    assert line.shown == ("No.", True)
    line.pace.advance(HEARD)
    assert line.shown == ("You starred a post", False)


def test_an_outcome_is_heard_whatever_is_done_told_or_pressed_meanwhile() -> None:
    line = Line()
    line.remarks.report("Q1", "Q1: mastodon posted")
    line.remarks.done("You greeted Tom")
    line.remarks.tell("Ana asked Q4")
    line.remarks.acted()
    line.pace.advance(HEARD - 0.1)
    assert line.words == "Q1: mastodon posted"
    line.pace.advance(0.2)
    assert line.words == "Ana asked Q4"


def test_an_outcome_is_said_again_after_an_answer_that_took_its_place() -> None:
    line = Line()
    line.remarks.report("Q1", "Q1: mastodon not posted", warn=True, stays=True)
    line.remarks.acted()
    line.remarks.say("Nothing is under the cursor.")
    assert line.shown == ("Nothing is under the cursor.", False)
    line.pace.advance(HEARD)
    assert line.shown == ("Q1: mastodon not posted", True)
    line.pace.advance(HEARD)
    line.remarks.acted()
    assert line.words == "", "it was heard"


def test_an_outcome_takes_the_place_of_the_word_before_about_the_same_only() -> None:
    line = Line()
    line.remarks.report("Q1", "Q1: mastodon …", stays=True)
    line.remarks.report("Q1", "Q1: mastodon posted")
    line.remarks.report("Q2", "Q2: mastodon …", stays=True)
    line.remarks.report("Q2", "Q2: mastodon posted")
    assert line.words == "Q1: mastodon posted"
    line.pace.advance(HEARD)
    assert line.words == "Q2: mastodon posted"
    line.pace.advance(SHOWN)
    assert line.words == ""


def test_an_outcome_shows_again_where_the_name_of_a_key_stood_in_its_place() -> None:
    line = Line()
    line.remarks.report("Q1", "Q1: mastodon not posted", warn=True)
    line.shown = ("Star …", False)
    line.remarks.acted()
    assert line.shown == ("Q1: mastodon not posted", True)
