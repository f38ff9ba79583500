"""Which language the program speaks, and one line where it is none of those that are there. Pure."""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

VARIABLE = "LUNCHROOM_LANGUAGE"
"""The environment variable that goes before the config and the system."""

ENGLISH = "en"

_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")

_NAMES = {"english": "en", "spanish": "es"}
"""What Windows calls them."""


class Choice(NamedTuple):
    """The code of the language, and why it is not the one that was asked for; empty where it is."""

    code: str
    problem: str = ""


def choose(environ: Mapping[str, str], config: object, system: str, there: Collection[str]) -> Choice:
    """The language of the program, of those that are `there`; English where nothing fits.

    `config` is what the config has for `language`, "" for nothing; `system` is the locale of systems that do not tell
    it in the environment. What a person wrote and is not there is told; a system's language that is not is English.
    """
    if asked := environ.get(VARIABLE, ""):
        return (
            Choice(code, "") if (code := _code(asked)) in there else Choice(ENGLISH, f"{VARIABLE}: {_no(asked, there)}")
        )
    if config != "":
        wrong = language_problem(config, there)
        return Choice(ENGLISH) if wrong else Choice(_code(str(config)))  # the problem is told with the config's others
    told = next(filter(None, map(environ.get, _SYSTEM)), system)
    return Choice(code if (code := _code(told)) in there else ENGLISH)


def language_problem(told: object, there: Collection[str]) -> str:
    """Why what a config tells is no language that is `there`; empty where it is one, or nothing is told."""
    if told == "" or (isinstance(told, str) and _code(told) in there):
        return ""
    return _no(told, there) if isinstance(told, str) else 'language must be a code between quotes, such as "es"'


def _code(written: str) -> str:
    """`es` of `es`, `es-MX`, `es_US.UTF-8` and `Spanish_Mexico`."""
    first = re.split(r"[-_.@:]", written.strip().casefold(), maxsplit=1)[0]
    return _NAMES.get(first, first)


def _no(written: str, there: Collection[str]) -> str:
    shown = "".join(filter(str.isprintable, written))[:40]
    return f'there is no language "{shown}"; there are {", ".join(sorted(there))}'
