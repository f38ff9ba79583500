"""One post, opened: all of it and what is around it, with every action at hand while it stays open."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import events, on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.types import CSSPathType

from sessions.core.state import SessionState
from sessions.words import _
from tui.desk.keys import ON_OPEN_POST
from tui.desk.model.opened_post import Beside, Told, title_of, told_of
from tui.dialogs.dialog import DIALOG_CSS, Dialog
from tui.shell.workers import begin_work
from tui.text.outside import outside
from tui.text.styles import MUTED
from tui.text.wrapping import wrap
from tui.widgets.key_line import KeyLine, KeyWord
from tui.widgets.paragraphs import Paragraph, Paragraphs
from tui.widgets.status_line import StatusLine

if TYPE_CHECKING:  # with it comes the library, which the empty desk does not wait for
    from sessions.library.said_before import SaidBefore

_STYLES = {"text": "", "warning": "italic", "why": MUTED, "thread": "", "said": MUTED, "link": "$primary"}

WIDTH, MOST = 80, 96
"""The cells of the dialog where there is room, and how much of the screen it takes at most, in percent."""

BESIDE_TEXT, ABOVE_AND_BELOW, LEAST = 6, 5, 3
"""The cells and lines of its frame, the status and the gaps; how many lines of what is read are always seen."""


class PostPort(Protocol):
    """The screen below an open post, whose keys and actions are the same there."""

    @property
    def state(self) -> SessionState:
        """The chat as it is now."""

    def offered(self) -> Sequence[str]:
        """The names of the actions that there are."""

    def printed_key(self, name: str) -> str:
        """What is printed on the key of this action."""

    def run(self, name: str) -> None:
        """Do the action of this name, about the open post."""

    async def pressed(self, event: events.Key) -> None:
        """Do what is on this key, about the open post."""

    async def said_before(self, post: str) -> Sequence["SaidBefore"]:
        """What the writer of this post said in earlier chats."""

    def beside(self, post: str, way: int) -> str | None:
        """The post shown behind (1) or before (-1) this one."""

    def go_to(self, post: str) -> None:
        """Put the cursor on this post."""


class OpenedPost(Dialog[None]):
    """The post with this id, until Escape; it is shown as it is now, also while another moderator changes it."""

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, "opened_post.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", _("Up"), show=False),
        Binding("down", "step(1)", _("Down"), show=False),
        Binding("pageup", "page(-1)", _("Page up"), show=False),
        Binding("pagedown", "page(1)", _("Page down"), show=False),
        Binding("left", "turn(-1)", _("Post before"), show=False),
        Binding("right", "turn(1)", _("Next post"), show=False),
        Binding("enter", "follow", _("Go there"), show=False),
    ]

    def __init__(self, port: PostPort, post: str) -> None:
        super().__init__("")
        self._port = port
        self._beside = Beside(post)
        self._paragraphs = Paragraphs()
        self._keys = KeyLine()
        self._status = StatusLine()
        self._earlier: Sequence[SaidBefore] | None = None
        self._titled = ""
        self._stands = False

    @property
    def post(self) -> str:
        """The id of the post that is open."""
        return self._beside.post

    def compose_inside(self) -> ComposeResult:
        with VerticalScroll(id="told", can_focus=False):
            yield self._paragraphs
        yield self._status
        yield self._keys

    def on_mount(self) -> None:
        self._stands = True
        self._look()

    def show(self) -> None:
        """Show the post as it is now; a chat that went back to before it closes it."""
        state = self._port.state
        if not self._stands:
            return
        if self.post not in state.posts:
            self.action_cancel()
            return
        self._beside.catch_up(state)
        name, beside = title_of(state, self.post)
        if self._titled != f"{name}  {beside}":
            self._titled = f"{name}  {beside}"
            self.query_one(".title").update(  # type: ignore[attr-defined]
                Content.assemble(outside(name), outside(f"  {beside}", f"{MUTED} not bold"))
            )
        self._paragraphs.show([_paragraph(told) for told in told_of(state, self._beside, self._earlier)])
        self._keys.show(self._key_words(state))

        self._fit()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Leave what is read the lines that the title and the keys do not need, and scroll the rest of it."""
        width, height = self.size
        inside = max(1, min(WIDTH, width * MOST // 100) - BESIDE_TEXT)
        needed = len(wrap(self._titled, inside)) + self._keys.lines_in(inside) + ABOVE_AND_BELOW
        self.query_one("#told").styles.max_height = max(LEAST, height * MOST // 100 - needed)

    def _look(self) -> None:
        """Show the post, and then what its writer said in earlier chats."""
        self._earlier = None
        self.show()
        looking = partial(self._look_earlier, self.post)
        begin_work(self, looking, group="earlier", exclusive=True, description=_("looking in earlier chats"))

    async def _look_earlier(self, post: str) -> None:
        self._earlier = await self._port.said_before(post)
        self.show()

    def say(self, words: str, warn: bool) -> None:
        """Say what became of an action."""
        self._status.say(words, "trouble" if warn else "plain")

    def show_waiting(self, words: str) -> None:
        """Say for what the hub is waited for."""
        self._status.show_waiting(words)

    def open_other(self, post: str) -> None:
        """Show another post in its place."""
        self._beside = Beside(post)
        self._port.go_to(post)
        if self._stands:
            self._look()
            self.query_one("#told").scroll_home(animate=False)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, and show nothing more, since its parts go first."""
        self._stands = self._stands and not self.is_active
        return super().dismiss(result)

    # Keys and mouse

    async def on_key(self, event: events.Key) -> None:
        """The keys of the desk are the same here."""
        await self._port.pressed(event)

    def action_step(self, way: int) -> None:
        """To the next paragraph that leads to a post; where there is none, scroll."""
        told = self.query_one("#told", VerticalScroll)
        if self._paragraphs.step(way):
            told.scroll_to_region(self._paragraphs.region_of_chosen(), animate=False)
        elif way > 0:
            told.scroll_down(animate=False)
        else:
            told.scroll_up(animate=False)

    def action_page(self, way: int) -> None:
        """Scroll by what is seen."""
        told = self.query_one("#told", VerticalScroll)
        if way > 0:
            told.scroll_page_down(animate=False)
        else:
            told.scroll_page_up(animate=False)

    def action_turn(self, way: int) -> None:
        """Show the next post, or the one before."""
        other = self._port.beside(self.post, way)
        if other is None:
            self.say(_("This is the newest post.") if way > 0 else _("This is the first post."), warn=False)
        else:
            self.open_other(other)

    def action_follow(self) -> None:
        """Go to the post to which the paragraph with the bar leads."""
        if self._paragraphs.chosen is not None:
            self.open_other(self._paragraphs.chosen)

    @on(Paragraphs.Opened)
    def _paragraph_clicked(self, message: Paragraphs.Opened) -> None:
        self.open_other(message.target)

    @on(KeyLine.Picked)
    def _key_clicked(self, message: KeyLine.Picked) -> None:
        match message.name:
            case "turn_back":
                self.action_turn(-1)
            case "turn_on":
                self.action_turn(1)
            case "close":
                self.action_cancel()
            case name:
                self._port.run(name)

    def _key_words(self, state: SessionState) -> list[KeyWord]:
        layer = state.layers.get(self.post)
        person = state.people[state.posts[self.post].post.author.id]
        filed = state.filed(self.post)
        words = {**ON_OPEN_POST} | {
            "star": _("Take star away") if layer is not None and layer.starred else _("Star"),
            "hide": _("Show") if layer is not None and layer.hidden else _("Hide"),
            "star_person": _("Take person's star") if person.starred else _("Star person"),
        }
        left_out = {
            "right_guess": filed is None or filed.why != "guess",
            "unfile": filed is None,
            "greet": person.host or person.greeted is not None,
        }
        offered = [name for name in ON_OPEN_POST if name in self._port.offered() and not left_out.get(name, False)]
        return [
            *(KeyWord(self._printed(name), words[name], name) for name in offered),
            KeyWord("←", _("Before"), "turn_back"),
            KeyWord("→", _("Next"), "turn_on"),
            KeyWord(self._port.printed_key("help"), _("Help"), "help"),
            KeyWord("Esc", _("Close"), "close"),
        ]

    def _printed(self, name: str) -> str:
        if name == "file_under":
            return f"{self._port.printed_key('file_0')}-{self._port.printed_key('file_9')}"
        return self._port.printed_key(name)


def _paragraph(told: Told) -> Paragraph:
    return Paragraph(told.words, _STYLES[told.role], told.lead, MUTED, told.post)
