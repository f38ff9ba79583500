"""How busy the chat was: posts per minute, in at most so many columns as a chart can show."""

from collections.abc import Sequence

from sessions.reports.recap.model import RecapActivity

MINUTE = 60_000
_MOST_COLUMNS = 120
_LONG_COLUMNS = (60, 120, 180, 240, 360, 720, 1440)
"""Minutes of a column in a chart of days."""

_BEFORE, _BEHIND = 60 * MINUTE, 90 * MINUTE
"""How long before the first question and after the last a post belongs to the hour; what trickles in later does not."""


def activity(posted: Sequence[int], asked: Sequence[int], *, ends: int | None = None) -> RecapActivity:
    """Posts per minute, or per as many minutes as it takes; `posted` and `asked` are times in UTC milliseconds.

    `ends` is when a slow chat ends: then it is posts per hour or several, until `_BEHIND` that.
    """
    if asked:
        last = max(asked) if ends is None else max(*asked, ends)
        posted = [at for at in posted if min(asked) - _BEFORE <= at <= last + _BEHIND]
    if not posted:
        return RecapActivity(since=0, minutes=1, posts=())
    unit = MINUTE if ends is None else _LONG_COLUMNS[0] * MINUTE
    since = min(posted) // unit * unit
    span = max(posted) // MINUTE - since // MINUTE + 1
    minutes = -(-span // _MOST_COLUMNS)
    if ends is not None:
        minutes = next((long for long in _LONG_COLUMNS if long >= minutes), _LONG_COLUMNS[-1])
    counts = [0] * -(-span // minutes)
    for at in posted:
        counts[(at - since) // (minutes * MINUTE)] += 1
    return RecapActivity(since=since, minutes=minutes, posts=tuple(counts))
