"""The line of every value in a TOML text."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.core.plan.toml_lines import MOST_TRIES, Path, TomlLines

VALUES = st.sampled_from((
    "1", '"a # b"', "'''\n[[items]]\nkey0 = 1\n'''", '"""\\\n  x = """', "[ # ]\n 1, [2,\n\n], ]", "{a = [1], b.c = 2}",
    "1979-05-27",
))  # fmt: skip
GAPS = st.sampled_from(("", "# key0 = 1\n", "\n\n", "  # [[items]]\n", "\t\n"))


@given(st.lists(st.tuples(GAPS, st.booleans(), VALUES), max_size=12), st.sampled_from(("\n", "\r\n")))
def test_every_value_is_found_on_the_line_where_it_begins(parts: list[tuple[str, bool, str]], end: str) -> None:
    text, expected = "", dict[Path, int]()
    table: Path = ()
    items = 0
    for number, (gap, opens, value) in enumerate(parts):
        text += gap
        if opens:
            table = ("items", items)
            items += 1
            expected[table] = text.count("\n") + 1
            text += "[[items]]  # so\n"
        expected[(*table, f"key{number}")] = text.count("\n") + 1
        text += f"key{number} = {value}\n"
    lines = TomlLines(text.replace("\n", end))
    assert {path: lines.find(path) for path in expected} == expected
    assert lines.unfinished is None


def test_a_value_in_a_list_or_table_is_found_where_the_whole_begins() -> None:
    lines = TomlLines('a.b = 1\n[[t]]\n[[t]]\n[t.u]\nlist = [\n1,\n2]\n[x]\n"y z" = {k = 1}\n')
    assert lines.find(("a", "b")) == 1
    assert lines.find(("t", 0)) == 2
    assert lines.find(("t", 1, "missing")) == 3
    assert lines.find(("t", 1, "u", "list", 1)) == 5
    assert lines.find(("x", "y z", "k")) == 9
    assert lines.find(("nowhere",)) is None


def test_what_is_never_closed_is_told_by_its_first_line() -> None:
    assert TomlLines("a = 1\n\nb = [\n1,\nc = 2\n").unfinished == 3


def test_a_list_without_end_does_not_take_for_ever() -> None:
    assert TomlLines("a = [\n" + "[],\n" * (MOST_TRIES + 10)).unfinished == 1
