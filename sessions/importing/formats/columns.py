"""Which column of an archive holds what: by the names that exports usually have, or as the user says."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from sessions.importing.formats.dates.zones_said import zone_of_column
from sessions.importing.formats.handles import handle_said
from sessions.importing.formats.inner_names import inner_place

Field = Literal[
    "time", "date", "zone", "handle", "name", "author_id", "text", "id", "reply_to", "thread", "repost_of", "quote_of",
    "url",
]  # fmt: skip
"""What a column can be. `date` is the day alone where `time` is the time of day alone; `thread` the first post of a
conversation; `zone` says of which zone `time` is."""

FIELDS: tuple[Field, ...] = get_args(Field)

_NAMES: dict[Field, str] = {
    "time": "createdat createdattime createdatutc timestamp timestamputc datetime datetimeutc postedat publishedat "
    "tweetcreatedat tweetdate posttime postedtime tweettime datepublished statuscreatedat time heure hora ora tijd "
    "uhrzeit zeit date datum fecha data posted created published when datesent dataeora datahora tijdstip "
    "tidspunkt tid dato czas aika pvm cas",
    "zone": "timezone tz utcoffset precision",
    "handle": "username fromuser handle screenname userscreenname authorusername authorhandle userhandle "
    "twitterhandle userusername tweetuser acct account accountacct user author from sender by "
    "fromusername fromhandle senderhandle benutzername benutzer utilisateur pseudo usuario nombredeusuario auteur "
    "autor autore utente nomeutente nomedeusuario gebruikersnaam gebruiker afzender von "
    "bruker brukernavn bruger brugernavn anvandare anvandarnamn uzytkownik kayttaja kayttajanimi uzivatel",
    "name": "name displayname userdisplayname fullname username authorname userfullname authordisplayname "
    "accountdisplayname realname fromuserrealname fromname sendername nombre nome nom naam",
    "author_id": "authorid userid useridstr fromuserid fromuseridstr authordid accountid did",
    "text": "fulltext text tweettext tweet content message body posttext status tweetcontent tweetfulltext "
    "renderedcontent rawcontent posttextcontent post comment description texte texto testo nachricht beitrag mensaje "
    "mensagem messaggio inhalt bericht tekst besked melding meddelande wiadomosc tresc viesti teksti zprava "
    "contenido conteudo contenuto contenu",
    "id": "idstr id tweetid tweetidstr statusid statusidstr postid messageid uri tweeturl",
    "reply_to": "inreplytostatusidstr inreplytostatusid inreplytoid inreplyto replyto replytostatusid "
    "replytostatusidstr inreplytotweetid referencedtweetsrepliedtoid replyparent",
    "thread": "conversationid conversationidstr threadid replyroot",
    "repost_of": "retweetstatusid retweetedstatusid retweetedstatusidstr retweetedid repostof retweetof retweetid "
    "referencedtweetsretweetedid",
    "quote_of": "quotedstatusid quotedstatusidstr quoteid quoteof quotedtweetid referencedtweetsquotedid",
    "url": "statusurl permalink tweetpermalink link url tweetlink tweeturl posturl",
}
"""The usual names of each field, best first, in small letters and without what is no letter or digit."""

_NESTED_NAME = re.compile(r"(?:user|author|account)[./\[]name\]?$", re.IGNORECASE)
_LONG_TEXTS = ("extendedtweetfulltext", "notetweettext", "fulltext", "tweetfulltext")
_NO_HANDLE = re.compile(r"\S\s+\S|[{}\[\]<>\"]")
_SAMPLED = 200
"""Cells of a column that are looked at."""

_TIMES_OF_DAY = frozenset({"time", "heure", "hora", "ora", "uhrzeit", "zeit", "tijd"})
_DAYS = ("date", "datum", "fecha", "jour", "data")
"""What a column of times of day is called, and beside it the one of days."""

_ACCEPTED: dict[str, Field] = {"username": "handle", "author": "handle", "datetime": "time", "created_at": "time"}
"""Other words for a field that `--map` takes."""


def plain_name(column: str) -> str:
    """A column's name in small letters, without what is no letter or digit and without accents."""
    bare = unicodedata.normalize("NFKD", column.casefold())
    return re.sub(r"[^a-z0-9]+", "", bare)


def plain_parts(column: str) -> tuple[str, ...]:
    """The plain names of a column of nested members (`author.profile.handle`), outermost first."""
    return tuple(plain_name(part) for part in re.split(r"[./\[\]]+", column) if part)


def match_columns(columns: Sequence[str], given: Mapping[str, Field]) -> dict[Field, int]:
    """Which column, by its place, holds each field; `given` by the column's name or number (from 1) goes first.

    Raises `KeyError` with the name that no column has.
    """
    found: dict[Field, int] = {}
    plain = [plain_name(column) for column in columns]
    for name, field in given.items():
        found[field] = _place(name, columns, plain)
    plain = [_plain_nested(zone_of_column(column)[1]) for column in columns]
    taken = set(found.values())
    for field, names in _NAMES.items():
        if field in found or (field == "date"):
            continue
        for name in names.split():
            if name in plain and plain.index(name) not in taken:
                found[field] = plain.index(name)
                taken.add(plain.index(name))
                break
    inner: tuple[Field, ...] = ("handle", "name", "author_id", "text", "time")
    for field in inner:
        place = inner_place([plain_parts(column) for column in columns], field, taken) if field not in found else None
        if place is not None:
            found[field] = place
            taken.add(place)
    day = next((plain.index(name) for name in _DAYS if name in plain), None)
    if "date" not in found and day is not None and "time" in found and plain[found["time"]] in _TIMES_OF_DAY:
        found["date"] = day
    return found


def is_own_table(columns: Sequence[str]) -> bool:
    """Whether these are the columns of `tweets.csv` in an own archive of X of before 2018, which has no author's."""
    return {"tweetid", "source", "text", "expandedurls"} <= {plain_name(column) for column in columns}


def _plain_nested(column: str) -> str:
    """A column's plain name; `user.name` is the name of a user and no user name."""
    return "displayname" if _NESTED_NAME.search(column) is not None else plain_name(column)


def long_texts(columns: Sequence[str]) -> tuple[int, ...]:
    """The places of the columns that hold all words where another holds their beginning, best first."""
    plain = [plain_name(column) for column in columns]
    return tuple(plain.index(name) for name in _LONG_TEXTS if name in plain)


def no_handles(cells: Sequence[str]) -> bool:
    """Whether these cells are no handles, so that their column must hold something else: they have blanks or braces."""
    said = [handle_said(cell)[0] for cell in cells[:_SAMPLED] if cell.strip()]
    return sum(_NO_HANDLE.search(cell) is not None for cell in said) * 10 > len(said)


def has_column(columns: Sequence[str], name: str) -> bool:
    """Whether one of the columns goes by this name or number."""
    try:
        _place(name, columns, [plain_name(column) for column in columns])
    except KeyError:
        return False
    return True


def _place(name: str, columns: Sequence[str], plain: Sequence[str]) -> int:
    if name in columns:
        return list(columns).index(name)
    if plain_name(name) in plain and plain_name(name):
        return plain.index(plain_name(name))
    if name.isascii() and name.isdecimal() and 1 <= int(name) <= len(columns):
        return int(name) - 1
    raise KeyError(name)


def missing_fields(found: Mapping[Field, int]) -> list[str]:
    """What an archive needs and none of the columns holds, by the name that `--map` takes."""
    needed = [field for field in ("time", "text") if field not in found]
    if not {"handle", "author_id", "name"} & set(found):
        needed.insert(1 if "time" in needed else 0, "handle")
    return needed


def parse_map(option: str) -> tuple[str, Field]:
    """What `COLUMN=FIELD` says; raises `ValueError` in words."""
    column, equals, field = option.rpartition("=")
    wanted = field.strip().casefold().replace("-", "_")
    wanted = _ACCEPTED.get(wanted, wanted)
    known = next((known for known in FIELDS if known == wanted), None)
    if not equals or not column.strip() or known is None:
        raise ValueError(f"--map must be COLUMN=FIELD with one of {', '.join(FIELDS)}, got {option!r}")
    return column.strip(), known
