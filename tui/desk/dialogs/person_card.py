"""One person: what they wrote, where they teach, and what can be done for them."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Button, Input, Static

from sessions.core.clock import lasts_days
from sessions.core.credit import asks
from sessions.core.state import Person, SessionState
from sessions.core.tasks.standing import standing as task_standing
from sessions.core.tasks.words import standing_words
from sessions.words import _
from tui.desk.model.opened_post import label_words, out_of_sight, shown_words
from tui.dialogs.dialog import DIALOG_CSS, Dialog
from tui.text.days import moment_told
from tui.text.outside import clean_line, outside
from tui.text.styles import MUTED
from tui.text.wording import counted
from tui.widgets.hanging import Hanging

TOLD_TASKS = 4
"""Lines that the tasks get."""

SHOWN = 30
"""How many of the latest posts the card lists."""

TIME_CELLS, SLOW_CELLS = 6, 14
"""The cells of a post's time and of the gap behind it; where the chat goes on for days."""


@dataclass(frozen=True)
class Wish:
    """What the moderator wants, by the button that was pressed (empty where none was).

    `tags` are new words about the person: school, level, groups; None where they are as before.
    """

    button: str = ""
    tags: tuple[str, str, tuple[str, ...]] | None = None


class PersonCard(Dialog[Wish]):
    """The card. Its fields are saved by any of its buttons and by Enter."""

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, "person_card.tcss"]

    def __init__(self, state: SessionState, person: str, *, read_only: bool = False, tells_credit: bool = True) -> None:
        self.person = state.people[person]
        self._read_only = read_only
        self._tells_credit = tells_credit
        author = self.person.author
        handle = f"  @{clean_line(author.handle)}" if author.handle and author.name else ""
        name = outside(clean_line(author.shown))
        hint = _("Esc leaves") if read_only else _("Enter in a field saves · Esc leaves")
        super().__init__(Content.assemble(name, outside(handle, f"{MUTED} not bold")), hint)
        self.state = state
        self._tags_before = (self.person.school, self.person.level, self.person.groups)

    def compose_inside(self) -> ComposeResult:
        person = self.person
        yield Static(outside(standing(self.state, person)), classes="words")
        if lines := tasks(self.state, person):
            with Horizontal(classes="tasks"):
                yield Static(outside("\n".join(lines)), classes="words")
                if not self._read_only:
                    yield Button(Content(_("Task")), id="tasks")
        if words := self.credit():
            asks = asks_for_credit(self.state, person)
            with Horizontal(classes="tasks"):
                yield Static(outside(words), classes="words")
                if not self._read_only:
                    yield Button(Content(_("No credit") if asks else _("Credit")), id="uncredit" if asks else "credit")
        with VerticalScroll(classes="posts", can_focus=True):
            yield from self._posts()
        if self._read_only:
            where = " · ".join(filter(None, (person.school, person.level, ", ".join(person.groups))))
            yield Static(outside(clean_line(where)), classes="words")
            return
        with Horizontal(classes="pair"):
            yield Static(Content(_("School")), classes="field")
            yield Static(Content(_("Level")), classes="field")
            yield Static(Content(_("Groups, with commas")), classes="field")
        with Horizontal(classes="pair"):
            yield Input(person.school, id="school", max_length=200)
            yield Input(person.level, id="level", max_length=200)
            yield Input(", ".join(person.groups), id="groups", max_length=1000)
        with Horizontal(classes="buttons"):
            if not person.host and person.greeted is None:
                yield Button(Content(_("Greeted")), id="greet", variant="success")
            if not person.host:
                yield Button(Content(_("Write hello")), id="hello")
            yield Button(
                Content(_("Take star away") if person.starred else _("Star")), id="unstar" if person.starred else "star"
            )
            yield Button(Content(_("Unmute") if person.muted else _("Mute")), id="unmute" if person.muted else "mute")
            yield Button(Content(_("Save")), id="save", variant="primary")

    def credit(self) -> str:
        """How the person stands with credit hours; nothing where that is not told."""
        return credit(self.state, self.person) if self._tells_credit else ""

    def _posts(self) -> ComposeResult:
        theirs = [seen for seen in self.state.posts.values() if seen.post.author.id == self.person.author.id]
        for seen in theirs[-SHOWN:]:
            label = label_words(self.state, seen.post.id)
            shared = self.state.posts.get(seen.post.repost_of or "")
            whose = "" if shared is None else _("shares {shown}: ").format(shown=clean_line(shared.post.author.shown))
            tone = MUTED if out_of_sight(self.state, seen.post.id) else ""
            words = Content.assemble(
                (f"{label} " if label else "", "$primary"),
                outside(whose, MUTED),
                outside(shown_words(self.state, seen.post.id), tone),
            )
            cells = SLOW_CELLS if lasts_days(self.state) else TIME_CELLS
            time = Content.styled(f"{moment_told(self.state, seen.post.posted_at):>{cells - 1}}", MUTED)
            yield Static(Hanging(time, words, cells))

    def on_mount(self) -> None:
        posts = self.query_one(VerticalScroll)
        posts.scroll_end(animate=False)
        (posts if self._read_only else self.query_one(".buttons").query(Button).first()).focus()

    @on(Input.Submitted)
    def _save(self) -> None:
        self.dismiss(Wish(tags=self._tags()))

    @on(Button.Pressed)
    def _choose(self, event: Button.Pressed) -> None:
        self.dismiss(Wish(event.button.id or "", self._tags()))

    def _tags(self) -> tuple[str, str, tuple[str, ...]] | None:
        school, level, groups = (
            self.query_one(f"#{field}", Input).value.strip() for field in ("school", "level", "groups")
        )
        tags = (school, level, tuple(filter(None, (group.strip() for group in groups.split(",")))))
        return None if tags == self._tags_before else tags


def tasks(state: SessionState, person: Person) -> list[str]:
    """How the person stands with each task and how that is known; nothing of a host."""
    lookups = state.plan.lookups if state.plan is not None and not person.host else ()
    told = ((one, standing_words(one, task_standing(state, one, person.author.id))) for one in lookups)
    lines = [clean_line(_("Task #{tag}: {words}").format(tag=one.tag, words=words)) for one, words in told]
    return (
        lines
        if len(lines) <= TOLD_TASKS
        else [*lines[: TOLD_TASKS - 1], _("And {lines} more.").format(lines=len(lines) - TOLD_TASKS + 1)]
    )


def asks_for_credit(state: SessionState, person: Person) -> bool:
    """Whether the person asked for credit hours, as they posted or as a moderator noted."""
    return asks(state, person.author.id)


def credit(state: SessionState, person: Person) -> str:
    """How the person stands with credit hours; nothing of a host, and where the plan gives none."""
    if person.host or state.plan is None or not state.plan.credit:
        return ""
    mark = state.credit_marks.get(person.author.id)
    by = _(", noted by {by}").format(by=mark.by) if mark is not None and mark.asked is not None else ""
    return clean_line((_("Credit: asks for it") if asks_for_credit(state, person) else _("Credit: not asked for")) + by)


def standing(state: SessionState, person: Person) -> str:
    """How the person stands in this chat, in words: host, new or back, greeted by whom."""
    words = []
    if person.host:
        words.append(_("host"))
    elif person.newcomer:
        words.append(_("new") if person.says_new or not state.first else _("in no earlier saved chat"))
    elif person.from_channel:
        words.append(_("from the channel, in a chat for the first time"))
    else:
        words.append(_("back again"))
    if person.greeting is not None:
        words.append(_("greeted by {by}").format(by=clean_line(person.greeting.by)))
    elif state.wants_greeting(person):
        words.append(_("not yet greeted"))
    if person.starred is not None:
        words.append(_("★ by {by}").format(by=clean_line(person.starred.by)))
    if person.muted is not None:
        words.append(_("muted by {by}").format(by=clean_line(person.muted.by)))
    answers = "" if state.channel else f", {counted(person.answers, '{n} answer', '{n} answers')}"
    words.append(f"{counted(person.posts, '{n} post', '{n} posts')}{answers}")
    return " · ".join(words)
