"""What a language's table is made of."""

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

Sentences: TypeAlias = Mapping[str, str | Mapping[str, str]]
"""Templates by their keys; one with a number has forms by CLDR's names (`one`, `few`, `other`)."""


class Reading(msgspec.Struct, frozen=True, omit_defaults=True):
    """The words by which posts in a language are judged, in lower case.

    * `hello`: words of a greeting, of which some may stand before a label; `greets` are those that greet by themselves
    * `again`: what may stand before a label that is said again (`follow-up to Q1: ...`)
    * `joins`: and, or
    * `before`: words behind which a label at the end is none (`we print on A4`)
    * `false_friends`: by label or by letter the words behind which show that it is none (`A4 paper`)
    * `coming`: what a host says behind a label that is about to come; `announced` what before it
    * `housekeeping`: what a host says of the chat itself
    * `new_here`: how people say that they are new to such chats
    * `slips`: how they take back a label
    """

    hello: tuple[str, ...] = ()
    greets: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    false_friends: tuple[tuple[str, tuple[str, ...]], ...] = ()
    coming: tuple[str, ...] = ()
    announced: tuple[str, ...] = ()
    housekeeping: tuple[str, ...] = ()
    new_here: tuple[str, ...] = ()
    slips: tuple[str, ...] = ()


def spaced(listed: str) -> tuple[str, ...]:
    """The words of a list written as one line."""
    return tuple(listed.split())
