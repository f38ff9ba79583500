"""Answers that real servers gave; `tests/recorded/PROVENANCE.md` says which."""

import json
from typing import Any

import httpx
import msgspec

from sessions.networks.mastodon.wire import WireStatus
from tests.paths import TESTS

FOLDER = TESTS / "recorded" / "mastodon"

_READ = ("content-type", "link", "retry-after", "x-ratelimit-")


def names(start: str = "") -> list[str]:
    """The recordings whose names begin so."""
    return sorted(path.stem for path in FOLDER.glob(f"{start}*.json"))


def load(name: str) -> dict[str, Any]:
    """The recording."""
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def response(name: str) -> httpx.Response:
    """The recorded answer, as it came but for the headers that tell how it was packed."""
    recording = load(name)
    body = recording["body"]
    content = body if isinstance(body, str) else json.dumps(body)
    headers = {key: value for key, value in recording["headers"].items() if key.lower().startswith(_READ)}
    return httpx.Response(recording["status"], headers=headers, content=content.encode())


def statuses(name: str) -> list[WireStatus]:
    """The posts of a recording: one, a page or a thread."""
    body = load(name)["body"]
    if isinstance(body, dict):
        body = body.get("descendants", [body])
    return msgspec.convert(body, list[WireStatus])


def status(name: str) -> WireStatus:
    """The first post of a recording."""
    return statuses(name)[0]
