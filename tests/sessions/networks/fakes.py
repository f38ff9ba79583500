"""A clock that stands still until somebody sleeps, and the session around a source."""

import asyncio
import datetime
from collections.abc import Callable

from sessions.core.events import AnyEvent, PostSeen, QuestionAsked, SessionClosed, SessionOpened
from sessions.core.plan import Host, Plan, Question
from sessions.core.posts import Post
from sessions.networks.source import NewPost, ResumePoint, Source

QUESTIONS = (
    "What does the first station in your room look like?",
    "How do you decide who works with whom?",
    "How do you keep the groups on task while you teach one of them?",
    "Where do stations go wrong?",
    "Which tools are worth their price?",
    "What will you try on Monday?",
)
START = 1_800_000_000_000


def make_plan(*questions: str, minutes: float = 8.3, introductions: float = 8, hosts: tuple[Host, ...] = ()) -> Plan:
    return Plan(
        title="Stations that work",
        hashtags=("navasotaisd",),
        series="navasotaisd",
        starts=datetime.datetime(2026, 12, 1, 19),  # noqa: DTZ001 - a plan has the time on the wall
        starts_at=START,
        timezone="America/Chicago",
        minutes=60,
        introductions=introductions,
        close=2,
        sources=("practice",),
        hosts=hosts,
        questions=tuple(
            Question(id=f"q{number}", label=str(number), text=text, minutes=minutes)
            for number, text in enumerate(questions or QUESTIONS, start=1)
        ),
        script={},
    )


class Clock:
    """Time that passes only while a source sleeps."""

    def __init__(self, at: int = START) -> None:
        self.at = float(at)

    def now(self) -> int:
        return round(self.at)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.at += seconds * 1000


class Session:
    """What the hub does for a source, as far as the source can tell: it numbers events and tells them."""

    def __init__(self, source: Source, plan: Plan, clock: Clock) -> None:
        self.source = source
        self.clock = clock
        self.events: list[AnyEvent] = []
        self.posts: list[Post] = []
        self.batches: list[list[Post]] = []
        self.statuses: list[str] = []
        self.add(SessionOpened, plan=plan, schema=1, rehearsal=True)

    def add(self, event_type: type[AnyEvent], by: str | None = None, **fields: object) -> None:
        event = event_type(seq=len(self.events) + 1, at=self.clock.now(), by=by, command=None, **fields)
        self.events.append(event)
        self.source.on_event(event)

    def ask(self, question: str, by: str | None = None) -> None:
        self.add(QuestionAsked, by, question=question, seconds=480)

    def close(self) -> None:
        self.add(SessionClosed)

    async def run(
        self, on_post: Callable[[Post], bool | None] | None = None, resume: ResumePoint | None = None
    ) -> None:
        """Read until the source ends, or until `on_post` says True."""
        async for delivery in self.source.read(resume or ResumePoint()):
            self.statuses.append(delivery.status)
            batch = [item.post for item in delivery.items if isinstance(item, NewPost)]
            self.batches.append(batch)
            for post in batch:
                self.posts.append(post)
                self.add(PostSeen, post=post, kind="aside", filed=None, newcomer=False)
            if on_post is not None and [post for post in batch if on_post(post)]:
                return

    def restart(self, source: Source) -> "Session":
        """The same session in a hub that was killed and comes back with `source`."""
        again = Session.__new__(Session)
        again.source, again.clock, again.events = source, self.clock, list(self.events)
        again.posts, again.batches, again.statuses = [], [], []
        for event in self.events:
            source.on_event(event)
        return again
