"""What each piece of evidence for a guess counts for: made by `python -m tests.gold.training`, not by hand.

More than 0 under `of_questions` speaks for the question, under `of_posts` against the post's belonging to any question.
"""

from sessions.core.filing.guessing.model import Weights

WEIGHTS = Weights(
    of_questions={
        # conversation
        "named answered it": +2.69,
        "answers an answer": -0.36,
        "goes on below an answer": +2.33,
        # author
        "own post just before": +0.95,
        "goes on": +0.76,
        "answered already": +0.34,
        # words
        "words of its answers": +0.97,
        # quote
        "quotes an answer": +1.04,
        # time
        "open": -0.03,
        "open, said to all": +0.58,
        "just asked": -1.39,
        "asked before": -0.39,
        "still being answered": +1.13,
        "asked earlier": -1.19,
    },
    of_posts={
        # conversation
        "names somebody": -0.03,
        "names several": +0.74,
        "names a host": -1.15,
        "goes to and fro": +1.35,
        "many turns": +1.14,
        "was asked": -1.31,
        "answers what looks like one": +0.71,
        # author
        "author talks": +1.15,
        "own talk just before": -0.43,
        # quote
        "quotes": +0.53,
        "quotes talk": +0.36,
        # form
        "any post": +1.60,
        "short": +1.45,
        "long": -1.60,
        "says little of its own": +2.09,
        "agreement only": +0.35,
        "thanks": +1.27,
        "takes leave": +1.04,
        "asks back": +0.56,
        "asks": +1.08,
        "exclaims": +0.75,
        "jokes": +1.35,
        "speaks to somebody": +0.67,
        "speaks of the chat": +0.99,
        "argues": -1.06,
    },
    guess_at=0.48,
    answer_at=0.50,
)
