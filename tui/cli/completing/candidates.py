"""Chats, plans and networks that may be meant, by the names of files: nothing is read for it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sessions.words import _

MOST = 100
"""Candidates of one kind."""

_SAFE = re.compile(r"[\w./+@%,-]+")
"""What stands for itself in every shell; a file that is called otherwise is typed by hand."""


class Candidate(NamedTuple):
    """A word that fits, and what it is."""

    word: str
    help: str = ""


def is_safe(word: str) -> bool:
    """Whether the word stands for itself in every shell, and is no option."""
    return _SAFE.fullmatch(word) is not None and not word.startswith("-")


def saved_chats(_word: str) -> Iterator[Candidate]:
    """The saved chats, newest first."""
    yield Candidate("latest", _("the newest one"))
    for date, series, chat in _saved():
        yield Candidate(chat, f"{date} {series}")


def all_series(_word: str) -> Iterator[Candidate]:
    """The series of which chats are saved."""
    for series in sorted({series for _date, series, _chat in _saved()}):
        yield Candidate(series)


def running_chats(_word: str) -> Iterator[Candidate]:
    """The chats of this account that are not closed."""
    from sessions.core.session_id import SESSION_ID
    from sessions.files.homes import NoHome
    from sessions.hub.process.runtime import runtime_folder

    try:
        names = sorted(path.stem for path in runtime_folder().glob("*.json"))
    except (NoHome, OSError):
        return
    yield from (Candidate(name, _("not closed")) for name in names if SESSION_ID.fullmatch(name))


def plans(word: str) -> Iterator[Candidate]:
    """The plans in this folder, or in that which the word begins with."""
    folder = word.rpartition("/")[0]
    try:
        names = sorted(path.name for path in Path(folder or ("/" if word.startswith("/") else ".")).glob("*.toml"))
    except OSError:
        return
    before = word[: len(word) - len(word.rpartition("/")[2])]
    yield from (Candidate(f"{before}{name}", _("a plan")) for name in names if is_safe(name))


def plans_or_latest(word: str) -> Iterator[Candidate]:
    """What `new --like` takes."""
    yield Candidate("latest", _("the last plan"))
    yield from plans(word)


def networks(_word: str) -> Iterator[Candidate]:
    """The networks that there are."""
    from sessions.networks.registry import NETWORKS

    yield from map(Candidate, NETWORKS)


def practice(_word: str) -> Iterator[Candidate]:
    """Where the posts of a rehearsal come from."""
    yield Candidate("practice", _("an invented cast"))


CANDIDATES: Mapping[str, Callable[[str], Iterable[Candidate]]] = {
    "plan": plans,
    "like": plans_or_latest,
    "source": practice,
    "network": networks,
    "series": all_series,
}
"""By the names of the arguments and options that take them."""

SESSIONS: Mapping[str, Callable[[str], Iterable[Candidate]]] = {
    **dict.fromkeys(("replay", "recap", "merge", "attendance", "certificates"), saved_chats),
    **dict.fromkeys(("join", "end", "web"), running_chats),
}
"""What the argument of these commands that names a chat takes."""


def _saved() -> list[tuple[str, str, str]]:
    """Date, series and id of each saved chat, newest first."""
    from sessions.files.homes import NoHome
    from sessions.library.location import default_library
    from sessions.library.storage.layout import FILE_NAME

    try:
        matches = [FILE_NAME.fullmatch(path.name) for path in default_library().iterdir()]
    except (NoHome, OSError):
        return []
    found = sorted((match.groups() for match in matches if match is not None), reverse=True)
    return [(date, series, chat) for date, series, chat in found]
