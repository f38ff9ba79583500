"""What a plan means on the clock: who is asked what when, whether it fits, and what the teachers are told."""

import datetime
import itertools
import re
import textwrap
from collections.abc import Iterable
from typing import Literal

import msgspec

from sessions.core.hashtags import tag_key, tags_of
from sessions.core.languages import ENGLISH, Language, missing
from sessions.core.plan import PLACEHOLDERS, Plan, Question, label_number
from sessions.core.plan.labels import answer_lead, answer_name, is_numbered, question_name
from sessions.core.plan.networks import PlanNetworks
from sessions.core.plan.slow_schedule import day_changes, days_between, kept_long, opens_words
from sessions.core.plan.tags.words import closes_before, invitation, lookup_post, task_line
from sessions.core.plan.times import clock_time, day_time, local, odd_hour

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
    return with_hashtags(f"{question.name}: {question.text}", plan.main_hashtags)


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
    letter = plan.spoken.labels[0]
    labels = max((len(question_name(row.label, letter)) for row in found.rows if row.label), default=0)
    turns = max(len(row.turn) for row in found.rows) if found.rows else 0
    others = {question.id: translated(question) for question in plan.questions}
    lines = [plan.title, " · ".join(filter(None, [_when(plan), _tags(plan)])), ""]
    for time, row in zip(times, found.rows, strict=True):
        length = days_between(row.starts_at, row.ends_at, plan.timezone) if plan.slow else _minutes(row.minutes)
        start = f"{time:>{column}}  {length:>8}  "
        if row.kind == "question":
            start += f"{question_name(row.label, letter):<{labels}}  "
            start += f"{row.turn:<{turns}}  " if turns else ""
        hang = " " * len(start)
        lines += textwrap.wrap(start + row.text, max(width, len(start) + 20), subsequent_indent=hang) or [start]
        for other in others.get(row.question, ()):
            indent = " " * (len(hang) - labels - 2 - (turns + 2 if turns else 0))
            named = f"{indent}{other.name:<{labels}}".ljust(len(hang))
            lines += textwrap.wrap(named + other.text, max(width, len(start) + 20), subsequent_indent=hang)
    lines += [f"{end:>{column}}  {'':>8}  End", ""]
    count = f"{len(plan.questions)} question{'' if len(plan.questions) == 1 else 's'}"
    whole = days_between(plan.starts_at, plan.ends_at, plan.timezone) if plan.slow else _minutes(plan.minutes)
    lines.append(f"{count} in {whole} · posts from {_listed(plan.sources)}")
    lines += [_spoken(plan)] if plan.language or plan.labels or len(plan.languages) > 1 else []
    lines.append(f"hosts: {', '.join(host.name for host in plan.hosts) or 'none named'} · series: {plan.series}")
    for lookup in plan.lookups:
        lines += textwrap.wrap(f"task: {task_line(plan, lookup)}", max(width, 40), subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def _spoken(plan: Plan) -> str:
    """The languages and their labels as they were understood: `language: Español · questions P1, answers R1 ...`."""
    own, *others = plan.languages
    letters = [f"{language.name} ({language.labels[0]}1, {language.labels[1]}1)" for language in plan.languages]
    also = "" if ("Q", "A") in [one.labels for one in plan.languages] else "; Q1 and A1 are read, too"
    lacking = len(missing(own))
    english = f"; {lacking} of its sentences are missing and said in English" if lacking else ""
    return f"language: {letters[0]}{also}{english}" + (f" · questions also in {_listed(letters[1:])}" if others else "")


def share_text(plan: Plan, networks: PlanNetworks) -> str:
    """What one sends to the teachers beforehand, as plain text for a mail in the chat's language."""
    language = plan.spoken
    say, (asks, answers) = language.say, language.labels
    label = plan.questions[0].label if plan.questions else "1"
    tag = f"#{plan.hashtags[0]}" if plan.hashtags else ""
    example = f"{answer_lead(label, answers)} {say('share.example')} {tag}".rstrip()
    lines = [say("share.invited", title=plan.title), "", say("share.when", when=_when(plan, language))]
    if tag:
        places = _places(plan, networks, language)
        key = "share.where_on" if places else "share.where"
        lines.append(say(key, tags=_tags(plan, language), networks=places))
    if plan.hosts:
        lines.append(say("share.hosts", hosts=", ".join(_host(host.name, host.handles) for host in plan.hosts)))
    lines += ["", say("share.how")]
    asked, answered = question_name(label, asks), answer_name(label, answers)
    if plan.slow:
        lines.append(f"- {say('share.slow')}")
    key = "share.format_tag" if tag else "share.format"
    lines.append(f"- {say(key, question=asked, answer=answered, tag=tag)}")
    lines.append(f"    {example}")
    lines.append(f"- {say('share.late')}")
    lines.append(f"- {say('share.first_time')}")
    if plan.questions:
        lines += ["", say("share.questions")]
        for question in plan.questions:
            name = opens_words(plan, question) if plan.slow else question.name
            lines += textwrap.wrap(f"{name}: {question.text}", 76, subsequent_indent="    ")
            for other in translated(question):
                lines += textwrap.wrap(f"{other.name}: {other.text}", 76, subsequent_indent="    ")
    if plan.lookups:
        lines += ["", say("share.task", len(plan.lookups))]
        for lookup in plan.lookups:
            lines += textwrap.wrap(f"- {invitation(plan, lookup)}", 76, subsequent_indent="    ")
    return "\n".join([*lines, "", say("share.saved"), say("share.left_out"), ""])


def translated(question: Question) -> list[Question]:
    """The question in each of its other languages."""
    return [found for one in question.translations or () if (found := question.translated(one.language)) is not None]


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
        few = _listed(f"{question.name} ({_minutes(question.minutes)})" for question in short)
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
    every = [asked for question in plan.questions for asked in (question, *translated(question))]
    posts = [(question.name, question_post(plan, question)) for question in every]
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
    letter = plan.spoken.labels[0]
    if any(later < earlier for earlier, later in steps):
        names = [f"{letter}{number}" for number in (1, 2, 3)]
        yield f"The labels do not rise: teachers will look for {', '.join(names)} in that order."
    elif missing := [str(number) for earlier, later in steps for number in range(earlier + 1, min(later, earlier + 9))]:
        yield f"The labels leave out {', '.join(letter + number for number in missing)}."


def _until(plan: Plan) -> str:
    return clock_time(plan.ends_at, plan.timezone, zone=True)


def _when(plan: Plan, language: Language = ENGLISH) -> str:
    zone = plan.timezone
    begins, ends = (local(at, zone) for at in (plan.starts_at, plan.ends_at))
    until = language.clock_time(plan.ends_at, zone, zone=True)
    day = language.calendar_date(plan.starts_at, zone)
    if plan.slow:
        last = language.calendar_date(plan.ends_at, zone)
        start = language.clock_time(plan.starts_at, zone)
        return language.say("share.days", first=day, start=start, last=last, end=until, timezone=zone)
    start = language.clock_time(plan.starts_at, zone, zone=f"{begins:%Z}" != f"{ends:%Z}")
    return language.say("share.from_to", day=day, start=start, end=until, timezone=zone)


def _tags(plan: Plan, language: Language = ENGLISH) -> str:
    main, optional = (" ".join(f"#{tag}" for tag in tags) for tags in (plan.main_hashtags, plan.optional_hashtags))
    return language.say("share.also", main=main, optional=optional) if optional else main


def _places(plan: Plan, networks: PlanNetworks, language: Language) -> str:
    named = dict.fromkeys(source.partition(":")[0] for source in plan.sources)
    return language.listed([networks[network].title for network in named if network in networks])


def _host(name: str, handles: tuple[str, ...]) -> str:
    shown = [f"@{handle.partition(':')[2] or handle}" for handle in handles]
    return f"{name} ({', '.join(shown)})" if shown else name


def _minutes(minutes: float) -> str:
    return f"{round(minutes, 2):g} min"


def _listed(words: Iterable[str]) -> str:
    *most, last = [*words] or ["nowhere"]
    return " and ".join(filter(None, [", ".join(most), last]))
