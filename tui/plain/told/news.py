"""What is read out of what happens: what, how much of it, and when the clock speaks."""

from collections.abc import Callable
from typing import Literal

from sessions.core import events as e
from sessions.core.events import AnyEvent, UnknownEvent
from sessions.core.zones import local_time
from sessions.hub.client.client import Beat, HubUpdate, Offline, Online
from sessions.replay import Replay
from sessions.words import _
from tui.desk.model.desk import Change, DeskModel
from tui.desk.model.whereabouts import claim_words
from tui.plain.targets import PostNumbers
from tui.plain.told import looking
from tui.plain.told.bursts import Bursts
from tui.plain.told.clock_lines import ClockLines
from tui.plain.told.telling import greeting_state, hour, named, post_line, summed_up, time_words
from tui.text.day_names import month
from tui.text.outside import clean_line
from tui.text.sources import long_name
from tui.text.wording import clock_time, counted, zone_of
from tui.widgets.pace import Pace

Level = Literal["quiet", "normal", "loud"]

LEVELS: dict[Level, str] = {
    "quiet": _("Only newcomers' first posts are read; others are counted."),
    "normal": _("Posts are read as far as one can listen; others are counted."),
    "loud": _("Every post is read."),
}


class News:
    """Reads by `put` what happens in the chat of `model`, from when it has caught up on."""

    def __init__(self, model: DeskModel, numbers: PostNumbers, put: Callable[[str], None], pace: Pace) -> None:
        self._model = model
        self._numbers = numbers
        self._put = put
        self._pace = pace
        self._bursts = Bursts()
        self._clock = ClockLines()
        self._statuses: dict[str, str] = {}
        self._trouble = ""
        self._onlookers: tuple[str, ...] = ()
        self._writing: dict[str, str] = {}
        self._pointed = ""
        self._offline = False
        self.begun = False
        """Whether it has caught up: what comes from then on is read."""
        self.level: Level = "normal"

    # What came

    def take(self, update: HubUpdate, change: Change) -> None:
        """What is no event that is read: how the hub fares, and all that had happened before."""
        if isinstance(update, Offline):
            if not self._offline:
                self._offline = True
                self._line(_("Offline: {why} It is tried again.").format(why=update.why))
        elif isinstance(update, Online):
            if self._offline:
                self._offline = False
                self._line(_("Back online. What you tried meanwhile was not sent."))
        elif isinstance(update, Beat):
            self._beat(update)
        for words in change.told:
            self._line(words)
        self._numbers.follow(self._model.state)
        live_after = self._model.live_after
        if live_after is None:
            self.begun = False
        elif not self.begun and self._model.state.seq >= live_after and self._model.state.plan is not None:
            self.begun = True
            self._begin()

    def _begin(self) -> None:
        """How the chat stands when one sits down."""
        state, model = self._model.state, self._model
        plan = state.plan
        tag = "".join(f"#{tag} " for tag in plan.hashtags[:1]) if plan is not None else ""
        self._statuses = {source: known.status for source, known in state.sources.items()}
        rehearsal = _(" A rehearsal: nothing is posted.") if state.rehearsal else ""
        self._line(f"{tag}{plan.title if plan is not None else ''}.{rehearsal}")
        self._line(looking.roles(state, model.me, model.onlookers))
        self._line(hour(state, model.now()))
        if state.open is not None:
            self._line(f"{named(state, state.open)}: {state.questions[state.open].text}")
        self._put(
            _("{posts} so far by {people}. {to_greet} Type help for all words.").format(
                posts=counted(len(state.posts), "{n} post", "{n} posts"),
                people=counted(len(state.present()), "{n} person", "{n} people"),
                to_greet=greeting_state(state),
            )
        )

    def open_saved(self, replay: Replay) -> None:
        """Which saved chat it is."""
        state, final = self._model.state, replay.final
        self.begun = True
        title = final.plan.title if final.plan is not None else ""
        started = local_time(replay.started, zone_of(final.plan))
        words = _("{title}. {day} {month} {year}, {time}, {posts} by {people}.").format(
            title=title, day=started.day, month=month(started), year=started.year, time=time_words(replay.length),
            posts=counted(len(final.posts), "{n} post", "{n} posts"),
            people=counted(len(final.present()), "{n} person", "{n} people"),
        )  # fmt: skip
        self._line(words, state.at)

    def _beat(self, beat: Beat) -> None:
        if (beat.trouble or "") != self._trouble:
            self._trouble = beat.trouble or ""
            self._line(
                _("Trouble: {trouble}").format(trouble=self._trouble) if self._trouble else _("The trouble is over.")
            )
        if self.begun and beat.observers != self._onlookers:
            for name in beat.observers:
                if name not in self._onlookers:
                    self._line(_("{name} looks on").format(name=name))
        self._onlookers = beat.observers
        writing = {one.name: claim_words(self._model.state, one.claim) for one in beat.others}
        for name, words in writing.items():
            if words and words != self._writing.get(name):
                self._line(_("{name} is {doing}").format(name=name, doing=words))
        self._writing = writing
        if beat.pointed is not None and beat.pointed.id != self._pointed:
            self._pointed = beat.pointed.id
            self._line(_("{name} means you: this is your desk.").format(name=beat.pointed.by))

    def tell(self, event: AnyEvent, change: Change) -> None:
        """Read one event, which is folded by now."""
        state = self._model.state
        self._numbers.follow(state)
        if isinstance(event, UnknownEvent):
            return
        for words in (*change.said, *change.told):
            self._line(f"{words}{self._number(event)}", event.at)
        if isinstance(event, e.QuestionAsked) and event.question in state.questions:
            self._line(f"{named(state, event.question)}: {state.questions[event.question].text}", event.at)
        if isinstance(event, e.PostSeen) and event.by is None and event.post.id in state.posts:
            self._post(event)
        elif isinstance(event, e.PostEdited) and event.post in state.posts:
            self._line(_("edited: {post}").format(post=post_line(state, event.post, self._numbers)), event.at)
        elif isinstance(event, e.PostRemoved) and event.post in state.posts:
            number = self._numbers.number(event.post)
            self._line(_("post {number} was removed by its author").format(number=number), event.at)
        elif isinstance(event, e.SourceChanged):
            self._source(event)

    def _number(self, event: e.Event) -> str:
        """The number of the post that a sentence is about, if it is about one."""
        state = self._model.state
        post = getattr(event, "post", None)
        if not isinstance(post, str) or post not in state.posts:
            return ""
        return _(" (post {number})").format(number=self._numbers.number(post))

    def _post(self, event: e.PostSeen) -> None:
        state, post = self._model.state, event.post.id
        person = state.people[event.post.author.id]
        if event.post.repost_of is not None and self.level != "loud":
            return
        first = person.posts == 1 and person.newcomer and (person.says_new or not state.first)
        now = self._pace.now()
        if self.level == "quiet" and not first:
            self._bursts.hold(post, now)
        elif self._bursts.admit(post, now, free=first or self.level == "loud"):
            self._line(_("new {post}").format(post=post_line(state, post, self._numbers)), event.at)

    def _source(self, event: e.SourceChanged) -> None:
        """Only what matters to listen to: that a source fails, and that it is well again."""
        before, status = self._statuses.get(event.source, "ok"), event.status
        self._statuses[event.source] = status
        was, is_ = (one.startswith(("ok", "finished", "catching up")) for one in (before, status))
        if was != is_:
            self._line(f"{long_name(self._model.state, event.source)}: {status}", event.at)

    # What time alone brings

    def tick(self) -> None:
        """Read what the clock passes, and sum up what was not read."""
        if not self.begun:
            return
        state, now = self._model.state, self._model.now()
        passed = self._clock.due(state, now)
        if passed:
            self._line(f"{passed} {greeting_state(state)}{self._hint()}", now)
        held = self._bursts.due(self._pace.now())
        if held:
            self._line(summed_up(state, held), now)

    def _hint(self) -> str:
        """Words that help now."""
        state = self._model.state
        words = ["next"] if self._model.holds("driver") and state.next_question() is not None else []
        waiting = state.to_greet()
        if waiting:
            name = clean_line(waiting[0].author.shown).split(" ")[0].lower()
            words.append(f"greet {name}")  # words: what is typed
        return _(" Type: {words}").format(words=", ".join([*words, "post", "help"]))

    def _line(self, words: str, at: int | None = None) -> None:
        state = self._model.state
        self._put(f"{clock_time(at or self._model.now(), zone_of(state.plan))} {clean_line(words)}")
