"""What reading a chat is likely to cost, by the saved chats of its series."""

from sessions.core.evolve import fold
from sessions.core.plan import Plan
from sessions.files.errors import StorageError
from sessions.library.library import Library
from sessions.library.storage.reading import read_events
from sessions.networks.registry import NETWORKS, networks_of
from sessions.networks.spending import Estimate

LATEST = 5
"""So many of the latest chats are asked; older ones say little of the next."""


def reading_estimates(library: Library, plan: Plan) -> list[Estimate]:
    """The estimates for those networks of a plan whose reading is paid for.

    Blocks, some milliseconds a chat; damaged ones are passed by.
    """
    paid = [estimate for name in networks_of(plan) if (estimate := NETWORKS[name].reading.estimate) is not None]
    chats = _earlier_chats(library, plan) if paid else []
    return [estimate(plan.minutes, chats) for estimate in paid]


def _earlier_chats(library: Library, plan: Plan) -> list[tuple[int, int, float]]:
    """Posts, people and minutes of the latest chats of the plan's series."""
    known = [saved for saved in library.saved_chats() if saved.series == plan.series and not saved.channel]
    chats: list[tuple[int, int, float]] = []
    for saved in [saved for saved in known if not (saved.damaged or saved.rehearsal)][:LATEST]:
        try:
            state = fold(read_events(saved.path))
        except StorageError:
            continue
        length = plan.minutes if state.plan is None else state.plan.minutes
        chats.append((len(state.posts), len(state.present()), length))
    return chats
