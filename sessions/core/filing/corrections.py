"""Posts that take back the label of what their author wrote before: `oops, that was my A1 answer`, `*A2`."""

import re

from sessions.core.filing.label_forms import LabelForms, label_forms
from sessions.core.filing.labels import plain
from sessions.core.filing.post_index import PostIndex
from sessions.core.filing.words import FURNITURE, words_said
from sessions.core.languages import ENGLISH
from sessions.core.posts import Post
from sessions.core.state import SessionState

_SLIP = re.compile(
    r"(?i)\b(?:w?h?oo+ps|oopsie|my bad|my mistake|correction|corrected|typo|meant|mean|mislabel+ed|misnumbered"
    r"|wrong (?:number|label|question|one|answer)|should(?:'ve| have)? (?:been|be|read|say|said)|supposed to be"
    r"|(?:that|this|it|last (?:one|tweet|post)|previous (?:one|tweet|post)) (?:was|is|were)"
    r" (?:(?:my|an?|actually|really|for|to|in|the|answering|meant|response|reply) ){0,3}(?=[#(]?[AQ][0-9]))"
)
_DENIED = re.compile(r"(?i)(?:\bnot|instead of|rather than|n't|\bno)\s+(?:an?\s|my\s|for\s|to\s)?#?$")
_BEGINS_AN_ANSWER = re.compile(r"\s?[:.)\-–—]\s*(?:[^\W\d_]+\W+){2}")
_ENGLISH = label_forms(ENGLISH)
_MOST_WORDS = 8
"""Words of its own at most; what says more answers."""

_WITHIN = 600_000
"""Milliseconds in which people take back the label of what they wrote."""


def corrected_label(text: str, forms: LabelForms | None = None) -> str | None:
    """The number of the label that an earlier post should have had, or None where this takes none back.

    `forms` are those of the chat's language, of English where they are None.
    """
    forms = _ENGLISH if forms is None else forms
    labelled = forms.labelled

    def label_or_nothing(found: re.Match[str]) -> str:
        """A hashtag that is a label stays, other hashtags, mentions and links go."""
        return found[0] if labelled.fullmatch(found[0]) else " "

    said = " ".join(FURNITURE.sub(label_or_nothing, plain(text)).split())
    if labelled.search(said) is None:  # most
        return None
    starred = forms.starred.match(said) is not None
    own_slip = forms.slips is not None and forms.slips.search(said) is not None
    if not starred and not own_slip and _SLIP.search(said) is None:
        return None
    if len(words_said(said)) > (2 if starred else _MOST_WORDS):
        return None
    meant = [found for found in labelled.finditer(said) if _DENIED.search(said[: found.start()]) is None]
    numbers = list(dict.fromkeys(str(found["number"]) for found in meant))
    if len(numbers) != 1 or _BEGINS_AN_ANSWER.match(said, meant[-1].end()) is not None:
        return None
    return numbers[0]


def corrected_answer(state: SessionState, index: PostIndex, post: Post, *, names: str | None) -> str | None:
    """The id of the author's answer that a correction takes back: the one that it replies to, else their latest of ten
    minutes; `names` is the id of the person whom the correction names first."""
    author = post.author.id
    above = state.posts.get(post.reply_to or "")
    if above is not None or names not in (None, author):
        return above.post.id if above is not None and above.post.author.id == author else None
    before = index.latest_of(author, post.id)
    while before is not None and state.posts[before].post.posted_at >= post.posted_at - _WITHIN:
        if state.kind(before) == "answer":
            return before
        before = index.latest_of(author, before)
    return None
