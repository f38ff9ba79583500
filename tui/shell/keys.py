"""The one table of keys: bindings, footer, palette and help are all made from it.

An action's name is the id of its binding, so that `[keys]` in the config file can give it another key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

Group = Literal[
    "Asking", "Answers", "People", "Looking around", "Together", "The desk", "One chat", "The list", "This screen",
    "Replay", "The numbers",
]  # fmt: skip
"""The headings of help screens."""

GROUPS: tuple[Group, ...] = ("Asking", "Answers", "People", "Looking around", "Together", "The desk")


@dataclass(frozen=True)
class Deed:
    """Something that a moderator can do.

    `key` is Textual's name of the key (several with commas), empty where only the palette offers it; `shown` is what
    is printed on it. `title` and `help` are words a teacher understands; `footer` is the word in the footer, if it is
    there.
    """

    name: str
    key: str
    shown: str
    group: Group
    title: str
    help: str
    footer: str = ""


def _filing(digit: str) -> Deed:
    return Deed(
        f"file_{digit}", digit, digit, "Answers", f"File under Q{digit}",
        f"Say that this post answers question {digit}.",
    )  # fmt: skip


DEEDS: tuple[Deed, ...] = (
    Deed("next", "n", "n", "Asking", "Ask the next question",
         "Opens the next waiting question. Waits 2 seconds: u takes it back, Enter sends at once.", "Next"),
    Deed("previous", "b", "b", "Asking", "Ask the previous question again",
         "Opens the question before this one again, after 2 seconds."),
    Deed("hold", "space", "space", "Asking", "Hold the countdown, or go on",
         "Stops the countdown while you talk, and lets it go on.", "Hold"),
    Deed("more_time", "plus", "+", "Asking", "One minute more", "Gives the open question another minute.",
         "1 min"),
    Deed("less_time", "minus", "-", "Asking", "One minute less", "Takes a minute from the open question."),
    Deed("skip", "s", "s", "Asking", "Skip a question, or bring it back",
         "Leaves out the question under the cursor, else the next one, after 2 seconds."),
    Deed("add_question", "a", "a", "Asking", "Add a question", "Puts a new question into the queue."),
    Deed("edit_question", "e", "e", "Asking", "Edit a question",
         "Changes the question under the cursor of the queue, else the open one."),
    Deed("script", "p", "p", "Asking", "Post the question, a line or a greeting",
         "Shows the words before they go out. Copies them where no account is signed in to post with."),
    Deed("repost", "r", "r", "Asking", "Post the open question again",
         "Shows it with its label and hashtag before it goes out, or copies it."),
    Deed("close", "", "", "Asking", "End the chat", "Closes the chat for everybody. This cannot be undone."),
    Deed("star", "h", "h", "Answers", "Star this post", "Both desks see the star; again takes it away.",
         "Star"),
    Deed("hide", "x", "x", "Answers", "Hide this post, or show it", "Folds the post to one line; again shows it."),
    Deed("redact", "X", "X", "Answers", "Blank this post out",
         "Removes its text from the saved chat and all copies. This cannot be undone."),
    *(_filing(digit) for digit in "0123456789"),
    Deed("unfile", "backspace", "backspace", "Answers", "File under no question",
         "Says that this post answers no question."),
    Deed("file_under", "", "", "Answers", "File under a question of your choice",
         "For labels that are no single digit, such as 3a or 10."),
    Deed("add_answers", "i", "i", "Answers", "Add answers by hand",
         "What was said in the room, or the saved chat of a meeting, pasted."),
    Deed("copy", "c", "c", "Answers", "Copy the text of this post", "Puts the text on the clipboard."),
    Deed("address", "o", "o", "Answers", "Show the address of this post",
         "Shows it, and opens it in the browser if you like."),
    Deed("greet", "g", "g", "People", "Mark as greeted",
         "The person under the cursor, or who wrote the post, has been greeted.", "Greeted"),
    Deed("star_person", "H", "H", "People", "Star this person", "Both desks see the star; again takes it away."),
    Deed("person", "", "enter", "People", "Show this person",
         "Their posts, their school; also to mute them."),
    Deed("mute", "", "", "People", "Mute this person, or hear them again",
         "Folds all posts of the person under the cursor."),
    Deed("filter", "f", "f", "Looking around", "Show only some posts",
         "Those of one question, without a question, guesses, starred, by newcomers, or all."),
    Deed("find", "slash", "/", "Looking around", "Find words in the posts",
         "Then down and up go through the matches, Escape ends it.", "Find"),
    Deed("newest", "end,G", "end G", "Looking around", "Go to the newest post", "And follow what comes."),
    Deed("replay", "v", "v", "Looking around", "Replay a saved chat",
         "One of those saved where this chat runs; q comes back to the live chat."),
    Deed("recap", "R", "R", "Looking around", "Make a recap",
         "For the blog and the teachers, of what was posted so far: choose a format, look at it, write it."),
    Deed("sources", "S", "S", "Looking around", "Where posts come from",
         "How each network fares, when its last post came, and what reading has cost."),
    Deed("next_pane", "tab", "tab", "Looking around", "Next pane",
         "Questions, answers, people. In a narrow window people take the place of answers."),
    Deed("previous_pane", "shift+tab", "shift+tab", "Looking around", "Previous pane", "The other way round."),
    Deed("undo", "u", "u", "Together", "Undo what you did last",
         "Takes back your latest action. What is already public on a network stays so.", "Undo"),
    Deed("log", "l", "l", "Together", "What the moderators did",
         "Who did what and when; u there takes back the line under the cursor."),
    Deed("take_driver", "d", "d", "Together", "Take over asking, or hand it over",
         "Who asks the questions and keeps the clock. Waits 2 seconds."),
    Deed("take_greeter", "t", "t", "Together", "Take over greeting, or hand it over",
         "Who looks after newcomers. Waits 2 seconds."),
    Deed("note", "m", "m", "Together", "Write to the other moderator", "Only moderators see it."),
    Deed("invite", "", "", "Together", "Invite the other moderator",
         "Shows what they type on this computer, or paste, to sit down too."),
    Deed("exchange", "", "", "Together", "Exchange saved chats",
         "What this computer and the chat's lack of each other, and notes about people. Asks first."),
    Deed("lend", "", "", "Together", "Read with my sign-in",
         "Lets the chat's computer read a network with an account of yours until the chat ends. Asks first."),
    Deed("accept", "y", "y", "Together", "Take an offered question as asked",
         "When a host is seen to post a question that waits."),
    Deed("help", "question_mark", "?", "The desk", "All keys", "This page.", "Help"),
    Deed("send_now", "enter", "enter", "The desk", "Send at once", "What waits to be sent goes out now."),
    Deed("dismiss", "escape", "escape", "The desk", "Close or take back", "Closes what is open, drops what waits."),
    Deed("leave", "q", "q", "The desk", "Leave", "The chat goes on; `lunchroom join` comes back."),
    Deed("command_palette", "ctrl+p", "^p", "The desk", "All actions", "Search everything that the desk can do."),
)  # fmt: skip
"""Everything a live desk can do."""

BY_NAME: dict[str, Deed] = {deed.name: deed for deed in DEEDS}

FILING: dict[str, str] = {f"file_{digit}": digit for digit in "0123456789"}
"""The digit that each filing action stands for."""

PALETTE_KEY = "command_palette"
"""Textual's own binding: the table only tells of it."""


def desk_bindings() -> list[Binding]:
    """The bindings of the live desk."""
    return bindings_of(DEEDS)


def bindings_of(deeds: Sequence[Deed]) -> list[Binding]:
    """The bindings of a screen. They are made from its table alone, footer words first."""
    bound = [deed for deed in deeds if deed.key and deed.name != PALETTE_KEY]
    ordered = sorted(bound, key=lambda deed: not deed.footer)
    return [
        Binding(
            deed.key,
            f"deed('{deed.name}')",
            deed.footer or deed.title,
            show=bool(deed.footer),
            key_display=deed.shown.split()[0],
            tooltip=deed.title,
            id=deed.name,
        )
        for deed in ordered
    ]
