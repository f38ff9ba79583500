"""What each piece of evidence for a guess counts for: made by `python -m tests.gold.training`, not by hand.

More than 0 under `of_questions` speaks for the question, under `of_posts` against the post's belonging to any question.
"""

from sessions.core.filing.guessing.model import Weights

WEIGHTS = Weights(
    of_questions={
        # conversation
        "named answered it": +2.62,
        "answers an answer": -0.24,
        "goes on below an answer": +2.18,
        # author
        "own post just before": +0.85,
        "goes on": +0.78,
        "answered already": +0.30,
        "answered the open one": +0.26,
        # words
        "words of its answers": +0.96,
        # quote
        "quotes an answer": +1.03,
        # time
        "open": -0.20,
        "open, said to all": +0.57,
        "just asked": -1.29,
        "asked before": -0.48,
        "still being answered": +1.14,
        "asked earlier": -1.27,
    },
    of_posts={
        # conversation
        "names somebody": +0.04,
        "names several": +0.73,
        "names a host": -1.18,
        "goes to and fro": +1.28,
        "many turns": +1.40,
        "was asked": -1.42,
        "answers what looks like one": +0.17,
        # author
        "author talks": +1.12,
        "own talk just before": -0.46,
        # quote
        "quotes": +0.52,
        "quotes talk": +0.32,
        # form
        "any post": +1.95,
        "short": +1.51,
        "long": -1.78,
        "says little of its own": +1.73,
        "agreement only": +0.37,
        "thanks": +1.25,
        "takes leave": +1.09,
        "asks back": +0.55,
        "asks": +1.09,
        "exclaims": +0.80,
        "jokes": +1.27,
        "speaks to somebody": +0.64,
        "speaks of the chat": +0.95,
        "argues": -1.10,
        "long words": -1.77,
        "trails off": +0.53,
    },
    guess_at=0.47,
    answer_at=0.50,
)
