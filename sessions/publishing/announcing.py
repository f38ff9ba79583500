"""Telling people elsewhere of a chat: to a channel of Teams, Slack or Discord, or by mail. It blocks.

apprise knows how each is spoken to. What was told where is noted before it is sent, so that nothing is told twice:
after a kill in between it may be out, and a moderator has to look. Addresses are secret: no text or note has one.
"""

import datetime
import hashlib
import logging
from pathlib import Path
from typing import Any, Literal

import msgspec

from sessions.core.decoding import Unreadable, read_json
from sessions.core.errors import LunchroomError
from sessions.core.plan import Plan, Question
from sessions.core.plan.networks import PlanNetworks
from sessions.core.plan.schedule import share_text
from sessions.files.errors import LibraryError
from sessions.files.small_file import SmallFile
from sessions.library.library import ANNOUNCED_FILE

State = Literal["begun", "done"]


class NotAnnounced(LunchroomError):
    """Something could not be told, or is told already."""


class _Note(msgspec.Struct, frozen=True):
    state: State
    at: str


class _Contents(msgspec.Struct, frozen=True):
    """The file as TinyDB reads it; what and where stand there as hashes."""

    announced: dict[str, _Note]


def reminder_text(plan: Plan, networks: PlanNetworks) -> str:
    """That there is a chat, when and where: how what one sends to the teachers begins."""
    return "\n\n".join(share_text(plan, networks).split("\n\n")[:2])


def question_called(plan: Plan, label: str) -> Question | None:
    """The question with this label or name (`3`, `Q3`); None where the plan has none."""
    wanted = label.casefold()
    return next((one for one in plan.questions if wanted in (one.label.casefold(), one.name.casefold())), None)


def question_text(plan: Plan, question: Question) -> str:
    """The question in all its languages."""
    others = [question.translated(one.language) for one in question.translations or ()]
    lines = [f"{one.name}: {one.text}" for one in (question, *filter(None, others))]
    return "\n".join([*lines, " ".join(f"#{tag}" for tag in plan.main_hashtags)]).rstrip()


def recap_text(plan: Plan, address: str) -> str:
    """The title of the chat with the address of its recap."""
    return f"{plan.title}: {address}"


class Announcements:
    """What was told of chats where, noted in the library `folder`."""

    def __init__(self, folder: Path) -> None:
        self._file = SmallFile(folder / ANNOUNCED_FILE)

    def state(self, plan: Plan, what: str, name: str) -> State | None:
        """Whether it was told at the address of this name; `begun` where nobody knows."""
        note = self._read().get(_key(plan, what, name))
        return None if note is None else note.state

    def tell(self, plan: Plan, what: str, name: str, address: str, text: str, *, again: bool = False) -> None:
        """Send the text once. `what` is `reminder`, `recap` or the question's label.

        Raises `NotAnnounced` where it is out, or may be, unless it is to go out `again`; and where it cannot be sent.
        """
        key = _key(plan, what, name)
        target = _target(name, address)
        with self._file.locked():
            notes = self._read()
            if key in notes and not again:
                raise NotAnnounced(_already(name, notes[key].state))
            self._write(notes | {key: _note("begun")})
        if not target(plan.title, text):
            raise NotAnnounced(
                f"{name}: it was refused, or there was no answer, so that it may be out. Look there; --again sends it."
            )
        with self._file.locked():
            self._write(self._read() | {key: _note("done")})

    def _read(self) -> dict[str, _Note]:
        raw = self._file.read()
        try:
            return {} if raw is None else read_json(raw, _Contents).announced
        except Unreadable as error:
            raise LibraryError(
                f"{self._file.path} is damaged ({error}), and it says what was told. Bring back a copy, or delete it."
            ) from error

    def _write(self, notes: dict[str, _Note]) -> None:
        self._file.write(msgspec.json.encode(_Contents(notes)))


class _Target:
    """Who is told: a service of apprise's."""

    def __init__(self, service: Any) -> None:
        self._service = service

    def __call__(self, title: str, text: str) -> bool:
        return bool(self._service.notify(body=text, title=title, body_format="text"))


def _target(name: str, address: str) -> _Target:
    try:
        import apprise
    except ImportError:
        raise NotAnnounced("This needs apprise, which is not installed: pip install 'lunchroom[announce]'.") from None
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # its lines have addresses in them
    service = apprise.Apprise()
    if not service.add(address):
        raise NotAnnounced(f"{name}: apprise knows no address like the one that config.toml has for it.")
    return _Target(service)


def _already(name: str, state: State) -> str:
    if state == "done":
        return f"{name}: it is out already. --again sends it once more."
    return f"{name}: it was begun before, and may be out. Look there; --again sends it once more."


def _note(state: State) -> _Note:
    return _Note(state, datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"))


def _key(plan: Plan, what: str, name: str) -> str:
    told = f"{plan.series}\n{plan.starts.isoformat()}\n{what.casefold()}\n{name}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]
