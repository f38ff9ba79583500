"""What reading X will cost, by the saved chats of the series."""

from pathlib import Path

from sessions.core.events import encode_event
from sessions.library.library import Library
from sessions.library.storage.session_file import SessionFile
from sessions.reports.reading_cost import reading_estimates
from tests.sessions.core.building import START, Chat, a_plan


def save(folder: Path, posts: int, **plan: object) -> Path:
    """A chat with so many posts of two people."""
    chat = Chat(a_plan(**plan))
    for number in range(posts):
        chat.post(handle=("ann", "bob")[number % 2])
    with SessionFile.create(folder, a_plan(**plan), started=START) as file:
        file.commit([encode_event(event) for event in chat.events])
        return file.path


def test_the_estimate_is_by_the_chats_of_the_series_scaled_to_the_length_of_this_one(tmp_path: Path) -> None:
    save(tmp_path, 100)
    save(tmp_path, 300)
    save(tmp_path, 900, series="another")
    save(tmp_path, 10).write_bytes(b"torn")
    (found,) = reading_estimates(Library(tmp_path), a_plan(sources=("x",), minutes=30.0))
    assert (found.chats, found.likely, found.most) == (2, 510, 760)


def test_what_does_not_read_x_costs_nothing(tmp_path: Path) -> None:
    assert reading_estimates(Library(tmp_path), a_plan(sources=("bluesky", "mastodon:a.example"))) == []
