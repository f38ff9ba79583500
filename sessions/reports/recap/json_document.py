"""The recap as JSON: the fields of `Recap`, one to one."""

import msgspec

from sessions.reports.recap.model import Recap


def to_json(recap: Recap) -> str:
    """An indented JSON object with a line end behind it."""
    return msgspec.json.format(msgspec.json.encode(recap), indent=2).decode() + "\n"
