"""Tables as programs write them: what parts the cells, what they are quoted with, how marks in them are escaped."""

import csv
import io
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.importing.formats.columns import match_columns, missing_fields
from sessions.importing.formats.sheets import read_csv

HEADER = ("created_at", "from_user", "text")
TEXTS = (
    'He said "go", and we went',
    'It ends with "a mark"',
    "a back\\slash, and C:\\temp\\",
    "it's; so|what",
    "two\nlines",
    "",
    "plain words",
)
ROWS = [HEADER, *(("2016-01-20 19:50:03", "ana", text) for text in TEXTS)]


def cells(text: str) -> list[tuple[str, ...]]:
    """The header and the rows."""
    sheet = read_csv(text, {})
    assert sheet.skipped == ()
    return [sheet.columns, *(row.cells for row in sheet.rows)]


def written(mark: str, delimiter: str, escape: str, *, always: bool) -> str:
    """The rows as a program writes them that escapes marks by doubling them or with a backslash."""
    stream = io.StringIO()
    writer = csv.writer(
        stream,
        delimiter=delimiter,
        quotechar=mark,
        doublequote=not escape,
        escapechar=escape or None,
        quoting=csv.QUOTE_ALL if always else csv.QUOTE_MINIMAL,
    )
    writer.writerows(ROWS)
    return stream.getvalue()


@pytest.mark.parametrize("begins", ["", "\ufeff", "\ufeff\ufeff"])
@pytest.mark.parametrize("always", [True, False])
@pytest.mark.parametrize("escape", ["", "\\"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_way_of_writing_a_table(delimiter: str, escape: str, always: bool, begins: str) -> None:
    assert cells(begins + written('"', delimiter, escape, always=always)) == ROWS


@pytest.mark.parametrize("escape", ["", "\\"])
def test_cells_in_apostrophes(escape: str) -> None:
    assert cells(written("'", ",", escape, always=True)) == ROWS


@pytest.mark.parametrize(("opening", "closing"), ["“”", "„“", "„”"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", ", "])
@pytest.mark.parametrize("names", [True, False], ids=["all cells", "the texts"])
def test_cells_in_the_marks_of_a_word_processor(opening: str, closing: str, delimiter: str, names: bool) -> None:
    texts = ('He said "go", and we went', "so; yes\tno", "he’s late", "“so” he said: why")
    rows = [HEADER, *(("2016-01-20 19:50:03", "ana", text) for text in texts)]

    def marked(place: int, row: tuple[str, ...]) -> str:
        kept = () if names else (0, 1) if place else (0, 1, 2)
        return delimiter.join(cell if at in kept else f"{opening}{cell}{closing}" for at, cell in enumerate(row))

    assert cells("\n".join(itertools.starmap(marked, enumerate(rows)))) == rows


def test_where_people_write_curly_marks_they_stay() -> None:
    texts = ("“Less telling”", "we said “so” and", "“so” we said", "none")
    rows = [HEADER, *(("2016-01-20 19:50:03", "ana", text) for text in texts)]
    assert cells("\n".join(map(",".join, rows))) == rows
    assert cells("\n".join(f'{at},{who},"{text}"' for at, who, text in rows)) == rows


def test_between_tabs_cells_may_begin_with_a_mark_and_are_quoted_with_nothing() -> None:
    texts = ('"Hi" she said', '"whole"', '"open only', 'at the end"', 'a "b" c', "plain")
    rows = [HEADER, *(("2016-01-20 19:50:03", "ana", text) for text in texts)]
    assert cells("\n".join(map("\t".join, rows))) == rows


def test_a_backslash_may_keep_a_delimiter_in_a_cell_without_marks() -> None:
    rows = "2016-01-20 19:50:03,ana,well\\, yes\n2016-01-20 19:51:03,tom,no\\, and no\\\\\n"
    assert [row[-1] for row in cells(f"created_at,from_user,text\n{rows}")[1:]] == ["well, yes", "no, and no\\"]


@pytest.mark.parametrize("text", ['say \\"hi\\" to all', 'say ""hi"" to all', "say 'hi' \\ to all"])
def test_a_backslash_stays_where_it_escapes_nothing(text: str) -> None:
    table = (
        f'created_at,from_user,text\n2016-01-20 19:50:03,ana,"{text}"\n2016-01-20 19:51:03,tom,"a ""b"" c ""d"" e"\n'
    )
    assert cells(table)[2][-1] == 'a "b" c "d" e'
    if "'" in text:
        assert cells(table)[1][-1] == text


def test_two_programs_may_have_written_one_table() -> None:
    table = (
        'created_at,from_user,text\n"2016-01-20 19:50:03","ana","doubled ""x"" y"\n'
        '"2016-01-20 19:51:03","tom","escaped \\"x\\", y"\n'
    )
    assert [row[-1] for row in cells(table)[1:]] == ['doubled "x" y', 'escaped "x", y']


@pytest.mark.parametrize(
    "header", ["tidspunkt,bruker,melding", "data,użytkownik,treść", "tid,användare,meddelande", "aika,käyttäjä,viesti"]
)
def test_columns_in_languages_of_the_north_and_east(header: str) -> None:
    assert missing_fields(match_columns(header.split(","), {})) == []


def test_a_path_at_the_end_of_a_cell_is_no_escaped_mark() -> None:
    table = 'created_at,from_user,text\n2016-01-20 19:50:03,ana,"see C:\\"\n2016-01-20 19:51:03,tom,"and D:\\"\n'
    assert [row[-1] for row in cells(table)[1:]] == ["see C:\\", "and D:\\"]


def test_a_blank_behind_each_delimiter_belongs_to_no_cell() -> None:
    table = 'created_at, from_user, text\n2016-01-20 19:50:03, ana, "well, yes"\n2016-01-20 19:51:03, tom, no\n'
    assert [row[1:] for row in cells(table)] == [("from_user", "text"), ("ana", "well, yes"), ("tom", "no")]


def test_a_spreadsheets_line_that_names_the_delimiter_is_no_header() -> None:
    assert cells('sep=;\ncreated_at;from_user;text\n2016-01-20 19:50:03;ana;"so; yes"\n')[1][-1] == "so; yes"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn"))), min_size=1, max_size=6))
def test_what_python_writes_comes_back(texts: list[str]) -> None:
    stream = io.StringIO()
    rows = [HEADER, *(("2016-01-20 19:50:03", "ana", text) for text in texts)]
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)
    assert cells(stream.getvalue()) == rows
