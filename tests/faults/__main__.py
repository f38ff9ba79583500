"""Faults on real processes, at random and by a seed.

    python -m tests.faults [--rounds 50] [--seed 1] [--only FAULT]

Hub, desks and what goes wrong are processes of this computer and speak over its loopback; nothing else is contacted.
Round after round takes the next fault. What does not hold is printed with how to run that round again; the end tells
how many rounds of each fault there were and how many failed, and the exit code is 1 where one did.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.faults.faults import FAULTS
from tests.faults.processes import Pool, pool

TOLD = 25
"""After so many rounds it is told how many there were."""


async def one_round(
    name: str, seed: int, processes: Pool, folder: Path, errors: Path
) -> tuple[list[str], Counter[str]]:
    """What did not hold in the round with this fault and seed, and how often desks were answered how."""
    before = len(await asyncio.to_thread(errors.read_bytes))
    answers: Counter[str] = Counter()
    try:
        async with asyncio.timeout(120):
            done = await FAULTS[name](folder, processes, random.Random(f"{name} {seed}"))
        found = done.problems
        answers.update(one.outcome for one in done.asked.values())
    except (AssertionError, OSError, TimeoutError) as error:
        found = [f"{type(error).__name__}: {error}"]
    said = (await asyncio.to_thread(errors.read_bytes))[before:].decode(errors="replace")
    if "Traceback" in said or "A defect" in said:
        found = [*found, f"said on stderr: {said[said.find('Traceback') - 400 :][:3000]}"]
    await processes.end_used()
    return found, answers


async def campaign(rounds: int, seed: int, only: str | None) -> int:
    """The exit code."""
    names = [only] if only is not None else list(FAULTS)
    counts: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    answers: dict[str, Counter[str]] = {name: Counter() for name in names}
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lunchroom-faults-") as path:
        errors = Path(path) / "stderr.log"
        async with pool(errors) as processes:
            for place in range(rounds):
                name = names[place % len(names)]
                with tempfile.TemporaryDirectory(dir=path) as folder:
                    found, answered = await one_round(name, seed + place, processes, Path(folder), errors)
                answers[name].update(answered)
                counts[name] += 1
                if (place + 1) % TOLD == 0:
                    sys.stderr.write(f"{place + 1} rounds, {sum(failed.values())} failed\n")
                if found:
                    failed[name] += 1
                    _say(f"FAILED: python -m tests.faults --only {name} --seed {seed + place} --rounds 1")
                    for words in found:
                        _say(f"    {words}")
    seconds = time.monotonic() - begun
    for name in names:
        told = ", ".join(f"{count} {outcome}" for outcome, count in answers[name].most_common())
        _say(f"{name:20} {counts[name]:5} rounds, {failed[name]} failed; answers: {told}")
    _say(f"{rounds} rounds in {seconds:.0f} s ({seconds / max(1, rounds):.1f} s each), {sum(failed.values())} failed")
    return int(bool(failed))


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1, help="of the first round; each later one has the next")
    parser.add_argument("--only", choices=list(FAULTS), metavar="FAULT", help=", ".join(FAULTS))
    given = parser.parse_args()
    return asyncio.run(campaign(given.rounds, given.seed, given.only))


if __name__ == "__main__":
    sys.exit(main())
