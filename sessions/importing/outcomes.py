"""What became of the chats of an import."""

from pathlib import Path

import msgspec

from sessions.core.plan import Plan
from sessions.core.state import SessionState


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a chat: saved at `file` under `id`, or skipped and `why`. The numbers are those of its state.

    `longer` is the number of events of a copy that took the place of one with `shorter` events, both 0 otherwise.
    """

    source: Path
    plan: Plan
    id: str = ""
    file: Path | None = None
    why: str = ""
    posts: int = 0
    people: int = 0
    newcomers: int = 0
    answers: int = 0
    filed: int = 0
    reposts: int = 0
    shorter: int = 0
    longer: int = 0


def outcome_of(path: Path, plan: Plan, session_id: str, file: Path | None, state: SessionState) -> Outcome:
    """The outcome of a chat that is saved at `file`, or would be."""
    kinds = [state.kind(post) for post in state.posts]
    return Outcome(
        source=path,
        plan=plan,
        id=session_id,
        file=file,
        posts=len(state.posts),
        people=len(state.present()),
        newcomers=state.newcomers(),
        answers=state.answers,
        filed=sum(state.tally.values()),
        reposts=kinds.count("repost"),
    )


def saved_already(name: str, share: float) -> str:
    """Why a chat is skipped whose posts, or this share of them, are in the saved chat `name`."""
    if share == 1:
        return f"the same posts are saved already as {name}"
    return f"{share:.0%} of its posts are saved already as {name}; delete that chat first to take this one"
