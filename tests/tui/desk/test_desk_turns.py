"""Whose turn a question is, at both desks: given by key, by the card and by the plan, and never in the way."""

from pathlib import Path

from msgspec.structs import replace

from sessions.core.plan import Plan
from sessions.core.plan.turns import in_turn
from tests.sessions.core.building import Chat, a_plan
from tests.sessions.hub.live import live_hub
from tests.tui.desks import desk_on
from tests.tui.palette import choose_action
from tui.desk.actions.hour.turns import next_turn


def alternating(*names: str) -> Plan:
    plan = a_plan()
    whose = in_turn(names, len(plan.questions))
    return replace(plan, questions=tuple(replace(q, turn=who) for q, who in zip(plan.questions, whose, strict=True)))


async def test_who_asks_is_told_whose_turn_is_next_and_the_other_is_offered_to_take_over(tmp_path: Path) -> None:
    plan = alternating("Ana", "Ben")
    async with (
        live_hub(tmp_path, plan=plan) as live,
        desk_on(live, size=(160, 30)) as ana,
        desk_on(live, "Ben", size=(160, 30)) as ben,
    ):
        await ana.press("n", "enter")
        await ana.sees("You asked Q1. Q2 is Ben's turn.")
        await ana.sees(" · Ben")
        await ana.sees("n next (Ben)")
        await ben.sees("Ana asked Q1. Q2 is your turn: d takes over.")
        await ben.sees("your turn: d takes over")
        await ana.press("n", "enter")
        await ana.sees("You asked Q2. Q3 is your turn.")
        assert live.session.durable.open == "q2"


async def test_a_question_is_given_by_key_palette_and_card_and_taken_back(tmp_path: Path) -> None:
    async with (
        live_hub(tmp_path, plan=replace(a_plan(), hosts=())) as live,
        desk_on(live) as ana,
    ):
        await ana.press("D")
        assert "There is nobody else to ask it" in ana.status
        async with desk_on(live, "Ben") as ben:
            await ana.knows(lambda model: "Ben" in model.state.moderators)
            await ana.press("D")
            await ben.sees("Ana gave Q1 to you")
            await ben.sees(" · Ben")
            await ana.press("u")
            await ana.knows(lambda model: model.state.questions["q1"].turn == "")
            await ana.press("shift+tab", "end")
            await choose_action(ana.pilot, ana.until, "give a question", "Give a question to the other moderator")
            await ana.sees("You gave Q6 to Ben")
            await ana.press("D")
            await ana.sees("You gave Q6 to nobody")
            await ana.press("enter")
            await ana.sees("Give it to Ana")
            await ana.press("down", "down", "down", "down", "enter")
            await live.until(lambda session: session.durable.questions["q6"].turn == "Ana")
            await ana.press("n", "enter", "home", "D")
            await ana.sees("Q1 was asked already.")


def test_a_turn_by_another_spelling_is_ones_own() -> None:
    chat = Chat(alternating("ANA", "Ben"))
    assert next_turn(chat.state, "Ana", "d") == "Q1 is your turn."
    assert next_turn(chat.state, "Ben", "d") == "Q1 is ANA's turn."
    assert next_turn(Chat().state, "Ben", "d") == ""
