"""The table of keys of a replay, as `tui.desk.keys` is that of a live desk.

What both can do is taken from there under the same name, so that a key of one's own counts in both. Every other key
of the live desk is bound too, to say that nothing can be changed; only words that must not stay can be blanked out.
"""

from dataclasses import replace

from sessions.words import _
from tui.desk.keys import DESK
from tui.shell.actions import PALETTE_KEY, Action, ActionTable

SHARED = (
    "open_post", "copy", "address", "filter", "keep_filter", "not_answered", "find", "newest", "recap", "sources",
    "layout", "wider", "narrower", "usual_widths", "next_pane", "previous_pane", "help", "dismiss", PALETTE_KEY,
)  # fmt: skip
"""What a replay does just as the live desk does it."""

_ACTIONS: tuple[Action, ...] = (
    Action("play", "space", "Space", "Replay", "Play, or pause", "At the end it plays from the start again.", "Play"),
    Action("back", "left", "←", "Replay", "10 seconds back", "Of the chat's time, whatever the speed.", "10 s"),
    Action("forward", "right", "→", "Replay", "10 seconds forward", "Of the chat's time, whatever the speed.", "10 s"),
    Action("previous_question", "left_square_bracket", "[", "Replay", "To the question before",
         "To the moment it was asked; again for the one before that."),
    Action("next_question", "right_square_bracket", "]", "Replay", "To the next question",
         "To the moment it was asked.", "Next Q"),
    Action("previous_moment", "left_curly_bracket", "{", "Replay", "To the newcomer or star before",
         "To the moment somebody new first posted, or a star was given."),
    Action("next_moment", "right_curly_bracket", "}", "Replay", "To the next newcomer or star",
         "To the moment somebody new first posted, or a star was given.", "New ★"),
    Action("slower", "less_than_sign", "<", "Replay", "Slower", "Down to half as fast as it was."),
    Action("faster", "greater_than_sign", ">", "Replay", "Faster", "Up to 60 times as fast as it was; 3600 over days."),
    Action("jump", "t", "t", "Replay", "Go to a time", "Such as 7:42 pm, Tue 7:42 pm, or +12:30 from start.", "Time"),
    *(DESK.by_name[name] for name in SHARED),
    replace(DESK.by_name["redact"],
            help=_("Removes its text from the chats saved on this computer. This cannot be undone.")),
    replace(DESK.by_name["person"], help=_("Their posts up to then, their school.")),
    replace(DESK.by_name["tasks"], help=_("Who looked up what the plan asks for up to then, and how that is known.")),
    replace(DESK.by_name["log"], help=_("Who did what and when, up to then.")),
    Action("leave", "q", "q", "The desk", "Leave the replay", "The saved chat stays as it is."),
)  # fmt: skip

_NAMES = {action.name for action in _ACTIONS}
_TAKEN = {key for action in _ACTIONS for key in action.key.split(",")}

OFF: tuple[Action, ...] = tuple(
    replace(action, key="") if action.key in _TAKEN or action.name == "send_now" else action
    for action in DESK.actions
    if action.name not in _NAMES
)
"""The live desk's actions that a replay refuses in words; those whose key does something else here have none."""

REPLAY = ActionTable(("Replay", "Answers", "People", "Looking around", "Together", "The desk"), _ACTIONS, OFF)
"""Everything a replay can do."""
