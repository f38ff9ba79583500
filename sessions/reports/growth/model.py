"""The growth of a series as a value; its JSON form is documented (docs/use/growth.md), so fields are only added.

Numbers and the names of schools and levels, never anything of a person.
"""

import msgspec

VERSION = 1
"""The version of the JSON and CSV forms: it grows when a field changes its meaning or goes."""


class QuestionAnswers(msgspec.Struct, frozen=True):
    """A question that was asked or answered, and how many answers are filed under it, as the desk counted them."""

    id: str
    label: str
    answers: int


class TaskDone(msgspec.Struct, frozen=True):
    """A task of a chat, by the hashtag that was looked up (without `#`), and how many people did it."""

    tag: str
    people: int


class SessionGrowth(msgspec.Struct, frozen=True, kw_only=True):
    """One chat. `people` and all counts of people are without hosts and whoever is muted; joined accounts are one.

    `starts_at` is UTC milliseconds, `date` that of the plan's timezone, `days` the days since the chat before it (none
    for the first). `came_back` counts the first-timers seen in any later chat, `later[0]` those in the next one; none
    and empty for the latest. `newcomers` are the first-timers to be greeted, `median_wait` the seconds from their first
    post to the greeting, of those `greeted`. Shares and means are none where there is nothing to divide by. `between`
    are the people who posted in the channel since the chat before, none for the first and where there is no channel.
    """

    id: str
    date: str
    title: str
    starts_at: int
    closed: bool
    first_chat: bool
    days: int | None
    people: int
    first_timers: int
    returning: int
    came_back: int | None
    later: tuple[int, ...]
    questions: tuple[QuestionAnswers, ...]
    answers: int
    answers_per_question: float | None
    newcomers: int
    greeted: int
    greeted_share: float | None
    median_wait: float | None
    never_noticed: int
    between: int | None = None
    tasks: tuple[TaskDone, ...] = ()


class ChannelGrowth(msgspec.Struct, frozen=True, kw_only=True):
    """A month of the channel, `2026-12`: its posts, the people who wrote them, and how many of these were first seen
    there. Hosts and whoever is muted are in none of it."""

    month: str
    posts: int
    people: int
    first_seen: int


class Group(msgspec.Struct, frozen=True):
    """A school or a level of which at least five people came, and how many."""

    name: str
    people: int


class Groups(msgspec.Struct, frozen=True, kw_only=True):
    """The people by school or level; they add up to all people.

    `not_known` are those of whom it is not known, `others` those of small groups; none where there are none or they are
    in `others`. `hardly_reached` names groups that people.json knows five or more people of and fewer than five came.
    """

    groups: tuple[Group, ...] = ()
    not_known: int | None = None
    others: int | None = None
    hardly_reached: tuple[str, ...] = ()


class Growth(msgspec.Struct, frozen=True, kw_only=True, rename={"since": "from", "until": "to"}):
    """A series between two dates (`2025-12-01`, both included; none: without limit), earliest chat first.

    `people` are all who came, each once; `first_timers` those of them whose first chat is among these, and `came_back`
    the first-timers who were in a second one. `channel` has the months in which something was posted between the chats,
    `channel_people` who did, each once, and where they teach.
    """

    series: str
    since: str | None
    until: str | None
    people: int
    first_timers: int
    came_back: int
    sessions: tuple[SessionGrowth, ...]
    schools: Groups
    levels: Groups
    channel: tuple[ChannelGrowth, ...] = ()
    channel_people: int = 0
    channel_schools: Groups = Groups()
    channel_levels: Groups = Groups()
    version: int = VERSION
