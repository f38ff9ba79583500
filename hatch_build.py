"""What an install needs beside Lunchroom, told while it is built, on the computer for which it is."""

import sysconfig
from collections.abc import Mapping
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class Dependencies(MetadataHookInterface):
    """Leaves iroh out where Linux has musl: it has no wheel there, no marker tells, and pip would refuse all of it."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Put in what is listed in `pyproject.toml`."""
        metadata["dependencies"] = dependencies(self.config, str(sysconfig.get_config_var("SOABI") or ""))


def dependencies(listed: Mapping[str, Any], soabi: str) -> list[str]:
    """The `dependencies` of a table, and `away` unless `soabi`, the name of Python's binary interface, is of musl."""
    return [*listed["dependencies"], *([] if "musl" in soabi else [listed["away"]])]
