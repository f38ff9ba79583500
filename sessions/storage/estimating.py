"""What reading a chat on X is likely to cost, by the saved chats of its series."""

from sessions.evolve import fold
from sessions.plan import Plan
from sessions.publishing.prices import Estimate, estimate
from sessions.storage.errors import StorageError
from sessions.storage.library import Library
from sessions.storage.reading import read_events

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
