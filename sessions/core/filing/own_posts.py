"""The posts that a moderator's desk sent, known again when a network brings them back."""

import re

from sessions.core.posts import Filed, Judgement, Post
from sessions.core.state import Posting, SessionState

EARLIER = 120_000
"""Milliseconds by which a network's clock may be behind the hub's, so that a post seems older than its beginning."""

_URL = re.compile(r"\bhttps?://\S+|[\w-]{1,63}(?:\.[\w-]{1,63})+(?:/\S*)?", re.IGNORECASE)
_WORD = re.compile(r"[#@]?\w+")
_MENTIONED_HOST = re.compile(r"(@[\w.-]+)@[\w.-]*\w")


def posting_of(state: SessionState, post: Post) -> Posting | None:
    """The posting that this post is, by its id; before that is noted by its account and its words."""
    unfinished = []
    for posting in state.postings.values():
        if posting.post == post.id:
            return posting
        if posting.unfinished and posting.seen in (None, post.id):
            unfinished.append(posting)
    return next((posting for posting in unfinished if _is_it(posting, post)), None)


def own_post_judged(state: SessionState, posting: Posting, addressed: str | None) -> Judgement:
    """What an own post is: the question it asks, an announcement, or a word to the person it greets."""
    begun = posting.begun
    if begun.purpose == "greeting" or begun.subject in state.people:
        return Judgement("aside", addressed=begun.subject, posting=begun.key)
    question = state.question_posted(begun.subject)
    if question is not None:
        return Judgement("question", Filed(question.id, "label"), addressed=addressed, posting=begun.key)
    return Judgement("announcement", addressed=addressed, posting=begun.key)


def _is_it(posting: Posting, post: Post) -> bool:
    begun = posting.begun
    if post.author.network != posting.network or post.posted_at < begun.at - EARLIER:
        return False
    same_account = post.author.handle.casefold() == begun.account.lstrip("@").casefold()
    words = plain_words(begun.text)
    return same_account and words != "" and plain_words(post.text) == words


def plain_words(text: str) -> str:
    """The words of a text without what networks change: white space, addresses they shorten, servers of mentions."""
    return " ".join(_WORD.findall(_URL.sub(" ", _MENTIONED_HOST.sub(r"\1", text)).casefold()))
