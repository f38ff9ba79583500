"""The list of saved chats as the library shows it: columns, order, filter. Pure; `Summary` comes from the index."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sessions.words import _, pgettext
from tui.text.outside import clean_line
from tui.text.wording import counted

if TYPE_CHECKING:  # every screen knows the keys of the library, which come from its columns
    from sessions.library.index import Summary

State = Literal["running", "interrupted", "damaged", "rehearsal", "saved"]

SIGNS: dict[str, str] = {"running": "●", "interrupted": "!", "damaged": "✗", "rehearsal": "~", "saved": ""}
"""What stands for the state where there is no room for the word."""

STATES: dict[str, str] = {
    "running": pgettext("chat", "running"), "interrupted": pgettext("chat", "interrupted"),
    "damaged": pgettext("chat", "damaged"), "rehearsal": pgettext("chat", "rehearsal"), "saved": "",
}  # fmt: skip
"""The words for the states. What is saved needs none."""


@dataclass(frozen=True)
class Chat:
    """A saved chat and what has become of it."""

    summary: "Summary"
    state: State

    @property
    def id(self) -> str:
        """The id of the session, by which the list knows its line."""
        return self.summary.id

    @property
    def title(self) -> str:
        """The title on one line, harmless to show; of a damaged chat the name of its file."""
        return clean_line(self.summary.title) or self.summary.path.name


@dataclass(frozen=True)
class Order:
    """By which column the list is sorted, and whether it begins with the largest, latest or last."""

    column: str = "date"
    descending: bool = True

    def pressed(self, column: str) -> "Order":
        """The order after somebody chose this column: again turns it round."""
        if column == self.column:
            return Order(column, not self.descending)
        return Order(column, BY_COLUMN[column].numeric)


Value = tuple[str | int, ...]
"""What columns are sorted by."""


@dataclass(frozen=True)
class Column:
    """`heading` stands above it and is short, `spoken` within sentences. `width` is in cells, 0 for the one that
    gets what is left; `roomy` and `wide` in windows from 100 and 150.

    `value` is what the list is sorted by: None, where nothing is known, comes last in either order. `ways` tell what
    comes first, when the list descends and when it ascends.
    """

    name: str
    heading: str
    spoken: str
    width: int
    roomy: int
    wide: int
    value: Callable[[Chat], Value | None]
    words: Callable[[Chat], str]
    ways: tuple[str, str] = (_("most first"), _("fewest first"))
    numeric: bool = False


def _numbers(
    name: str,
    heading: str,
    spoken: str,
    width: int,
    of: Callable[["Summary"], int | None],
    unit: str = "{n}",
    ways: tuple[str, str] = (_("most first"), _("fewest first")),
) -> Column:
    """A column of the numbers that `of` gives of the summary; of a damaged chat none is known."""

    def value(chat: Chat) -> Value | None:
        number = None if chat.state == "damaged" else of(chat.summary)
        return None if number is None else (number,)

    def words(chat: Chat) -> str:
        known = value(chat)
        return "" if known is None else unit.format(n=f"{known[0]:,}")

    return Column(name, heading, spoken, width, width, width, value, words, ways, numeric=True)


_LETTERS = (_("Z to A"), _("A to Z"))

COLUMNS: tuple[Column, ...] = (
    Column("date", _("Date"), _("date"), 10, 10, 10, lambda chat: (chat.summary.date, chat.summary.started),
           lambda chat: chat.summary.date, (_("newest first"), _("oldest first")), numeric=True),
    Column("title", _("Title"), _("title"), 0, 0, 0, lambda chat: (chat.title.casefold(),),
           lambda chat: chat.title, _LETTERS),
    Column("series", _("Series"), _("series"), 11, 15, 24, lambda chat: (chat.summary.series.casefold(),),
           lambda chat: clean_line(chat.summary.series), _LETTERS),
    _numbers("minutes", pgettext("column", "Length"), _("length"), 7, lambda summary: summary.minutes, _("{n} min"),
             (_("longest first"), _("shortest first"))),
    _numbers("people", pgettext("column", "People"), _("people"), 6, lambda summary: summary.people),
    _numbers("newcomers", pgettext("column", "New"), pgettext("people", "new"), 4, lambda summary: summary.newcomers),
    _numbers("answers", pgettext("column", "Answers"), _("answers"), 7, lambda summary: summary.answers),
    _numbers("highlights", pgettext("column", "Stars"), _("stars"), 5, lambda summary: summary.highlights),
)  # fmt: skip
"""All columns in their order on the screen; numeric ones stand at the right and begin with the largest."""

BY_COLUMN: dict[str, Column] = {column.name: column for column in COLUMNS}


def chats_of(summaries: Iterable["Summary"], running: Container[str]) -> list[Chat]:
    """The chats with their states; `running` has the ids of sessions whose hub answers."""
    return [Chat(summary, _state(summary, running)) for summary in summaries]


def _state(summary: "Summary", running: Container[str]) -> State:
    if summary.id in running:
        return "running"
    if summary.damaged:
        return "damaged"
    if summary.rehearsal:
        return "rehearsal"
    return "saved" if summary.ended is not None else "interrupted"


def arranged(chats: Sequence[Chat], words: str, order: Order) -> list[Chat]:
    """The chats in which all these words occur, in this order; equals stay as they were."""
    wanted = words.casefold().split()
    column = BY_COLUMN[order.column]
    shown = [chat for chat in chats if not wanted or _has(chat, wanted)]
    unknown = [chat for chat in shown if column.value(chat) is None]
    known = [chat for chat in shown if column.value(chat) is not None]
    return sorted(known, key=lambda chat: column.value(chat) or (), reverse=order.descending) + unknown


def _has(chat: Chat, wanted: Sequence[str]) -> bool:
    summary = chat.summary
    tags = " ".join(f"#{tag}" for tag in summary.hashtags)
    state = f"{chat.state} {STATES[chat.state]}"
    text = f"{summary.title} {summary.series} {tags} {summary.date} {summary.id} {state}".casefold()
    return all(word in text for word in wanted)


def details(chat: Chat, open_key: str) -> str:
    """What else is known of a chat, on one line, where `open_key` opens it. It may hold text from outside."""
    summary = chat.summary
    if chat.state == "damaged":
        rescue = (
            _("{events} can be rescued ({open_key})").format(
                events=counted(summary.events, "{n} event", "{n} events"), open_key=open_key
            )
            if summary.events
            else _("nothing can be read")
        )
        return _("damaged: {rescue} · {name}").format(rescue=rescue, name=summary.path.name)
    state = _("was not closed") if summary.ended is None else ""
    parts = [
        _("running now: {open_key} goes to its desk").format(open_key=open_key) if chat.state == "running" else state,
        STATES["rehearsal"] if summary.rehearsal else "",
        " ".join(f"#{tag}" for tag in summary.hashtags),
        counted(summary.questions, "{n} question", "{n} questions"),
        summary.path.name,
    ]
    return clean_line(" · ".join(part for part in parts if part))
