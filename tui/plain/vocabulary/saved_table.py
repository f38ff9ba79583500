"""What one types at a saved chat."""

from tui.plain.vocabulary.live_table import LIVE
from tui.plain.vocabulary.words import Vocabulary, Word
from tui.replay.keys import REPLAY

_OWN: tuple[Word, ...] = (
    Word("play", "Replay", "reads on; at the end from the start again", ("play",)),
    Word("pause", "Replay", "stops reading", ("play",)),
    Word("next question", "Replay", "goes to when the next question was asked", ("next_question",)),
    Word("previous question", "Replay", "goes to when the one before was asked", ("previous_question",)),
    Word("next moment", "Replay", "goes to the next newcomer or star", ("next_moment",)),
    Word("previous moment", "Replay", "goes to the one before", ("previous_moment",)),
    Word("jump", "Replay", "goes to a time: 7:25 pm, or +12:30 from the start", ("jump",), "text", "TIME"),
    Word("back", "Replay", "10 seconds back", ("back",)),
    Word("forward", "Replay", "10 seconds forward", ("forward",)),
    Word("faster", "Replay", "plays faster", ("faster",)),
    Word("slower", "Replay", "plays slower", ("slower",)),
    Word("speed", "Replay", "plays so many times as fast as it was", (), "text", "TIMES"),
)  # fmt: skip

_SHARED = (
    "read", "latest", "answers", "not answered", "posts", "find",  # words: what is typed
    "blank", "copy", "address", "to greet", "person",  # words: what is typed
    "who", "newcomers", "tasks", "time", "questions", "question", "sources", "recap", "quiet", "normal", "loud", "log",
    "roles", "help", "leave",
)  # fmt: skip
"""What is typed as at a live desk."""

SAVED = Vocabulary(
    REPLAY,
    (*_OWN, *(LIVE.word(word) for word in _SHARED)),
    {**LIVE.without, "dismiss": "nothing is offered"},  # words: a reason for who reads the code
)
"""Everything a replay can do, typed."""
