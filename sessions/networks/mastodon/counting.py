"""How a Mastodon server counts (app/validators/status_length_validator.rb). Pure."""

import regex

from sessions.networks.addresses import REST
from sessions.networks.counting import graphemes, measured
from sessions.networks.poster import Length, PostingRules

_WEB_URL = regex.compile(rf"https?://[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,20}}{REST}", regex.IGNORECASE)
_SERVER = regex.compile(r"(?<![\w/])(@\w(?:[\w.-]{0,60}\w)?)@[\w-]{1,63}(?:\.[\w-]{1,63}){1,20}", regex.IGNORECASE)


def length(text: str, rules: PostingRules) -> Length:
    """How long the text is there: each address counts alike, and of a handle the server counts nothing."""
    shortened = _SERVER.sub(r"\1", _WEB_URL.sub("x" * rules.url, text) if rules.url else text)
    return measured(text, sum(1 for _ in graphemes(shortened)), rules)
