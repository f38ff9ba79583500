"""What the user says of all chats of an archive or of one: `--host hana`, `--host 2024-01-08=hana`. Pure.

A chat is named by its date, or by its date and the time at which it starts, as the preview shows them.
"""

import re
from collections.abc import Sequence

import msgspec

from sessions.core.filing.labels import split_label
from sessions.core.filing.words import bare
from sessions.core.identity import plain_handle
from sessions.core.plan import Plan, clean_question
from sessions.core.plan.labels import question_name

_CHAT = re.compile(r"\s*(\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d)?)\s*=(.*)", re.ASCII | re.DOTALL)

LONGEST = 500
"""Characters of a question's text."""


class GivenQuestion(msgspec.Struct, frozen=True):
    """The text that the user gives a question: which chat (empty: any), its label, the words."""

    chat: str
    label: str
    text: str

    @property
    def said(self) -> str:
        """As it is typed, for messages."""
        return f"{self.chat}{'=' if self.chat else ''}{question_name(self.label)}"


class GivenHost(msgspec.Struct, frozen=True):
    """Who hosted, as the user says it: which chat (empty: any) and the handle in plain form."""

    chat: str
    handle: str

    @property
    def said(self) -> str:
        """As it is typed, for messages."""
        return f"{self.chat}{'=' if self.chat else ''}{self.handle}"


def given_host(option: str) -> GivenHost:
    """What `--host` says: a handle, or a chat and a handle."""
    chat, handle = _divided(option)
    return GivenHost(chat, plain_handle(handle))


def given_question(option: str) -> GivenQuestion:
    """What `--question` says: `Q4 What will you try?`, or a chat and that. Raises `ValueError` in words."""
    chat, said = _divided(option)
    found = split_label(said.strip())
    if found is None or found[0].letter != "Q" or found[0].where != "start":
        raise ValueError(f'--question must be such as "Q4 What will you try?", got {option!r}')
    label = found[0].number
    text = clean_question(said[:LONGEST], label)
    if not any(char.isalnum() for char in bare(text)) or split_label(text) is not None:
        raise ValueError(
            f'--question must say a text behind the label, such as "{question_name(label)} What will you try?"'
        )
    return GivenQuestion(chat, label, text)


def means(chat: str, plan: Plan) -> bool:
    """Whether these words name the chat of this plan; empty ones name any."""
    return not chat or chat in (f"{plan.starts:%Y-%m-%d}", f"{plan.starts:%Y-%m-%d %H:%M}")


def unmeant(given: Sequence[GivenHost | GivenQuestion], plans: Sequence[Plan]) -> GivenHost | GivenQuestion | None:
    """The first that names a chat which is none of these."""
    return next((one for one in given if not any(means(one.chat, plan) for plan in plans)), None)


def _divided(option: str) -> tuple[str, str]:
    found = _CHAT.fullmatch(option)
    return ("", option) if found is None else (found[1].replace("T", " "), found[2])
