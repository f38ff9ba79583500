"""The hashtags in a text, where its network does not say which they are. Pure."""

import re

_TAG = re.compile(r"(?<![\w&/])#(\w*[^\W\d_]\w*)")


def tags_of(text: str) -> tuple[str, ...]:
    """The hashtags in `text` without `#`, each once, in order. A number alone (`#1`) is none."""
    return tuple(dict.fromkeys(_TAG.findall(text)))
