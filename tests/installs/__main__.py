"""Build Lunchroom and install it in each way that the documents name: `python -m tests.installs [WAY...]`."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.installs.trying import INSTALLERS, Failed, attempt, build, installer
from tests.installs.ways import WAYS
from tests.paths import ROOT


def main() -> int:
    """How many ways failed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.installs", description="Install Lunchroom in each way that the documents name."
    )
    parser.add_argument("ways", nargs="*", metavar="WAY", help=f"of: {', '.join(way.name for way in WAYS)}")
    asked = parser.parse_args().ways
    unknown = set(asked) - {way.name for way in WAYS}
    missing = [name for name in INSTALLERS if not installer(name)]
    if unknown or missing:
        print(f"No such way: {', '.join(unknown)}." if unknown else _advice(missing), file=sys.stderr)
        return 2
    failed = 0
    with tempfile.TemporaryDirectory(prefix="lunchroom-") as name:
        built = Path(name) / "built"
        for made in build(built, ROOT):
            print(f"{made.name}: {made.stat().st_size // 1000} kB", flush=True)
        for number, way in enumerate(way for way in WAYS if not asked or way.name in asked):
            folder = Path(name) / str(number)
            folder.mkdir()
            try:
                print(f"{way.name}: {attempt(way, built, folder)}", flush=True)
            except Failed as error:
                failed += 1
                print(f"{way.name}: FAILED. {error}", flush=True)
            shutil.rmtree(folder, ignore_errors=True)
    return failed


def _advice(missing: list[str]) -> str:
    return f"Not installed: {', '.join(missing)}. pip install -e '.[release]' brings what is tried here."


if __name__ == "__main__":
    sys.exit(main())
