"""Playing a saved chat, and going to moments of it."""

from collections.abc import Collection, Mapping
from typing import Protocol

from msgspec.structs import replace

from sessions.replay import Moment, MomentKind
from sessions.replay.playback import DAYS_LONG, SKIP, Playback
from sessions.words import _
from tui.desk.model.log_words import person_name, post_name, question_in_words
from tui.replay.jump import JumpDialog
from tui.replay.model import ReplayModel
from tui.replay.port import ReplayPort
from tui.shell.actions import Handler
from tui.text.days import day_name, days_long, half_told
from tui.text.wording import clock_time, zone_of

QUESTIONS: tuple[MomentKind, ...] = ("question",)
FINDS: tuple[MomentKind, ...] = ("newcomer", "star")


class Bar(Protocol):
    """Where it is shown how far it is."""

    def show(self, playback: Playback, now: float) -> None:
        """Show it as it stands at this moment (seconds)."""


class PlaybackActions:
    """The actions under the heading "Replay".

    It plays `model` from the position `at` (milliseconds since the opening) at `speed`, one of
    `sessions.replay.playback.SPEEDS`, and shows on `bar` where it stands.
    """

    def __init__(self, port: ReplayPort, model: ReplayModel, bar: Bar, *, at: int, speed: float) -> None:
        self._port = port
        self.model = model
        self._bar = bar
        now = port.pace.now()
        playback = Playback(model.replay.length)
        self.playback = replace(playback, speed=min(speed, playback.speeds[-1])).play(now).to(at, now)
        self._stopped: Moment | None = None

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {
            "play": self.toggle,
            "back": self.skip_back,
            "forward": self.skip_forward,
            "slower": self.slower,
            "faster": self.faster,
            "previous_question": self.previous_question,
            "next_question": self.next_question,
            "previous_moment": self.previous_moment,
            "next_moment": self.next_moment,
            "jump": self.jump,
        }

    def begin(self) -> None:
        """Show the state where it begins, and play."""
        self._port.show(self.model.go_to(self.playback.at))
        self.playback = self.playback.to(self.playback.at, self._port.pace.now())
        self._show_bar()

    def advance(self) -> None:
        """Show what happened since the last look at the clock."""
        if not self.playback.playing:
            return
        now = self._port.pace.now()
        position = self._skip_quiet(now)
        change = self.model.play_to(position)
        if change.events:
            self._port.show(change)
        else:
            self._port.tick()
        if position >= self.model.replay.length:
            self.playback = self.playback.pause(now)
            play, before = self._port.key_of("play"), self._port.key_of("previous_question")
            self._port.say(
                _("That is the end of what was saved. {play} plays it again, {before} goes back.").format(
                    play=play, before=before
                )
            )
        self._show_bar()

    def _skip_quiet(self, now: float) -> int:
        """Where it stands; in a chat of days behind a night in which nothing happened, which is said."""
        position, replay = self.playback.position(now), self.model.replay
        onward = replay.behind_quiet(position, round(1000 * self.playback.speed)) if replay.length > DAYS_LONG else None
        if onward is None:
            return position
        self.playback = self.playback.to(onward, now)
        self._port.say(_("Nothing happened for {time}: skipped.").format(time=days_long(onward - position)))
        return onward

    def _show_bar(self) -> None:
        self._bar.show(self.playback, self._port.pace.now())

    def _position(self) -> int:
        return self.playback.position(self._port.pace.now())

    def seek(self, position: int, words: str = "") -> None:
        """Go to a position, in milliseconds since the opening, and say the words."""
        self._stopped = None
        self.playback = self.playback.to(position, self._port.pace.now())
        self._port.show(self.model.go_to(self._position()))
        self._port.say(words)
        self._show_bar()

    def toggle(self) -> None:
        """Play, or pause; at the end from the start again."""
        before = self._position()
        self.playback = self.playback.toggle(self._port.pace.now())
        if self._position() < before:
            self.seek(self._position())
        elif not self.playback.playing:
            self._port.say("")
        self._show_bar()

    def skip_back(self) -> None:
        """10 seconds back."""
        self.seek(self._position() - SKIP)

    def skip_forward(self) -> None:
        """10 seconds forward."""
        self.seek(self._position() + SKIP)

    def slower(self) -> None:
        """The next lower speed."""
        self.playback = self.playback.slower(self._port.pace.now())
        self._show_bar()

    def faster(self) -> None:
        """The next higher speed."""
        self.playback = self.playback.faster(self._port.pace.now())
        self._show_bar()

    def previous_question(self) -> None:
        """To the moment the question before was asked."""
        self._go_back(QUESTIONS, _("No question was asked before."))

    def next_question(self) -> None:
        """To the moment the next question was asked."""
        self._go_on(QUESTIONS, _("No question was asked later."))

    def previous_moment(self) -> None:
        """To the newcomer or star before."""
        self._go_back(FINDS, _("Nobody new came before, and no star was given."))

    def next_moment(self) -> None:
        """To the next newcomer or star."""
        self._go_on(FINDS, _("Nobody new came later, and no star was given."))

    def _go_back(self, kinds: Collection[MomentKind], none: str) -> None:
        slack = self.playback.slack
        self.go_to_moment(self.model.replay.previous_moment(self._position(), kinds, slack, self._stop()), none)

    def _go_on(self, kinds: Collection[MomentKind], none: str) -> None:
        self.go_to_moment(self.model.replay.next_moment(self._position(), kinds, self._stop()), none)

    def _stop(self) -> Moment | None:
        """The moment that was gone to, as long as it has not played on from there for more than a second press."""
        stopped = self._stopped
        return stopped if stopped and self._position() - stopped.position <= self.playback.slack else None

    def go_to_moment(self, moment: Moment | None, none: str = "") -> None:
        """Go to a moment and say what happened then, or say that there is none."""
        if moment is None:
            self._port.say(none)
            return
        self.seek(moment.position)
        self._stopped = moment
        self._port.say(self._words(moment))
        if moment.kind != "question":
            self._point(moment.subject)

    def _words(self, moment: Moment) -> str:
        """What happened at this moment: the state is the one right behind it."""
        state = self._port.model.state
        if moment.kind == "question":
            return _("{question} was asked.").format(question=question_in_words(state, moment.subject))
        if moment.kind == "newcomer":
            return _("{name} is new and posts for the first time.").format(name=person_name(state, moment.subject))
        layer, person = state.layers.get(moment.subject), state.people.get(moment.subject)
        mark = layer.starred if layer is not None else person.starred if person is not None else None
        named = post_name(state, moment.subject) if person is None else person_name(state, moment.subject)
        return _("{name} starred {what}.").format(name=_("Somebody") if mark is None else mark.by, what=named)

    def _point(self, subject: str) -> None:
        """Put the cursors on the post or the person, and on the person's latest post by then."""
        posts = self._port.model.state.posts
        if subject in posts:
            self._port.point(None, subject)
            return
        theirs = [post for post, seen in posts.items() if seen.post.author.id == subject]
        self._port.point(subject, theirs[-1] if theirs else None)

    def jump(self) -> None:
        """Go to a time that one types."""
        self._port.start(self._jump)

    async def _jump(self) -> None:
        zone = zone_of(self.model.replay.final.plan)
        dialog = JumpDialog(started=self.model.replay.started, length=self.model.replay.length, zone=zone)
        position = await self._port.ask(dialog)
        if position is not None:
            then = self.model.replay.now(position)
            days = self.model.replay.length > DAYS_LONG
            told = f"{day_name(then, zone)}, {half_told(then, zone)}" if days else clock_time(then, zone)
            self.seek(position, _("It is {told}.").format(told=told))
