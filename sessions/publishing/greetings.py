"""A hello to one person: a plan's words with what is known of them, and how it reaches them. Pure."""

import re
from collections.abc import Mapping

import msgspec

from sessions.core.identity import canonical
from sessions.core.plan import Plan, clean_line
from sessions.core.plan.greetings import default_greetings, hellos
from sessions.core.state import SessionState
from sessions.networks.poster import Greeting

LETTERS = 40
"""Letters of a name or a school that are filled in."""

_SIGNS = re.compile(r"[#＃$＄]|:\w+:")
"""What makes a hashtag or names a stock; and emoji of one server, which are words anywhere else."""

_HANDLE = re.compile(r"[\w.-]+(?:@[\w.:-]+)?")
"""What can be mentioned; anything else, such as two handles in one, would mention others or turn text round."""

_EDGES = " ,;:|/\\-–—([{<"


class HelloText(msgspec.Struct, frozen=True):
    """Words of a hello as they go out but for the hashtags, and what the plan calls them."""

    name: str
    text: str


class Hello(msgspec.Struct, frozen=True):
    """A hello to a person by their id: `texts` are its words, those to offer first, never none.

    `network` is where it can be posted, None where it only can be copied; `reply_to` the id of the post it answers.
    """

    person: str
    texts: tuple[HelloText, ...]
    network: str | None = None
    reply_to: str | None = None


def hello(state: SessionState, person: str, ways: Mapping[str, Greeting]) -> Hello:
    """What can be said to somebody. Raises KeyError for an id that is nobody's.

    `ways` tells how a newcomer is greeted on each network. In a recording that is re-enacted it is as on its network.

    It answers their first post that is still there. On X, where a self-serve account may answer only those who
    mentioned it (docs.x.com changelog, 23 February 2026), it is a post of its own that begins with their handle.
    """
    known = state.people[person]
    how = ways.get(canonical(known.author.id).partition(":")[0])
    handle = known.author.handle if _HANDLE.fullmatch(known.author.handle) else ""
    reply = _first_post(state, person) if how is not None and how.answers else None
    mention = f"@{handle} " if handle and (how is None or how.names) else ""
    plan = state.plan or Plan()
    templates = plan.greetings or default_greetings(plan.spoken)
    texts = hellos(templates, _values(state, person), new=known.newcomer, language=plan.spoken)
    reached = how is not None and (bool(mention) if how.names else reply is not None)
    return Hello(
        person,
        tuple(HelloText(name, f"{mention}{words}") for name, words in texts),
        known.author.network if reached and known.author.network in ways else None,
        reply,
    )


def harmless(text: str, letters: int = LETTERS) -> str:
    """Somebody's name or school as it may stand in a post: no mention, link or hashtag, no more than `letters`.

    Empty where nothing else is in it.
    """
    import regex  # slow to import; nobody waits for it before something is written

    from sessions.networks.addresses import addresses

    text = clean_line(_SIGNS.sub(" ", text))
    while True:
        words = [word for word in text.split() if not re.search("[@＠]", word) and any(map(str.isalnum, word))]
        left = "".join(regex.findall(r"\X", " ".join(words))[:letters])
        for start, end in reversed(addresses(left)):
            left = f"{left[:start]} {left[end:]}"
        left = left.strip(_EDGES)
        if left == text:
            return left
        text = left


def _values(state: SessionState, person: str) -> dict[str, str]:
    known, plan = state.people[person], state.plan or Plan()
    return {
        "name": harmless(known.author.name),
        "school": harmless(known.school),
        "hashtag": " ".join(f"#{tag}" for tag in plan.main_hashtags),
        "series": plan.series,
    }


def _first_post(state: SessionState, person: str) -> str | None:
    own = (post for post, seen in state.posts.items() if seen.post.author.id == person and seen.kind != "repost")
    return next((post for post in own if not state.folded(post)), None)
