"""`lunchroom serve`: one session from its plan or its file to its end, in the foreground of this process."""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable

import msgspec

from sessions.core.memory import ChatMemory, begin, put_off
from sessions.files.errors import SaveFailed, StorageError
from sessions.hub.away.endpoint import unavailable
from sessions.hub.away.relay import AwayError
from sessions.hub.process.heritage import Heritage, load_heritage, remove_heritage, save_heritage
from sessions.hub.process.listening import raise_open_files
from sessions.hub.process.ready import AwayInvites, HubError, Ready
from sessions.hub.process.running import Hub, running
from sessions.hub.process.runtime import (
    RuntimeFolderError,
    make_runtime_folder,
    remove_runtime,
    runtime_folder,
    save_runtime,
)
from sessions.hub.process.starting import ServeOptions, Started, note_people, start
from sessions.hub.process.succession import COME_OVER, went_on
from sessions.hub.server.entry.access import Access, Keys
from sessions.hub.server.service import LiveSession

__all__ = ["ServeOptions", "serve"]

logger = logging.getLogger(__name__)


ALONE = 10 * 60_000
"""Milliseconds without anybody at a desk after which the hub of a channel stops."""

LOOK_EVERY = 5.0
"""Seconds between two looks at that."""


def serve(options: ServeOptions, ready: Callable[[Ready], None]) -> None:
    """Run the hub until the session is closed or a signal asks to stop; all that was acknowledged is then saved.

    `ready` is called once it answers. SIGINT, SIGTERM and Ctrl+Break end it in order, the loss of the terminal does
    not. Blocks; belongs in the main thread. Raises `HubError`, and `SourceError` and `StorageError` as `start`.
    """
    try:
        make_runtime_folder()
    except RuntimeFolderError as error:
        raise HubError(str(error)) from error
    raise_open_files()
    if options.away and options.relay is not None:
        why = unavailable()
        if why:
            raise HubError(why)
        options.relay()
    put_off()  # a long chat that is read has nothing to be found in it, and is looked through often while it grows
    try:
        started = start(options)
        try:
            asyncio.run(_serve(started, ready, options))
        finally:
            started.file.close()
    finally:
        begin()


async def _serve(started: Started, ready: Callable[[Ready], None], options: ServeOptions) -> None:
    runtime = started.runtime

    def save_keys(keys: Keys) -> None:
        save_runtime(msgspec.structs.replace(runtime, keys=keys))

    try:
        save_keys(started.keys)
    except OSError as error:
        raise HubError(str(RuntimeFolderError(runtime_folder(), error))) from error
    session = started.live()
    begin()
    _settle_as_it_grows(session)
    stop = asyncio.Event()  # until here, where a long chat is folded, a signal ends the process at once
    _on_signals(asyncio.get_running_loop(), stop)
    if started.file.repair is not None:
        logger.warning("%s", started.file.repair)
    async with running(
        session,
        Access(started.keys),
        started.library,
        started.listening,
        sources=started.sources,
        save_keys=save_keys,
        on_received=started.newcomers.on_received,
        sign_ins=started.sign_ins,
        names=[(options.listen or "").rpartition(":")[0]],
        relay=options.relay,
        proxied=options.behind_proxy,
        settings=started.settings,
    ) as hub:
        keys = started.keys
        back = options.resume is not None and options.take_over is None and bool(keys.deputies)
        if back:
            await _look_around(hub, keys)
        invites = await _invited(hub) if options.away else None
        ready(Ready(hub.url, keys.token, keys.observer_token, started.session_id, runtime.file, invites))
        if (keys.away.secret or _wanted_elsewhere(keys)) and invites is None and not back:
            hub.watch(asyncio.create_task(_let_back_in(hub)))
        await _until_over(hub, stop)
        _note_above(hub)
        if session.closed.is_set():
            await _finish(started, hub)


async def _invited(hub: Hub) -> AwayInvites | None:
    """An invite of either kind. Raises `HubError`."""
    if hub.inviting is None:
        return None
    try:
        moderator, observer = [await hub.inviting.invite(scope, "") for scope in ("moderator", "observer")]
    except (AwayError, SaveFailed) as error:
        raise HubError(str(error)) from error
    return AwayInvites(moderator.invite, observer.invite)


def _wanted_elsewhere(keys: Keys) -> bool:
    """Whether somebody who had a seat before a takeover is in another home."""
    return any(not heir.here for heir in keys.heirs if heir.name)


async def _look_around(hub: Hub, keys: Keys) -> None:
    """Ask, before a hub comes back, whether another one runs the session by now. Raises `HubError` then."""
    if keys.away.secret:
        await _let_back_in(hub)
    if hub.succession is not None:
        await hub.succession.ask(everybody=True)
        if hub.succession.above is not None:
            _note_above(hub)
            raise HubError(f"{went_on(hub.succession.above)} {COME_OVER}")


def _note_above(hub: Hub) -> None:
    """Keep who runs the session now, for the next time that somebody wants to go on with it here."""
    above = None if hub.succession is None else hub.succession.above
    if above is not None:
        known = load_heritage(hub.session.id) or Heritage("", "")
        try:
            save_heritage(hub.session.id, msgspec.structs.replace(known, heard=above))
        except (OSError, StorageError) as error:
            logger.warning("It could not be noted where the chat goes on: %s", error)


async def _let_back_in(hub: Hub) -> None:
    """Open the way for those in other homes who had a seat before this hub started."""
    if hub.inviting is not None:
        try:
            await hub.inviting.reopen()
            if hub.succession is not None:
                hub.succession.opened()
        except (AwayError, SaveFailed) as error:
            logger.warning("Nobody in another home can come back: %s", error)


async def _left_alone(session: LiveSession, stop: asyncio.Event) -> None:
    """Stop the hub of a channel at whose desks nobody sits any more; what comes meanwhile is read the next time."""
    while session.durable.channel:
        await asyncio.sleep(LOOK_EVERY)
        if session.empty_for() >= ALONE:
            stop.set()
            return


def _settle_as_it_grows(session: LiveSession) -> None:
    memory = ChatMemory()
    memory.grew(session.log.seq)
    session.listen(lambda events: memory.grew(len(events)))


async def _until_over(hub: Hub, stop: asyncio.Event) -> None:
    ended = asyncio.ensure_future(hub.ended())
    stopped = asyncio.ensure_future(stop.wait())
    left = asyncio.ensure_future(_left_alone(hub.session, stop))
    await asyncio.wait([ended, stopped], return_when=asyncio.FIRST_COMPLETED)
    left.cancel()
    stopped.cancel()
    if not ended.done():
        ended.cancel()
        return
    error = ended.exception()
    if error is not None:
        logger.error("The hub has a defect.", exc_info=error)
        raise HubError("The hub stopped by a defect; all that was acknowledged is saved. `serve --resume` goes on.")


async def _finish(started: Started, hub: Hub) -> None:
    try:
        written = await asyncio.to_thread(hub.session.finish)
    except SaveFailed as error:
        logger.warning("%s The next `serve --resume` of the file ends it.", error)
        return
    remove_runtime(started.session_id)
    remove_heritage(started.session_id)
    if not written:
        logger.warning("Another program has the file open. The next `serve --resume` of it writes its last tables.")
    await asyncio.to_thread(note_people, started.library, started.session_id, hub.session.log.events())


def _on_signals(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Let SIGINT, SIGTERM and Ctrl+Break set `stop`, and SIGHUP, the loss of the terminal, do nothing."""
    if sys.platform == "win32":  # not run there; asyncio has no signal handlers on Windows
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGBREAK):
            signal.signal(number, lambda _number, _frame: loop.call_soon_threadsafe(stop.set))
    else:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
