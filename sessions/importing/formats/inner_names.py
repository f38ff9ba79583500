"""What stands deep in objects of JSON: whoever wrote a post (`author.profile.handle`), its words and its time. Pure."""

from collections.abc import Container, Sequence

_INNER = {
    "handle": "handle screenname username acct login preferredusername nick nickname slug user",
    "name": "displayname fullname realname name",
    "author_id": "idstr id userid did uid",
    "text": "fulltext text content body message plain",
    "time": "createdat timestamp datetime postedat publishedat published created date time",
}
"""What the members are called that hold a field, best first, in small letters."""

_WRITERS = (
    "author user account from sender creator owner actor member by poster person writer profile postedby createdby "
    "attributedto autor auteur usuario verfasser"
)
"""What members are called that say who wrote a post, with more of them within."""

_HOLDERS = "record value attributes fields body content message meta legacy node object data dates"
"""Members that hold the words or the time of the post that they are in."""

_OTHERS = (
    "retweetedstatus quotedstatus quoted quote reposted repostof reblog reblogged retweeted inreplyto replyto reply "
    "replies parent mentions mention target recipient to embed root likes likedby"
)
"""Members that tell of another post or of somebody else."""

_AROUND = {field: frozenset(_WRITERS.split()) for field in ("handle", "name", "author_id")}
_AROUND |= {field: frozenset(_HOLDERS.split()) for field in ("text", "time")}
_ELSEWHERE = frozenset(_OTHERS.split())


def inner_place(columns: Sequence[tuple[str, ...]], field: str, taken: Container[int]) -> int | None:
    """The place of the column that holds a field deeper in an object, None where none does.

    Columns are the names on the way to them, plain; the best name counts most, then how little deep it stands.
    """
    wanted = _INNER[field].split()
    best: tuple[int, int, int] | None = None
    for place, (*outer, last) in ((place, parts) for place, parts in enumerate(columns) if parts):
        if place in taken or last not in wanted or not _AROUND[field] & set(outer) or _ELSEWHERE & set(outer):
            continue
        if field in ("text", "time") and not set(outer) <= _AROUND[field]:
            continue
        rank = (wanted.index(last), len(outer), place)
        best = min(best or rank, rank)
    return best[-1] if best is not None else None
