"""An archive fills the channel: a year's export becomes a saved month for each month in it."""

import json
from pathlib import Path

import pytest
from tinydb import TinyDB

from sessions.core.evolve import fold
from sessions.library.channel.months import channel_months
from sessions.library.library import Library
from sessions.library.storage.reading import read_events
from tui.cli import run

ROWS = [
    ("2025-01-15T18:00:00Z", "maria", "Rubrics #navasotaisd"),
    ("2025-01-31T23:30:00-06:00", "tom", "Still January here #navasotaisd"),
    ("2025-02-01T00:30:00-06:00", "maria", "February #navasotaisd"),
    ("2025-12-31T12:00:00-06:00", "newt", "The last day #navasotaisd"),
]


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """A year's export."""
    path = tmp_path / "year.csv"
    lines = [f'{at},{who},"{text}",{number}' for number, (at, who, text) in enumerate(ROWS)]
    path.write_text("\n".join(["created_at,username,text,id", *lines]) + "\n", encoding="utf-8")
    return path


def test_a_year_becomes_months(tmp_path: Path, year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "chats"
    argv = ["import", str(year), "--channel", "--zone", "America/Chicago", "--network", "x", "--library", str(folder)]
    assert run([*argv, "--yes", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["chats"]) == 3
    months = channel_months(Library(folder), "navasotaisd", rehearsal=False)
    states = {one.month.called: fold(read_events(one.path)) for one in months}
    posted = {month: [seen.post.author.handle for seen in state.posts.values()] for month, state in states.items()}
    assert posted == {"January 2025": ["maria", "tom"], "February 2025": ["maria"], "December 2025": ["newt"]}
    assert not states["February 2025"].people["x:@maria"].newcomer, "known from January"
    assert all(one.ended is not None for one in months)
    assert TinyDB(months[0].path, access_mode="r").table("session").all()[0]["kind"] == "channel"
    assert run([*argv, "--yes"]) == 0
    assert len(channel_months(Library(folder), "navasotaisd", rehearsal=False)) == 3, "a second time nothing is doubled"


def test_a_channel_has_no_hours(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(year), "--channel", "--hour", "Thu 20:00-21:00"]) == 2
    assert "A channel has no hours" in capsys.readouterr().err
