"""Chats of Discord, Slack and Telegram as their exports have them in JSON, each message as a row.

The forms: DiscordChatExporter's JSON; Slack's export (`slack`); Telegram Desktop's `result.json`. Messages
of chats between two people, and notices of the programs, are told and left out; their words are never shown.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from sessions.importing.formats.sheets import Row, Sheet, Skipped
from sessions.importing.formats.slack import NOTICE, is_slack, slack_cells
from sessions.networks.archived import PRIVATE, ArchivedValue

NETWORK = "archive"
"""Where such messages are from: none of the networks that are read live."""

COLUMNS = ("timestamp", "handle", "name", "author_id", "text", "id", "reply_to")

_DISCORD_NAME = re.compile(r"<@!?(?P<id>\d{1,20})>")
_DISCORD_EMOJI = re.compile(r"<a?:(\w{1,60}):\d{1,20}>")
_DISCORD_SPOKEN = frozenset({"Default", "Reply", "ThreadStarterMessage"})
_TELEGRAM_PRIVATE = frozenset({"personal_chat", "bot_chat", "saved_messages"})


class ChatExport(msgspec.Struct, frozen=True):
    """A program's export: its name, whether an object is a message of it, and the message as cells, or why it is no
    message."""

    name: str
    knows: Callable[[ArchivedValue], bool]
    cells: Callable[[ArchivedValue], tuple[str, ...] | str]


def chat_export_of(values: Sequence[ArchivedValue]) -> ChatExport | None:
    """Of which program most of the objects are messages, None where of none."""
    return next((one for one in _EXPORTS if sum(map(one.knows, values)) * 2 > len(values)), None)


def is_message(one: ArchivedValue) -> bool:
    """Whether it is a message of one of the programs."""
    return any(export.knows(one) for export in _EXPORTS)


def chat_sheet(export: ChatExport, values: Sequence[ArchivedValue], skipped: Sequence[Skipped]) -> Sheet:
    """The messages as a sheet."""
    rows: list[Row] = []
    left_out = list(skipped)
    for one in values:
        cells = export.cells(one) if export.knows(one) else "not a message"
        if isinstance(cells, str):
            left_out.append(Skipped(one.place, cells))
        else:
            rows.append(Row(one.place, cells))
    return Sheet(COLUMNS, tuple(rows), tuple(left_out))


def _is_discord(one: ArchivedValue) -> bool:
    author = one.value.get("author")
    return isinstance(author, dict) and "timestamp" in one.value and "content" in one.value and "name" in author


def _discord(one: ArchivedValue) -> tuple[str, ...] | str:
    value, author = one.value, one.value["author"]
    channel = one.beside.get("channel")
    if isinstance(channel, dict) and _text(channel.get("type")).startswith("Direct"):
        return PRIVATE
    if _text(value.get("type")) not in _DISCORD_SPOKEN:
        return NOTICE
    reference = value.get("reference")
    parent = _text(reference.get("messageId")) if isinstance(reference, dict) else ""
    attached = value.get("attachments")
    words = _DISCORD_NAME.sub(lambda found: f"@{_mentioned(value, found['id'])}", _text(value["content"]))
    pictures = ["[attachment]"] * len(attached[:20]) if isinstance(attached, list) else []
    text = "\n".join([_DISCORD_EMOJI.sub(r":\1:", words), *pictures])
    handle, number = _handle(_text(author.get("name"))), _text(author.get("id"))
    return (
        _text(value["timestamp"]),
        handle,
        _text(author.get("nickname")),
        number,
        text,
        _text(value.get("id")),
        parent,
    )


def _mentioned(value: Mapping[str, Any], number: str) -> str:
    """Who is mentioned by a number, where the message says it."""
    mentions = value.get("mentions")
    for one in mentions if isinstance(mentions, list) else []:
        if isinstance(one, dict) and _text(one.get("id")) == number and one.get("name"):
            return _handle(_text(one["name"]))
    return number


def _is_telegram(one: ArchivedValue) -> bool:
    value = one.value
    return (
        value.get("type") in ("message", "service") and "date" in value and ("from_id" in value or "actor_id" in value)
    )


def _telegram(one: ArchivedValue) -> tuple[str, ...] | str:
    value = one.value
    if _text(one.beside.get("type")) in _TELEGRAM_PRIVATE:
        return PRIVATE
    if value["type"] != "message":
        return NOTICE
    said = value.get("text")
    parts = said if isinstance(said, list) else [said]
    text = "".join(
        part if isinstance(part, str) else _text(part.get("text")) for part in parts if isinstance(part, (str, dict))
    )
    number, name = _text(value.get("from_id")), _text(value.get("from"))
    at = _text(value.get("date_unixtime")) or _text(value["date"])
    return (
        at,
        _handle(name) or number,
        name,
        number,
        text,
        _text(value.get("id")),
        _text(value.get("reply_to_message_id")),
    )


_EXPORTS = (
    ChatExport("Discord", _is_discord, _discord),
    ChatExport("Slack", is_slack, slack_cells),
    ChatExport("Telegram", _is_telegram, _telegram),
)


def _handle(name: str) -> str:
    """A name as a word, by which people are told apart where a program knows no handles."""
    return "".join(name.split())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, (int, float)) else ""
