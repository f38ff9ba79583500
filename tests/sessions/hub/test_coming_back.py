"""A slow chat goes on with its plan: with the same file, whatever else lies in the library."""

import datetime
from contextlib import ExitStack
from pathlib import Path

import pytest
from msgspec.structs import replace

from sessions.core.events import NoteAdded, SessionClosed
from sessions.core.plan import Plan
from sessions.hub.process.coming_back import changed_questions, coming_back, damaged_chats
from sessions.hub.process.runtime import Runtime, save_runtime
from sessions.hub.process.starting import ServeOptions, start
from tests.sessions.core.building import a_plan
from tests.sessions.core.test_slow_clock import a_slow_plan


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library, and nothing that runs."""
    monkeypatch.setenv("LUNCHROOM_RUNTIME", str(tmp_path / "running"))
    return tmp_path / "library"


def hosted(library: Path, plan: Plan, *, notes: int = 0, ended: bool = False) -> Path:
    """A hub has the plan's chat for a while and is gone again."""
    with ExitStack() as closing:
        started = start(ServeOptions(library=library, plan=plan))
        closing.callback(started.listening.close)
        closing.callback(started.file.close)
        at, seq = started.clock.now_ms(), len(started.events)
        for number in range(notes):
            note = NoteAdded(seq=seq + number + 1, at=at, by="Ana", command=f"c{number}", text="hello")
            started.file.commit([note])
        if ended:
            started.file.commit([SessionClosed(seq=seq + notes + 1, at=at, by="Ana", command="c")])
        return started.file.path


def test_the_longest_chat_of_the_plan_that_is_not_ended_goes_on(library: Path) -> None:
    week = replace(a_slow_plan(), sources=("bluesky",))
    assert coming_back(library, week, rehearsal=False) is None
    hosted(library, week, notes=1)
    longest = hosted(library, week, notes=2)
    hosted(library, week, notes=3, ended=True)
    hosted(library, replace(week, sources=("practice",)), notes=4)
    hosted(library, replace(week, series="others"), notes=4)
    later = datetime.timedelta(hours=1)
    hosted(library, replace(week, starts=week.starts + later, starts_at=week.starts_at + 3_600_000), notes=4)
    hosted(library, a_plan(sources=("bluesky",)), notes=4)
    (library / f"{week.starts:%Y-%m-%d}-navasotaisd-aaaaaa.json").write_text("no chat")
    found = coming_back(library, replace(week, title="Another title"), rehearsal=False)
    assert found is not None
    assert (found.path, found.plan, found.events, found.hub) == (longest, week, 3, None)
    assert coming_back(library, a_plan(), rehearsal=True) is None
    again = start(ServeOptions(library=library, resume=found.path))
    assert again.plan == week
    save_runtime(Runtime(again.session_id, "", "http://127.0.0.1:9", 1, str(longest), 1, again.keys))
    assert coming_back(library, week, rehearsal=False) == found
    again.listening.close()
    again.file.close()


def test_damaged_files_of_the_chat_are_known_and_those_of_others_are_not(library: Path) -> None:
    week = replace(a_slow_plan(), sources=("bluesky",))
    later = replace(week, starts=week.starts + datetime.timedelta(hours=1), starts_at=week.starts_at + 3_600_000)
    ours = [hosted(library, week, notes=notes) for notes in (1, 2)]
    others = [
        hosted(library, later),
        hosted(library, replace(week, sources=("practice",))),
        hosted(library, replace(week, series="others")),
        hosted(library, a_plan(sources=("bluesky",))),
    ]
    for path in (*ours, *others):
        path.write_bytes(path.read_bytes().replace(b'{"session": ', b'{"sessions": ', 1))
    unreadable = library / f"{week.starts:%Y-%m-%d}-navasotaisd-aaaaaa.json"
    unreadable.write_text("no chat")
    aside = ours[0].rename(f"{ours[0]}.damaged-1")
    assert coming_back(library, week, rehearsal=False) is None
    assert [(one.path, one.events) for one in damaged_chats(library, week, rehearsal=False)] == [
        (ours[1], 3),
        (aside, 2),
        (unreadable, 0),
    ]
    assert damaged_chats(library, a_plan(), rehearsal=False) == ()


def test_what_the_plan_says_otherwise_by_now_is_told() -> None:
    plan = a_slow_plan(3)
    q1, q2, q3 = plan.questions
    assert changed_questions(plan, replace(plan, title="Another", hosts=())) == ()
    assert changed_questions(plan, replace(plan, questions=(q1, replace(q2, text="Why?")))) == ("Q2", "Q3")
    assert changed_questions(plan, replace(plan, questions=(q1, q2, replace(q3, opens_at=1)))) == ("Q3",)
