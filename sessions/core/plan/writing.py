"""Plan -> TOML text: a new plan, a past one as a file, and an old file moved to its next date."""

import datetime
import types
import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import tomlkit
import tomlkit.exceptions

from sessions.core.languages import ENGLISH, Language, built_in
from sessions.core.plan import (
    DAYS,
    DEFAULT_CEILING,
    DEFAULT_MINUTES,
    DEFAULT_SOURCES,
    HOUR,
    Host,
    Plan,
    Question,
    clean_line,
    clean_question,
    default_close,
    default_introductions,
    default_script,
    default_series,
    fill_script,
    following_label,
    instant,
    letter_of_questions,
    share_minutes,
    slug,
)
from sessions.core.plan.days import on_days, opening_days, written_days
from sessions.core.plan.greetings import default_greetings
from sessions.core.plan.labels import is_numbered
from sessions.core.plan.networks import PlanNetworks
from sessions.core.plan.reading import PlanError, Problem, decode_plan
from sessions.core.plan.times import local
from sessions.core.plan.turns import ALTERNATE, taking_turns

_STARTERS = 8
_STARTERS_USED = {2: (0, 7), 4: (0, 1, 3, 7), 6: (0, 1, 2, 3, 5, 7), 8: tuple(range(_STARTERS))}

_HEAD = """\
# The plan of a chat. Behind each # stands a note, or a default that you change by taking the # away.
# "lunchroom check" with this file shows the schedule, "lunchroom host" with it begins the chat.
"""
_HOSTS = """\
# Who runs the chat. With their handles Lunchroom knows their questions, and never takes them for newcomers.
"""
_NO_HOSTS = """\
# [[hosts]]
# name = "Ana"
# handles = ["mastodon:ana@mastodon.social", "bluesky:ana.example.org"]
"""
_SCRIPT = """\
# Lines to post during the chat; {hashtag}, {title} and {hosts} are filled in. "" leaves a line out.
[script]
"""
_NO_LOOKUPS = """\
# A task: what to look for under another hashtag. Who shares a find from there under yours has done it.
# [[lookups]]
# tag = "PBL"
# text = "Find one good thing about project based learning and share it."
# until = 2026-12-09T20:00:00
"""
_NO_CREDIT = """\
# Credit hours for who asks for them and answers so many questions (docs/use/credit.md).
# [credit]
# provider = "Navasota ISD"
# provider_number = "902-001"
# hours = 1
# answers = 3
# word = "#credit"
"""
_GREETINGS = """\
# A hello to one person, by names of your own; {name}, {school}, {hashtag} and {series} are filled in. The first whose
# words are all known is offered. new is for newcomers, returning for who was here before. "" leaves a line out.
[greetings]
"""
_NOTE_COLUMN = 34


def new_plan_text(
    networks: PlanNetworks,
    *,
    now: datetime.datetime,
    timezone: str | None,
    title: str | None = None,
    hashtags: Sequence[str] = ("ourschoolchat",),
    minutes: float = DEFAULT_MINUTES,
    days: int | None = None,
    hosts: Sequence[Host] = (),
    questions: Sequence[tuple[str, str]] = (),
    language: Language = ENGLISH,
) -> str:
    """A commented plan that works as it is, a week after `now` (aware) at 7 PM in `timezone` (UTC if unknown).

    `questions` are (label, text), as `questions_from_text` gives them; without any there are some to begin with:
    6 for an hour, 4 for 30 minutes, one a day in a slow chat of so many `days`, which begins on a Monday at 7 AM.
    What the plan says by itself it says in `language`.
    """
    title = title or language.say("new.title")
    zone = timezone or "UTC"
    day = now.astimezone(zoneinfo.ZoneInfo(zone)).date() + datetime.timedelta(days=7)
    starts = datetime.datetime.combine(day, datetime.time(19))
    if days is not None:
        monday = day - datetime.timedelta(days=day.weekday())
        starts = datetime.datetime.combine(monday, datetime.time(7))
    if not questions:
        texts = _starters(minutes, language) if days is None else _every_starter(language)[:days]
        questions = [(str(number), text) for number, text in enumerate(texts, start=1)]
    introductions, close = default_introductions(minutes), default_close(minutes)
    shares = share_minutes(minutes - introductions - close, len(questions))
    title, tags = clean_line(title), tuple(hashtags)
    plan = Plan(
        title=title,
        hashtags=tags,
        series=default_series(title, tags),
        starts=starts,
        starts_at=instant(starts, zone),
        timezone=zone,
        minutes=minutes,
        introductions=introductions,
        close=close,
        sources=DEFAULT_SOURCES,
        hosts=tuple(hosts),
        questions=tuple(
            Question(
                f"q{number}", label, clean_question(text, label, language), share, letter=letter_of_questions(language)
            )
            for number, ((label, text), share) in enumerate(zip(questions, shares, strict=True), start=1)
        ),
        script={
            key: fill_script(text, title=title, hashtags=tags, hosts=tuple(hosts), language=language)
            for key, text in default_script(HOUR if days is None else DAYS, language).items()
        },
        greetings=default_greetings(language),
        language=msgspec.UNSET if language.code == "en" else language.code,
        own_languages=msgspec.UNSET if built_in(language.code) is language else (language,),
    )
    if days is not None:
        plan = on_days(plan, opening_days(starts, [None] * len(questions), max(days, len(questions))))
    return plan_text(plan, networks, timezone_known=timezone is not None)


def plan_text(plan: Plan, networks: PlanNetworks, *, timezone_known: bool = True) -> str:
    """The plan as a commented TOML file that decodes to it again; what is as by default stands behind a `#`."""
    return "\n".join(
        [
            _HEAD,
            *_top(plan, networks, timezone_known),
            "",
            *_hosts(plan),
            *_questions(plan),
            *_lookups(plan),
            *_script(plan),
            *_greetings(plan),
            *_credit(plan),
            *_announce(plan),
        ],
    )


def next_starts(plan: Plan, *, now: datetime.datetime) -> datetime.datetime:
    """The plan's wall time a week on, or as many weeks as it takes to come after `now` (aware)."""
    week = datetime.timedelta(days=7)
    starts = plan.starts + week
    while plan.slow and instant(starts, plan.timezone) < plan.ends_at:
        starts += week
    behind = now.timestamp() - instant(starts, plan.timezone) / 1000
    if behind >= 0:
        starts += week * int(behind // week.total_seconds())
    while instant(starts, plan.timezone) / 1000 <= now.timestamp():
        starts += week
    return starts


def like_plan_text(
    text: str,
    networks: PlanNetworks,
    *,
    now: datetime.datetime,
    default_timezone: str | None = None,
    languages: Mapping[str, Language] = types.MappingProxyType({}),
) -> str:
    """The text of a plan file with `starts` moved by `next_starts`, `opens` and `until` by as much, and all else kept.

    Raises `PlanError` where the text holds no plan.
    """
    plan = decode_plan(text, networks, default_timezone=default_timezone, languages=languages)
    starts = next_starts(plan, now=now)
    try:
        document = tomlkit.parse(text.removeprefix("\ufeff"))
        document["starts"] = starts
        for key, moment in (("questions", "opens"), ("lookups", "until")):
            for table in document.get(key, []):
                if moment in table:
                    table[moment] = _moved(table[moment], starts - plan.starts)
        return tomlkit.dumps(document)
    except tomlkit.exceptions.TOMLKitError as error:
        raise PlanError([Problem(None, f"this plan cannot be copied ({error}): copy the file by hand")]) from error


def _moved(moment: Any, by: datetime.timedelta) -> Any:
    """A moment of the file, so much later; in the form it has there."""
    if isinstance(moment, str):
        return (datetime.datetime.fromisoformat(moment.strip()) + by).isoformat()
    return moment + by


def plan_file_name(plan: Plan) -> str:
    """What the plan's file is called where nobody names it: `2026-12-01-navasotaisd.toml`."""
    return f"{plan.starts:%Y-%m-%d}-{slug(plan.series)}.toml"


def _every_starter(language: Language) -> list[str]:
    return [language.say(f"new.question_{number}") for number in range(1, _STARTERS + 1)]


def _starters(minutes: float, language: Language) -> list[str]:
    count = 2 if minutes < 20 else 4 if minutes <= 45 else 6 if minutes <= 75 else 8
    starters = _every_starter(language)
    return [starters[index] for index in _STARTERS_USED[count]]


def _top(plan: Plan, networks: PlanNetworks, timezone_known: bool) -> Iterable[str]:
    minutes = plan.minutes
    zone_note = "" if timezone_known else "this computer's could not be found: set yours, such as America/Chicago"
    yield _line("title", plan.title)
    yield _hashtags(plan)
    series = default_series(plan.title, plan.hashtags)
    yield _line("series", plan.series, "which chats belong together: who is new is asked of these", series)
    yield _line("language", plan.language or "en", "of the chat: en, es, de, fr (docs/use/languages.md)", "en")
    if plan.labels:
        yield _line("labels", plan.labels, "the letters before the numbers of questions and answers")
    yield _line("starts", plan.starts, "local time in the timezone below")
    yield _line("timezone", plan.timezone, zone_note)
    if plan.slow:
        yield from _days(plan)
    else:
        yield _line("minutes", minutes)
        before = default_introductions(minutes)
        yield _line("introductions", plan.introductions, "minutes before the first question", before)
        yield _line("close", plan.close, "minutes for thanks at the end", default_close(minutes))
    real = ", ".join(f'"{network.example}"' for network in networks.values())
    yield f'# "practice" rehearses with invented teachers; the real ones: {real}.'
    yield _line("sources", plan.sources)
    yield _line("ceiling", plan.ceiling, "dollars that reading X may cost", DEFAULT_CEILING)
    yield from _turns(plan)
    yield _line("muted", plan.muted, "a post with one of these words is folded to one line", ())
    yield from _records(plan)


def _records(plan: Plan) -> Iterable[str]:
    if plan.keep_years:
        yield _line("keep_years", plan.keep_years, "for how long the chat is to be kept")
    if plan.records:
        yield _line("records", plan.records, "told before anything is removed")


def _hashtags(plan: Plan) -> str:
    if not plan.optional_hashtags:
        return _line("hashtags", plan.hashtags, "without #; every post of the chat carries them")
    tables = []
    for tag in plan.hashtags:
        table = tomlkit.inline_table()
        table.update({"tag": tag} if tag in plan.main_hashtags else {"tag": tag, "optional": True})
        tables.append(table.as_string())
    return f"hashtags = [{', '.join(tables)}]"


def _lookups(plan: Plan) -> Iterable[str]:
    if not plan.lookups:
        yield _NO_LOOKUPS
    for lookup in plan.lookups:
        yield "[[lookups]]"
        yield _line("tag", lookup.tag)
        yield _line("text", lookup.text)
        if lookup.until_at:
            yield _line("until", local(lookup.until_at, plan.timezone).replace(tzinfo=None))
        yield ""


def _days(plan: Plan) -> Iterable[str]:
    """How long a slow chat takes."""
    found = written_days(plan)
    yield _line("pace", DAYS, "a slow chat: each question stays open until the next one opens")
    yield _line("days", found.days, "the questions share them unless they say when they open")
    yield _line("weekends", found.weekends, "false: nothing is asked on Saturdays and Sundays", True)


def _turns(plan: Plan) -> Iterable[str]:
    """Who takes turns; as an example where nobody has any, and nothing where each question tells its own."""
    names = taking_turns(plan)
    note = "whose turn each question is: the hosts one after the other, or a list of names"
    if not any(question.turn for question in plan.questions):
        yield _line("turns", ALTERNATE, note, ALTERNATE)  # an example, behind a #
    elif names:
        alternate = len(names) > 1 and names == tuple(host.name for host in plan.hosts)
        yield _line("turns", ALTERNATE if alternate else names, note)


def _hosts(plan: Plan) -> Iterable[str]:
    yield _HOSTS.rstrip("\n")
    if not plan.hosts:
        yield _NO_HOSTS
    for host in plan.hosts:
        yield "[[hosts]]"
        yield _line("name", host.name)
        yield from [_line("handles", host.handles)] if host.handles else []
        yield ""


def _questions(plan: Plan) -> Iterable[str]:
    shares = share_minutes(plan.minutes - plan.introductions - plan.close, len(plan.questions))
    shared = plan.slow or shares == [question.minutes for question in plan.questions]
    opens = written_days(plan).opens if plan.slow else ()
    label = "0"
    for place, question in enumerate(plan.questions):
        first = place == 0
        yield "[[questions]]"
        following = following_label(label)
        label = question.label if is_numbered(question.label) else label
        if first or question.label != following:
            yield _line(
                "label", question.label, "what stands behind Q; by default they count on" if first else "", following
            )
        yield _line("text", question.text)
        yield from (_line(f"text_{one.language}", one.text) for one in question.translations or ())
        if opens:
            yield _line("opens", opens[place])
        elif plan.slow and first:
            yield _line("opens", plan.starts, "by default the questions share the days, at this time", plan.starts)
        elif not shared:
            yield _line("minutes", question.minutes)
        elif first and not plan.slow:
            yield _line("minutes", question.minutes, "by default the questions share the time", question.minutes)
        if question.turn and not taking_turns(plan):
            yield _line("turn", question.turn)
        if question.notes:
            yield _line("notes", question.notes)
        elif first:
            yield _line("notes", "", "for you alone, such as: if it is slow, ask for a photo", "")
        yield ""


def _script(plan: Plan) -> Iterable[str]:
    yield _SCRIPT.rstrip("\n")
    for key, default in default_script(plan.pace, plan.spoken).items():
        usual = fill_script(
            default, title=plan.title, hashtags=plan.main_hashtags, hosts=plan.hosts, language=plan.spoken
        )
        said = plan.script.get(key, "")
        yield _line(key, default if said == usual else said)
    yield ""


def _greetings(plan: Plan) -> Iterable[str]:
    """All behind a `#` where they are as by default; else all in their order, with what is left out of ours."""
    yield _GREETINGS.rstrip("\n")
    ours = default_greetings(plan.spoken)
    usual = not plan.greetings or list(plan.greetings.items()) == list(ours.items())
    left_out = {} if usual else {name: "" for name in ours if name not in plan.greetings}
    for name, text in ({**(ours if usual else plan.greetings), **left_out}).items():
        yield _line(tomlkit.key(name).as_string(), text, default=text if usual else None)
    yield ""


def _credit(plan: Plan) -> Iterable[str]:
    if not plan.credit:
        yield _NO_CREDIT
        return
    yield _NO_CREDIT.split("\n", 1)[0]
    yield "[credit]"
    yield _line("provider", plan.credit.provider)
    yield _line("provider_number", plan.credit.provider_number, default="")
    yield _line("hours", plan.credit.hours)
    yield _line("answers", plan.credit.answers, "questions that somebody has to answer")
    yield _line("word", plan.credit.word, "what somebody writes in the chat to ask for it", "")
    yield ""


def _announce(plan: Plan) -> Iterable[str]:
    if plan.announce:
        yield "# Who is told of the chat elsewhere: names of addresses in config.toml (docs/use/announcing.md)."
        yield "[announce]"
        yield _line("to", plan.announce)
        yield ""


def _line(key: str, value: Any, note: str = "", default: Any = None) -> str:
    """One line of TOML with a note behind it, behind a `#` where the value is the default."""
    if isinstance(value, float) and value.is_integer():
        written = str(int(value))
    else:
        written = tomlkit.item(list(value) if isinstance(value, tuple) else value).as_string()
    line = f"{'# ' if value == default else ''}{key} = {written}"
    return f"{line:<{_NOTE_COLUMN}} # {note}" if note else line
