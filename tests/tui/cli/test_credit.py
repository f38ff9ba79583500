"""`lunchroom attendance` and `lunchroom certificates`: previewed, asked, and never over what is there."""

import csv
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from sessions.core.events import AnyEvent
from sessions.core.plan.writing import plan_text
from sessions.core.posts import Author, Filed
from sessions.library.library import Library
from sessions.library.people import PeopleFile
from sessions.library.people_rebuild import rebuild_people
from sessions.library.storage.session_file import SessionFile
from sessions.networks.registry import NETWORKS
from tests.sessions.core.building import START, a_plan
from tests.sessions.library.building import closed, opened, seen
from tests.sessions.reports.credit.chats import CREDIT
from tui.cli import run

MARIA = Author("mastodon:1", "mlopez", "María López")
TOM = Author("mastodon:2", "tomk", "Tom K")
OLGA = Author("mastodon:3", "olga", "Olga")


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A chat in which Maria and Olga answered three questions and asked for credit, and Tom did neither."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(tmp_path / "chats"))
    library = Library(tmp_path / "chats")
    events: list[AnyEvent] = [opened(credit=CREDIT)]
    for author in (MARIA, OLGA):
        for question in ("q1", "q2", "q3"):
            post = seen(len(events) + 1, author, "an answer #credit")
            events.append(replace(post, filed=Filed(question, "label")))
    events += [seen(len(events) + 1, TOM, "hello"), closed(len(events) + 2)]
    with SessionFile.create(library.folder, a_plan(credit=CREDIT), started=START) as file:
        file.commit(events)
    rebuild_people(library)
    PeopleFile(library.folder).change(lambda people: people.find("olga").write({"recap": "no"}))
    return library


@pytest.mark.usefixtures("library")
def test_a_table_is_printed_with_its_rules_and_who_is_left_out_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["attendance", "latest"]) == 0
    said = capsys.readouterr()
    assert "María López @mlopez" in said.out
    assert "Minutes: from a person's first post" in said.out
    assert "incomplete: 1 person left out" in said.out
    assert "Olga" not in said.out + said.err


@pytest.mark.usefixtures("library")
def test_files_are_of_the_kind_that_their_names_say_and_nothing_is_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["attendance", "--series", "navasotaisd", "--from", "2025-12-01", "--output", "all.csv"]) == 0
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["name"], row["reached"]) for row in csv.DictReader(file)] == [
            ("María López", "yes"),
            ("Tom K", "no"),
        ]
    assert run(["attendance", "latest", "--output", "all.html"]) == 0
    assert "<!DOCTYPE html>" in (tmp_path / "all.html").read_text(encoding="utf-8")
    assert run(["attendance", "latest", "--output", "all.csv"]) == 2
    assert "left as it is" in capsys.readouterr().err
    assert run(["attendance", "latest", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["chats"][0]["left_out"] == 1


@pytest.mark.usefixtures("library")
def test_certificates_are_shown_first_and_written_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "pages" / "certificate-2025-12-01-maria-lopez.html"
    assert run(["certificates", "latest", "pages"]) != 0, "nobody is there to say yes"
    assert "María López\t1 h\t1 chat" in capsys.readouterr().out
    assert not page.parent.exists()
    assert run(["certificates", "latest", "pages", "--yes"]) == 0
    assert [path.name for path in page.parent.iterdir()] == [page.name]
    page.write_text("signed", encoding="utf-8")
    assert run(["certificates", "latest", "pages", "--yes"]) == 2
    assert page.read_text(encoding="utf-8") == "signed"
    assert run(["certificates", "--series", "navasotaisd", "--from", "2025-12-02", "pages", "--yes", "--force"]) == 1
    assert run(["certificates", "--series", "navasotaisd", "pages", "--yes", "--force"]) == 0
    assert "María López" in page.read_text(encoding="utf-8")


@pytest.mark.usefixtures("library")
def test_who_is_in_no_recap_but_wants_credit_gets_it_under_the_name_written_down(tmp_path: Path) -> None:
    assert run(["people", "set", "olga", "--credit", "yes", "--name", "Olga Petrova"]) == 0
    assert run(["people", "set", "mlopez", "--credit", "no"]) == 0
    assert run(["certificates", "latest", "pages", "--yes"]) == 0
    assert [path.name for path in (tmp_path / "pages").iterdir()] == ["certificate-2025-12-01-olga-petrova.html"]


def test_a_forgotten_person_is_in_no_list_and_the_list_says_that_it_is_incomplete(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["forget", "mlopez", "--yes"]) == 0
    capsys.readouterr()
    assert run(["attendance", "latest"]) == 0
    said = capsys.readouterr()
    assert "incomplete: 1 person asked to be forgotten" in said.out
    assert "María" not in said.out
    assert run(["certificates", library.find("latest").id, "pages", "--yes"]) == 1
    assert "There is no certificate to write" in capsys.readouterr().err


def test_a_chat_without_credit_takes_that_of_another_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "chats"
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(folder))
    monkeypatch.chdir(tmp_path)
    with SessionFile.create(Library(folder).folder, a_plan(), started=START) as file:
        file.commit([opened(), seen(2, MARIA, "hello #credit"), closed(3)])
    assert run(["certificates", "latest", "pages", "--yes"]) == 1
    assert "has no [credit]" in capsys.readouterr().err
    Path("credit.toml").write_text(plan_text(a_plan(credit=CREDIT), NETWORKS), encoding="utf-8")
    assert run(["certificates", "latest", "pages", "--yes", "--plan", "credit.toml"]) == 1
    assert "answered 0 of 3 questions" in capsys.readouterr().err
    Path("credit.toml").write_text(plan_text(a_plan(), NETWORKS), encoding="utf-8")
    assert run(["attendance", "latest", "--plan", "credit.toml"]) == 2


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["attendance"], "Name a chat"),
        (["attendance", "latest", "--from", "2025-12-01"], "are for --series"),
        (["attendance", "latest", "--csv", "--json"], "only one of them"),
        (["attendance", "latest", "--output", "list.pdf"], "no .pdf file"),
        (["attendance", "--series", "navasotaisd", "--from", "2026-01-02", "--to", "2026-01-01"], "exchange them"),
        (["people", "set", "mlopez", "--credit", "maybe"], "--credit is yes or no"),
        (["certificates", "latest", "a-file", "--yes"], "is a file"),
    ],
)
def test_a_slip_is_told_in_one_line(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a-file").write_text("", encoding="utf-8")
    assert run(words) == 2
    assert told in capsys.readouterr().err
