"""A hub that closes a chat takes it into people.json, and so does the one that finishes what another could not."""

import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sessions.hub.process.ready import HubError, Ready
from sessions.hub.process.serve import serve
from sessions.hub.process.starting import ServeOptions, start
from sessions.library.library import Library
from sessions.library.people import PeopleFile, read_people
from sessions.library.storage.session_file import SessionFile
from tests.sessions.core.building import START, a_plan
from tests.sessions.library.building import closed, opened, seen
from tests.sessions.library.test_library import MARIA, TOM, a_chat

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a hub's signals are others on Windows")


@pytest.fixture(autouse=True)
def _own_signals() -> Iterator[None]:
    """The hub lets SIGHUP pass by; this process had its own way with it."""
    before = signal.getsignal(signal.SIGHUP)
    yield
    signal.signal(signal.SIGHUP, before)


def moderate(ready: Ready, failures: list[BaseException]) -> None:
    """Sit down, add an answer by hand, tag who gave it, close."""
    commands = [
        {"id": "c1", "type": "add_post", "text": "A1: stations", "author": "Nora Ní", "url": None},
        {"id": "c2", "type": "tag", "person": "hand:nora ní", "school": "South", "level": "k5", "groups": ["math"]},
        {"id": "c3", "type": "close"},
    ]
    try:
        with httpx.Client(base_url=ready.url, trust_env=False) as http:
            told = http.post("/v1/moderators", json={"name": "Ana"}, headers={"Authorization": f"Bearer {ready.token}"})
            token = told.json()["token"]
            for command in commands:
                answer = http.post("/v1/commands", json=command, headers={"Authorization": f"Bearer {token}"})
                assert answer.status_code == 200, answer.text
    except BaseException as error:  # noqa: BLE001 - told by the test's own thread
        failures.append(error)


def test_a_chat_that_is_closed_is_in_people_json_with_what_was_tagged(tmp_path: Path) -> None:
    library = Library(tmp_path / "chats")
    a_chat(library, -7, MARIA)
    failures: list[BaseException] = []
    threads: list[threading.Thread] = []

    def ready(ready: Ready) -> None:
        threads.append(threading.Thread(target=moderate, args=(ready, failures)))
        threads[0].start()

    serve(ServeOptions(library=library.folder, plan=a_plan(sources=())), ready)
    threads[0].join()
    assert failures == []
    people = {one.name: one for one in read_people(library.folder)}
    assert set(people) == {"Maria Lopez", "Nora Ní"}
    nora = people["Nora Ní"]
    assert (nora.sessions, nora.school, nora.groups, nora.last) == (1, "South", ("math",), "2025-12-01")


@pytest.mark.parametrize("damaged", [False, True])
def test_a_hub_that_finishes_a_closed_chat_takes_it_in_too(
    tmp_path: Path, damaged: bool, caplog: pytest.LogCaptureFixture
) -> None:
    library = Library(tmp_path / "chats")
    with SessionFile.create(library.folder, a_plan(), started=START) as file:
        file.commit([opened(), seen(2, TOM), closed(3)])
    if damaged:
        PeopleFile(library.folder).path.write_text("{")
    with pytest.raises(HubError, match="closed"):
        start(ServeOptions(library=library.folder, resume=file.path))
    assert [(one.name, one.sessions) for one in read_people(library.folder)] == [("Tom K", 1)]
    assert ("people.json was damaged" in caplog.text) is damaged


def test_a_people_json_that_cannot_be_written_does_not_keep_a_chat_open(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    library = Library(tmp_path / "chats")
    with SessionFile.create(library.folder, a_plan(), started=START) as file:
        file.commit([opened(), seen(2, TOM), closed(3)])
    PeopleFile(library.folder).path.mkdir()
    with pytest.raises(HubError, match="closed"):
        start(ServeOptions(library=library.folder, resume=file.path))
    assert "`lunchroom people rebuild` takes the chat in later" in caplog.text
    with SessionFile.open(file.path) as again:
        assert not again.needs_closing
