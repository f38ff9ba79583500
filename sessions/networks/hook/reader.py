"""What other programs post to a port of this computer, as it comes; an answer says that it is saved."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Container
from dataclasses import dataclass

from sessions.core.events import AnyEvent, PostSeen
from sessions.core.plan import Host
from sessions.networks.account import SignIns
from sessions.networks.hook.account import CALLED, HOST, NAME, PORT, port_of, source_problem
from sessions.networks.hook.entrance import Answer, Bucket, Head, Limits, allowed, refused
from sessions.networks.hook.listener import listening
from sessions.networks.hook.payloads import Junk, read_payload
from sessions.networks.hook.posts import Repeats
from sessions.networks.source import Delivery, NewPost, ResumePoint, SourceError
from sessions.networks.timing import Now, Sleep, wall_clock

LIMITS = Limits()
"""Those of a real chat; tests take smaller ones."""

MOST_WAITING = 2_000
"""Messages that wait to be saved; a disk that does not keep up is told to the sender."""

_LOOK_EVERY = 2.0
"""Seconds between two looks whether there is a token now."""

_TAKEN_WAIT = 5.0
"""Seconds until a port that another program has is tried again."""


@dataclass(frozen=True)
class _Waiting:
    """What came in one request and is not saved yet; `saved` is set then."""

    items: tuple[NewPost, ...]
    saved: "asyncio.Future[None]"


class HookSource:
    """Takes what is posted with the token that `sign_ins` has. Raises `SourceError` where `name` is no source of it."""

    rehearsal = False
    hosts: tuple[Host, ...] = ()
    regulars: Container[str] = frozenset()

    def __init__(
        self, name: str, sign_ins: SignIns, *, now: Now = wall_clock, sleep: Sleep = asyncio.sleep,
        limits: Limits = LIMITS,
    ) -> None:  # fmt: skip
        port = port_of(name)
        if port is None:
            raise SourceError(source_problem(name))
        self.name = name
        self.listens_at: int | None = None
        """The port at which it listens now."""
        self._port = port
        self._sign_ins = sign_ins
        self._now = now
        self._sleep = sleep
        self._limits = limits
        self._repeats = Repeats()
        self._waiting: list[_Waiting] = []
        self._news = asyncio.Event()
        self._came = False
        self._turned_away: dict[str, None] = {}
        self._bucket = Bucket(limits.burst, limits.a_second, time.monotonic)
        self._wrong = Bucket(limits.wrong, 1.0, time.monotonic)

    def on_event(self, event: AnyEvent) -> None:
        """Learn what the session has, so that what is told again after a restart is known."""
        if isinstance(event, PostSeen) and event.post.author.network == NAME:
            self._repeats.remember(event.post)
            self._came = True

    def wake(self) -> None:
        """A sign-in came or went."""
        self._news.set()

    async def read(self, _resume: ResumePoint) -> AsyncGenerator[Delivery, None]:
        """Listen until cancelled; what is not saved by then gets no answer."""
        while True:
            try:
                async with (
                    listening(self._port, self._limits, self._refuse, self._take) as port,
                    contextlib.aclosing(self._deliveries(port)) as deliveries,
                ):
                    async for delivery in deliveries:
                        yield delivery
            except OSError as error:
                why = f"{error.strerror}: end what uses it, or write another in the plan, such as hook:{PORT + 1}"
                yield Delivery(status=f"port {self._port} is taken", details=(why,))
                await self._sleep(_TAKEN_WAIT)

    async def _deliveries(self, port: int) -> AsyncGenerator[Delivery, None]:
        told: Delivery | None = None
        self.listens_at = port
        self._waiting = []
        while True:
            self._news.clear()
            came, self._waiting = self._waiting, []
            items = tuple(item for one in came for item in one.items)
            self._came = self._came or bool(items)
            how = self._how(port)
            if items or how != told:
                told = how
                yield Delivery(items, how.status, details=how.details, called=CALLED, current=True)
            for one in came:
                if not one.saved.done():
                    one.saved.set_result(None)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_EVERY):
                    await self._news.wait()

    def _how(self, port: int) -> Delivery:
        """How it fares: where it listens as long as nothing came, and that something was turned away."""
        details = [f"listens at http://{HOST}:{port}/post for what other programs post", *self._turned_away]
        if not self._token():
            return Delivery(status=f"signed out: lunchroom login {NAME}", details=tuple(details))
        return Delivery(status="ok" if self._came else f"ok, listens at {HOST}:{port}", details=tuple(details))

    def _token(self) -> str:
        account = self._sign_ins.find(NAME)
        return "" if account is None else account.secret.token

    def _refuse(self, head: Head) -> Answer | None:
        answer = refused(head, self._token())
        if answer is not None and answer.status == 401:
            self._turned_away["turned away: a post with a wrong token"] = None
            if not self._wrong.take():
                return Answer(429, "Too many wrong tokens: wait a second.", (("Retry-After", "1"),))
        return answer

    async def _take(self, head: Head, body: bytes) -> Answer:
        seen = allowed(head)
        if not self._bucket.take():
            return Answer(429, "Too many requests: wait a second.", (*seen, ("Retry-After", "1")))
        try:
            said = read_payload(body, head.headers.get("content-type", ""))
        except Junk as error:
            self._turned_away["turned away: a post in which nothing is known"] = None
            return Answer(422, str(error), seen)
        if sum(len(one.items) for one in self._waiting) + len(said) > MOST_WAITING:
            return Answer(
                503, "The chat cannot be saved as fast as that: wait a second.", (*seen, ("Retry-After", "1"))
            )
        if not said:
            return Answer(200, "Nothing was said in it.", seen)
        now = self._now()
        items = tuple(NewPost(self._repeats.post(one, now)) for one in said)
        waiting = _Waiting(items, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._news.set()
        await waiting.saved
        return Answer(200, "Taken.", seen)
