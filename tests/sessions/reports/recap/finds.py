"""A chat for which moderators found something elsewhere."""

from typing import Any

from sessions.core import commands as c
from sessions.core.posts import Author, Post
from tests.sessions.core.building import START, Chat

JO = Author("mastodon:jo@other.example", "jo@other.example", "Jo Finder")


def found(number: int = 7, text: str = "Exit tickets on paper", **changed: Any) -> Post:
    """A post of another server."""
    fields = {"author": JO, "url": f"https://other.example/@jo/{number}"} | changed
    return Post(f"mastodon:https://other.example/{number}", text=text, posted_at=START, **fields)


def shared(chat: Chat, post: Post, *, out: bool = True, by: str = "Ana") -> None:
    """The post is shared on Mastodon, and is out where that is not said otherwise."""
    key = f"key-{len(chat.events):08}"
    chat.do(
        c.BeginPosting, by, key=key, source="mastodon:m.example", account="ana@m.example", purpose="share",
        how="new", subject=post.id, text="Look", found=post,
    )  # fmt: skip
    if out:
        chat.do(c.FinishPosting, by, key=key, post=f"mastodon:{key}", url=f"https://m.example/@ana/{key}")


def a_chat_with_finds() -> Chat:
    """Ana shared one, and Ben copied one."""
    chat = Chat()
    chat.post("A1: we use stations", handle="mlopez")
    shared(chat, found())
    chat.do(c.Share, "Ben", found=found(8, "Spaghetti bridges hold 2 kg"))
    return chat
