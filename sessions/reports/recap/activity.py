"""How busy the hour was: posts per minute, in at most so many columns as a chart can show."""

from collections.abc import Sequence

from sessions.reports.recap.model import RecapActivity

MINUTE = 60_000
_MOST_COLUMNS = 120
_BEFORE, _BEHIND = 60 * MINUTE, 90 * MINUTE
"""How long before the first question and after the last a post belongs to the hour; what trickles in later does not."""


def activity(posted: Sequence[int], asked: Sequence[int]) -> RecapActivity:
    """Posts per minute, or per as many minutes as it takes; `posted` and `asked` are times in UTC milliseconds."""
    if asked:
        posted = [at for at in posted if min(asked) - _BEFORE <= at <= max(asked) + _BEHIND]
    if not posted:
        return RecapActivity(since=0, minutes=1, posts=())
    since = min(posted) // MINUTE * MINUTE
    span = max(posted) // MINUTE - since // MINUTE + 1
    minutes = -(-span // _MOST_COLUMNS)
    counts = [0] * -(-span // minutes)
    for at in posted:
        counts[(at - since) // (minutes * MINUTE)] += 1
    return RecapActivity(since=since, minutes=minutes, posts=tuple(counts))
