"""Playing a saved chat and looking at it, without a screen."""

from dataclasses import dataclass, field

from sessions.core.commands import Ask, Highlight
from sessions.replay import Replay
from tests.sessions.core.building import Chat
from tests.tui.desk.desk_stand_in import DeskStandIn
from tui.desk.aim import Aim
from tui.desk.dialogs.log import LogDialog
from tui.desk.dialogs.person_card import PersonCard
from tui.desk.model.desk import Change
from tui.replay.actions.looks import LookActions
from tui.replay.actions.playback import PlaybackActions
from tui.replay.model import ReplayModel
from tui.replay.playback_bar import PlaybackBar
from tui.widgets.answers.pane_filter import PaneFilter

MINUTE = 60_000


def an_hour() -> Chat:
    """Q1 after ten minutes, an answer by somebody new and a star for it, Q2 after twenty."""
    chat = Chat()
    chat.at += 10 * MINUTE
    chat.do(Ask, question="q1", seen=None)
    chat.at += MINUTE
    post = chat.post("A1: stations", newcomer=True)
    chat.at += MINUTE
    chat.do(Highlight, post=post)
    chat.at += 8 * MINUTE
    chat.do(Ask, question="q2", seen="q1")
    chat.at += MINUTE
    chat.post("A2: more", handle="jimr")
    return chat


@dataclass
class ReplayStandIn(DeskStandIn):
    """The replay's screen: what was shown of it."""

    shown: list[Change] = field(default_factory=list)
    ticks: int = 0
    pointed: list[tuple[str | None, str | None]] = field(default_factory=list)

    def show(self, change: Change) -> None:
        self.shown.append(change)

    def tick(self) -> None:
        self.ticks += 1

    def point(self, person: str | None, post: str | None) -> None:
        self.pointed.append((person, post))


def playing(**fields: object) -> tuple[ReplayStandIn, PlaybackActions, ReplayModel]:
    """A replay that stands at its beginning."""
    port = ReplayStandIn(**fields)  # type: ignore[arg-type]
    replay = Replay(an_hour().events)
    model = ReplayModel(replay)
    port.model = model
    actions = PlaybackActions(port, model, PlaybackBar(replay), at=0, speed=1)
    actions.begin()
    return port, actions, model


async def test_it_plays_with_the_clock_and_stops_at_the_end_naming_the_keys() -> None:
    port, actions, model = playing()
    port.pace.advance(10 * 60)
    actions.advance()
    assert model.state.open == "q1"
    port.pace.advance(60 * 60)
    actions.advance()
    assert not actions.playback.playing
    assert port.said[-1] == ("That is the end of what was saved. <play> plays it again, <previous_question> goes back.")
    ticks = port.ticks
    actions.advance()
    assert port.ticks == ticks, "what stands is not looked at"


async def test_moments_are_gone_to_and_named() -> None:
    port, actions, model = playing()
    for step in (actions.next_question, actions.next_moment, actions.next_moment, actions.next_question):
        step()
    actions.next_question()
    assert [words for words in port.said if words] == [
        "Q1 was asked.",
        "Mlopez is new and posts for the first time.",
        "Ana starred Mlopez's post.",
        "Q2 was asked.",
        "No question was asked later.",
    ]
    assert model.state.open == "q2"
    actions.previous_question()
    assert model.state.open == "q1"


async def test_speed_and_pause_are_its_own() -> None:
    port, actions, _ = playing()
    actions.faster()
    assert actions.playback.speed == 2
    actions.slower()
    actions.toggle()
    assert (actions.playback.speed, actions.playback.playing) == (1, False)
    actions.skip_forward()
    assert actions.playback.position(port.pace.now()) == 10_000
    actions.skip_back()
    assert actions.playback.position(port.pace.now()) == 0


async def test_a_time_that_is_typed_is_gone_to() -> None:
    port, actions, _ = playing(answers=[12 * MINUTE])
    actions.jump()
    await port.finish()
    assert actions.playback.position(port.pace.now()) == 12 * MINUTE
    assert port.said[-1].startswith("It is 7:12")


async def test_cards_and_the_log_are_only_looked_at() -> None:
    port, actions, model = playing(answers=[None, None, "show", "go"])
    looks = LookActions(port, model, actions, None)
    actions.next_question()
    actions.next_moment()
    looks.open_person("mastodon:@mlopez")
    looks.open_person("nobody")
    looks.show_log()
    looks.open_question("q2")
    for started in port.work:
        await started.wait()
    assert [type(dialog) for dialog in port.dialogs[:2]] == [PersonCard, LogDialog]
    assert port.panes.filters == [PaneFilter("question", "q2")]
    looks.open_question("q2")
    await port.finish()
    assert model.state.open == "q2"


async def test_words_of_a_chat_that_is_saved_elsewhere_are_not_blanked_out_here() -> None:
    port, actions, model = playing()
    actions.next_moment()
    port.aim = Aim(post=next(iter(model.state.posts)))
    LookActions(port, model, actions, None).blank()
    await port.finish()
    assert "there it can be blanked out" in port.said[-1]
