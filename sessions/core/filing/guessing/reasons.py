"""Why a guess was made, in words, told from the state so that no words of a post are kept anywhere else."""

from itertools import islice
from math import log

from sessions.core.filing.guessing.memory import WINDOW, content_words
from sessions.core.state import SessionState

_WORDS = 3


def reason(state: SessionState, post: str) -> str | None:
    """Why the post is shown under its question: `answers somebody who answered Q3`, `speaks of stations, as Q3's
    answers do`. None where nobody guessed. The text is from outside: a question's label, words of the post."""
    filed = state.filed(post)
    if filed is None or filed.why != "guess":
        return None
    question = state.questions[filed.question].name
    match filed.because:
        case "conversation":
            return f"replies to somebody who answered {question}"
        case "author":
            return f"goes on from their own answer to {question}"
        case "quote":
            return f"quotes an answer to {question}"
        case "words":
            shared = _shared(state, post, filed.question)
            return (
                f"speaks of {', '.join(shared)}, as answers to {question} do" if shared else f"sounds like {question}"
            )
        case "time":
            opened = state.open_at(state.posts[post].post.posted_at)
            return f"came while {question} was open" if opened == filed.question else f"came soon after {question}"
        case _:
            return None


def _shared(state: SessionState, post: str, question: str) -> list[str]:
    """The words of the post that posts under the question have most, rare ones first."""
    said = content_words(state.text(post))
    there = dict.fromkeys(said, 0)
    anywhere = dict.fromkeys(said, 1)
    for other in islice(reversed(state.posts), WINDOW):
        if other == post:
            continue
        filed = state.filed(other)
        for word in there.keys() & set(content_words(state.text(other))):
            anywhere[word] += 1
            there[word] += filed is not None and filed.question == question
    telling = sorted((word for word in said if there[word]), key=lambda word: -there[word] / log(anywhere[word] + 2))
    return telling[:_WORDS]
