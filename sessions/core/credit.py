"""Who asked in a chat for credit hours, by the word that its plan names or as a moderator noted. Pure."""

from sessions.core.hashtags import tag_key
from sessions.core.plan import Credit
from sessions.core.plan.muted import muted_words
from sessions.core.state import SessionState


def asked_in_chat(state: SessionState, credit: Credit | None) -> dict[str, str]:
    """How each account asked that did, in the order in which that was seen: `word`, or `desk` where a moderator said
    so, whose word goes before what was posted."""
    by_word = {} if credit is None else asked_by_word(state, credit)
    found = dict.fromkeys(by_word, "word")
    for account, mark in state.credit_marks.items():
        if mark.asked:
            found[account] = "desk"
        elif mark.asked is False:
            found.pop(account, None)
    return found


def asks(state: SessionState, account: str) -> bool:
    """Whether this account asks for credit by the plan's word, or as a moderator noted; as `asked_in_chat` of one."""
    mark = state.credit_marks.get(account)
    if mark is not None and mark.asked is not None:
        return mark.asked
    person = state.people.get(account)
    if person is None or person.host:
        return False
    return any(state.kind(post) not in _ASKS_NOTHING for post in state.credit_posts.get(account, ()))


_ASKS_NOTHING = ("repost", "spam")


def asked_by_word(state: SessionState, credit: Credit) -> dict[str, str]:
    """The first post with the word by each account that asked, by the account's id.

    Hosts tell people of the word and ask for nothing by it, nor does who repeats their post. What was removed or
    blanked, and spam, asks for nothing; what a moderator hid still does.
    """
    found: dict[str, str] = {}
    if not credit.word:
        return found
    for post, seen in state.posts.items():
        author = seen.post.author.id
        if author in found or state.people[author].host or state.kind(post) in _ASKS_NOTHING:
            continue
        layer = state.layers.get(post)
        if layer is not None and (layer.removed or layer.redacted):
            continue
        if says(state, post, credit.word):
            found[author] = post
    return found


def says(state: SessionState, post: str, word: str) -> bool:
    """Whether a hashtag (`#credit`) or plain words stand in the post by what is folded so far."""
    if word.startswith("#"):
        return tag_key(word[1:]) in state.tags(post)
    return muted_words((word,)).find(state.text_then(post)) is not None
