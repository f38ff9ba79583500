"""What of a reunion can be asked of the hub of a chat that runs, as commands of whoever asks."""

from collections.abc import Sequence

import msgspec

from sessions.core import commands as c
from sessions.core import events as e
from sessions.core.commands import Command
from sessions.core.events import AnyEvent, Event
from sessions.core.evolve import evolve, fold
from sessions.core.reunion.deciding import TIMER, asked_for, decides
from sessions.core.reunion.reunited import Addition, Reunion
from sessions.core.state import SessionState


class Asking(msgspec.Struct, frozen=True):
    """The commands that add what commands can add, each with what it adds, and what has to wait for the chat's end."""

    commands: tuple[tuple[Addition, Command], ...]
    waiting: tuple[Addition, ...]


def asking(ours: Sequence[AnyEvent], reunion: Reunion, me: str) -> Asking:
    """How the moderator `me` asks for what is added to the chat with these events.

    Each command has the id that it had, so that it is known again. Posts of networks, what went out to them, who holds
    which role and what rests upon one of these wait: the hub reads posts itself, and roles are taken by their holders.
    """
    state = fold(ours)
    commands: list[tuple[Addition, Command]] = []
    waiting: list[Addition] = []
    asked: set[str] = set()
    unknown: set[str] = set()
    for addition in reunion.additions:
        event = addition.event
        command = None if _names(event) & unknown else _command(state, event, me)
        if command is None:
            waiting.append(addition)
            if isinstance(event, e.PostSeen):
                unknown |= {event.post.id, event.post.author.id} - state.people.keys()
        elif command.id not in asked:  # of one that caused several events, the first asks for all
            asked.add(command.id)
            commands.append((addition, command))
        evolve(state, event)
    return Asking(tuple(commands), tuple(waiting))


def _names(event: Event) -> set[str]:
    """The post and the person that the event is about, or who wrote it."""
    if isinstance(event, e.PostSeen):
        return {event.post.author.id}
    names = (getattr(event, name, None) for name in ("post", "person"))
    return {name for name in names if isinstance(name, str)}


def _command(state: SessionState, event: Event, me: str) -> Command | None:
    if event.command is None or event.by is None or isinstance(event, e.RoleTaken | e.RoleReleased):
        return None
    if isinstance(event, e.PostSeen):
        author = event.post.author
        name = f"@{author.handle}" if author.handle else author.shown
        return c.AddPost(id=event.command, text=event.post.text, author=name, url=event.post.url)
    if isinstance(event, e.Undone):
        return c.Undo(id=event.command, seq=event.undoes)
    if isinstance(event, e.NoteAdded) and event.by != me:
        return c.Note(id=event.command, text=f"{event.by}: {event.text}")
    return None if decides(event) == TIMER else asked_for(state, event)
