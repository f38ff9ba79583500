"""What each piece of evidence for a guess counts for: made by `python -m tests.gold.training`, not by hand.

More than 0 under `of_questions` speaks for the question, under `of_posts` against the post's belonging to any question.
"""

from sessions.core.filing.guessing.model import Weights

WEIGHTS = Weights(
    of_questions={
        # conversation
        "named answered it": +2.45,
        "answers an answer": -0.10,
        "goes on below an answer": +2.14,
        # author
        "own post just before": +0.82,
        "goes on": +0.46,
        "answered already": +0.40,
        # words
        "words of its answers": +0.93,
        # quote
        "quotes an answer": +0.83,
        # time
        "open": +0.02,
        "open, said to all": +0.50,
        "just asked": -1.17,
        "asked before": -0.30,
        "still being answered": +1.04,
        "asked earlier": -1.24,
    },
    of_posts={
        # conversation
        "names somebody": +0.12,
        "names several": +0.72,
        "names a host": -1.17,
        "goes to and fro": +1.20,
        "many turns": +1.17,
        "was asked": -1.18,
        "answers what looks like one": +0.25,
        # author
        "author talks": +1.12,
        "own talk just before": -0.46,
        # quote
        "quotes": +0.39,
        "quotes talk": +0.53,
        # form
        "any post": +1.52,
        "short": +1.51,
        "long": -1.42,
        "says little of its own": +1.85,
        "agreement only": +0.25,
        "thanks": +1.35,
        "takes leave": +1.13,
        "asks back": +0.59,
        "asks": +0.99,
        "exclaims": +0.76,
        "jokes": +1.25,
        "speaks to somebody": +0.67,
        "speaks of the chat": +0.87,
        "argues": -0.98,
    },
    guess_at=0.45,
    answer_at=0.50,
)
