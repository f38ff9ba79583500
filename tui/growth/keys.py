"""The table of keys of the growth screen, from which its bindings, footer, palette and help are made."""

from tui.shell.keys import Deed, Group

GROWTH_GROUPS: tuple[Group, ...] = ("The numbers", "This screen")
"""The headings of the growth screen's help, in its order."""

GROWTH_DEEDS: tuple[Deed, ...] = (
    Deed("choose_series", "s", "s", "The numbers", "Choose another series",
         "Those that have saved chats here; a click on the heading does it too.", "Series"),
    Deed("save_growth", "w", "w", "The numbers", "Save or copy the numbers",
         "A table for a spreadsheet (CSV), or everything for programs (JSON). No names are in them.", "Save"),
    Deed("read_again", "f5", "F5", "The numbers", "Read the chats again", "After a chat was imported or changed."),
    Deed("help", "question_mark", "?", "This screen", "All keys", "This page.", "Help"),
    Deed("leave", "q,escape", "q escape", "This screen", "Leave", "Back to the saved chats.", "Leave"),
    Deed("command_palette", "ctrl+p", "^p", "This screen", "All actions", "Search everything that can be done here."),
)  # fmt: skip
"""Everything the growth screen can do. What scrolls (arrows, page keys, home, end, the wheel) is Textual's."""

GROWTH_BY_NAME: dict[str, Deed] = {deed.name: deed for deed in GROWTH_DEEDS}
