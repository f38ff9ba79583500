"""The table of what one types: each row says which actions of the desk it does, and about what.

A word may be typed by as much of it as tells it from the others, in whatever case; the desk's own keys that are letters
or signs stand for the word of their action.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tui.desk.keys import DESK, FILING

Takes = Literal["nothing", "post", "posts", "person", "one", "question", "text", "filing"]
"""What stands behind a word: numbers of posts, (part of) a name, a label; `one` is a post or a person."""


@dataclass(frozen=True)
class Word:
    """Something to type: `word`, of one word or two; `shape` is what stands behind it, for the help.

    `actions` are those of the desk's table that it does; the first of them is run where nothing else is said to do it.
    With `may_lack` nothing need stand behind it.
    """

    word: str
    group: str
    help: str
    actions: tuple[str, ...] = ()
    takes: Takes = "nothing"
    shape: str = ""
    may_lack: bool = False


WORDS: tuple[Word, ...] = (
    Word("next", "Asking", "asks the next question, after 2 seconds: undo takes it back, send sends it now", ("next",)),
    Word("previous", "Asking", "asks the question before this one again, after 2 seconds", ("previous",)),
    Word("ask", "Asking", "asks this question now", (), "question", "Q"),
    Word("hold", "Asking", "stops the countdown", ("hold",)),
    Word("go on", "Asking", "lets the countdown go on", ("hold",)),
    Word("more", "Asking", "gives the open question a minute more", ("more_time",)),
    Word("less", "Asking", "takes a minute from it", ("less_time",)),
    Word("skip", "Asking", "leaves the next or this question out, or brings it back", ("skip",), "question", "[Q]",
         may_lack=True),
    Word("add", "Asking", "adds a question", ("add_question",), "text", "WORDS", may_lack=True),
    Word("edit", "Asking", "changes the words of a question; or: edit Q minutes 8, label 3a, notes WORDS",
         ("edit_question",), "question", "[Q] WORDS", may_lack=True),
    Word("move", "Asking", "moves a question in the queue", (), "question", "Q up, or down"),
    Word("post", "Asking", "posts or copies the question, a line of the plan, or (hello) a greeting; shows it first",
         ("script",), "text", "[question, welcome, thanks ...]", may_lack=True),
    Word("repost", "Asking", "posts the open question again; shows it first", ("repost",)),
    Word("end sharp", "Asking", "shares what is left of the hour among the waiting questions", ("end_on_time",)),
    Word("end", "Asking", "ends the chat for everybody; asks first", ("close",)),
    Word("read", "Answers", "reads a whole post, and what is around it", ("open_post",), "post", "N"),
    Word("latest", "Answers", "reads the newest posts", ("newest",), "text", "[how many]", may_lack=True),
    Word("answers", "Answers", "reads the answers to the open or this question", ("filter",), "question", "[Q]",
         may_lack=True),
    Word("not answered", "Answers", "who is here and has not answered it", ("not_answered",), "question", "[Q]",
         may_lack=True),
    Word("posts", "Answers", "reads all posts, or those unfiled, guesses, starred, newcomers", ("filter",), "text",
         "[which]", may_lack=True),
    Word("find", "Answers", "finds words; also from:maria, q:3, is:guess, has:link, not:is:host", ("find",), "text",
         "WORDS"),
    Word("file", "Answers", "files posts under a question", (*FILING, "file_under"), "filing", "N ... Q"),
    Word("unfile", "Answers", "files posts under no question", ("unfile",), "posts", "N ..."),
    Word("right", "Answers", "says that a guess (maybe answers Q) is right", ("right_guess",), "posts", "N ..."),
    Word("why", "Answers", "on what a guess rests", ("why_guess",), "post", "N"),
    Word("star", "Answers", "stars a post or a person", ("star", "star_person"), "one", "N or NAME"),
    Word("unstar", "Answers", "takes the star away", ("star", "star_person"), "one", "N or NAME"),
    Word("hide", "Answers", "hides posts", ("hide",), "posts", "N ..."),
    Word("show", "Answers", "shows hidden posts again", ("hide",), "posts", "N ..."),
    Word("words", "Answers", "the words that fold a post: adds one, or takes one away", ("muted_words",)),
    Word("blank", "Answers", "removes the words of a post for good; asks first", ("redact",), "post", "N"),
    Word("said", "Answers", "adds what was said in the room; alone, it takes many lines", ("add_answers",), "text",
         "NAME: WORDS", may_lack=True),
    Word("copy", "Answers", "copies the text of a post, or prints it", ("copy",), "post", "N"),
    Word("address", "Answers", "prints the address of a post", ("address",), "post", "N"),
    Word("to greet", "People", "the newcomers whom nobody has greeted, longest waiting first", ()),
    Word("greet", "People", "marks somebody as greeted", ("greet",), "person", "NAME or N"),
    Word("hello", "People", "writes a hello to somebody; shows it first", ("hello",), "person", "NAME or N"),
    Word("person", "People", "who somebody is, and what they wrote", ("person",), "person", "NAME or N"),
    Word("tag", "People", "notes a school, level or groups", ("person",), "person", "NAME school WORDS"),
    Word("mute", "People", "folds all posts of somebody", ("mute",), "person", "NAME or N"),
    Word("unmute", "People", "hears them again", ("mute",), "person", "NAME or N"),
    Word("who", "People", "who is here", ()),
    Word("newcomers", "People", "who is new", ()),
    Word("time", "Around", "the open question, what is left, how the hour stands", ()),
    Word("questions", "Around", "the queue", ()),
    Word("question", "Around", "a whole question, with its notes", (), "question", "[Q]", may_lack=True),
    Word("sources", "Around", "how each network fares", ("sources",)),
    Word("try sources", "Around", "tries those that failed again now", ("try_sources",)),
    Word("recap", "Around", "makes the recap: markdown, html, csv or json", ("recap",), "text", "[FORMAT FILE]",
         may_lack=True),
    Word("quiet", "Around", "reads no posts but newcomers' first ones and counts the others", ()),
    Word("normal", "Around", "reads posts as far as one can listen, and counts the others", ()),
    Word("loud", "Around", "reads every post, shared ones too", ()),
    Word("undo", "Together", "takes back what waits, else what you did last", ("undo",)),
    Word("send", "Together", "sends at once what waits", ("send_now",)),
    Word("log", "Together", "what the moderators did; log undo N takes a line back", ("log",), "text", "[undo N]",
         may_lack=True),
    Word("roles", "Together", "who asks, who greets, who looks on", ()),
    Word("take asking", "Together", "takes over asking, after 2 seconds", ("take_driver",)),
    Word("take greeting", "Together", "takes over greeting, after 2 seconds", ("take_greeter",)),
    Word("give asking", "Together", "hands over asking", ("take_driver",)),
    Word("give greeting", "Together", "hands over greeting", ("take_greeter",)),
    Word("note", "Together", "writes to the other moderator", ("note",), "text", "WORDS", may_lack=True),
    Word("accept", "Together", "takes an offered question as asked", ("accept",)),
    Word("dismiss", "Together", "refuses what is offered", ("dismiss",)),
    Word("invite", "Together", "what the other moderator types to sit down, too", ("invite",)),
    Word("invite away", "Together", "invites somebody in another home", ("invite_away",)),
    Word("seats", "Together", "who sits where", ("seats",)),
    Word("take over", "Together", "goes on with the chat when its computer is silent, after 2 seconds", ("take_over",)),
    Word("exchange", "Together", "exchanges saved chats with the chat's computer; asks first", ("exchange",)),
    Word("lend", "Together", "lets the chat's computer read with your sign-in; asks first", ("lend",)),
    Word("help", "Around", "all words, or what one of them does", ("help",), "text", "[WORD]", may_lack=True),
    Word("leave", "Around", "leaves; the chat goes on", ("leave",)),
)  # fmt: skip

WITHOUT: dict[str, str] = {
    "next_pane": "there are no panes to go to",
    "previous_pane": "there are no panes to go to",
    "command_palette": "help lists all words",
    "keep_filter": "what is typed behind find is in the terminal's own history",
    "replay": "`lunchroom replay --plain` in another terminal reads a saved chat without getting in the way",
}
"""Actions of the desk that nothing is typed for, each with the reason."""


def lacking() -> list[str]:
    """The actions of the desk's table that can neither be typed nor have a reason why not."""
    done = {action for word in WORDS for action in word.actions}
    return [action.name for action in DESK.actions if action.name not in done and action.name not in WITHOUT]


def word_of(action: str) -> str:
    """What one types for an action of the desk, as a sentence names it."""
    return next((word.word for word in WORDS if action in word.actions), action.replace("_", " "))


def keys() -> dict[str, str]:
    """The desk's keys that can be typed in a line, each with the word that it stands for."""
    found: dict[str, str] = {}
    for word in reversed(WORDS):
        for action in word.actions:
            shown = DESK.by_name[action].shown if action in DESK.by_name else ""
            if len(shown) == 1 and not shown.isdigit():
                found[shown] = word.word
    return found


@dataclass(frozen=True)
class Typed:
    """A line that was read: the row, and what stands behind it."""

    word: Word
    rest: str


def read(line: str, words: Sequence[Word] = WORDS) -> Typed | str:
    """The row that a line means, or what is wrong with it, in a sentence."""
    tokens = line.split()
    if not tokens:
        return ""
    key = keys().get(tokens[0])
    found = [word for word in words if word.word == key] if key is not None else _meant(tokens, words)
    if len(found) == 1:
        length = 1 if key is not None else min(len(tokens), len(found[0].word.split()))
        return Typed(found[0], _behind(line, length))
    if not found:
        return f"There is no word {tokens[0]}. help lists all."
    return f"Which of them: {listed(word.word for word in found)}?"


def _meant(tokens: Sequence[str], words: Sequence[Word]) -> list[Word]:
    """The rows whose words the tokens begin: longer ones before shorter, those typed whole before others."""
    typed = [token.casefold() for token in tokens]

    def fits(word: Word) -> bool:
        return all(part.startswith(start) for part, start in zip(word.word.split(), typed, strict=False))

    fitting = [word for word in words if fits(word)]
    most = max((len(word.word.split()) for word in fitting if len(word.word.split()) <= len(typed)), default=0)
    found = [word for word in fitting if len(word.word.split()) == most] if most > 1 else fitting
    whole = [word for word in found if word.word.split() == typed[: len(word.word.split())]]
    return whole or found


def _behind(line: str, words: int) -> str:
    parts = line.split(None, words)
    return parts[words].strip() if len(parts) > words else ""


def listed(names: Iterable[str]) -> str:
    """Names in a sentence: `next, newcomers or note`."""
    every = list(names)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} or {every[-1]}" if every else ""
