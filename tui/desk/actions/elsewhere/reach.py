"""With which of the chat's networks a computer could go on, in words."""

from collections import Counter
from collections.abc import Sequence

from sessions.hub.client.going_on import Reach
from sessions.words import _
from tui.text.outside import cut

_NAMES = 3
"""As many sources are named at once, each in at most `_NAME` cells: the line has to be read in passing."""

_NAME = 32


def with_sources(reach: Reach | None) -> str:
    """With which sources somebody could go on, and with which not, in brackets; empty where there is nothing to say."""
    if reach is None:
        return ""
    every = (*reach.reads, *reach.unsigned, *reach.lacks)
    parts = [_named(reach.reads, every)] if reach.reads else []
    parts += [_("{named} if public").format(named=_named(reach.unsigned, every))] if reach.unsigned else []
    parts += [_("not {named}").format(named=_named(reach.lacks, every))] if reach.lacks else []
    return f" ({'; '.join(parts)})" if parts else ""


def lacking(reach: Reach | None) -> str:
    """With which sources somebody could not go on, in brackets; empty where there are none."""
    if reach is None or not reach.lacks:
        return ""
    return _(" (not {named})").format(named=_named(reach.lacks, (*reach.reads, *reach.unsigned, *reach.lacks)))


def _named(sources: Sequence[str], every: Sequence[str]) -> str:
    """Sources by the names of their networks, with the server where there are `every` several of one."""
    networks = Counter(source.partition(":")[0] for source in every)
    names = [one if networks[one.partition(":")[0]] > 1 else one.partition(":")[0] for one in sources]
    shown = [cut(name, _NAME) for name in names[:_NAMES]]
    more = len(names) - len(shown)
    return ", ".join([*shown, *([_("{more} more").format(more=more)] if more else [])])
