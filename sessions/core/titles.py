"""The title that a saved chat goes by, which may be another than its plan's: it can be renamed."""

from collections.abc import Sequence

from msgspec.structs import replace

from sessions.core.events import AnyEvent, SessionOpened


def titled(events: Sequence[AnyEvent], title: str) -> list[AnyEvent]:
    """The events of a chat whose plan has this title."""
    told = list(events)
    if told and isinstance(told[0], SessionOpened) and told[0].plan.title != title:
        told[0] = replace(told[0], plan=replace(told[0].plan, title=title))
    return told
