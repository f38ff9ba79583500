"""The attendance of a chat as a value. Its JSON form is documented in docs/use/credit.md."""

from typing import Literal

import msgspec

from sessions.core.plan import Credit

VERSION = 1

Asked = Literal["", "word", "desk", "people.json"]
"""How somebody asked for credit: by the word in the chat, as a moderator noted at the desk, or as it is written in
people.json; empty for who did not."""


class CreditPeople(msgspec.Struct, frozen=True, kw_only=True):
    """What people.json says of the people of a chat, by the ids of their accounts.

    `left_out` are those who are in no list; `persons` has, of each account that people.json knows, the id by which its
    person goes over all chats; `names` the name that stands there, `wishes` whether credit is wanted.
    """

    left_out: frozenset[str] = frozenset()
    persons: dict[str, str] = {}
    names: dict[str, str] = {}
    wishes: dict[str, bool] = {}


class Attendee(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who took part, with all accounts. Times are UTC milliseconds.

    `name` is empty where nobody gave one; `minutes` is None where the chat has none (see `Attendance.minutes_rule`);
    `answered` are the questions (`Q1`) to which an answer of theirs is filed; `reached` whether that is as many as the
    plan asks for, None where it asks for nothing; `tasks` are the hashtags of the tasks that they did.
    """

    id: str
    name: str
    handle: str
    host: bool
    first_at: int
    last_at: int
    posts: int
    minutes: int | None
    days: int
    answered: tuple[str, ...]
    asked: Asked
    reached: bool | None
    tasks: tuple[str, ...] = ()


class Attendance(msgspec.Struct, frozen=True, kw_only=True):
    """One chat. `starts_at` and `ends_at` are those of the plan, in UTC milliseconds; `tasks` its tasks by their
    hashtags.

    `left_out` counts the people who posted and are not in the list, `forgotten` those of them who asked to be
    forgotten: whoever reads the list has to know that it is not all.
    """

    version: int
    session: str
    title: str
    hashtags: tuple[str, ...]
    series: str
    starts_at: int
    ends_at: int
    timezone: str
    date: str
    language: str
    pace: Literal["hour", "days"]
    kind: Literal["chat", "channel"]
    rehearsal: bool
    closed: bool
    questions: tuple[str, ...]
    minutes_rule: str
    answers_rule: str
    credit: Credit | None
    people: tuple[Attendee, ...]
    left_out: int
    forgotten: int
    tasks: tuple[str, ...] = ()
