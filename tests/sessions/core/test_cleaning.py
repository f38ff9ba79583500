"""Text from outside is cleaned once: nothing hides in it, nothing turns it round, and it has an end."""

import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core import plan
from sessions.core.cleaning import NAME_LIMIT, TEXT_LIMIT, clean_handle, clean_name, clean_text, visible_throughout

any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
nasty = st.text(
    st.sampled_from(
        "a #@é\u0301\u0301👩👍🏽🏴\u200d\u200c\ufe0f\ufe0e\u202e\u2066\u200b\U000e0067\U000e007f\ud800\r\n\t\x1b\x00क्"
    )
)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("tab\there", "tab here"),
        ("\x1b[31mred\x07 and\x00 so on", "[31mred and so on"),
        ("pass\u202edrow\u202c", "passdrow"),
        ("a\u2066b\u2069c\u200fd\u061c", "abcd"),
        ("in\u200bvis\u2060ib\ufeffle\u00ad", "invisible"),
        ("hid\u200dden\u200c", "hidden"),
        ("hello" + "".join(chr(0xE0000 + ord(c)) for c in "secret"), "hello"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("  space  between   \n  lines ", "space between\nlines"),
        ("Z" + "\u0301" * 40, "Z" + "\u0301" * 5),
        ("bad \ud800 half", "bad \ufffd half"),
        ("#Q1 [@click=app.quit] [b]", "#Q1 [@click=app.quit] [b]"),
    ],
)
def test_what_is_taken_out(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d🏫 teaches 👨\u200d👩\u200d👧\u200d👦",
        "❤\ufe0f and 1\ufe0f\u20e3",
        "🤷🏽\u200d♀\ufe0f",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "می\u200cخواهم",
        "क्\u200dष",
        "Zoë, Åse and Nguyễn",
        "שָׁלוֹם",
    ],
)
def test_what_people_write_with_is_kept(text: str) -> None:
    assert clean_text(text) == text


def test_long_text_ends_in_an_ellipsis() -> None:
    text = clean_text("word " * 5_000)
    assert len(text) <= TEXT_LIMIT
    assert text.endswith("word…")


def test_names_and_handles_are_single_lines() -> None:
    assert clean_name("  Maria\n\tde la   Cruz\u202e ") == "Maria de la Cruz"
    assert len(clean_name("x" * 500)) == NAME_LIMIT
    assert clean_handle(" @m lopez\n") == "mlopez"
    assert clean_handle("@@ana@example.org") == "ana@example.org"


@given(any_text | nasty)
def test_nothing_hidden_is_left_and_cleaning_twice_changes_nothing(raw: str) -> None:
    clean = clean_text(raw)
    assert clean_text(clean) == clean
    assert not {c for c in clean if c != "\n" and unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")}
    turning = ("LRO", "RLO", "LRE", "RLE", "PDF", "LRI", "RLI", "FSI", "PDI")
    assert not {c for c in clean if unicodedata.bidirectional(c) in turning}
    msgspec.json.encode(clean)


@given(any_text | nasty, st.integers(1, 20))
def test_the_limit_holds_for_names_and_text(raw: str, limit: int) -> None:
    assert len(clean_text(raw, limit)) <= limit
    assert len(clean_name(raw, limit)) <= limit
    assert "\n" not in clean_name(raw, limit)
    assert not any(character.isspace() for character in clean_handle(raw, limit))


@given(st.text(st.characters(codec="ascii", min_codepoint=33, max_codepoint=126), max_size=200))
def test_plain_text_is_left_alone(text: str) -> None:
    assert clean_text(text) == text


def test_a_plans_own_words_lose_what_hides_but_are_never_cut() -> None:
    long = "What \u202eabout\u200b it?\r\n" * 1_000
    assert plan.clean_line(long) == " ".join(["What about it?"] * 1_000)
    assert plan.clean_text(" a\tb \r\n\x1b c ") == "a b \n c"


def test_every_text_in_a_value_is_cleaned_and_all_else_stays() -> None:
    value = {"na\u200bme": ["a\x1b[1mb", {"\u202eid": "x", "n": 1.5}], "on": True, "tags": ("a\x07",), "none": None}
    clean = {"name": ["a[1mb", {"id": "x", "n": 1.5}], "on": True, "tags": ("a",), "none": None}
    assert visible_throughout(value) == clean
