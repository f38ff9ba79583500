"""Posting: the words as they go out, and to which networks."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Button, Static, TextArea

from sessions.core.plan import Plan
from sessions.networks.account import Account
from sessions.networks.poster import PostingRules
from sessions.words import _
from tui.desk.dialogs.claiming import Claiming
from tui.desk.dialogs.previews.waking import Waking
from tui.desk.model.posting import Target, going_out, problem
from tui.dialogs.dialog import DIALOG_CSS, Dialog
from tui.shell.workers import begin_work
from tui.text import taming
from tui.text.outside import clean_line, outside, outside_line
from tui.text.styles import MUTED
from tui.widgets.marked import MarkedCheckbox
from tui.widgets.pace import Pace

NETWORK_CELLS = 32
"""What the network and the account take of a line in 80 columns."""


@dataclass(frozen=True)
class ToPost:
    """What the moderator wants: the words as they go out, and where; to no network is to copy them, unless they are
    only `rehearsed`."""

    text: str
    targets: tuple[Target, ...]
    rehearsed: bool = False


class PostDialog(Claiming, Dialog[ToPost]):
    """The preview. `learn` asks a network how it counts, `keep` is told the words whenever they change.

    The result is None for leaving.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = [DIALOG_CSS, "post_dialog.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+t", "add_tag", _("Add a hashtag"), priority=True)]

    def __init__(
        self,
        name: str,
        text: str,
        targets: Sequence[Target],
        plan: Plan | None,
        pace: Pace,
        *,
        learn: Callable[[Account], Awaitable[PostingRules]],
        keep: Callable[[str], None],
        note: str = "",
        title: Content | None = None,
        hint: str = _("Enter posts · Tab to the words or networks · Esc leaves"),
    ) -> None:
        super().__init__(title or Content.assemble(_("Post: "), outside(clean_line(name))), hint)
        self.draft = text
        self.targets = list(targets)
        self.plan = plan
        self._waking = Waking(pace)
        self.learn = learn
        self.keep = keep
        self.note = note
        self._optional = plan.optional_hashtags if plan is not None else ()

    def compose_inside(self) -> ComposeResult:
        yield from self.compose_above()
        area = TextArea(taming.clean(self.draft), soft_wrap=True, show_line_numbers=False, id="text")
        area.styles.height = min(8, max(3, len(self.draft) // 62 + self.draft.count("\n") + 2))
        yield area
        yield Static(id="added")
        if self._optional:
            with Horizontal(classes="tags"):
                for place, tag in enumerate(self._optional):
                    key = "" if place else " (Ctrl+T)"
                    words = Content.assemble(_("also "), outside_line(f"#{tag}", NETWORK_CELLS - 15), key)
                    yield MarkedCheckbox(words, id=f"tag-{place}")
        for place, target in enumerate(self.targets):
            with Horizontal(classes="target"):
                yield MarkedCheckbox(
                    _account_words(target), value=target.wanted, id=f"to-{place}", disabled=not target.may
                )
                yield Static(id=f"about-{place}", classes="about")
        if self.note:
            yield Static(outside(self.note, MUTED), classes="note")
        yield Static(classes="problem")
        with Horizontal(classes="buttons"):
            yield from self.compose_buttons()

    def compose_above(self) -> ComposeResult:
        """What stands above the words."""
        yield from ()

    def compose_buttons(self) -> ComposeResult:
        """The buttons; `post` is the one that Enter presses."""
        yield Button(Content(_("Copy")), id="copy")
        yield Button(Content(_("Post")), id="post", variant="primary")

    def on_mount(self) -> None:
        """Show what is known, and ask the networks for what is not."""
        self._show()
        self.query_one("#post", Button).focus()
        self.call_after_refresh(self._waking.seen)
        for place, target in enumerate(self.targets):
            learning = partial(self._learn_rules, place, target.account)
            begin_work(self, learning, description=_("asking how posts are counted"))

    @property
    def awake_at(self) -> float | None:
        """From when on it takes Enter, by the pace; None until it is on the screen."""
        return self._waking.at

    async def _learn_rules(self, place: int, account: Account) -> None:
        rules = await self.learn(account)
        target = self.targets[place] = replace(self.targets[place], rules=rules)
        self.query_one(f"#to-{place}", MarkedCheckbox).label = _account_words(target)
        self._show()

    @property
    def text(self) -> str:
        """The words as they go out."""
        return going_out(self.query_one(TextArea).text, self.plan, self._also())

    def _also(self) -> tuple[str, ...]:
        """The optional hashtags that are to go along."""
        boxes = ((tag, self.query_one(f"#tag-{place}", MarkedCheckbox)) for place, tag in enumerate(self._optional))
        return tuple(tag for tag, box in boxes if box.value)

    def action_add_tag(self) -> None:
        """Let the next optional hashtag go along; none of them again once all do."""
        boxes = [self.query_one(f"#tag-{place}", MarkedCheckbox) for place in range(len(self._optional))]
        left = [box for box in boxes if not box.value]
        for box in left[:1] or boxes:
            box.value = bool(left)

    def chosen(self) -> tuple[Target, ...]:
        """The networks whose boxes are checked."""
        return tuple(
            target
            for place, target in enumerate(self.targets)
            if target.may and self.query_one(f"#to-{place}", MarkedCheckbox).value
        )

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        self.keep(event.text_area.text)
        self._show()

    @on(MarkedCheckbox.Changed)
    def _show(self) -> None:
        text = self.text
        written = self.query_one(TextArea).text.strip()
        added = text.removeprefix(written).strip() if written else ""
        self.query_one("#added", Static).update(
            outside(_("goes out with {added}").format(added=added) if added else "", MUTED)
        )
        chosen = self.chosen()
        for place, target in enumerate(self.targets):
            about = self.query_one(f"#about-{place}", Static)
            over = target in chosen and target.length(text).remaining < 0
            about.set_class(over, "-over")
            about.update(outside(f"! {target.words(text)}" if over else target.words(text)))
        button = self.query_one("#post", Button)
        label = Content(self.does(chosen))
        if button.label != label:
            button.label = label
            button.refresh(layout=True)  # a new label alone keeps the old width
        self.query_one(".problem", Static).update(
            Content(self.hindrance(text, chosen) if written or not chosen else "")
        )

    def does(self, chosen: Sequence[Target]) -> str:
        """What Enter does, in words."""
        names = _(" and ").join(target.name for target in chosen)
        return _("Post to {names}").format(names=names) if len(chosen) < 3 and names else _("Post")

    def hindrance(self, text: str, chosen: Sequence[Target]) -> str:
        """Why that cannot be done, in a sentence; empty where it can."""
        return problem(text, chosen)

    def wish(self, chosen: tuple[Target, ...]) -> ToPost:
        """What is wanted by it."""
        return ToPost(self.text, chosen)

    @on(Button.Pressed, "#copy")
    def _copy(self) -> None:
        self.dismiss(ToPost(self.text, ()))

    @on(Button.Pressed, "#post")
    def _post(self) -> None:
        too_soon = self._waking.takes()
        if too_soon is not None:
            if too_soon:
                self.query_one(".problem", Static).update(Content(too_soon))
            return
        chosen = self.chosen()
        said = self.hindrance(self.text if self.query_one(TextArea).text.strip() else "", chosen)
        if said:
            self.query_one(".problem", Static).update(Content(said))
            return
        self.dismiss(self.wish(chosen))


def _account_words(target: Target) -> Content:
    return outside_line(f"{target.name}  @{target.account.handle}", NETWORK_CELLS)
