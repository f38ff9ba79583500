"""The recap as Markdown for a blog (CommonMark; tried with GitHub's tables-and-all dialect in mind).

Outside text stays text: whatever a renderer, Jekyll's Liquid or WordPress' shortcodes would take for their own is
escaped, and nothing of it passes as HTML.
"""

import re
from collections.abc import Iterator, Sequence

from sessions.core.languages import ENGLISH, Language
from sessions.reports.recap.days import by_day
from sessions.reports.recap.links import shown_link, with_links
from sessions.reports.recap.model import Recap, RecapFind, RecapHost, RecapPerson, RecapPost, RecapQuestion
from sessions.reports.recap.wording import Wording, first_timers, thanked

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "[": "&#91;", "]": "&#93;", "{": "&#123;", "}": "&#125;"}
_ENTITIES |= {"~": "&#126;", "^": "&#94;", "$": "&#36;"}
_SPECIAL = re.compile(r"[\\`*_|&<>\[\]{}~^$]")
_MARK_AT_START = re.compile(r"^([0-9]+(?=[.)])|(?=[#=+\-:]))(.)")
_MARK_AT_END = re.compile(r"(?<!\\)#(?=#*$)")


def to_markdown(recap: Recap, language: Language = ENGLISH) -> str:
    """The whole page in the language of the chat, with a line end behind it."""
    return "\n\n".join(filter(None, _blocks(recap, Wording(language)))) + "\n"


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


def _blocks(recap: Recap, wording: Wording) -> Iterator[str]:
    say = wording.say
    yield f"# {escaped(wording.heading(recap))}"
    yield _head(recap, wording)
    yield wording.summary(recap.numbers, recap.kind)
    days = [f"- **{wording.day_name(recap, day.day)}**: {wording.came_on(recap, day)}" for day in recap.days]
    yield from _section(say("recap.the_days"), days)
    if recap.questions:
        yield f"## {say('recap.questions_answers')}"
        for question in recap.questions:
            yield from _question(recap, question, wording)
    with_links = [_post(post, wording, wording.day_name(recap, post.day)) for post in recap.with_links]
    yield from _section(say("recap.with_links"), with_links)
    answered = [
        f"{_post(post, wording, wording.day_name(recap, post.day))} · {wording.answered_by(post)}"
        for post in recap.most_answered
    ]
    yield from _section(say("recap.most_answered"), answered)
    yield from _posts(recap, say("recap.what_was_said"), recap.talk, wording, timed=True)
    yield from _posts(recap, say("recap.more_answers"), recap.more_answers, wording)
    yield from _posts(recap, say("recap.more_highlights"), recap.more_highlights, wording)
    yield from _section(say("recap.finds"), [_find(find, wording) for find in recap.finds])
    yield from _tasks(recap, wording)
    links = [f"- {_link(link.url)} ({_names(link.names, wording)})" for link in recap.links]
    yield from _section(say("recap.links"), links)
    tags = [f"- \\#{escaped(tag.tag)}: {wording.tagged(tag)}" for tag in recap.tags]
    yield from _section(say("recap.by_hashtag"), tags)
    yield from _new(recap, wording)
    yield from _thanks(recap, wording)
    if recap.next_chat is not None:
        yield f"## {say('recap.next_chat')}\n\n{escaped(wording.next_time(recap.next_chat))}"


def _tasks(recap: Recap, wording: Wording) -> Iterator[str]:
    if recap.tasks:
        yield f"## {wording.say('recap.tasks')}"
    for task in recap.tasks:
        title = " ".join(filter(None, (f"#{task.tag}: {task.text}", wording.until(task, recap.timezone))))
        yield f"### {escaped(title)}"
        yield wording.did_task(task, [escaped(name) for name in task.names])
        yield from _lists(recap, task.posts, "####", wording)


def _head(recap: Recap, wording: Wording) -> str:
    tags = " ".join(f"\\#{escaped(tag)}" for tag in recap.hashtags)
    parts = [tags, wording.when_it_was(recap)]
    if recap.hosts:
        parts.append(wording.say("recap.hosted_by", hosts=wording.listed([_host(host) for host in recap.hosts])))
    if recap.rehearsal:
        parts.append(wording.say("recap.rehearsal"))
    return " · ".join(filter(None, parts))


def _host(host: RecapHost) -> str:
    handles = ", ".join(f"@{escaped(handle)}" for handle in host.handles)
    return f"**{escaped(host.name)}**{f' ({handles})' if handles else ''}"


def _question(recap: Recap, question: RecapQuestion, wording: Wording) -> Iterator[str]:
    yield f"### {escaped(question.name)}: {escaped(question.text)}"
    yield from (f"*{escaped(text)}*" for text in question.translations)
    yield f"*{wording.answered(question, recap)}{_shared(question.reposts, wording)}*"
    yield from _lists(recap, question.answers, "####", wording)


def _posts(
    recap: Recap, title: str, posts: Sequence[RecapPost], wording: Wording, *, timed: bool = False
) -> Iterator[str]:
    if posts:
        yield f"## {title}"
        yield from _lists(recap, posts, "###", wording, timed=timed)


def _lists(
    recap: Recap, posts: Sequence[RecapPost], level: str, wording: Wording, *, timed: bool = False
) -> Iterator[str]:
    """The posts, in a slow chat under their days, and there with their times as where they are `timed`."""
    for day, group in by_day(recap, posts):
        yield f"{level} {wording.day_name(recap, day)}" if day else ""
        times = [wording.clock_time(post.at, recap.timezone) if day or timed else "" for post in group]
        yield "\n".join(_post(post, wording, at) for post, at in zip(group, times, strict=True))


def _post(post: RecapPost, wording: Wording, at: str = "") -> str:
    star = "★ " if post.highlighted else ""
    handle = f" (@{escaped(post.handle)})" if post.handle and post.name.lstrip("@") != post.handle else ""
    warning = (
        f"*{escaped(wording.warned(post.warning))}*  \n  " if post.warning else ""
    )  # two spaces: a line of its own
    star = f"{at} {star}" if at else star
    shared = _shared(post.reposts, wording)
    return f"- {star}**{escaped(post.name)}**{handle}: {warning}{linked(post.said)}{shared}"


def _shared(reposts: int, wording: Wording) -> str:
    return f" · {wording.shared(reposts)}" if reposts else ""


def _find(find: RecapFind, wording: Wording) -> str:
    handle = f" (@{escaped(find.handle)})" if find.handle and find.name.lstrip("@") != find.handle else ""
    warning = f"*{escaped(wording.warned(find.warning))}*  \n  " if find.warning else ""
    where = f" {_link(find.url)}" if find.url else ""
    by = f" · {wording.say('recap.brought_by', who=escaped(find.by))}" if find.by else ""
    return f"- **{escaped(find.name)}**{handle}: {warning}{linked(find.text)}{where}{by}"


def _section(title: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        yield f"## {title}"
        yield "\n".join(rows)


def _names(names: Sequence[str], wording: Wording) -> str:
    return wording.listed([escaped(name) for name in names])


def _person(person: RecapPerson) -> str:
    handle = f" (@{escaped(person.handle)})" if person.handle and person.name.lstrip("@") != person.handle else ""
    return f"{escaped(person.name)}{handle}"


def _new(recap: Recap, wording: Wording) -> Iterator[str]:
    new = first_timers(recap)
    if new:
        yield f"## {wording.say('recap.new')}"
        yield wording.say("recap.welcome_to", names=wording.listed([_person(person) for person in new]))
    elif recap.first_chat:
        yield f"## {wording.say('recap.welcome')}"
        yield wording.say("recap.first_chat")


def _thanks(recap: Recap, wording: Wording) -> Iterator[str]:
    people = thanked(recap)
    if people:
        yield f"## {wording.say('recap.thank_you')}"
        yield wording.say("recap.thanks", names=wording.listed([escaped(person.name) for person in people]))
