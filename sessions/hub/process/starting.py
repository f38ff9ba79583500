"""What a hub needs before it can answer: its sources, an address, the session's file and the tokens."""

import contextlib
import ipaddress
import logging
import os
import secrets
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from sessions.core.channel.months import CHANNEL
from sessions.core.events import AnyEvent, HubTakenOver, SessionClosed, SessionOpened
from sessions.core.plan import Plan
from sessions.core.terms.claims import claim_of, next_claim, stands
from sessions.files.errors import StorageError
from sessions.hub.process.heritage import Heritage, inherited, load_heritage
from sessions.hub.process.opened import Opened, newcomers_of, open_sources, session_sources
from sessions.hub.process.ready import HubError
from sessions.hub.process.running import bind, url_of
from sessions.hub.process.runtime import Runtime, load_runtime, remove_runtime
from sessions.hub.process.succession import COME_OVER, went_on
from sessions.hub.protocol.takeover import SourceSettings
from sessions.hub.server import rules
from sessions.hub.server.calls.sign_ins import HubSignIns
from sessions.hub.server.clock import HubClock
from sessions.hub.server.entry.access import Keys, fresh_keys
from sessions.library.channel.months import learnt_since
from sessions.library.library import Library
from sessions.library.people_rebuild import note_session
from sessions.library.storage.closing import close_chat
from sessions.library.storage.reading import read_head
from sessions.library.storage.session_file import SessionFile, new_session_id
from sessions.networks.account import SignIns

logger = logging.getLogger(__name__)

DEFAULT_LISTEN = "127.0.0.1:0"


class ServeOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What to serve: a decoded `plan`, or a file to `resume`; the rest as on the command line.

    `sources` replaces the plan's. Of a resumed session sources, speed, hosts, zone and follow are those it was started
    with unless `sources` is given. `listen` is HOST:PORT; None is the old address of a resumed session, else loopback
    and a free port. `sign_ins` are those of the account that runs the hub. `away` invites somebody in another home at
    once; `relay` reads by which relay, as `AwayDoor` has it, and None lets nobody elsewhere in.
    `take_over` is the moderator who takes a session over that is resumed here, None where its own hub comes back.
    `behind_proxy` says that a proxy in front encrypts what others on the network send to `listen`.
    """

    library: Path
    plan: Plan | None = None
    resume: Path | None = None
    sources: tuple[str, ...] = ()
    speed: float = 1.0
    hosts: tuple[str, ...] = ()
    zone: str | None = None
    follow: bool = False
    listen: str | None = None
    sign_ins: SignIns | None = None
    away: bool = False
    relay: Callable[[], str] | None = None
    behind_proxy: bool = False
    take_over: str | None = None


class Started(Opened, frozen=True):
    """A session that is ready to be served; `listening` is bound."""

    listening: socket.socket
    keys: Keys

    @property
    def runtime(self) -> Runtime:
        """What the runtime file says."""
        opened = self.events[0]
        return Runtime(
            session=self.session_id,
            title=self.plan.title,
            url=url_of(self.listening),
            pid=os.getpid(),
            file=str(self.file.path),
            started=self.events[0].at,
            keys=self.keys,
            settings=self.settings,
            kind=opened.kind if isinstance(opened, SessionOpened) else "chat",
        )


def start(options: ServeOptions) -> Started:
    """Open what a hub needs, for a new session or one to resume; blocks.

    Raises `HubError`, `StorageError` or `SourceError`, and then has left nothing open.
    """
    with contextlib.ExitStack() as undo:
        if options.resume is not None:
            started = _resumed(options, options.resume, undo)
        elif options.plan is not None:
            started = _new(options, options.plan, undo)
        else:
            raise HubError("Name a plan, or a saved chat with --resume.", 2)
        undo.pop_all()
        return started


def _new(options: ServeOptions, plan: Plan, undo: contextlib.ExitStack) -> Started:
    plan = msgspec.structs.replace(plan, sources=options.sources or plan.sources)
    settings = settings_of(options, plan)
    sign_ins = HubSignIns(options.sign_ins)
    clock = HubClock()
    sources = open_sources(settings, plan, sign_ins, clock)
    library = Library(options.library)
    earlier = library.earlier_people(plan.series)
    listening = _listen(options.listen or DEFAULT_LISTEN, options.behind_proxy)
    undo.callback(listening.close)
    session_id = new_session_id()
    at = clock.now_ms()
    file = SessionFile.create(library.folder, plan, started=at, session_id=session_id, holder=_holder(plan, listening))
    undo.callback(file.close)
    hosts = [host for source in sources for host in source.hosts]
    rehearsal = any(source.rehearsal for source in sources)
    has_regulars = any(bool(source.regulars) for source in sources)
    opened = rules.opening(plan, hosts, rehearsal=rehearsal, first=earlier.first and not has_regulars, at=at)
    file.commit([opened])
    newcomers = newcomers_of(library, earlier, at, sources)
    return Started(
        session_id,
        file,
        (opened,),
        opened.plan,
        clock,
        library,
        newcomers,
        sources,
        settings,
        sign_ins,
        listening,
        fresh_keys(),
    )


def _resumed(options: ServeOptions, path: Path, undo: contextlib.ExitStack) -> Started:
    try:
        str(path.absolute()).encode()
    except UnicodeEncodeError as error:  # the note of where the hub is is JSON, which has no such names
        raise HubError(f"The path of {path} is not UTF-8. Move the file to a folder with another name.") from error
    file = SessionFile.open(path.absolute(), holder="a hub that comes back")
    undo.callback(file.close)
    events = tuple(file.read_events())
    opened = events[0] if events else None
    if not isinstance(opened, SessionOpened):
        raise HubError(f"{path} holds no chat that can be resumed. Start a new one from its plan.")
    record = read_head(path).session
    library = Library(options.library)
    if isinstance(events[-1], SessionClosed) or record.ended is not None:
        _finish_closed(file, events)
        note_people(library, record.id, events)
        remove_runtime(record.id)
        raise HubError(f"This chat is closed. It is saved in {path}; start a new one from its plan.")
    before = load_runtime(record.id)
    if before is not None and options.take_over is not None and Path(before.file) != path.absolute():
        before = None  # of another hub under this account
    heritage = load_heritage(record.id)
    clock = HubClock(last_at=events[-1].at)
    keys = before.keys if before is not None else fresh_keys()
    settings = settings_of(options, opened.plan) if options.sources or before is None else before.settings
    if options.take_over is not None:
        events = (*events, _taken_over(events, options.take_over, heritage, clock.now_ms()))
        if heritage is not None:
            keys = inherited(keys, heritage)
            if heritage.view is not None and not options.sources and before is None:
                settings = heritage.view.settings
    elif heritage is not None:
        _need_to_run(events, heritage, path)
    learnt = learnt_since(library, events, clock.now_ms()) if opened.kind == CHANNEL else []
    events = (*events, *learnt)
    sign_ins = HubSignIns(options.sign_ins)
    sources = session_sources(
        settings, opened, record.id, library, sign_ins, clock, absent=options.take_over is not None
    )
    listening = _listen_again(options, before)
    undo.callback(listening.close)
    new = [*([events[-1 - len(learnt)]] if options.take_over is not None else ()), *learnt]
    if new:
        file.commit(new)
    file.announce(_holder(opened.plan, listening))
    return Started(
        record.id,
        file,
        events,
        opened.plan,
        clock,
        library,
        newcomers_of(library, library.earlier_people(opened.plan.series, record.id), record.started, sources),
        sources,
        settings,
        sign_ins,
        listening,
        keys,
    )


def _taken_over(events: Sequence[AnyEvent], by: str, heritage: Heritage | None, at: int) -> HubTakenOver:
    """The first event of a hub that goes on with these: above every claim that is known here."""
    known = [claim_of(_takeovers(events)), *(heritage.claims if heritage is not None else ())]
    claim = next_claim(known, secrets.token_hex(32))
    seq = events[-1].seq + 1
    return HubTakenOver(seq=seq, at=at, by=by, command=None, term=claim.term, key=claim.key)


def _takeovers(events: Sequence[AnyEvent]) -> list[HubTakenOver]:
    return [event for event in events if isinstance(event, HubTakenOver)]


def _need_to_run(events: Sequence[AnyEvent], heritage: Heritage, path: Path) -> None:
    """Raise `HubError` where it is known that the session went on elsewhere."""
    if heritage.heard is not None and not stands(claim_of(_takeovers(events)), heritage.claims):
        raise HubError(
            f"{went_on(heritage.heard)} {COME_OVER} Where that chat is gone for good, add --take-over to go on "
            f"from {path}."
        )


def _finish_closed(file: SessionFile, events: Sequence[AnyEvent]) -> None:
    """Write what a hub could not any more that was killed between the end of the chat and that of its file."""
    if file.needs_closing:
        close_chat(file, events)


def note_people(library: Library, session: str, events: Sequence[AnyEvent]) -> None:
    """Take a closed chat into people.json; a failure costs only that, and the log says how to make up for it."""
    try:
        rebuilt = note_session(library, session, events)
    except StorageError as error:
        logger.warning("%s `lunchroom people rebuild` takes the chat in later.", error)
        return
    if rebuilt is not None and rebuilt.aside is not None:
        logger.warning("people.json was damaged and is kept as %s; it was made anew.", rebuilt.aside.path)


def settings_of(options: ServeOptions, plan: Plan) -> SourceSettings:
    """With which sources a session begins."""
    return SourceSettings(
        sources=tuple(dict.fromkeys(options.sources or plan.sources)),
        speed=options.speed,
        hosts=options.hosts,
        zone=options.zone,
        follow=options.follow,
        folder=os.fsencode(Path.cwd()).decode(errors="replace"),
    )


def _listen(where: str, behind_proxy: bool) -> socket.socket:
    host, colon, port = where.rpartition(":")
    if not colon or not host or not port.isascii() or not port.isdecimal() or int(port) > 65535:
        raise HubError(f"--listen must be HOST:PORT, such as 127.0.0.1:8000, got {where!r}.", 2)
    try:
        listening = bind(host.strip("[]"), int(port))
    except OSError as error:
        raise HubError(f"Nothing can listen at {where} ({error.strerror}). Choose another with --listen.") from error
    if behind_proxy or ipaddress.ip_address(listening.getsockname()[0].partition("%")[0]).is_loopback:
        return listening
    listening.close()
    raise HubError(
        f"At {where} others on the network could read the chat and its tokens. Invite them with --away, or add "
        "--behind-proxy where a proxy with TLS is in front.",
        2,
    )


def _listen_again(options: ServeOptions, before: Runtime | None) -> socket.socket:
    """The old address, where the desks look for the hub; raises `HubError` where something else took it."""
    if options.listen is not None or before is None:
        return _listen(options.listen or DEFAULT_LISTEN, options.behind_proxy)
    where = before.url.removeprefix("http://")
    try:
        return _listen(where, behind_proxy=True)  # where that was needed, it was said when the chat began
    except HubError as error:
        if options.take_over is not None:
            return _listen(DEFAULT_LISTEN, behind_proxy=False)
        raise HubError(
            f"The chat's old address {where} is taken. Stop what uses it, or add --listen {DEFAULT_LISTEN} and let all "
            "join again."
        ) from error


def _holder(plan: Plan, listening: socket.socket) -> str:
    return f"{plan.title or 'a chat'} at {url_of(listening)}"
