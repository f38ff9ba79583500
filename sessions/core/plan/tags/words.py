"""The tasks of a plan in words: for who plans, for the teachers, and as the post that sets one. Pure."""

from sessions.core.hashtags import tag_key, tags_of
from sessions.core.plan import Lookup, Plan
from sessions.core.plan.times import calendar_date, clock_time, day_time


def lookup_post(plan: Plan, lookup: Lookup) -> str:
    """The post that sets the task, without the chat's own hashtags: `Look up #PBL: Find one good thing ...`."""
    named = tag_key(lookup.tag) in map(tag_key, tags_of(lookup.text))
    text = lookup.text if named else f"Look up #{lookup.tag}: {lookup.text}"
    if not lookup.until_at:
        return text
    ended = text if text[-1:] in ".!?" else f"{text}."
    return f"{ended} Until {_day_and_time(plan, lookup)}."


def until_words(plan: Plan, lookup: Lookup) -> str:
    """Until when the task is open, `until Wed, Dec 9, 8:00 PM`; empty where it has no end."""
    return f"until {day_time(lookup.until_at, plan.timezone)}" if lookup.until_at else ""


def task_line(plan: Plan, lookup: Lookup) -> str:
    """The task on a line: `#PBL until Wed, Dec 9, 8:00 PM: Find one good thing`."""
    return f"{' '.join(filter(None, (f'#{lookup.tag}', until_words(plan, lookup))))}: {lookup.text}"


def invitation(plan: Plan, lookup: Lookup) -> str:
    """The task as a mail to the teachers tells it."""
    text = lookup.text if lookup.text[-1:] in ".!?" else f"{lookup.text}."
    until = f" You have until {_day_and_time(plan, lookup)}." if lookup.until_at else ""
    if not plan.main_hashtags:
        return f"#{lookup.tag}: {text}{until}"
    own = plan.main_hashtags[0]
    how = f"Post what you find with #{own} and #{lookup.tag}, or quote the post that you found and add #{own}."
    return f"#{lookup.tag}: {text} {how}{until}"


def closes_before(plan: Plan, lookup: Lookup) -> bool:
    """Whether the task is closed before the chat starts, so that nobody can do it in the chat."""
    return 0 < lookup.until_at <= plan.starts_at


def _day_and_time(plan: Plan, lookup: Lookup) -> str:
    day = calendar_date(lookup.until_at, plan.timezone).rpartition(", ")[0]
    return f"{day}, {clock_time(lookup.until_at, plan.timezone)}"
