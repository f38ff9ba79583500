"""A refusal in words for this desk: what the hub says, and which key of this desk helps."""

from collections.abc import Callable, Mapping

from sessions.core.commands import Refusal
from sessions.words import _

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
    """The refusal in words; `key_of` gives the key of an action. An action of a later hub is passed over."""
    helps = HELP.get(refusal.action or "")
    return refusal.refusal if helps is None else f"{refusal.refusal} {helps.format(key=key_of(refusal.action or ''))}"
