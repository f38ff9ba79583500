"""The words of a hello: the templates of a plan, and what is filled into them. Pure."""

import re
from collections.abc import Mapping, Sequence

from sessions.core.languages import ENGLISH, Language

NEW, RETURNING = "new", "returning"
"""The templates for who is in no earlier chat, and for who is; every other is for both."""

KEYS = ("school", NEW, RETURNING)
"""The templates of a plan that has none of its own under these names."""

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


def default_greetings(language: Language = ENGLISH) -> dict[str, str]:
    """What a plan says to one person where it has no templates of its own under these names."""
    return {key: language.sentence(f"greeting.{key}") for key in KEYS}


def plain_greeting(language: Language = ENGLISH) -> str:
    """What is said where no template can be filled."""
    return language.sentence("greeting.plain")


GREETINGS = default_greetings()
PLAIN = plain_greeting()
"""Those of a plan in English."""


def hellos(
    templates: Mapping[str, str], values: Mapping[str, str], *, new: bool, language: Language = ENGLISH
) -> Sequence[tuple[str, str]]:
    """The names and words of the templates that can be filled for somebody, the one to offer first; never none.

    First come those that are for them, in their order, then the one that is for the others.
    """
    other = RETURNING if new else NEW
    order = sorted(templates, key=lambda name: name == other)
    found = [(name, words) for name in order if (words := filled(templates[name], values))]
    fitting = any(name != other for name, _ in found)
    return found if fitting else [("plain", plain_greeting(language)), *found]
