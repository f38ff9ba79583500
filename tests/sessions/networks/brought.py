"""What one reading of a network's source brought, whichever network it is."""

from sessions.core.posts import Post
from sessions.networks.source import Delivery, Item, NewPost


class Brought:
    """The deliveries so far, and what a test asks of them."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []

    @property
    def items(self) -> list[Item]:
        return [item for delivery in self.deliveries for item in delivery.items]

    @property
    def posts(self) -> list[Post]:
        return [item.post for item in self.items if isinstance(item, NewPost)]

    @property
    def texts(self) -> list[str]:
        return [post.text for post in self.posts]

    @property
    def status(self) -> str:
        return self.deliveries[-1].status

    @property
    def cursor(self) -> str | None:
        return next((one.cursor for one in reversed(self.deliveries) if one.cursor is not None), None)
