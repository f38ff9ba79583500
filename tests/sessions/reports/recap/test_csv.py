"""The table for spreadsheets: whole, and never a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.reports.csv_cells import guarded
from sessions.reports.recap import build_recap, render
from sessions.reports.recap.csv_table import COLUMNS
from tests.sessions.core.building import Chat
from tests.sessions.reports.recap.chats import recorded_state


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("cell", ['=HYPERLINK("http://e.org")', "+1", "-1", "@ana yes", "\t=1", " =1", "＝1", "'=1"])
def test_a_cell_that_looks_like_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@given(st.text())
def test_guarding_can_be_taken_back_and_leaves_no_formula(cell: str) -> None:
    safe = guarded(cell)
    assert safe.lstrip(" ")[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert safe in (cell, f"'{cell}")
    assert guarded(cell) != cell or not cell.startswith(("'=", "'@"))


def test_a_hostile_name_and_text_stay_in_their_cells() -> None:
    chat = Chat()
    chat.post('=1+1,"\n;x', handle="=cmd")
    (row,) = rows(render(build_recap(chat.state, "k3f9qa"), "csv"))
    assert (row["text"], row["handle"], row["question"]) == ("'=1+1,\"\n;x", "'=cmd", "1")


def test_a_row_is_an_answer_with_all_that_belongs_to_it() -> None:
    recap = build_recap(recorded_state(), "abcdef")
    found = rows(render(recap, "csv"))
    assert tuple(found[0]) == COLUMNS
    assert len(found) == recap.numbers.answers >= 159
    first, answer = found[0], recap.questions[0].answers[0]
    assert first == {
        "version": "1", "session": "abcdef", "date": "2016-01-20", "question": "1",
        "question_text": recap.questions[0].text, "kind": "answer", "person": answer.person, "name": answer.name,
        "handle": answer.handle, "host": "no", "first_time": "no", "time": "2016-01-20T20:27:44+00:00",
        "text": guarded(answer.text), "url": answer.url or "", "highlighted": "yes", "reposts": "0", "parts": "1",
        "filed_by": "label", "warning": "", "day": "2016-01-20", "language": "en",
        "brought_by": "", "shared_as": "", "shared_url": "", "replies": "0", "tasks": "",
    }  # fmt: skip
