"""Words that stand beside a time or a name, in whatever width."""

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tests.tui.screen_text import widget_lines
from tui.widgets.hanging import Hanging

WORDS = Hanging(Content("Hello to Elio Marchbank"), Content("Welcome, we are glad that you came"), 12, between=": ")


class Both(App[None]):
    """The same words in a list and alone."""

    def compose(self) -> ComposeResult:
        yield OptionList(Option(WORDS), markup=False)
        yield Static(WORDS)


async def test_no_line_of_the_words_begins_below_the_name_and_none_is_cut() -> None:
    shown = ["Hello to    Welcome, we are", "Elio        glad that you", "Marchbank   came"]
    app = Both()
    async with app.run_test(size=(36, 20)) as pilot:
        for one in app.query("OptionList, Static"):
            one.styles.width, one.styles.height, one.styles.border = 28, "auto", ("none", "black")
            one.styles.padding = 0
        await pilot.pause()
        assert [line.rstrip() for line in widget_lines(app.query_one(Static))] == shown
        assert [line.strip() for line in widget_lines(app.query_one(OptionList)) if line] == shown
    assert WORDS.plain == "Hello to Elio Marchbank: Welcome, we are glad that you came"


def test_a_name_that_is_one_long_word_stands_whole_above_the_words() -> None:
    long = Hanging(Content("Maria_Guadalupe_Hernandez"), Content("wrote #credit"), 12)
    assert long.in_lines(30).plain.split("\n") == ["Maria_Guadalupe_Hernandez", f"{'':12}wrote #credit"]


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), max_size=60)


@given(words, words, st.integers(2, 20), st.integers(1, 40))
def test_every_letter_is_shown_and_no_line_is_longer_than_there_is_room(
    head: str, body: str, indent: int, room: int
) -> None:
    lines = Hanging(Content(head), Content(body), indent).in_lines(indent + room).split("\n", allow_blank=True)
    letters = sorted("".join(f"{head}{body}".split()))
    assert sorted("".join("".join(line.plain.split()) for line in lines)) == letters
    assert all(line.cell_length <= indent + max(room, 2) for line in lines)
