"""What each piece of evidence for a guess counts for: made by `python -m tests.gold.training`, not by hand.

More than 0 under `of_questions` speaks for the question, under `of_posts` against the post's belonging to any question.
"""

from sessions.core.filing.guessing.model import Weights

WEIGHTS = Weights(
    of_questions={
        # conversation
        "named answered it": +1.89,
        "answers an answer": +0.31,
        "goes on below an answer": +2.57,
        # author
        "own post just before": +0.14,
        "goes on": +0.40,
        "answered already": +0.47,
        # words
        "words of its answers": +0.79,
        # quote
        "quotes an answer": +0.87,
        # time
        "open": +0.03,
        "open, said to all": +1.24,
        "just asked": -0.87,
        "asked before": -0.18,
        "still being answered": +1.44,
        "asked earlier": -1.21,
    },
    of_posts={
        # conversation
        "names somebody": +0.32,
        "names several": +0.94,
        "names a host": -1.00,
        "named talks": -0.43,
        "goes to and fro": +1.52,
        "was asked": -0.84,
        "far up": -0.87,
        # author
        "author talks": +1.36,
        "own talk just before": -0.84,
        # words
        "words of talk": +0.52,
        # quote
        "quotes": +0.58,
        "quotes talk": +0.92,
        # form
        "any post": +1.36,
        "short": +1.48,
        "long": -1.53,
        "says little of its own": +1.88,
        "agreement only": +0.21,
        "thanks": +1.22,
        "takes leave": +1.14,
        "asks back": +0.70,
        "asks": +0.84,
        "exclaims": +0.68,
        "jokes": +1.18,
        "speaks to somebody": +0.59,
        "speaks of the chat": +1.07,
        "argues": -0.91,
    },
    guess_at=0.59,
    answer_at=0.50,
)
