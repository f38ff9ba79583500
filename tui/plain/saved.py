"""A saved chat in plain lines: read at its pace, or all of it at once."""

import asyncio
from bisect import bisect_right

from sessions.core.events import UnknownEvent
from sessions.hub.client.client import Events
from sessions.replay import Replay
from sessions.replay.playback import Playback
from sessions.words import _
from tui.desk.actions.post_texts import PostTextActions
from tui.desk.actions.recap import RecapActions
from tui.desk.actions.sources import SourceActions
from tui.desk.model.desk import Change
from tui.desk.model.log_words import sentence
from tui.plain.asked.talk import Put
from tui.plain.chat import BY_WORDS, PlainPort
from tui.plain.targets import Unclear
from tui.plain.terminal import Lines
from tui.plain.told import looking
from tui.plain.told.news import News
from tui.plain.told.telling import hour, post_line
from tui.plain.typed.interpreting import Interpreter
from tui.plain.typed.listening import Listening
from tui.plain.vocabulary.saved_table import SAVED
from tui.replay.actions.looks import LookActions
from tui.replay.actions.playback import PlaybackActions
from tui.replay.model import ReplayModel, SavedFile
from tui.shell.actions import Actions, Handler
from tui.widgets.pace import Pace

STEP = 0.1
"""Seconds between two looks at the playback clock."""


class _Speed:
    """Says how fast it plays, whenever that changes."""

    def __init__(self, put: Put, speed: float) -> None:
        self._put = put
        self._speed = speed

    def show(self, playback: Playback, now: float) -> None:  # noqa: ARG002 - as `Bar` has it
        """Say it, if it is another speed."""
        if playback.speed != self._speed:
            self._speed = playback.speed
            self._put(_("{speed:g} times as fast as it was.").format(speed=playback.speed))


class PlainReplay(PlainPort):
    """Reads `replay` from the position `at` (milliseconds since the opening): a `ReplayPort`.

    `speed` is one of `sessions.replay.playback.SPEEDS`; `file` is where the chat is saved; `pace` is for tests.
    """

    def __init__(
        self,
        replay: Replay,
        lines: Lines,
        *,
        at: int = 0,
        speed: float = 1.0,
        file: SavedFile | None = None,
        pace: Pace | None = None,
    ) -> None:
        saved = ReplayModel(replay)
        super().__init__(saved, lines, SAVED, pace)
        self.model: ReplayModel = saved
        self._reads = False
        self.news = News(self.model, self.numbers, self.put, self.pace)
        self._seqs = [event.seq for event in replay.events]
        self._told = 0
        self._playing = PlaybackActions(self, self.model, _Speed(self.put, speed), at=at, speed=speed)
        looks = LookActions(self, self.model, self._playing, file)
        library, session = (None, "") if file is None else (file.folders[0], file.session)
        own: dict[str, Handler] = dict.fromkeys(set(BY_WORDS) & SAVED.table.by_name.keys(), self._by_words)
        own |= {action.name: self._by_words for action in SAVED.table.off}
        actions = Actions(
            SAVED.table,
            own | {"leave": self.leave},
            self._playing.handlers(),
            looks.handlers(),
            PostTextActions(self).handlers(),
            RecapActions(self, library, lambda: self.model.replay.final, lambda: session).handlers(),
            SourceActions(self, lambda: "", None).handlers(),
        )
        self.words = Interpreter(self, actions)
        self.words.own = {
            **Listening(self, self.news).handlers(),
            "play": lambda _rest: self._play(True),
            "pause": lambda _rest: self._play(False),
            "speed": self._set_speed,
        }

    def _by_words(self) -> None:
        """What is typed does it, or nothing is to be done."""

    async def run(self) -> str:
        """Read, and take words, until it is left; where nobody types, read all of it and leave."""
        if not self.lines.is_typed:
            self._read_all()
            return ""
        self._playing.begin()
        self.news.open_saved(self.model.replay)
        self.put(_("It plays. Type help for all words."))
        self.start(self._advance, group="tick", description=_("playing the chat"))
        try:
            while not self.left.done():
                reading = asyncio.ensure_future(self.lines.line())
                await asyncio.wait({reading, self.left}, return_when=asyncio.FIRST_COMPLETED)
                if not reading.done() or (line := reading.result()) is None:
                    reading.cancel()
                    break
                self.words.take(line)
                await self.settled()
                self.words.over()
        finally:
            await self.stop()
        return ""

    def _read_all(self) -> None:
        """From where it begins to the end, every post."""
        self.news.level = "loud"
        at = self._playing.playback.at
        self.model.go_to(at)
        self.news.open_saved(self.model.replay)
        if at == 0:
            self._read_posts(0)
        for event in self.model.replay.events:
            if event.seq > self.model.state.seq and self.is_running:
                self.model.position = self.model.replay.position_of(event.seq)
                self.news.tell(event, self.model.take(Events((event,))))

    def _read_posts(self, most: int) -> None:
        state = self.model.state
        self.numbers.follow(state)
        chosen = list(state.posts)[-most:]
        for line in looking.posts(state, chosen, self.numbers, most=len(chosen)) if chosen else ():
            self.put(line)

    async def _advance(self) -> None:
        while True:
            self._reads = True
            self._playing.advance()
            self._reads = False
            self.news.tick()
            await asyncio.sleep(STEP)

    # What is typed

    def _play(self, wanted: bool) -> None:
        if self._playing.playback.running(self.pace.now()) == wanted:
            self.put(_("It plays already.") if wanted else _("It stands already."))
            return
        self._playing.toggle()
        self.put(_("Playing.") if wanted else _("Paused. {hour}").format(hour=hour(self.model.state, self.model.now())))

    def _set_speed(self, rest: str) -> None:
        speeds = self._playing.playback.speeds
        wanted = next((speed for speed in speeds if f"{speed:g}" == rest.casefold().rstrip("x")), None)
        if wanted is None:
            raise Unclear(_("A speed is one of {speeds}.").format(speeds=", ".join(f"{speed:g}" for speed in speeds)))
        while self._playing.playback.speed < wanted:
            self._playing.faster()
        while self._playing.playback.speed > wanted:
            self._playing.slower()

    # What the groups of actions ask for

    def show(self, change: Change) -> None:
        """Read what was played; what lies before where one has gone to is not read."""
        state = self.model.state
        self.numbers.follow(state)
        if self._reads and change.events:
            for event in self.model.replay.events[bisect_right(self._seqs, self._told) :]:
                if event.seq > state.seq:
                    break
                words = "" if isinstance(event, UnknownEvent) else sentence(state, event, self.model.me)
                self.news.tell(event, Change(told=(words,) if words else ()))
        self._told = state.seq

    def tick(self) -> None:
        """Time alone changes nothing that is read by itself."""

    def point(self, person: str | None, post: str | None) -> None:  # noqa: ARG002 - whose post it is stands in it
        """Read the post that one has gone to."""
        if post is not None:
            self.numbers.follow(self.model.state)
            self.put(post_line(self.model.state, post, self.numbers))
