"""Who of the new ones was here before with another account: pairs of one name, each with a box."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from sessions.core.state import SessionState
from sessions.hub.protocol.same_names import SameName
from sessions.words import _
from tui.dialogs.dialog import Dialog
from tui.text.outside import clean_line, outside_line
from tui.text.wording import counted
from tui.widgets.marked import MarkedCheckbox

WORDS = _(
    "Nearly everybody seems new, but these have the name of somebody of an earlier chat. Tick who is the same person: "
    "they count as back again, and their accounts are joined when the chat ends. You are asked once."
)
PAIR_CELLS = 66
"""What a pair takes of a line in 80 columns."""

Pairs = tuple[tuple[str, str], ...]
"""The id of a person of this chat, and that of an account in an earlier one."""


@dataclass(frozen=True)
class NamedPair:
    """A pair and how it is shown; `sure` is ticked from the start."""

    ids: tuple[str, str]
    words: str
    sure: bool


def named_pairs(state: SessionState, pairs: Sequence[SameName]) -> list[NamedPair]:
    """The pairs of those who are here, the sure ones first."""
    found = []
    for pair in sorted(pairs, key=lambda one: not one.sure):
        person = state.people.get(pair.person)
        if person is not None:
            handle = f" @{person.author.handle}" if person.author.handle else ""
            network, __, name = pair.handle.partition(":")
            words = clean_line(
                _("{shown}{handle} is @{name} on {network}").format(
                    shown=person.author.shown, handle=handle, name=name, network=network
                )
            )
            found.append(NamedPair((pair.person, pair.account), words, pair.sure))
    return found


class JoinAccountsDialog(Dialog[Pairs]):
    """The result is the pairs that are ticked, none for "Nobody"; None where it is left open."""

    DEFAULT_CSS = """
    JoinAccountsDialog #pairs { height: auto; max-height: 40vh; }
    JoinAccountsDialog Checkbox { height: 1; border: none; padding: 0; background: $surface; width: 1fr; }
    JoinAccountsDialog Checkbox:focus { border: none; background: $primary 20%; }
    """

    def __init__(self, pairs: Sequence[NamedPair]) -> None:
        super().__init__(_("The same people as before?"), _("Space ticks · Tab goes on · Esc leaves it open"))
        self.pairs = pairs

    def compose_inside(self) -> ComposeResult:
        yield Static(Content(WORDS), classes="words")
        with VerticalScroll(id="pairs", can_focus=False):
            for place, pair in enumerate(self.pairs):
                yield MarkedCheckbox(outside_line(pair.words, PAIR_CELLS), value=pair.sure, id=f"pair-{place}")
        with Horizontal(classes="buttons"):
            yield Button(Content(_("Nobody")), id="nobody")
            yield Button(Content(_("Join")), id="join", variant="primary")

    def on_mount(self) -> None:
        """Begin at the first box."""
        self._count()
        self.query(MarkedCheckbox).first().focus()

    @on(MarkedCheckbox.Changed)
    def _count(self) -> None:
        button = self.query_one("#join", Button)
        chosen = self._chosen()
        button.label = Content(_("Join {people}").format(people=counted(len(chosen), "{n} person", "{n} people")))
        button.disabled = not chosen
        button.refresh(layout=True)  # a new label alone keeps the old width

    def _chosen(self) -> Pairs:
        boxes = self.query(MarkedCheckbox)
        return tuple(pair.ids for pair, box in zip(self.pairs, boxes, strict=True) if box.value)

    @on(Button.Pressed)
    def _choose(self, event: Button.Pressed) -> None:
        self.dismiss(self._chosen() if event.button.id == "join" else ())
