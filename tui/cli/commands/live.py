"""`lunchroom demo`, `host`, `join`, `serve` and `end`: a live chat."""

import os
import sys
from collections.abc import Sequence
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sessions.core.session_id import SESSION_ID
from sessions.words import _, spoken
from tui.cli.commands.plans import read_plan
from tui.cli.commands.saved import LibraryOption, library_folder
from tui.cli.desk_session import RoleName, Starting, close_chat, sit_down
from tui.cli.output import Failure, put_json, say
from tui.cli.prompts import ask, confirm, need_terminal, wants_plain
from tui.cli.running import say_damaged_runtimes

if TYPE_CHECKING:
    from sessions.hub.client.invite import Invite
    from sessions.hub.client.last_seat import LastSeat
    from sessions.hub.process.coming_back import ComingBack, DamagedChat
    from sessions.hub.process.ready import Ready
    from sessions.hub.process.runtime import Running, Runtime
    from sessions.networks.accounts.store import AccountStore

PlanArgument = Annotated[
    Path | None, typer.Argument(help="The plan file; not needed with --resume.", show_default=False)
]
SourceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        metavar="SOURCE",
        help="Where posts come from, instead of the plan's: practice or practice:FILE. Repeatable.",
    ),
]
SpeedOption = Annotated[float, typer.Option(min=1, max=1000, help="How fast a rehearsal runs.")]
HostsOption = Annotated[
    list[str] | None, typer.Option("--host", metavar="HANDLE", help="A host beyond the plan's. Repeatable.")
]
ZoneOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="The time zone of recorded times that carry none: America/New_York.")
]
FollowOption = Annotated[bool, typer.Option("--follow", help="Take a question that a host posts as asked.")]
ListenOption = Annotated[
    str | None, typer.Option(metavar="HOST:PORT", help="Where the hub listens; 127.0.0.1 and a free port by default.")
]
BehindProxyOption = Annotated[
    bool, typer.Option("--behind-proxy", help="A proxy with TLS is in front of the address in --listen.")
]
AwayOption = Annotated[
    bool, typer.Option("--away", help="Invite somebody in another home: prints invites that work once, for a day.")
]
ResumeOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Go on with this session file after the hub was killed.")
]
TakeOverOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="With --resume: go on here, as this moderator, with a chat whose own hub is gone for good."
    ),
]
PlainOption = Annotated[
    bool,
    typer.Option(
        "--plain",
        help="Plain lines to read out, and words to type, in place of a screen: for screen readers and scripts. "
        "By itself where there is no terminal, or one that draws nothing (TERM=dumb).",
    ),
]
NameOption = Annotated[str | None, typer.Option(help="Your name on both desks; the account's by default.")]
RoleOption = Annotated[RoleName | None, typer.Option(help="Take this role when you sit down.")]


_DEMO_GREETING = _(
    "Rehearsal: {next} asks a question; {next_pane}, then {greet} greets a newcomer; {help} shows all keys."
)
_HOST_GREETING = _("The chat has begun. {command_palette}, then Invite: how the other joins; {help} shows all keys.")
_AWAY_GREETING = _("The chat has begun. {invite_away} shows an invite for another home; {help} shows all keys.")
"""Said first at a desk; `{next}` is the key of that action."""


def demo(
    speed: SpeedOption = 4,
    name: NameOption = None,
    library: LibraryOption = None,
    plain: PlainOption = False,
) -> None:
    """Rehearse with an invented cast of teachers; nothing is posted anywhere, and it ends when you leave.

    Example: lunchroom demo --speed 10
    """
    import tempfile

    from tui.cli.demo_plan import demo_plan_text

    plain = may_be_plain(plain)
    with tempfile.TemporaryDirectory(prefix="lunchroom-") as folder:
        path = Path(folder) / "demo.toml"
        path.write_text(demo_plan_text(), encoding="utf-8", newline="\n")
        ready = _start(serve_argv(plan=path, source=["practice"], speed=speed, library=library))
    invite = _invite(ready.url, ready.token)
    sit_down(invite, own_name(name), None, greeting=_DEMO_GREETING, end_after=True, plain=plain)
    say(_("The rehearsal is saved in {file}. For a chat of your own: lunchroom new").format(file=ready.file))


def host(
    plan: PlanArgument = None,
    source: SourceOption = None,
    speed: SpeedOption = 1,
    hosts: HostsOption = None,
    zone: ZoneOption = None,
    follow: FollowOption = False,
    library: LibraryOption = None,
    listen: ListenOption = None,
    behind_proxy: BehindProxyOption = False,
    away: AwayOption = False,
    resume: ResumeOption = None,
    name: NameOption = None,
    role: RoleOption = None,
    plain: PlainOption = False,
) -> None:
    """Begin the chat of a plan and sit down at its desk. Leaving the desk does not end the chat.

    A slow chat that was begun on another day goes on.

    Example: lunchroom host stations.toml --source practice --speed 10
    """
    _check_what_to_serve(plan, resume)
    plain = may_be_plain(plain)
    back = _coming_back(plan, source, library) if plan is not None and resume is None else None
    if back is not None:
        plan, resume = None, back.path
        if back.hub is not None:
            _sit_down_again(back.hub, own_name(name), role, plain=plain)
            return
    flags = [*flags_of(behind_proxy, away), *_taking_over(back)]
    argv = serve_argv(plan, source, speed, hosts, zone, follow, library, listen, resume, flags=flags)
    if resume is not None and not (away or plain):
        _sit_down_meanwhile(resume, argv, own_name(name), role, copies=library_folder(library))
        return
    if away:
        _tell_contacts()
    ready = _start(argv)
    invite = _invite(ready.url, ready.token)
    _tell_invite(ready)
    begun = _AWAY_GREETING if away else _HOST_GREETING
    greeting = begun if resume is None else None
    if sit_down(invite, own_name(name), role, greeting=greeting, copies=library_folder(library), plain=plain):
        _tell_invite(ready)


def sit_at_hub(
    session: str,
    file: Path,
    argv: list[str],
    name: str,
    role: RoleName | None,
    *,
    library: Path,
    plain: bool,
    away: bool,
) -> bool:
    """Sit down at the hub of this saved session, which is started with `argv` unless it runs. Whether it goes on.

    `file` is the session's.
    """
    from sessions.hub.process.runtime import hub_of

    hub = hub_of(session)
    if hub is not None:
        return _sit_down_again(hub, name, role, plain=plain)
    if away:
        _tell_contacts()
    if away or plain:  # who is to be let in is told before the desk
        ready = _start(argv)
        _tell_invite(ready)
        return sit_down(_invite(ready.url, ready.token), name, role, copies=library, plain=plain)
    return _sit_down_meanwhile(file, argv, name, role, copies=library, channel=True)


def _sit_down_meanwhile(
    file: Path, argv: list[str], name: str, role: RoleName | None, *, copies: Path, channel: bool = False
) -> bool:
    """Start the hub that resumes this file, and show its desk before it answers. Whether the chat goes on, as far as is
    known."""
    from sessions.hub.process.spawn import begin_detached
    from tui.cli.program import this_program

    told: list[Ready] = []
    starting = begin_detached(this_program(), argv)

    def wait() -> "Invite":
        told.append(starting.ready())
        return _invite(told[0].url, told[0].token)

    goes_on = sit_down(Starting(wait, file, channel), name, role, copies=copies)
    if goes_on and told:
        _tell_invite(told[0])
    return goes_on


def _sit_down_again(hub: "Runtime", name: str, role: RoleName | None, *, plain: bool) -> bool:
    say(_("This chat runs here already."))
    file = Path(hub.file)
    return sit_down(_invite(hub.url, hub.keys.token), name, role, copies=file.parent, plain=plain, file=file)


def serve(
    plan: PlanArgument = None,
    source: SourceOption = None,
    speed: SpeedOption = 1,
    hosts: HostsOption = None,
    zone: ZoneOption = None,
    follow: FollowOption = False,
    library: LibraryOption = None,
    listen: ListenOption = None,
    behind_proxy: BehindProxyOption = False,
    away: AwayOption = False,
    resume: ResumeOption = None,
    take_over: TakeOverOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON line on stdout when ready.")] = False,
) -> None:
    """Run the hub of a chat in the foreground, without a desk. Ctrl+C saves and stops it.

    Example: lunchroom serve stations.toml --json
    """
    _check_what_to_serve(plan, resume)
    from sessions.hub.process.serve import serve as run_hub
    from sessions.hub.process.starting import ServeOptions
    from tui.shell.away_config import relay_setting

    options = ServeOptions(
        library=library_folder(library),
        plan=read_plan(plan) if plan is not None and resume is None else None,
        resume=resume,
        sources=tuple(source or ()),
        speed=speed,
        hosts=tuple(hosts or ()),
        zone=zone,
        follow=follow,
        listen=listen,
        sign_ins=own_sign_ins(),
        away=away,
        relay=relay_setting,
        behind_proxy=behind_proxy,
        take_over=take_over,
    )
    if away and not as_json:
        _tell_contacts()

    def announce(ready: "Ready") -> None:
        with spoken(own):
            _announce(ready, as_json=as_json)

    with spoken(NullTranslations()) as own:  # two desks of two languages see what the hub says, and a file keeps it
        run_hub(options, announce)


def own_sign_ins() -> "AccountStore":
    """The accounts of whoever runs the hub; without them it still takes what a desk lends it."""
    from sessions.files.errors import StorageError
    from sessions.networks.accounts.store import AccountStore

    store = AccountStore()
    try:
        store.load()
    except StorageError as error:
        say(_("Nothing is read with a sign-in: {error}").format(error=error))
    for source, __ in store.known():
        if why := store.trouble(source):
            say(_("The sign-in of {source} cannot be used: {why}.").format(source=source, why=why))
    return store


def join(
    invite: Annotated[
        str | None,
        typer.Argument(
            metavar="[INVITE]",
            help="What the host's screen shows, - to paste it, or the id of a chat that runs under this account; "
            "where only one runs, or to come back to one in another home, nothing.",
        ),
    ] = None,
    name: NameOption = None,
    role: RoleOption = None,
    library: LibraryOption = None,
    plain: PlainOption = False,
) -> None:
    """Sit down at a running chat, or come back to it. You get a copy of it among your own saved chats.

    Example: lunchroom join --name Ben --role greeter
    """
    from sessions.hub.client.invite import Invite

    plain = may_be_plain(plain)
    last = last_seat_away() if invite is None else None
    file = None
    if last is not None:
        found = last.invite
    elif invite == "-":  # an argument shows in the list of processes; what is pasted does not
        found = _pasted_invite()
    elif invite is None or SESSION_ID.fullmatch(invite):
        found, file = invite_here(invite)
    else:
        found = Invite.parse(invite)
    folder = library_folder(library)
    sit_down(found, own_name(name), role, library=folder, given=name is not None, last=last, plain=plain, file=file)


def end(
    session: Annotated[str | None, typer.Argument(help="Its id, if more than one chat runs on this computer.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    name: NameOption = None,
) -> None:
    """Close the chat that runs on this computer: it is saved, and every desk is told.

    Example: lunchroom end
    """
    from sessions.hub.process.runtime import remove_runtime

    found = running_chat(session, _("`lunchroom end ID` closes one."))
    if not found.alive and _closed_meanwhile(found):
        remove_runtime(found.runtime.session)
        say(_("It is closed already. The chat is saved in {file}.").format(file=found.runtime.file))
        return
    asking = not yes and sys.stdin.isatty()
    if asking and not confirm(
        _("Close {title!r} for everybody?").format(title=found.runtime.title), _("Add --yes to close it unasked.")
    ):
        raise typer.Abort
    if found.alive or _comes_back(found):
        import asyncio

        asyncio.run(_end(_invite(found.runtime.url, found.runtime.keys.token), own_name(name)))
    say(_("Closed. The chat is saved in {file}.").format(file=found.runtime.file))


def _closed_meanwhile(found: "Running") -> bool:
    """Whether an interrupted chat was taken over and closed elsewhere: then a desk has finished the file here."""
    from sessions.files.errors import StorageError
    from sessions.library.storage.reading import read_session

    try:
        return read_session(Path(found.runtime.file)).ended is not None
    except (StorageError, OSError):  # whoever goes on with it is told what is wrong
        return False


def _comes_back(found: "Running") -> bool:
    """Bring the hub of an interrupted chat back; False where that chat was closed and only its file was unfinished."""
    from sessions.hub.process.ready import HubError
    from sessions.hub.process.runtime import load_runtime

    try:
        _start(["serve", "--resume", found.runtime.file, "--json"])
    except HubError:
        if load_runtime(found.runtime.session) is None:
            return False
        raise
    return True


def _coming_back(path: Path, source: list[str] | None, library: Path | None) -> "ComingBack | None":
    """The slow chat of this plan that goes on, which is said; asks nothing. Fails as `read_plan` does."""
    from sessions.core.plan.times import day_time
    from sessions.hub.process.coming_back import changed_questions, coming_back, damaged_chats
    from tui.text.outside import clean_line

    plan = read_plan(path)
    rehearsal = any(one.partition(":")[0] == "practice" for one in source or plan.sources)
    found = coming_back(library_folder(library), plan, rehearsal=rehearsal)
    for damaged in damaged_chats(library_folder(library), plan, rehearsal=rehearsal):
        _tell_damaged(damaged, alone=found is None)
    if found is not None:
        since = day_time(found.started, plan.timezone)
        say(
            _("Back to {title!r}, hosted since {since}. What was posted meanwhile is read now.").format(
                title=clean_line(found.plan.title), since=since
            )
        )
        if changed := changed_questions(found.plan, plan):
            say(
                _("The chat keeps its own {changed}, which {path} says otherwise. Change them at the desk.").format(
                    changed=", ".join(changed), path=path
                )
            )
    return found


def _taking_over(back: "ComingBack | None") -> list[str]:
    """What lets a hub go on with a copy of a chat whose hub was on another computer; that is asked first."""
    if back is None or not back.copy_of:
        return []
    from tui.text.outside import clean_line

    name = clean_line(back.copy_of)
    say(
        _("This is your copy, as {name}: the chat was on another computer. If it runs there: lunchroom join").format(
            name=name
        )
    )
    how = _("If it is gone: lunchroom serve --resume '{path}' --take-over {name}").format(path=back.path, name=name)
    if not confirm(_("Go on with the copy on this computer?"), how):
        raise Failure(_("Nothing was begun. `lunchroom join` sits down at the chat where it runs."), 1)
    return ["--take-over", back.copy_of]


def _tell_damaged(damaged: "DamagedChat", *, alone: bool) -> None:
    """Say that a file of the chat is damaged; where there is no other to go on with it has to be rescued first."""
    from tui.text.outside import clean_line
    from tui.text.wording import counted

    name, rescuing = clean_line(damaged.path.name), _("`lunchroom library`, then Enter on it")
    if not damaged.events:
        anew = _(" It begins anew.") if alone else ""
        words = _("{name} may be this chat, is damaged, and nothing of it can be read.{anew}")
        say(words.format(name=name, anew=anew))
        return
    told = _("{name} holds this chat and is damaged: {events} can be rescued").format(
        name=name, events=counted(damaged.events, "{n} event", "{n} events")
    )
    if alone:
        raise Failure(
            _("{told}. Rescue it ({rescuing}) and host again; to begin anew, delete it there.").format(
                told=told, rescuing=rescuing
            )
        )
    say(
        _("{told} ({rescuing}). The chat goes on with another file that is whole.").format(told=told, rescuing=rescuing)
    )


def may_be_plain(asked: bool) -> bool:
    """Whether the desk is in plain lines; else it needs a terminal."""
    plain = wants_plain(asked)
    if not plain:
        need_terminal()
    return plain


def _check_what_to_serve(plan: Path | None, resume: Path | None) -> None:
    if plan is None and resume is None:
        raise Failure(_("Which plan? `lunchroom new` writes one; then give its file here."), 2)


def own_name(given: str | None) -> str:
    """The name at the desk: the one that was given, else the account's."""
    if given is not None:
        return given
    import getpass

    try:
        account = getpass.getuser()
    except (OSError, KeyError):  # no such variable and no password database, as on some Windows machines
        return "Host"  # words: a name, which others get
    return account[:1].upper() + account[1:]


def flags_of(behind_proxy: bool, away: bool) -> list[str]:
    return [*(["--behind-proxy"] if behind_proxy else ()), *(["--away"] if away else ())]


def _tell_contacts() -> None:
    from sessions.hub.away.relay import contacts
    from tui.shell.away_config import relay_setting

    say(contacts(relay_setting()))


def serve_argv(
    plan: Path | None = None,
    source: list[str] | None = None,
    speed: float = 1,
    hosts: list[str] | None = None,
    zone: str | None = None,
    follow: bool = False,
    library: Path | None = None,
    listen: str | None = None,
    resume: Path | None = None,
    *,
    flags: Sequence[str] = (),
) -> list[str]:
    """The arguments with which a process of its own serves the same; no token is among them."""
    argv = ["serve", "--json", "--speed", f"{speed:g}", "--library", str(library_folder(library).absolute())]
    for option, value in (("--zone", zone), ("--listen", listen)):
        argv += [option, value] if value is not None else []
    for value in source or ():
        argv += ["--source", value]
    for value in hosts or ():
        argv += ["--host", value]
    argv += ["--follow"] if follow else []
    argv += flags
    argv += ["--resume", str(resume.absolute())] if resume is not None else []
    return [*argv, "--", str(plan.absolute())] if plan is not None else argv


def _start(argv: list[str]) -> "Ready":
    from sessions.hub.process.spawn import start_detached
    from tui.cli.program import this_program

    say("Starting ...")
    return start_detached(this_program(), argv)


def _announce(ready: "Ready", *, as_json: bool) -> None:
    if as_json:
        try:
            put_json(ready, indent=-1)
        except OSError:  # whoever started it has left meanwhile: the chat runs
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())  # what is left to print would fail at the end of the program
            os.close(nowhere)
    else:
        _tell_invite(ready)
        say(_("Ctrl+C stops the hub; everything is saved."))


def _tell_invite(ready: "Ready") -> None:
    say(_("The other moderator, under any account of this computer, types `lunchroom join` and pastes the first line."))
    say(_("Somebody who only looks on pastes the second."))
    say(_("    moderate   {invite}").format(invite=_invite(ready.url, ready.token)))
    say(_("    look on    {invite}").format(invite=_invite(ready.url, ready.observer_token)))
    if ready.invites is not None:
        say(_("Somebody in another home types `lunchroom join -` and pastes one of these. Each works once, for a day."))
        say(_("    moderate   {invite}").format(invite=ready.invites.moderator))
        say(_("    look on    {invite}").format(invite=ready.invites.observer))


def _invite(url: str, token: str) -> "Invite":
    from sessions.hub.client.invite import Invite

    return Invite(url=url, token=token)


def last_seat_away() -> "LastSeat | None":
    """The seat in another home to come back to, where no chat runs on this computer."""
    from sessions.files.errors import StorageError
    from sessions.hub.client.last_seat import last_seat
    from sessions.hub.process.runtime import running_sessions
    from tui.text.outside import clean_line

    if any(running.alive for running in running_sessions()):
        return None
    try:
        last = last_seat()
    except StorageError:  # said by what needs it
        return None
    if last is not None:
        say(
            _("Back to {title!r} in another home, as {name}.").format(
                title=clean_line(last.title), name=clean_line(last.name)
            )
        )
        say(_("For another chat: lunchroom join -, and paste its invite."))
    return last


def invite_here(session: str | None) -> tuple["Invite", Path | None]:
    """The invite to the chat that runs on this computer, or to that with this id, and its file; else what the person
    pastes."""
    from sessions.hub.client.invite import Invite
    from sessions.hub.process.runtime import running_sessions

    found = running_sessions()
    say_damaged_runtimes()
    if session is None and not any(running.alive for running in found):
        for running in found:
            if running.runtime.kind == "channel" or _closed_meanwhile(running):
                continue
            title, file = running.runtime.title, running.runtime.file
            say(
                _("{title!r} was interrupted. It goes on with: lunchroom host --resume '{file}'").format(
                    title=title, file=file
                )
            )
        say(_("No chat runs here under this account."))
        return _pasted_invite(), None
    runtime = running_chat(session, _("`lunchroom join ID` sits down at one.")).runtime
    return Invite(url=runtime.url, token=runtime.keys.token), Path(runtime.file)


def _pasted_invite() -> "Invite":
    """The invite that is pasted; what is none is told and asked for again where somebody can answer."""
    from sessions.hub.client.invite import Invite, InviteError

    while True:
        pasted = ask(
            _("Paste the host's invite"), _("Give the invite that the host's screen shows: lunchroom join INVITE.")
        )
        try:
            return Invite.parse(pasted)
        except InviteError as error:
            if not sys.stdin.isatty():
                raise
            say(str(error))


def running_chat(session: str | None, how: str) -> "Running":
    """The running chat that is meant; one that answers before one that was interrupted. `how` one says which."""
    from sessions.hub.process.runtime import running_sessions

    found = running_sessions()
    if session is not None:
        found = [running for running in found if running.runtime.session == session]
    alive = [running for running in found if running.alive] or found
    if not alive:
        say_damaged_runtimes()
        raise Failure(_("No chat runs on this computer under this account. `lunchroom sessions` lists the saved ones."))
    if len(alive) > 1:
        listed = ", ".join(f"{running.runtime.session} ({running.runtime.title})" for running in alive)
        raise Failure(_("Several chats run here: {listed}. {how}").format(listed=listed, how=how), 2)
    return alive[0]


async def _end(invite: "Invite", name: str) -> None:
    from sessions.hub.client.client import HubClient, HubRefused

    client = HubClient(invite)
    try:
        try:
            await client.join(name)
        except HubRefused as error:  # as after a takeover, where the host's account has the same name
            raise Failure(_("{error} For that: lunchroom end --name NAME").format(error=error)) from error
        await close_chat(client)
    finally:
        await client.aclose()
