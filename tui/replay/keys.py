"""The table of keys of a replay, as `tui.shell.keys` is that of a live desk.

What both can do is taken from there under the same name, so that a key of one's own counts in both. Every other key
of the live desk is bound too, to say that nothing can be changed; only words that must not stay can be blanked out.
"""

from dataclasses import replace

from textual.binding import Binding

from tui.shell.keys import BY_NAME, DEEDS, PALETTE_KEY, Deed, Group, bindings_of

REPLAY_GROUPS: tuple[Group, ...] = ("Replay", "Answers", "People", "Looking around", "Together", "The desk")
"""The headings of a replay's help screen, in its order."""

SHARED = (
    "copy", "address", "filter", "find", "newest", "recap", "sources", "next_pane", "previous_pane", "help", "dismiss",
    PALETTE_KEY,
)  # fmt: skip
"""What a replay does just as the live desk does it."""

REPLAY_DEEDS: tuple[Deed, ...] = (
    Deed("play", "space", "space", "Replay", "Play, or pause", "At the end it plays from the start again.", "Play"),
    Deed("back", "left", "←", "Replay", "10 seconds back", "Of the chat's time, whatever the speed.", "10 s"),
    Deed("forward", "right", "→", "Replay", "10 seconds forward", "Of the chat's time, whatever the speed.", "10 s"),
    Deed("previous_question", "left_square_bracket", "[", "Replay", "To the question before",
         "To the moment it was asked; again for the one before that."),
    Deed("next_question", "right_square_bracket", "]", "Replay", "To the next question",
         "To the moment it was asked.", "Next Q"),
    Deed("previous_moment", "left_curly_bracket", "{", "Replay", "To the newcomer or star before",
         "To the moment somebody new first posted, or a star was given."),
    Deed("next_moment", "right_curly_bracket", "}", "Replay", "To the next newcomer or star",
         "To the moment somebody new first posted, or a star was given.", "New ★"),
    Deed("slower", "less_than_sign", "<", "Replay", "Slower", "Down to half as fast as it was."),
    Deed("faster", "greater_than_sign", ">", "Replay", "Faster", "Up to 60 times as fast as it was."),
    Deed("jump", "t", "t", "Replay", "Go to a time", "Such as 7:42 pm, or +12:30 from the start.", "Time"),
    *(BY_NAME[name] for name in SHARED),
    replace(BY_NAME["redact"], help="Removes its text from the chats saved on this computer. This cannot be undone."),
    replace(BY_NAME["person"], help="Their posts up to then, their school."),
    replace(BY_NAME["log"], help="Who did what and when, up to then."),
    Deed("leave", "q", "q", "The desk", "Leave the replay", "The saved chat stays as it is."),
)  # fmt: skip
"""Everything a replay can do."""

REPLAY_BY_NAME: dict[str, Deed] = {deed.name: deed for deed in REPLAY_DEEDS}

OFF: frozenset[str] = frozenset(BY_NAME) - frozenset(REPLAY_BY_NAME)
"""The live desk's actions that a replay refuses in words."""


def replay_bindings() -> list[Binding]:
    """The bindings of a replay: its own, and without a word in the footer those keys that are off."""
    taken = {key for deed in REPLAY_DEEDS for key in deed.key.split(",")}
    off = [deed for deed in DEEDS if deed.name in OFF and deed.name != "send_now" and deed.key not in taken]
    refused = [Binding(deed.key, f"deed('{deed.name}')", show=False) for deed in off if deed.key]
    return bindings_of(REPLAY_DEEDS) + refused
