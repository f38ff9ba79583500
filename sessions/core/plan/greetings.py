"""The words of a hello: the templates of a plan, and what is filled into them. Pure."""

import re
from collections.abc import Mapping, Sequence

NEW, RETURNING = "new", "returning"
"""The templates for who is in no earlier chat, and for who is; every other is for both."""

GREETINGS: dict[str, str] = {
    "school": "Welcome, {name}! How good that somebody from {school} is here. Ask us anything, answer what you like.",
    NEW: "Welcome to {hashtag}, {name}! We are glad that you came. Ask us anything, and answer whatever you like.",
    RETURNING: "Good to have you back, {name}! What have you tried since the last time?",
}
"""The templates of a plan that has none of its own under these names."""

PLAIN = "Welcome! We are glad that you came. Ask us anything, and answer whatever you like."
"""What is said where no template can be filled."""

PLACEHOLDERS = ("name", "school", "hashtag", "series")

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def unknown_placeholders(template: str) -> list[str]:
    """The words in braces in it that nothing is filled in for, each once."""
    return [word for word in dict.fromkeys(_PLACEHOLDER.findall(template)) if word not in PLACEHOLDERS]


def filled(template: str, values: Mapping[str, str]) -> str | None:
    """The template with its placeholders filled in; None where one is not known, which is empty or absent."""
    if not all(values.get(word) for word in _PLACEHOLDER.findall(template)):
        return None
    return " ".join(_PLACEHOLDER.sub(lambda found: values[found[1]], template).split())


def hellos(templates: Mapping[str, str], values: Mapping[str, str], *, new: bool) -> Sequence[tuple[str, str]]:
    """The names and words of the templates that can be filled for somebody, the one to offer first; never none.

    First come those that are for them, in their order, then the one that is for the others.
    """
    other = RETURNING if new else NEW
    order = sorted(templates, key=lambda name: name == other)
    found = [(name, words) for name in order if (words := filled(templates[name], values))]
    fitting = any(name != other for name, _ in found)
    return found if fitting else [("plain", PLAIN), *found]
