"""The recap as Markdown for a blog (CommonMark; tried with GitHub's tables-and-all dialect in mind).

Outside text stays text: whatever a renderer, Jekyll's Liquid or WordPress' shortcodes would take for their own is
escaped, and nothing of it passes as HTML.
"""

import re
from collections.abc import Iterator, Sequence

from sessions.core.plan.labels import question_name
from sessions.core.plan.times import clock_time
from sessions.reports.recap import wording
from sessions.reports.recap.days import by_day, day_name
from sessions.reports.recap.links import shown_link, with_links
from sessions.reports.recap.model import Recap, RecapHost, RecapPerson, RecapPost, RecapQuestion

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "[": "&#91;", "]": "&#93;", "{": "&#123;", "}": "&#125;"}
_ENTITIES |= {"~": "&#126;", "^": "&#94;", "$": "&#36;"}
_SPECIAL = re.compile(r"[\\`*_|&<>\[\]{}~^$]")
_MARK_AT_START = re.compile(r"^([0-9]+(?=[.)])|(?=[#=+\-:]))(.)")
_MARK_AT_END = re.compile(r"(?<!\\)#(?=#*$)")


def to_markdown(recap: Recap) -> str:
    """The whole page, with a line end behind it."""
    return "\n\n".join(filter(None, _blocks(recap))) + "\n"


def escaped(text: str) -> str:
    """Outside text on one line, as a renderer shows it: the same characters and nothing else."""
    line = " ".join(text.split())
    inner = _SPECIAL.sub(lambda match: _ENTITIES.get(match[0]) or f"\\{match[0]}", line)
    return _MARK_AT_END.sub(r"\\#", _MARK_AT_START.sub(r"\1\\\2", inner))


def linked(text: str) -> str:
    """Outside text with its links made links."""
    pieces = (_inline(piece) if address is None else _link(address) for piece, address in with_links(text))
    return "".join(pieces).strip()


def _inline(text: str) -> str:
    """Escaped words of which the white space at both ends, where links may stand, is kept as single spaces."""
    inner = escaped(text)
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def _link(address: str) -> str:
    return f"[{escaped(shown_link(address))}]({_target(address)})"


def _target(url: str) -> str:
    """The address of a link as no bracket or underline in it ends or changes it."""
    unsafe = {"(": "%28", ")": "%29", "\\": "%5C", "[": "%5B", "]": "%5D", "{": "%7B", "}": "%7D", "*": "%2A"}
    return "".join(unsafe.get(char, char) for char in url).replace("&", "&amp;")


def _blocks(recap: Recap) -> Iterator[str]:
    yield f"# {escaped(wording.heading(recap))}"
    yield _head(recap)
    yield wording.summary(recap.numbers)
    days = [f"- **{day_name(recap, day.day)}**: {wording.came_on(recap, day)}" for day in recap.days]
    yield from _section("The days", days)
    if recap.questions:
        yield "## Questions and answers"
        for question in recap.questions:
            yield from _question(recap, question)
    yield from _posts(recap, "What was said", recap.talk, timed=True)
    yield from _posts(recap, "More answers", recap.more_answers)
    yield from _posts(recap, "More highlights", recap.more_highlights)
    yield from _section(
        "Links that were shared", [f"- {_link(link.url)} ({_names(link.names)})" for link in recap.links]
    )
    yield from _new(recap)
    yield from _thanks(recap)
    if recap.next_chat is not None:
        yield f"## Next chat\n\n{escaped(wording.next_time(recap.next_chat))}"


def _head(recap: Recap) -> str:
    tags = " ".join(f"\\#{escaped(tag)}" for tag in recap.hashtags)
    parts = [tags, wording.when_it_was(recap)]
    if recap.hosts:
        parts.append(f"hosted by {wording.listed([_host(host) for host in recap.hosts])}")
    if recap.rehearsal:
        parts.append("a rehearsal")
    return " · ".join(filter(None, parts))


def _host(host: RecapHost) -> str:
    handles = ", ".join(f"@{escaped(handle)}" for handle in host.handles)
    return f"**{escaped(host.name)}**{f' ({handles})' if handles else ''}"


def _question(recap: Recap, question: RecapQuestion) -> Iterator[str]:
    yield f"### {escaped(question_name(question.label))}: {escaped(question.text)}"
    yield f"*{wording.answered(question, recap)}{_shared(question.reposts)}*"
    yield from _lists(recap, question.answers, "####")


def _posts(recap: Recap, title: str, posts: Sequence[RecapPost], *, timed: bool = False) -> Iterator[str]:
    if posts:
        yield f"## {title}"
        yield from _lists(recap, posts, "###", timed=timed)


def _lists(recap: Recap, posts: Sequence[RecapPost], level: str, *, timed: bool = False) -> Iterator[str]:
    """The posts, in a slow chat under their days, and there with their times as where they are `timed`."""
    for day, group in by_day(recap, posts):
        yield f"{level} {day}" if day else ""
        yield "\n".join(_post(post, clock_time(post.at, recap.timezone) if day or timed else "") for post in group)


def _post(post: RecapPost, at: str = "") -> str:
    star = "★ " if post.highlighted else ""
    handle = f" (@{escaped(post.handle)})" if post.handle and post.name.lstrip("@") != post.handle else ""
    warning = (
        f"*{escaped(wording.warned(post.warning))}*  \n  " if post.warning else ""
    )  # two spaces: a line of its own
    star = f"{at} {star}" if at else star
    return f"- {star}**{escaped(post.name)}**{handle}: {warning}{linked(post.said)}{_shared(post.reposts)}"


def _shared(reposts: int) -> str:
    return f" · {wording.shared(reposts)}" if reposts else ""


def _section(title: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        yield f"## {title}"
        yield "\n".join(rows)


def _names(names: Sequence[str]) -> str:
    return wording.listed([escaped(name) for name in names])


def _person(person: RecapPerson) -> str:
    handle = f" (@{escaped(person.handle)})" if person.handle and person.name.lstrip("@") != person.handle else ""
    return f"{escaped(person.name)}{handle}"


def _new(recap: Recap) -> Iterator[str]:
    new = wording.first_timers(recap)
    if new:
        yield "## New in our chat: welcome!"
        yield f"Welcome, {wording.listed([_person(person) for person in new])}!"
    elif recap.first_chat:
        yield "## Welcome!"
        yield "This was our very first chat, so everybody was new."


def _thanks(recap: Recap) -> Iterator[str]:
    people = wording.thanked(recap)
    if people:
        yield "## Thank you"
        yield f"Thank you for coming, {wording.listed([escaped(person.name) for person in people])}!"
