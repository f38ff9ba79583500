"""The table of keys of the growth screen, from which its bindings, footer, palette and help are made."""

from tui.shell.actions import Action, ActionTable

_ACTIONS: tuple[Action, ...] = (
    Action("choose_series", "s", "s", "The numbers", "Choose another series",
         "Those that have saved chats here; a click on the heading does it too.", "Series"),
    Action("save_growth", "w", "w", "The numbers", "Save or copy the numbers",
         "A table for a spreadsheet (CSV), or everything for programs (JSON). No names are in them.", "Save"),
    Action("read_again", "f5", "F5", "The numbers", "Read the chats again", "After a chat was imported or changed."),
    Action("help", "question_mark", "?", "This screen", "All keys", "This page.", "Help"),
    Action("leave", "q,escape", "q Esc", "This screen", "Leave", "Back to the saved chats.", "Leave"),
    Action("command_palette", "ctrl+p", "^p", "This screen", "All actions", "Search everything that can be done here."),
)  # fmt: skip

GROWTH = ActionTable(("The numbers", "This screen"), _ACTIONS)
"""Everything the growth screen can do. What scrolls (arrows, page keys, home, end, the wheel) is Textual's."""
