"""`lunchroom channel` and `lunchroom catch-up`: what is posted under a series' tags between its chats."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sessions.words import _
from tui.cli.commands.live import (
    AwayOption,
    BehindProxyOption,
    ListenOption,
    NameOption,
    PlainOption,
    RoleOption,
    SourceOption,
    SpeedOption,
    ZoneOption,
    flags_of,
    may_be_plain,
    own_name,
    own_sign_ins,
    serve_argv,
    sit_at_hub,
)
from tui.cli.commands.plans import read_plan
from tui.cli.commands.saved import LibraryOption, library_folder, open_library
from tui.cli.output import Failure, put, put_json, say

if TYPE_CHECKING:
    from sessions.core.plan import Plan
    from sessions.hub.process.catching_up import CatchingUp, MonthRead
    from sessions.library.channel.months import ChannelMonth
    from sessions.library.library import Library

SeriesArgument = Annotated[
    str,
    typer.Argument(
        metavar="SERIES|PLAN",
        help="The series of saved chats, as `lunchroom sessions` names it, or a plan file with its tags.",
        show_default=False,
    ),
]


def channel(
    series: SeriesArgument,
    source: SourceOption = None,
    speed: SpeedOption = 1,
    zone: ZoneOption = None,
    library: LibraryOption = None,
    listen: ListenOption = None,
    behind_proxy: BehindProxyOption = False,
    away: AwayOption = False,
    name: NameOption = None,
    role: RoleOption = None,
    plain: PlainOption = False,
) -> None:
    """Open the desk on what is posted under the tags of a series between its chats.

    There is a file for each month; whenever you come, what you missed is read.

    Example: lunchroom channel navasotaisd
    """
    plain = may_be_plain(plain)
    folder = library_folder(library)
    while True:
        opened = open_library(library)
        plan = _plan(series, source, opened)
        month = _present_month(opened, plan)
        argv = serve_argv(
            source=source, speed=speed, zone=zone, library=library, listen=listen, resume=month.path,
            flags=flags_of(behind_proxy, away),
        )  # fmt: skip
        goes_on = sit_at_hub(
            month.session, month.path, argv, own_name(name), role, library=folder, plain=plain, away=away
        )
        if goes_on or not _is_over(month):
            return
        say(_("{title} is over.").format(title=month.plan.title))


def catch_up(
    series: SeriesArgument,
    source: SourceOption = None,
    library: LibraryOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout instead of a line.")] = False,
) -> None:
    """Read what was posted under the tags of a series since it was last read, without a desk: for cron.

    Ends with 0 when all was read, with 1 when some network could not be read, with 2 when the series is not known.

    Example: lunchroom catch-up navasotaisd --json
    """
    import asyncio

    from sessions.files.errors import SessionLocked
    from sessions.hub.process.runtime import hub_of

    opened = open_library(library)
    plan = _plan(series, source, opened)
    catching = _catching_up(opened, plan)
    month = catching.month()
    if month is not None and hub_of(month.session) is not None:
        _tell_elsewhere(plan, month, "a hub", as_json)
        return
    try:
        months = asyncio.run(catching.all_months())
    except SessionLocked:
        if month is None:
            raise
        _tell_elsewhere(plan, month, _("another lunchroom"), as_json)
        return
    _tell(plan, months, as_json)
    if not all(read.current for read in months):
        raise typer.Exit(1)


def _plan(series: str, source: list[str] | None, library: "Library") -> "Plan":
    """The plan of the channel: that of the file, else of the latest chat or month of the series."""
    import msgspec

    from sessions.core.plan import slug
    from sessions.library.channel.months import latest_plan

    path = Path(series)
    if path.suffix == ".toml" or path.is_file():
        plan = read_plan(path)
    else:
        called = slug(series.removeprefix("#"))
        known = latest_plan(library, called)
        if known is None:
            raise Failure(
                _(
                    "No chat of a series {called!r} is saved. Give a plan with its tags instead: `lunchroom new` "
                    "writes one, then lunchroom channel PLAN."
                ).format(called=called),
                2,
            )
        plan = known
    if not plan.hashtags:
        raise Failure(
            _("The plan of {series!r} has no hashtag to read. Give it one: hashtags = [...].").format(
                series=plan.series
            ),
            2,
        )
    return msgspec.structs.replace(plan, sources=tuple(source)) if source else plan


def _catching_up(library: "Library", plan: "Plan", hold_for: int | None = None) -> "CatchingUp":
    from sessions.hub.process.catching_up import OPEN_FOR, TROUBLE_FOR, CatchingUp

    said = {"": 0}

    def progress(month: str, posts: int) -> None:
        if sys.stderr is not None and sys.stderr.isatty() and posts - said.get(month, 0) >= _EVERY:
            said[month] = posts
            say(_("{month}: {posts:,} posts so far ...").format(month=month, posts=posts))

    return CatchingUp(
        library,
        plan,
        own_sign_ins(),
        hold_for=OPEN_FOR if hold_for is None else hold_for,
        trouble_for=TROUBLE_FOR if hold_for is None else _AT_DESK,
        on_progress=progress,
    )


_EVERY = 100
"""Posts after which is said again how many came."""

_AT_DESK = 15.0
"""Seconds for which somebody who wants to sit down waits for a source that fails."""


def _is_over(month: "ChannelMonth") -> bool:
    from sessions.networks.timing import wall_clock

    return wall_clock() >= month.month.ends_at


def _present_month(library: "Library", plan: "Plan") -> "ChannelMonth":
    """The month to sit down at; those before it are read to their end first."""
    from sessions.library.channel.months import open_month

    month = open_month(library, plan)
    if month is not None and not _is_over(month):
        return month
    import asyncio  # with what comes now comes all of a hub

    catching = _catching_up(library, plan, hold_for=0)
    for read in asyncio.run(catching.months_before()):
        if read.file:
            say(_("{month} is complete: {total:,} posts.").format(month=read.month, total=read.total))
    month = catching.month()
    if month is None:
        raise Failure(_("The channel of this month was ended. The next month's begins with its first day."))
    return month


def _tell(plan: "Plan", months: "list[MonthRead]", as_json: bool) -> None:
    from tui.text.outside import clean_line
    from tui.text.wording import counted

    if as_json:
        put_json({"series": plan.series, "reading": False, "months": [_document(read) for read in months]}, indent=-1)
        return
    posts, people = sum(read.posts for read in months), sum(read.people for read in months)
    new = sum(read.new for read in months)
    fared = ", ".join(f"{one.name} {one.status}" for one in months[-1].sources) if months else _("nothing to read")
    came = _("{posts} from {people}, {new:,} of them new").format(
        posts=counted(posts, "{n} new post", "{n} new posts"),
        people=counted(people, "{n} person", "{n} people"),
        new=new,
    )
    put(clean_line(f"{plan.series}: {came if posts else _('nothing new')}. {fared}"))


def _tell_elsewhere(plan: "Plan", month: "ChannelMonth", who: str, as_json: bool) -> None:
    if as_json:
        put_json({"series": plan.series, "reading": True, "months": [], "file": str(month.path)}, indent=-1)
    else:
        put(_("{series}: {who} is reading it already; there is nothing to do.").format(series=plan.series, who=who))


def _document(read: "MonthRead") -> dict[str, Any]:
    return {
        "month": read.month,
        "session": read.session,
        "file": read.file,
        "posts": read.posts,
        "people": read.people,
        "new": read.new,
        "total": read.total,
        "closed": read.closed,
        "current": read.current,
        "sources": [{"name": one.name, "status": one.status, "current": one.current} for one in read.sources],
    }
