"""Servers of other software that speak Mastodon's API: each is called by its own name, as a word that can be shown."""

import time
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from sessions.hub.server import rules
from sessions.networks.mastodon.wire import WireInstance
from sessions.networks.source import Delivery
from tests.sessions.core.building import Chat
from tests.sessions.networks.mastodon.recorded import load
from tests.sessions.networks.mastodon.server import SPEC, Server, reading
from tests.sessions.networks.test_inputs import load as load_input

OWN = {
    "GoToSocial": {"v2": load("gotosocial_instance_v2")["body"]},
    "Pixelfed": {"v2": load_input("pixelfed")},
    "Akkoma": load_input("116"),
    "Pleroma": load_input("117"),
    "": {"v2": load("m464_instance_v2")["body"]},
}
"""What servers answer as version 1 and 2, by what they are called."""


def says(server: Server, answers: Mapping[str, Any]) -> None:
    """Let the server say that of itself; open to all and without a stream, for which there is no account here."""
    for version in ("v1", "v2"):
        body = answers.get(version)
        missing = httpx.Response(404, json={"error": "Not found"})
        server.trouble[f"{version}/instance"] = missing if body is None else httpx.Response(200, json=body)


@pytest.mark.parametrize("called", OWN)
async def test_a_reader_tells_what_its_server_calls_itself(server: Server, called: str) -> None:
    says(server, OWN[called])
    server.post("A1 so")
    async with reading(server) as run:
        assert run.texts == ["A1 so"]
        assert {one.called for one in run.deliveries} == {called}


async def test_a_server_that_does_not_answer_is_called_as_before(server: Server) -> None:
    server.trouble["instance"] = httpx.Response(503)
    async with reading(server) as run:
        assert {one.called for one in run.deliveries} == {None}


@pytest.mark.parametrize("called", OWN)
async def test_the_session_knows_the_name_from_one_event(server: Server, called: str) -> None:
    says(server, OWN[called])
    chat = Chat()
    async with reading(server) as run:
        server.post("A1 so")
        await server.time.go_on(40)
    for delivery in run.deliveries:
        for event in rules.fared(chat.state, SPEC, delivery, at=chat.at):
            chat.hear(type(event), **{key: getattr(event, key) for key in ("source", "status", "cursor", "called")})
    assert chat.state.called(SPEC) == (called or "mastodon")
    told = [event.called for event in chat.events if hasattr(event, "called")]
    assert len(told) > 1
    assert [name for name in told if name is not None] == ([called] if called else [])


@pytest.mark.parametrize(
    ("version", "called"),
    [
        ("4.3.0+glitch", ""),
        ("4.3.0 (compatible; mastodon 4.3)", ""),
        ("2.8.0 (compatible; Friendica 2024.12-1571)", "Friendica"),
        ("4.2.1 (compatible; Iceshrimp.NET/2025.1)", "Iceshrimp.NET"),
        ("1 (compatible; \x1b[2J\u202eevil 1)", ""),
        ("1 (compatible; Pix\x1b\u202eelfed 1)", "Pixelfed"),
        ("1 (compatible; ---- 1)", ""),
        ("1 (compatible; " + "x" * 100 + " 1)", "x" * 19 + "…"),
        ("", ""),
    ],
)
def test_a_name_is_one_short_word_that_can_be_shown(version: str, called: str) -> None:
    assert WireInstance("m.example", version).called == called


def test_a_version_without_an_end_is_read_quickly() -> None:
    began = time.process_time()
    assert WireInstance("m.example", "(compatible; " + "x" * 200_000).called == ""
    assert WireInstance("m.example", "(compatible; x" * 200_000).called == ""
    assert time.process_time() - began < 1.0


def test_what_is_not_known_changes_nothing_and_a_move_to_a_mastodon_does() -> None:
    chat = Chat()

    def told(called: str | None) -> list[str | None]:
        events = rules.fared(chat.state, SPEC, Delivery(called=called), at=chat.at)
        for event in events:
            chat.hear(type(event), source=SPEC, status="ok", cursor=None, called=event.called)  # type: ignore[union-attr]
        return [event.called for event in events]  # type: ignore[union-attr]

    assert [told(called) for called in ("Pixelfed", None, "Pixelfed", "", "")] == [["Pixelfed"], [], [], [""], []]
    assert chat.state.called(SPEC) == "mastodon"
