"""A line above the status line for what waits for an answer.

An offered question, something that may be posted now, a note of the other moderator.
"""

from collections.abc import Set

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from sessions.core.state import Note
from tui.text.outside import clean_line, outside
from tui.text.styles import MUTED


class Notice(Static):
    """Shown until it is dismissed; an offer goes before what may be posted, and a note stands below either.

    That somebody means this desk goes before all of them, for some seconds.
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False
        self._offer = ""
        self._refused = ""
        self._pointed = ""
        self._pointing: Timer | None = None
        self._prompt = ("", "")
        self._refused_prompts: set[str] = set()
        self._notes: list[tuple[Note, str]] = []

    def show_pointed(self, words: str, seconds: float) -> None:
        """Show for so long, before all else, that somebody means this desk."""
        if self._pointing is not None:
            self._pointing.stop()
        self._pointed = words
        self._pointing = self.set_timer(seconds, self._drop_pointed)
        self._redraw()

    def _drop_pointed(self) -> None:
        self._pointed = ""
        self._redraw()

    def show_offer(self, words: str) -> None:
        """Show the words of an offer, unless just these were dismissed."""
        if words != self._refused and words != self._offer:
            self._offer = words
            self._redraw()

    def drop_offer(self) -> None:
        """Show no offer."""
        if self._offer:
            self._offer = ""
            self._redraw()

    def show_prompt(self, key: str, words: str) -> None:
        """Show what may be posted now, under the key by which it is refused."""
        if (key, words) != self._prompt and key not in self._refused_prompts:
            self._prompt = (key, words)
            self._redraw()

    def drop_prompt(self) -> None:
        """Show nothing to post: it is done, or its time is over."""
        if self._prompt[0]:
            self._prompt = ("", "")
            self._redraw()

    def refuse_prompt(self, key: str) -> None:
        """Never show this one again."""
        self._refused_prompts.add(key)
        if self._prompt[0] == key:
            self.drop_prompt()

    @property
    def refused_prompts(self) -> Set[str]:
        """The keys of what is not to be shown again."""
        return self._refused_prompts

    def show_note(self, note: Note, hint: str) -> None:
        """Show a note behind those that are still unread; the hint says what can be done with it."""
        self._notes.append((note, hint))
        self._redraw()

    @property
    def offers(self) -> bool:
        """Whether an offer is on the screen."""
        return bool(self._offer)

    @property
    def prompts(self) -> bool:
        """Whether something to post is offered."""
        return bool(self._prompt[0])

    @property
    def waiting(self) -> str:
        """What is shown, in one line without what can be done with it; empty where nothing is."""
        if self._pointed or self._offer or self._prompt[1]:
            return clean_line(self._pointed or self._offer or self._prompt[1])
        if not self._notes:
            return ""
        note = self._notes[0][0]
        more = f" (+{len(self._notes) - 1})" if len(self._notes) > 1 else ""
        return f"✉ {clean_line(note.by)}{more}: {clean_line(note.text)}"

    def dismiss_one(self) -> bool:
        """Take away what is shown; whether anything was."""
        if self._pointed:
            self._pointed = ""
        elif self._offer:
            self._refused, self._offer = self._offer, ""
        elif self._prompt[0]:
            self.refuse_prompt(self._prompt[0])
        elif self._notes:
            self._notes.pop(0)
        else:
            return False
        self._redraw()
        return True

    def _redraw(self) -> None:
        offered = self._offer or self._prompt[1]
        self.set_class(bool(offered), "-offer")
        self.set_class(bool(self._pointed), "-pointed")
        self.display = bool(self._pointed or offered or self._notes)
        if self._pointed:
            self.update(outside(clean_line(self._pointed)))
        elif offered or self._notes:
            lines = [outside(clean_line(offered))] if offered else []
            lines += [self._note_words(hinted=not offered)] if self._notes else []
            self.update(Content("\n").join(lines))

    def _note_words(self, *, hinted: bool) -> Content:
        """The first unread note and how many more there are, with its hint where its keys are meant for it."""
        note, hint = self._notes[0]
        more = f"  (+{len(self._notes) - 1})" if len(self._notes) > 1 else ""
        return Content.assemble(
            ("✉ ", "bold"), outside(clean_line(note.by), "bold"), ": ", outside(clean_line(note.text)),
            (f"{more}  {hint}" if hinted else more, MUTED),
        )  # fmt: skip
