"""Edits and removals, found by reading again what was read: each told once, and nothing removed that is not gone."""

import httpx

from sessions.networks.source import EditedPost, NewPost, RemovedPost, ResumePoint
from tests.sessions.networks.mastodon.server import Server, reading


async def test_an_edit_is_seen_on_the_newest_page_and_told_once(server: Server) -> None:
    post = server.post("A1 frist")
    async with reading(server) as run:
        server.edit(post, "A1 first")
        await server.time.go_on(200)
        edits = [item for item in run.items if isinstance(item, EditedPost)]
        assert [(edit.id, edit.text) for edit in edits] == [(f"mastodon:{post['uri']}", "A1 first")]


async def test_a_post_that_left_the_page_is_removed_only_if_it_is_gone(server: Server) -> None:
    stays, goes, renamed = server.post(), server.post(), server.post()
    async with reading(server) as run:
        server.remove(goes)
        renamed["tags"] = []
        await server.time.go_on(200)
        assert [item.id for item in run.items if isinstance(item, RemovedPost)] == [f"mastodon:{goes['uri']}"]
        assert len(server.requests(f"statuses/{renamed['id']}")) == 1
        assert len(server.requests(f"statuses/{stays['id']}")) == 0


async def test_an_edit_that_takes_the_hashtag_away_is_taken_over(server: Server) -> None:
    post = server.post("A1 my phone number is 555 #devchat")
    async with reading(server) as run:
        server.edit(post, "A1 never mind")
        post["tags"] = []
        await server.time.go_on(200)
        edits = [item for item in run.items if isinstance(item, EditedPost)]
        assert [(edit.id, edit.text) for edit in edits] == [(f"mastodon:{post['uri']}", "A1 never mind")]
        assert len(server.requests(f"statuses/{post['id']}")) == 1


async def test_an_edit_and_a_removal_of_what_is_old_are_found_within_five_minutes(server: Server) -> None:
    """Without a stream, below all that is read again each minute."""
    edited, removed = server.post("A1 frist"), server.post()
    async with reading(server) as run:
        await server.time.go_on(600)
        for _ in range(90):
            server.post()
        server.edit(edited, "A1 first")
        server.remove(removed)
        await server.time.go_on(320)
        changes = [item for item in run.items if not isinstance(item, NewPost)]
        assert {type(item): item.id for item in changes} == {
            EditedPost: f"mastodon:{edited['uri']}", RemovedPost: f"mastodon:{removed['uri']}"
        }  # fmt: skip
        assert len(changes) == 2


async def test_a_removal_is_found_also_of_what_was_read_before_a_restart(server: Server) -> None:
    first = server.post()
    for _ in range(90):
        server.post()
    async with reading(server) as run:
        before = ResumePoint(run.cursor, frozenset(post.id for post in run.posts))
    await server.time.go_on(900)
    async with reading(server, resume=before) as run:
        server.remove(first)
        await server.time.go_on(320)
        assert [item.id for item in run.items] == [f"mastodon:{first['uri']}"]


async def test_a_page_of_a_proxy_removes_nothing(server: Server) -> None:
    post = server.post()
    server.post()
    async with reading(server) as run:
        server.trouble[f"statuses/{post['id']}"] = httpx.Response(404, html="<h1>nginx</h1>")
        post["tags"] = []
        await server.time.go_on(100)
        assert [item for item in run.items if isinstance(item, RemovedPost)] == []


async def test_a_reply_that_left_the_thread_is_removed(server: Server) -> None:
    question = server.post("Q1: why?")
    async with reading(server) as run:
        run.ask(question)
        answer = server.post("oops", tags=(), reply_to=question)
        await server.time.go_on(20)
        server.remove(answer)
        await server.time.go_on(20)
        assert [item.id for item in run.items if isinstance(item, RemovedPost)] == [f"mastodon:{answer['uri']}"]
