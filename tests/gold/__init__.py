"""Scores the filing against recorded chats that were labelled by hand: `python -m tests.gold`.

The posts go in order through `Judge` and `evolve`, as the hub does it with `--follow`. Right is what the gold file says
(strictly), or what it or its alternatives say (leniently); `tests/chats/LABELLING.md` tells how both were made.

* `chats`: the recordings, their questions and hosts, and the judge's way through them
* `verdicts`: what was judged of each post beside what its readers said
* `training`: makes the weights of the guesses from the labelled chats
* `measures`: precision and recall of the guesses, labels, kinds, the agreement of two readers
* `__main__`: prints them; `--wrong` lists what was judged otherwise
"""

from tests.gold.chats import (
    CHATS,
    HOSTS,
    LABELLED,
    OTHERS,
    a_plan,
    asked_questions,
    followed_questions,
    gold_rows,
    hosts_of,
    judged,
    recorded_posts,
)
from tests.gold.measures import guesses, kinds_right, labels_read, readers, score
from tests.gold.verdicts import Verdict, verdicts

__all__ = [
    "CHATS",
    "HOSTS",
    "LABELLED",
    "OTHERS",
    "Verdict",
    "a_plan",
    "asked_questions",
    "followed_questions",
    "gold_rows",
    "guesses",
    "hosts_of",
    "judged",
    "kinds_right",
    "labels_read",
    "readers",
    "recorded_posts",
    "score",
    "verdicts",
]
