"""How people stand with a task, in words. Texts in it may be from outside."""

from sessions.core.plan import Lookup
from sessions.core.state import Find
from sessions.core.tasks.standing import Standing


def shown_by(lookup: Lookup, find: Find) -> str:
    """How the post shows it: `carries #PBL and #navasotaisd`, `quotes a post that carries #PBL`."""
    tag = f"#{lookup.tag}"
    if find.how == "carries":
        return f"carries {tag} and #{find.own}"
    return f"{find.how} a post that carries {tag}"


def standing_words(lookup: Lookup, stands: Standing) -> str:
    """How somebody stands with the task and how that is known: `done: carries #PBL and #navasotaisd`, `not done`."""
    if stands.mark is not None:
        return f"{'done' if stands.done else 'not done'}, says {stands.mark.by}"
    if stands.find is not None:
        return f"done: {shown_by(lookup, stands.find)}"
    return f"too late: {shown_by(lookup, stands.late)}" if stands.late is not None else "not done yet"
