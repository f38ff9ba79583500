"""A recorded hour of 374 posts, told by 40 accounts, and what becomes of it when it is read from the file."""

import re
from collections import Counter
from functools import cache

from msgspec.structs import replace

from sessions.core.posts import Author, Judgement, Post
from tests.gold import HOSTS, asked_questions, judged, recorded_posts

CHAT = "lthechat-on"
ACCOUNTS = 40

_MENTION = re.compile(r"@(\w{1,30})")


@cache
def usernames() -> tuple[str, ...]:
    """The 40 accounts: those who wrote most, each under the handle that the recording gives them."""
    wrote = Counter(post.author.handle for post in recorded_posts(CHAT))
    first = [*HOSTS, *(handle for handle, _ in wrote.most_common() if handle not in HOSTS)]
    return tuple(handle.lower() for handle in first[:ACCOUNTS])


def folded(handle: str) -> str:
    """The account that speaks for a handle: its own, else one of the last ten."""
    name, names = handle.lower(), usernames()
    if name in names:
        return name
    return names[ACCOUNTS - 10 + sum(name.encode()) % 10]


@cache
def chat() -> tuple[Post, ...]:
    """The recording as these accounts tell it: who begins with somebody's handle replies to their latest post.

    What the recording quotes are posts of another network, which on Mastodon are addresses and no quotes; with the
    quotes 20 of the 374 posts, those that quote and what hangs on them, would be filed otherwise.
    """
    wrote = {post.author.handle.lower() for post in recorded_posts(CHAT)}
    latest: dict[str, str] = {}
    told = []
    for post in recorded_posts(CHAT):
        text = _MENTION.sub(lambda found: f"@{folded(found[1])}" if found[1].lower() in wrote else found[0], post.text)
        first = _MENTION.match(text)
        name = folded(post.author.handle)
        reply_to = latest.get(first[1].lower()) if first is not None else None
        author = Author(f"practice:{name}", name, post.author.name)
        told.append(replace(post, text=text, author=author, reply_to=reply_to, quote_of=None))
        latest[name] = post.id
    return tuple(told)


def from_the_file() -> list[Judgement]:
    """What the posts are and where they belong when the recording is read from its file."""
    hosts = tuple(host.lower() for host in HOSTS)
    return [judgement for _, judgement in judged(list(chat()), asked_questions(CHAT), hosts)]
