"""What a replay's desk knows: the state at a position, and what changed on the way there. No widgets."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sessions.files.errors import DamagedSession
from sessions.hub.client.updates import Events
from sessions.hub.protocol.seats import Seat
from sessions.library.storage.layout import FILE_NAME
from sessions.library.storage.reading import read_titled_events
from sessions.replay import Replay
from sessions.replay.jumping import parse_jump
from sessions.words import _
from tui.desk.model.desk import Change, DeskModel
from tui.text.wording import zone_of

if TYPE_CHECKING:
    from sessions.library.erasure import Erasure

NOBODY = Seat(name="", scope="observer", token="")
"""Who sits at a replay: nobody of the chat, so that its moderators are all called by their names."""

MANY = 2_000
"""Events above which playing seeks, after the computer slept for example: it is the quicker way."""


def open_replay(path: Path) -> Replay:
    """The saved chat in this file. Blocks for about half a second where it has 100,000 events.

    Raises `LibraryError` where there is no such file, `DamagedSession` where it cannot be read.
    """
    events = read_titled_events(path)
    if not events:
        raise DamagedSession(path, _("it has no events"))
    return Replay(events)


@dataclass(frozen=True)
class SavedFile:
    """Where a replayed chat is saved, and the folders in which copies of its posts are reached, the library first."""

    path: Path
    folders: tuple[Path, ...]

    @property
    def session(self) -> str:
        """The id of the session, as the file is called; empty where it is called otherwise."""
        named = FILE_NAME.fullmatch(self.path.name)
        return "" if named is None else named[3]

    def blank(self, post: str) -> "tuple[Replay, Erasure]":
        """Blank the words of a post out of all of them for good; the chat as it is then, and what was reached.

        Blocks. Raises `StorageError` where the chat or another that has the post is live, or the disk refuses.
        """
        from sessions.library.erasure import blank_post  # all that rewrites saved chats, which a look at one needs not

        done = blank_post(self.folders, post)
        return open_replay(self.path), done


def position_at(replay: Replay, time: str) -> int:
    """The position that `time` names (`7:42 pm`, `+12:30`), milliseconds since the opening. Raises `JumpError`."""
    return parse_jump(time, started=replay.started, length=replay.length, zone=zone_of(replay.final.plan))


class ReplayModel(DeskModel):
    """The desk's model on a saved chat; its clock stands at `position`, milliseconds since the opening."""

    replayed: ClassVar[bool] = True

    def __init__(self, replay: Replay) -> None:
        super().__init__(NOBODY, state=replay.state, live_after=0)
        self.replay = replay
        self.position = 0

    def take_anew(self, replay: Replay) -> Change:
        """Go on with the same chat as its file is now."""
        self.replay = replay
        return self.go_to(self.position)

    def now(self) -> int:
        """What the hub's clock said then, UTC milliseconds."""
        return self.replay.now(self.position)

    def play_to(self, position: int) -> Change:
        """Fold in what happened up to the position, and say it."""
        batch = self.replay.until(position)
        if len(batch) > MANY:
            return self.go_to(position)
        self.position = position
        return replace(self.take(Events(tuple(batch))), note=None)

    def go_to(self, position: int) -> Change:
        """Make the state the one at the position, before or behind."""
        self.position = position
        self.state = self.replay.seek(position)
        self._people = None
        self._unfiled.touch(None)
        return Change(posts=None, events=True, acted=True)
