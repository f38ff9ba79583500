"""How a person and a heading look in the greeter's list: pure functions of the state and the time."""

from typing import Literal, get_args

from sessions.core.credit import asks
from sessions.core.state import Person, SessionState
from sessions.core.tasks.standing import standing
from sessions.core.zones import local_time
from sessions.words import _
from tui.text.day_names import short_month
from tui.text.outside import clean_line
from tui.text.wording import counted, waited, zone_of
from tui.widgets.lines.line import Line, Piece, line_len
from tui.widgets.lines.line_list import ListRow

Section = Literal["to greet", "from the channel", "greeted", "back again", "here", "away", "hosts", "muted"]

SECTIONS: tuple[Section, ...] = get_args(Section)
"""The headings from top to bottom."""

_TITLES: dict[Section, str] = {
    "to greet": _("TO GREET"),
    "from the channel": _("FROM THE CHANNEL"),
    "greeted": _("GREETED"),
    "back again": _("BACK AGAIN"),
    "here": _("HERE"),
    "away": _("QUIET FOR A MONTH"),
    "hosts": _("HOSTS"),
    "muted": _("MUTED"),
}

_CHANNEL_TITLES: dict[Section, str] = {
    "to greet": _("NEW, TO GREET"),
    "greeted": _("NEW, GREETED"),
    "here": _("ACTIVE"),
}
"""Those that a channel calls otherwise: who is new is so since the last chat."""

AWAY = 30 * 86_400_000
"""Milliseconds without a post after which somebody is quiet for a month."""

QUIET_QUESTIONS = 2
"""Somebody is quiet who posted nothing since so many questions ago."""


def section_of(state: SessionState, person: Person) -> Section:
    """Under which heading the person stands. In the first chat of a series only those count as new who say so; who was
    in its channel and in no chat yet is no newcomer, and is welcomed all the same."""
    if person.host:
        return "hosts"
    if person.muted is not None:
        return "muted"
    if state.wants_greeting(person):
        return "to greet" if person.newcomer else "from the channel"  # words: sections, not their titles
    if person.greeting is not None and (person.newcomer or person.from_channel or state.first):
        return "greeted"
    if state.channel:
        return "away" if state.at - person.last_at >= AWAY else "here"
    return "here" if person.newcomer else "back again"  # words: the same


def is_quiet(state: SessionState, person: Person) -> bool:
    """Whether the person was here, but posted nothing during the last question and nothing yet during this one."""
    openings = state.openings
    return len(openings) >= QUIET_QUESTIONS and person.last_at < openings[-QUIET_QUESTIONS].at


def heading_row(section: Section, number: int, unnoticed: int, *, channel: bool = False) -> ListRow:
    """The heading over so many people, `unnoticed` of whom no host has noticed yet."""
    title = (_CHANNEL_TITLES if channel else _TITLES).get(section, _TITLES[section])
    amount = Piece(f"{number:,}", "count")
    right: Line = (amount,)
    short = right
    if section in ("back again", "here") and unnoticed:
        right = (Piece(_("○ {unnoticed:,} not noticed  ").format(unnoticed=unnoticed), "unnoticed"), amount)
        short = (Piece(f"○{unnoticed:,}  ", "unnoticed"), amount)
    return ListRow(None, (Piece(title, "heading"),), right, short)


def person_row(
    state: SessionState, person: Person, section: Section, now: int, *, school: bool = False, credit: bool = True
) -> ListRow:
    """The person under this heading at this moment (UTC milliseconds); with `school` also where they teach, with
    `credit` whether they ask for it."""
    mark = Piece("  ", "text")
    if person.starred is not None:
        mark = Piece("★ ", "star")
    elif section in ("back again", "here") and not person.noticed:
        mark = Piece("○ ", "unnoticed")
    quiet = section in ("back again", "here", "greeted") and is_quiet(state, person)
    left = [mark, Piece(clean_line(person.author.shown), "quiet" if quiet else "name")]
    left += _tasks(state, person, named=school)
    if credit and not person.host and asks(state, person.author.id):
        left.append(Piece(f" {_('credit') if school else _('cr')}", "greeted"))
    named = line_len(tuple(left))
    where = clean_line(", ".join(filter(None, (person.school, person.level)))) if school else ""
    if where:
        left.append(Piece(f" · {where}", "school"))
    if person.author.name and person.author.handle:
        left.append(Piece(f" @{clean_line(person.author.handle)}", "handle"))
    right, short = _what(person, section, now, quiet=quiet)
    if state.channel and section in ("here", "away"):
        right = short = (Piece(_activity(state, person), "count"),)
    return ListRow(person.author.id, tuple(left), right, short, least=named)


def _tasks(state: SessionState, person: Person, *, named: bool) -> list[Piece]:
    """The signs of the tasks that the person did, `named` or only how many."""
    done = done_tasks(state, person)
    if not done:
        return []
    many = f"{len(done)}" if len(done) > 1 else ""
    return [Piece(f" {' '.join(f'#{tag}✓' for tag in done)}" if named else f" #{many}✓", "greeted")]


def done_tasks(state: SessionState, person: Person) -> tuple[str, ...]:
    """The hashtags of the tasks that the person did."""
    tasks = state.plan.lookups if state.plan is not None and not person.host else ()
    if not tasks:  # as in most chats, for each of their people
        return ()
    return tuple(task.tag for task in tasks if standing(state, task, person.author.id).done)


def _activity(state: SessionState, person: Person) -> str:
    """How much somebody posted in this month of a channel, or when they last did."""
    if person.posts > 0:
        return counted(person.posts, "{n} post", "{n} posts")
    last = local_time(person.last_at, zone_of(state.plan))
    return _("last {month} {day}").format(month=short_month(last), day=last.day)


def _what(person: Person, section: Section, now: int, *, quiet: bool) -> tuple[Line, Line]:
    """What stands at the right of a person, in full and short."""
    if person.greeting is not None and section in ("to greet", "from the channel", "greeted"):
        done = "" if section == "greeted" else "✓ "
        by = Piece(_("{done}by {by}").format(done=done, by=clean_line(person.greeting.by)), "greeted")
        hush = (Piece(_("quiet "), "quiet"),) if quiet else ()
        return (*hush, by), (by,)
    if section in ("to greet", "from the channel"):
        wait = (Piece(waited(now - person.first_at), "waiting"),)
        return wait, wait
    if section == "muted":
        by = Piece(_("by {by}").format(by=clean_line(person.muted.by)) if person.muted else "", "count")
        return (by,), (by,)
    if not person.answers:
        hush = (Piece(_("quiet"), "quiet"),) if quiet else ()
        return hush, hush
    hush = (Piece(_("quiet "), "quiet"),) if quiet else ()
    full = Piece(counted(person.answers, "{n} answer", "{n} answers"), "count")
    return (*hush, full), (*hush, Piece(f"{person.answers}", "count"))
