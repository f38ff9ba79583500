"""The table of keys is what moderators were promised, and nothing of it is missing where people look for it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from textual.command import CommandPalette
from textual.widgets import OptionList

from tests.paths import ROOT
from tests.sessions.hub.live import live_hub
from tests.tui.desks import desk_on
from tests.tui.palette import choose_action
from tui.desk.keys import DESK, FILING
from tui.growth.keys import GROWTH
from tui.library.keys import LIBRARY
from tui.replay.keys import OFF, REPLAY
from tui.shell.actions import PALETTE_KEY, Action, key_in_words
from tui.shell.palette import NOT_OFFERED

DESIGN = {
    "n": "next", "b": "previous", "space": "hold", "plus": "more_time", "minus": "less_time", "h": "star",
    "H": "star_person", "g": "greet", "x": "hide", "X": "redact", "backspace": "unfile", "i": "add_answers",
    "f": "filter", "slash": "find", "end": "newest", "G": "newest", "u": "undo", "l": "log", "d": "take_driver",
    "t": "take_greeter", "a": "add_question", "e": "edit_question", "s": "skip", "p": "script", "r": "repost",
    "c": "copy", "o": "address", "m": "note", "tab": "next_pane", "question_mark": "help", "q": "leave",
    "ctrl+p": "command_palette", "I": "invite_away",
} | {digit: name for name, digit in FILING.items()}  # fmt: skip
"""The keys of a live session that moderators were promised."""


def test_the_table_has_the_keys_of_the_design() -> None:
    table = {key: action.name for action in DESK.actions for key in action.key.split(",") if key}
    assert {key: table.get(key) for key in DESIGN} == DESIGN
    beyond = {"A", "D", "E", "M", "P", "R", "S", "T", "W", "v", "w", "y", "shift+tab", "enter", "escape", "equals_sign"}
    beyond |= {"K", "L", "j", "k", "left_parenthesis", "right_parenthesis"}
    assert set(table) - set(DESIGN) == beyond, "keys beyond those are few"


REPLAY_DESIGN = {
    "space": "play", "left": "back", "right": "forward", "left_square_bracket": "previous_question",
    "right_square_bracket": "next_question", "left_curly_bracket": "previous_moment",
    "right_curly_bracket": "next_moment", "less_than_sign": "slower", "greater_than_sign": "faster", "t": "jump",
}  # fmt: skip
"""The keys of a replay that moderators were promised."""


def test_a_replay_has_the_keys_of_the_design_and_does_all_of_its_table() -> None:
    table = [(key, action.name) for action in REPLAY.actions for key in action.key.split(",") if key]
    assert len(dict(table)) == len(table)
    assert dict(table).items() >= REPLAY_DESIGN.items()
    assert {action.group for action in REPLAY.actions} == set(REPLAY.groups)
    bound = {key for binding in REPLAY.bindings() for key in binding.key.split(",")}
    assert bound >= {
        key for action in OFF if action.name != "send_now" for key in DESK.by_name[action.name].key.split(",") if key
    }


def key(name: str) -> str:
    """The usual key of an action as a sentence names it."""
    return key_in_words((DESK.by_name.get(name) or LIBRARY.by_name[name]).shown)


def test_no_key_and_no_name_is_there_twice() -> None:
    keys = Counter(key for action in DESK.actions for key in action.key.split(",") if key)
    assert max(keys.values()) == 1
    assert len(DESK.by_name) == len(DESK.actions)


def test_every_binding_has_the_name_of_its_action_and_a_tooltip() -> None:
    bound = {binding.id: binding for binding in DESK.bindings()}
    assert set(bound) == {action.name for action in DESK.actions if action.key} - {PALETTE_KEY}
    for name, binding in bound.items():
        assert binding.action == f"run('{name}')"
        assert binding.tooltip
        assert binding.description


def test_titles_and_help_are_sentences_for_teachers() -> None:
    for action in DESK.actions:
        assert action.group in DESK.groups
        assert action.title[0].isupper() or action.title[0].isdigit()
        assert action.explained(key).endswith(".")
        assert not re.search(r"[_{}]|driver|redact|payload|API", action.title + action.explained(key))


async def test_help_shows_every_action_with_its_key(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, size=(100, 300)) as ana:
        await ana.press("question_mark")
        await ana.sees("All keys")
        shown = "\n".join(ana.lines())
        for action in DESK.actions:
            assert re.search(rf"{re.escape(action.shown)} +{re.escape(action.title)}", shown), action.name
        for group in DESK.groups:
            assert group in shown


async def test_the_palette_opened_from_the_page_of_all_keys_offers_the_actions_of_the_desk(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, size=(100, 40)) as ana:
        await ana.press("question_mark")
        await ana.sees("All keys")
        await choose_action(ana.pilot, ana.until, "next question", "Ask the next question")
        await ana.until(lambda: "Asking Q1" in ana.status)


async def test_the_palette_offers_every_action_and_does_it(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, size=(100, 40)) as ana:
        await ana.pilot.press("ctrl+p")
        await ana.until(lambda: isinstance(ana.app.screen, CommandPalette))
        options = ana.app.screen.query_one(OptionList)
        await ana.until(lambda: options.option_count >= len(DESK.actions) - len(NOT_OFFERED))
        prompts = [str(options.get_option_at_index(place).prompt) for place in range(options.option_count)]
        for action in DESK.actions:
            if action.name not in NOT_OFFERED:
                title, _ = ana.screen.palette_words(action)
                assert any(prompt.startswith(title) for prompt in prompts), action.name
        await ana.pilot.press(*"next", "space", *"question")
        await ana.until(lambda: options.option_count > 0 and "Ask the next question" in str(options.options[0].prompt))
        await ana.pilot.press("enter")
        await ana.until(lambda: "Asking Q1" in ana.status)


def shown(action: Action) -> str:
    return f"`{action.shown}`" if action.shown else "palette"


def table(actions: Iterable[Action]) -> list[str]:
    """Lines of a table of keys."""
    rows = [f"| {shown(action)} | {action.title} | {action.explained(key)} | `{action.name}` |" for action in actions]
    return ["", "| key | what | | name |", "|---|---|---|---|", *rows]


def by_group(actions: Sequence[Action], groups: Iterable[str]) -> list[str]:
    """The tables of one screen under their headings."""
    lines: list[str] = []
    for group in groups:
        lines += ["", f"## {group}", *table(action for action in actions if action.group == group)]
    return lines


def keys_page() -> str:
    """docs/use/keys.md as the tables have it."""
    lines = [
        "# Keys",
        "",
        "Written from the tables in `tui/*/keys.py`. `[keys]` in `config.toml`, in the folder `lunchroom` of your",
        "account's config folder, gives an action another key by its name:",
        "",
        "```toml",
        "[keys]",
        'next = "f5"',
        'play = "p"',
        'delete_chat = "ctrl+d,f8"',
        "```",
        "",
        "One name is one action in all screens. A mistake there is told in one line, and the usual keys hold.",
        "",
        "# At the desk",
        *by_group(DESK.actions, DESK.groups),
        "", "# In a replay", "", "What a live desk changes is off.",
        *table(action for action in REPLAY.actions if action.group == "Replay" or action.name in ("redact", "leave")),
    ]  # fmt: skip
    shared = [
        action for action in REPLAY.actions if action.name in DESK.by_name and action.name not in ("redact", "leave")
    ]
    lines += ["", f"As at a live desk: {', '.join(f'`{action.shown}`' for action in shared if action.shown)}."]
    lines += ["", "# In the list of saved chats", *by_group(LIBRARY.actions, LIBRARY.groups)]
    lines += ["", "# In the numbers of growth", *table(GROWTH.actions)]
    return "\n".join(lines) + "\n"


def test_the_page_about_keys_is_the_table() -> None:
    page = ROOT / "docs" / "use" / "keys.md"
    assert page.read_text("utf-8") == keys_page()
