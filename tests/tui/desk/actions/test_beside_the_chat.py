"""What a desk does beside the chat, without a screen: exchanging, lending, what reading costs, posting."""

from collections.abc import AsyncGenerator, Sequence
from typing import Any

import pytest

from sessions.core.commands import AllowSpending, Command
from sessions.core.events import AnyEvent, SourceChanged, SpendingReserved
from sessions.hub.client.client import Accepted, HubUpdate, Refusal, Unsaved
from tests.sessions.core.building import Chat, a_plan
from tests.tui.desk.desk_stand_in import DeskStandIn
from tests.tui.networks import ANA, Networks
from tui.desk.actions.elsewhere.exchange import ExchangeActions
from tui.desk.actions.elsewhere.lending import LendingActions
from tui.desk.actions.publishing.posting import PublishingActions
from tui.desk.actions.replaying import ReplayingActions
from tui.desk.actions.sources import STANDS_STILL, SourceActions
from tui.dialogs.ask import AskDialog


class NoHub:
    """A hub that has nothing to tell and takes every command."""

    async def follow(self) -> AsyncGenerator[HubUpdate, None]:
        nothing: tuple[HubUpdate, ...] = ()
        for update in nothing:
            yield update

    async def command(self, command: Command) -> Accepted | Refusal | Unsaved:
        return Accepted(1)

    async def saved(self) -> Sequence[Any]:
        return ()

    async def events(self, session_id: str) -> Sequence[AnyEvent]:
        return ()


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ("observer", "You are looking on: only moderators can do that."),
        ("moderator", "Nothing to exchange: the chat's computer has all chats that are saved here."),
    ],
)
async def test_a_desk_without_chats_of_its_own_says_why_it_exchanges_nothing(scope: str, words: str) -> None:
    port = DeskStandIn(scope=scope)
    actions = ExchangeActions(port, None)
    actions.exchange()
    await actions.offer()
    assert (port.said, port.work) == ([words], [])


async def test_without_accounts_nothing_is_lent() -> None:
    port = DeskStandIn()
    LendingActions(port, None).lend()
    assert port.said == ["There is no live chat here to read with a sign-in."]


async def test_where_no_chat_is_saved_none_is_replayed() -> None:
    port = DeskStandIn()
    ReplayingActions(port, NoHub()).replay()
    await port.finish()
    assert (port.said, port.requested) == (["No chat that has ended is saved there yet."], [])


def near_its_ceiling() -> Chat:
    """A chat whose reading of X has cost four of five dollars."""
    chat = Chat()
    chat.hear(SourceChanged, source="x", status="asks: $4.00 of $5.00 spent", cursor=None, spent=4000)
    return chat


@pytest.mark.parametrize("agreed", [True, False])
async def test_the_driver_is_asked_once_whether_reading_may_cost_more(agreed: bool) -> None:
    port = DeskStandIn(chat=near_its_ceiling(), answers=[agreed])
    actions = SourceActions(port, lambda: "", port.send)
    actions.tick()
    actions.tick()
    await port.finish()
    (dialog,) = port.dialogs
    assert isinstance(dialog, AskDialog)
    assert [type(command) for command in port.sent_commands] == ([AllowSpending] if agreed else [])
    assert agreed or port.warned[0].endswith("<sources> allows more.")


async def test_the_driver_is_asked_where_reading_stands_still_for_what_a_desk_that_is_gone_put_aside() -> None:
    chat = Chat(a_plan(ceiling=0.5))
    hear_reserved(chat, "one")
    port = DeskStandIn(chat=chat)
    actions = SourceActions(port, lambda: "", port.send)
    for seconds in (0, STANDS_STILL - 1):
        port.pace.advance(seconds)
        actions.tick()
    chat.hear(SpendingReserved, source="x", key="one", most=0)
    actions.tick()
    hear_reserved(chat, "two")
    for seconds in (1, STANDS_STILL - 1):
        port.pace.advance(seconds)
        actions.tick()
    await port.finish()
    assert not port.dialogs, "a look-up takes no longer"
    port.answers.append(True)
    port.pace.advance(1)
    actions.tick()
    await port.finish()
    (dialog,) = port.dialogs
    assert isinstance(dialog, AskDialog)
    assert "$0.50 of $0.50, with what look-ups put aside." in str(dialog.words[0])
    assert isinstance(port.command, AllowSpending)


async def test_who_said_no_while_reading_stood_still_is_asked_again_when_that_much_is_spent() -> None:
    chat = Chat(a_plan(ceiling=0.5))
    hear_reserved(chat, "one")
    port = DeskStandIn(chat=chat, answers=[False])
    actions = SourceActions(port, lambda: "", port.send)
    for seconds in (0, STANDS_STILL, STANDS_STILL):
        port.pace.advance(seconds)
        actions.tick()
    await port.finish()
    assert (len(port.dialogs), port.sent_commands) == (1, [])
    chat.hear(SpendingReserved, source="x", key="one", most=0)
    chat.hear(SourceChanged, source="x", status="asks: $0.40 of $0.50 spent", cursor=None, spent=400)
    port.answers.append(True)
    actions.tick()
    await port.finish()
    assert isinstance(port.command, AllowSpending)


def hear_reserved(chat: Chat, key: str) -> None:
    """Half of what reading X may cost is spent, the other half put aside."""
    chat.hear(SpendingReserved, source="x", key=key, most=250)
    status = "asks: $0.50 of $0.50 spent or put aside"
    chat.hear(SourceChanged, source="x", status=status, cursor=None, spent=250)


async def test_a_desk_that_may_post_is_offered_the_open_question_and_says_as_whom_it_posts() -> None:
    port = DeskStandIn()
    accounts = Networks().posting_accounts(ANA)
    actions = PublishingActions(port, accounts, NoHub(), lambda refusal: refusal.refusal)
    await actions.learn_accounts()
    assert actions.words() in (
        "Nothing can be posted from this desk; <script> says why.",
        f"This desk posts as {ANA.name}.",
    )
    await accounts.aclose()


async def test_there_is_nothing_to_post_again_before_a_question_is_open() -> None:
    port = DeskStandIn()
    accounts = Networks().posting_accounts()
    PublishingActions(port, accounts, NoHub(), lambda refusal: refusal.refusal).post_question_again()
    assert port.said == ["No question is open yet."]
    await accounts.aclose()
