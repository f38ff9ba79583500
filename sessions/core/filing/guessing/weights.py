"""What each piece of evidence for a guess counts for: made by `python -m tests.gold.training`, not by hand.

More than 0 under `of_questions` speaks for the question, under `of_posts` against the post's belonging to any question.
"""

from sessions.core.filing.guessing.model import Weights

WEIGHTS = Weights(
    of_questions={
        # conversation
        "named answered it": +2.65,
        "answers an answer": -0.29,
        "goes on below an answer": +2.49,
        # author
        "own post just before": +0.83,
        "goes on": +0.77,
        "answered already": +0.40,
        # words
        "words of its answers": +0.99,
        # quote
        "quotes an answer": +1.00,
        # time
        "open": +0.02,
        "open, said to all": +0.56,
        "just asked": -1.38,
        "asked before": -0.37,
        "still being answered": +1.15,
        "asked earlier": -1.24,
    },
    of_posts={
        # conversation
        "names somebody": +0.05,
        "names several": +0.79,
        "names a host": -1.24,
        "goes to and fro": +1.29,
        "many turns": +1.43,
        "was asked": -1.38,
        "answers what looks like one": +0.50,
        # author
        "author talks": +1.20,
        "own talk just before": -0.54,
        # quote
        "quotes": +0.53,
        "quotes talk": +0.35,
        # form
        "any post": +1.59,
        "short": +1.50,
        "long": -1.56,
        "says little of its own": +2.04,
        "agreement only": +0.36,
        "thanks": +1.61,
        "takes leave": +1.19,
        "asks back": +0.58,
        "asks": +1.05,
        "exclaims": +0.80,
        "jokes": +1.32,
        "speaks to somebody": +0.72,
        "speaks of the chat": +0.94,
        "argues": -1.03,
    },
    guess_at=0.50,
    answer_at=0.50,
)
