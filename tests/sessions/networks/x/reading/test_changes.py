"""Edits and removals on X: all versions are one post, also after a restart, and to look costs nothing."""

from sessions.networks.source import EditedPost
from tests.sessions.networks.fakes import START
from tests.sessions.networks.x.ids import names
from tests.sessions.networks.x.simulated import SimulatedX, reading

MINUTE = 60_000


async def test_an_edit_is_the_same_post_with_other_words(x: SimulatedX) -> None:
    async with reading(x) as run:
        first = x.post("A1 statoins #devchat")
        await x.time.go_on(50)
        second = x.post("A1 stations #devchat", edits=first)
        await x.time.go_on(100)
        third = x.post("A1 stations! #devchat", edits=second)
        answer = x.post("A1 yes #devchat", refers=[("replied_to", third["id"])])
        await x.time.go_on(100)
    assert [post.id for post in run.posts] == names(first, answer)
    assert [(edit.id, edit.text) for edit in run.edits] == [
        (f"x:{first['id']}", "A1 stations #devchat"),
        (f"x:{first['id']}", "A1 stations! #devchat"),
    ]
    assert {edit.post.posted_at for edit in run.edits if edit.post} == {run.posts[0].posted_at}
    assert run.posts[1].reply_to == f"x:{first['id']}"


async def test_an_edit_whose_first_version_nobody_saw_comes_as_a_post(x: SimulatedX) -> None:
    first = x.post("A1 nothing in it", at=START - MINUTE)
    x.post("A1 now with #devchat", at=START - MINUTE + 1000, edits=first)
    async with reading(x) as run:
        assert [post.id for post in run.posts] == names(first)


async def test_after_a_restart_an_edit_is_an_edit_and_what_is_known_is_not_brought_again(x: SimulatedX) -> None:
    first = x.post("A1 statoins #devchat", at=START - MINUTE)
    async with reading(x) as run:
        assert [post.id for post in run.posts] == names(first)
    await x.time.go_on(60)
    x.post("A1 stations #devchat", at=x.time.at - 40_000, edits=first)
    async with reading(x, before=run) as again:
        assert again.items == [EditedPost(f"x:{first['id']}", "A1 stations #devchat", again.edits[0].post)]
        await x.time.go_on(600)
        assert len(again.items) == 1
        assert again.spent == x.bill


async def test_a_removed_post_is_noticed_by_a_look_up_that_costs_nothing(x: SimulatedX) -> None:
    async with reading(x) as run:
        stays, goes = x.post("stays #devchat"), x.post("goes #devchat")
        await x.time.go_on(90)
        bill = x.bill
        x.remove(goes)
        for _ in range(13):
            run.source.wake()
            await x.time.go_on(100)
        assert run.removed == names(goes)
        assert x.bill == bill == run.spent
        assert len(x.requests("/2/tweets")) <= 3
    assert f"x:{stays['id']}" not in run.removed
