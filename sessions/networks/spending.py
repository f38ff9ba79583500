"""What reading a network that is paid for costs: how it stands, what is expected, and how amounts are written. Pure."""

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from sessions.core.state import SessionState

ASK_FROM = 0.8
"""The share of what reading may cost from which the driver is asked whether to go on."""

ASKS = "asks: "
"""How the status of a source begins that reads nothing until the driver allows more, or less is put aside."""


class Spending(msgspec.Struct, frozen=True):
    """What reading has cost and may cost, in thousandths of a dollar; `reserved` is put aside for what moderators look
    up now, of which most is free again in a moment."""

    spent: int
    ceiling: int
    reserved: int = 0

    @property
    def asks(self) -> bool:
        """Whether the driver is to be asked to go on or not."""
        return self.spent >= self.ceiling * ASK_FROM

    @property
    def taken(self) -> int:
        """What may not be spent once more."""
        return self.spent + self.reserved

    @property
    def left(self) -> int:
        """What may be spent before the driver is asked, and of what is not put aside; never negative."""
        return max(min(round(self.ceiling * ASK_FROM) - self.spent, self.ceiling - self.taken), 0)

    @property
    def words(self) -> str:
        """`$1.25 of $5.00`, in whole cents."""
        return f"{_in_cents(self.spent)} of {dollars(self.ceiling)}"

    @property
    def taken_words(self) -> str:
        """As `words`, with what is put aside."""
        return f"{_in_cents(self.taken)} of {dollars(self.ceiling)}"


class Estimate(msgspec.Struct, frozen=True):
    """What reading a chat is likely to cost and what at the most, as `chats` earlier ones (0: others') tell.

    Amounts are thousandths of a dollar; `title` is that of the network.
    """

    title: str
    likely: int
    most: int
    chats: int

    @property
    def words(self) -> str:
        """A sentence for a moderator, in whole cents."""
        by = f"by {self.chats} earlier {'chat' if self.chats == 1 else 'chats'}" if self.chats else "by chats of others"
        return f"Reading {self.title} costs about {_in_cents(self.likely)}, at most {_in_cents(self.most)} ({by})."


def spending(state: "SessionState", source: str) -> Spending:
    """How a source stands to what it may cost."""
    reserved = state.reserved_on(source)
    return Spending(state.spent_on(source) - reserved, round(state.ceiling(source) * 1000), reserved)


def dollars(thousandths: int) -> str:
    """An amount as `$1.25`, and as `$0.015` where cents are too coarse."""
    return f"${thousandths / 1000:.3f}" if thousandths % 10 else f"${thousandths / 1000:.2f}"


def _in_cents(thousandths: int) -> str:
    return dollars((thousandths + 5) // 10 * 10)
