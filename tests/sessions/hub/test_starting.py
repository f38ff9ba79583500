"""What a hub opens before it answers: the sources of the plan, those that were asked for, and what it refuses."""

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from sessions.hub.process.ready import HubError
from sessions.hub.process.serve import serve
from sessions.hub.process.starting import ServeOptions, Started, start
from sessions.networks.source import SourceError
from sessions.networks.web.network_source import NetworkSource
from tests.sessions.core.building import a_plan

Opens = Callable[..., Started]


@pytest.fixture
def opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opens]:
    """Start what a hub needs and close it after the test."""
    monkeypatch.setenv("LUNCHROOM_RUNTIME", str(tmp_path / "running"))
    with ExitStack() as closing:

        def opened(**options: Any) -> Started:
            started = start(ServeOptions(library=tmp_path / "library", **options))
            closing.callback(started.file.close)
            closing.callback(started.listening.close)
            return started

        yield opened


async def test_a_plan_for_all_networks_opens_without_any_sign_in(opens: Opens) -> None:
    specs = ("x", "bluesky", "mastodon:mastodon.social")
    started = opens(plan=a_plan(sources=specs))
    assert tuple(source.name for source in started.sources) == specs
    assert not started.live().durable.rehearsal


def test_a_source_that_there_is_not_is_an_error(opens: Opens, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^x: write it without anything behind it"):
        opens(plan=a_plan(), sources=("x:somewhere",))
    assert not list((tmp_path).glob("library/*.json")), "no file is left of a chat that did not begin"


async def test_a_chat_comes_back_with_the_sources_of_its_plan(opens: Opens) -> None:
    started = opens(plan=a_plan(sources=("mastodon:mastodon.social", "bluesky", "bluesky:jetstream")))
    path = started.file.path
    started.file.close()
    started.listening.close()
    again = opens(resume=path)
    assert [source.name for source in again.sources] == ["mastodon:mastodon.social", "bluesky", "bluesky:jetstream"]


@pytest.mark.parametrize("source", ["mastodon:mastodon.social", "bluesky", "bluesky:jetstream", "x"])
async def test_sources_go_by_the_clock_of_the_session_which_never_goes_back(opens: Opens, source: str) -> None:
    """A clock that was ahead and is set right is absorbed by the hub; what its sources date must be, too."""
    started = opens(plan=a_plan(sources=(source,)))
    hour = started.clock.now_ms() + 3_600_000
    started.clock.not_before(hour)
    [reader] = started.sources
    assert isinstance(reader, NetworkSource)
    assert 0 <= reader.now() - hour < 60_000


@pytest.mark.parametrize("source", ["practice", "practice:tests/chats/lthechat-on.jsonl"])
def test_an_unknown_time_zone_is_an_error_whatever_is_rehearsed(opens: Opens, source: str) -> None:
    with pytest.raises(SourceError, match="Mars/One: no such time zone"):
        opens(plan=a_plan(), sources=(source,), zone="Mars/One")


def test_where_tokens_cannot_be_kept_no_chat_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "running").write_text("a file where a folder should be")
    monkeypatch.setenv("LUNCHROOM_RUNTIME", str(tmp_path / "running"))
    options = ServeOptions(library=tmp_path / "library", plan=a_plan(), sources=("practice",))
    with pytest.raises(HubError, match="Name another folder with LUNCHROOM_RUNTIME"):
        serve(options, lambda ready: pytest.fail("it never gets ready"))
    assert not (tmp_path / "library").exists()


def test_a_hub_that_does_not_start_leaves_the_garbage_collector_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUNCHROOM_RUNTIME", str(tmp_path / "running"))
    options = ServeOptions(library=tmp_path / "library", plan=a_plan(), sources=("smoke signals",))
    with pytest.raises(SourceError):
        serve(options, lambda ready: pytest.fail("it never gets ready"))
    assert gc.isenabled()
    gc.unfreeze()


def test_a_source_that_is_named_twice_is_read_once(opens: Opens) -> None:
    assert len(opens(plan=a_plan(), sources=("practice", "practice")).sources) == 1
