"""Tasks and who did them, as choices of a list: at a desk and in a replay."""

from textual.content import Content

from sessions.core.plan import Lookup
from sessions.core.state import SessionState
from sessions.core.tasks.standing import participants
from sessions.words import _
from tui.desk.model.elsewhere.tasks import did_it, people_of, task_words, who_and_how
from tui.dialogs.choose import Choice
from tui.text.outside import clean_line, outside, outside_line
from tui.text.styles import MUTED
from tui.text.wrapping import wrap
from tui.widgets.hanging import Hanging

CELLS = 58
"""Of what is told of a choice."""

NAME_CELLS = 24
"""Of a line of a name, beside how the person stands."""

LONGEST = 120
"""Cells of a name or of what is told of it, on as many lines as it takes."""

NO_TASKS = _("The plan sets no tasks. [[lookups]] in it does: docs/use/plan.md tells how.")


def task_choice(state: SessionState, lookup: Lookup, now: int) -> Choice:
    """A task with its words and how many did it by this moment (UTC milliseconds); its value is `task TAG`."""
    words = clean_line(lookup.text)
    lines = [words[begin:end] for begin, end in wrap(words, CELLS - 2)][:2]
    told = Content.assemble(
        (f"#{lookup.tag}", "bold"),
        outside(f"  {task_words(state, lookup, now)}"),
        *(outside(f"\n  {line}", MUTED) for line in lines),
    )
    return Choice(f"task {lookup.tag}", told, lookup.tag.casefold())


def tasks_title(state: SessionState, lookup: Lookup) -> str:
    """How many did the task, over the list of people."""
    return _("#{tag}: {did_it} of {participants:,} did it").format(
        tag=lookup.tag, did_it=did_it(state, lookup), participants=participants(state)
    )


def task_people(state: SessionState, lookup: Lookup) -> list[Choice]:
    """Everybody who could do the task and how they stand; the value is `person ID`."""
    choices = []
    for person in people_of(state, lookup):
        name, how = who_and_how(state, lookup, person)
        words = Hanging(outside_line(name, LONGEST), outside_line(how, LONGEST, MUTED), NAME_CELLS + 1)
        choices.append(Choice(f"person {person}", words, name.casefold()))
    return choices
