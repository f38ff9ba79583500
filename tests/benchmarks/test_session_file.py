"""The benchmark of the session file runs and compares all contenders; its numbers are for people to read."""

import subprocess
import sys
from pathlib import Path


def test_the_benchmark_prints_every_contender_at_every_size(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.session_file", "--rounds", "5", "--sizes", "10,200"]
    done = subprocess.run([*command, "--folder", str(tmp_path)], capture_output=True, text=True, check=True)
    for size in ("10", "200"):
        lines = [line for line in done.stdout.splitlines() if line.split()[:1] == [size]]
        for contender in ("raw append", "session file", "SQLite", "stock TinyDB"):
            (line,) = (line for line in lines if contender in line)
            median, low, high, ratio, saves = line.partition(contender)[2].replace(",", "").split()
            assert 0 < float(low) <= float(median) <= float(high)
            assert float(ratio) > 0
            assert saves == "5"
    assert "reading all its events" in done.stdout
    assert list(tmp_path.iterdir()) == []
