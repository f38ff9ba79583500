"""The benchmark of the replay still runs, and measures a session that has what a session has."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

from sessions.replay import Replay
from tests.benchmarks.replay import a_session
from tests.paths import ROOT


def test_it_prints_opening_seeking_the_fold_from_the_start_and_memory(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.replay", "--events", "1000", "--seeks", "20"]
    ran = subprocess.run([*command, "--folder", str(tmp_path)], capture_output=True, text=True, check=True, cwd=ROOT)
    measured = ("open: read", "the first frame", "seek to any place", "folded from the start", "memory:")
    for words in ("1,000 events", *measured):
        assert words in ran.stdout


def test_the_session_has_posts_answers_acts_and_words_to_leave_out() -> None:
    events = a_session(2_000)
    kinds = Counter(type(event).__name__ for event in events)
    assert len(events) == 2_000
    assert kinds["PostSeen"] > 1_700
    assert kinds["QuestionAsked"] == 6
    assert min(kinds[kind] for kind in ("PostHighlighted", "PostFiled", "PersonGreeted", "PostEdited")) > 5
    assert kinds["PostRemoved"] > 2
    assert len(Replay(events).events) == 2_000
