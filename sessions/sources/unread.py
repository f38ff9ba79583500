"""A network that a plan names and that this version does not read: a source that says so, and brings nothing."""

from collections.abc import AsyncIterator, Container

from sessions.events import AnyEvent
from sessions.plan import Host
from sessions.sources.base import Delivery, Resume, SourceError

STATUS = "not read by this version yet"
"""What a moderator reads beside the name of such a source."""


class NotReadYet(SourceError):
    """This version does not read the network that `spec` names."""

    def __init__(self, spec: str) -> None:
        self.spec = spec
        super().__init__(f"{spec.partition(':')[0]}: {STATUS}; take --source practice or add answers by hand")


class UnreadSource:
    """Stands in a session for the source `spec` of its plan, so that a plan for real networks can be opened today."""

    rehearsal = False
    hosts: tuple[Host, ...] = ()
    regulars: Container[str] = frozenset()

    def __init__(self, spec: str) -> None:
        self.name = spec

    def tell(self, event: AnyEvent) -> None:
        """Nothing that happens in the chat changes what it brings."""

    async def read(self, resume: Resume) -> AsyncIterator[Delivery]:
        """Say once that it is not read."""
        yield Delivery(status=STATUS, cursor=resume.cursor)
