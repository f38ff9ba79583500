"""A moderator in plain lines beside one at a screen, on a real hub."""

from pathlib import Path

from tests.sessions.core.building import START, a_plan
from tests.sessions.hub.live import Feed, Time, live_hub
from tests.tui.desk.test_desk_turns import alternating
from tests.tui.desks import desk_on
from tests.tui.networks import ANA, ANA_SKY, Networks
from tests.tui.plain_desks import plain_on
from tests.tui.posting_desk import BEGUN, QUESTION, SCRIPT, Clock
from tui.desk.farewells import LEFT
from tui.widgets.pace import GRACE

HOSTILE = "\x1b]52;c;AAAA\x07\u202eMerle\x1b[31m\nTansyfield"


async def test_two_moderators_one_at_a_screen_and_one_in_plain_lines(tmp_path: Path) -> None:
    feed, time = Feed(), Time()
    async with (
        live_hub(tmp_path, sources=[feed], clock=time.clock(), newcomer=lambda one: one.handle == "tom") as live,
        desk_on(live) as ana,
        plain_on(live) as ben,
    ):
        assert "7:00 Ana asks and greets. You have no role." in ben.read
        feed.post("A1 We rotate every 12 minutes")
        assert "post 1. Mlopez" in await ben.hears("We rotate")
        feed.post("Hi all, first time here", "tom")
        await ben.hears("post 2. Tom, new")
        # the other's acts in words, and one's own
        await ana.press("n", "enter")
        await ben.hears("Q1: What about station 1?")
        await ben.does("next", "Ana asks the questions. Type take asking to take over.")
        await ben.does("file 1 1", "You filed Mlopez's post under Q1 (post 1)")
        await ana.sees("Ben filed Mlopez's post under Q1")
        await ben.does("undo", "You took back: you filed")
        await ben.does("greet to", "You greeted Tom")
        await ben.does("star 1", "You starred Mlopez's post (post 1)")
        await ben.does("star 1", "There is a star already.")
        await ben.does("turn 2 zed", "Nobody called zed can ask it.")
        await ben.does("turn zed", "There is no question zed.")
        assert live.session.durable.questions["q2"].turn == ""
        await ben.does("turn 2", "You gave Q2 to Ana")
        await ben.does("turn 2 nob", "You gave Q2 to nobody")
        await ben.does("turn an", "You gave Q2 to Ana")
        await ben.does("turn 3 Ben", "You took the turn for Q3")
        await ben.does("turn 3 nobody", "You gave Q3 to nobody")
        await ben.does("note one more minute?", "You wrote: one more minute?")
        await ana.sees("Ben: one more minute?")
        # two seconds to take it back
        await ben.does("take asking", "Taking over asking … undo takes it back")
        await ben.does("undo", "Taken back; nothing was sent.")
        await ben.does("take asking", "Taking over asking")
        ben.pace.advance(GRACE)
        await ben.hears("You took over asking")
        await ben.does("next", "Asking Q2")
        await ben.does("send", "You asked Q2")
        await ana.sees("Ben asked Q2")
        # listening
        await ben.does("answers 1", "We rotate")
        await ben.does("not answered 1", "Not yet Q1, 1: Tom.")
        await ben.does("find rotate is:starred", "We rotate")
        await ben.does("find is:nonsense", "is: is one of")
        time.now = START + 1000
        ben.type("leave")
        assert await ben.running == LEFT


async def test_who_comes_later_hears_whose_turn_is_next_when_a_question_opens_and_not_before(tmp_path: Path) -> None:
    async with live_hub(tmp_path, plan=alternating("Ana", "Ben")) as live, desk_on(live) as ana:
        await ana.press("n", "enter")
        await ana.sees("You asked Q1. Q2 is Ben's turn.")
        async with plain_on(live) as ben:
            assert (await ben.does("note hello", "You wrote: hello")).endswith("You wrote: hello")
            await ana.press("n", "enter")
            await ben.hears("Ana asked Q2. Q3 is Ana's turn.")


async def test_nothing_that_comes_from_outside_steers_the_terminal(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, plain_on(live, "Ana") as ana:
        feed.post(f"A1 {HOSTILE}", HOSTILE)
        line = await ana.hears("Tansyfield")
        assert not set(line) & set("\x1b\x07\u202e\n")
        await ana.does("star merle", "You starred")
        await ana.does("who", "Tansyfield")
        ana.type(None)
        assert await ana.running == LEFT


async def test_a_post_goes_out_after_a_yes_and_never_unseen(tmp_path: Path) -> None:
    networks, feed, clock = Networks(), Feed(), Clock()
    plan = a_plan(sources=("mastodon:school.example", "bluesky"), script=SCRIPT)
    async with (
        live_hub(tmp_path, plan=plan, sources=[feed], clock=clock.hub.clock()) as live,
        plain_on(live, "Ana", posting_accounts=networks.posting_accounts(ANA, ANA_SKY), clock=clock.desk) as ana,
    ):
        await ana.does("next", "Asking Q1")
        await ana.does("send", "You asked Q1")
        await ana.does("post", "Post what?")
        await ana.hears("2. Welcome: Welcome to #navasotaisd!")
        ana.type("cancel")
        await ana.does("post wel", "Goes out: Welcome to #navasotaisd!")
        await ana.hears("yes: post to ")
        ana.type("cancel")
        await ana.does("post question", f"Goes out: {QUESTION}")
        await ana.does("2", "The words")
        await ana.does("Q1: And you? #navasotaisd", "Goes out: Q1: And you? #navasotaisd")
        # what is asked and forgotten takes no yes, and no number, that is meant for something else
        for answer in ("yes", "1"):
            await ana.does("latest 1", "No post")
            await ana.does(answer, "This is still asked:")
            await ana.hears("Goes out: Q1: And you? #navasotaisd")
            await ana.hears("1. yes: post to")
        assert not networks.public
        await ana.does("yes", "mastodon posted · bluesky posted")
        await ana.does("repost", "Goes out: Q1 again")
        ana.type("no")
        await ana.does("question", "bluesky: posted")
        assert sorted(networks.public) == [
            ("bluesky", "Q1: And you? #navasotaisd"), ("mastodon", "Q1: And you? #navasotaisd"),
        ]  # fmt: skip


async def test_a_yes_for_what_was_asked_before_posts_nothing_that_was_cut_off(tmp_path: Path) -> None:
    networks, source = Networks(), Feed("mastodon:school.example")
    plan = a_plan(sources=(source.name,), script=SCRIPT)
    async with live_hub(tmp_path, plan=plan, sources=[source], clock=Time(START + 540_000).clock()) as live:
        before = await live.join("Ana")
        await before.done("ask", question="q1", seen=None)
        await before.done("begin_posting", **BEGUN)
        async with plain_on(live, "Ana", posting_accounts=networks.posting_accounts(ANA)) as ana:
            await ana.hears("Post Q1 now?")
            for answer in ("yes", "y", "no"):  # meant for another question, at whose end this one came
                await ana.does(answer, "This is still asked:")
                await ana.hears("Type: post it now, or: do not post it, or cancel.")
            assert networks.public == []
            assert live.session.durable.postings[BEGUN["key"]].failed is None
            await ana.does("Post it  now", "Q1 to mastodon: posted.")
            assert networks.public == [("mastodon", QUESTION)]


async def test_posts_of_a_hashtag_and_of_a_person_are_read_and_what_is_neither_is_told(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, plain_on(live) as ben:
        feed.post("A1 We rotate every 12 minutes #tasanov")
        feed.post("Hello all", "tom")
        await ben.hears("Hello all")
        await ben.does("posts #Tasanov", "post 1. Mlopez")
        await ben.does("posts #nothing", "No such post yet.")
        await ben.does("posts to", "post 2. Tom")
        await ben.does("posts 1", "post 1. Mlopez")
        await ben.does("posts zed", "Nobody here is called zed. who lists everybody. Which posts?")
        await ben.does("find tag:tasanov from:mlopez", "We rotate")
        await ben.does("posts chatter", "No such post yet.")
