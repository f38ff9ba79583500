"""One post, sent once: whatever breaks between the desk, the hub and the network, and however often it is tried."""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.core.commands import BeginPosting, Command, Refusal, decide
from sessions.core.evolve import evolve
from sessions.core.state import Posting
from sessions.networks.account import Account, ServerAccount
from sessions.networks.mastodon.rules import RULES
from sessions.networks.poster import NotSent, Outgoing, PostingRules, Published, Unsure
from sessions.networks.registry import NETWORKS
from sessions.publishing.sender import Absent, NotPublic, PostSender, Sent, Unconfirmed, Unknown, new_key
from tests.sessions.core.building import START, Chat, judged_as
from tests.thorough import examples

Fault = str
"""What happens at a step: `ok`; `lost` (no answer, nothing done), `late` (done, no answer), `slow` (no answer, done
later), `no` (refused), `crash`."""


class Crash(BaseException):
    """The desk's process is killed."""


class Faults:
    """What goes wrong, step by step; nothing any more when they are used up."""

    def __init__(self, *planned: Fault) -> None:
        self._planned = list(planned)

    async def next(self) -> Fault:
        """The fault of this step; other tasks run in between, as they do at every await."""
        await asyncio.sleep(0)
        fault = self._planned.pop(0) if self._planned else "ok"
        if fault == "crash":
            raise Crash
        return fault

    async def after(self) -> None:
        """The desk may be killed with the answer on its way, too."""
        if self._planned and self._planned[0] == "killed":
            self._planned.pop(0)
            raise Crash


class Network:
    """A network of one account that lives in memory; `idempotent` says whether it honours keys."""

    def __init__(self, faults: Faults, *, idempotent: bool) -> None:
        self.public: list[tuple[str, str]] = []
        self.slow: list[tuple[str, str]] = []
        self.sent = 0
        self._faults = faults
        self._idempotent = idempotent

    @property
    def account(self) -> Account:
        return ServerAccount("mastodon", "school.example", "mastodon:1", "ana@school.example", posts=True)

    async def rules(self) -> PostingRules:
        return RULES

    async def send(self, post: Outgoing) -> Published:
        fault = await self._faults.next()
        self.sent += 1
        if fault == "no":
            raise NotSent("refused: no permission")
        if fault == "lost":
            raise Unsure("no answer in time")
        if fault == "slow":
            self.slow.append((post.key, post.text))
            raise Unsure("the server has a problem (504)")
        if not self._idempotent or post.key not in [key for key, _ in self.public]:
            self.public.append((post.key, post.text))
        await self._faults.after()
        if fault == "late":
            raise Unsure("no answer in time")
        return self._published(post.key)

    def time_passes(self) -> None:
        """What was at work while its sender got no answer comes out."""
        self.public += self.slow
        self.slow.clear()

    async def look_up(self, post: Outgoing) -> Published | None:
        if await self._faults.next() in ("lost", "late", "no"):
            raise Unsure("no answer in time")
        await self._faults.after()
        return self._published(post.key) if post.key in [key for key, _ in self.public] else None

    async def aclose(self) -> None:
        pass

    def _published(self, key: str) -> Published:
        number = [each for each, _ in self.public].index(key)
        return Published(f"mastodon:https://school.example/{number}", f"https://school.example/@ana/{number}")


class Hub:
    """Decides commands as the hub does, durably at once; an id that it accepted is accepted again."""

    def __init__(self, chat: Chat, faults: Faults) -> None:
        self.chat = chat
        self._faults = faults
        self._accepted: set[str] = set()

    async def command(self, command: Command, /) -> str | None:
        fault = await self._faults.next()
        if fault in ("lost", "no"):
            raise Unconfirmed("The chat's computer does not answer.")
        if command.id not in self._accepted:
            decided = decide(self.chat.state, command, by="Ana", at=self.chat.at, judge=judged_as(), networks=NETWORKS)
            if isinstance(decided, Refusal):
                return decided.refusal
            for event in decided:
                evolve(self.chat.state, event)
            self._accepted.add(command.id)
        await self._faults.after()
        if fault == "late":
            raise Unconfirmed("The chat's computer does not answer.")
        return None


class Bench:
    """A chat, a network, and a desk that can be killed and started again."""

    def __init__(self, *planned: Fault, idempotent: bool = True) -> None:
        self.faults = Faults(*planned)
        self.chat = Chat()
        self.network = Network(self.faults, idempotent=idempotent)
        self.hub = Hub(self.chat, self.faults)
        self.key = new_key()

    @property
    def posting(self) -> Posting | None:
        """The posting as the session has it."""
        return self.chat.state.postings.get(self.key)

    def desk(self) -> PostSender:
        """A desk that has just been started."""

        def postings() -> Mapping[str, Posting]:
            return self.chat.state.postings

        async def no_wait(_seconds: float) -> None:
            await asyncio.sleep(0)
            self.network.time_passes()

        return PostSender(self.hub, postings, now=lambda: START, sleep=no_wait)

    def question(self, text: str = "Q3: What about station 3?") -> BeginPosting:
        """The command that begins it."""
        return BeginPosting(
            id=new_key(), key=self.key, source="mastodon:school.example", account="ana@school.example",
            purpose="question", subject="q3", text=text,
        )  # fmt: skip


async def test_it_is_noted_sent_and_noted() -> None:
    bench = Bench()
    outcome = await bench.desk().post(bench.question(), bench.network)
    assert outcome == Sent(Published("mastodon:https://school.example/0", "https://school.example/@ana/0"))
    assert bench.posting is not None
    assert bench.posting.post == "mastodon:https://school.example/0"


async def test_the_text_that_is_sent_is_the_one_that_is_noted() -> None:
    bench = Bench()
    await bench.desk().post(bench.question("Q3:\twhat\u202e now?\x07 "), bench.network)
    assert bench.posting is not None
    assert bench.network.public == [(bench.key, bench.posting.begun.text)] == [(bench.key, "Q3: what now?")]


async def test_what_the_chat_refuses_is_not_sent() -> None:
    bench = Bench()
    bench.chat.state.rehearsal = True
    assert isinstance(await bench.desk().post(bench.question(), bench.network), NotPublic)
    assert bench.network.sent == 0


@pytest.mark.parametrize("fault", ["lost", "late"])
async def test_nothing_is_sent_before_the_hub_has_said_that_it_is_durable(fault: Fault) -> None:
    bench = Bench(fault)
    outcome = await bench.desk().post(bench.question(), bench.network)
    assert isinstance(outcome, Unknown)
    assert "Nothing was sent" in outcome.reason
    assert bench.network.sent == 0


async def test_what_the_network_refuses_is_noted_as_failed_with_its_reason() -> None:
    bench = Bench("ok", "no")
    assert await bench.desk().post(bench.question(), bench.network) == NotPublic("refused: no permission")
    assert bench.posting is not None
    assert bench.posting.failed == "refused: no permission"


@pytest.mark.parametrize("idempotent", [True, False])
async def test_after_a_timeout_it_is_looked_up_before_it_is_sent_again(idempotent: bool) -> None:
    out = Bench("ok", "late", idempotent=idempotent)
    assert isinstance(await out.desk().post(out.question(), out.network), Sent)
    assert (out.network.sent, len(out.network.public)) == (1, 1)
    missing = Bench("ok", "lost", idempotent=idempotent)
    assert isinstance(await missing.desk().post(missing.question(), missing.network), Sent)
    assert (missing.network.sent, len(missing.network.public)) == (2, 1)


async def test_what_a_server_is_still_at_work_on_when_its_gate_gives_up_is_waited_for() -> None:
    bench = Bench("ok", "slow", idempotent=False)
    assert isinstance(await bench.desk().post(bench.question(), bench.network), Sent)
    assert (bench.network.sent, len(bench.network.public)) == (1, 1)


async def test_where_the_network_does_not_answer_at_all_it_stays_unfinished() -> None:
    bench = Bench("ok", "late", *["lost"] * 4)
    assert isinstance(await bench.desk().post(bench.question(), bench.network), Unknown)
    assert bench.posting is not None
    assert bench.posting.unfinished
    assert isinstance(await bench.desk().look_up(bench.posting, bench.network), Sent)


async def test_what_the_network_never_takes_is_left_to_the_moderator() -> None:
    bench = Bench("ok", *["lost", "ok"] * 3)
    assert await bench.desk().post(bench.question(), bench.network) == Absent()
    assert bench.posting is not None
    assert await bench.desk().give_up(bench.posting, bench.network) == NotPublic("not sent")
    assert bench.posting.failed == "not sent"


async def test_a_post_that_came_back_needs_no_look_up() -> None:
    bench = Bench("ok", "late", *["lost"] * 4)
    await bench.desk().post(bench.question(), bench.network)
    post = bench.chat.post("Q3: What about station 3?", handle="ana", posting=bench.key)
    assert bench.posting is not None
    bench.network.public.clear()  # a look-up would find nothing
    assert await bench.desk().look_up(bench.posting, bench.network) == Sent(Published(post))


async def test_a_post_that_came_back_while_its_failure_is_noted_is_done() -> None:
    bench = Bench("ok", "no")
    refused = bench.network.send

    async def comes_back(post: Outgoing) -> Published:
        bench.chat.post("Q3: What about station 3?", handle="ana", posting=bench.key)
        return await refused(post)

    bench.network.send = comes_back  # type: ignore[method-assign]
    assert isinstance(await bench.desk().post(bench.question(), bench.network), Sent)


async def test_it_is_told_that_the_chat_was_closed_before_it_could_be_noted() -> None:
    bench = Bench()
    sending = bench.network.send

    async def closes(post: Outgoing) -> Published:
        bench.chat.state.closed_at = START
        return await sending(post)

    bench.network.send = closes  # type: ignore[method-assign]
    outcome = await bench.desk().post(bench.question(), bench.network)
    assert isinstance(outcome, Sent)
    assert not outcome.noted


async def test_two_presses_send_it_once() -> None:
    bench = Bench()
    desk, question = bench.desk(), bench.question()
    outcomes = await asyncio.gather(desk.post(question, bench.network), desk.post(question, bench.network))
    assert [type(outcome) for outcome in outcomes] == [Sent, Unknown]
    assert len(bench.network.public) == 1


async def test_an_unfinished_one_is_worked_on_by_one_at_a_time() -> None:
    bench = Bench("ok", "late", *["lost"] * 4)
    desk = bench.desk()
    await desk.post(bench.question(), bench.network)
    assert bench.posting is not None
    bench.network.public.clear()
    both = (desk.send_again(bench.posting, bench.network), desk.send_again(bench.posting, bench.network))
    outcomes = await asyncio.gather(*both)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Sent", "Unknown"]
    assert len(bench.network.public) == 1


FAULTS = st.lists(st.sampled_from(["ok", "ok", "lost", "late", "no", "crash", "killed"]), max_size=40)


@given(FAULTS, st.booleans(), st.lists(st.sampled_from(["look_up", "send_again", "give_up"]), max_size=6))
@settings(max_examples=examples(400), deadline=None)
def test_it_is_never_public_twice_and_always_done_failed_or_to_be_looked_up(
    planned: list[Fault], idempotent: bool, moderator: list[str]
) -> None:
    """The desk is killed at any await and restarted, and its moderator does what can be done with an unfinished one."""
    asyncio.run(_live(Bench(*planned, idempotent=idempotent), moderator))


async def _live(bench: Bench, moderator: list[str]) -> None:
    await _until_killed(bench.desk().post(bench.question(), bench.network))
    for act in moderator:
        if bench.posting is not None and bench.posting.unfinished:
            await _until_killed(getattr(bench.desk(), act)(bench.posting, bench.network))
        _check(bench)
    bench.faults = bench.network._faults = bench.hub._faults = Faults()
    _check(bench)
    if bench.posting is not None and bench.posting.unfinished:
        assert isinstance(await bench.desk().send_again(bench.posting, bench.network), Sent)
        assert len(bench.network.public) == 1
    _check(bench)


def _check(bench: Bench) -> None:
    posting, public = bench.posting, len(bench.network.public)
    assert public <= 1
    if posting is None or posting.failed is not None:
        assert public == 0
    elif not posting.unfinished:
        assert public == 1


async def _until_killed(work: Any) -> None:
    with contextlib.suppress(Crash):
        await work
