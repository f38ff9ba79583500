"""A practice chat in Spanish and one in German with real processes: plan, invitation, desk, recap page and table."""

import csv
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from tests.e2e.terminal import Terminal, lunchroom
from tests.e2e.test_two_terminals import Hub, posts
from tests.waiting import block_until

INPUTS = Path(__file__).parent / "inputs"
PLAN = """\
title = "{title}"
hashtags = ["{tag}"]
language = "{code}"
starts = 2026-12-01T19:00:00
timezone = "{zone}"
[[hosts]]
name = "Ana"
handles = ["ana"]
[[questions]]
text = "{first}"
[[questions]]
text = "{second}"
"""
CHATS = {
    "es": {
        "title": "Rincones", "tag": "leemosjuntos", "zone": "America/Chicago",
        "first": "¿Cómo es el rincón de lectura de su salón?", "second": "¿Qué cambiaron este año?",
        "invited": "R1 Empezamos con cinco minutos de calentamiento.", "name": "P1",
        "answers": "3 respuestas de 3 personas", "said": "Cojines que cosieron las familias",
    },
    "de": {
        "title": "Leseecken", "tag": "leseecke", "zone": "Europe/Berlin",
        "first": "Wie sieht eure Leseecke aus?", "second": "Was habt ihr dieses Jahr geändert?",
        "invited": "A1 Wir beginnen mit fünf Minuten zum Aufwärmen.", "name": "F1",
        "answers": "3 Antworten von 3 Personen", "said": "Kissen von den Eltern",
    },
}  # fmt: skip


@pytest.mark.parametrize("code", CHATS)
def test_from_the_plan_to_the_recap(code: str, tmp_path: Path, env: dict[str, str]) -> None:
    chat = CHATS[code]
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN.format(code=code, **chat), encoding="utf-8")
    invited = lunchroom(env, "check", str(plan), "--share")
    assert chat["invited"] in invited.stdout

    hub = Hub([str(plan), "--source", f"practice:{INPUTS / f'practice-{code}.jsonl'}", "--speed", "600"], env)
    desk = Terminal(["join", "--name", "Ana"], env)
    desk.wait_for(f"{chat['name']} {chat['first'].split()[0]}")
    block_until(lambda: len(posts(hub.ready["file"])) == 10)
    desk.press("q")
    ended = lunchroom(env, "end", "--yes")
    assert ended.returncode == 0, ended.stderr

    made = {form: tmp_path / f"recap.{form}" for form in ("html", "csv")}
    for path in made.values():
        done = lunchroom(env, "recap", hub.ready["file"], "--output", str(path))
        assert done.returncode == 0, done.stderr
    page = made["html"].read_text(encoding="utf-8")
    assert f'<html lang="{code}">' in page
    assert chat["answers"] in page
    with made["csv"].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["language"] for row in rows} == {code}
    assert [row["question"] for row in rows if row["filed_by"] == "label"] == ["1", "1", "1", "2", "2"]
    assert chat["said"] in page
