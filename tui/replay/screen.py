"""The desk on a saved chat: the same screen with a playback bar, on which nothing can be changed."""

import asyncio
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.types import CSSPathType

from sessions.core.commands import Command
from sessions.core.events import AnyEvent
from sessions.core.state import SessionState
from sessions.files.errors import StorageError
from sessions.hub.client.client import HubRefused, HubUpdate, Refusal, SavedView
from sessions.replay import Moment, MomentKind, Replay
from sessions.replay.playback import SKIP, Playback
from tui.desk.dialogs.log import LogDialog
from tui.desk.dialogs.person_card import PersonCard
from tui.desk.model.log_words import person_name, post_name, question_name
from tui.desk.screen import DESK_CSS, DeskScreen
from tui.dialogs.choose import Choice, ChooseDialog
from tui.dialogs.show_text import ShowTextDialog
from tui.replay.jump import JumpDialog
from tui.replay.keys import OFF, REPLAY
from tui.replay.model import ReplayModel, SavedFile
from tui.replay.playback_bar import PlaybackBar
from tui.shell.actions import Handler
from tui.text.outside import clean_line, outside
from tui.text.wording import clock_time, count, zone_of
from tui.widgets.pace import LoopPace, Pace
from tui.widgets.steady_footer import SteadyFooter
from tui.widgets.too_small import TooSmall

READ_ONLY = "This is a replay; nothing can be changed."
TYPING = "Nothing can be typed here. / finds words in the posts."

QUESTIONS: tuple[MomentKind, ...] = ("question",)
FINDS: tuple[MomentKind, ...] = ("newcomer", "star")

STEP = 0.1
"""Seconds between two looks at the playback clock."""


REPLAY_CSS = Path(__file__).with_name("replay.tcss")


class SavedChat:
    """A saved chat in the hub's place: it has nothing to tell, and refuses every command."""

    async def follow(self) -> AsyncGenerator[HubUpdate, None]:
        """What happens: nothing any more."""
        nothing: tuple[HubUpdate, ...] = ()
        for news in nothing:
            yield news

    async def command(self, command: Command) -> Refusal:
        """Refuse."""
        del command
        return Refusal(READ_ONLY)

    async def saved(self) -> Sequence[SavedView]:
        """Other chats: none from here."""
        return ()

    async def events(self, session_id: str) -> Sequence[AnyEvent]:
        """The events of another chat: there is none."""
        raise HubRefused(f"There is no chat {session_id} here.")


class ReplayScreen(DeskScreen, inherit_bindings=False):
    """Plays `replay` from the position `at` (milliseconds since the opening).

    `speed` is one of `sessions.replay.playback.SPEEDS`; `file` is where the chat is saved, if that is on this computer;
    `pace` is for tests.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = [DESK_CSS, REPLAY_CSS]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,super+c", "screen.copy_text", "Copy selected text", show=False),
        *REPLAY.bindings(),
    ]
    TABLE = REPLAY
    LEAVES = "leaves the desk; the saved chat stays as it is"
    guarded = False

    def __init__(
        self,
        replay: Replay,
        *,
        at: int = 0,
        speed: float = 1.0,
        file: SavedFile | None = None,
        pace: Pace | None = None,
        greeting: str = "",
    ) -> None:
        model = ReplayModel(replay)
        super().__init__(SavedChat(), model, pace or LoopPace(), greeting=greeting)
        self.saved = model
        self.replay = replay
        self.file = file
        self.session_id = "" if file is None else file.session
        if file is not None:
            self.library = file.folders[0]
        self.playback = Playback(replay.length, speed=speed).play(self.pace.now()).to(at, self.pace.now())
        self.bar = PlaybackBar(replay)
        self._stopped: Moment | None = None

    def off(self) -> Mapping[str, Handler]:
        """All say that nothing can be changed."""
        return {action.name: self._read_only for action in OFF}

    def _read_only(self) -> None:
        self.say(READ_ONLY)

    def compose(self) -> ComposeResult:
        yield TooSmall()
        yield self.panes
        yield self.bar
        yield SteadyFooter()

    def on_mount(self) -> None:
        """Show the state where it begins, and play."""
        self._show(self.saved.go_to(self.playback.at))
        self.playback = self.playback.to(self.playback.at, self.pace.now())
        self._show_bar()
        self.set_interval(STEP, self.advance)

    # Playing

    def advance(self) -> None:
        """Show what happened since the last look at the clock."""
        if not self.playback.playing:
            return
        now = self.pace.now()
        position = self.playback.position(now)
        change = self.saved.play_to(position)
        if change.events:
            self._show(change)
        else:
            self.tick()
        if position >= self.replay.length:
            self.playback = self.playback.pause(now)
            self.say("That is the end of what was saved. space plays it again, [ goes to the question before.")
        self._show_bar()

    def _show_bar(self) -> None:
        self.bar.show(self.playback, self.pace.now())

    def _position(self) -> int:
        return self.playback.position(self.pace.now())

    def seek(self, position: int, words: str = "") -> None:
        """Go to a position, in milliseconds since the opening, and say the words."""
        self._stopped = None
        self.playback = self.playback.to(position, self.pace.now())
        self._show(self.saved.go_to(self._position()))
        self.say(words)
        self._show_bar()

    @on(PlaybackBar.Sought)
    def _sought(self, message: PlaybackBar.Sought) -> None:
        self.seek(message.position)

    @on(PlaybackBar.Toggled)
    def do_play(self) -> None:
        """Play, or pause; at the end from the start again."""
        before = self._position()
        self.playback = self.playback.toggle(self.pace.now())
        if self._position() < before:
            self.seek(self._position())
        elif not self.playback.playing:
            self.say("")
        self._show_bar()

    def do_back(self) -> None:
        """10 seconds back."""
        self.seek(self._position() - SKIP)

    def do_forward(self) -> None:
        """10 seconds forward."""
        self.seek(self._position() + SKIP)

    def do_slower(self) -> None:
        """The next lower speed."""
        self.playback = self.playback.slower(self.pace.now())
        self._show_bar()

    def do_faster(self) -> None:
        """The next higher speed."""
        self.playback = self.playback.faster(self.pace.now())
        self._show_bar()

    def do_previous_question(self) -> None:
        """To the moment the question before was asked."""
        self._go_back(QUESTIONS, "No question was asked before.")

    def do_next_question(self) -> None:
        """To the moment the next question was asked."""
        self._go_on(QUESTIONS, "No question was asked later.")

    def do_previous_moment(self) -> None:
        """To the newcomer or star before."""
        self._go_back(FINDS, "Nobody new came before, and no star was given.")

    def do_next_moment(self) -> None:
        """To the next newcomer or star."""
        self._go_on(FINDS, "Nobody new came later, and no star was given.")

    def _go_back(self, kinds: Collection[MomentKind], none: str) -> None:
        slack = self.playback.slack
        self._go_to_moment(self.replay.previous_moment(self._position(), kinds, slack, self._stop()), none)

    def _go_on(self, kinds: Collection[MomentKind], none: str) -> None:
        self._go_to_moment(self.replay.next_moment(self._position(), kinds, self._stop()), none)

    def _stop(self) -> Moment | None:
        """The moment that was gone to, as long as it has not played on from there for more than a second press."""
        stopped = self._stopped
        return stopped if stopped and self._position() - stopped.position <= self.playback.slack else None

    def _go_to_moment(self, moment: Moment | None, none: str) -> None:
        if moment is None:
            self.say(none)
            return
        self.seek(moment.position)
        self._stopped = moment
        self.say(self._words(moment))
        if moment.kind != "question":
            self._point(moment.subject)

    def _words(self, moment: Moment) -> str:
        """What happened at this moment: the state is the one right behind it."""
        state = self.model.state
        if moment.kind == "question":
            return f"{question_name(state, moment.subject)} was asked."
        if moment.kind == "newcomer":
            return f"{person_name(state, moment.subject)} is new and posts for the first time."
        layer, person = state.layers.get(moment.subject), state.people.get(moment.subject)
        mark = layer.starred if layer is not None else person.starred if person is not None else None
        named = post_name(state, moment.subject) if person is None else person_name(state, moment.subject)
        return f"{mark.by if mark is not None else 'Somebody'} starred {named}."

    def _point(self, subject: str) -> None:
        """Put the cursors on the post or the person, and on the person's latest post by then."""
        posts = self.model.state.posts
        if subject in posts:
            self.panes.answers.go_to(subject)
            return
        self.panes.roster.go_to(subject)
        theirs = [post for post, seen in posts.items() if seen.post.author.id == subject]
        if theirs:
            self.panes.answers.go_to(theirs[-1])

    def do_jump(self) -> None:
        """Go to a time that one types."""
        self.run_dialog(self._jump)

    async def _jump(self) -> None:
        zone = zone_of(self.replay.final.plan)
        dialog = JumpDialog(started=self.replay.started, length=self.replay.length, zone=zone)
        position = await self.app.push_screen_wait(dialog)
        if position is not None:
            self.seek(position, f"It is {clock_time(self.replay.now(position), zone)}.")

    # What the live desk does otherwise

    def recapped(self) -> SessionState:
        """The chat to its end, wherever the replay stands."""
        return self.replay.final

    async def _redact(self, post: str) -> None:
        if self.file is None:
            self.say("This chat is saved on another computer, where its hub runs: there it can be blanked out.")
            return
        if not await self.sure_to_blank(post):
            return
        self.say("Blanking it out …", stays=True)
        try:
            self.replay, done = await asyncio.to_thread(self.file.blank, post)
        except (StorageError, OSError) as error:
            self.say(str(error), warn=True)
            return
        self._show(self.saved.take_anew(self.replay))
        self.say(f"Its words are gone from {count(len(done.touched), 'file')}.")
        if done.unreached:
            left = "\n".join(f"{one.path}: {one.why}" for one in done.unreached)
            words = "These may still have the words; they are files that you can look at and delete."
            await self.app.push_screen_wait(ShowTextDialog("Not reached", left, words))

    def _hindered(self) -> bool:
        self.say(READ_ONLY)
        return True

    def _typed(self) -> None:
        self.say(TYPING)

    async def _roles(self) -> None:
        self.say(READ_ONLY)

    async def _person_card(self, person: str) -> None:
        if person in self.model.state.people:
            await self.app.push_screen_wait(PersonCard(self.model.state, person, read_only=True))

    async def _log(self) -> None:
        await self.app.push_screen_wait(LogDialog(self.model.state, self.model.me, read_only=True))

    async def _question_card(self, question: str) -> None:
        known = self.model.state.questions.get(question)
        if known is None:
            return
        choices = [Choice("show", Content("Show only its answers"))]
        asked = next((one for one in self.replay.moments if one.kind == "question" and one.subject == question), None)
        if asked is not None:
            choices.append(Choice("go", Content("Go to when it was asked")))
        title = Content.assemble(f"Q{clean_line(known.label)}  ", outside(clean_line(known.text)))
        chosen = await self.app.push_screen_wait(ChooseDialog(title, choices))
        if chosen == "show":
            self.show_answers_to(question)
        elif chosen == "go":
            self._go_to_moment(asked, "")

    def do_leave(self) -> None:
        """Leave the replay; nothing is lost by it."""
        self.leave()
