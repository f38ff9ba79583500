"""`lunchroom people`, `lunchroom forget` and the list of chats, as a moderator and a script use them."""

import io
import json
import time
from pathlib import Path

import pytest

from sessions.core.events import LookedUp, PostingBegun, PostShared
from sessions.core.evolve import fold
from sessions.core.posts import Author
from sessions.library.library import Library
from sessions.library.location import default_library
from sessions.library.people import read_people
from sessions.library.storage.reading import read_events
from tests.sessions.library.maria import MARIA, SECRETS, a_chat, every_byte, post, written
from tui.cli import run
from tui.cli.commands.people import UNASKED
from tui.cli.prompts import confirm

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Library:
    """A library with one chat, which the commands use."""
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(tmp_path / "chats"))
    library = Library(tmp_path / "chats")
    a_chat(library.folder)
    return library


def typing(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let this be typed at the next question."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{text}\n"))


def test_people_are_listed_without_asking_for_a_rebuild_first(library: Library, capsys: Captured) -> None:
    assert run(["people", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert "Maria Qopez-Ünal  mastodon:qmlopez@school.example  Qopez High, k5" in "\n".join(lines)
    assert run(["people", "list", "--json"]) == 0
    assert {one["name"] for one in json.loads(capsys.readouterr().out)} == {"Maria Qopez-Ünal", "Tom K", "Ana Quiroga"}


def test_what_is_written_stays_over_a_rebuild(library: Library, capsys: Captured) -> None:
    assert run(["people", "rebuild"]) == 0
    assert "3 people in 1 chat." in capsys.readouterr().err
    assert run(["people", "set", "@qmlopez", "--recap", "no", "--school", "North"]) == 0
    assert run(["people", "set", "@qmlopez", "--recap", "no"]) == 0
    assert "says so already" in capsys.readouterr().err
    assert run(["people", "rebuild"]) == 0
    maria = read_people(library.folder).find("qmlopez")
    assert (maria.recap, maria.school) == ("no", "North")
    assert run(["people", "set", "@qmlopez", "--recap", "perhaps"]) == 2
    assert run(["people", "set", "@qmlopez"]) == 2
    assert run(["people", "set", "nobody", "--recap", "no"]) == 1
    assert "Nobody in people.json goes by 'nobody'" in capsys.readouterr().err


def test_accounts_are_joined_and_parted(library: Library) -> None:
    assert run(["people", "rebuild"]) == 0
    assert run(["people", "join", "qmlopez", "tom.example.org"]) == 0
    assert len(read_people(library.folder)) == 2
    assert run(["people", "part", "tom.example.org"]) == 0
    assert len(read_people(library.folder)) == 3
    assert run(["people", "part", "tom.example.org"]) == 1


def test_a_directory_is_shown_and_written_only_after_a_yes(
    library: Library, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["people", "rebuild"]) == 0
    file = tmp_path / "teachers.csv"
    file.write_text("Handle,School,Phone\n@qmlopez@school.example,South,1\n", encoding="utf-8")
    typing(monkeypatch, "n")
    assert run(["people", "import", str(file)]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == "qmlopez@school.example\tschool Qopez High -> South"
    assert "Passed by: Phone" in said.err
    assert read_people(library.folder).find("qmlopez").school == "Qopez High"
    assert run(["people", "import", str(file), "--yes"]) == 0
    assert read_people(library.folder).find("qmlopez").school == "South"
    assert run(["people", "import", str(file)]) == 0
    assert "Nothing changes." in capsys.readouterr().err
    assert run(["people", "import", str(tmp_path / "none.csv")]) == 1
    file.write_text("School\nSouth\n")
    assert run(["people", "import", str(file)]) == 1
    assert "No column is called handle" in capsys.readouterr().err


def test_forgetting_is_shown_asked_for_by_typing_and_done(
    library: Library, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = every_byte(library.folder)
    assert run(["forget", "qmlopez", "--dry-run"]) == 0
    said = capsys.readouterr()
    assert "would change in" in said.out
    assert "Maria Qopez-Ünal" in said.err
    typing(monkeypatch, "something else")
    assert run(["forget", "qmlopez"]) == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert every_byte(library.folder) == before
    typing(monkeypatch, "@qmlopez")
    assert run(["forget", "qmlopez"]) == 0
    assert "Maria Qopez-Ünal is forgotten in 1 file." in capsys.readouterr().err
    assert not [secret for secret in SECRETS if secret in every_byte(library.folder)]
    assert run(["forget", "qmlopez", "--yes"]) == 1


def test_before_somebody_is_forgotten_the_rule_that_a_plan_names_is_told(tmp_path: Path, capsys: Captured) -> None:
    a_chat(tmp_path, records="Gov. Code 552")
    assert run(["forget", "qmlopez", "--dry-run", "--library", str(tmp_path)]) == 0
    assert "names a rule for its records: Gov. Code 552." in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["jofinds@other.example", "jofinds", "mastodon:jofinds@other.example", "mastodon:j88f"]
)
def test_who_is_only_in_what_was_found_elsewhere_is_forgotten_too(
    name: str, library: Library, capsys: Captured
) -> None:
    jo = Author("mastodon:j88f", "jofinds@other.example", "Jo Xylander")
    found = post(9, jo, "Exit tickets on violet paper", url="https://other.example/@jofinds/9")
    by_ana = {"by": "Ana", "command": "c1"}
    looked = {"type": LookedUp, **by_ana, "source": "mastodon:m.example", "looks_for": "person"}
    shared = {"type": PostShared, **by_ana, "found": found, "how": "new"}
    begun = {"type": PostingBegun, **by_ana, "key": "key-00000001", "source": "mastodon:m.example", "purpose": "share"}
    told = "“Exit tickets on violet paper” via @jofinds@other.example"
    with written(
        library.folder,
        [post(1, MARIA, "A1: hello")],
        {**looked, "text": "jofinds@other.example", "posts": 1},
        {**shared, "stands": "copied"},
        {**shared, "stands": "posting", "source": "mastodon:m.example", "key": "key-00000001"},
        {**begun, "account": "ana@m.example", "subject": found.id, "text": told, "how": "new"},
    ) as file:
        path = file.path
    shares = len(fold(read_events(path)).shares)
    assert run(["forget", name, "--yes"]) == 0
    assert "Jo Xylander is forgotten in 1 file." in capsys.readouterr().err
    left = every_byte(library.folder)
    assert not [secret for secret in ("jofinds", "xylander", "violet", "j88f") if secret in left]
    assert len(fold(read_events(path)).shares) == shares == 2
    assert run(["forget", name, "--yes"]) == 1
    assert "Nobody in the saved chats goes by" in capsys.readouterr().err


def test_forgetting_reaches_other_folders_and_says_what_it_does_not(
    library: Library, tmp_path: Path, capsys: Captured
) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    a_chat(copies)
    (copies / "mine.txt").write_text("Maria Qopez-Ünal", encoding="utf-8")
    assert run(["forget", MARIA.id, "--also", str(copies), "--yes"]) == 1
    said = capsys.readouterr()
    assert "mine.txt" in said.err
    assert "1 file, named above, may still tell of them." in said.err
    (copies / "mine.txt").unlink()
    assert not [secret for secret in SECRETS if secret in every_byte(tmp_path)]
    assert run(["forget", "tom.example.org", "--also", str(tmp_path / "none"), "--yes"]) == 1
    assert "is no folder with saved chats" in capsys.readouterr().err


def test_a_live_chat_is_named(library: Library, capsys: Captured) -> None:
    with written(library.folder, [post(1, MARIA, "hello")], close=False) as live:
        live.announce("Ana's chat")
        assert run(["forget", "qmlopez", "--yes"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 2, "what it does, and one line of error"
    assert "is live in Ana's chat" in said


def test_the_list_shows_what_was_said_and_what_can_be_rescued(library: Library, capsys: Captured) -> None:
    path = a_chat(library.folder)
    path.write_bytes(path.read_bytes().replace(b'"5": {', b'"5": {{', 1))
    assert run(["sessions"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("3 people   2 new    7 answers   0 starred  Stations that work" in line for line in lines), lines
    assert any("damaged" in line and "4 events can be rescued" in line for line in lines)
    assert run(["sessions", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {(row["state"], row["people"], row["newcomers"], row["answers"]) for row in rows} == {
        ("saved", 3, 2, 7),
        ("damaged", 0, 0, 0),
    }


@pytest.mark.parametrize("handle", ["", "  ", "@"])
@pytest.mark.parametrize("command", [["forget", "--yes"], ["people", "set", "--recap", "no"], ["people", "part"]])
def test_an_empty_handle_is_nobody(
    library: Library, tmp_path: Path, capsys: Captured, handle: str, command: list[str]
) -> None:
    """A script whose variable is empty must not forget the teacher whom a directory named without a network."""
    file = tmp_path / "teachers.csv"
    file.write_text("Handle,School\nzed,South\n", encoding="utf-8")
    assert run(["people", "import", str(file), "--yes"]) == 0
    capsys.readouterr()
    assert run([*command, "--", handle]) == 2
    assert "give a handle" in capsys.readouterr().err
    assert read_people(library.folder).find("zed").school == "South"


def test_the_help_of_the_people_commands_has_an_example(capsys: Captured) -> None:
    assert run(["people", "--help"]) == 0
    assert "Example: lunchroom people list" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["forget", "qmlopez"], ["people", "import", "teachers.csv"]])
def test_where_nobody_can_answer_it_names_yes_and_prints_no_question_as_data(
    command: list[str], library: Library, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("teachers.csv").write_text("Handle,School\n@qmlopez@school.example,South\n", encoding="utf-8")
    before = every_byte(library.folder)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run(command) == 2
    said = capsys.readouterr()
    assert said.err.splitlines()[-1] == UNASKED
    assert "--yes" in UNASKED
    assert not any(line.endswith(" ") or "again" in line or "people.json" in line for line in said.out.splitlines())
    assert every_byte(library.folder) == before


def test_what_is_neither_yes_nor_no_is_asked_again(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "perhaps\nYES")
    assert confirm("Go on?", UNASKED)
    assert capsys.readouterr() == ("", "Go on? [y/N]: Type y or n.\nGo on? [y/N]: ")


@pytest.mark.parametrize("command", [
    ["sessions"], ["recap", "latest"], ["growth"], ["people", "list"], ["people", "rebuild"],
    ["people", "join", "a", "b"], ["people", "set", "a", "--recap", "no"], ["forget", "a", "--yes"],
])  # fmt: skip
def test_a_mistyped_folder_is_told_and_not_made(command: list[str], tmp_path: Path, capsys: Captured) -> None:
    missing = tmp_path / "chatz"
    assert run([*command, "--library", str(missing)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"There is no folder {missing}: --library names the one in which chats are saved.\n"
    assert not missing.exists()


@pytest.mark.parametrize(("command", "code"), [(["sessions"], 0), (["recap", "latest"], 1), (["growth"], 0),
                                               (["people", "list"], 0)])  # fmt: skip
def test_on_the_first_run_there_is_nothing_and_looking_makes_no_folder(
    command: list[str], code: int, capsys: Captured
) -> None:
    assert run(command) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert not default_library().exists()


def test_a_long_list_of_teachers_costs_each_of_them_no_more(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "teachers.csv"
    rows = (f"mastodon:t{number}@m.example,Teacher {number},School {number % 40}" for number in range(25_000))
    file.write_text("handle,name,school\n" + "\n".join(rows), encoding="utf-8")
    library = ["--library", str(tmp_path / "chats")]
    began = time.process_time()
    assert run(["people", "import", str(file), "--yes", *library]) == 0
    assert time.process_time() - began < 10, "it takes about a second; were it the square, more than a minute"
    assert run(["people", "import", str(file), "--yes", *library]) == 0
    assert "Nothing changes." in capsys.readouterr().err
