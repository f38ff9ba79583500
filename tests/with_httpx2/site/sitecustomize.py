"""httpx2 under the name of httpx, from its first import on: a Python that needs neither loads neither."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class Instead(MetaPathFinder):
    """Has httpx2 put itself in the place of httpx when that is first asked for."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """None but for httpx and what it rests on; from then on httpx2's own finder answers."""
        if fullname not in ("httpx", "httpcore"):
            return None
        sys.meta_path.remove(self)
        from httpx2 import alias_httpx

        alias_httpx()
        found = (finder.find_spec(fullname, path, target) for finder in sys.meta_path)
        return next(filter(None, found), None)


sys.meta_path.insert(0, Instead())
