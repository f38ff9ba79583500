"""A refusal in words for this desk: what the hub says, and which key of this desk helps."""

from collections.abc import Callable, Mapping

from sessions.core.commands import Refusal
from sessions.words import _

_WHOLE: Mapping[str, str] = {  # each English sentence as the hub has it; a test sees that it still does
    "This chat is closed.": _("This chat is closed."),
    "A channel has no questions and no clock.": _("A channel has no questions and no clock."),
    "That cannot be undone.": _("That cannot be undone."),
    ("A month of the channel ends by itself. Leave the desk; what comes meanwhile is read later."): _(
        "A month of the channel ends by itself. Leave the desk; what comes meanwhile is read later."
    ),
    "There is no such post in this chat.": _("There is no such post in this chat."),
    ("That may cost more than reading this network is allowed to."): _(
        "That may cost more than reading this network is allowed to."
    ),
    ("This post was blanked out in this chat. It cannot be shared."): _(
        "This post was blanked out in this chat. It cannot be shared."
    ),
    "It is not clear which post is shared.": _("It is not clear which post is shared."),
    "There is no such posting in this chat.": _("There is no such posting in this chat."),
    "This is a rehearsal: nothing is posted.": _("This is a rehearsal: nothing is posted."),
    "It was rehearsed, and nothing was sent.": _("It was rehearsed, and nothing was sent."),
    "There is no such line in the script.": _("There is no such line in the script."),
    "No question is open yet.": _("No question is open yet."),
    "There is no such question in this chat.": _("There is no such question in this chat."),
    "That post was removed.": _("That post was removed."),
    "There is no such person in this chat.": _("There is no such person in this chat."),
    "No question is waiting.": _("No question is waiting."),
    "The questions of a slow chat keep their days.": _("The questions of a slow chat keep their days."),
    "Nobody asks the questions.": _("Nobody asks the questions."),
    "Nobody greets.": _("Nobody greets."),
    (
        "No relay is used and nobody else is contacted: only computers that reach each other directly, "
        "as in one network, can come."
    ): _(
        "No relay is used and nobody else is contacted: only computers that reach each other directly, "
        "as in one network, can come."
    ),
    (
        "This computer then contacts the public relays and the address book of iroh (iroh.link, run by "
        "n0), by which the two computers find each other. Whoever runs that learns that they talk, and "
        "their addresses, never what: all of it is encrypted from desk to desk."
    ): _(
        "This computer then contacts the public relays and the address book of iroh (iroh.link, run by "
        "n0), by which the two computers find each other. Whoever runs that learns that they talk, and "
        "their addresses, never what: all of it is encrypted from desk to desk."
    ),
}

_HELP_ENGLISH: Mapping[str, str] = {
    "take_driver": "Press {key} to take over.",  # words: behind a refusal in English, as all of this table
    "take_greeter": "Press {key} to take over.",  # words: as above
    "next": "Press {key} to ask the next question.",  # words: as above
    "skip": "Press {key} on it to bring it back.",  # words: as above
    "copy": "Press {key} to copy the text.",  # words: as above
    "repost": "Press {key} to post it again.",  # words: as above
}

HELP: Mapping[str, str] = {
    "take_driver": _("Press {key} to take over."),
    "take_greeter": _("Press {key} to take over."),
    "next": _("Press {key} to ask the next question."),
    "skip": _("Press {key} on it to bring it back."),
    "copy": _("Press {key} to copy the text."),
    "repost": _("Press {key} to post it again."),
}
"""What each action that a refusal names is good for there; `key` is what is printed on its key."""


def refusal_words(refusal: Refusal, key_of: Callable[[str], str]) -> str:
    """The refusal in words; `key_of` gives the key of an action. An action of a later hub is passed over.

    What the hub filled something into stays in its English, and what helps is said in English with it.
    """
    own = in_own_words(refusal.refusal)
    said = refusal.refusal if own is None else own
    helps = (_HELP_ENGLISH if own is None else HELP).get(refusal.action or "")
    return said if helps is None else f"{said} {helps.format(key=key_of(refusal.action or ''))}"


def in_own_words(sentence: str) -> str | None:
    """The sentence of a hub in the program's language; None for one that is not known here."""
    return _WHOLE.get(sentence)
