"""Text from outside is shown as it is: never markup, never a terminal's command, never wider than its place."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tui
from tests.tui.pane_apps import HOSTILE
from tui.text import taming
from tui.text.outside import cell_len, clean, clean_line, cut, outside, outside_line
from tui.text.wrapping import wrap

ANY_TEXT = st.text(st.characters(codec=None), max_size=60) | st.text(
    "ab é日本👨‍👩‍👧\u0301\u200d\ufe0f🏽☀\n ", max_size=60
)


def test_markup_is_only_text() -> None:
    shown = outside(HOSTILE)
    assert "[@click=app.exit]press me[/] [Q1] [/b] $text" in shown.plain
    assert not shown.spans


def test_escape_codes_are_shown_not_obeyed() -> None:
    assert "␛[31mred␛[0m ␇" in clean(HOSTILE)


def test_what_cannot_be_encoded_is_replaced() -> None:
    assert clean(HOSTILE).encode().endswith("\ufffd".encode())


def test_the_direction_of_writing_cannot_be_turned() -> None:
    assert "\u202e" not in clean(HOSTILE)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u200db \u200d", "ab "),
        ("books ❤️ ☀️ ✏️ ⚠️ ➡️", "books ❤ ☀ ✏ ⚠ ➡"),
        ("1️⃣ 2️⃣", "1⃣ 2⃣"),
        ("©️ ℹ️ ⌚︎", "© ℹ ⌚"),
        ("🏳️‍🌈 🏳️‍⚧️ 🏴‍☠️", "🏳 🏳 🏴"),
        ("👍🏽 👩🏾‍🏫👨🏻‍🦽‍➡️ 👨‍👩‍👧‍👦", "👍 👩👨 👨"),
        ("🏽", ""),
        ("🇺🇸🇲🇽 👍", "🇺🇸🇲🇽 👍"),
        ("x² + ½, H₂O and 10⁻³ ﾊﾝｶｸ\u3164", "x² + ½, H₂O and 10⁻³ ﾊﾝｶｸ"),
        ("हिन्दी: हर १२ मिनट में", "हिन्दी: हर १२ मिनट में"),
        ("new 🫩 🩷", "new 🫩 🩷"),
    ],
)
def test_emoji_are_drawn_in_a_form_whose_width_all_terminals_agree_about(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_what_is_edited_and_goes_out_keeps_its_emoji() -> None:
    assert taming.clean("Hi 👩🏾‍🏫 ❤️\r\n\x1b[31m1️⃣") == "Hi 👩🏾‍🏫 ❤️\n␛[31m1️⃣"


def test_vowel_signs_are_counted_as_where_they_take_a_cell_of_their_own() -> None:
    assert cell_len("हिन्दी") == 5
    assert cut("हिन्दी हिन्दी", 7) == "हिन्दी …"
    assert wrap("हिन्दी मिनट", 6) == [(0, 6), (7, 11)]


def test_accents_do_not_pile_up_into_the_lines_above() -> None:
    assert clean("e" + "\u0301" * 50 + "!") == "e" + "\u0301" * 4 + "!"


@given(ANY_TEXT)
def test_nothing_a_terminal_obeys_is_left(text: str) -> None:
    tame = clean(text)
    assert all(char == "\n" or (char >= " " and not "\x7f" <= char <= "\x9f") for char in tame)
    assert clean(tame) == tame


@given(ANY_TEXT, st.integers(0, 30))
def test_a_cut_text_fits_and_is_a_beginning(text: str, width: int) -> None:
    line = clean_line(text)
    short = cut(line, width)
    assert cell_len(short) <= width
    assert short == line or line.startswith(short.removesuffix("…"))


def test_a_cut_text_says_so() -> None:
    assert outside_line("Where do stations start?", 10).plain == "Where do …"


def test_a_wide_character_is_not_cut_in_half() -> None:
    assert cut("日本語", 4) == "日…"


@given(ANY_TEXT, st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_no_word(text: str, width: int) -> None:
    tame = clean(text)
    lines = [tame[start:end] for start, end in wrap(tame, width)]
    assert all(cell_len(line) <= width for line in lines)
    visible = [char for char in tame if not char.isspace() and cell_len(char)]
    assert [char for line in lines for char in line if not char.isspace() and cell_len(char)] == visible


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("We rotate every week", 9, ["We rotate", "every", "week"]),
        ("one\n\n\ntwo", 9, ["one", "two"]),
        ("see https://example.org/a/b now", 12, ["see https://", "example.org/", "a/b now"]),
        ("A1 日本語の文章", 9, ["A1 日本語", "の文章"]),
        ("ok 👨‍👩‍👧👨‍👩‍👧", 3, ["ok", "👨‍👩‍👧", "👨‍👩‍👧"]),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    assert [text[start:end] for start, end in wrap(text, width)] == lines


# What the whole package keeps to

PACKAGE = Path(tui.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
TAKES_MARKUP = {"Static", "Label", "Option", "Button", "Checkbox", "RadioButton", "Collapsible", "TabPane"}
SETS_TEXT = {"update", "add_row", "add_option", "add_options"}


def _calls(module: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, ast.Call)]


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _built(node: ast.expr) -> bool:
    """Whether the expression builds a str from something else: what could carry outside text into markup."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod))


def _plain(call: ast.Call) -> bool:
    return any(
        word.arg == "markup" and isinstance(word.value, ast.Constant) and word.value.value is False
        for word in call.keywords
    )


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_hands_built_text_to_what_reads_markup(module: Path) -> None:
    risky = [
        f"line {call.lineno}: {_name(call)}"
        for call in _calls(module)
        if (_name(call) in TAKES_MARKUP | SETS_TEXT and any(map(_built, call.args)) and not _plain(call))
        or (_name(call) == "notify" and not _plain(call))
        or (_name(call) == "from_markup" and not isinstance(call.args[0], ast.Constant))
    ]
    assert risky == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_titles_of_borders_are_never_built_strings(module: Path) -> None:
    titles = [
        node
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Assign)
        and any(isinstance(to, ast.Attribute) and to.attr in ("border_title", "border_subtitle") for to in node.targets)
    ]
    assert [f"line {node.lineno}" for node in titles if _built(node.value)] == []
