"""What a moderator may ask for, and what comes of it: events, or a refusal that names what helps.

Deciding reads the state and changes nothing; only the hub decides. It may use the plan, the events and the state, not
how they are folded.

* `vocabulary`: the commands as they travel, their words cleaned
* `deciding`: the table of deciders, and what can be undone
* `queue`, `people_and_posts`, `posting`: the deciders by what they are about
* `several`: what is done to several posts or people as one
* `sharing`: what is left of the hour for each question
* `refusing`: a refusal, and what several deciders refuse
"""

from sessions.core.commands.deciding import decide, done_as_one, later_action, latest_own, undoable
from sessions.core.commands.posting import posting_words
from sessions.core.commands.refusing import DeskAction, Refusal, Refused
from sessions.core.commands.sharing import shared_minutes
from sessions.core.commands.vocabulary import (
    MOST_ACTS,
    Act,
    AddPost,
    AddQuestion,
    AddTime,
    AllowSpending,
    Ask,
    BeginPosting,
    Close,
    Command,
    EditQuestion,
    FailPosting,
    File,
    FinishPosting,
    GiveTurn,
    Greet,
    Hide,
    Highlight,
    Hold,
    JoinAccounts,
    Malformed,
    MoveQuestion,
    Mute,
    MuteWord,
    Note,
    Redact,
    ReleaseRole,
    RestoreQuestion,
    Resume,
    Several,
    ShareMinutes,
    Show,
    SkipQuestion,
    Tag,
    TakeRole,
    Undo,
    Unhighlight,
    Unmute,
    UnmuteWord,
    decode_command,
    encode_command,
)

__all__ = [
    "MOST_ACTS",
    "Act",
    "AddPost",
    "AddQuestion",
    "AddTime",
    "AllowSpending",
    "Ask",
    "BeginPosting",
    "Close",
    "Command",
    "DeskAction",
    "EditQuestion",
    "FailPosting",
    "File",
    "FinishPosting",
    "GiveTurn",
    "Greet",
    "Hide",
    "Highlight",
    "Hold",
    "JoinAccounts",
    "Malformed",
    "MoveQuestion",
    "Mute",
    "MuteWord",
    "Note",
    "Redact",
    "Refusal",
    "Refused",
    "ReleaseRole",
    "RestoreQuestion",
    "Resume",
    "Several",
    "ShareMinutes",
    "Show",
    "SkipQuestion",
    "Tag",
    "TakeRole",
    "Undo",
    "Unhighlight",
    "Unmute",
    "UnmuteWord",
    "decide",
    "decode_command",
    "done_as_one",
    "encode_command",
    "later_action",
    "latest_own",
    "posting_words",
    "shared_minutes",
    "undoable",
]
