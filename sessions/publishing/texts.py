"""What is posted: the open question, the same once more, a line of the script. Pure."""

from collections.abc import Iterable

import msgspec

from sessions.core.events import Purpose
from sessions.core.plan import Lookup, Plan, ScriptKey
from sessions.core.plan.tags.words import lookup_post
from sessions.core.state import SessionState

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


def question_draft(state: SessionState, subject: str) -> Draft:
    """A question as it goes out: `Q3: What ...? #navasotaisd`; with its language behind it (`q3:es`) in that one.

    Raises KeyError for an unknown one.
    """
    asked = state.question_posted(subject)
    if asked is None:
        raise KeyError(subject)
    return Draft("question", subject, with_hashtags(f"{asked.name}: {asked.text}", state.plan))


def translation_subjects(state: SessionState, question: str) -> list[str]:
    """The subjects under which the question goes out in its other languages: `q3:es`."""
    return [f"{question}:{one.language}" for one in state.questions[question].translations or ()]


def again_draft(state: SessionState, question: str, network: str) -> Draft:
    """The question once more. Each time it reads differently, because X refuses a text that it has had before."""
    asked = state.questions[question]
    before = sum(
        posting.network == network and posting.begun.purpose == "again" and posting.begun.subject == question
        for posting in state.postings.values()
    )
    language = (state.plan or Plan()).spoken
    key = ("again", "once_more")[before] if before < 2 else "again_number"
    called = language.say(f"posting.{key}", before + 1, name=asked.name)
    return Draft("again", question, with_hashtags(f"{called}: {asked.text}", state.plan))


def script_draft(state: SessionState, key: ScriptKey) -> Draft | None:
    """A line of the script; None where the plan leaves it out. The heads-up is a new line for each question."""
    line = "" if state.plan is None else state.plan.script.get(key, "")
    if not line:
        return None
    subject = f"{key}:{state.open}" if key == HEADS_UP and state.open is not None else key
    return Draft("script", subject, with_hashtags(line, state.plan))


def task_draft(state: SessionState, lookup: Lookup) -> Draft:
    """The post that sets a task."""
    text = lookup_post(state.plan or Plan(), lookup)
    from sessions.core.commands import TASK  # with it come all commands, for which no first frame waits

    return Draft("script", f"{TASK}:{lookup.tag}", with_hashtags(text, state.plan))


def with_hashtags(text: str, plan: Plan | None, also: Iterable[str] = ()) -> str:
    """The text with those of the plan's main hashtags, and of others, behind it that it does not have, in
    whatever case."""
    missing = [f"#{tag}" for tag in (*(plan.main_hashtags if plan else ()), *also) if not _has(text, tag)]
    return " ".join([text, *missing])


def _has(text: str, tag: str) -> bool:
    """Whether the networks find the hashtag in the text: none does in an address or behind another `#`."""
    import regex  # slow to import, and its patterns slow to make; nobody waits for them before something is posted

    from sessions.networks.addresses import addresses

    for start, end in reversed(addresses(text)):
        text = f"{text[:start]}x{text[end:]}"
    return regex.search(rf"(?<![\w&/#＃])[#＃]{regex.escape(tag)}(?!\w)", text, regex.IGNORECASE) is not None
