"""Blanking one post: its words go wherever they are repeated, and nothing else changes."""

from pathlib import Path

import pytest

from sessions.core.events import PostingBegun, PostingDone
from sessions.core.evolve import fold
from sessions.files.errors import LibraryError
from sessions.library.erasure import blank_post
from sessions.library.library import Library
from sessions.library.storage.reading import read_events
from tests.sessions.library.maria import ANA, MARIA, TOM, a_chat, every_byte, numbers, post, written


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "chats")


@pytest.mark.parametrize("which", ["mastodon:p1", "mastodon:p2"])
def test_words_are_blanked_where_a_repost_or_the_posting_from_a_desk_has_them_too(library: Library, which: str) -> None:
    by = {"type": PostingBegun, "by": "Ana", "command": "c1", "key": "k1"}
    sent = {"source": "mastodon:x", "account": "ana", "purpose": "script", "subject": "thanks", "text": "zebra"}
    done = {"type": PostingDone, "key": "k1", "post": "mastodon:p1", "url": "https://a.example/zebra"}
    posts = [post(1, ANA, "zebra"), post(2, TOM, "zebra", repost_of="mastodon:p1")]
    with written(library.folder, posts, by | sent, done) as file:
        before = file.read_events()
    blank_post([library.folder], which)
    assert "zebra" not in every_byte(library.folder)
    assert numbers(fold(read_events(file.path))) == numbers(fold(before))


def test_one_post_is_blanked_in_every_copy_and_nothing_else(library: Library) -> None:
    path = a_chat(library.folder)
    before = fold(read_events(path))
    done = blank_post([library.folder], "mastodon:p1")
    assert [one.path for one in done.touched] == [path]
    after = fold(read_events(path))
    assert numbers(after) == numbers(before)
    assert "zebra" not in every_byte(library.folder)
    assert after.posts["mastodon:p1"].post.author == MARIA
    assert after.text("mastodon:p2") == before.text("mastodon:p2")
    with pytest.raises(LibraryError, match="No saved chat has the post"):
        blank_post([library.folder], "mastodon:nowhere")
