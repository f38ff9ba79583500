"""Words set in lines: the short way for plain text is the long one's."""

from hypothesis import given
from hypothesis import strategies as st

from tui.text import wrapping

TEXTS = st.text(st.sampled_from("ab  \n.é語"), max_size=40)


@given(text=TEXTS, width=st.integers(1, 12))
def test_plain_text_is_set_as_any_other(text: str, width: int) -> None:
    spans: list[tuple[int, int]] = []
    begin = 0
    for paragraph in text.split("\n"):
        if paragraph:
            wrapping._wrap_paragraph(text, begin, begin + len(paragraph), width, spans)
        begin += len(paragraph) + 1
    assert wrapping.wrap(text, width) == spans


def test_lines_are_as_full_as_words_allow() -> None:
    assert wrapping.wrap("we rotate every day", 9) == [(0, 9), (10, 19)]
    assert wrapping.wrap("we rotate every day", 8) == [(0, 2), (3, 9), (10, 15), (16, 19)]
