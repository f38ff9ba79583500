"""`POST /v1/presence`: at which pane a moderator is and what they write, told to the others and kept nowhere."""

from typing import Annotated

import msgspec

DESK_HEADER = "Lunchroom-Desk"
"""Tells two desks of one moderator apart by a word that each makes up; older desks do without."""

_Word = Annotated[str, msgspec.Meta(max_length=40)]


class Claim(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody writes: a `greeting`, a `question`, a `repost`, a `note`, a `line` of the script.

    `about` is the id of the person or the question that it is about, or the key of the line; empty where it is about
    none. Later versions may have more kinds, so that whoever reads one takes any word.
    """

    kind: _Word
    about: Annotated[str, msgspec.Meta(max_length=300)] = ""


class PresenceRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where the caller is now: at the `questions`, `answers`, `people` or in a `replay`, and what they write."""

    pane: _Word = ""
    claim: Claim | None = None


class AtDesk(msgspec.Struct, frozen=True, omit_defaults=True):
    """A moderator at another desk, as heartbeats tell of them."""

    name: str
    pane: str = ""
    claim: Claim | None = None
