"""What other programs post, read: Social Stream Ninja's messages, matterbridge's, and a plain form. Pure.

They are told apart by their members, because their senders name no type that could be trusted. Pictures are named by
address in some: none is ever fetched.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from sessions.core.cleaning import clean_handle, clean_name, clean_text
from sessions.core.decoding import Unreadable, read_any_json
from sessions.core.errors import LunchroomError
from sessions.networks.web.html_text import html_to_text

FORM = "application/x-www-form-urlencoded"

MOST = 500
"""Messages in one request; matterbridge gives those that wait as a list."""

_FIELDS = 50
_HTML_NAME = 2_000
_NAMELESS = "no name"


class Junk(LunchroomError):
    """It is nothing that can be taken; one line for whoever set the other program up."""


class Said(msgspec.Struct, frozen=True):
    """What somebody said, cleaned. `site` is where (`zoom`), `user` and `id` are the site's own, empty where it gives
    none; `at` is the time that is claimed (ISO 8601), empty where none is."""

    site: str
    name: str
    text: str
    user: str = ""
    id: str = ""
    at: str = ""


def read_payload(body: bytes, kind: str) -> tuple[Said, ...]:
    """What the body says, in order; nothing where it is a message in which nobody says anything, as that a program has
    connected. `kind` is the content type. Raises `Junk`."""
    if kind.partition(";")[0].strip().lower() == FORM:
        return _plain(_form(body))
    try:
        given = read_any_json(body)
    except Unreadable as error:
        raise Junk(f"That is no JSON: {error}.") from None
    messages = given if isinstance(given, list) else [given]
    if len(messages) > MOST:
        raise Junk(f"At most {MOST} messages go into one request.")
    return tuple(said for message in messages for said in _message(message))


def _form(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_FIELDS, errors="strict"))
    except ValueError:
        raise Junk(f"That is no form: it has to be UTF-8, with {_FIELDS} fields at the most.") from None


def _message(given: Any) -> tuple[Said, ...]:
    if not isinstance(given, dict):
        raise Junk('A message is a JSON object, such as {"name": "Ana", "text": "A1: hello"}.')
    if "chatmessage" in given or "chatname" in given:
        return _social_stream(given)
    if "username" in given or "gateway" in given:
        return _matterbridge(given)
    return _plain(given)


def _social_stream(given: Mapping[str, Any]) -> tuple[Said, ...]:
    """As Social Stream Ninja posts it. What was said to one person alone is left out."""
    if given.get("private") is True:
        return ()
    plain = given.get("textonly") is True
    name, message = _word(given, "chatname"), _word(given, "chatmessage")
    return _said(
        site=_word(given, "type"),
        name=name if plain else html_to_text(name[:_HTML_NAME]),
        text=message if plain else html_to_text(message),
        user=_word(given, "userid"),
        id=_word(given, "id"),
    )


def _matterbridge(given: Mapping[str, Any]) -> tuple[Said, ...]:
    """As matterbridge's API gives it. Its other events tell of the bridge itself, of who came and left."""
    if _word(given, "event") not in ("", "user_action"):
        return ()
    return _said(
        site=_word(given, "protocol") or _word(given, "gateway"),
        name=_word(given, "username"),
        text=_word(given, "text"),
        user=_word(given, "userid"),
        id=_word(given, "id"),
        at=_word(given, "timestamp"),
    )


def _plain(given: Mapping[str, Any]) -> tuple[Said, ...]:
    if "text" not in given or "name" not in given:
        raise Junk("Nothing in it is known: a message has a name and a text (docs/use/meetings.md).")
    return _said(
        site=_word(given, "site"),
        name=_word(given, "name"),
        text=_word(given, "text"),
        user=_word(given, "user"),
        id=_word(given, "id"),
        at=_word(given, "at"),
    )


def _said(*, site: str, name: str, text: str, user: str, id: str, at: str = "") -> tuple[Said, ...]:
    words = clean_text(text)
    if not words:
        return ()
    where = clean_handle(site).replace(":", "").lower() or "form"
    return (Said(where, clean_name(name) or _NAMELESS, words, clean_handle(user, 200), clean_handle(id, 200), at),)


def _word(given: Mapping[str, Any], name: str) -> str:
    """A member as text; ids are numbers in some programs."""
    value = given.get(name)
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None or value is False:
        return ""
    raise Junk(f"{name} has to be text.")
