"""The built-in cast as a source: invented teachers and hosts who answer the plan's own questions as they are asked."""

import asyncio
from collections.abc import AsyncGenerator, Container

import msgspec

from sessions.core.events import AnyEvent, PostSeen
from sessions.core.evolve import evolve
from sessions.core.plan import Host, Plan, Question
from sessions.core.posts import Author
from sessions.core.state import SessionState
from sessions.networks.source import Delivery, NewPost, ResumePoint
from sessions.networks.timing import Now, Sleep, wall_clock
from sessions.rehearsal.cast_scene import MINUTE, Line, author_named, author_of
from sessions.rehearsal.cast_script import Script
from sessions.rehearsal.cast_text import material
from sessions.rehearsal.pace import Pace
from sessions.rehearsal.recording import NETWORK

_OPENING, _CLOSING = "open", "close"


class _Running(msgspec.Struct):
    """A scene that has begun at `at` (UTC milliseconds), which is the chat time `base`."""

    lines: list[Line]
    at: int
    base: float = 0.0


class CastSource:
    """Re-enacts a chat that has not been: it hears which question is asked and lets the cast answer it.

    Everything it posts is the same for the same plan and seed, and has the same id, so that after a restart it goes
    on behind what the session already holds. With `follow` its hosts ask the questions themselves, at the plan's pace.
    """

    name = NETWORK
    rehearsal = True

    def __init__(
        self,
        plan: Plan,
        *,
        speed: float = 1.0,
        follow: bool = False,
        seed: int = 0,
        now: Now = wall_clock,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._plan = plan
        self._speed = speed
        self._follow = follow
        self._now = now
        self._sleep = sleep
        accounts = _host_accounts(plan)
        self.hosts = tuple(Host(name=account.name, handles=(account.id,)) for account in accounts)
        cast = material(plan.spoken.code)
        known = [author_of(teacher) for teacher in cast.teachers if not teacher.newcomer]
        known.append(author_named(cast.spam.name, cast.spam.handle))
        self.regulars: Container[str] = frozenset(author.id for author in known)
        self._script = Script(plan, accounts, seed)
        self._state = SessionState()
        self._scenes: dict[str, _Running] = {}
        self._delivered: set[str] = set()
        self._last_delivery: int | None = None
        self._pace: Pace | None = None
        self._wake = asyncio.Event()

    def on_event(self, event: AnyEvent) -> None:
        """Hear of the session; a question that is asked begins its scene, an ask that is undone ends it."""
        evolve(self._state, event)
        if isinstance(event, PostSeen):
            if event.post.author.network == NETWORK:
                self._delivered.add(event.post.id)
                self._last_delivery = event.at
            return
        asked = {opening.question: opening.at for opening in reversed(self._state.openings)}
        for question in [name for name in self._scenes if name not in (*asked, _OPENING, _CLOSING)]:
            if not self._follow:
                del self._scenes[question]
        for question, at in reversed(asked.items()):
            if question not in self._scenes:
                self._begin_question(question, at)
        self._wake.set()

    async def read(self, resume: ResumePoint) -> AsyncGenerator[Delivery, None]:
        """Deliver what is due, now and as the chat goes on; ends when the session is closed or all has been said."""
        self._pace = pace = Pace(self._speed, self._now, self._sleep)
        self._scenes.setdefault(_OPENING, _Running(self._script.opening(), self._state.opened_at or self._now()))
        self._rebase()
        while self._state.closed_at is None:
            self._wake.clear()
            self._ask_by_plan(pace)
            due = self._next_due(resume.known)
            if due is None:
                if self._follow and _CLOSING in self._scenes:
                    break
                await self._wake.wait()
            elif await pace.until(due, self._wake):
                yield Delivery(items=self._take(pace.elapsed(), resume.known))
        yield Delivery(status="finished")

    def _rebase(self) -> None:
        """Place the scenes on the new pace: the chat stood still from the last delivery until now."""
        stood = self._last_delivery
        for scene in self._scenes.values():
            scene.base = min(0.0, (scene.at - stood) * self._speed) if stood is not None else 0.0

    def _begin_question(self, name: str, at: int) -> None:
        question = self._question(name)
        if question is None:
            return
        order = list(self._state.order) or [planned.id for planned in self._plan.questions]
        left = [other for other in order if other not in self._scenes and other != name]
        place = len([other for other in self._scenes if other not in (_OPENING, _CLOSING)])
        base = self._pace.elapsed() if self._pace is not None else 0.0
        self._scenes[name] = _Running(self._script.asked(question, place, len(left)), at, base)
        self._scenes.pop(_CLOSING, None)
        if not [other for other in left if other not in self._state.skipped]:
            wait = question.minutes * MINUTE
            later = [msgspec.structs.replace(line, after=line.after + wait) for line in self._script.closing()]
            self._scenes[_CLOSING] = _Running(later, at, base)

    def _question(self, name: str) -> Question | None:
        planned = {question.id: question for question in self._plan.questions}
        return self._state.questions.get(name) or planned.get(name)

    def _ask_by_plan(self, pace: Pace) -> None:
        """With `follow`, begin the next question when the plan's time for the present one is over."""
        if self._follow:
            due, name = self._next_by_plan()
            if name is not None and due <= pace.elapsed():
                self._begin_question(name, self._now())

    def _next_by_plan(self) -> tuple[float, str | None]:
        order = list(self._state.order) or [planned.id for planned in self._plan.questions]
        waiting = [name for name in order if name not in self._scenes and name not in self._state.skipped]
        begun = [(scene.base, name) for name, scene in self._scenes.items() if name not in (_OPENING, _CLOSING)]
        if not begun:
            base = self._scenes[_OPENING].base
            return base + self._plan.introductions * MINUTE, waiting[0] if waiting else None
        base, last = max(begun)
        question = self._question(last)
        return base + (question.minutes if question else 0) * MINUTE, waiting[0] if waiting else None

    def _next_due(self, known: Container[str]) -> float | None:
        due = [scene.base + line.after for scene in self._scenes.values() for line in self._left(scene, known)]
        if self._follow:
            at, name = self._next_by_plan()
            due += [at] if name is not None else []
        return min(due, default=None)

    def _take(self, elapsed: float, known: Container[str]) -> tuple[NewPost, ...]:
        due = [
            (scene.base + line.after, line.post)
            for scene in self._scenes.values()
            for line in self._left(scene, known)
            if scene.base + line.after <= elapsed
        ]
        due.sort(key=lambda pair: pair[0])
        self._delivered.update(post.id for _, post in due)
        if due:
            self._last_delivery = self._now()
        return tuple(NewPost(msgspec.structs.replace(post, posted_at=self._now())) for _, post in due)

    def _left(self, scene: _Running, known: Container[str]) -> list[Line]:
        return [line for line in scene.lines if line.post.id not in self._delivered and line.post.id not in known]


def _host_accounts(plan: Plan) -> tuple[Author, Author]:
    """Two accounts to speak for the hosts: the plan's under their own names and handles, else the invented ones."""
    accounts = [author_named(host.name, _own_handle(host)) for host in plan.hosts if _own_handle(host)]
    accounts += [author_named(host.name, host.handle) for host in material(plan.spoken.code).hosts]
    return accounts[0], accounts[1]


def _own_handle(host: Host) -> str:
    """The host's first handle without its network, else their name as a handle."""
    handle = host.handles[0] if host.handles else "".join(host.name.split())
    network, colon, rest = handle.partition(":")
    return (rest if colon and "@" not in network else handle).lstrip("@")
