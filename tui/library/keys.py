"""The table of keys of the library screen, from which its bindings, footer, palette and help are made."""

from collections.abc import Mapping

from sessions.words import _
from tui.library.saved_chats import COLUMNS, Column
from tui.shell.actions import Action, ActionTable

SORTING: Mapping[str, Column] = {f"sort_{number}": column for number, column in enumerate(COLUMNS, start=1)}
"""By what each of the actions sorts whose keys are the digits, in the order of the columns on the screen."""

_ACTIONS: tuple[Action, ...] = (
    Action("open_chat", "enter", "Enter", "One chat", "Replay this chat",
         "Opens the desk on it, as it was; of a chat that is running, its live desk. A damaged one can be rescued.",
         "Open"),
    Action("recap_chat", "r", "r", "One chat", "Make the recap",
         "For the blog and the teachers: choose a format, look at it, say where it is written.", "Recap"),
    Action("show_growth", "g", "g", "One chat", "Growth of its series",
         "Who comes, comes back, answers and is greeted, chat by chat.", "Growth"),
    Action("rename_chat", "e", "e", "One chat", "Change the title", "The plan and the posts stay as they are."),
    Action("delete_chat", "x,delete", "x delete", "One chat", "Delete this chat",
         "Asks first. Until you leave this screen, {undo_chat} brings it back.", "Delete"),
    Action("undo_chat", "u", "u", "One chat", "Undo what you did last",
         "Brings a deleted chat back, or a changed title."),
    Action("filter_chats", "slash", "/", "The list", "Show only some chats",
         "Type a part of a title, a series, a hashtag, a date or a state; Escape shows all.", "Filter"),
    Action("sort_chats", "s", "s", "The list", "Choose what to sort by", "A click on a heading does it too."),
    *(
        Action(name, str(number), str(number), "The list", _("Sort by {column}").format(column=column.spoken),
             "Again turns the order round.")
        for number, (name, column) in enumerate(SORTING.items(), start=1)
    ),
    Action("reload_chats", "f5", "F5", "The list", "Look into the folder again",
         "What other programs change shows by itself within seconds."),
    Action("help", "question_mark", "?", "This screen", "All keys", "This page.", "Help"),
    Action("dismiss", "escape", "Esc", "This screen", "Close, or show all chats", "Ends a filter."),
    Action("leave", "q", "q", "This screen", "Leave", "Chats that you deleted are then gone for good.", "Leave"),
    Action("command_palette", "ctrl+p", "^p", "This screen", "All actions",
         "Search everything that the library can do."),
)  # fmt: skip

LIBRARY = ActionTable(("One chat", "The list", "This screen"), _ACTIONS)
"""Everything the library screen can do."""
