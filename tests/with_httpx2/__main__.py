"""Run the tests with httpx2 under the name of httpx: `python -m tests.with_httpx2 [what pytest takes]`."""

import os
import subprocess
import sys
from pathlib import Path

SITE = Path(__file__).parent / "site"

SEEN = "import httpx, httpcore; print(httpx.__name__, httpx.__version__, httpcore.__name__)"


def main() -> int:
    """What pytest exits with; 1 where httpx2 is not there."""
    paths = [str(SITE), *filter(None, [os.environ.get("PYTHONPATH")])]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    seen = subprocess.run([sys.executable, "-c", SEEN], env=env, capture_output=True, text=True, check=False)
    if not seen.stdout.startswith("httpx2 "):
        print("httpx2 is not there. Install it: pip install -e '.[dev]'", file=sys.stderr)
        return 1
    print("httpx is", seen.stdout.strip(), flush=True)
    return subprocess.run([sys.executable, "-m", "pytest", *sys.argv[1:]], env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
