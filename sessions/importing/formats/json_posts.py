"""What the objects of a JSON file are: a network's own, the messages of a chat program, or the lines of a table."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sessions.importing.formats.accounts import accounts_in_values
from sessions.importing.formats.archive_posts import Understood, understood_of
from sessions.importing.formats.chat_exports import NETWORK, chat_export_of, chat_sheet, is_message
from sessions.importing.formats.columns import Field, match_columns, missing_fields
from sessions.importing.formats.errors import CannotImport, OwnerUnknown
from sessions.importing.formats.json_lines import flattened, sheet_of
from sessions.importing.formats.json_values import Values, read_values
from sessions.importing.formats.sheets import Sheet, Skipped
from sessions.importing.formats.slack import CHANNEL
from sessions.networks.archived import ArchivedValue, ArchiveOwner
from sessions.networks.network import Network
from sessions.networks.registry import NETWORKS

_OWN_FILE = re.compile(r"window\.YTD\.(?P<what>\w{1,60})\.part\d{1,4}")
_OWN_POSTS = frozenset({"tweets", "tweet", "community_tweet", "note_tweet"})


class Text(msgspec.Struct, frozen=True):
    """The text of one part of an archive, and what else the archive says of what stands in it."""

    text: str
    beside: Mapping[str, Any] = {}


class JsonPosts(msgspec.Struct, frozen=True):
    """A JSON file read: its form in words, and its posts, or a sheet of which columns are still to be found.

    `network` is the name of the network where the form says it, `rooms` tells by the id of a post (without its network)
    in which room of several it was said, `accounts` the handles of accounts by their numbers.
    """

    form: str
    understood: Understood | None = None
    sheet: Sheet | None = None
    network: str | None = None
    rooms: Mapping[str, str] = {}
    accounts: Mapping[str, str] = {}


def read_json_posts(
    texts: Sequence[Text],
    where: str,
    given: Mapping[str, Field],
    owner: ArchiveOwner,
    progress: Callable[[int, int], None],
) -> JsonPosts:
    """What the texts hold, which are the parts of one archive; where columns are `given`, their objects are lines of a
    table. Raises `CannotImport`."""
    parts = [_values(one, where, alone=len(texts) == 1) for one in texts]
    own = _OWN_FILE.match(parts[0].assigned)
    if own is not None and own["what"] not in _OWN_POSTS:
        what = own["what"].replace("_", " ")
        raise CannotImport(f"{where}: of an archive of X this is the file of {what}; give its data/tweets.js")
    found = tuple(one for part in parts for one in part.found)
    not_json = [line for part in parts for line in part.skipped]
    accounts = accounts_in_values([{"here": one.value, "beside": one.beside} for one in _each(found)])
    if given:
        return JsonPosts("JSONL", sheet=sheet_of(found, not_json, where), accounts=accounts)
    progress(0, len(found))
    network = _network_of(found)
    if network is not None and network.archiving is not None:
        if not owner.handle and sum(map(network.archiving.nameless, found)) * 2 > len(found):
            raise OwnerUnknown(where, network.title)
        read = network.archiving.read(found, owner)
        skipped = [Skipped(place, why) for place, why in read.skipped]
        understood = understood_of(read.posts, [*not_json, *skipped])
        progress(len(found), len(found))
        return JsonPosts(f"JSON of {network.title}", understood=understood, network=network.name, accounts=accounts)
    export = chat_export_of(found)
    if export is not None:
        sheet = chat_sheet(export, found, not_json)
        rooms = {str(one.value.get("ts")): str(one.beside[CHANNEL]) for one in found if CHANNEL in one.beside}
        return JsonPosts(f"a chat of {export.name}", sheet=sheet, network=NETWORK, rooms=rooms)
    return JsonPosts("JSONL", sheet=sheet_of(found, not_json, where), accounts=accounts)


def _each(found: Sequence[ArchivedValue]) -> Iterator[ArchivedValue]:
    """The objects, with what stands around them at the first of those that share it."""
    told: set[int] = set()
    for one in found:
        yield one if id(one.beside) not in told else msgspec.structs.replace(one, beside={})
        told.add(id(one.beside))


def _values(one: Text, where: str, *, alone: bool) -> Values:
    """The objects of a part; one of several parts may have none."""
    try:
        read = read_values(one.text, where, _is_post)
    except CannotImport:
        if alone or not one.beside:
            raise
        return Values(())
    if not one.beside:
        return read
    found = tuple(msgspec.structs.replace(value, beside={**value.beside, **one.beside}) for value in read.found)
    return msgspec.structs.replace(read, found=found)


def _network_of(found: tuple[ArchivedValue, ...]) -> Network | None:
    """The network whose own JSON most of the objects are, None where they are none's."""
    for network in NETWORKS.values():
        if network.archiving is not None and sum(map(network.archiving.knows, found)) * 2 > len(found):
            return network
    return None


def _is_post(one: ArchivedValue) -> bool:
    """Whether an object is a post of its own, whatever it has in it."""
    if any(network.archiving is not None and network.archiving.knows(one) for network in NETWORKS.values()):
        return True
    return is_message(one) or not missing_fields(match_columns(tuple(flattened(one.value)), {}))
