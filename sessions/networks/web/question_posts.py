"""Which posts of a network put the questions that people answer now: their threads are read too."""

from sessions.core.events import AnyEvent, PostEdited, PostRemoved, PostSeen, QuestionAsked, SessionOpened

_LATE = 2
"""Questions whose threads are read: the open one and the one before, to which one in six answers still comes."""


class QuestionPosts:
    """Hears the events of a session and remembers the posts of `network` that put each question."""

    def __init__(self, network: str) -> None:
        self._prefix = f"{network}:"
        self._posts: dict[str, list[str]] = {}
        self._asked: list[str] = []

    def on_event(self, event: AnyEvent) -> bool:
        """Hear an event; true where there is more to read now."""
        before = self.watched()
        if isinstance(event, SessionOpened):
            self._posts, self._asked = {}, []
        elif isinstance(event, QuestionAsked):
            self._asked = [*(one for one in self._asked if one != event.question), event.question]
        elif isinstance(event, (PostSeen, PostEdited)):
            post = event.post.id if isinstance(event, PostSeen) else event.post
            self._forget(post)
            if event.kind == "question" and event.filed is not None and post.startswith(self._prefix):
                self._posts.setdefault(event.filed.question, []).append(post)
        elif isinstance(event, PostRemoved):
            self._forget(event.post)
        return bool(set(self.watched()) - set(before))

    def watched(self) -> list[str]:
        """The ids of the posts whose threads to read, the open question's first."""
        return self._of(self._asked[-_LATE:])

    def earlier(self) -> list[str]:
        """Those of the questions before, the latest of them first."""
        return self._of(self._asked[:-_LATE])

    def _of(self, questions: list[str]) -> list[str]:
        return [post for question in reversed(questions) for post in self._posts.get(question, ())]

    def _forget(self, post: str) -> None:
        for posts in self._posts.values():
            if post in posts:
                posts.remove(post)
