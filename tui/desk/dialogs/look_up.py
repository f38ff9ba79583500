"""Looking up elsewhere: what, where, and what was found, with the keys to open, share and go on."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import ClassVar, Protocol

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Input, Static

from sessions.core.posts import Post
from sessions.words import _
from tui.desk.model.desk import DeskModel
from tui.desk.model.elsewhere.finds import Finds, Place, found_state, not_shared, sharing_words
from tui.dialogs.dialog import DIALOG_CSS, Dialog
from tui.shell.workers import begin_work
from tui.text.days import day_name, half_told
from tui.text.outside import clean_line, outside
from tui.text.sources import long_name
from tui.text.styles import MUTED
from tui.text.wording import zone_of
from tui.widgets.answers.answer_pane import AnswerPane
from tui.widgets.answers.found_pane import FoundPane
from tui.widgets.key_line import KeyLine, KeyWord
from tui.widgets.marked import MarkedCheckbox
from tui.widgets.status_line import StatusLine

GROWS_EVERY = 0.25
"""Seconds between two looks at what became of what was shared."""

LOOKING = _("Looking … Esc stops it.")
NOT_YET = _("What is found comes here. Type a #hashtag, a @name or words, and Enter looks them up.")
NONE = _("Try other words, or another network above.")
STOPPED = _("Stopped. What was found stays.")


class LooksUp(Protocol):
    """What looks up, shares and shows for the dialog. Each gives a sentence to say, empty where none is."""

    @property
    def typed(self) -> str:
        """What was looked up last."""

    @property
    def places(self) -> Sequence[Place]:
        """Where one can look."""

    @property
    def finds(self) -> Finds | None:
        """What was found; None before anything was looked up."""

    def key_of(self, name: str) -> str:
        """What is printed on the key of this action of the desk, which is the same here."""

    async def look_up(self, typed: str, sources: Sequence[str]) -> str:
        """Look it up at these places."""

    async def more(self) -> str:
        """The next pages."""

    async def share(self, post: Post) -> str:
        """Share the post with the chat."""

    async def copy(self, post: Post) -> str:
        """Copy its text."""

    async def show_address(self, post: Post) -> str:
        """Show where it stands."""


class ToldLines(StatusLine):
    """What came of a look, in as many lines as it takes: each network that gave nothing says why and what helps."""

    def _show(self) -> None:
        super()._show()
        self.refresh(layout=True)

    def render(self) -> Content:
        """All of it, which the widget wraps."""
        words = self._words or self._awaited
        return outside(f"! {words}" if self._words and self._tone == "trouble" else words)


class LookUpDialog(Dialog[None]):
    """Where one looks, what for, and what was found; it stays open until it is left."""

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, "look_up.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "share", _("Share"), id="script"),
        Binding("c", "copy", _("Copy"), id="copy"),
        Binding("o", "address", _("Address"), id="address"),
        Binding("plus", "more", _("More")),
        Binding("slash", "anew", _("Look up"), id="find"),
    ]

    def __init__(self, looks: LooksUp, model: DeskModel) -> None:
        super().__init__(_("Look up elsewhere"))
        self.looks = looks
        self.model = model
        self._looking = False
        self._turn = 0
        self._shared = ""
        self._known = self._version()
        self._status = ToldLines()
        self._keys = KeyLine()

    def compose_inside(self) -> ComposeResult:
        yield Input(self.looks.typed, placeholder="#hashtag, @name or words; Enter looks it up", id="what")
        with VerticalScroll(id="places", can_focus=False):
            for number, place in enumerate(self.looks.places):
                yield MarkedCheckbox(self._place_words(place), value=not place.costs, id=f"at-{number}")
        yield FoundPane(id="found")
        yield self._status
        yield self._keys

    def on_mount(self) -> None:
        self.query_one("#what", Input).focus()
        self._show()
        self.set_interval(GROWS_EVERY, self._follow)

    def _version(self) -> tuple[int, int, int]:
        """Another one whenever something was shared, went out or was taken back, at whichever desk."""
        state = self.model.state
        return len(state.shares), len(state.acts), len(state.undone)

    def _follow(self) -> None:
        """Show what became of what was shared."""
        if self._version() != self._known and not self.is_going:
            self._known = self._version()
            self._show()
            self._tell_shared()

    def _tell_shared(self) -> None:
        """Say how it stands with what was shared here last."""
        told = sharing_words(self.model.state, self._shared) if self._shared else []
        if told:
            self._say(_("In this chat: {told}").format(told=told[-1]), warn=not_shared(self.model.state, self._shared))

    @property
    def sources(self) -> list[str]:
        """The places whose boxes are checked."""
        return [
            place.source
            for number, place in enumerate(self.looks.places)
            if self.query_one(f"#at-{number}", MarkedCheckbox).value
        ]

    @property
    def post(self) -> Post | None:
        """The post under the cursor."""
        cursor, finds = self.query_one(FoundPane).cursor, self.looks.finds
        return None if finds is None or cursor is None else finds.posts.get(cursor)

    # Looking

    @on(Input.Submitted, "#what")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_submit()

    def action_submit(self) -> None:
        """Look up what is typed."""
        typed = self.query_one("#what", Input).value
        self._look(partial(self.looks.look_up, typed, self.sources), anew=True)

    def action_more(self) -> None:
        """The next pages."""
        self._look(self.looks.more)

    def action_anew(self) -> None:
        """Look up something else."""
        self.query_one("#what", Input).focus()

    def action_cancel(self) -> None:
        """Stop looking; where nobody looks, close."""
        if self._looking:
            self.workers.cancel_group(self, "look")
            self._looking = False
            self._show()
            self._say(STOPPED)
        else:
            super().action_cancel()

    @on(events.DescendantFocus)
    def _moved(self) -> None:
        """Show the keys of where one is now."""
        self._show_keys()

    def _look(self, what: Callable[[], Awaitable[str]], *, anew: bool = False) -> None:
        if self._looking and not anew:
            return
        self._looking = True
        self._turn += 1
        self._show_hint()
        self._show_keys()
        self._say(LOOKING if self.looks.finds is not None and self.looks.finds.posts else "")  # else the pane says it
        looking = partial(self._looked, what, anew, self._turn)
        begin_work(self, looking, group="look", exclusive=True, description=_("looking up elsewhere"))

    async def _looked(self, what: Callable[[], Awaitable[str]], anew: bool, turn: int) -> None:
        """Look, and show what came of it; only the latest look is anybody's concern."""
        try:
            words = await what()
        finally:
            self._looking = self._looking and turn != self._turn
        self._show()
        finds = self.looks.finds
        if finds is not None and finds.posts:
            pane = self.query_one(FoundPane)
            pane.focus()
            if anew:
                pane.go_to_newest()
        nothing = finds is not None and bool(finds.problems) and not finds.posts
        self._say(finds.found_words if finds is not None and nothing else words, warn=nothing)

    def _show(self) -> None:
        """Show what was found and what can be done with it."""
        finds = self.looks.finds
        pane = self.query_one(FoundPane)
        pane.show(found_state([] if finds is None else finds.oldest_first, self.model.state), None)
        for number, place in enumerate(self.looks.places):
            self.query_one(f"#at-{number}", MarkedCheckbox).label = self._place_words(place)
        self._show_hint()
        self._show_keys()

    def _show_hint(self) -> None:
        """Say, where no posts stand yet, why that is."""
        finds = self.looks.finds
        if self._looking:
            words = LOOKING
        elif finds is None:
            words = NOT_YET
        else:
            words = " ".join([*(f"{one}." for one in finds.troubles(self.model.state)), NONE])
        self.query_one(FoundPane).show_hint("" if finds is not None and finds.posts else words)

    def _show_keys(self) -> None:
        """Show the keys that do something where one is: what is typed into the line is no key."""
        escape = KeyWord("Esc", _("Stop") if self._looking else _("Close"), "cancel")
        if self.query_one("#what", Input).has_focus:
            self._keys.show([KeyWord("Enter", _("Look up"), "submit"), escape])
            return
        finds = self.looks.finds
        keys = []
        if finds is not None and finds.posts:
            keys += [KeyWord("Enter", _("Open"), "open")] if self.query_one(FoundPane).has_focus else []
            keys += [KeyWord(self.looks.key_of("script"), _("Share"), "share")]
            keys += [KeyWord("+", _("More"), "more")] if finds.next else []
            keys += [
                KeyWord(self.looks.key_of("copy"), _("Copy"), "copy"),
                KeyWord(self.looks.key_of("address"), _("Address"), "address"),
            ]
        self._keys.show([*keys, KeyWord(self.looks.key_of("find"), _("Look up"), "anew"), escape])

    def _place_words(self, place: Place) -> Content:
        state = self.model.state
        return Content.assemble(outside(long_name(state, place.source)), "  ", outside(place.about(state), MUTED))

    def _say(self, words: str, *, warn: bool = False) -> None:
        self._status.say(words, "trouble" if warn else "plain")

    # What is done with a post

    @on(AnswerPane.Opened)
    def _opened(self, message: AnswerPane.Opened) -> None:
        message.stop()
        if self.post is not None:
            begin_work(self, partial(self._open, self.post), group="open", description=_("a found post"))

    async def _open(self, post: Post) -> None:
        wish = await self.app.push_screen_wait(FoundPostDialog(self.model, post, self.looks.key_of))
        if wish is not None:
            await self._do(wish, post)

    def action_share(self) -> None:
        """Share the post under the cursor with the chat."""
        self._start("share")

    def action_copy(self) -> None:
        """Copy its text."""
        self._start("copy")

    def action_address(self) -> None:
        """Show its address."""
        self._start("address")

    def _start(self, wish: str) -> None:
        post = self.post
        if post is None:
            self._say(_("Nothing is found yet: type what to look up, and Enter."))
        else:
            begin_work(self, partial(self._do, wish, post), group="do", description=_("a found post"))

    async def _do(self, wish: str, post: Post) -> None:
        does = {"share": self.looks.share, "copy": self.looks.copy, "address": self.looks.show_address}
        self._shared = post.id if wish == "share" else ""
        said = await does[wish](post)
        if said or wish != "share":
            self._say(said)
        self._show()
        self._tell_shared()

    @on(KeyLine.Picked)
    async def _picked(self, message: KeyLine.Picked) -> None:
        if message.name == "open":
            self.query_one(FoundPane).action_open()
        else:
            await self.run_action(message.name)


class FoundPostDialog(Dialog[str]):
    """One found post, whole. The result is what is to be done with it: `share`, `copy` or `address`."""

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, "look_up.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "wish('share')", _("Share"), id="script"),
        Binding("c", "wish('copy')", _("Copy"), id="copy"),
        Binding("o", "wish('address')", _("Address"), id="address"),
    ]

    def __init__(self, model: DeskModel, post: Post, key: Callable[[str], str]) -> None:
        zone = zone_of(model.state.plan)
        handle = f"@{clean_line(post.author.handle)}" if post.author.handle else ""
        at = f"{day_name(post.posted_at, zone)}, {half_told(post.posted_at, zone)}"
        beside = " · ".join(filter(None, (handle, at)))
        title = Content.assemble(outside(clean_line(post.author.shown)), outside(f"  {beside}", f"{MUTED} not bold"))
        super().__init__(title)
        self.model = model
        self.post = post
        self._key = key
        self._keys = KeyLine()

    def compose_inside(self) -> ComposeResult:
        with VerticalScroll(id="whole"), Vertical():
            if self.post.warning:
                yield Static(outside(f"[{clean_line(self.post.warning)}]", "italic"), classes="words")
            yield Static(outside(self.post.text), classes="words")
            for line in found_lines(self.model, self.post):
                yield Static(outside(line, MUTED))
        yield self._keys

    def on_mount(self) -> None:
        self.query_one("#whole").focus()
        self._keys.show(
            [
                KeyWord(self._key("script"), _("Share"), "share"),
                KeyWord(self._key("copy"), _("Copy"), "copy"),
                KeyWord(self._key("address"), _("Address"), "address"),
                KeyWord("Esc", _("Close"), "cancel"),
            ]
        )

    def action_wish(self, what: str) -> None:
        """Close, and do that."""
        self.dismiss(what)

    @on(KeyLine.Picked)
    def _picked(self, message: KeyLine.Picked) -> None:
        if message.name == "cancel":
            self.action_cancel()
        else:
            self.action_wish(message.name)


def found_lines(model: DeskModel, post: Post) -> list[str]:
    """What is told below a found post: where it stands, who may see it, and who shared it."""
    lines = [_("Link: {url}").format(url=clean_line(post.url))] if post.url else []
    lines += [_("Its author asks networks to show it only to who is signed in.")] if post.signed_in_only else []
    return [*lines, *(_("In this chat: {line}").format(line=line) for line in sharing_words(model.state, post.id))]
