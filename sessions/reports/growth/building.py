"""The growth of a series, from its folded chats and the people of the library."""

import datetime
import statistics
from collections.abc import Iterable, Iterator, Sequence

from sessions.core.people import PersonRecord, Register
from sessions.core.state import SessionState
from sessions.reports.growth.attendance import Attendance, Attendee
from sessions.reports.growth.channel import ChannelPosts
from sessions.reports.growth.groups import grouped
from sessions.reports.growth.model import ChannelGrowth, Groups, Growth, SessionGrowth, TaskDone

_GROUPED = ("school", "level")

Chats = Iterable[tuple[str, SessionState]]
"""The chats of one series by their ids, earliest first, each once, and the months of its channel among them."""


def growth(
    series: str,
    chats: Chats,
    people: Register,
    *,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> Growth:
    """The numbers of the chats between the two dates (both included).

    Earlier chats count only for who was there before, later ones not at all. Rehearsals and chats in which nobody
    posted are passed over. Each state is let go before the next is asked for. `people` is not changed.
    """
    taken: list[Attendance] = []
    read: list[ChannelPosts] = []
    posts: set[str] = set()
    register = people.rebuilt(_noting(chats, taken, read, posts, until))
    months = [month for one in read if (month := one.besides(posts)).posts]
    months.sort(key=lambda one: one.month.first)
    in_order = sorted(taken, key=lambda chat: (chat.starts_at, chat.id))
    return _Series(in_order, months, register, people).growth(series, since, until)


def _noting(
    chats: Chats, taken: list[Attendance], months: list[ChannelPosts], posts: set[str], until: datetime.date | None
) -> Iterator[tuple[str, SessionState]]:
    """The chats that count, for the register; what growth needs of them goes into `taken`, their posts into `posts`,
    and into `months` what it needs of the channel."""
    for session, state in chats:
        if state.channel:
            month = ChannelPosts.of(state)
            if month is not None and month.posts:
                months.append(month)
                yield session, state
            continue
        posts.update(state.posts)
        chat = Attendance.of(session, state)
        if chat is not None and (until is None or chat.date <= until):
            taken.append(chat)
            yield session, state


class _Series:
    """All chats, earliest first, and who of their accounts is who."""

    def __init__(
        self, chats: Sequence[Attendance], months: Sequence[ChannelPosts], register: Register, people: Register
    ) -> None:
        self._chats = chats
        self._months = months
        self._people = people
        self._records = list(register)
        self._numbers = {account: number for number, one in enumerate(self._records) for account in one.ids}
        muted = {number for number, one in enumerate(self._records) if one.muted and "muted" in one.written}
        self._seen = [chat.persons(self._numbers.__getitem__) for chat in chats]
        self._present = [
            {number for number, one in seen.items() if not one.muted and number not in muted} for seen in self._seen
        ]
        self._came = [
            {number for number in present if not seen[number].host}
            for seen, present in zip(self._seen, self._present, strict=True)
        ]
        self._new: list[set[int]] = []
        before: set[int] = set()
        for seen, came in zip(self._seen, self._came, strict=True):
            self._new.append({number for number in came if seen[number].newcomer and number not in before})
            before |= seen.keys()

    def growth(self, series: str, since: datetime.date | None, until: datetime.date | None) -> Growth:
        places = [place for place, chat in enumerate(self._chats) if since is None or chat.date >= since]
        came = set[int]().union(*(self._came[place] for place in places))
        new = set[int]().union(*(self._new[place] for place in places))
        months = [found for one in self._months if (found := one.within(since, until)).posts]
        active = set[int]().union(*(self._persons(who for _, who, _ in one.posts) for one in months))
        directory = {field: [getattr(one, field) for one in self._people if not one.host] for field in _GROUPED}
        return Growth(
            series=series,
            since=since.isoformat() if since else None,
            until=until.isoformat() if until else None,
            people=len(came),
            first_timers=len(new),
            came_back=sum(len(self._came_back(place)) for place in places),
            sessions=tuple(self._session(place) for place in places),
            schools=grouped(self._told("school", came), directory["school"]),
            levels=grouped(self._told("level", came), directory["level"]),
            channel=tuple(self._month(one) for one in months),
            channel_people=len(active),
            channel_schools=grouped(self._told("school", active), directory["school"]) if months else Groups(),
            channel_levels=grouped(self._told("level", active), directory["level"]) if months else Groups(),
        )

    def _persons(self, accounts: Iterable[str]) -> set[int]:
        """Who has these accounts, by number."""
        return {self._numbers[account] for account in set(accounts) if account in self._numbers}

    def _month(self, month: ChannelPosts) -> ChannelGrowth:
        return ChannelGrowth(
            month=f"{month.month.first:%Y-%m}",
            posts=len(month.posts),
            people=len(self._persons(who for _, who, _ in month.posts)),
            first_seen=len(self._persons(month.new)),
        )

    def _between(self, place: int) -> int | None:
        """Who posted in the channel between the chat before and this one."""
        if not self._months or not place:
            return None
        since, until = self._chats[place - 1].starts_at, self._chats[place].starts_at
        return len(self._persons(who for month in self._months for who in month.between(since, until)))

    def _session(self, place: int) -> SessionGrowth:
        chat, came, new = self._chats[place], self._came[place], self._new[place]
        seen = self._seen[place]
        greetable = new if chat.watched else ()
        wanted = [seen[number] for number in greetable if seen[number].says_new or not (chat.first or place == 0)]
        waits = sorted(_waits(wanted))
        filed = sum(question.answers for question in chat.questions)
        return SessionGrowth(
            id=chat.id,
            date=chat.date.isoformat(),
            title=chat.title,
            starts_at=chat.starts_at,
            closed=chat.closed,
            first_chat=place == 0,
            days=(chat.date - self._chats[place - 1].date).days if place else None,
            people=len(came),
            first_timers=len(new),
            returning=len(came) - len(new),
            came_back=len(self._came_back(place)) if place + 1 < len(self._chats) else None,
            later=tuple(len(new & present) for present in self._present[place + 1 :]),
            questions=chat.questions,
            answers=chat.answers,
            answers_per_question=round(filed / len(chat.questions), 2) if chat.questions else None,
            newcomers=len(wanted),
            greeted=len(waits),
            greeted_share=round(len(waits) / len(wanted), 4) if wanted else None,
            median_wait=round(statistics.median(waits), 1) if waits else None,
            never_noticed=sum(not seen[number].noticed for number in came),
            between=self._between(place),
            tasks=tuple(TaskDone(tag, sum(tag in seen[number].tasks for number in came)) for tag in chat.tasks),
        )

    def _came_back(self, place: int) -> set[int]:
        """The first-timers of the chat who were in a later one, be it as hosts."""
        return self._new[place] & set[int]().union(*self._present[place + 1 :])

    def _told(self, field: str, came: set[int]) -> list[str]:
        """The school or the level of each; where these chats do not tell, what another series or a directory told."""
        known: dict[str, PersonRecord] = {account: one for one in self._people for account in one.ids}
        found = []
        for number in came:
            record = self._records[number]
            elsewhere = (getattr(known[account], field) for account in record.ids if account in known)
            found.append(getattr(record, field) or next(filter(None, elsewhere), ""))
        return found


def _waits(people: Iterable[Attendee]) -> Iterator[float]:
    """The seconds that those waited who were greeted."""
    return ((one.greeted_at - one.first_at) / 1000 for one in people if one.greeted_at is not None)
