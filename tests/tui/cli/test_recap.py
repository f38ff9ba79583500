"""`lunchroom recap`: which chat, which format, and where it goes."""

import codecs
import csv
import datetime
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from sessions.core.plan.writing import plan_text
from sessions.core.posts import Author
from sessions.library.library import Library
from sessions.library.people import PeopleFile
from sessions.library.people_rebuild import rebuild_people
from sessions.library.storage.session_file import SessionFile
from sessions.networks.registry import NETWORKS
from sessions.reports.series_growth import read_growth
from tests.sessions.core.building import START, a_plan
from tests.sessions.library.building import closed, opened, seen
from tui.cli import run
from tui.replay.model import open_replay

MARIA = Author("mastodon:1", "mlopez", "Maria Lopez")
TOM = Author("mastodon:2", "tomk", "Tom K")


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library with one closed chat in which Maria and Tom answered, and a current folder that is empty."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    folder = tmp_path / "chats"
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(folder))
    library = Library(folder)
    with SessionFile.create(folder, a_plan(), started=START) as file:
        file.commit([opened(), seen(2, MARIA, "=Ünïcode stations"), seen(3, TOM, "as @mlopez said"), closed(4)])
    return library


def output(capfdbinary: pytest.CaptureFixture[bytes]) -> tuple[str, str]:
    said = capfdbinary.readouterr()
    return said.out.decode(), said.err.decode()


@pytest.mark.parametrize("session", ["latest", "2025-12-01", "stations THAT"])
def test_markdown_goes_to_stdout_and_words_to_stderr(
    library: Library, capfdbinary: pytest.CaptureFixture[bytes], session: str
) -> None:
    assert run(["recap", session]) == 0
    out, err = output(capfdbinary)
    assert out.startswith("# Stations that work\n")
    assert "**Maria Lopez** (@mlopez): \\=Ünïcode stations" in out
    assert "names none" in err
    assert "## Next chat" not in out, "nobody has planned one"


def test_a_chat_that_was_renamed_goes_by_its_new_title(
    library: Library, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = library.find("latest").path
    library.rename(path, "What stations taught us")
    assert run(["recap", "latest"]) == 0
    assert output(capfdbinary)[0].startswith("# What stations taught us\n")
    plan = open_replay(path).seek(0).plan
    assert plan is not None
    assert plan.title == "What stations taught us"
    assert [one.title for one in read_growth(library).growth.sessions] == ["What stations taught us"]


def test_json_is_for_programs(library: Library, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    saved = library.find("latest")
    assert run(["recap", str(saved.path), "--format", "json"]) == 0
    found = json.loads(output(capfdbinary)[0])
    assert (found["version"], found["session"]) == (1, saved.id)
    assert [post["name"] for post in found["more_answers"]] == ["Maria Lopez", "Tom K"]


def test_anonymous_names_nobody_and_asks_to_read_it_through(
    library: Library, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["recap", "latest", "--format", "json", "--anonymous"]) == 0
    out, err = output(capfdbinary)
    assert "as @Teacher 1 said" in out
    for name in ("Maria", "Lopez", "mlopez", "Tom K", "tomk"):
        assert name.casefold() not in out.casefold()
    assert "read it through" in err


def test_people_who_asked_for_it_are_left_out(library: Library, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    people = {"people": {"1": {"ids": ["mastodon:1"], "name": "Maria Lopez", "recap": "no"}}}
    (library.folder / "people.json").write_text(json.dumps(people))
    assert run(["recap", "latest"]) == 0
    out, _ = output(capfdbinary)
    assert "Maria" not in out
    assert "as @somebody said" in out


def test_accounts_that_were_joined_are_one_person(library: Library, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["recap", "latest", "--format", "json"]) == 0
    assert json.loads(output(capfdbinary)[0])["numbers"]["people"] == 2
    rebuild_people(library)
    PeopleFile(library.folder).change(lambda people: people.join("mlopez", "tomk"))
    assert run(["recap", "latest", "--format", "json"]) == 0
    recap = json.loads(output(capfdbinary)[0])
    assert recap["numbers"]["people"] == 1
    assert [(one["name"], one["posts"]) for one in recap["people"]] == [("Maria Lopez", 2)]


def test_without_a_readable_list_of_people_no_recap_is_made(
    library: Library, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (library.folder / "people.json").write_text("broken")
    assert run(["recap", "latest"]) == 1
    out, err = output(capfdbinary)
    assert out == ""
    assert "people.json" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("name", "begins"),
    [("r.md", "# "), ("r.html", "<!DOCTYPE html>"), ("r.csv", "version,"), ("r.json", "{"), ("r", "# ")],
)
def test_the_files_name_tells_the_format(
    library: Library, capfdbinary: pytest.CaptureFixture[bytes], name: str, begins: str
) -> None:
    assert run(["recap", "latest", "--output", name]) == 0
    assert Path(name).read_text(encoding="utf-8-sig").startswith(begins)
    out, err = output(capfdbinary)
    assert out == ""
    assert f"The recap is in {name}." in err


def test_a_csv_file_opens_in_a_spreadsheet_and_from_stdout_in_a_script(
    library: Library, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["recap", "latest", "--output", "r.csv"]) == 0
    written = Path("r.csv").read_bytes()
    assert written.startswith(codecs.BOM_UTF8)
    assert b"'=\xc3\x9cn\xc3\xafcode" in written
    assert written.count(b"\r\n") == 3
    output(capfdbinary)
    assert run(["recap", "latest", "--format", "csv"]) == 0
    out, _ = output(capfdbinary)
    assert [row["name"] for row in csv.DictReader(out.splitlines())] == ["Maria Lopez", "Tom K"]


def test_a_file_that_is_there_is_overwritten_only_by_force(
    library: Library, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    Path("r.md").write_text("mine")
    assert run(["recap", "latest", "--output", "r.md"]) == 2
    assert Path("r.md").read_text() == "mine"
    assert "--force" in output(capfdbinary)[1]
    assert run(["recap", "latest", "--output", "r.md", "--force"]) == 0
    assert Path("r.md").read_text(encoding="utf-8").startswith("# Stations")


def test_a_plan_of_the_next_chat_gives_its_date(library: Library, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    for days, series, title in ((21, "navasotaisd", "Later"), (14, "navasotaisd", "Exit tickets"), (3, "other", "No")):
        starts = a_plan().starts.replace(year=2099) + datetime.timedelta(days=days)
        path = library.folder / "plans" / f"{title}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(plan_text(a_plan(starts=starts, series=series, title=title), NETWORKS), encoding="utf-8")
    assert run(["recap", "latest"]) == 0
    out, err = output(capfdbinary)
    assert "Tuesday, December 15, 2099, 7:00 PM CST: Exit tickets" in out
    assert "names none" not in err


def test_a_next_chat_that_is_over_is_not_named(library: Library, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = library.folder / "plans" / "past.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(plan_text(a_plan(starts=a_plan().starts + datetime.timedelta(days=7)), NETWORKS), encoding="utf-8")
    assert run(["recap", "latest"]) == 0
    assert "## Next chat" not in output(capfdbinary)[0]


def test_a_chat_that_was_not_closed_is_told_of_and_still_made(
    library: Library, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with SessionFile.create(library.folder, a_plan(title="Running"), started=START + 1) as file:
        file.commit([opened(title="Running")])
    assert run(["recap", "running"]) == 0
    assert "was not closed" in output(capfdbinary)[1]


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (["recap", "nothing"], 1, "no saved chat 'nothing'"),
        (["recap"], 2, "Missing argument"),
        (["recap", "latest", "--format", "pdf"], 2, "'--format': 'pdf' is not one of"),
        (["recap", "latest", "--output", "recap.pdf"], 2, "name it .md, .html, .csv or .json"),
        (["recap", "latest", "--output", "no/such/folder/r.md"], 1, "cannot be written"),
    ],
)
def test_mistakes_are_told_in_one_line(
    library: Library, capfdbinary: pytest.CaptureFixture[bytes], argv: list[str], code: int, words: str
) -> None:
    assert run(argv) == code
    out, err = output(capfdbinary)
    assert out == ""
    assert words in err
    assert "Traceback" not in err


def test_a_format_that_is_named_goes_into_a_file_of_any_name(
    library: Library, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["recap", "latest", "--output", "recap.txt"]) == 0
    assert run(["recap", "latest", "--format", "csv", "--output", "recap.tab"]) == 0
    assert Path("recap.txt").read_text(encoding="utf-8").startswith("# Stations that work")
    assert Path("recap.tab").read_text(encoding="utf-8-sig").startswith("version,")


def test_the_session_is_only_read(library: Library, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = library.find("latest").path
    before = path.read_bytes()
    assert run(["recap", "latest", "--format", "html"]) == 0
    assert path.read_bytes() == before


def test_who_came_before_with_another_account_is_not_welcomed_as_new(
    library: Library, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    week = 7 * 86_400_000
    starts = datetime.datetime(2025, 12, 8, 19, 0)  # noqa: DTZ001 - a wall time has no offset
    plan: dict[str, Any] = {"title": "Later", "starts": starts, "starts_at": START + week}
    new = Author("bluesky:did:plc:maria", "maria.example.org", "Maria Lopez"), Author("bluesky:kim", "kim", "Kim")
    with SessionFile.create(library.folder, a_plan(**plan), started=START + week) as file:
        chat: list[Any] = [opened(**plan), *(seen(place, who) for place, who in enumerate(new, start=2)), closed(4)]
        file.commit([msgspec.structs.replace(event, at=event.at + week) for event in chat])
    rebuild_people(library)

    def welcomed() -> list[str]:
        assert run(["recap", "Later", "--format", "json"]) == 0
        people = json.loads(output(capfdbinary)[0])["people"]
        return [one["name"] for one in people if one["first_time"]]

    assert welcomed() == ["Maria Lopez", "Kim"]
    PeopleFile(library.folder).change(lambda people: people.join("mlopez", "maria.example.org"))
    assert welcomed() == ["Kim"]
    assert read_growth(library).growth.sessions[-1].first_timers == 1, "as the growth of the series has it"


@pytest.mark.parametrize("anonymous", [False, True])
def test_who_writes_for_those_who_are_signed_in_is_left_out_until_a_moderator_says_otherwise(
    library: Library, capfdbinary: pytest.CaptureFixture[bytes], anonymous: bool
) -> None:
    with SessionFile.create(library.folder, a_plan(), started=START + 86_400_000) as file:
        public = seen(2, MARIA, "ring a bell")
        signed_in = seen(3, TOM, "use a timer")
        signed_in = replace(signed_in, post=replace(signed_in.post, signed_in_only=True))
        file.commit([opened(), public, signed_in, closed(4)])
    rebuild_people(library)
    how = ["--anonymous"] if anonymous else []
    for form in ("markdown", "html", "csv", "json"):
        assert run(["recap", "latest", "--format", form, *how]) == 0
        out, err = output(capfdbinary)
        assert "ring a bell" in out
        assert "use a timer" not in out
        assert "tomk" not in out.lower()
        assert "Left out: 1 person shows what they write to nobody who is not signed in." in err
    assert run(["people", "set", "tomk", "--recap", "yes"]) == 0
    output(capfdbinary)
    assert run(["recap", "latest", *how]) == 0
    out, err = output(capfdbinary)
    assert "use a timer" in out
    assert "Left out" not in err
    assert run(["people", "set", "tomk", "--recap", "no"]) == 0
    output(capfdbinary)
    assert run(["recap", "latest", *how]) == 0
    assert "use a timer" not in output(capfdbinary)[0]
