"""A guess at the question of a post that carries no label and hangs on no thread, with how sure it is and why.

* `evidence`: what speaks for each question that was asked, and for none
* `form`: what the form of the text tells of whether it answers anything
* `memory`: which words the latest posts have under each question
* `decisions`: what moderators decided, by which the next guesses learn
* `model`: weighs the evidence
* `weights`: what each piece counts for, made from the labelled chats by `python -m tests.gold.training`
* `reasons`: why a guess was made, in words
"""

from sessions.core.filing.guessing.decisions import Told, told
from sessions.core.filing.guessing.evidence import Evidence, Witness
from sessions.core.filing.guessing.model import Weighed, Weights, because, weigh
from sessions.core.filing.guessing.reasons import reason
from sessions.core.filing.guessing.weights import WEIGHTS

__all__ = ["WEIGHTS", "Evidence", "Told", "Weighed", "Weights", "Witness", "because", "reason", "told", "weigh"]
