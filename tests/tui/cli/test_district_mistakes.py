"""What a district's commands say of what cannot be: one line, an exit code, and nothing written or lost."""

import io
from pathlib import Path

import pytest

from tests.tui.cli.test_check_networks import PLAN
from tests.tui.libraries import damage, save_chat
from tui.cli import run

MISTAKES = [
    ("attendance nothing", 1, "There is no saved chat 'nothing'"),
    ("attendance", 2, "Name a chat"),
    ("attendance latest --output no/where.csv", 1, "cannot be written"),
    ("attendance latest --output list.pdf", 2, "A list is no .pdf file"),
    ("attendance latest --csv --html", 2, "only one of them"),
    ("attendance --series none", 1, "No saved chat belongs to the series"),
    ("attendance --series navasotaisd --from soon", 2, "is no date"),
    ("attendance bin.toml", 1, "cannot be read as a saved chat"),
    ("attendance latest --plan bin.toml", 2, "this is no plain text"),
    ("certificates latest pages --plan plan.toml", 2, "has no [credit]"),
    ("certificates latest pages", 1, "has no [credit]"),
    ("export none out --yes", 1, "No saved chat belongs to the series"),
    ("export navasotaisd plan.toml --yes", 2, "is there already and no folder"),
    ("export navasotaisd chats --yes", 2, "has something in it"),
    ("export ../../etc out --yes", 1, "No saved chat belongs to the series 'etc'"),
    ("export navasotaisd out", 2, "Nothing was written"),
    ("verify none", 2, "There is no folder none"),
    ("verify plan.toml", 2, "There is no folder plan.toml"),
    ("verify chats", 2, "has no manifest.json"),
    ("announce none.toml", 2, "there is no such file"),
    ("announce bin.toml", 2, "this is no plain text"),
    ("announce chats", 2, "cannot be read"),
    ("announce plan.toml --yes", 2, "names nobody to tell"),
    ("announce plan.toml --question 9", 2, "has no question 9"),
    ("announce plan.toml --recap javascript:alert(1)", 2, "is the address of a page"),
    ("check plan.toml --ics chat.txt", 2, "name it .ics"),
    ("check plan.toml --ics chat.ics", 2, "was not written"),
    ("check bin.toml --ics chat.ics --yes", 2, "this is no plain text"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved chat, a damaged one, a plan, and a file that is none."""
    folder = tmp_path_factory.mktemp("mistakes")
    save_chat(folder / "chats", 0, title="Stations")
    damage(save_chat(folder / "chats", -1, title="Damaged"))
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")
    (folder / "bin.toml").write_bytes(b"\xff\xfe\x00")
    return folder


@pytest.mark.parametrize(("line", "code", "told"), MISTAKES, ids=[line for line, _, _ in MISTAKES])
def test_it_is_told_in_one_line_and_nothing_is_written(
    line: str, code: int, told: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(home)
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(home / "chats"))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert run(line.split()) == code
    said = capsys.readouterr().err
    assert told in said
    assert "Traceback" not in said
    after = {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and path.suffix != ".lock"}
    assert {path: after.get(path) for path in before if path.suffix != ".lock"} == {
        path: data for path, data in before.items() if path.suffix != ".lock"
    }
    new = {path.relative_to(home).parts[0] for path in after.keys() - before.keys()}
    assert new <= {"chats"}, "nothing is left beside the saved chats"
