"""The benchmark of growth still runs, beside its peer."""

import re
import subprocess
import sys
from pathlib import Path

from tests.paths import ROOT


def test_it_prints_growth_its_peer_and_the_ratio(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.growth", "--chats", "3", "--posts", "20"]
    ran = subprocess.run([*command, "--folder", str(tmp_path)], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "3 chats of 20 posts" in ran.stdout
    for words in ("growth, read from the files", "peer: msgspec decodes the files", "drawn, 80 columns"):
        assert re.search(rf"{words}: +\d+\.\d\d\d$", ran.stdout, re.MULTILINE)
    assert re.search(r"growth to its peer: +\d+\.\d times", ran.stdout)
