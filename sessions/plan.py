"""The plan: what a moderator writes before the chat."""

import datetime

import msgspec


class Question(msgspec.Struct, frozen=True):
    """One item of the queue. `id` never changes; `label` is what is typed behind Q (`1`, `0`, `3a`, `2.1`)."""

    id: str
    label: str
    text: str
    minutes: float
    notes: str = ""

    @property
    def seconds(self) -> int:
        """How long the question is meant to stay open."""
        return round(self.minutes * 60)


class Host(msgspec.Struct, frozen=True):
    """Who runs the chat. A handle is `network:handle`, or bare where it holds on every network."""

    name: str
    handles: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """A decoded plan in which every default is filled in, so that later defaults do not change an old session.

    `starts` is the wall time in `timezone` (an IANA name), `starts_at` the same instant in UTC milliseconds;
    `minutes`, `introductions` and `close` are minutes; `script` has the keys welcome, format, introduce,
    heads_up, thanks, next_time and saved.
    """

    title: str
    hashtags: tuple[str, ...]
    series: str
    starts: datetime.datetime
    starts_at: int
    timezone: str
    minutes: float
    introductions: float
    close: float
    sources: tuple[str, ...]
    hosts: tuple[Host, ...]
    questions: tuple[Question, ...]
    script: dict[str, str]
