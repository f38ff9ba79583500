"""The one door to work that goes on beside a screen."""

from collections.abc import Callable, Coroutine
from typing import Any

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

    It is called by its first step: a worker that is cancelled before has no coroutine that nobody awaits.
    """

    async def step() -> None:
        await work()

    return node.run_worker(step, group=group, name=name, description=description, exclusive=exclusive)
