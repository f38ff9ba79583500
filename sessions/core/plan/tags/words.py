"""The tasks of a plan in words: for who plans, for the teachers, and as the post that sets one. Pure."""

from sessions.core.hashtags import tag_key, tags_of
from sessions.core.plan import Lookup, Plan
from sessions.core.plan.times import day_time


def lookup_post(plan: Plan, lookup: Lookup) -> str:
    """The post that sets the task in the chat's language, without the chat's hashtags: `Look up #PBL: ...`."""
    named = tag_key(lookup.tag) in map(tag_key, tags_of(lookup.text))
    text = lookup.text if named else plan.spoken.say("task.post", tag=f"#{lookup.tag}", text=lookup.text)
    return f"{_ended(text)} {_until(plan, lookup, 'task.until')}" if lookup.until_at else text


def until_words(plan: Plan, lookup: Lookup) -> str:
    """Until when the task is open, `until Wed, Dec 9, 8:00 PM`; empty where it has no end."""
    return f"until {day_time(lookup.until_at, plan.timezone)}" if lookup.until_at else ""


def task_line(plan: Plan, lookup: Lookup) -> str:
    """The task on a line: `#PBL until Wed, Dec 9, 8:00 PM: Find one good thing`."""
    return f"{' '.join(filter(None, (f'#{lookup.tag}', until_words(plan, lookup))))}: {lookup.text}"


def invitation(plan: Plan, lookup: Lookup) -> str:
    """The task as a mail to the teachers tells it, in the chat's language."""
    parts = [f"#{lookup.tag}: {_ended(lookup.text)}"]
    if plan.main_hashtags:
        own = f"#{plan.main_hashtags[0]}"
        parts.append(plan.spoken.say("share.task_how", own=own, tag=f"#{lookup.tag}"))
    if lookup.until_at:
        parts.append(_until(plan, lookup, "share.task_until"))
    return " ".join(parts)


def closes_before(plan: Plan, lookup: Lookup) -> bool:
    """Whether the task is closed before the chat starts, so that nobody can do it in the chat."""
    return 0 < lookup.until_at <= plan.starts_at


def _ended(text: str) -> str:
    return text if text[-1:] in ".!?…" else f"{text}."


def _until(plan: Plan, lookup: Lookup, key: str) -> str:
    spoken = plan.spoken
    day = spoken.weekday(lookup.until_at, plan.timezone, dated=True).rstrip(",")
    return spoken.say(key, day=day, time=spoken.clock_time(lookup.until_at, plan.timezone))
