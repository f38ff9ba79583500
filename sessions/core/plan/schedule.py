"""What a plan means on the clock: who is asked what when, whether it fits, and what the teachers are told."""

import datetime
import itertools
import re
import textwrap
from collections.abc import Iterable
from typing import Literal

import msgspec

from sessions.core.hashtags import tag_key, tags_of
from sessions.core.plan import PLACEHOLDERS, Plan, Question, label_number
from sessions.core.plan.labels import answer_lead, answer_name, is_numbered, question_name
from sessions.core.plan.networks import PlanNetworks
from sessions.core.plan.slow_schedule import day_changes, days_between, kept_long, opens_words
from sessions.core.plan.tags.words import closes_before, invitation, lookup_post, task_line
from sessions.core.plan.times import calendar_date, clock_time, day_time, local, odd_hour

SHORTEST_QUESTION = 3.0
"""Minutes below which a question is hardly answered: half of all answers in 59 recorded hours come after 5."""

REHEARSAL = 20.0
"""Minutes below which a chat is rather a rehearsal: the shortest of 59 recorded ones took 30."""

_ROUND = 5
"""Minutes: chats begin at a full five of them, and what somebody tried just now does not."""

_WEEK = datetime.timedelta(days=7)


class Row(msgspec.Struct, frozen=True):
    """One stretch of the chat; times are UTC milliseconds. `question` and `label` are empty where none is asked.

    `turn` is who is to ask it, empty where that is left open.
    """

    kind: Literal["introductions", "question", "spare", "close"]
    question: str
    label: str
    text: str
    starts_at: int
    ends_at: int
    minutes: float
    turn: str = ""


class Schedule(msgspec.Struct, frozen=True):
    """The whole chat. `ends_at` is its planned end and `runs_until` where the rows end, both UTC milliseconds.

    `warnings` are sentences for the moderator, the weightiest first.
    """

    rows: tuple[Row, ...]
    ends_at: int
    runs_until: int
    warnings: tuple[str, ...] = ()


def schedule(plan: Plan, networks: PlanNetworks, *, now: datetime.datetime | None = None) -> Schedule:
    """The plan on the clock; `networks` tell what is too long for a post.

    `now` (aware) is for the warning that the chat would have begun already.
    """
    rows = list(_rows(plan))
    runs_until = rows[-1].ends_at if rows else plan.starts_at
    found = Schedule(tuple(rows), plan.ends_at, runs_until)
    return msgspec.structs.replace(found, warnings=tuple(_warnings(plan, networks, found, now)))


def like_a_rehearsal(plan: Plan) -> str:
    """In what the plan looks like that of a rehearsal and not of a chat: `it takes 14 min`; empty where in nothing."""
    signs = [f"it takes {_minutes(plan.minutes)}"] if plan.minutes < REHEARSAL else []
    if plan.starts.minute % _ROUND:
        signs.append(f"it begins at {clock_time(plan.starts_at, plan.timezone)}")
    return " and ".join(signs)


def question_post(plan: Plan, question: Question) -> str:
    """The post that asks the question: its label, its text, and the hashtags that the text does not have yet."""
    return with_hashtags(f"{question_name(question.label)}: {question.text}", plan.main_hashtags)


def with_hashtags(text: str, hashtags: Iterable[str]) -> str:
    """`text` followed by those of the hashtags that it does not have yet."""
    present = {tag_key(tag) for tag in tags_of(text)}
    return " ".join([text, *(f"#{tag}" for tag in hashtags if tag_key(tag) not in present)])


def schedule_text(plan: Plan, found: Schedule, *, width: int = 80) -> str:
    """What `lunchroom check` prints: the rows in clock times of the plan's timezone, `width` cells wide."""
    changes = local(plan.starts_at, plan.timezone).utcoffset() != local(found.runs_until, plan.timezone).utcoffset()
    told = day_time if plan.slow else clock_time
    times = [told(row.starts_at, plan.timezone, zone=changes) for row in found.rows]
    end = told(found.runs_until, plan.timezone, zone=changes)
    column = max(map(len, [*times, end]))
    labels = max((len(question_name(row.label)) for row in found.rows if row.label), default=0)
    turns = max(len(row.turn) for row in found.rows) if found.rows else 0
    lines = [plan.title, " · ".join(filter(None, [_when(plan), _tags(plan)])), ""]
    for time, row in zip(times, found.rows, strict=True):
        length = days_between(row.starts_at, row.ends_at, plan.timezone) if plan.slow else _minutes(row.minutes)
        start = f"{time:>{column}}  {length:>8}  "
        if row.kind == "question":
            start += f"{question_name(row.label):<{labels}}  "
            start += f"{row.turn:<{turns}}  " if turns else ""
        hang = " " * len(start)
        lines += textwrap.wrap(start + row.text, max(width, len(start) + 20), subsequent_indent=hang) or [start]
    lines += [f"{end:>{column}}  {'':>8}  End", ""]
    count = f"{len(plan.questions)} question{'' if len(plan.questions) == 1 else 's'}"
    whole = days_between(plan.starts_at, plan.ends_at, plan.timezone) if plan.slow else _minutes(plan.minutes)
    lines.append(f"{count} in {whole} · posts from {_listed(plan.sources)}")
    lines.append(f"hosts: {', '.join(host.name for host in plan.hosts) or 'none named'} · series: {plan.series}")
    for lookup in plan.lookups:
        lines += textwrap.wrap(f"task: {task_line(plan, lookup)}", max(width, 40), subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def share_text(plan: Plan, networks: PlanNetworks) -> str:
    """What one sends to the teachers beforehand, as plain text for a mail."""
    label = plan.questions[0].label if plan.questions else "1"
    tag = f"#{plan.hashtags[0]}" if plan.hashtags else ""
    example = f"{answer_lead(label)} We start with a five-minute warm-up. {tag}".rstrip()
    lines = [f"You are invited: {plan.title}", "", f"When: {_when(plan)}"]
    if tag:
        lines.append(f"Where: {_tags(plan)}{_places(plan, networks)}")
    if plan.hosts:
        lines.append(f"Hosts: {', '.join(_host(host.name, host.handles) for host in plan.hosts)}")
    lines += ["", "How it works:"]
    asked, answered = question_name(label), answer_name(label)
    if plan.slow:
        lines.append("- This is a slow chat: a question stays open for days, so come whenever you have a minute.")
    lines.append(f"- We post {asked}, you answer with {answered} in front{' and ' + tag if tag else ''}, like this:")
    lines.append(f"    {example}")
    lines.append("- Answer when you can. Late answers are welcome, and so is just reading along.")
    lines.append("- First time? Say hello and tell us so: we look out for you.")
    if plan.questions:
        lines += ["", "The questions:"]
        for question in plan.questions:
            name = opens_words(plan, question) if plan.slow else question_name(question.label)
            lines += textwrap.wrap(f"{name}: {question.text}", 76, subsequent_indent="    ")
    if plan.lookups:
        lines += ["", "Your task:" if len(plan.lookups) == 1 else "Your tasks:"]
        for lookup in plan.lookups:
            lines += textwrap.wrap(f"- {invitation(plan, lookup)}", 76, subsequent_indent="    ")
    lines += ["", "The chat is saved by its hosts so that they can write a summary. Please name no students.", ""]
    lines[-1:] = ["If you want to be left out of the summary, tell a host.", ""]
    return "\n".join(lines)


def _rows(plan: Plan) -> Iterable[Row]:
    at = plan.starts_at

    def row(kind: Literal["introductions", "question", "spare", "close"], text: str, minutes: float) -> Row:
        return Row(kind, "", "", text, at, at + round(minutes * 60_000), minutes)

    if plan.introductions:
        yield row("introductions", "(before the first question)" if plan.slow else "Introductions", plan.introductions)
        at += round(plan.introductions * 60_000)
    for question in plan.questions:
        asked = row("question", question.text, question.minutes)
        yield msgspec.structs.replace(asked, question=question.id, label=question.label, turn=question.turn)
        at = asked.ends_at
    spare = (plan.ends_at - at) / 60_000 - plan.close
    if spare * 60 >= 1:
        yield row("spare", "(not planned)", spare)
        at += round(spare * 60_000)
    if plan.close:
        yield row("close", "Thanks", plan.close)


def _warnings(plan: Plan, networks: PlanNetworks, found: Schedule, now: datetime.datetime | None) -> Iterable[str]:
    if now is not None and now.timestamp() * 1000 >= plan.starts_at:
        yield f"The chat starts in the past ({_when(plan)}): change starts."
    over = (found.runs_until - found.ends_at) / 60_000
    if over * 60 >= 1:
        end = clock_time(found.runs_until, plan.timezone)
        yield f"It does not fit: the parts take {_minutes(over)} too long, until {end}. Shorten or drop a question."
    yield from day_changes(plan) if plan.slow else _clock_changes(plan)
    spare = sum(row.minutes for row in found.rows if row.kind == "spare")
    if not plan.questions:
        yield "There are no questions yet: add [[questions]] with a text, or add one in the chat."
    elif spare:
        yield f"{_minutes(spare)} before the end are not planned: give a question more time or add one."
    short = [question for question in plan.questions if question.minutes < SHORTEST_QUESTION]
    if short:
        few = _listed(f"{question_name(question.label)} ({_minutes(question.minutes)})" for question in short)
        yield f"Most answers take longer than {_minutes(SHORTEST_QUESTION)} to come: {few}."
    yield from kept_long(plan) if plan.slow else ()
    yield from _long_posts(plan, networks)
    yield from _label_gaps(plan)
    for lookup in plan.lookups:
        if closes_before(plan, lookup):
            yield f"The task #{lookup.tag} is closed before the chat starts: what is posted in it comes too late."
    if not plan.hashtags:
        yield 'There is no hashtag: without one no network can be searched. Write hashtags = ["ourchat"].'
    if not plan.hosts:
        yield "No host is named, so hosts count as participants: add [[hosts]] with a name and handles."
    for host in plan.hosts:
        if not host.handles:
            yield f"{host.name} has no handles: their posts count as a participant's."
    if any(source.partition(":")[0] == "practice" for source in plan.sources):
        yield "Posts come from practice: this is a rehearsal and counts for nothing. Change sources for the real chat."
    elif not plan.sources:
        yield "There are no sources: posts come only by hand, added in the chat."


def _clock_changes(plan: Plan) -> Iterable[str]:
    yield from odd_hour(plan.starts_at, plan.timezone, "the chat starts", plan.starts)
    ends = local(plan.ends_at, plan.timezone)
    begins = local(plan.starts_at, plan.timezone)
    if begins.utcoffset() != ends.utcoffset():
        yield f"The clocks change during the chat: it runs from {begins:%Z} into {ends:%Z} and ends at {_until(plan)}."
    else:
        before = local(plan.starts_at - int(_WEEK.total_seconds() * 1000), plan.timezone)
        if before.utcoffset() != begins.utcoffset():
            yield f"The clocks changed in the week before ({before:%Z} to {begins:%Z}): tell it to people further away."


def _long_posts(plan: Plan, networks: PlanNetworks) -> Iterable[str]:
    posts = [(question_name(question.label), question_post(plan, question)) for question in plan.questions]
    posts += [(key, with_hashtags(text, plan.main_hashtags)) for key, text in plan.script.items()]
    tasks = ((lookup.tag, lookup_post(plan, lookup)) for lookup in plan.lookups)
    posts += [(f"the task #{tag}", with_hashtags(text, plan.main_hashtags)) for tag, text in tasks]
    named = {source.partition(":")[0] for source in plan.sources}
    shortest = sorted(networks.values(), key=lambda network: network.most)[:1]  # for a rehearsal
    for network in [one for one in networks.values() if one.name in named] or shortest:
        long = [name for name, text in posts if network.too_long(text)]
        if long:
            limit = f"{network.most} {network.unit} on {network.name}"
            yield f"Longer than one post with its label and hashtag ({limit}): {_listed(long)}."
    for key, text in plan.script.items():
        for word in re.findall(r"\{[a-z_]+\}", text):
            known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            yield f"{word} in {key} stays as it is; what is filled in is {known}."


def _label_gaps(plan: Plan) -> Iterable[str]:
    numbers = [label_number(question.label) for question in plan.questions if is_numbered(question.label)]
    steps = list(itertools.pairwise(numbers))
    if any(later < earlier for earlier, later in steps):
        yield "The labels do not rise: teachers will look for Q1, Q2, Q3 in that order."
    elif missing := [str(number) for earlier, later in steps for number in range(earlier + 1, min(later, earlier + 9))]:
        yield f"The labels leave out {', '.join('Q' + number for number in missing)}."


def _until(plan: Plan) -> str:
    return clock_time(plan.ends_at, plan.timezone, zone=True)


def _when(plan: Plan) -> str:
    ends = local(plan.ends_at, plan.timezone)
    if plan.slow:
        first, last = ((calendar_date(at, plan.timezone), at) for at in (plan.starts_at, plan.ends_at))
        begins = f"{first[0]}, {clock_time(first[1], plan.timezone)}"
        return f"{begins}, to {last[0]}, {_until(plan)} ({plan.timezone})"
    start = clock_time(plan.starts_at, plan.timezone, zone=f"{local(plan.starts_at, plan.timezone):%Z}" != f"{ends:%Z}")
    return f"{calendar_date(plan.starts_at, plan.timezone)}, {start} to {_until(plan)} ({plan.timezone})"


def _tags(plan: Plan) -> str:
    main, optional = (" ".join(f"#{tag}" for tag in tags) for tags in (plan.main_hashtags, plan.optional_hashtags))
    return f"{main} (also {optional})" if optional else main


def _places(plan: Plan, networks: PlanNetworks) -> str:
    named = dict.fromkeys(source.partition(":")[0] for source in plan.sources)
    places = [networks[network].title for network in named if network in networks]
    return f" on {_listed(places)}" if places else ""


def _host(name: str, handles: tuple[str, ...]) -> str:
    shown = [f"@{handle.partition(':')[2] or handle}" for handle in handles]
    return f"{name} ({', '.join(shown)})" if shown else name


def _minutes(minutes: float) -> str:
    return f"{round(minutes, 2):g} min"


def _listed(words: Iterable[str]) -> str:
    *most, last = [*words] or ["nowhere"]
    return " and ".join(filter(None, [", ".join(most), last]))
