"""One root of errors: every exception class of the program hangs on it, and its docstring draws the tree."""

import importlib
import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator

import sessions
import sessions.core.errors
import tui
from sessions.core.errors import LunchroomError

_LINE = re.compile(r"^( *)\* `(\w+)`(: .+)?$", re.MULTILINE)

STOPPED = "SavedThenStopped"
"""A Ctrl+C that came too late to leave nothing: it goes the way of `KeyboardInterrupt`."""


def classes() -> list[type[BaseException]]:
    """Every exception class that `sessions` and `tui` define."""
    for package in (sessions, tui):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    return [one for one in descendants(BaseException) if one.__module__.split(".")[0] in ("sessions", "tui")]


def descendants(root: type[BaseException]) -> Iterator[type[BaseException]]:
    """All below `root`, each once."""
    below = list(root.__subclasses__())
    seen = set()
    while below:
        one = below.pop()
        if one not in seen:
            seen.add(one)
            below += one.__subclasses__()
            yield one


def drawn(docstring: str) -> Counter[tuple[str, str]]:
    """Each class in the drawing with its parent's name, which is empty for the root."""
    path: list[str] = []
    found: Counter[tuple[str, str]] = Counter()
    for line in _LINE.finditer(docstring):
        depth = len(line[1]) // 2
        assert depth <= len(path), f"{line[0]!r} is two steps below the line before it"
        path[depth:] = [line[2]]
        found[path[depth - 1] if depth else "", line[2]] += 1
    return found


def test_every_exception_hangs_on_the_root_or_is_private() -> None:
    apart = {one.__name__ for one in classes() if not issubclass(one, LunchroomError) and one.__name__[0] != "_"}
    assert apart == {STOPPED}


def test_the_docstring_draws_the_tree_as_it_is() -> None:
    tree = Counter((one.__base__.__name__, one.__name__) for one in classes() if issubclass(one, LunchroomError))
    tree["Exception", "LunchroomError"] -= 1
    tree["", "LunchroomError"] += 1
    assert drawn(inspect.getdoc(sessions.core.errors) or "") == +tree


def test_a_class_that_is_not_drawn_would_be_noticed() -> None:
    docstring = "* `LunchroomError`\n  * `PlanError`: a plan\n  * `StorageError`: trouble\n    * `SaveFailed`\n"
    assert drawn(docstring) == {
        ("", "LunchroomError"): 1,
        ("LunchroomError", "PlanError"): 1,
        ("LunchroomError", "StorageError"): 1,
        ("StorageError", "SaveFailed"): 1,
    }


def test_every_exception_says_what_it_is() -> None:
    assert not [one.__qualname__ for one in classes() if not (one.__doc__ or "").strip()]
