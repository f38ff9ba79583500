"""The table of keys of the live desk, and which of them stand at its foot."""

from collections.abc import Mapping
from typing import NamedTuple

from sessions.words import _
from tui.shell.actions import Action, ActionTable


def _filing(digit: str) -> Action:
    return Action(
        f"file_{digit}", digit, digit, "Answers", _("File under Q{digit}").format(digit=digit),
        _("Say that this post answers question {digit}.").format(digit=digit),
    )  # fmt: skip


_ACTIONS: tuple[Action, ...] = (
    Action("next", "n", "n", "Asking", "Ask the next question",
         "Opens the next waiting question. Waits 2 seconds: {undo} takes it back, {send_now} sends at once."),
    Action("previous", "b", "b", "Asking", "Ask the previous question again",
         "Opens the question before this one again, after 2 seconds."),
    Action("hold", "space", "Space", "Asking", "Hold the countdown, or go on",
         "Stops the countdown while you talk, and lets it go on."),
    Action("more_time", "plus", "+", "Asking", "One minute more", "Gives the open question another minute."),
    Action("less_time", "minus", "-", "Asking", "One minute less", "Takes a minute from the open question."),
    Action("give_turn", "D", "D", "Asking", "Give a question to the other moderator",
         "The one under the cursor, else the next: their turn to ask it; again it is nobody's. Others still can."),
    Action("end_on_time", "E", "E", "Asking", "End on time",
         "Shares what is left until the planned end among the questions that wait, a minute for each at least."),
    Action("skip", "s", "s", "Asking", "Skip a question, or bring it back",
         "Leaves out the question under the cursor, else the next one, after 2 seconds."),
    Action("add_question", "a", "a", "Asking", "Add a question", "Puts a new question into the queue."),
    Action("edit_question", "e", "e", "Asking", "Edit a question",
         "Changes the question under the cursor of the queue, else the open one."),
    Action("script", "p", "p", "Asking", "Post the question, a line or a hello",
         "Shows the words first; copies them where no account is signed in. Among the people a hello stands first."),
    Action("repost", "r", "r", "Asking", "Post the open question again",
         "Shows it with its label and hashtag before it goes out, or copies it."),
    Action("announce", "A", "A", "Asking", "Tell people elsewhere",
         "A Teams channel, Slack or a mailing list: of the chat, a question, the recap. Shows the words first."),
    Action("close", "", "", "Asking", "End the chat", "Closes the chat for everybody. This cannot be undone."),
    Action("open_post", "", "Enter", "Answers", "Open this post",
         "All of it, why it is filed there, its thread, what the person said before. Keys for posts act there too."),
    Action("mark", "M", "M", "Answers", "Mark this post",
         "Or takes its mark away; so do Shift+up, Shift+down, Shift or Ctrl with a click. Filing, {star}, {hide} and "
         "{greet} act on all that are marked; one {undo} takes it back. {dismiss} takes the marks away."),
    Action("star", "h", "h", "Answers", "Star this post", "Both desks see the star; again takes it away."),
    Action("hide", "x", "x", "Answers", "Hide this post, or show it", "Folds the post to one line; again shows it."),
    Action("muted_words", "W", "W", "Answers", "Words that fold a post",
         "A post in which one stands, however it is spelt, is folded to one line at both desks."),
    Action("redact", "X", "X", "Answers", "Blank this post out",
         "Removes its text from the saved chat and all copies. This cannot be undone."),
    *(_filing(digit) for digit in "0123456789"),
    Action("right_guess", "equals_sign", "=", "Answers", "The guess is right",
         "Files the post under the question that was guessed (maybe Q3). {unfile} says that it answers none."),
    Action("why_guess", "", "", "Answers", "Why this is guessed",
         "Says on what a guess (maybe Q3) rests, and how sure it is."),
    Action("unfile", "backspace", "Backspace", "Answers", "File under no question",
         "Says that this post answers no question."),
    Action("file_under", "", "", "Answers", "File under a question of your choice",
         "For labels that are no single digit, such as 3a, 10 or QWrap."),
    Action("add_answers", "i", "i", "Answers", "Add answers by hand",
         "What was said in the room, or the saved chat of a meeting, pasted."),
    Action("copy", "c", "c", "Answers", "Copy the text of this post", "Puts the text on the clipboard."),
    Action("address", "o", "o", "Answers", "Show the address of this post",
         "Shows it, and opens it in the browser if you like."),
    Action("greet", "g", "g", "People", "Mark as greeted",
         "The person under the cursor, or who wrote the post, has been greeted."),
    Action("hello", "", "", "People", "Write hello to this person",
         "With the words of the plan. Posted, copied where no account is signed in, in a rehearsal only shown."),
    Action("join_accounts", "j", "j", "People", "Join accounts by name",
         "Where a series moved to another network: who of the new ones has a name of an earlier chat. Asks first."),
    Action("star_person", "H", "H", "People", "Star this person", "Both desks see the star; again takes it away."),
    Action("person", "P", "P", "People", "Show this person",
         "Their posts, their school; also to mute them. Enter does it in the list of people."),
    Action("tasks", "K", "K", "People", "Tasks, and who did them",
         "Who looked up what the plan asks for, and how that is known. At a person: to say that they did or did not."),
    Action("credit", "", "", "People", "Who asked for credit",
         "By the word of the plan, or as one of you noted. At a person: to note that they ask for it or want none."),
    Action("mute", "", "", "People", "Mute this person, or hear them again",
         "Folds all posts of the person under the cursor."),
    Action("filter", "f", "f", "Looking around", "Show only some posts",
         "{filter} and a digit: those of that question. Also guesses, one person's, what a line finds; twice: all."),
    Action("keep_filter", "", "", "Looking around", "Keep this filter",
         "Writes the filter that is on into [filters] of config.toml, under a name; {filter} lists it from then on."),
    Action("not_answered", "", "", "Looking around", "Who has not answered",
         "Of those present: the open question, or the one whose posts are shown. Also a click on the title."),
    Action("find", "slash", "/", "Looking around", "Find words in the posts",
         "Also from:maria, q:3, is:guess, has:link, tag:pbl, not:is:host. Down and up go through them, Escape ends it.",
         "Find"),
    Action("look_up", "k", "k", "Looking around", "Look up elsewhere",
         "Another #hashtag, a @name or words, on networks you are signed in to or that are open; share what you find."),
    Action("newest", "end,G", "End G", "Looking around", "Go to the newest post", "And follow what comes."),
    Action("replay", "v", "v", "Looking around", "Replay a saved chat",
         "One of those saved where this chat runs; {leave} comes back to the live chat."),
    Action("recap", "R", "R", "Looking around", "Make a recap",
         "For the blog and the teachers, of what was posted so far: choose a format, look at it, write it."),
    Action("sources", "S", "S", "Looking around", "Where posts come from",
         "How each network fares, when its last post came, and what reading has cost."),
    Action("try_sources", "", "", "Looking around", "Try the sources again now",
         "Those that failed are not waited for; a network's rate limit is. Also t where posts come from is shown."),
    Action("layout", "L", "L", "Looking around", "Another layout of the panes",
         "Wide questions for who asks, wide people for who greets, all alike, or as the role has it."),
    Action("wider", "right_parenthesis", ")", "Looking around", "Make this pane wider",
         "The one with the keys. The borders between panes can be dragged with the mouse, too."),
    Action("narrower", "left_parenthesis", "(", "Looking around", "Make this pane narrower", "The one with the keys."),
    Action("usual_widths", "", "", "Looking around", "Usual widths of the panes",
         "Those of this layout, as they were before anybody changed them."),
    Action("next_pane", "tab", "Tab", "Looking around", "Next pane",
         "Questions, answers, people. In a narrow window people take the place of answers."),
    Action("previous_pane", "shift+tab", "Shift+Tab", "Looking around", "Previous pane", "The other way round."),
    Action("undo", "u", "u", "Together", "Undo what you did last",
         "Takes back your latest action. What is already public on a network stays so."),
    Action("log", "l", "l", "Together", "What the moderators did",
         "Who did what and when; {undo} there takes back the line under the cursor."),
    Action("take_driver", "d", "d", "Together", "Take over asking, or hand it over",
         "Who asks the questions and keeps the clock. Waits 2 seconds."),
    Action("take_greeter", "t", "t", "Together", "Take over greeting, or hand it over",
         "Who looks after newcomers. Waits 2 seconds."),
    Action("note", "m", "m", "Together", "Write to the other moderator", "Only moderators see it."),
    Action("invite", "", "", "Together", "Invite the other moderator",
         "Shows what they type on this computer, or paste, to sit down too."),
    Action("invite_away", "I", "I", "Together", "Invite somebody elsewhere",
         "An invite for another home, which works once; or takes one back. First says whom that contacts."),
    Action("seats", "w", "w", "Together", "Who sits where",
         "Each desk's computer, the way to it, and since when. Shows one that you mean it, or takes its seat back."),
    Action("take_over", "T", "T", "Together", "Take the chat over",
         "When the chat's computer is silent it goes on from this one. Or goes to where it does. Waits 2 seconds."),
    Action("exchange", "", "", "Together", "Exchange saved chats",
         "What this computer and the chat's lack of each other, and notes about people. Asks first."),
    Action("lend", "", "", "Together", "Read with my sign-in",
         "Lets the chat's computer read a network with an account of yours until the chat ends. Asks first."),
    Action("accept", "y", "y", "Together", "Take an offered question as asked",
         "When a host is seen to post a question that waits."),
    Action("help", "question_mark", "?", "The desk", "All keys", "This page.", "Help"),
    Action("send_now", "enter", "Enter", "The desk", "Send at once", "What waits to be sent goes out now."),
    Action("dismiss", "escape", "Esc", "The desk", "Close or take back", "Closes what is open, drops what waits."),
    Action("leave", "q", "q", "The desk", "Leave", "The chat goes on; `lunchroom join` comes back."),
    Action("command_palette", "ctrl+p", "^p", "The desk", "All actions", "Search everything that the desk can do."),
)  # fmt: skip

DESK = ActionTable(("Asking", "Answers", "People", "Looking around", "Together", "The desk"), _ACTIONS)
"""Everything a live desk can do."""

OF_AN_HOUR = frozenset({
    "next", "previous", "hold", "more_time", "less_time", "give_turn", "end_on_time", "skip", "add_question",
    "edit_question", "repost", "close", "accept", "file_under", "right_guess", "why_guess", "unfile", "not_answered",
    *(f"file_{digit}" for digit in "0123456789"),
})  # fmt: skip
"""What has no sense in a channel: it has no questions and no clock, and its month ends by itself."""

FILING: dict[str, str] = {f"file_{digit}": digit for digit in "0123456789"}
"""The digit that each filing action stands for."""

ON_OPEN_POST: Mapping[str, str] = {
    "file_under": _("File"), "right_guess": _("Guess is right"), "unfile": _("No question"), "star": _("Star"),
    "hide": _("Hide"), "redact": _("Blank out"), "greet": _("Greeted"), "script": _("Hello or post"), "copy": _("Copy"),
    "address": _("Address"), "star_person": _("Star person"), "note": _("Note"), "person": _("Person"),
    "undo": _("Undo"),
}  # fmt: skip
"""What can be done while a post is open, with the word for it; digits file as at the desk."""

OPEN = "open"
"""What Enter does at a pane, which is no action of the table."""


class AtFoot(NamedTuple):
    """An action in the footer of a pane: its name there, the word for it, and its keys where they are not its own.

    In `keys` `{undo}` stands for the key of the action of that name.
    """

    name: str
    word: str
    keys: str = ""


_NEXT, _POST, _AGAIN = AtFoot("next", _("Ask next")), AtFoot("script", _("Post")), AtFoot("repost", _("Again"))
_GREETED = AtFoot("greet", _("Greeted"))

FOOTERS: Mapping[str, tuple[AtFoot, ...]] = {
    "questions": (
        _NEXT, AtFoot(OPEN, _("Open"), "Enter"), AtFoot("edit_question", _("Edit")), AtFoot("add_question", _("Add")),
        AtFoot("skip", _("Skip")), AtFoot("more_time", _("Minute"), "{more_time} {less_time}"),
        AtFoot("hold", _("Hold")),
        _POST, _AGAIN, AtFoot("give_turn", _("Give")), AtFoot("announce", _("Tell")),
    ),
    "answers": (
        _NEXT, AtFoot("file_under", _("File"), "{file_1}-{file_9}"), AtFoot("star", _("Star")),
        AtFoot("hide", _("Hide")), AtFoot("filter", _("Show only")), AtFoot("find", _("Find")),
        AtFoot(OPEN, _("Open"), "Enter"), _POST, _AGAIN, _GREETED, AtFoot("copy", _("Copy")),
        AtFoot("person", _("Person")),
    ),
    "people": (
        _NEXT, _GREETED, AtFoot("hello", _("Write hello"), "{script}"), AtFoot(OPEN, _("Card"), "Enter"),
        AtFoot("star_person", _("Star")), AtFoot("note", _("Note")), AtFoot("take_greeter", _("Roles")),
    ),
}  # fmt: skip
"""What stands in the footer of each pane; whoever asks or greets finds the keys of that before the others."""

ANYWHERE: tuple[AtFoot, ...] = (
    AtFoot("undo", _("Undo")), AtFoot("note", _("Note")), AtFoot("newest", _("Newest")), AtFoot("log", _("Log")),
    AtFoot("sources", _("Sources")), AtFoot("look_up", _("Look up")), AtFoot("replay", _("Replay")),
    AtFoot("recap", _("Recap")),
)  # fmt: skip
"""What stands behind them in each pane where there is room."""

OF_A_ROW: Mapping[str, frozenset[str]] = {
    "questions": frozenset((
        OPEN, "next", "edit_question", "skip", "more_time", "hold", "repost", "give_turn",
    )),
    "answers": frozenset((OPEN, "file_under", "star", "hide", "find", "greet", "copy", "person", "newest")),
    "people": frozenset((OPEN, "greet", "hello", "star_person", "newest")),
}  # fmt: skip
"""What does nothing at a pane in which nothing stands."""

HELP_AT: Mapping[str, str] = {"questions": _("Asking"), "answers": _("Answers"), "people": _("People")}
"""The heading with which the page of all keys begins at each pane."""

TO_READ = frozenset((OPEN, "filter", "find", "copy", "person", "newest", "log", "sources", "replay", "recap"))
"""What can be done of it by those who look on, and when a chat is closed."""
