"""Times that strangers claim: a client may date its post in any year. Pure."""

import datetime


def claimed(text: str, now: int) -> int:
    """The ISO 8601 time `text` as UTC milliseconds, never after `now` (UTC milliseconds) nor before 1970.

    What is no time, or lies in the future, counts as now: it has just come in. A time without a zone is in UTC.
    """
    try:
        moment = datetime.datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=datetime.UTC)
        at = round(moment.timestamp() * 1000)
    except (ValueError, OverflowError):
        return now
    return min(max(at, 0), now)
