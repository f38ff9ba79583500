"""What an action is about."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Aim:
    """What is under the cursors: the post, the person (whom `people` says to be of the roster), the queue's question.

    A key is about what was there when it was pressed, whatever arrives or moves before it acts. `opened` says that the
    post is open, which is what everything is about then. `marked` are posts in the place of the one under the cursor.
    """

    post: str | None = None
    person: str | None = None
    people: bool = False
    question: str | None = None
    opened: bool = False
    marked: tuple[str, ...] = ()
