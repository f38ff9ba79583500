"""What the words in a plan may look like (hashtags, handles, sources), and how a mistake in one is told."""

import datetime
import difflib
import re
from typing import Any

from sessions.core.hashtags import is_tag
from sessions.core.plan.networks import PlanNetworks

PRACTICE = "practice"
"""The source that is no network: it rehearses with invented teachers, or with the recording behind it."""

ZONE_NICKNAMES = {
    nickname: zone
    for zone, nicknames in {
        "America/New_York": "et eastern est/edt edt us-eastern",
        "America/Chicago": "ct central cst cdt cst/cdt texas",
        "America/Denver": "mt mountain mdt mst/mdt",
        "America/Los_Angeles": "pt pacific pst pdt pst/pdt",
        "Europe/London": "uk bst london",
    }.items()
    for nickname in nicknames.split()
}
"""What teachers call timezones that IANA does not, in lower case."""

_HOSTNAME = re.compile(
    r"(?=.{1,259}$)(?:(?:[\w-]{1,63}\.)+[\w-]{2,63}|localhost|[0-9]{1,3}(?:\.[0-9]{1,3}){3})(?::[0-9]{1,5})?"
)


def quoted(value: Any) -> str:
    """The value as a moderator wrote it in the file, shortened to one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return f"[{', '.join(quoted(item) for item in value[:2])}{', ...' if len(value) > 2 else ''}]"
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, int) and abs(value) > 10**50:  # Python refuses to write out the longest ones
        return "a very large number"
    shown = str(value) if isinstance(value, int | float) else f'"{value}"'
    shown = "".join(char if char.isprintable() else " " for char in shown)
    return shown if len(shown) <= 60 else f"{shown[:56]}..."


def hashtag_problem(tag: str) -> str:
    """Why this (without `#`) cannot be a hashtag on any network, or the empty string."""
    if is_tag(tag):
        return ""
    return f"a hashtag is one word of letters, digits and _ and not digits alone, got {quoted(tag)}"


def tidy_handle(handle: str) -> str:
    """A handle as `network:handle` or bare, without `@` in front and with the network in lower case."""
    network, colon, rest = handle.partition(":")
    if not colon:
        return handle.lstrip("@")
    return f"{network.strip().lower()}:{rest.strip().lstrip('@')}"


def is_server(name: str) -> bool:
    """Whether this can be the name of a server, with a port behind it or not."""
    return _HOSTNAME.fullmatch(name) is not None


def is_word(name: str) -> bool:
    """Whether this can be somebody's name on a network: one word without a colon."""
    return re.fullmatch(r"[^\s:]{1,200}", name) is not None


def handle_problem(handle: str, networks: PlanNetworks) -> str:
    """Why this cannot be a host's handle, or the empty string."""
    network, colon, rest = handle.partition(":")
    if colon and network not in networks:
        return f"{quoted(handle)} names a network that is not known: {meant(network, networks)}"
    if networks[network].takes_handle(rest) if colon else is_word(handle):
        return ""
    return f'a handle is one word such as "ana" or "mastodon:ana@mastodon.social", got {quoted(handle)}'


def source_problem(source: str, networks: PlanNetworks) -> str:
    """Why posts cannot come from this (`practice`, `practice:FILE`, or what a network takes), or ''."""
    network, colon, rest = source.partition(":")
    if network == PRACTICE:
        return "" if rest or not colon else bare_source_problem(source)
    if network not in networks:
        return f"{quoted(source)} is no source of posts: {meant(network, networks, PRACTICE)}"
    return networks[network].source_problem(source)


def tidy_source(source: str, networks: PlanNetworks) -> str:
    """A source as plans keep it: one that is an address of the web by its network."""
    return next(filter(None, (network.source_at(source) for network in networks.values())), source)


def bare_source_problem(source: str) -> str:
    """Why this cannot be the source of a network that has only one, or the empty string."""
    network, colon, _ = source.partition(":")
    return f"write only {quoted(network)}, got {quoted(source)}" if colon else ""


def meant(word: str, networks: PlanNetworks, *others: str) -> str:
    """What somebody meant who wrote this for a network, or for one of the `others`; a hint that goes on a sentence."""
    known = (*others, *networks)
    nicknames = {nickname: name for name, network in networks.items() for nickname in network.nicknames}
    nicknames |= {"rehearsal": PRACTICE} if PRACTICE in others else {}
    near = nicknames.get(word.lower()) or next(iter(difflib.get_close_matches(word.lower(), known, n=1)), None)
    return f"did you mean {near}?" if near else f"it can be {', '.join(known)}"


def syntax_problem(said: str, line: str) -> str:
    """What tomllib said about a line, in words that tell what to do next."""
    if re.search("[“”„‘’«»]", re.sub(r'"[^"]*"', "", line)):
        return 'use straight quotes (") around a text, not curly ones'
    if re.match(r"\s*starts\s*=\s*[0-9]{1,4}-[0-9]", line):
        return "write date and time with all their digits, such as starts = 2026-12-01T19:00:00"
    if re.search(r"=\s*(#.*)?$", line):
        return 'there is nothing behind the =: write such as title = "Stations that work"'
    for sign, words in _SYNTAX.items():
        if sign in said:
            return words
    return f"this is not TOML ({said[:1].lower()}{clean_message(said[1:])})"


def clean_message(text: str) -> str:
    """A parser's message on one line."""
    return "".join(char if char.isprintable() else " " for char in text)[:200]


_UNCLOSED = "what begins here is never closed: look for a missing quote, ] or }"
_TWICE = "this is already set further up: keep one of the two"
_SYNTAX = {
    "Unterminated string": _UNCLOSED,
    "Unclosed": _UNCLOSED,
    r"Illegal character '\n'": 'the text has no closing quote (")',
    "Illegal character": "there is a character here that cannot be seen and may not be here: type the line anew",
    "Unescaped": "write \\\\ for each \\ in a text, or put the text between single quotes (')",
    "Invalid hex": "write \\\\ for each \\ in a text, or put the text between single quotes (')",
    "Cannot overwrite": _TWICE,
    "twice": _TWICE,
    "Cannot mutate": _TWICE,
    "Cannot redefine": _TWICE,
    "Duplicate inline": _TWICE,
    "Expected '='": 'write name = value, such as title = "Stations that work"',
    "Invalid value": 'a text goes between quotes, such as title = "Stations that work"',
    "Invalid statement": 'write name = value, such as title = "Stations that work"; notes to yourself begin with #',
    "Expected ']'": "a heading goes between brackets, such as [script] or [[questions]]",
    "Expected ']]'": "a heading goes between brackets, such as [script] or [[questions]]",
    "Expected newline": 'there is something behind the value: a text goes between quotes, such as title = "Stations"',
    "Invalid date": "there is no such date or time",
}
"""Pieces of tomllib's messages (3.11 to 3.14), and what a moderator reads instead; any other is shown as it is."""
