"""Slack: a workspace's export, with a folder for each channel and a file for each day, and what stands in messages.

Names are those of `users.json`. Conversations of two or some people and private channels are told and left out.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from sessions.networks.archived import PRIVATE, ArchivedValue

PEOPLE, CHANNEL, CLOSED = "slack people", "slack channel", "slack closed"
"""What a message of an export has beside it: people by their ids, the channel's name, whether all could read it."""

NOTICE = "a notice, not a message"
LISTS = ("users.json", "org_users.json", "channels.json", "groups.json", "dms.json", "mpims.json")
"""Files beside the folders; the last three list what not all could read."""

_DAY = re.compile(r"(?P<root>(?:[^/]{1,200}/)?)(?P<channel>[^/]{1,200})/\d{4}-\d\d-\d\d\.json")
_CLOSED_NAME = re.compile(r"D[A-Z0-9]{6,20}|mpdm-.*")
_MARKUP = re.compile(r"<(?P<what>[^<>|\s][^<>|]{0,2000})(?:\|(?P<shown>[^<>]{0,500}))?>")
_SPOKEN = frozenset({None, "", "thread_broadcast", "me_message", "file_share", "reply_broadcast"})


class Person(msgspec.Struct, frozen=True):
    """Who an id is: the handle, which is a word, and the name; either may be empty."""

    handle: str = ""
    name: str = ""


class Channel(msgspec.Struct, frozen=True):
    """A channel's folder in an export: its name, its days in their order, and whether not all could read it."""

    name: str
    days: tuple[str, ...]
    closed: bool


def root_of(names: Collection[str]) -> str | None:
    """The folder in which an export of Slack lies in an archive with these files, None where it is none."""
    roots = {found["root"] for name in names if (found := _DAY.fullmatch(name)) is not None}
    return next((root for root in sorted(roots) if any(f"{root}{one}" in names for one in LISTS[:3])), None)


def channels_of(names: Collection[str], root: str, lists: Mapping[str, Any]) -> list[Channel]:
    """The channels of the export; `lists` has what stands in its files by their names."""
    closed = {
        said
        for name in LISTS[3:]
        for one in _objects(lists.get(name))
        for said in (_text(one.get("id")), _text(one.get("name")))
    }
    days: dict[str, list[str]] = {}
    for name in sorted(names):
        found = _DAY.fullmatch(name)
        if found is not None and found["root"] == root:
            days.setdefault(found["channel"], []).append(name)
    return [
        Channel(name, tuple(found), name in closed or _CLOSED_NAME.fullmatch(name) is not None)
        for name, found in days.items()
    ]


def people_of(users: Any) -> dict[str, Person]:
    """Who is who by what stands in `users.json`."""
    people: dict[str, Person] = {}
    for one in _objects(users):
        profile = one.get("profile")
        known = profile if isinstance(profile, dict) else {}
        name = _text(known.get("real_name")) or _text(one.get("real_name"))
        handle = _text(known.get("display_name")) or _text(one.get("name")) or name
        people[_text(one.get("id"))] = Person("".join(handle.split()), name)
    return people


def is_slack(one: ArchivedValue) -> bool:
    """Whether it is a message of Slack."""
    value = one.value
    return value.get("type") == "message" and "ts" in value and ("text" in value or "subtype" in value)


def slack_cells(one: ArchivedValue) -> tuple[str, ...] | str:
    """The message as time, handle, name, the author's id, text, id and what it answers; or why it is none."""
    value = one.value
    if one.beside.get(CLOSED) is True:
        return PRIVATE
    if value.get("subtype") not in _SPOKEN or "user" not in value:
        return NOTICE
    known = one.beside.get(PEOPLE)
    people: Mapping[str, Person] = known if isinstance(known, dict) else {}
    user, stamp, thread = _text(value["user"]), _text(value["ts"]), _text(value.get("thread_ts"))
    inside = value.get("user_profile")
    own = people_of([{"id": user, "profile": inside, "name": inside.get("name")}]) if isinstance(inside, dict) else {}
    who = people.get(user) or own.get(user) or Person()
    text = "\n".join([said(_text(value.get("text")), people), *_attached(value)])
    return stamp, who.handle or user, who.name, user, text, stamp, thread if thread != stamp else ""


def said(text: str, people: Mapping[str, Person]) -> str:
    """The words of a message with names for ids, and addresses as they are read; entities stay."""

    def word(found: re.Match[str]) -> str:
        what, shown = found["what"], found["shown"] or ""
        if what.startswith("@"):
            person = people.get(what[1:])
            return f"@{(person.handle if person is not None else '') or shown.removeprefix('@') or what[1:]}"
        if what.startswith("#"):
            return f"#{shown or what[1:]}"
        if what.startswith("!"):
            return shown if shown else f"@{what[1:].partition('^')[0]}"
        address = what.removeprefix("mailto:")
        return address if not shown or shown in address else f"{shown} {address}"

    return _MARKUP.sub(word, text)


def _attached(value: Mapping[str, Any]) -> Sequence[str]:
    files = value.get("files")
    return ["[attachment]"] * len(files[:20]) if isinstance(files, list) else []


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
