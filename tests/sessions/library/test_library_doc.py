"""docs/use/library.md: its ten lines of TinyDB run as they stand there, and it knows every field."""

import os
import re
import subprocess
import sys
from pathlib import Path

from sessions.core.events import PostHighlighted, QuestionAsked
from sessions.core.people import PersonRecord
from sessions.library.directory import NAMES
from sessions.library.library import Library
from tests.paths import ROOT
from tests.sessions.library.maria import MARIA, TOM, post, written

DOC = ROOT / "docs" / "use" / "library.md"


def test_the_ten_lines_of_tinydb_run_as_they_stand(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for line in code.splitlines() if line.strip()]
    assert len(lines) <= 10
    asked = {"type": QuestionAsked, "by": "Ana", "question": "q1", "seconds": 480}
    starred = {"type": PostHighlighted, "by": "Ana", "post": "mastodon:p2"}
    posts = [post(1, MARIA, "A1 in turns"), post(2, TOM, "A1 twelve minutes each")]
    with written(Library(tmp_path / "chats").folder, posts, asked, starred) as file:
        path = file.path
    before = path.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "Q1 What about station 1? (2 answers)",
        "    * Tom K A1 twelve minutes each",
        "      Maria Qopez-Ünal A1 in turns",
        "New: ['Maria Qopez-Ünal']",
    ]
    assert path.read_bytes() == before


def test_every_field_of_a_person_and_every_column_is_told() -> None:
    text = DOC.read_text(encoding="utf-8")
    assert not [field for field in PersonRecord.__struct_fields__ if f"`{field}`" not in text]
    assert not [column for column in NAMES if f"`{column}`" not in text]
