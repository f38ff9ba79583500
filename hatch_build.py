"""What is made while Lunchroom is built: the list of what it needs on this computer, and its words in each language."""

import os
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


class Dependencies(MetadataHookInterface):
    """Leaves iroh out where Linux has musl: it has no wheel there, no marker tells, and pip would refuse all of it."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Put in what is listed in `pyproject.toml`."""
        metadata["dependencies"] = dependencies(self.config, str(sysconfig.get_config_var("SOABI") or ""))


def dependencies(listed: Mapping[str, Any], soabi: str) -> list[str]:
    """The `dependencies` of a table, and `away` unless `soabi`, the name of Python's binary interface, is of musl."""
    return [*listed["dependencies"], *([] if "musl" in soabi else [listed["away"]])]


class Words(BuildHookInterface[Any]):
    """Compiles the catalogues, which gettext reads; beside their sources, so that a checkout has them, too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - what hatchling hands over
        """Put the compiled files among what is built."""
        compiled = compile_catalogues(Path(self.root))
        build_data["artifacts"] += [f"/{file.relative_to(self.root).as_posix()}" for file in compiled]


def compile_catalogues(root: Path) -> list[Path]:
    """The compiled files of all catalogues of this checkout, each written whole at once."""
    from babel.messages.mofile import write_mo  # only for a build
    from babel.messages.pofile import read_po

    compiled = []
    for source in sorted((root / "tui" / "locale").glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        target = source.with_suffix(".mo")
        unready = target.with_suffix(f".{os.getpid()}")
        with unready.open("wb") as file:
            write_mo(file, catalogue)
        unready.replace(target)
        compiled.append(target)
    return compiled
