"""Answers that X and its own playground gave; `tests/recorded/PROVENANCE.md` says which."""

import json
from typing import Any

import httpx

from tests.paths import TESTS

FOLDER = TESTS / "recorded" / "x"


def load(name: str) -> dict[str, Any]:
    """The recording."""
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def response(name: str) -> httpx.Response:
    """The recorded answer, as it came."""
    recording = load(name)
    return httpx.Response(recording["status"], headers=recording["headers"], json=recording["body"])


def answering(*names: str) -> tuple[httpx.MockTransport, list[httpx.Request]]:
    """What gives these answers one after the other, the last one for ever, and what it was asked."""
    left, asked = list(names), list[httpx.Request]()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return response(left.pop(0) if len(left) > 1 else left[0])

    return httpx.MockTransport(answer), asked
