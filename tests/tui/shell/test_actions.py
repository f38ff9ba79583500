"""A table of actions is complete, or there is no screen."""

import pytest

from tui.shell.actions import PALETTE_KEY, Action, Actions, ActionTable

STAR = Action("star", "h", "h", "Answers", "Star this post", "Both desks see it.", "Star")
HIDE = Action("hide", "x", "x", "Answers", "Hide this post", "Folds it to one line.")
TABLE = ActionTable(
    ("Answers",), (HIDE, STAR, Action(PALETTE_KEY, "ctrl+p", "^p", "Answers", "All actions", "Search."))
)


def nothing() -> None:
    """Do nothing."""


def test_each_action_is_done_by_its_own_handler() -> None:
    done: list[str] = []
    actions = Actions(TABLE, {"star": lambda: done.append("star")}, {"hide": lambda: done.append("hide")})
    actions.run("hide")
    actions.run("star")
    assert done == ["hide", "star"]


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ([{"star": nothing}], "an action without a handler, or the other way round: hide"),
        ([{"star": nothing, "hide": nothing, "next": nothing}], "the other way round: next"),
        ([{"star": nothing, "hide": nothing}, {"hide": nothing}], "more than one handler: hide"),
    ],
    ids=["a row without a handler", "a handler without a row", "two handlers for one row"],
)
def test_a_table_that_does_not_fit_its_handlers_is_an_error_at_once(
    groups: list[dict[str, object]], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        Actions(TABLE, *groups)  # type: ignore[arg-type]


def test_what_is_off_needs_a_handler_too_and_has_no_word_in_the_footer() -> None:
    table = ActionTable(("Answers",), (STAR,), off=(HIDE,))
    with pytest.raises(ValueError, match="hide"):
        Actions(table, {"star": nothing})
    star, hide = table.bindings()
    assert (star.show, star.id, hide.show, hide.id) == (True, "star", False, None)
    assert Actions(table, {"star": nothing, "hide": nothing}).table.by_name == {"star": STAR}
