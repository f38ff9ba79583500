"""The panes of the desk on a saved chat, with a playback bar; nothing can be changed."""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import Input

from sessions.core.memory import ChatMemory
from sessions.replay import Replay
from sessions.replay.playback import Playback
from sessions.words import _
from tui.desk.actions.navigation import NavigationActions
from tui.desk.actions.post_texts import PostTextActions
from tui.desk.actions.recap import RecapActions
from tui.desk.actions.sources import SourceActions
from tui.desk.chat_screen import DESK_CSS, Cards, ChatScreen
from tui.desk.keys import ANYWHERE, FOOTERS, TO_READ
from tui.replay.actions.looks import LookActions
from tui.replay.actions.playback import PlaybackActions
from tui.replay.keys import OFF, REPLAY
from tui.replay.model import ReplayModel, SavedFile
from tui.replay.playback_bar import PlaybackBar
from tui.shell.actions import PALETTE_KEY, Actions, Handler
from tui.widgets.footers.pane_footer import PaneFooter
from tui.widgets.key_line import KeyWord
from tui.widgets.pace import Pace
from tui.widgets.too_small import TooSmall

READ_ONLY = _("This is a replay; nothing can be changed.")

STEP = 0.1
"""Seconds between two looks at the playback clock."""

REPLAY_CSS = Path(__file__).with_name("replay.tcss")


READING_AT_FOOT = tuple(
    one
    for one in (*FOOTERS["answers"], *ANYWHERE)
    if one.name in TO_READ and one.name in {action.name for action in REPLAY.actions}
)
"""What stands at the foot behind the keys of a replay where there is room."""


class ReplayScreen(ChatScreen, inherit_bindings=False):
    """Plays `replay` from the position `at` (milliseconds since the opening).

    `speed` is one of `sessions.replay.playback.SPEEDS`; `file` is where the chat is saved, if that is on this computer;
    `session` its id for programs where `file` does not tell it; `pace` is for tests.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = [DESK_CSS, REPLAY_CSS]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,super+c", "screen.copy_text", _("Copy selected text"), show=False),
        *REPLAY.bindings(),
    ]
    LEAVES = _("leaves the desk; the saved chat stays as it is")
    gathers = True
    FIRST_AT_FOOT: ClassVar[Mapping[str, str]] = {}
    """Actions that stand at the foot before those of the table, with the word for each."""

    def __init__(
        self,
        replay: Replay,
        *,
        at: int = 0,
        speed: float = 1.0,
        file: SavedFile | None = None,
        session: str = "",
        pace: Pace | None = None,
        greeting: str = "",
    ) -> None:
        saved = ReplayModel(replay)
        library = None if file is None else file.folders[0]
        named = session if file is None else file.session
        super().__init__(saved, pace=pace, greeting=greeting, library=library, session_id=named)
        self.saved = saved
        self.bar = PlaybackBar(replay)
        self._foot = PaneFooter()
        self.playing = PlaybackActions(self, saved, self.bar, at=at, speed=speed)
        looks = LookActions(self, saved, self.playing, file)
        self.cards = Cards(looks.open_person, looks.open_question, self._refuse)
        self.navigation = NavigationActions(self, looks.open_person, lambda: self.app.own_filters)
        own: dict[str, Handler] = {"help": self.show_help, "dismiss": self._dismiss, "leave": self.leave}
        self.actions = Actions(
            REPLAY,
            own,
            self.playing.handlers(),
            looks.handlers(),
            self.navigation.handlers(),
            self.layouts.handlers(),
            PostTextActions(self).handlers(),
            self.opening.handlers(),
            RecapActions(self, library, lambda: saved.replay.final, lambda: named).handlers(),
            SourceActions(self, lambda: "", None).handlers(),
            self.off(),
        )

    def off(self) -> dict[str, Handler]:
        """What the keys of a live desk do that change something there."""
        return {action.name: self._refuse for action in OFF}

    def compose(self) -> ComposeResult:
        yield TooSmall()
        yield self.panes
        yield self.bar
        yield self.footer()

    def footer(self) -> Widget:
        """The keys of the table that have a word there, as many as fit."""
        return self._foot

    @on(events.DescendantFocus)
    def _show_foot(self) -> None:
        """Show the keys, or those of the line in which one types, where all others are letters."""
        pinned = {"help": _("Help"), PALETTE_KEY: _("All actions")}
        if isinstance(self.focused, Input):
            self._foot.show(self.panes.find.key_words, self._key_words({PALETTE_KEY: pinned[PALETTE_KEY]}))
            return
        own = {one.name: one.footer for one in REPLAY.actions if one.footer and one.name not in pinned}
        more = {one.name: one.word for one in READING_AT_FOOT if one.name not in own}
        self._foot.show(self._key_words({**self.FIRST_AT_FOOT, **own, **more}), self._key_words(pinned))

    def _key_words(self, words: Mapping[str, str]) -> list[KeyWord]:
        return [KeyWord(self.printed_key(name), word, name) for name, word in words.items()]

    @on(PaneFooter.Picked)
    async def _foot_clicked(self, message: PaneFooter.Picked) -> None:
        self.remarks.acted()
        if message.name == PALETTE_KEY:
            await self.app.run_action(PALETTE_KEY)
        elif isinstance(self.focused, Input):
            await self.app.run_action(message.name, self.panes.find)
        else:
            self.run(message.name)

    def on_mount(self) -> None:
        """Show the state where it begins, and play."""
        self._show_foot()
        ChatMemory().grew(len(self.saved.replay.events))
        self.playing.begin()
        self.set_interval(STEP, self.advance)

    @property
    def playback(self) -> Playback:
        """Where it stands, and how fast it plays."""
        return self.playing.playback

    def advance(self) -> None:
        """Show what happened since the last look at the clock."""
        self.playing.advance()

    @on(PlaybackBar.Sought)
    def _sought(self, message: PlaybackBar.Sought) -> None:
        self.playing.seek(message.position)

    @on(PlaybackBar.Toggled)
    def _toggled(self) -> None:
        self.playing.toggle()

    def on_paste(self, event: events.Paste) -> None:
        """Say that there is nothing to type here."""
        event.stop()
        self.say(
            _("Nothing can be typed here. {find_key} finds words in the posts.").format(find_key=self.key_of("find"))
        )

    def on_key(self, event: events.Key) -> None:
        """Choose which posts are shown as soon as its key is there, for the one behind it that says which."""
        filtering = self.navigation.filtering
        if isinstance(self.focused, Input):
            return
        own = self.app.own_keys.get("filter", REPLAY.by_name["filter"].key)
        if event.is_printable and filtering.take(event.key):
            event.stop()
        elif event.key in own.split(","):
            event.stop()
            self.run("filter")

    def point(self, person: str | None, post: str | None) -> None:
        """Put the cursors there."""
        if person is not None:
            self.panes.roster.go_to(person)
        if post is not None:
            self.panes.answers.go_to(post)

    def _refuse(self) -> None:
        self.say(READ_ONLY)

    def _dismiss(self) -> None:
        self.close_one()

    def close_one(self) -> bool:
        """Close what is open; whether anything was."""
        panes = self.panes
        return panes.notice.dismiss_one() or panes.answers.fold_warned() or panes.show_everything()
