"""The program that a hub in the background is a process of; it is told by whoever was started from it."""

from collections.abc import Mapping

import msgspec


class Program(msgspec.Struct, frozen=True):
    """The `command` that starts the installed program once more; what it is to do follows as further arguments.

    `environment` is set for it beside what it inherits.
    """

    command: tuple[str, ...]
    environment: Mapping[str, str] = {}
