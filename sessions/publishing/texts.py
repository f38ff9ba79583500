"""What is posted: the open question, the same once more, a line of the script, a greeting. Pure."""

from collections.abc import Mapping

import msgspec

from sessions.core.events import Purpose
from sessions.core.plan import Plan, ScriptKey
from sessions.core.plan.labels import question_name
from sessions.core.state import SessionState
from sessions.networks.poster import Greeting

GREETING = "Welcome to {hashtag}! We are glad that you came. Ask us anything, and answer whatever you like."
"""What a newcomer reads. It names nobody by name: a name from outside could hold a link or somebody's handle."""

HEADS_UP: ScriptKey = "heads_up"


class Draft(msgspec.Struct, frozen=True):
    """A post as it is offered to a moderator, to be changed or sent; the fields are those of `posting_begun`."""

    purpose: Purpose
    subject: str
    text: str
    reply_to: str | None = None

    @property
    def key(self) -> str:
        """What a desk keeps changed words under: they are for this subject and no other."""
        return f"{self.purpose} {self.subject}"


def question_draft(state: SessionState, question: str) -> Draft:
    """A question as it goes out: `Q3: What ...? #navasotaisd`. Raises KeyError for an unknown one."""
    asked = state.questions[question]
    return Draft("question", question, with_hashtags(f"{question_name(asked.label)}: {asked.text}", state.plan))


def again_draft(state: SessionState, question: str, network: str) -> Draft:
    """The question once more. Each time it reads differently, because X refuses a text that it has had before."""
    asked = state.questions[question]
    before = sum(
        posting.network == network and posting.begun.purpose == "again" and posting.begun.subject == question
        for posting in state.postings.values()
    )
    how = ("again", "once more")[before] if before < 2 else f"again ({before + 1})"
    return Draft("again", question, with_hashtags(f"{question_name(asked.label)} {how}: {asked.text}", state.plan))


def script_draft(state: SessionState, key: ScriptKey) -> Draft | None:
    """A line of the script; None where the plan leaves it out. The heads-up is a new line for each question."""
    line = "" if state.plan is None else state.plan.script.get(key, "")
    if not line:
        return None
    subject = f"{key}:{state.open}" if key == HEADS_UP and state.open is not None else key
    return Draft("script", subject, with_hashtags(line, state.plan))


def greeting_draft(state: SessionState, person: str, ways: Mapping[str, Greeting]) -> Draft | None:
    """A welcome to somebody; None for who came by no network, or has no handle to be named by.

    `ways` tells how that is done on each network.

    It answers their first post that is still there. On X, where a self-serve account may answer only those who
    mentioned it (docs.x.com changelog, 23 February 2026), it is a post of its own that begins with their handle.
    """
    known = state.people[person]
    how = ways.get(known.author.network)
    if how is None:
        return None
    handle = known.author.handle
    tags = _hashtags(state.plan)
    text = " ".join(GREETING.format(hashtag=tags or "our chat").split())
    reply = _first_post(state, person) if how.answers else None
    if not how.names:
        return None if reply is None else Draft("greeting", person, text, reply)
    return Draft("greeting", person, f"@{handle} {text}", reply) if handle else None


def with_hashtags(text: str, plan: Plan | None) -> str:
    """The text with those of the plan's hashtags behind it that it does not have, in whatever case."""
    missing = [f"#{tag}" for tag in (plan.hashtags if plan else ()) if not _has(text, tag)]
    return " ".join([text, *missing])


def _has(text: str, tag: str) -> bool:
    """Whether the networks find the hashtag in the text: none does in an address or behind another `#`."""
    import regex  # slow to import, and its patterns slow to make; nobody waits for them before something is posted

    from sessions.networks.addresses import addresses

    for start, end in reversed(addresses(text)):
        text = f"{text[:start]}x{text[end:]}"
    return regex.search(rf"(?<![\w&/#＃])[#＃]{regex.escape(tag)}(?!\w)", text, regex.IGNORECASE) is not None


def _hashtags(plan: Plan | None) -> str:
    return " ".join(f"#{tag}" for tag in plan.hashtags) if plan else ""


def _first_post(state: SessionState, person: str) -> str | None:
    own = (post for post, seen in state.posts.items() if seen.post.author.id == person and seen.kind != "repost")
    return next((post for post in own if not state.folded(post)), None)
