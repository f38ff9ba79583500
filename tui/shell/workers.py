"""The one door to work that goes on beside a screen."""

from collections.abc import Callable, Coroutine
from typing import Any

from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.worker import Worker


def begin_work(
    node: DOMNode,
    work: Callable[[], Coroutine[Any, Any, None]],
    *,
    group: str = "default",
    name: str = "",
    description: str = "",
    exclusive: bool = False,
) -> Worker[None]:
    """Begin work that ends with `node`, and where it is `exclusive` with the next of its group.

    It is called by its first step: a worker that is cancelled before has no coroutine that nobody awaits. Textual takes
    a node away from its innermost part on, and cancels its workers last: one that comes to show something meanwhile
    ends.
    """

    async def step() -> None:
        try:
            await work()
        except NoMatches:
            if not node._pruning:
                raise

    return node.run_worker(step, group=group, name=name, description=description, exclusive=exclusive)
