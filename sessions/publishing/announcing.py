"""Telling people elsewhere of a chat: to a channel of Teams, Slack or Discord, or by mail. It blocks.

apprise knows how each is spoken to. What was told where is noted before it is sent, so that nothing is told twice:
after a kill in between it may be out, and a moderator has to look. Addresses are secret: no text or note has one.
"""

import datetime
import hashlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from sessions.core.decoding import Unreadable, read_json
from sessions.core.errors import LunchroomError
from sessions.core.evolve import fold
from sessions.core.plan import Plan, Question
from sessions.core.plan.networks import PlanNetworks
from sessions.core.plan.schedule import share_text
from sessions.core.state import SessionState
from sessions.files.errors import LibraryError
from sessions.files.small_file import SmallFile
from sessions.library.library import ANNOUNCED_FILE, Library
from sessions.library.storage.reading import read_titled_events

logger = logging.getLogger(__name__)

State = Literal["begun", "done"]


class NotAnnounced(LunchroomError):
    """Something could not be told, or is told already, at the address called `name`; `reason` is without that name.

    `again` says that it is there already, or may be, so that only somebody who looked should tell it once more.
    """

    def __init__(self, name: str, reason: str, *, again: bool = False) -> None:
        super().__init__(f"{name}: {reason}.")
        self.reason = reason
        self.again = again


REFUSED = "it was refused or not answered; look there first"
"""Why nobody knows whether something was told; a service does not say more."""


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


def told_as(state: SessionState, subject: str) -> str:
    """What is noted in the library as told, by the subject of an `announcing_begun`."""
    question = state.questions.get(subject)
    return subject if question is None else f"question {question.label}"


def told_in_chats(library: Library, plan: Plan, what: str) -> dict[str, State]:
    """Where a desk told this of the chat of the plan, as the copy of the chat says that is saved here; it blocks.

    `begun` is where nobody noted what became of it, or that it did not work.
    """
    found: dict[str, State] = {}
    day = f"{plan.starts:%Y-%m-%d}"
    for saved in library.saved_chats():
        if (saved.series, saved.date) != (plan.series, day) or saved.rehearsal or saved.damaged:
            continue
        state = fold(read_titled_events(saved.path))
        if state.plan is None or state.plan.starts_at != plan.starts_at:  # another chat of the same day
            continue
        for one in state.announcements.values():
            if told_as(state, one.begun.subject) == what and found.get(one.begun.to) != "done":
                found[one.begun.to] = "begun" if one.done_at is None else "done"
    return found


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
        send = _sending(name, address)
        with self._file.locked():
            notes = self._read()
            if key in notes and not again:
                raise NotAnnounced(name, _ALREADY[notes[key].state], again=True)
            self._write(notes | {key: _note("begun")})
        send(plan.title, text)
        try:
            with self._file.locked():
                self._write(self._read() | {key: _note("done")})
        except (LibraryError, OSError):  # it is told all the same
            logger.warning("What %s was told could not be noted.", name)

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


def why_not_told(name: str, address: str) -> str:
    """Why nothing can be told at this address from this computer; empty where it can. Blocks: it loads apprise."""
    try:
        _sending(name, address)
    except NotAnnounced as error:
        return error.reason
    return ""


def tell_at(name: str, address: str, title: str, text: str) -> None:
    """Send the text, and note nothing. Raises `NotAnnounced`."""
    _sending(name, address)(title, text)


def _sending(name: str, address: str) -> Callable[[str, str], None]:
    """What sends a title and a text there; it raises `NotAnnounced`, as this does where nothing can be sent."""
    try:
        import apprise
    except ImportError:
        raise NotAnnounced(name, _NEEDS) from None
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # its lines have addresses in them
    service = apprise.Apprise()
    if not service.add(address):
        raise NotAnnounced(name, "apprise knows no address like the one that config.toml has for it")

    def send(title: str, text: str) -> None:
        try:
            taken = bool(service.notify(body=text, title=title, body_format="text"))
        except Exception:  # noqa: BLE001 - a service may fail in any way, and its error may tell the address
            taken = False
        if not taken:
            raise NotAnnounced(name, REFUSED, again=True)

    return send


_NEEDS = "this needs apprise, which is not installed: pip install 'lunchroom[announce]'"

_ALREADY: dict[State, str] = {
    "begun": "it was begun before, and may be there. Look there first",
    "done": "it has been told already",
}


def _note(state: State) -> _Note:
    return _Note(state, datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"))


def _key(plan: Plan, what: str, name: str) -> str:
    told = f"{plan.series}\n{plan.starts.isoformat()}\n{what.casefold()}\n{name}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]
