"""Telling people elsewhere from a desk: begun at the hub before anything is sent, so that no desk tells it twice."""

import asyncio
import uuid
from collections.abc import Callable
from typing import Union

import msgspec

from sessions.core.commands import BeginAnnouncing, FailAnnouncing, FinishAnnouncing
from sessions.core.errors import LunchroomError
from sessions.networks.timing import Sleep
from sessions.publishing.announcing import NotAnnounced
from sessions.publishing.sender import Commander, Unconfirmed, tell_hub

_REASON = 500
"""Characters of a reason that a command takes."""


class Told(msgspec.Struct, frozen=True):
    """It is told. `noted` is False where the session could not be told so."""

    noted: bool = True


class NotTold(msgspec.Struct, frozen=True):
    """It is not told as far as is known; `reason` is for the moderator, who may try again."""

    reason: str


class Untold(msgspec.Struct, frozen=True):
    """Nobody knows: whether it was begun, or what became of it, the hub did not say."""

    reason: str


Telling = Union[Told, NotTold, Untold]


async def tell_once(
    commander: Commander, begin: BeginAnnouncing, send: Callable[[], None], *, sleep: Sleep = asyncio.sleep
) -> Telling:
    """Note that it begins, `send` it in a thread, note what became of it.

    `send` raises a `LunchroomError` where it is not sent for sure. When this is cancelled it stays begun, and a
    moderator has to look.
    """
    try:
        refusal = await commander.command(begin)
    except Unconfirmed as unheard:
        return Untold(f"Nothing was sent: {unheard}")
    if refusal is not None:
        return NotTold(refusal)
    try:
        await asyncio.to_thread(send)
    except (LunchroomError, OSError) as error:
        said = error.reason if isinstance(error, NotAnnounced) else str(error)
        reason = " ".join(said.split())[:_REASON] or "no reason given"
        failed = FailAnnouncing(id=uuid.uuid4().hex, key=begin.key, reason=reason)
        try:
            await tell_hub(commander, failed, sleep)
        except Unconfirmed as unheard:
            return Untold(f"{reason} {unheard}")
        return NotTold(reason)
    try:
        refusal = await tell_hub(commander, FinishAnnouncing(id=uuid.uuid4().hex, key=begin.key), sleep)
    except Unconfirmed:
        return Told(noted=False)
    return Told(noted=refusal is None)
