"""A chat of an hour whose plan gives credit, to count who took part in."""

from typing import Any

from sessions.core.events import PostSeen
from sessions.core.plan import Credit
from sessions.core.posts import Author, Filed, Kind, Post
from tests.sessions.core.building import START, Chat, a_plan

MINUTE = 60_000
CREDIT = Credit("Navasota ISD", "902-001", 1.0, 3, "#credit")


class CreditChat(Chat):
    """Posts come at minutes of the hour."""

    def __init__(self, **plan: Any) -> None:
        super().__init__(a_plan(**{"credit": CREDIT} | plan))

    def say(
        self,
        who: str,
        minute: float,
        text: str = "hello",
        question: str | None = None,
        kind: Kind | None = None,
        name: str | None = None,
    ) -> str:
        """Somebody posts, an answer where there is a question; the id."""
        number = self.state.seq + 1
        author = Author(f"mastodon:{who}", who, who.title() if name is None else name)
        post = Post(f"mastodon:{number}", author, text, START + round(minute * MINUTE))
        self.hear(
            PostSeen,
            post=post,
            kind=kind or ("aside" if question is None else "answer"),
            filed=None if question is None else Filed(question, "label"),
            newcomer=False,
        )
        return post.id

    def answers(self, who: str, *questions: str, **fields: Any) -> None:
        """Somebody answers these questions, one after the other, from minute 10 on."""
        for number, question in enumerate(questions):
            self.say(who, 10 + number, "an answer", question, **fields)
