"""What reading a chat on X is likely to cost, by the saved chats of its series."""

from sessions.core.evolve import fold
from sessions.core.plan import Plan
from sessions.files.errors import StorageError
from sessions.library.library import Library
from sessions.library.storage.reading import read_events
from sessions.networks.x.prices import Estimate, estimate

LATEST = 5
"""So many of the latest chats are asked; older ones say little of the next."""


def reading_estimate(library: Library, plan: Plan) -> Estimate | None:
    """The estimate for a plan that reads X, else None. Blocks, some milliseconds a chat; damaged ones are passed by."""
    if "x" not in plan.sources:
        return None
    known = [saved for saved in library.saved_chats() if saved.series == plan.series]
    chats: list[tuple[int, int, float]] = []
    for saved in [saved for saved in known if not (saved.damaged or saved.rehearsal)][:LATEST]:
        try:
            state = fold(read_events(saved.path))
        except StorageError:
            continue
        length = plan.minutes if state.plan is None else state.plan.minutes
        chats.append((len(state.posts), len(state.present()), length))
    return estimate(plan.minutes, chats)
